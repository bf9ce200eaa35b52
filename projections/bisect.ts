/** Finding a place among what is in order. */
import type { Instant } from '../events/index.js';
import type { Ledger } from './ledger.js';
import { compareAt } from './rows.js';

/** The greatest of `count` rising orders that is at most `limit`; 0 when there is none. */
export function lastUpTo(count: number, orderAt: (i: number) => number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (orderAt(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : orderAt(low - 1);
}

/** Index of the first row whose valid time is after `limit`. */
export function upperBound(ledger: Ledger, numbers: readonly number[], limit: Instant): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareAt(ledger, numbers[middle] as number, limit) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
