/** One projection's state, and how events get into it. */
import { isRejected, type RejectedEvent, type TypedEvent } from '../../events/index.js';
import { packTail, type Ledger, type Projection } from '../../projections/index.js';
import { firstLink, nextLink } from './state-hash.js';

export interface ProjectionState {
  readonly projection: Projection;
  ledger: Ledger;
  /** The last order that it folded. */
  order: number;
  fault: Error | null;
  /** The state hash's chain after the ledger's chunks. */
  link: Buffer;
  /** How many of the chunks are in the snapshot; null: nothing is, or what is there is not this state. */
  saved: number | null;
}

export function newState(projection: Projection): ProjectionState {
  return { projection, ledger: projection.initial(), order: 0, fault: null, link: firstLink(projection), saved: null };
}

/**
 * Folds events in their order, and packs what fills a chunk; events that it has are passed over. A projection that throws is faulted: what that event
 * added goes, and its last good state stays. Projections take a batch each, one after the other: event by event through
 * all of them takes half as long again.
 * @param upTo the last order to fold
 * @returns the event that caused a fault now
 */
export function foldInto(state: ProjectionState, events: readonly (TypedEvent | RejectedEvent)[], upTo = Infinity): TypedEvent | RejectedEvent | null {
  const { projection, ledger } = state;
  if (state.fault !== null) return null;
  let stoppedAt: TypedEvent | RejectedEvent | null = null;
  for (const event of events) {
    if (event.order <= state.order) continue;
    if (event.order > upTo) break;
    const rows = ledger.tail.length;
    try {
      if (isRejected(event)) projection.reject?.(ledger, event);
      else projection.evolve(ledger, event);
      state.order = event.order;
    } catch (error) {
      ledger.tail.length = rows;
      state.fault = error instanceof Error ? error : new Error(String(error));
      stoppedAt = event;
      break;
    }
  }
  // After the events only: a fault must be able to take its rows back.
  for (const bytes of packTail(ledger)) state.link = nextLink(state.link, bytes);
  return stoppedAt;
}
