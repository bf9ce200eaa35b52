/** Rank tests: Corrado (1989), Corrado and Zivney (1992), Cowan's window form, and the generalised rank of Kolari and Pynnönen (2011). */
import { deviation, mean } from '../linear.js';
import type { Refusal } from '../types.js';
import { midranks, refuse, sum, type Member, type Panel } from './panel.js';

/** U = rank/(M + 1) − ½ of each day, estimation before window; by the values that are given for an event. */
function ranksOf(members: readonly Member[], values: (member: Member) => number[]): { u: number[][]; m: number } | Refusal {
  const rows = members.map((member) => {
    const own = values(member);
    return midranks(own).map((rank) => rank / (own.length + 1) - 0.5);
  });
  const m = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== m)) return refuse('days-differ', 'the events have different numbers of usable days: their ranks are not of the same days');
  return { u: rows, m };
}

/** All days of an event: residuals of the estimation window, then the abnormal returns of the window. */
function plain({ fitted, ar }: Member): number[] {
  return [...fitted.residuals.e, ...ar];
}

/** Place of day 0 in the window, or of the day asked for. */
function place({ window }: Panel, day: number): number {
  return day - window.from;
}

/**
 * Corrado's day test, in the form of Corrado and Zivney (the same where no day is missing): ΣU₀/(√N·S), N(0, 1).
 * @param day of the window
 */
export function corrado(panel: Panel, day: number): number | Refusal {
  const ranked = ranksOf(panel.members, plain);
  if ('refused' in ranked) return ranked;
  return dayRank(panel, ranked.u, ranked.m, day);
}

/** The same on returns standardised for the variance that the event raises: day values divided by their own cross-section. */
export function corradoZivney(panel: Panel, day: number): number | Refusal {
  const at = place(panel, day);
  const cross = deviation(panel.members.map(({ sar }) => sar[at] ?? NaN));
  if (!(cross > 0)) return refuse('zero-variance', 'the standardised returns of the day are all the same');
  const ranked = ranksOf(panel.members, ({ fitted, sar }) => [...fitted.residuals.e.map((e) => e / Math.sqrt(fitted.s2)), ...sar.map((value, i) => (i === at ? value / cross : value))]);
  if ('refused' in ranked) return ranked;
  return dayRank(panel, ranked.u, ranked.m, day);
}

function dayRank(panel: Panel, u: readonly number[][], m: number, day: number): number {
  const n = panel.members.length;
  const daily = Array.from({ length: m }, (_, t) => sum(u, (row) => row[t] ?? NaN) / Math.sqrt(n));
  const s = Math.sqrt(sum(daily, (x) => x * x) / m);
  return (daily[m - panel.length + place(panel, day)] ?? NaN) / s;
}

/**
 * Mean rank over the window, N(0, 1) (Cowan 1992).
 * @param adjusted for ranks drawn without putting back: divided by √((M − L)/(M − 1))
 */
export function rankWindow(panel: Panel, adjusted: boolean): number | Refusal {
  const ranked = ranksOf(panel.members, plain);
  if ('refused' in ranked) return ranked;
  const { u, m } = ranked;
  const daily = Array.from({ length: m }, (_, t) => mean(u.map((row) => row[t] ?? NaN)));
  const s = Math.sqrt(sum(daily, (x) => x * x) / m);
  const z = (Math.sqrt(panel.length) * mean(daily.slice(m - panel.length))) / s;
  return adjusted ? z / Math.sqrt((m - panel.length) / (m - 1)) : z;
}

export interface Grank {
  /** t(T − 1): robust to events that share dates. */
  t: number;
  df: number;
  /** N(0, 1): for independent events alone. */
  z: number;
}

/** The window as one day among those of estimation, by ranks of standardised returns. */
export function grank({ members }: Panel): Grank | Refusal {
  const n = members.length;
  const spread = deviation(members.map(({ scar }) => scar));
  if (!(spread > 0)) return refuse('zero-variance', 'the standardised cumulated returns are all the same');
  const days = members.map(({ fitted }) => fitted.residuals.e.length);
  if (new Set(days).size > 1) return refuse('days-differ', 'the events have different numbers of usable estimation days');
  const points = (days[0] ?? 0) + 1;
  const u = members.map(({ fitted, scar }) => midranks([...fitted.residuals.e.map((e) => e / Math.sqrt(fitted.s2)), scar / spread]).map((rank) => rank / (points + 1) - 0.5));
  const daily = Array.from({ length: points }, (_, t) => mean(u.map((row) => row[t] ?? NaN)));
  const own = daily[points - 1] ?? NaN;
  const z = own / Math.sqrt(sum(daily, (x) => x * x) / points);
  if (z * z >= points - 1) return refuse('out-of-range', 'every other day is ranked in the middle: the statistic is undefined');
  return { t: z * Math.sqrt((points - 2) / (points - 1 - z * z)), df: points - 2, z: own * Math.sqrt((12 * n * (points + 1)) / (points - 1)) };
}
