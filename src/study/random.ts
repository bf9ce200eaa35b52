/** Seeded randomness, the same on every version of Node. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';

/** Numbers in [0, 1). */
export function uniform(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** Whole numbers from 0 to below n. */
export function below(random: () => number, n: number): number {
  return Math.min(n - 1, Math.floor(random() * n));
}
