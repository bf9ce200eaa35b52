/** Corrections and retractions as a reader of the views meets them, through the one way in. test/projections has their ledger. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tracker } from '../../src/tracker.js';
import { openContext, type Asked } from '../../src/views/context.js';
import { marketValueView } from '../../src/views/market-value.js';
import { acceptInputs, appendAccepted } from '../../src/writing/accept.js';
import { bar, move, retracted, shares, testId, type Happened } from '../support/given.js';
import { emptyTracker } from '../support/in-process.js';

const [A, B, C, R] = [testId(1), testId(2), testId(3), testId(4)];
const STREAM = 'market.instrument-acme';
let tracker: Tracker;

beforeEach(async () => {
  tracker = emptyTracker();
  await store({ type: 'InstrumentListed', data: { instrument: 'acme', symbol: 'XNYS:ACME', name: 'Acme', kind: 'share', currency: 'USD', calendar: 'US' }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2025-01-01T00:00:00Z' }, source: { document: 'test' } } });
});
afterEach(() => tracker.close());

async function store(...inputs: Record<string, unknown>[]): Promise<void> {
  for (const input of inputs) {
    const { position } = await appendAccepted(tracker.store, await acceptInputs(tracker, [input], String));
    await tracker.runner.waitFor(position, 5000);
  }
}

const view = (asked: Asked = {}): ReturnType<typeof marketValueView>['body'] => marketValueView(openContext(tracker.runner, asked), 'acme', {}).body;
const printed = (knownAt?: string): string[] => view({ ...(knownAt === undefined ? {} : { knownAt }) }).claims.map((claim) => claim.text);

/** A correction as a client sends it: it names one event, and gives no time of its own but its publication. */
function corrects(id: string, as: string, happened: Happened, publishedAt: unknown): Record<string, unknown> {
  const { type, data } = happened.input;
  return { id: as, type: 'ObservationCorrected', data: { corrects: { id, streamId: STREAM }, type, schemaVersion: type === 'BarClosed' ? 2 : 1, data }, metadata: { source: { document: 'test' }, publishedAt } };
}

const first = move('4.7', { id: A }).input;
const second = corrects(A, B, move('4.0'), { at: '2025-11-04T12:00:00Z' });

describe('in a view', () => {
  it('a correction stands from when it is known, with its own event as evidence and the valid time of what it corrects', async () => {
    await store(first, second);
    expect(printed('2025-11-04T11:59:59Z')).toEqual(['up 4.7 %']);
    const [claim] = view({ knownAt: '2025-11-04T12:00:00Z' }).claims;
    expect(claim).toMatchObject({ text: 'up 4.0 %', eventId: B, knownFrom: '2025-11-04T12:00:00Z', certainFrom: '2025-11-03T21:00:00Z', when: '2025-11-03T21:00:00Z' });
  });

  it('a correction of a correction stands for the fact, though its sender names the correction alone', async () => {
    await store(first, second, corrects(B, C, move('4.1'), { at: '2025-11-05T12:00:00Z' }));
    expect([printed('2025-11-04T13:00:00Z'), printed()]).toEqual([['up 4.0 %'], ['up 4.1 %']]);
  });

  it('a correction that arrives before its original stands for it', async () => {
    const early = corrects(A, B, move('4.0'), { at: '2025-11-04T12:00:00Z' });
    await store({ ...early, metadata: { ...(early['metadata'] as object), occurredAt: { at: '2025-11-03T21:00:00Z' } } });
    expect(printed()).toEqual(['up 4.0 %']);
    await store(first);
    expect([printed('2025-11-03T23:00:00Z'), printed()]).toEqual([['up 4.7 %'], ['up 4.0 %']]);
  });

  it('a retracted correction lets the original stand again', async () => {
    await store(first, second, retracted(B, { id: R }).input);
    expect([printed('2025-11-05T11:59:59Z'), printed()]).toEqual([['up 4.0 %'], ['up 4.7 %']]);
  });

  it('a correction stands also where the day-long bound of the original lies later', async () => {
    await store(move('4.7', { id: A, publishedAt: { within: '2025-11-04' } }).input, corrects(A, B, move('4.0'), { at: '2025-11-04T09:00:00Z' }));
    expect([printed('2025-11-04T08:59:59Z'), printed('2025-11-04T09:00:00Z'), printed('2025-11-06T00:00:00Z')]).toEqual([[], ['up 4.0 %'], ['up 4.0 %']]);
  });

  it('rivals go by (known, id), in whatever order they arrived', async () => {
    const rival = corrects(A, C, move('3.9'), { at: '2025-11-04T12:00:00Z' });
    await store(first, rival, second);
    expect(printed()).toEqual(['up 3.9 %']);
  });

  it('a restated first quarter that is published after the second stays the first quarter', async () => {
    await store(shares('2025-07-23', '1000', { id: A }).input, shares('2025-10-22', '1100').input, bar('2025-08-01', 10).input, bar('2025-10-31', 12).input);
    await store(corrects(A, B, shares('2025-07-23', '990'), { at: '2025-11-20T12:00:00Z' }));
    expect(view({ asOf: '2025-11-21T00:00:00Z' }).level).toMatchObject({ sharesLo: 1100, marketValue: 13_200 });
    expect(view({ asOf: '2025-08-01T21:00:00Z' }).level).toMatchObject({ sharesLo: 990, sharesFrom: '2025-07-23T04:00:00Z', marketValue: 9900 });
    expect(view({ asOf: '2025-08-01T21:00:00Z', knownAt: '2025-11-20T11:59:59Z' }).level).toMatchObject({ sharesLo: 1000 });
  });

  it('a corrected close stays the close of its session, and is no close before', async () => {
    await store(bar('2025-11-03', 100, { id: A }).input, bar('2025-11-04', 102).input, corrects(A, B, bar('2025-11-03', 99), { at: '2025-11-06T12:00:00Z' }));
    expect(view().points.map((point) => [point.date, point.price])).toEqual([['2025-11-03', 99], ['2025-11-04', 102]]);
    expect(view({ asOf: '2025-11-03T20:59:59Z' }).level).toBeNull();
    expect(view({ asOf: '2025-11-03T21:00:00Z', knownAt: '2025-11-06T11:59:59Z' }).level).toMatchObject({ price: 100 });
  });

  it('what was retracted and published again is known from its new publication, and not between the two', async () => {
    await store(first, retracted(A, { id: R }).input, move('4.7', { id: B, publishedAt: { at: '2025-11-07T12:00:00Z' } }).input);
    expect([printed('2025-11-05T11:59:59Z'), printed('2025-11-06T00:00:00Z'), printed('2025-11-07T12:00:00Z')]).toEqual([['up 4.7 %'], [], ['up 4.7 %']]);
  });

  it('a retraction of the first event takes the fact away also where it was corrected; one of a retraction gives it back', async () => {
    await store(first, second, retracted(A, { id: R }).input);
    expect(printed()).toEqual([]);
    await store(retracted(R, { id: C, publishedAt: { at: '2025-11-08T12:00:00Z' } }).input);
    expect(printed()).toEqual(['up 4.0 %']);
  });
});

describe('it is refused, with what to do,', () => {
  it('to correct when something was published', async () => {
    await store(first);
    const wrong = corrects(A, B, { input: { ...first, data: { ...(first['data'] as object), publishedAt: { at: '2025-11-02T00:00:00Z' } } } }, { at: '2025-11-04T12:00:00Z' });
    await expect(store(wrong)).rejects.toThrow('data.data.publishedAt: expected no such field: when something was published is never corrected; retract the event and publish it again');
  });

  it('to give a correction another valid time', async () => {
    await store(first);
    await expect(store({ ...second, metadata: { ...(second['metadata'] as object), occurredAt: { at: '2025-11-04T21:00:00Z' } } })).rejects.toThrow(/metadata\.occurredAt: expected the valid time of the event it corrects, .*, or nothing/);
  });

  it('to publish what lies more than five minutes ahead of the clock, by its earliest bound', async () => {
    const published = (publishedAt: unknown): Promise<void> => store(move('4.7', { publishedAt }).input);
    await published({ at: '2026-09-01T00:05:00Z' });
    await published({ within: '2026-09-01' });
    await expect(published({ at: '2026-09-01T00:05:00.001Z' })).rejects.toThrow(/metadata\.publishedAt: expected a publication that has begun by now \(2026-09-01T00:00:00\.000Z\)/);
    await expect(published({ within: '2026-09-01', zone: 'America/New_York' })).rejects.toThrow(/a publication that has begun by now/);
  });
});
