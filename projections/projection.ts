/** The form of a projection: a fold that only adds rows, and nothing else. */
import type { EventType, RejectedEvent, TypedEvent } from '../events/index.js';
import { emptyLedger, homeOf, retractionsOf, rowOf, type Ledger } from './ledger.js';

export interface Projection {
  readonly name: string;
  /** Raised when the same events give other rows: snapshots of another version are folded anew. */
  readonly version: number;
  /**
   * Since which version rows have the form that today's queries read; without it, since the first. A snapshot of an
   * older version that is readable serves, marked stale, while the new version folds.
   */
  readonly readableSince?: number;
  initial(): Ledger;
  /** Adds the event's rows to the tail. May mutate the state it owns; no I/O, no clock, no randomness. */
  evolve(state: Ledger, event: TypedEvent): void;
  /** The same for an event that its schema rejects; most projections pass it over. */
  reject?(state: Ledger, event: RejectedEvent): void;
}

/** Where a projection puts an event's payload; null: it is not this projection's. */
export type Place = (type: EventType, data: never, event: TypedEvent) => { series: string; value: unknown } | null;

/** A projection whose rows are one an event; corrections and retractions work alike in all of them. */
export function defineProjection(name: string, version: number, place: Place, readableSince = 1): Projection {
  return {
    name,
    version,
    readableSince,
    initial: emptyLedger,
    evolve(state, event) {
      if (event.type === 'ObservationRetracted') {
        state.tail.push(rowOf(event, retractionsOf(homeOf(state, event.streamId)), null));
        return;
      }
      const placed = place(event.observedType, event.observedData as never, event);
      if (placed) state.tail.push(rowOf(event, placed.series, placed.value));
    },
  };
}
