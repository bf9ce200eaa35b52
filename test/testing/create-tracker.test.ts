/** What the package gives a tester's own suite. */
import { describe, expect, it } from 'vitest';
import { sentiment } from '../../projections/index.js';
import { BatchRefusedError, createTracker, given, testId, views } from '../../src/testing/index.js';

const entity = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({ type: 'EntityRegistered', data: { entity: id, name: id, kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'mine' } }, ...more });
const price = (at: string): Record<string, unknown> => ({ type: 'PriceObserved', data: { entity: 'acme', instrument: 'acme-common', price: { as: 'rounded', value: '10', unit: 'USD' }, session: 'regular' }, metadata: { occurredAt: { at }, publishedAt: { at }, source: { document: 'mine' } } });

describe('createTracker', () => {
  it('lets events in as the API does, answers when they are projected, and serves them', async () => {
    await using test = await createTracker({ now: '2025-11-03T22:00:00Z' });
    const [stored] = await test.append(entity('acme', { id: testId(1) }));
    expect(stored).toEqual({ id: testId(1), streamId: 'market.entity-acme', revision: 0, status: 'stored' });
    expect((await test.append(entity('acme', { id: testId(1) })))[0]?.status).toBe('known');
    expect(test.ask(views.sentiment('acme')).overall.n).toBe(0);
    const { events } = (await (await fetch(`${test.url}/v1/events`)).json()) as { events: { recordedAt: string }[] };
    expect(events.map(({ recordedAt }) => recordedAt)).toEqual(['2025-11-03T22:00:00.000Z']);
    await expect(test.append({ type: 'Nothing' })).rejects.toThrow(BatchRefusedError);
  });
  it('goes by the clock that the test sets', async () => {
    const test = await createTracker({ now: '2025-11-03T15:00:00Z' });
    const later = price('2025-11-03T16:00:00Z');
    delete (later['data'] as Record<string, unknown>)['entity'];
    await expect(test.append(later)).rejects.toThrow('publishedAt');
    test.setNow('2025-11-03T16:00:00Z');
    expect(await test.append(later)).toHaveLength(1);
    expect(() => { test.setNow('tomorrow'); }).toThrow(RangeError);
    await test.close();
    await expect(fetch(`${test.url}/healthz`)).rejects.toThrow();
  });
  it('is one of its own for each test', async () => {
    await using one = await createTracker();
    await using other = await createTracker();
    await one.append(entity('acme'));
    expect([one.url === other.url, await other.tracker.store.head()]).toEqual([false, null]);
  });
});

it('given folds events without a store', () => {
  const said = { input: { type: 'SentimentExpressed', data: { entity: 'acme', holder: { name: 'a fund', kind: 'investor' }, aspect: 'financing', claim: 'cannot pay', score: -0.5, relevance: 1, method: { name: 'rubric', version: 1, item: 'plain claim' } }, metadata: { occurredAt: { at: '2025-11-03T15:00:00Z' }, source: { document: 'mine' } } } };
  expect(given(said).ledger(sentiment).tail).toHaveLength(1);
  expect(given().when(said, said).events()).toHaveLength(2);
});
