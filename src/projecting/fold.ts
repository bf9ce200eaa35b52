/** One projection's state, and how an event gets into it. */
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
 * Folds one event. A projection that throws is faulted: what it added goes, and its last good state stays.
 * @returns the fault, when this event caused one
 */
export function foldInto(state: ProjectionState, event: TypedEvent | RejectedEvent): Error | null {
  const { projection, ledger } = state;
  const rows = ledger.tail.length;
  try {
    if (isRejected(event)) projection.reject?.(ledger, event);
    else projection.evolve(ledger, event);
    state.order = event.order;
    return null;
  } catch (error) {
    ledger.tail.length = rows;
    state.fault = error instanceof Error ? error : new Error(String(error));
    return state.fault;
  }
}

/** Packs what fills a chunk. Called between events only: a fault must be able to take its rows back. */
export function packState(state: ProjectionState): void {
  for (const bytes of packTail(state.ledger)) state.link = nextLink(state.link, bytes);
}
