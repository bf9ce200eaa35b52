/**
 * The laws that statistics are held against. Two-sided p values are 2·sf(|x|) from the lower tail, not 1 − cdf: far out
 * that difference is all there is.
 */
import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';
import binomialPmf from '@stdlib/stats-base-dists-binomial-pmf';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** P(|T| ≥ |x|) of Student's t. */
export function tTwoSided(x: number, df: number): number {
  return 2 * tCdf(-Math.abs(x), df);
}

/** P(|Z| ≥ |x|) of the standard normal. */
export function normalTwoSided(x: number): number {
  return 2 * normalCdf(-Math.abs(x), 0, 1);
}

/** P(F ≥ x). */
export function fUpper(x: number, df1: number, df2: number): number {
  return betainc(df2 / (df2 + df1 * x), df2 / 2, df1 / 2);
}

/** P(χ² ≥ x). */
export function chiSquareUpper(x: number, df: number): number {
  return gammainc(x / 2, df / 2, true, true);
}

/** @param p in (0, 1) */
export function tInverse(p: number, df: number): number {
  return tQuantile(p, df);
}

export function normalInverse(p: number): number {
  return normalQuantile(p, 0, 1);
}

/** Two-sided p of a binomial count: the outcomes no likelier than the one observed, together. */
export function binomialTwoSided(count: number, n: number, p: number): number {
  const observed = binomialPmf(count, n, p);
  let sum = 0;
  // A likelihood that is equal but for rounding is as likely.
  for (let k = 0; k <= n; k += 1) if (binomialPmf(k, n, p) <= observed * (1 + 1e-9)) sum += binomialPmf(k, n, p);
  return Math.min(1, sum);
}
