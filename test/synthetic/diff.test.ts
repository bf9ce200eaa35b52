/** A scenario beside the real world: which values are others, and because of which events. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diff, DIFF_VIEWS, type DiffQuery, type DiffRow } from '../../src/synthetic/diff.js';
import { openWorlds, type Worlds } from '../../src/synthetic/worlds.js';
import { differences } from '../../src/synthetic/leaves.js';
import type { Tracker } from '../../src/tracker.js';
import { acceptInputs, appendAccepted } from '../../src/writing/accept.js';
import { seededTracker } from '../support/in-process.js';
import { readTyped } from '../support/typed-log.js';

let real: Tracker;
let worlds: Worlds;
beforeAll(async () => {
  real = await seededTracker();
  worlds = openWorlds(real);
});
afterAll(async () => {
  await worlds.close();
  await real.close();
});

async function rowsOf(id: string, query: DiffQuery = {}): Promise<DiffRow[]> {
  const scenario = await worlds.find(id);
  return worlds.use(id, async (world) => {
    const head = await world.store.head();
    if (head !== null) await world.runner.waitFor(head, 5000);
    const rows: DiffRow[] = [];
    for await (const row of diff(real, world, scenario, query)) rows.push(row);
    return rows;
  });
}

const inject = (id: string, ...inputs: unknown[]): Promise<string[]> =>
  worlds.use(id, async (world) => (await appendAccepted(world.store, await acceptInputs(world, inputs, String))).events.map(({ streamId, revision }) => `/v1/events/${streamId}/${revision}?scenario=${id}`));

const said = { type: 'SentimentExpressed', data: { entity: 'openai', holder: { name: 'Jane Doe', kind: 'investor' }, aspect: 'financing', claim: 'It can not pay', score: -1, relevance: 1, method: { name: 'what-if', version: 1, item: 'x' } }, metadata: { occurredAt: { at: '2025-11-04T12:00:00Z' }, publishedAt: { at: '2025-11-04T12:00:00Z' }, source: { document: 'what if' } } };

describe('the difference of a scenario', () => {
  it('without events of its own is none', async () => {
    await worlds.open({ scenario: 'empty', kind: 'overlay' });
    expect(await rowsOf('empty')).toEqual([]);
  });

  it('with other prices is in the sessions from then on, in the reaction and in what is reconciled, each with its cause', async () => {
    await worlds.open({ scenario: 'shocked', kind: 'overlay' });
    await worlds.generate('shocked', 'shock', { instrument: 'XNAS:AMZN', date: '2025-11-03', effect: -0.1 });
    const rows = await rowsOf('shocked', { benchmark: 'INDEX:SPX' });
    const closes = rows.filter(({ view, key }) => view === 'market-value' && /^points\[date=.*\]\.close$/.test(key));
    expect(closes).toHaveLength(19);
    expect(closes[0]).toMatchObject({ subject: 'amazon-common', key: 'points[date=2025-11-03].close', before: 254, causes: ['/v1/events/scenario.shocked.instrument-amazon-common/0?scenario=shocked'] });
    expect(closes.every(({ key }) => key.slice(12, 22) >= '2025-11-03')).toBe(true);
    const [car] = rows.filter(({ view, subject, key }) => view === 'reaction' && subject === 'openai-aws amazon-common' && /^windows\[.*from=0,to=0.*\]\.car$|^windows\[from=0,to=0\]\.car$/.test(key));
    expect((car?.after as number) - (car?.before as number)).toBeCloseTo(-0.1, 6);
    expect(car?.causes.length).toBeGreaterThan(0);
    expect(rows.filter(({ view }) => view === 'reconciliation').length).toBeGreaterThan(0);
    // What no event touches is the same.
    expect(rows.filter(({ view }) => view === 'sentiment' || view === 'exposure')).toEqual([]);
    expect(await rowsOf('shocked')).toEqual(rows.filter(({ view }) => view !== 'reaction'));
  });

  it('with something said has the new item whole, and the figures that it moves', async () => {
    await worlds.open({ scenario: 'said', kind: 'overlay' });
    const [link] = await inject('said', said);
    const rows = await rowsOf('said', { view: 'sentiment', asOf: '2025-11-05T00:00:00Z' });
    const item = rows.find(({ key }) => key.startsWith('expressions['));
    expect(item).toMatchObject({ view: 'sentiment', subject: 'openai', before: null, after: { claim: 'It can not pay' }, causes: [link] });
    expect(rows.find(({ key }) => key === 'overall.mean')).toMatchObject({ causes: [link] });
    expect(new Set(rows.map(({ view }) => view))).toEqual(new Set(['sentiment']));
  });

  it('with something retracted has what went, because of the retraction', async () => {
    await worlds.open({ scenario: 'gone', kind: 'overlay' });
    const bar = (await readTyped(real)).find(({ typed, stored }) => typed.type === 'BarClosed' && stored.streamId === 'market.instrument-nvidia-common' && JSON.stringify(stored.data).includes('2025-11-03'));
    if (!bar) throw new Error('no bar');
    const [link] = await inject('gone', { type: 'ObservationRetracted', data: { retracts: { id: bar.stored.id, streamId: bar.stored.streamId } }, metadata: { occurredAt: { unknown: true }, source: { document: 'what if' } } });
    const rows = await rowsOf('gone', { view: 'market-value', subject: 'nvidia-common' });
    expect(rows.find(({ key }) => key === 'points[date=2025-11-03]')).toMatchObject({ before: { close: bar.stored.data['close'] }, after: null, causes: [link] });
  });

  it('that is a world of its own has all of it as new', async () => {
    await worlds.open({ scenario: 'own', kind: 'isolated' });
    await worlds.generate('own', 'market', { firms: 2, days: 20, seed: 7 });
    const rows = await rowsOf('own', { subject: 'syn-firm-0001-common' });
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ before }) => before !== null)).toEqual([]);
    expect([...new Set(rows.map(({ view }) => view))]).toEqual(['instrument', 'market-value']);
  });

  it('is against the world that it lies on, or as it is now', async () => {
    await worlds.open({ scenario: 'later', kind: 'overlay' });
    const price = { type: 'PriceObserved', data: { instrument: 'amazon-common', price: { as: 'rounded', value: '251.11', unit: 'USD' }, session: 'regular' }, metadata: { occurredAt: { at: '2025-11-05T15:00:00Z' }, publishedAt: { at: '2025-11-05T15:30:00Z' }, source: { document: 'after all' } } };
    const { position } = await appendAccepted(real.store, await acceptInputs(real, [price], String));
    await real.runner.waitFor(position, 5000);
    await inject('later', { ...price, data: { ...price.data, price: { as: 'rounded', value: '9.99', unit: 'USD' } } });
    const texts = async (against: 'base' | 'now'): Promise<string> => JSON.stringify(await rowsOf('later', { against, view: 'market-value' }));
    expect((await texts('base')).includes('251.11')).toBe(false);
    expect((await texts('now')).includes('251.11')).toBe(true);
    expect((await texts('base')).includes('9.99')).toBe(true);
  });

  it('names only events of the scenario as causes, and compares every view', async () => {
    const rows = await rowsOf('shocked', { benchmark: 'INDEX:SPX' });
    for (const { causes, before, after } of rows) {
      expect(causes.length).toBeGreaterThan(0);
      expect(causes.every((link) => link.startsWith('/v1/events/scenario.shocked.'))).toBe(true);
      expect(JSON.stringify(before)).not.toBe(JSON.stringify(after));
    }
    expect(DIFF_VIEWS.length).toBe(12);
  });
});

describe('differences of two answers', () => {
  const of = (before: unknown, after: unknown): [string, unknown, unknown][] => [...differences(before, after)].map(({ key, before: left, after: right }) => [key, left, right]);
  it('go by what items are about, not by their order', () => {
    expect(of({ list: [{ id: 'a', n: 1 }, { id: 'b', n: 2 }] }, { list: [{ id: 'b', n: 3 }, { id: 'a', n: 1 }] })).toEqual([['list[id=b].n', 2, 3]]);
    expect(of({ list: [{ id: 'a', n: 1 }] }, { list: [] })).toEqual([['list[id=a]', { id: 'a', n: 1 }, null]]);
  });
  it('go by places where items have no names of their own', () => {
    expect(of({ list: [{ n: 1 }, { n: 1 }] }, { list: [{ n: 1 }, { n: 2 }] })).toEqual([['list[1].n', 1, 2]]);
  });
  it('leave out how it was asked, and links', () => {
    expect(of({ asOf: 'x', event: '/v1/events/market.a/0', start: '/v1/events/market.a/1' }, { asOf: 'y', event: '/v1/events/market.a/2', start: null, scenario: 'z' })).toEqual([]);
  });
  it('of lists of plain values are whole', () => {
    expect(of({ dates: ['a', 'b'] }, { dates: ['a'] })).toEqual([['dates', ['a', 'b'], ['a']]]);
  });
});
