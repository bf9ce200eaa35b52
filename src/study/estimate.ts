/** Least squares, and what estimates nothing: an expected return and how far abnormal returns vary around it. */
import { fsum } from 'd3-array';
import { dot, form, gram, inverse, mean, times } from './linear.js';
import type { Refusal, Residual } from './types.js';

/** A usable day of estimation: return and every regressor are there. */
export interface UsableDay {
  date: string;
  y: number;
  x: number[];
}

/** What a model says: coefficients by name, and how its abnormal returns vary. */
export interface Estimate {
  coefficients: Record<string, number>;
  k: number;
  df: number;
  s2: number;
  residuals: Residual[];
  /** Expected return of a row of regressors. */
  expected: (x: readonly number[]) => number;
  /** Covariance of two abnormal returns of the window beyond the diagonal s²: s² · x'Mx; null where nothing is estimated. */
  spread: (a: readonly number[], b: readonly number[]) => number;
}

/** R − R_m; nothing is estimated, so there is no 1/T. Residual variance about its mean over E. */
export function marketAdjusted(days: readonly UsableDay[]): Estimate {
  const e = days.map(({ y, x }) => y - (x[0] ?? NaN));
  const centre = mean(e);
  const s2 = fsum(e.map((value) => (value - centre) * (value - centre))) / (days.length - 1);
  return { coefficients: { alpha: 0, beta: 1 }, k: 0, df: days.length - 1, s2, residuals: days.map(({ date }, i) => ({ date, e: e[i] ?? NaN, h: 0 })), expected: (x) => x[0] ?? NaN, spread: () => 0 };
}

/** Ordinary least squares on an intercept and the regressors. They are centred first, so that a level costs no digits. */
export function leastSquares(days: readonly UsableDay[], names: readonly string[]): Estimate | Refusal {
  const t = days.length;
  const k = names.length + 1;
  const centre = names.map((_, j) => mean(days.map(({ x }) => x[j] ?? NaN)));
  const rows = days.map(({ x }) => x.map((value, j) => value - (centre[j] ?? NaN)));
  const middle = mean(days.map(({ y }) => y));
  const inner = inverse(gram(rows));
  if (inner === null) return { refused: 'regressors-dependent', reason: `${names.join(', ')} do not vary, or depend on each other, over the estimation window` };
  const slopes = times(inner, names.map((_, j) => dot(rows.map((row) => row[j] ?? NaN), days.map(({ y }) => y - middle))));
  const alpha = middle - dot(slopes, centre);
  const expected = (x: readonly number[]): number => alpha + dot(slopes, x.slice(0, names.length));
  const spread = (a: readonly number[], b: readonly number[]): number => 1 / t + form(centred(a, centre), inner, centred(b, centre));
  const residuals = days.map(({ date, y, x }): Residual => ({ date, e: y - expected(x), h: spread(x, x) }));
  const s2 = fsum(residuals.map(({ e }) => e * e)) / (t - k);
  return { coefficients: Object.fromEntries([['alpha', alpha], ...names.map((name, j): [string, number] => [name === 'market' ? 'beta' : name, slopes[j] ?? NaN])]), k, df: t - k, s2, residuals, expected, spread };
}

function centred(x: readonly number[], centre: readonly number[]): number[] {
  return centre.map((c, j) => (x[j] ?? NaN) - c);
}
