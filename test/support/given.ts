/**
 * given / when / then for projections: events in, a query out. No test runner in here, so that a tester's own suite can
 * use it too. Events are let in by the same gate as everywhere, then folded as the runner does it.
 */
import { instant, isRejected, parseInstant, parseNewEvent, readRecorded, type Instant, type TypedEvent } from '../../events/index.js';
import type { JsonObject, NewEvent } from '../../src/store/port.js';
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

const SOURCE = { document: 'test' };

export function bar(date: string, close: number, more: { id?: string; instrument?: string; publishedAt?: unknown; recordedAt?: string; adjustment?: string; currency?: string } = {}): Happened {
  const { instrument = 'acme', id, publishedAt, recordedAt, adjustment = 'split', currency = 'USD' } = more;
  return {
    input: {
      ...(id === undefined ? {} : { id }),
      type: 'BarClosed',
      data: { instrument, close, session: { date, calendar: 'US', kind: 'regular' }, currency, adjustment },
      metadata: { source: SOURCE, ...(publishedAt === undefined ? {} : { publishedAt }) },
    },
    ...(recordedAt === undefined ? {} : { recordedAt }),
  };
}

export function shares(from: string, value: string, more: { as?: string; publishedAt?: unknown; filing?: string; occurredAt?: unknown; basis?: string; id?: string; instrument?: string } = {}): Happened {
  const { as = 'exact', publishedAt = { at: `${from}T22:00:00Z` }, filing, occurredAt = { throughout: `${from}/..`, zone: 'America/New_York' }, basis = 'total', id, instrument = 'acme' } = more;
  return {
    input: {
      ...(id === undefined ? {} : { id }),
      type: 'SharesOutstandingReported',
      data: { instrument, shares: { as, value, unit: 'shares' }, basis, ...(filing === undefined ? {} : { filing }) },
      metadata: { occurredAt, publishedAt, source: SOURCE },
    },
  };
}

/** A split that the first session of a day trades with. */
export function split(date: string, ratio: { new: number; old: number }, publishedAt: string): Happened {
  return { input: { type: 'CorporateActionTaken', data: { instrument: 'acme', action: 'split', ratio }, metadata: { occurredAt: { throughout: `${date}/..`, calendar: 'US' }, publishedAt: { at: publishedAt }, source: { document: 'exchange', locator: 'notice' } } } };
}

export function move(value: string, more: { id?: string; as?: string; to?: unknown; publishedAt?: unknown; announcement?: string; causedBy?: string; confidence?: number } = {}): Happened {
  const { id, as = 'rounded', to = { at: '2025-11-03T21:00:00Z' }, publishedAt = { at: '2025-11-03T22:00:00Z' }, announcement, causedBy, confidence } = more;
  return {
    input: {
      ...(id === undefined ? {} : { id }),
      type: 'MarketMoveReported',
      data: { instrument: 'acme', measure: 'price', change: { as, value, unit: 'percent', direction: 'up' }, from: { at: '2025-10-31T20:00:00Z' }, to, base: 'previous-close', session: 'regular' },
      metadata: {
        source: SOURCE,
        publishedAt,
        ...(announcement === undefined ? {} : { $correlationId: announcement }),
        ...(causedBy === undefined ? {} : { $causationId: causedBy }),
        ...(confidence === undefined ? {} : { confidence }),
      },
    },
  };
}

/** Corrects a move to another value. */
export function correctedMove(of: string, value: string, more: { id: string; publishedAt?: unknown; original?: string; to?: unknown }): Happened {
  const original = move(value, { ...(more.to === undefined ? {} : { to: more.to }) }).input as { data: unknown; metadata: Record<string, unknown> };
  const reference = (id: string): unknown => ({ id, streamId: 'market.instrument-acme' });
  return {
    input: {
      id: more.id,
      type: 'ObservationCorrected',
      data: { corrects: reference(of), ...(more.original === undefined ? {} : { original: reference(more.original) }), type: 'MarketMoveReported', schemaVersion: 1, data: original.data },
      metadata: { source: SOURCE, occurredAt: more.to ?? { at: '2025-11-03T21:00:00Z' }, publishedAt: more.publishedAt ?? { at: '2025-11-04T12:00:00Z' } },
    },
  };
}

export function retracted(of: string, more: { id: string; publishedAt?: unknown; original?: string }): Happened {
  const reference = (id: string): unknown => ({ id, streamId: 'market.instrument-acme' });
  return {
    input: {
      id: more.id,
      type: 'ObservationRetracted',
      data: { retracts: reference(of), ...(more.original === undefined ? {} : { original: reference(more.original) }) },
      metadata: { source: SOURCE, occurredAt: { unknown: true }, publishedAt: more.publishedAt ?? { at: '2025-11-05T12:00:00Z' } },
    },
  };
}
