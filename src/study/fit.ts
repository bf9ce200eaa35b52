/**
 * Expected returns by a model, with the exact prediction variance of abnormal returns (docs/event-study.md). Least squares
 * on a design of an intercept and the regressors; what estimates nothing has no such correction.
 */
import { leastSquares, marketAdjusted, type Estimate, type UsableDays } from './estimate.js';
import { dimson, scholesWilliams } from './thin-trading.js';
import type { AbnormalDay, Cell, Fitted, Refusal, Sample } from './types.js';

export const MODELS = ['market-model', 'mean-adjusted', 'market-adjusted', 'factors', 'scholes-williams', 'dimson-fowler-rorke', 'dimson'] as const;
export type Model = (typeof MODELS)[number];

const MIN_DF = 3;

/**
 * Fits one event.
 * @param names of the regressors, in the order of the sample's columns (market-model: the market; factors: each factor)
 * @returns a refusal where there is too little to estimate from, or nothing varies
 */
export function fit(sample: Sample, model: Model, names: readonly string[] = ['market']): Fitted | Refusal {
  const width = model === 'mean-adjusted' ? 0 : names.length;
  const days = usableDays(sample, width);
  const needed = (model === 'mean-adjusted' || model === 'market-adjusted' ? 1 : width + 1) + MIN_DF;
  const t = days.y.length;
  if (t < needed) return { refused: 'too-few-days', reason: `the estimation window has ${t} usable days of ${sample.estimation.dates.length}; ${model} needs ${needed} at least` };
  const estimate = estimateOf(model, days, names, sample);
  if ('refused' in estimate) return estimate;
  if (!(estimate.s2 > 0)) return { refused: 'zero-variance', reason: 'the residuals of the estimation window do not vary: a suspended share, or a firm that is its own benchmark' };
  return { event: sample.event, firm: sample.firm, model, t, k: estimate.k, df: estimate.df, coefficients: estimate.coefficients, s2: estimate.s2, residuals: estimate.residuals, ...abnormal(sample, estimate, width) };
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}

function usableDays({ estimation: { dates, returns, regressors } }: Sample, width: number): UsableDays {
  const y = new Float64Array(dates.length);
  const x = Array.from({ length: width }, () => new Float64Array(dates.length));
  const skipped = new Set<number>();
  let t = 0;
  for (let i = 0; i < dates.length; i += 1) {
    const own = returns[i] ?? null;
    const row = regressors[i] ?? [];
    if (own === null || !isComplete(row, width)) {
      skipped.add(i);
      continue;
    }
    y[t] = own;
    for (let j = 0; j < width; j += 1) (x[j] as Float64Array)[t] = row[j] as number;
    t += 1;
  }
  if (skipped.size === 0) return { dates, y, x };
  return { dates: dates.filter((_, i) => !skipped.has(i)), y: y.subarray(0, t), x: x.map((column) => column.subarray(0, t)) };
}

function isComplete(row: readonly Cell[], width: number): row is number[] {
  for (let j = 0; j < width; j += 1) if ((row[j] ?? null) === null) return false;
  return true;
}

function complete(row: readonly Cell[] = [], width: number): number[] | null {
  return isComplete(row, width) ? row.slice(0, width) : null;
}

function estimateOf(model: Model, days: UsableDays, names: readonly string[], sample: Sample): Estimate | Refusal {
  switch (model) {
    case 'market-adjusted':
      return marketAdjusted(days);
    case 'mean-adjusted':
      return leastSquares(days, []);
    case 'market-model':
    case 'factors':
      return leastSquares(days, names);
    case 'scholes-williams':
      return scholesWilliams(sample);
    case 'dimson-fowler-rorke':
      return dimson(sample, true);
    case 'dimson':
      return dimson(sample, false);
  }
}

/** Abnormal returns of the window and their covariance V = s²(I + X*(X'X)⁻¹X*') (CLM 1997, 4.4.9). */
function abnormal({ window }: Sample, { s2, expected, spread }: Estimate, width: number): Pick<Fitted, 'window' | 'covariance'> {
  const rows = window.dates.map((_, i) => complete(window.regressors[i], width));
  const present = (i: number): boolean => rows[i] !== null && (window.returns[i] ?? null) !== null;
  const days = window.dates.map((date, i): AbnormalDay => {
    const x = rows[i] ?? null;
    const realised = window.returns[i] ?? null;
    const normal = x === null ? null : expected(x);
    const usable = x !== null && realised !== null && normal !== null;
    return { relative: window.relative[i] ?? NaN, date, return: realised, expected: normal, ar: usable ? realised - normal : null, variance: usable ? s2 * (1 + spread(x, x)) : null };
  });
  const covariance = rows.map((a, i) => rows.map((b, j): Cell => (present(i) && present(j) && a !== null && b !== null ? s2 * ((i === j ? 1 : 0) + spread(a, b)) : null)));
  return { window: days, covariance };
}

