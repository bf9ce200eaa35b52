/**
 * Samples with a known truth: how often does a test reject at 5 % where nothing happened? Firms of unequal variance,
 * drawn from a seed.
 */
import { normalInverse } from '../../src/study/distributions.js';
import { uniform } from '../../src/study/random.js';
import type { Sample } from '../../src/study/types.js';

export interface World {
  firms: number;
  /** Days of estimation and of the window. */
  t: number;
  l: number;
  /** By what the event multiplies the variance of its days. */
  eventVariance?: number;
  /** Correlation of residuals between firms, of one date. */
  common?: number;
  /** Residuals of Student's t(4), of the same variance, in place of normal ones. */
  heavy?: boolean;
  /** A true effect on each day of the window, in standard deviations of the firm. */
  effect?: number;
}

const date = (i: number): string => new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10);

/** One sample of all firms; the generator goes on from call to call. */
export function worlds({ firms, t, l, eventVariance = 1, common = 0, heavy = false, effect = 0 }: World, seed: number): () => Sample[] {
  const random = uniform(seed);
  // Never 0 or 1, where the quantile is infinite.
  const normal = (): number => normalInverse(Math.min(1 - 1e-16, Math.max(1e-16, random())));
  /** t(4) has the variance 2. */
  const student = (): number => {
    const spread = Math.sqrt(Array.from({ length: 4 }, normal).reduce((sum, x) => sum + x * x, 0) / 4);
    return normal() / spread / Math.SQRT2;
  };
  const residual = heavy ? student : normal;
  const dates = Array.from({ length: t + l }, (_, i) => date(i));
  return () => {
    const market = dates.map(() => 0.01 * normal());
    const shared = dates.map(() => normal());
    return Array.from({ length: firms }, (_, firm): Sample => {
      const sigma = 0.01 + 0.001 * firm;
      const returns = dates.map((_unused, i) => {
        const own = Math.sqrt(1 - common) * residual() + Math.sqrt(common) * (shared[i] ?? 0);
        const raised = i >= t ? Math.sqrt(eventVariance) * own + effect : own;
        return 0.0002 + (0.8 + 0.02 * firm) * (market[i] ?? 0) + sigma * raised;
      });
      const regressors = market.map((value) => [value]);
      return { event: `e${firm}`, firm: `f${firm}`, estimation: { dates: dates.slice(0, t), returns: returns.slice(0, t), regressors: regressors.slice(0, t) }, window: { dates: dates.slice(t), returns: returns.slice(t), regressors: regressors.slice(t), relative: dates.slice(t).map((_unused, i) => i) } };
    });
  };
}
