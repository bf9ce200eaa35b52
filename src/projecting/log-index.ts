/**
 * Which order a position or a recorded time stands for. Projections count events 1, 2, 3 …, so that their state is the
 * same on every store; this index is what knows the store's own positions.
 */
import type { Position } from '../store/port.js';

export interface LogIndex {
  /** Position of the event with order i + 1. */
  readonly positions: Position[];
  /** The recorded clock (running maximum of recordedAt, in ms) at the event with order i + 1. */
  readonly recorded: number[];
}

export function emptyLogIndex(): LogIndex {
  return { positions: [], recorded: [] };
}

/** The last order at or before a position; 0 when the position lies before the first event. */
export function orderAt(log: LogIndex, position: Position): number {
  return countUpTo(log.positions, position);
}

/** The last order recorded by a time (ms): the prefix of the log that the recorded clock shows. */
export function orderRecordedBy(log: LogIndex, ms: number): number {
  return countUpTo(log.recorded, ms);
}

function countUpTo<T extends string | number>(sorted: readonly T[], limit: T): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as T) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
