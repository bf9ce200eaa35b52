/** Long windows and small samples: the skewness-adjusted t (Johnson 1978; Lyon, Barber and Tsai 1999), and the bootstrap of a mean. */
import { deviation, mean } from '../linear.js';
import { below, uniform } from '../random.js';
import { sum } from './panel.js';

/** √n·(S + ⅓γ̂S² + γ̂/(6n)) with S = x̄/σ̂ and γ̂ = Σ(x − x̄)³/(n·σ̂³). */
export function skewnessAdjusted(values: readonly number[], about = 0): { t: number; skewness: number } {
  const n = values.length;
  const centre = mean(values);
  const sigma = deviation(values);
  const s = (centre - about) / sigma;
  const skewness = sum(values, (x) => (x - centre) * (x - centre) * (x - centre)) / (n * sigma * sigma * sigma);
  return { t: Math.sqrt(n) * (s + (skewness * s * s) / 3 + skewness / (6 * n)), skewness };
}

/** Two-sided p of the skewness-adjusted t by resamples of a quarter of the events, about their own mean (Lyon, Barber and Tsai 1999, eq. 5). */
export function skewnessBootstrap(values: readonly number[], { seed = 1, draws = 1000 } = {}): number {
  const own = skewnessAdjusted(values).t;
  const centre = mean(values);
  const random = uniform(seed);
  const size = Math.max(2, Math.floor(values.length / 4));
  const drawn = Array.from({ length: draws }, () => skewnessAdjusted(resample(values, size, random), centre).t).filter((t) => Number.isFinite(t));
  const [low, high] = [drawn.filter((t) => t <= own).length, drawn.filter((t) => t >= own).length];
  return Math.min(1, (2 * Math.min(1 + low, 1 + high)) / (drawn.length + 1));
}

function resample(values: readonly number[], size: number, random: () => number): number[] {
  return Array.from({ length: size }, () => values[below(random, values.length)] ?? NaN);
}

/** Interval of the mean by the percentile-t bootstrap over events, at 1 − α. */
export function bootstrapInterval(values: readonly number[], { seed = 1, draws = 2000, alpha = 0.05 } = {}): { lo: number; hi: number } {
  const n = values.length;
  const centre = mean(values);
  const error = deviation(values) / Math.sqrt(n);
  const random = uniform(seed);
  const drawn = Array.from({ length: draws }, () => {
    const again = resample(values, n, random);
    return (mean(again) - centre) / (deviation(again) / Math.sqrt(n));
  }).filter((t) => Number.isFinite(t)).sort((a, b) => a - b);
  const quantile = (p: number): number => drawn[Math.min(drawn.length - 1, Math.max(0, Math.ceil(p * drawn.length) - 1))] ?? NaN;
  return { lo: centre - quantile(1 - alpha / 2) * error, hi: centre - quantile(alpha / 2) * error };
}
