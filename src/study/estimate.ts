/** Least squares, and what estimates nothing: an expected return and how far abnormal returns vary around it. */
import { addProducts, addScaled, dot, form, inverse, meanInOrder, plainDot, productsInOrder, times } from './linear.js';
import type { Refusal, Residuals } from './types.js';

/** The usable days of estimation, by columns: return and every regressor are there. */
export interface UsableDays {
  dates: readonly string[];
  y: Float64Array;
  /** One column a regressor. */
  x: readonly Float64Array[];
}

/** What a model says: coefficients by name, and how its abnormal returns vary. */
export interface Estimate {
  coefficients: Record<string, number>;
  k: number;
  df: number;
  s2: number;
  residuals: Residuals;
  /** Expected return of a row of regressors. */
  expected: (x: readonly number[]) => number;
  /** Covariance of two abnormal returns of the window beyond the diagonal s²: s² · x'Mx; null where nothing is estimated. */
  spread: (a: readonly number[], b: readonly number[]) => number;
}

/** R − R_m; nothing is estimated, so there is no 1/T. Residual variance about its mean over E. */
export function marketAdjusted({ dates, y, x: [market] }: UsableDays): Estimate {
  const e = y.map((own, i) => own - (market?.[i] ?? NaN));
  const centre = meanInOrder(e);
  const s2 = productsInOrder(e, centre, e, centre) / (e.length - 1);
  return { coefficients: { alpha: 0, beta: 1 }, k: 0, df: e.length - 1, s2, residuals: { dates, e, h: new Float64Array(e.length) }, expected: (x) => x[0] ?? NaN, spread: () => 0 };
}

/** Ordinary least squares on an intercept and the regressors. They are centred first, so that a level costs no digits. */
export function leastSquares({ dates, y, x }: UsableDays, names: readonly string[]): Estimate | Refusal {
  const t = y.length;
  const k = names.length + 1;
  const columns = x.slice(0, names.length);
  const centre = columns.map(meanInOrder);
  const middle = meanInOrder(y);
  const productsWith = (other: Float64Array, otherCentre: number): number[] => columns.map((column, j) => productsInOrder(column, centre[j] as number, other, otherCentre));
  const inner = inverse(columns.map((column, j) => productsWith(column, centre[j] as number)));
  if (inner === null) return { refused: 'regressors-dependent', reason: `${names.join(', ')} do not vary, or depend on each other, over the estimation window` };
  const slopes = times(inner, productsWith(y, middle));
  const alpha = middle - dot(slopes, centre);
  const expected = (row: readonly number[]): number => alpha + plainDot(slopes, row);
  const spread = (a: readonly number[], b: readonly number[]): number => 1 / t + form(centred(a, centre), inner, centred(b, centre));
  // As `expected` and `spread` of each day, column by column: row by row it takes four times as long.
  const [e, h, part] = [new Float64Array(t), new Float64Array(t), new Float64Array(t)];
  for (const [j, column] of columns.entries()) {
    addScaled(e, slopes[j] as number, column, 0);
    part.fill(0);
    for (const [l, other] of columns.entries()) addScaled(part, inner[j]?.[l] as number, other, centre[l] as number);
    addProducts(h, column, centre[j] as number, part);
  }
  for (let i = 0; i < t; i += 1) {
    e[i] = (y[i] as number) - (alpha + (e[i] as number));
    h[i] = 1 / t + (h[i] as number);
  }
  const s2 = productsInOrder(e, 0, e, 0) / (t - k);
  const coefficients: Record<string, number> = { alpha };
  for (const [j, name] of names.entries()) coefficients[name === 'market' ? 'beta' : name] = slopes[j] ?? NaN;
  return { coefficients, k, df: t - k, s2, residuals: { dates, e, h }, expected, spread };
}

function centred(x: readonly number[], centre: readonly number[]): number[] {
  return centre.map((c, j) => (x[j] ?? NaN) - c);
}
