/**
 * Seeded draws for generators: the same on every version of Node, so no function that differs between them (sin, cos,
 * pow) is used. Each thing that is drawn for has a source of its own, named, so that one firm more changes no other.
 */
import { createHash } from 'node:crypto';
import { uniform } from '../study/random.js';

export interface Draws {
  /** In [0, 1). */
  uniform(): number;
  /** A whole number from lo to hi, both included. */
  whole(lo: number, hi: number): number;
  chance(probability: number): boolean;
  /** Standard normal, by Marsaglia's polar method (SIAM Review 6, 1964). */
  normal(): number;
  /** Student's t with 4 degrees of freedom, scaled to variance 1 (its own is 2). */
  student4(): number;
}

/** @param name of what is drawn for; the same seed and name give the same draws */
export function draws(seed: number, name: string): Draws {
  const random = uniform(createHash('sha256').update(`${seed} ${name}`).digest().readInt32BE(0));
  let spare: number | null = null;
  const normal = (): number => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const [x, y] = [2 * random() - 1, 2 * random() - 1];
      const size = x * x + y * y;
      if (size >= 1 || size === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(size)) / size);
      spare = y * scale;
      return x * scale;
    }
  };
  return {
    uniform: random,
    whole: (lo, hi) => Math.min(hi, lo + Math.floor(random() * (hi - lo + 1))),
    chance: (probability) => random() < probability,
    normal,
    // χ² with 4 degrees of freedom is twice the sum of two exponentials.
    student4: () => normal() / Math.sqrt((-2 * (Math.log(1 - random()) + Math.log(1 - random()))) / 4) / Math.SQRT2,
  };
}
