/**
 * Betas of shares that trade thinly: Scholes and Williams (1977) as instrumental variables, and Dimson (1979) with the
 * weights of Fowler and Rorke (1983). Both need the market of the days around, so the estimation window loses its ends.
 */
import { fsum } from 'd3-array';
import { leastSquares, type Estimate, type UsableDays } from './estimate.js';
import { form, mean, meanInOrder } from './linear.js';
import type { Refusal, Sample } from './types.js';

/** Days of estimation with the market of the day before, the day, and the day after. */
function around({ estimation: { dates, returns, regressors } }: Sample): UsableDays & { x: [Float64Array, Float64Array, Float64Array] } {
  const market = regressors.map((row) => row[0] ?? null);
  const [kept, y, lag, same, lead]: [string[], number[], number[], number[], number[]] = [[], [], [], [], []];
  for (let i = 1; i < dates.length - 1; i += 1) {
    const [own, before, now, after] = [returns[i] ?? null, market[i - 1] ?? null, market[i] ?? null, market[i + 1] ?? null];
    if (own === null || before === null || now === null || after === null) continue;
    kept.push(dates[i] as string);
    y.push(own);
    lag.push(before);
    same.push(now);
    lead.push(after);
  }
  return { dates: kept, y: Float64Array.from(y), x: [Float64Array.from(lag), Float64Array.from(same), Float64Array.from(lead)] };
}

const TOO_FEW: Refusal = { refused: 'too-few-days', reason: 'the estimation window has too few usable days with the market of the days before and after them' };

/** β = S_zy/S_zx with z = R_m,t−1 + R_mt + R_m,t+1; equal to Scholes and Williams's estimator up to its edges. t(n − 2), approximate. */
export function scholesWilliams(sample: Sample): Estimate | Refusal {
  const { dates, y, x: [lag, x, lead] } = around(sample);
  const n = y.length;
  if (n < 5) return TOO_FEW;
  const z = x.map((now, i) => fsum([lag[i] ?? NaN, now, lead[i] ?? NaN]));
  const [zBar, xBar, yBar] = [mean(z), mean(x), mean(y)];
  const sum = (a: Float64Array, aBar: number, b: Float64Array, bBar: number): number => fsum(a.map((value, i) => (value - aBar) * ((b[i] ?? NaN) - bBar)));
  const [zy, zx, zz] = [sum(z, zBar, y, yBar), sum(z, zBar, x, xBar), sum(z, zBar, z, zBar)];
  if (!(Math.abs(zx) > 0)) return { refused: 'regressors-dependent', reason: 'the market does not vary over the estimation window' };
  const beta = zy / zx;
  const alpha = yBar - beta * xBar;
  const expected = (row: readonly number[]): number => alpha + beta * (row[0] ?? NaN);
  const spread = (a: readonly number[], b: readonly number[]): number => 1 / n + (((a[0] ?? NaN) - xBar) * ((b[0] ?? NaN) - xBar) * zz) / (zx * zx);
  const residuals = { dates, e: y.map((own, i) => own - alpha - beta * (x[i] ?? NaN)), h: x.map((market) => spread([market], [market])) };
  return { coefficients: { alpha, beta }, k: 2, df: n - 2, s2: fsum(residuals.e.map((e) => e * e)) / (n - 2), residuals, expected, spread };
}

/** w₁ = (1 + ρ₁)/(1 + 2ρ₁), ρ₁ the market's first autocorrelation. */
export function fowlerRorkeWeight(market: readonly number[]): number {
  const [a, b] = [market.slice(1), market.slice(0, -1)];
  const [aBar, bBar] = [mean(a), mean(b)];
  const sum = (u: readonly number[], uBar: number, v: readonly number[], vBar: number): number => fsum(u.map((value, i) => (value - uBar) * ((v[i] ?? NaN) - vBar)));
  const rho = sum(a, aBar, b, bBar) / Math.sqrt(sum(a, aBar, a, aBar) * sum(b, bBar, b, bBar));
  return (1 + rho) / (1 + 2 * rho);
}

/**
 * Dimson's regression on one lead and lag.
 * @param weighted with Fowler and Rorke's weights: plain sums of the slopes are inconsistent (Cohen et al. 1983)
 * @returns beta, and w₁ where it is weighted; the variance is of the linear form of the prediction
 */
export function dimson(sample: Sample, weighted: boolean): (Estimate & { weight: number }) | Refusal {
  const days = around(sample);
  const n = days.y.length;
  if (n < 8) return TOO_FEW;
  const joint = leastSquares(days, ['lag', 'same', 'lead']);
  if ('refused' in joint) return joint;
  const market = sample.estimation.regressors.flatMap((row) => row[0] ?? []);
  const w = weighted ? fowlerRorkeWeight(market) : 1;
  const { lag = NaN, same = NaN, lead = NaN } = joint.coefficients;
  const beta = same + w * (lag + lead);
  const yBar = mean(days.y);
  const xBar = mean(days.x[1]);
  const alpha = yBar - beta * xBar;
  // The prediction is ȳ + β(x − x̄): linear in the three slopes with c = (x − x̄)(w, 1, w).
  const inner = innerOf(joint, days);
  const spread = (a: readonly number[], b: readonly number[]): number => {
    const [da, db] = [(a[0] ?? NaN) - xBar, (b[0] ?? NaN) - xBar];
    return 1 / n + da * db * form([w, 1, w], inner, [w, 1, w]);
  };
  return { ...joint, coefficients: { alpha, beta, lag, same, lead }, expected: (x) => alpha + beta * (x[0] ?? NaN), spread, weight: w };
}

/** (X'X)⁻¹ of the centred regressors, read off the estimate's own spread. */
function innerOf(joint: Estimate, { y, x }: UsableDays): number[][] {
  const centre = x.map(meanInOrder);
  const unit = (i: number): number[] => centre.map((c, j) => (i === j ? c + 1 : c));
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => joint.spread(unit(i), unit(j)) - 1 / y.length));
}
