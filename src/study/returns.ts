/** Returns of closes: simple or logarithmic, each of exactly one trading day. */
import type { Cell } from './types.js';

export type ReturnKind = 'simple' | 'log';

/**
 * @param closes one a trading day, null where the day has none
 * @returns as many, the first null; null on a day without a close, and on the first day after one: that return spans more
 * than one day
 */
export function returnsOf(closes: readonly Cell[], kind: ReturnKind): Cell[] {
  return closes.map((close, i) => {
    const before = i === 0 ? null : (closes[i - 1] ?? null);
    if (close === null || before === null || before <= 0 || close <= 0) return null;
    return kind === 'simple' ? close / before - 1 : Math.log(close / before);
  });
}
