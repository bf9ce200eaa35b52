/** Small dense linear algebra: what least squares with a few regressors needs. Matrices are arrays of rows. */
import { fsum } from 'd3-array';

export type Matrix = readonly (readonly number[])[];

export function dot(a: readonly number[], b: readonly number[]): number {
  return fsum(a.map((x, i) => x * (b[i] ?? NaN)));
}

/**
 * Mean of what nothing reorders, such as the days of a series: the sum is as exact as if it were made with twice the digits
 * and rounded once (Sum2 of Ogita, Rump and Oishi 2005), in a tenth of the time of fsum, which gives the same in any order.
 */
export function meanInOrder(values: Float64Array): number {
  let [high, low] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    const next = high + value;
    const part = next - high;
    low += high - (next - part) + (value - part);
    high = next;
  }
  return (high + low) / values.length;
}

/** Σ (a − ā)(b − b̄), each product rounded, summed in the same way: written out again, since a call for each day takes longer than the sum. @param b as long as a */
export function productsInOrder(a: Float64Array, aBar: number, b: Float64Array, bBar: number): number {
  let [high, low] = [0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const value = ((a[i] as number) - aBar) * ((b[i] as number) - bBar);
    const next = high + value;
    const part = next - high;
    low += high - (next - part) + (value - part);
    high = next;
  }
  return high + low;
}

/** X'X of a design with a row a day. */
export function gram(rows: Matrix): number[][] {
  const k = rows[0]?.length ?? 0;
  return Array.from({ length: k }, (_, i) => Array.from({ length: k }, (_unused, j) => fsum(rows.map((row) => (row[i] ?? NaN) * (row[j] ?? NaN)))));
}

/** Below this part of its diagonal a pivot is rounding: the columns depend on each other. */
const SINGULAR = 1e-12;

/**
 * Inverse of a symmetric positive definite matrix, by Cholesky.
 * @returns null where it is singular to working precision
 */
export function inverse(matrix: Matrix): number[][] | null {
  const n = matrix.length;
  const lower = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const sum = (matrix[i]?.[j] ?? NaN) - fsum(Array.from({ length: j }, (_, k) => (lower[i]?.[k] ?? 0) * (lower[j]?.[k] ?? 0)));
      const row = lower[i] as number[];
      if (i === j) {
        if (!(sum > SINGULAR * (matrix[i]?.[i] ?? 0))) return null;
        row[i] = Math.sqrt(sum);
      } else row[j] = sum / (lower[j]?.[j] ?? NaN);
    }
  }
  const columns = Array.from({ length: n }, (_, c) => solveWith(lower, Array.from({ length: n }, (_unused, i) => (i === c ? 1 : 0))));
  return Array.from({ length: n }, (_, i) => columns.map((column) => column[i] ?? NaN));
}

/** Solves L L' x = b. */
function solveWith(lower: Matrix, b: readonly number[]): number[] {
  const n = b.length;
  const y = new Array<number>(n).fill(0);
  for (let i = 0; i < n; i += 1) y[i] = ((b[i] ?? NaN) - fsum(Array.from({ length: i }, (_, k) => (lower[i]?.[k] ?? 0) * (y[k] ?? 0)))) / (lower[i]?.[i] ?? NaN);
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i -= 1) x[i] = ((y[i] ?? NaN) - fsum(Array.from({ length: n - 1 - i }, (_, k) => (lower[i + 1 + k]?.[i] ?? 0) * (x[i + 1 + k] ?? 0)))) / (lower[i]?.[i] ?? NaN);
  return x;
}

/** a' M b of a few rows: summed as they stand, since nothing changes their order. */
export function form(a: readonly number[], matrix: Matrix, b: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < matrix.length; i += 1) {
    total += (a[i] as number) * plainDot(matrix[i] as readonly number[], b);
  }
  return total;
}

/** Σ a_j b_j of a few, summed as they stand, since nothing changes their order. */
export function plainDot(a: readonly number[], b: readonly number[]): number {
  let total = 0;
  for (let j = 0; j < a.length; j += 1) total += (a[j] as number) * (b[j] as number);
  return total;
}

/** Adds to each day's total its w · (x − x̄). */
export function addScaled(total: Float64Array, weight: number, column: Float64Array, centre: number): void {
  for (let i = 0; i < total.length; i += 1) total[i] = (total[i] as number) + weight * ((column[i] as number) - centre);
}

/** Adds to each day's total its (x − x̄) · factor. */
export function addProducts(total: Float64Array, column: Float64Array, centre: number, factor: Float64Array): void {
  for (let i = 0; i < total.length; i += 1) total[i] = (total[i] as number) + ((column[i] as number) - centre) * (factor[i] as number);
}

/** M v */
export function times(matrix: Matrix, v: readonly number[]): number[] {
  const result: number[] = [];
  // Of what `map` makes, the compiler of Node 20 expects another kind of array, each time anew, and drops the code of the caller.
  for (const row of matrix) result.push(dot(row, v));
  return result;
}

export function mean(values: Iterable<number> & { readonly length: number }): number {
  return fsum(values) / values.length;
}

/** Sample standard deviation, n − 1. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(fsum(values.map((x) => (x - centre) * (x - centre))) / (values.length - 1));
}
