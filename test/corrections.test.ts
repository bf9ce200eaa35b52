/**
 * Corrections as every view shows them: a restated count, a withdrawn opinion, an amended forecast, a date that was wrong.
 * The cases of one fact alone are in projections/corrections.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { parseNewEvent, parseInstant, type Instant } from '../events/index.js';
import { announcementView, timelineView } from '../src/views/announcements.js';
import { entityClaimsView } from '../src/views/claims.js';
import { openContext, type Asked, type ViewContext } from '../src/views/context.js';
import { exposureView } from '../src/views/exposure.js';
import { marketValueView } from '../src/views/market-value.js';
import { sentimentView } from '../src/views/sentiment.js';
import { bar, shares, testId, type Happened } from './support/given.js';
import { trackerOf } from './support/in-process.js';

const source = { document: 'test' };
const company: Happened = { input: { type: 'EntityRegistered', data: { entity: 'acme', name: 'Acme', kind: 'company' }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2024-01-02T00:00:00Z' }, source } } };
const listing: Happened = { input: { type: 'InstrumentListed', data: { instrument: 'acme', symbol: 'XNAS:ACME', name: 'Acme', kind: 'share', currency: 'USD', calendar: 'US' }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2024-01-02T00:00:00Z' }, source } } };

function event(id: number, type: string, data: Record<string, unknown>, published: string, more: Record<string, unknown> = {}): Happened {
  return { input: { id: testId(id), type, data, metadata: { occurredAt: { at: published }, publishedAt: { at: published }, source, ...more } } };
}
/** Stands in place of an event, at its valid time, from its own publication on. */
function corrects(id: number, of: Happened, data: Record<string, unknown>, published: string, streamId: string): Happened {
  const { type, metadata, id: corrected } = of.input as { type: string; id: string; metadata: { occurredAt: unknown } };
  return { input: { id: testId(id), type: 'ObservationCorrected', data: { corrects: { id: corrected, streamId }, type, schemaVersion: 1, data }, metadata: { occurredAt: metadata.occurredAt, publishedAt: { at: published }, source: { document: 'test', locator: 'correction' } } } };
}
/** Of a correction: `original` names the first event of the fact. */
function retracts(id: number, of: number, published: string, streamId: string, original?: number): Happened {
  return { input: { id: testId(id), type: 'ObservationRetracted', data: { retracts: { id: testId(of), streamId }, ...(original === undefined ? {} : { original: { id: testId(original), streamId } }) }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: published }, source } } };
}

async function asking<T>(history: Happened[], ask: (context: (asked?: Asked) => ViewContext) => T): Promise<T> {
  const tracker = await trackerOf(history);
  try {
    return ask((asked = {}) => openContext(tracker.runner, asked));
  } finally {
    await tracker.close();
  }
}

describe('a restated first count, published after the second', () => {
  const first = shares('2025-03-31', '1000', { id: testId(1) });
  const second = shares('2025-06-30', '1100', { id: testId(2) });
  const { data } = shares('2025-03-31', '990').input as { data: Record<string, unknown> };
  const restated = corrects(3, first, data, '2025-09-01T12:00:00Z', 'market.instrument-acme');
  const history = [company, listing, first, second, restated, bar('2025-05-30', 10), bar('2025-09-30', 10)];

  it('stays the first: the later closes go by the second, the earlier ones by the restated', async () => {
    await asking(history, (context) => {
      expect(marketValueView(context(), 'acme', {}).body.points.map(({ date, marketValue }) => [date, marketValue])).toEqual([['2025-05-30', 9900], ['2025-09-30', 11_000]]);
    });
  });
  it('is not seen before it was published, and its valid time is that of what it restates', async () => {
    await asking(history, (context) => {
      const point = (knownAt: string) => marketValueView(context({ knownAt, asOf: '2025-05-30T20:00:00Z' }), 'acme', {}).body.level;
      expect([point('2025-09-01T11:59:59Z')?.marketValue, point('2025-09-01T12:00:00Z')?.marketValue]).toEqual([10_000, 9900]);
      expect(point('2025-09-01T12:00:00Z')?.sharesFrom).toBe(point('2025-08-01T12:00:00Z')?.sharesFrom);
    });
  });
});

describe('an opinion', () => {
  const said = event(1, 'SentimentExpressed', { entity: 'acme', holder: { name: 'a fund', kind: 'investor' }, aspect: 'revenue', claim: 'doubts', score: -0.5, relevance: 1, method: { name: 'rubric', version: 1, item: 'plain' } }, '2025-11-03T12:00:00Z');
  const mean = (context: (asked?: Asked) => ViewContext, knownAt?: string): number | null => sentimentView(context({ asOf: '2025-11-10T00:00:00Z', ...(knownAt === undefined ? {} : { knownAt }) }), 'acme', {}).body.overall.mean;
  const { data } = said.input as { data: Record<string, unknown> };

  it('that was misquoted counts as corrected, once, from then on', async () => {
    await asking([company, said, corrects(2, said, { ...data, score: 0.25 }, '2025-11-05T12:00:00Z', 'market.entity-acme')], (context) => {
      expect([mean(context, '2025-11-05T11:59:59Z'), mean(context)]).toEqual([-0.5, 0.25]);
      expect(sentimentView(context({ asOf: '2025-11-10T00:00:00Z' }), 'acme', {}).body.expressions).toHaveLength(1);
    });
  });
  it('whose correction is withdrawn counts as it was said at first', async () => {
    await asking([company, said, corrects(2, said, { ...data, score: 0.25 }, '2025-11-05T12:00:00Z', 'market.entity-acme'), retracts(3, 2, '2025-11-06T12:00:00Z', 'market.entity-acme', 1)], (context) => {
      expect([mean(context, '2025-11-06T11:59:59Z'), mean(context)]).toEqual([0.25, -0.5]);
    });
  });
  it('that was never expressed is gone from when that is known', async () => {
    await asking([company, said, retracts(3, 1, '2025-11-06T12:00:00Z', 'market.entity-acme')], (context) => {
      expect([mean(context, '2025-11-06T11:59:59Z'), mean(context)]).toEqual([-0.5, null]);
    });
  });
});

describe('a forecast that was reported wrongly', () => {
  const forecast = event(1, 'ForecastMade', { entity: 'acme', by: { name: 'chief', kind: 'management' }, metric: 'revenue', claim: 'revenue of 13 billion in 2025', value: { as: 'rounded', value: '13e9', unit: 'USD' }, horizon: { notBefore: '2025', notAfter: '2025' } }, '2025-09-01T12:00:00Z');
  const actual = event(2, 'MetricReported', { entity: 'acme', metric: 'revenue', value: { as: 'rounded', value: '14.1e9', unit: 'USD' }, period: { throughout: '2025' } }, '2026-02-01T12:00:00Z');
  const { data } = forecast.input as { data: Record<string, unknown> };
  const fourteen = corrects(3, forecast, { ...data, claim: 'revenue of 14 billion in 2025', value: { as: 'rounded', value: '14e9', unit: 'USD' } }, '2026-03-01T12:00:00Z', 'market.entity-acme');

  it('is judged as corrected once that is known, and one claim all along', async () => {
    await asking([company, forecast, actual, fourteen], (context) => {
      const states = (asked?: Asked): unknown => entityClaimsView(context(asked), 'acme', {}).body.claims.map(({ claim, state }) => [claim, state]);
      expect(states({ knownAt: '2026-02-28T00:00:00Z' })).toEqual([['revenue of 13 billion in 2025', 'missed']]);
      expect(states()).toEqual([['revenue of 14 billion in 2025', 'met']]);
    });
  });
  it('is judged by a report as corrected, and as if by none once that is withdrawn', async () => {
    await asking([company, forecast, actual, retracts(4, 2, '2026-04-01T12:00:00Z', 'market.entity-acme')], (context) => {
      expect(entityClaimsView(context({ asOf: '2026-05-01T00:00:00Z' }), 'acme', {}).body.claims).toMatchObject([{ state: 'open', reason: 'nothing-reported' }]);
    });
  });
});

describe('a relationship that was disclosed wrongly', () => {
  it('is walked as corrected', async () => {
    const owns = event(1, 'RelationshipDisclosed', { entity: 'acme', other: 'globex', relation: 'owns', amount: { as: 'rounded', value: '27', unit: 'percent' } }, '2025-11-03T12:00:00Z');
    const { data } = owns.input as { data: Record<string, unknown> };
    await asking([company, owns, corrects(2, owns, { ...data, relation: 'finances' }, '2025-11-05T12:00:00Z', 'market.entity-acme')], (context) => {
      const relations = (asked?: Asked): string[] => exposureView(context(asked), 'acme', { direction: 'on' }).body.edges.map(({ relation }) => relation);
      expect([relations({ knownAt: '2025-11-05T11:59:59Z' }), relations()]).toEqual([['owns'], ['finances']]);
    });
  });
});

describe('a report of the date', () => {
  // Its time is its content: a correction, which keeps the time, could not change it.
  const made = event(1, 'AnnouncementMade', { announcement: 'deal', title: 'a deal', parties: [{ entity: 'acme', role: 'customer' }] }, '2025-11-03T14:00:00Z');
  const dated = event(2, 'AnnouncementDated', { announcement: 'deal', when: { at: '2025-11-03T14:00:00Z' } }, '2025-11-03T14:00:00Z');
  const stream = 'market.announcement-deal';

  it('that was wrong is withdrawn and given anew, which moves the announcement and the axis of what followed', async () => {
    const effect = event(4, 'SentimentExpressed', { entity: 'acme', holder: { name: 'a fund', kind: 'investor' }, aspect: 'revenue', claim: 'doubts', score: -0.5, relevance: 1, method: { name: 'rubric', version: 1, item: 'plain' } }, '2025-11-03T15:00:00Z', { $correlationId: 'deal' });
    await asking([company, made, dated, effect, retracts(3, 2, '2025-11-04T12:00:00Z', stream), event(5, 'AnnouncementDated', { announcement: 'deal', when: { at: '2025-11-03T13:30:00Z' } }, '2025-11-04T12:00:00Z', { occurredAt: { at: '2025-11-03T13:30:00Z' } })], (context) => {
      const then = { knownAt: '2025-11-04T11:59:59Z' };
      expect([announcementView(context(then), 'deal').body.publicBy, announcementView(context(), 'deal').body.publicBy]).toEqual(['2025-11-03T14:00:00Z', '2025-11-03T13:30:00Z']);
      const seconds = (asked?: Asked): unknown => timelineView(context(asked), 'deal').body.nodes.at(-1)?.relativeSeconds;
      expect([seconds(then), seconds()]).toEqual([3600, 5400]);
    });
  });
});

describe('a publication time', () => {
  const first = event(1, 'MetricReported', { entity: 'acme', metric: 'users', value: { as: 'moreThan', value: '800e6', unit: 'users' } }, '2025-11-03T12:00:00Z');
  const { data } = first.input as { data: Record<string, unknown> };

  it('is never corrected: a wrong one is mended by withdrawing and publishing again: known from the new one', async () => {
    await asking([company, first, retracts(2, 1, '2025-11-04T12:00:00Z', 'market.entity-acme'), event(3, 'MetricReported', data, '2025-11-04T13:00:00Z')], (context) => {
      const known = (knownAt: string): number => entityClaimsView(context({ knownAt }), 'acme', {}).body.claims.length;
      expect([known('2025-11-03T12:00:00Z'), known('2025-11-04T12:30:00Z'), known('2025-11-04T13:00:00Z')]).toEqual([1, 0, 1]);
    });
  });
  it('may lie five minutes ahead of the store\'s clock and no more, by its earliest bound', () => {
    const at = (publishedAt: unknown): (() => unknown) => () => parseNewEvent({ type: 'MetricReported', data, metadata: { occurredAt: { unknown: true }, publishedAt, source } }, { prefix: 'market.', now: parseInstant('2025-11-03T12:00:00Z') as Instant, newId: () => testId(9) });
    expect(at({ at: '2025-11-03T12:05:00Z' })).not.toThrow();
    expect(at({ at: '2025-11-03T12:05:00.001Z' })).toThrow();
    expect(at({ within: '2025-11-03', zone: 'America/New_York' })).not.toThrow();
    expect(at({ within: '2025-11-04', zone: 'America/New_York' })).toThrow();
  });
});
