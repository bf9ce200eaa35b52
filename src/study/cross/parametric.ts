/** Parametric tests over events: cross-section t, J1, Patell, BMP, Kolari and Pynnönen, and the crude adjustment for dependence. */
import { deviation, mean } from '../linear.js';
import type { Fitted, Refusal } from '../types.js';
import { datesOf, refuse, sum, type Panel } from './panel.js';

/** mean(CAR)·√N/s(CAR), t(N − 1) (Brown and Warner 1980). */
export function crossSectionT({ members }: Panel): number {
  const cars = members.map(({ car }) => car);
  return (mean(cars) * Math.sqrt(cars.length)) / deviation(cars);
}

/** CAAR/√(N⁻²ΣVar(CAR)), N(0, 1) (CLM 1997, 4.4.22). */
export function j1({ members }: Panel): number {
  return sum(members, ({ car }) => car) / Math.sqrt(sum(members, ({ variance }) => variance));
}

/** (T − k)/(T − k − 2): the variance of a standardised abnormal return. */
export function studentVariance({ df }: Fitted): number {
  return df / (df - 2);
}

/** ΣSCAR/√ΣQ with the full covariance, N(0, 1) (Patell 1976 as CLM's J2). */
export function patell({ members }: Panel): number {
  return sum(members, ({ scar }) => scar) / Math.sqrt(sum(members, ({ fitted }) => studentVariance(fitted)));
}

/** The window form as published: W = ΣSAR/√L, as if the days were independent. Rejects too often for long windows. */
export function patell1976({ members, length }: Panel): number {
  return sum(members, ({ sar }) => sum(sar, (x) => x) / Math.sqrt(length)) / Math.sqrt(sum(members, ({ fitted }) => studentVariance(fitted)));
}

/** mean(SCAR)·√N/s(SCAR), t(N − 1) (Boehmer, Musumeci and Poulsen 1991). */
export function bmp({ members }: Panel): number {
  const scars = members.map(({ scar }) => scar);
  return (mean(scars) * Math.sqrt(scars.length)) / deviation(scars);
}

/** Days that two estimation windows must share for their residuals to be correlated. */
const COMMON = 30;

/**
 * Mean correlation of residuals over pairs of events, weighted by the part of their windows that they share: 1 where all
 * have one date, 0 where they share no day of the window.
 * @returns a refusal where fewer than half of the pairs that matter share 30 days
 */
export function meanCorrelation({ members, window, length }: Panel): number | Refusal {
  const residuals = members.map(({ fitted: { residuals: { dates: days, e } } }) => new Map(days.map((date, t) => [date, e[t] ?? NaN])));
  const dates = members.map((member) => new Set(datesOf(member, window)));
  let [total, overlapping, short] = [0, 0, 0];
  for (let i = 0; i < members.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const common = [...(dates[i] ?? [])].filter((date) => dates[j]?.has(date)).length / length;
      if (common === 0) continue;
      overlapping += 1;
      const r = correlation(residuals[i] ?? new Map(), residuals[j] ?? new Map());
      if (r === null) short += 1;
      else total += 2 * common * r;
    }
  }
  if (short * 2 > overlapping) return refuse('too-few-common-days', `fewer than half of the pairs of events share ${COMMON} days of estimation`);
  return total / (members.length * (members.length - 1));
}

function correlation(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number | null {
  const [x, y]: [number[], number[]] = [[], []];
  for (const [date, value] of a) {
    const other = b.get(date);
    if (other === undefined) continue;
    x.push(value);
    y.push(other);
  }
  if (x.length < COMMON) return null;
  const [xBar, yBar] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  // In the order of the days, which nothing changes.
  for (let i = 0; i < x.length; i += 1) {
    const [dx, dy] = [(x[i] as number) - xBar, (y[i] as number) - yBar];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}

/** t_BMP·√((1 − r̄)/(1 + (N − 1)r̄)), t(N − 1) (Kolari and Pynnönen 2010). */
export function adjustedBmp(panel: Panel, r: number): number | Refusal {
  const n = panel.members.length;
  if (1 + (n - 1) * r <= 0 || r >= 1) return refuse('correlation-out-of-range', `a mean correlation of ${r} leaves the adjustment undefined for ${n} events`);
  return bmp(panel) * Math.sqrt((1 - r) / (1 + (n - 1) * r));
}

/** Z_Patell/√(1 + (N − 1)r̄), N(0, 1). */
export function adjustedPatell(panel: Panel, r: number): number | Refusal {
  const n = panel.members.length;
  if (1 + (n - 1) * r <= 0) return refuse('correlation-out-of-range', `a mean correlation of ${r} leaves the adjustment undefined for ${n} events`);
  return patell(panel) / Math.sqrt(1 + (n - 1) * r);
}

/**
 * CAAR/(S√L) with S from the mean residual of each estimation day, t(T − 1) (Brown and Warner 1980, 1985). Days are
 * paired by their place before the event; the variance lacks what estimation adds.
 */
export function crudeDependence({ members, length }: Panel): { t: number; df: number } | Refusal {
  const days = Math.min(...members.map(({ fitted }) => fitted.residuals.e.length));
  if (members.some(({ fitted }) => fitted.residuals.e.length !== days)) return refuse('days-differ', 'the events have different numbers of usable estimation days: their means are not of the same events each day');
  const means = Array.from({ length: days }, (_, t) => mean(members.map(({ fitted }) => fitted.residuals.e[t] ?? NaN)));
  return { t: mean(members.map(({ car }) => car)) / (deviation(means) * Math.sqrt(length)), df: days - 1 };
}
