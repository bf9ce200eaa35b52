/** Returns of a firm by a factor model, with the residuals that studies are tried on. */
import type { Draws } from '../random.js';

export const ERRORS = ['normal', 't4', 'garch'] as const;
export type Errors = (typeof ERRORS)[number];

/** GARCH(1,1): σ²ₜ = (1 − a − b) + a·ε²ₜ₋₁ + b·σ²ₜ₋₁ (Bollerslev 1986), of unconditional variance 1. */
const GARCH = { a: 0.1, b: 0.85 } as const;

/** A source of residuals of variance 1. */
export function residuals(errors: Errors, draws: Draws): () => number {
  if (errors === 'normal') return () => draws.normal();
  if (errors === 't4') return () => draws.student4();
  let [variance, last] = [1, 0];
  return () => {
    variance = 1 - GARCH.a - GARCH.b + GARCH.a * last * last + GARCH.b * variance;
    last = Math.sqrt(variance) * draws.normal();
    return last;
  };
}

/** Prices to six decimals: what is lost of a return is far below what any study resolves. */
export function rounded(price: number): number {
  return Math.round(price * 1e6) / 1e6;
}
