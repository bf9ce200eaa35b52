/**
 * given / when / then for projections: events in, a query out. No test runner in here: it is for any suite. Events are let
 * in by the same gate as everywhere, then folded as the runner does it.
 */
import { instant, isRejected, parseInstant, parseNewEvent, readRecorded, type Instant, type TypedEvent } from '../../events/index.js';
import type { JsonObject, NewEvent } from '../store/port.js';
import { ALL, openReader, type Ledger, type Projection, type Reader, type Sight } from '../../projections/index.js';

export interface Happened {
  /** The event as a client would send it. */
  input: Record<string, unknown>;
  /** When the store recorded it; default: long after everything. */
  recordedAt?: string;
}

const LATE = '2026-06-01T00:00:00Z';

export interface Given {
  when(...more: Happened[]): Given;
  /** The events as projections see them. */
  events(): TypedEvent[];
  ledger(projection: Projection): Ledger;
  reader(projection: Projection, sight?: Partial<Sight>): Reader;
}

export function given(...history: Happened[]): Given {
  return {
    when: (...more) => given(...history, ...more),
    events: () => typed(history),
    ledger: (projection) => foldAll(projection, typed(history)),
    reader: (projection, sight = {}) => openReader(foldAll(projection, typed(history)), { ...ALL, ...sight }),
  };
}

export function foldAll(projection: Projection, events: readonly TypedEvent[]): Ledger {
  const ledger = projection.initial();
  for (const event of events) projection.evolve(ledger, event);
  return ledger;
}

/** @throws Error when an event is refused or rejected: a test's history is valid */
export function typed(history: readonly Happened[]): TypedEvent[] {
  let recorded: Instant = { ms: -Infinity, ns: 0 };
  const revisions = new Map<string, number>();
  return history.map(({ input, recordedAt = LATE }, index) => {
    const now = parseInstant(recordedAt) as Instant;
    if (now.ms > recorded.ms) recorded = now;
    const accepted = parseNewEvent(input, { prefix: 'market.', now: instant(recorded.ms), newId: () => testId(index) });
    const revision = (revisions.get(accepted.streamId) ?? -1) + 1;
    revisions.set(accepted.streamId, revision);
    const event = readRecorded({ ...accepted, revision, recordedAt }, index + 1, recorded);
    if (isRejected(event)) throw new Error(`event ${index} is rejected: ${JSON.stringify(event.problems)}`);
    return event;
  });
}

/** A history as appends. */
export function accepted(history: readonly Happened[], firstId = 0): { streamId: string; event: NewEvent }[] {
  return history.map(({ input }, index) => {
    const { streamId, id, type, data, metadata } = parseNewEvent(input, { prefix: 'market.', now: parseInstant(LATE) as Instant, newId: () => testId(firstId + index) });
    return { streamId, event: { id, type, data: data as JsonObject, metadata: metadata as JsonObject } };
  });
}

/** A UUID that says its number. */
export function testId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
