/** A tester's own suite over market-reaction-tracker/testing: each test has a tracker of its own, disposed when it ends. */
import { expect, it } from 'vitest';
import { createTracker, faults, given, scenario, synthesize, views, type TestScenario } from 'market-reaction-tracker/testing';
import { sentiment } from 'market-reaction-tracker/projections';

const said = (holder: string, score: number, at: string): Record<string, unknown> => ({
  type: 'SentimentExpressed',
  data: { entity: 'acme', holder: { name: holder, kind: 'investor' }, aspect: 'financing', claim: `${holder} speaks`, score, relevance: 1, method: { name: 'mine', version: 1, item: 'plain' } },
  metadata: { occurredAt: { at }, publishedAt: { at }, source: { document: 'my test' } },
});

it('a study finds the return that was put there', async () => {
  await using test = await createTracker();
  const market = await scenario(test, 'market');
  await market.generate('market', { firms: 1, days: 300, effect: 0.2, seed: 7 });
  const [, truth] = await market.truths();
  const { announcement, symbol } = truth?.values as { announcement: string; symbol: string };
  const { windows } = await market.ask(views.reaction(announcement, { instrument: symbol, benchmark: 'INDEX:SYN' }));
  expect(windows[0]?.lo).toBeLessThan(0.2);
  expect(windows[0]?.hi).toBeGreaterThan(0.2);
});

it('what comes late, twice and in disorder gives the same answer in the end', async () => {
  await using test = await createTracker();
  const { events } = synthesize('sentiment', { expressions: 100, days: 10, seed: 3 });
  const orderly = await scenario(test, 'orderly');
  await orderly.append(...events);
  const disorderly = await scenario(test, 'disorderly');
  const result = await disorderly.appendWith('duplicates:0.2,late:0.1,reordering:0.3', 5, ...events);
  expect([result.stored, result.refused]).toEqual([events.length, []]);
  const mean = async (world: TestScenario): Promise<number | null> => (await world.ask(views.sentiment('syn-subject'), { asOf: '2025-10-10T00:00:00Z' })).overall.mean;
  expect(await mean(disorderly)).toBe(await mean(orderly));
});

it('my own consumer is met by faults that I know of', () => {
  const { deliveries, lost } = faults(synthesize('claims').events, 'gaps:0.02,schema:0.05', 1);
  expect(deliveries.filter(({ faults: met }) => met.includes('schema')).every(({ event }) => !('instrument' in event.data))).toBe(true);
  expect(lost.length).toBeGreaterThan(0);
});

it('what if: a scenario sees the real world, and the real world does not see it', async () => {
  await using test = await createTracker({ now: '2025-11-05T00:00:00Z' });
  await test.append({ type: 'EntityRegistered', data: { entity: 'acme', name: 'Acme', kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'my test' } } }, said('a fund', 0.5, '2025-11-03T15:00:00Z'));
  const panic = await scenario(test, 'panic', { kind: 'overlay' });
  await panic.append(said('another fund', -1, '2025-11-03T16:00:00Z'));
  expect(test.ask(views.sentiment('acme')).expressions).toHaveLength(1);
  expect((await panic.ask(views.sentiment('acme'))).expressions).toHaveLength(2);
});

it('given events, a projection holds what it should', () => {
  const history = given({ input: said('a fund', 0.5, '2025-11-03T15:00:00Z') });
  expect(history.when({ input: said('a bank', -0.5, '2025-11-03T16:00:00Z') }).ledger(sentiment).tail).toHaveLength(2);
});
