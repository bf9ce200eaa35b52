/** Around the tests: p values of several at once, and the regression of cumulated returns on what events are like. */
import { tTwoSided } from '../distributions.js';
import { dot, form, gram, inverse, times } from '../linear.js';
import type { Refusal } from '../types.js';
import { refuse, sum } from './panel.js';

/** Holm (1979): the chance of any false rejection in the family. In the order given. */
export function holm(p: readonly number[]): number[] {
  const order = p.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const adjusted = new Array<number>(p.length).fill(0);
  let most = 0;
  order.forEach(({ value, index }, i) => {
    most = Math.max(most, Math.min(1, (p.length - i) * value));
    adjusted[index] = most;
  });
  return adjusted;
}

/** Benjamini and Hochberg (1995): the share of false rejections. In the order given. */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = p.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value);
  const adjusted = new Array<number>(p.length).fill(0);
  let least = 1;
  order.forEach(({ value, index }, i) => {
    least = Math.min(least, (p.length / (p.length - i)) * value);
    adjusted[index] = least;
  });
  return adjusted;
}

export interface Coefficient {
  name: string;
  value: number;
  error: number;
  t: number;
  p: number;
}

/**
 * OLS of y on an intercept and columns, with HC3 errors (MacKinnon and White 1985), t(n − k).
 * @param clusters one a row: then errors by cluster with G/(G − 1)·(n − 1)/(n − k), t(G − 1)
 */
export function regression(y: readonly number[], columns: Readonly<Record<string, readonly number[]>>, names: readonly string[], clusters?: readonly string[]): Coefficient[] | Refusal {
  const rows = y.map((_, i) => [1, ...names.map((name) => columns[name]?.[i] ?? NaN)]);
  const n = y.length;
  const k = names.length + 1;
  if (n <= k) return refuse('too-few-events', `${n} events are too few for ${k} coefficients`);
  const inner = inverse(gram(rows));
  if (inner === null) return refuse('regressors-dependent', 'the columns depend on each other');
  const beta = times(inner, Array.from({ length: k }, (_, j) => sum(rows.map((row, i) => (row[j] ?? NaN) * (y[i] ?? NaN)), (x) => x)));
  const residual = y.map((value, i) => value - dot(rows[i] ?? [], beta));
  const groups = clusters === undefined ? null : [...new Set(clusters)];
  if (groups !== null && groups.length < 10) return refuse('too-few-clusters', `${groups.length} dates are too few to cluster by: 10 are needed`);
  const scores = groups === null
    ? rows.map((row, i) => row.map((x) => (x * (residual[i] ?? NaN)) / (1 - form(row, inner, row))))
    : groups.map((group) => Array.from({ length: k }, (_, j) => sum(rows.flatMap((row, i) => (clusters?.[i] === group ? [(row[j] ?? NaN) * (residual[i] ?? NaN)] : [])), (x) => x)));
  const meat = gram(scores);
  const factor = groups === null ? 1 : (groups.length / (groups.length - 1)) * ((n - 1) / (n - k));
  const df = groups === null ? n - k : groups.length - 1;
  return ['intercept', ...names].map((name, j): Coefficient => {
    const row = inner[j] ?? [];
    const error = Math.sqrt(factor * form(row, meat, row));
    const t = (beta[j] ?? NaN) / error;
    return { name, value: beta[j] ?? NaN, error, t, p: tTwoSided(t, df) };
  });
}
