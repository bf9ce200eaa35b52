/** Events for tests: what the tests of this project say most often. given() itself is of the package. */
import type { Happened } from '../../src/testing/given.js';

export * from '../../src/testing/given.js';

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
