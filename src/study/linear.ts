/** Small dense linear algebra: what least squares with a few regressors needs. Matrices are arrays of rows. */
import { fsum } from 'd3-array';

export type Matrix = readonly (readonly number[])[];

export function dot(a: readonly number[], b: readonly number[]): number {
  return fsum(a.map((x, i) => x * (b[i] ?? NaN)));
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
    const row = matrix[i] as readonly number[];
    let inner = 0;
    for (let j = 0; j < row.length; j += 1) inner += (row[j] as number) * (b[j] as number);
    total += (a[i] as number) * inner;
  }
  return total;
}

/** M v */
export function times(matrix: Matrix, v: readonly number[]): number[] {
  return matrix.map((row) => dot(row, v));
}

export function mean(values: readonly number[]): number {
  return fsum(values) / values.length;
}

/** Sample standard deviation, n − 1. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(fsum(values.map((x) => (x - centre) * (x - centre))) / (values.length - 1));
}
