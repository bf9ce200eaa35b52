/**
 * One event: abnormal and cumulated abnormal returns with Student's t, intervals, the sample-quantile test of Gelbach,
 * Helland and Klick (2013), placebos, the least effect that would be seen, and buy-and-hold. No test of one event
 * survives a variance that the event itself raises.
 */
import { fsum } from 'd3-array';
import { tInverse, tTwoSided } from './distributions.js';
import { form } from './linear.js';
import type { Fitted, Refusal } from './types.js';

/** Trading days from day 0, both included. */
export interface Window {
  from: number;
  to: number;
}

export interface Cumulated extends Window {
  car: number;
  variance: number;
  /** CAR/√Var(CAR), the standardised CAR. */
  t: number;
  df: number;
  p: number;
  /** Interval at 1 − α. */
  lo: number;
  hi: number;
  /** Days that entered: fewer than the window has only under `sum-available`. */
  days: number;
}

export interface CumulateOptions {
  /** Default 0.05. */
  alpha?: number;
  /** Sums the days that are there, with the variance of those. Default: a missing day leaves the window undefined. */
  sumAvailable?: boolean;
  /** s²·L, the large-sample variance without what estimation adds; an option only. */
  asymptotic?: boolean;
}

/**
 * CAR over a window, Var(CAR) = 1'V1 with the covariances (CLM 1997, 4.4.9).
 * @returns a refusal where the window is not in the sample, or a day of it is missing: never 0 in its place
 */
export function cumulate(fitted: Fitted, { from, to }: Window, { alpha = 0.05, sumAvailable = false, asymptotic = false }: CumulateOptions = {}): Cumulated | Refusal {
  const inside = fitted.window.flatMap((day, index) => (day.relative >= from && day.relative <= to ? [{ day, index }] : []));
  const wanted = to - from + 1;
  if (inside.length !== wanted || wanted < 1) return { refused: 'window-outside', reason: `the window ${from}:${to} is not inside of the days that were fitted` };
  const present = inside.filter(({ day }) => day.ar !== null);
  const missing = inside.filter(({ day }) => day.ar === null).map(({ day }) => day.date);
  if (present.length === 0 || (missing.length > 0 && !sumAvailable)) return { refused: 'missing-day', reason: `no usable return on ${missing.join(', ')}: the cumulated return over ${from}:${to} is undefined` };
  const car = fsum(present.map(({ day }) => day.ar ?? NaN));
  const full = fsum(present.flatMap(({ index: i }) => present.map(({ index: j }) => fitted.covariance[i]?.[j] ?? NaN)));
  const variance = asymptotic ? fitted.s2 * present.length : full;
  const spread = Math.sqrt(variance);
  const t = car / spread;
  const quantile = tInverse(1 - alpha / 2, fitted.df);
  return { from, to, car, variance, t, df: fitted.df, p: tTwoSided(t, fitted.df), lo: car - quantile * spread, hi: car + quantile * spread, days: present.length };
}

/** The least true effect that a two-sided test at α would find with a given power: an approximation, (t₁₋α⁄₂ + t_π)·√Var. */
export function leastDetectable({ variance, df }: Pick<Cumulated, 'variance' | 'df'>, { alpha = 0.05, power = 0.8 } = {}): number {
  return (tInverse(1 - alpha / 2, df) + tInverse(power, df)) * Math.sqrt(variance);
}

export interface Quantile {
  /** Two-sided, and of an effect at least so large upwards. */
  p: number;
  upper: number;
  /** Residuals that it is compared with: no p below 1/(n + 1) can be reached. */
  n: number;
}

/** At 5 % two-sided a test of n residuals needs as many that one of them can be the 5 %. */
const ENOUGH = 19;

/**
 * The sample-quantile test of one day's abnormal return.
 * @param studentised residuals e/(s√(1 − h)) against AR/(s√(1 + h)), for short windows; else as the paper has it
 */
export function sampleQuantile(fitted: Fitted, relative: number, studentised = false): Quantile | Refusal {
  const day = fitted.window.find((each) => each.relative === relative);
  if (!day || day.ar === null || day.variance === null) return { refused: 'missing-day', reason: `no usable return on day ${relative}` };
  const { e, h } = fitted.residuals;
  if (e.length < ENOUGH) return { refused: 'too-few-days', reason: `${e.length} residuals cannot reach 5 %: ${ENOUGH} are needed` };
  const s = Math.sqrt(fitted.s2);
  const own = studentised ? day.ar / Math.sqrt(day.variance) : day.ar;
  const others = studentised ? e.map((each, i) => each / (s * Math.sqrt(1 - (h[i] ?? NaN)))) : e;
  return quantileOf(own, others);
}

/** The same of a window of L days, against the sums of L residuals in a row. Overlapping sums depend on each other. */
export function sampleQuantileWindow(fitted: Fitted, window: Window): Quantile | Refusal {
  const cumulated = cumulate(fitted, window);
  if ('refused' in cumulated) return cumulated;
  const length = window.to - window.from + 1;
  const { e } = fitted.residuals;
  if (Math.floor(e.length / length) < ENOUGH) return { refused: 'too-few-days', reason: `${e.length} residuals hold ${Math.floor(e.length / length)} windows of ${length} days that do not overlap; ${ENOUGH} are needed for 5 %` };
  const sums = e.subarray(0, e.length - length + 1).map((_, i) => fsum(e.subarray(i, i + length)));
  return quantileOf(cumulated.car, sums);
}

function quantileOf(own: number, others: Float64Array): Quantile {
  const n = others.length;
  return { p: (1 + others.filter((value) => Math.abs(value) >= Math.abs(own)).length) / (n + 1), upper: (1 + others.filter((value) => value >= own).length) / (n + 1), n };
}

/** Placebo: the event's standardised CAR among those of firms on which nothing was announced that day. */
export function placebo(own: Cumulated, controls: readonly Cumulated[]): { p: number; n: number } | Refusal {
  if (controls.length < ENOUGH) return { refused: 'too-few-controls', reason: `${controls.length} control firms cannot reach 5 %: ${ENOUGH} are needed` };
  return { p: (1 + controls.filter(({ t }) => Math.abs(t) >= Math.abs(own.t)).length) / (controls.length + 1), n: controls.length };
}

/** Π(1 + R) − Π(1 + E[R]) over a window; of simple returns. */
export function buyAndHold(fitted: Fitted, { from, to }: Window): number | Refusal {
  const days = fitted.window.filter((day) => day.relative >= from && day.relative <= to);
  if (days.length !== to - from + 1) return { refused: 'window-outside', reason: `the window ${from}:${to} is not inside of the days that were fitted` };
  const missing = days.find((day) => day.ar === null);
  if (missing) return { refused: 'missing-day', reason: `no usable return on ${missing.date}: buying and holding over ${from}:${to} is undefined` };
  const product = (of: (day: Fitted['window'][number]) => number | null): number => days.reduce((x, day) => x * (1 + (of(day) ?? NaN)), 1);
  return product((day) => day.return) - product((day) => day.expected);
}

/** ln(100·n/S + 0.000255): abnormal volume is fitted to it as returns are (Campbell and Wasley 1996). Without a share count ln(1 + n). */
export function volumeMeasure(traded: number, outstanding: number | null): number {
  return outstanding === null ? Math.log(1 + traded) : Math.log((100 * traded) / outstanding + 0.000255);
}

/** Weighted sum of abnormal returns and its variance: w'AR, w'Vw; null where a day with a weight is missing. */
export function weighted(fitted: Fitted, weights: readonly number[]): { value: number; variance: number } | null {
  if (fitted.window.some((day, i) => day.ar === null && (weights[i] ?? 0) !== 0)) return null;
  const covariance = fitted.covariance.map((row) => row.map((cell) => cell ?? 0));
  return { value: fsum(fitted.window.map((day, i) => (day.ar ?? 0) * (weights[i] ?? 0))), variance: form(weights, covariance, weights) };
}
