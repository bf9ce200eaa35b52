/** Corporate actions, what can contaminate a window, and amendments: what is let in, where it goes, and from when it is known. */
import { describe, expect, it } from 'vitest';
import { describeProblem, instant, InvalidEventInputError, isRejected, formatInstant, parseNewEvent, readRecorded } from '../../events/index.js';

const OPTIONS = { prefix: 'market.', now: instant(Date.parse('2026-08-01T00:00:00Z')), newId: () => '00000000-0000-4000-8000-00000000abcd' };
const source = { document: 'test' };

function accept(type: string, data: Record<string, unknown>, metadata: Record<string, unknown>): { stream: string; knownFrom: string | null } {
  const event = parseNewEvent({ type, data, metadata: { source, ...metadata } }, OPTIONS);
  const read = readRecorded({ ...event, revision: 0, recordedAt: '2026-08-01T00:00:00Z' }, 1, OPTIONS.now);
  if (isRejected(read)) throw new Error(read.problems.map(describeProblem).join('; '));
  return { stream: event.streamId, knownFrom: formatInstant(read.known.from) };
}

function refusal(type: string, data: Record<string, unknown>): string[] {
  try {
    parseNewEvent({ type, data, metadata: { source, occurredAt: { within: '2025-06-11', calendar: 'US' } } }, OPTIONS);
  } catch (error) {
    if (error instanceof InvalidEventInputError) return error.problems.map(describeProblem);
    throw error;
  }
  return [];
}

const amount = { as: 'exact', value: '0.01', unit: 'USD' };

describe('a corporate action', () => {
  it('is known from its publication, before it takes effect', () => {
    const metadata = { occurredAt: { throughout: '2026-09-11/..', calendar: 'US' }, publishedAt: { at: '2026-07-28T20:20:00Z' } };
    expect(accept('CorporateActionTaken', { instrument: 'acme', action: 'cash-dividend', amount }, metadata)).toEqual({ stream: 'market.instrument-acme', knownFrom: '2026-07-28T20:20:00Z' });
  });
  it('needs the ratio of a split and the amount of a dividend', () => {
    expect(refusal('CorporateActionTaken', { instrument: 'acme', action: 'split' })).toEqual(['data.ratio: expected the ratio of a split, such as {"new": 10, "old": 1}, got nothing']);
    expect(refusal('CorporateActionTaken', { instrument: 'acme', action: 'cash-dividend' })).toEqual(['data.amount: expected the amount of a dividend, for each share, got nothing']);
  });
});

describe('what can contaminate a window', () => {
  it('may lie ahead when it is recorded', () => {
    const metadata = { occurredAt: { at: '2026-11-19T21:20:00Z' }, publishedAt: { within: '2026-07-20', zone: 'America/New_York' } };
    expect(accept('ScheduledEventRecorded', { instrument: 'acme', kind: 'earnings', label: 'results', session: 'post' }, metadata)).toEqual({ stream: 'market.instrument-acme', knownFrom: '2026-07-21T04:00:00Z' });
  });
  it('is of one instrument or of one entity, such as a market', () => {
    expect(accept('ScheduledEventRecorded', { entity: 'us-stock-market', kind: 'policy', label: 'tariffs' }, { occurredAt: { within: '2025-04-02' } }).stream).toBe('market.entity-us-stock-market');
    expect(refusal('ScheduledEventRecorded', { kind: 'policy', label: 'tariffs' })).toEqual(['data.instrument: expected either instrument or entity, not both and not neither, got nothing']);
  });
});

describe('an amendment', () => {
  it('goes to the stream of the announcement that it changes', () => {
    const data = { announcement: 'deal', change: 'extended', summary: 'more', added: { as: 'rounded', value: '1e11', unit: 'USD' }, duration: 'P8Y' };
    expect(accept('AnnouncementAmended', data, { occurredAt: { within: '2026-02-27' }, publishedAt: { within: '2026-02-27' } })).toEqual({ stream: 'market.announcement-deal', knownFrom: '2026-02-28T12:00:00Z' });
  });
});
