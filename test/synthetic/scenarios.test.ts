/** Opening, listing, inspecting, filling and archiving scenarios, over a real socket. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyTracker, seededTracker, served, type Served } from '../support/in-process.js';
import { openWorlds } from '../../src/synthetic/worlds.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import { copyStore } from '../../src/store/copy.js';
import { startTracker } from '../../src/tracker.js';
import { marketValueView } from '../../src/views/market-value.js';
import { answerFrom } from '../../src/views/context.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
});
afterAll(() => api.close());

type Json = Record<string, unknown>;
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> => fetch(api.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
const open = (scenario: string, more: Json = { kind: 'isolated' }): Promise<Response> => post('/v1/scenarios', { scenario, ...more });
const json = async (response: Response | Promise<Response>): Promise<Json> => (await (await response).json()) as Json;
const get = (path: string): Promise<Json> => json(fetch(api.url + path));
const close = (date: string, price: number, more: Json = {}): Json => ({ type: 'BarClosed', data: { instrument: 'amazon-common', close: price, session: { date, calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' }, metadata: { source: { document: 'what if' } }, ...more });
const said = (n: number): Json => ({ type: 'SentimentExpressed', data: { entity: 'openai', holder: { name: `Holder ${n}`, kind: 'investor' }, aspect: 'financing', claim: `Statement ${n}`, score: -1, relevance: 1, method: { name: 'what-if', version: 1, item: 'x' } }, metadata: { occurredAt: { at: '2025-11-04T12:00:00Z' }, publishedAt: { at: '2025-11-04T12:00:00Z' }, source: { document: 'what if' } } });

describe('a scenario', () => {
  it('is opened once: the same again is known, another of its id is refused', async () => {
    const first = await open('twice', { kind: 'overlay', title: 'Twice' });
    expect(first.status).toBe(201);
    const body = await json(first);
    expect(body).toMatchObject({ scenario: 'twice', kind: 'overlay', title: 'Twice', note: null, archivedAt: null });
    expect(body['realEvents']).toBeGreaterThan(2000);
    const again = await open('twice', { kind: 'overlay', title: 'Twice' });
    expect([again.status, await json(again)]).toEqual([200, body]);
    const other = await open('twice', { kind: 'isolated' });
    expect([other.status, (await json(other))['detail']]).toEqual([409, expect.stringContaining('an id stands for one scenario for ever') as string]);
  });

  it.each([
    [{ scenario: 'Not A Slug', kind: 'isolated' }, 400, /scenario: expected an id of a-z/],
    [{ scenario: 'x', kind: 'both' }, 400, /kind/],
    [{ scenario: 'x', kind: 'isolated', basis: 'abc' }, 400, /an isolated scenario sees nothing of the real world/],
    [{ scenario: 'x', kind: 'overlay', basis: 'abc' }, 400, /basis: expected a token/],
    [{ scenario: 'x' }, 400, /kind/],
  ])('is refused where it is asked for as %j', async (body, status, detail) => {
    const response = await post('/v1/scenarios', body);
    expect([response.status, (await json(response))['detail']]).toEqual([status, expect.stringMatching(detail) as string]);
  });

  it('that nobody opened is not there, whatever is asked of it', async () => {
    for (const path of ['/v1/entities?scenario=nobody', '/v1/scenarios/nobody', '/v1/scenarios/nobody/truth']) {
      const response = await fetch(api.url + path);
      expect([path, response.status]).toEqual([path, 404]);
      expect((await json(response))['detail']).toContain('no scenario "nobody"; there are twice');
    }
    expect((await post('/v1/events?scenario=nobody', said(1))).status).toBe(404);
  });

  it('once archived is listed apart, read as before, and takes no more events', async () => {
    await open('old');
    expect((await post('/v1/events?scenario=old', said(1))).status).toBe(201);
    const archived = await json(post('/v1/scenarios/old/archive', { note: 'done' }));
    expect(archived['archivedAt']).toEqual(expect.any(String));
    expect(await json(post('/v1/scenarios/old/archive', {}))).toEqual(archived);
    const ids = async (state: string): Promise<unknown[]> => ((await get(`/v1/scenarios?state=${state}`))['scenarios'] as Json[]).map(({ scenario }) => scenario);
    expect([await ids('open'), await ids('archived'), await ids('all')]).toEqual([['twice'], ['old'], ['twice', 'old']]);
    const refused = await post('/v1/events?scenario=old', said(2));
    expect([refused.status, (await json(refused))['detail']]).toEqual([409, expect.stringContaining('takes no more events') as string]);
    expect(await get('/v1/scenarios/old')).toMatchObject({ events: 1, types: [{ type: 'SentimentExpressed', events: 1 }], streams: 1, rejected: 0, truths: 0 });
    expect((await open('old')).status).toBe(409);
  });
});

describe('an overlay', () => {
  it('sees no real event that came after its base', async () => {
    await open('early', { kind: 'overlay' });
    expect((await post('/v1/events', said(10))).status).toBe(201);
    const of = async (query: string): Promise<unknown[]> => ((await get(`/v1/entities/openai/sentiment${query}`))['expressions'] as Json[]).map(({ claim }) => claim);
    expect(await of('')).toContain('Statement 10');
    expect(await of('?scenario=early')).not.toContain('Statement 10');
  });

  it('on a past basis is what the real world was then', async () => {
    const before = await fetch(`${api.url}/v1/entities/openai/sentiment`);
    const [basis, body] = [before.headers.get('tracker-basis') ?? '', (await before.json()) as Json];
    expect((await post('/v1/events', said(11))).status).toBe(201);
    expect((await open('past', { kind: 'overlay', basis })).status).toBe(201);
    const { scenario, ...within } = await get('/v1/entities/openai/sentiment?scenario=past');
    expect(scenario).toBe('past');
    expect(within).toEqual(body);
  });

  it('corrects and retracts real events for itself alone', async () => {
    await open('revised', { kind: 'overlay' });
    const events = (await get('/v1/events?stream=market.instrument-amazon-common&limit=1000'))['events'] as { id: string; type: string; streamId: string; data: { session?: { date: string }; close?: number } }[];
    const [first, second] = ['2025-11-03', '2025-11-04'].map((date) => events.find(({ type, data }) => type === 'BarClosed' && data.session?.date === date));
    if (!first || !second) throw new Error('no bars');
    const source = { document: 'what if' };
    const response = await post('/v1/events?scenario=revised', [
      { type: 'ObservationCorrected', data: { corrects: { id: first.id, streamId: first.streamId }, type: 'BarClosed', schemaVersion: 2, data: { ...first.data, close: 250.5, high: 260, low: 240 } }, metadata: { source } },
      { type: 'ObservationRetracted', data: { retracts: { id: second.id, streamId: second.streamId } }, metadata: { occurredAt: { unknown: true }, source } },
    ]);
    expect(response.status).toBe(201);
    expect((await json(response))['events']).toMatchObject([{ streamId: 'scenario.revised.instrument-amazon-common' }, { streamId: 'scenario.revised.instrument-amazon-common' }]);
    const closes = async (query: string): Promise<Map<unknown, unknown>> => new Map(((await get(`/v1/instruments/XNAS:AMZN/market-value${query}`))['points'] as Json[]).map(({ date, close: price }) => [date, price]));
    const [within, real] = [await closes('?scenario=revised'), await closes('')];
    expect([within.get('2025-11-03'), within.has('2025-11-04')]).toEqual([250.5, false]);
    expect([real.get('2025-11-03'), real.get('2025-11-04')]).toEqual([254, second.data.close]);
    // Explanations lead to the scenario's own event.
    const told = JSON.stringify(await get('/v1/instruments/XNAS:AMZN/market-value/explain?scenario=revised&asOf=2025-11-03T21:00:00Z&at=/level/close'));
    expect(told).toContain('/v1/events/scenario.revised.instrument-amazon-common/0?scenario=revised');
    expect(told).toContain('"checked":true');
  });

  it('amends no event of another scenario', async () => {
    await open('other', { kind: 'overlay' });
    const response = await post('/v1/events?scenario=other', { type: 'ObservationRetracted', data: { retracts: { id: crypto.randomUUID(), streamId: 'scenario.revised.instrument-amazon-common' } }, metadata: { occurredAt: { unknown: true }, source: { document: 'x' } } });
    expect([response.status, (await json(response))['detail']]).toEqual([400, expect.stringContaining('expected a stream that begins with market. or scenario.other.') as string]);
  });

  it('can not be laid on a world that is empty', async () => {
    const empty = await served(emptyTracker());
    const response = await fetch(`${empty.url}/v1/scenarios`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ scenario: 'x', kind: 'overlay' }) });
    expect([response.status, (await json(response))['detail']]).toEqual([400, expect.stringContaining('open an isolated one') as string]);
    await empty.close();
  });
});

describe('injection', () => {
  it('takes one event, a list and NDJSON, validated as real ones are, each once under an Idempotency-Key', async () => {
    await open('injected');
    const path = '/v1/events?scenario=injected';
    expect((await post(path, close('2025-11-03', 200), { 'idempotency-key': 'k1' })).status).toBe(201);
    expect((await post(path, close('2025-11-03', 200), { 'idempotency-key': 'k1' })).status).toBe(200);
    expect((await post(path, [said(1), said(2)])).status).toBe(201);
    expect((await post(path, `${JSON.stringify(said(3))}\n${JSON.stringify(said(4))}\n`, { 'content-type': 'application/x-ndjson' })).status).toBe(201);
    const bad = await post(path, [said(5), close('2025-11-02', 200)]);
    expect([bad.status, (await json(bad))['detail']]).toEqual([400, expect.stringContaining('not a trading day') as string]);
    expect(await get('/v1/scenarios/injected')).toMatchObject({ events: 5 });
    // The same key means other events in another world.
    expect((await post('/v1/events', close('2025-11-03', 254), { 'idempotency-key': 'k1' })).status).toBe(201);
  });

  it('is waited for with minPosition', async () => {
    await open('waited');
    const { basis } = await json(post('/v1/events?scenario=waited', { type: 'EntityRegistered', data: { entity: 'acme', name: 'Acme', kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'x' } } }));
    const within = await get(`/v1/entities?scenario=waited&minPosition=${String(basis)}`);
    expect((within['entities'] as Json[]).map(({ entity }) => entity)).toEqual(['acme']);
    expect((await fetch(`${api.url}/v1/entities?minPosition=${String(basis)}`)).status).toBe(200);
    const wrong = await fetch(`${api.url}/v1/entities?minPosition=abc`);
    expect([wrong.status, (await json(wrong))['detail']]).toEqual([400, expect.stringContaining('minPosition: expected a token') as string]);
  });

  it('with faults stores what it can, and says what became of the rest', async () => {
    await open('faulty');
    const sent = Array.from({ length: 200 }, (_, i) => said(i));
    const filled = await json(post('/v1/events?scenario=faulty&faults=schema:0.1,drops:0.1,duplicates:0.2,corrupt:0.1&seed=3', sent, { 'idempotency-key': 'f' }));
    const { stored, known, refusedCount, lost, faults } = filled as { stored: number; known: number; refusedCount: number; lost: unknown[]; faults: Record<string, number> };
    expect(lost.length).toBe(faults['drops']);
    expect(refusedCount).toBeGreaterThanOrEqual(faults['schema'] ?? Infinity);
    expect(stored + known + refusedCount).toBe(200 - lost.length + (faults['duplicates'] ?? 0));
    expect(await get('/v1/scenarios/faulty')).toMatchObject({ events: stored, rejected: 0 });
    const real = await post('/v1/events?faults=late:0.1', sent);
    expect([real.status, (await json(real))['detail']]).toEqual([400, expect.stringContaining('into a scenario alone') as string]);
    const wrong = await post('/v1/events?scenario=faulty&faults=fire:1', sent);
    expect([wrong.status, (await json(wrong))['detail']]).toEqual([400, expect.stringContaining('one of duplicates') as string]);
  });

  it('from a generator keeps its truth beside, where nothing in the scenario sees it', async () => {
    await open('made');
    const body = { generator: 'market', firms: 3, days: 40, seed: 7 };
    const filled = await json(post('/v1/scenarios/made/generate', body));
    expect(filled).toMatchObject({ scenario: 'made', known: 0, refusedCount: 0, truths: 4 });
    expect(await json(post('/v1/scenarios/made/generate', body))).toMatchObject({ stored: 0, known: filled['stored'], truths: 4 });
    expect(((await get('/v1/scenarios/made/truth'))['truths'] as Json[]).map(({ subject }) => subject)).toEqual(['market', ...[1, 2, 3].map((n) => `instrument-syn-firm-000${n}-common`)]);
    expect(await (await fetch(`${api.url}/v1/replay?scenario=made`)).text()).not.toContain('GroundTruth');
    const many = await post('/v1/scenarios/made/generate', { ...body, firms: 5000, days: 5000 });
    expect([many.status, (await json(many))['detail']]).toEqual([400, expect.stringContaining('tracker synth market makes more') as string]);
    const wrong = await post('/v1/scenarios/made/generate', { ...body, effect: 7 });
    expect([wrong.status, (await json(wrong))['detail']]).toEqual([400, expect.stringContaining('market: effect') as string]);
  });
});

describe('worlds', () => {
  it('of a copied store see what they saw in the first one', async () => {
    const source = await seededTracker();
    const worlds = openWorlds(source);
    await worlds.open({ scenario: 'copied', kind: 'overlay' });
    await worlds.generate('copied', 'shock', { instrument: 'XNAS:AMZN', date: '2025-11-04', effect: -0.1 });
    const target = openMemoryStore();
    // Something else first, so that positions differ.
    await target.append('elsewhere', [{ id: crypto.randomUUID(), type: 'Other', data: {}, metadata: {} }], { expectedRevision: 'no_stream' });
    await copyStore(source.store, () => Promise.resolve(target), { streamPrefixes: ['market.', 'scenario'] });
    const levelOf = (runner: typeof source.runner): number | null | undefined => answerFrom(runner, {}, (context) => marketValueView(context, 'XNAS:AMZN', {})).body.points.find(({ date }) => date === '2025-11-05')?.close;
    const here = await worlds.use('copied', async ({ runner, store }) => {
      const head = await store.head();
      if (head !== null) await runner.waitFor(head, 5000);
      return levelOf(runner);
    });
    await worlds.close();
    await source.close();
    const copy = startTracker(target);
    await copy.runner.settled();
    const there = openWorlds(copy);
    expect(await there.use('copied', ({ runner }) => levelOf(runner))).toBe(here);
    expect(levelOf(copy.runner)).not.toBe(here);
    await there.close();
    await copy.close();
  });

  it('that nobody uses are let go, and folded again when they are asked for', async () => {
    const real = await seededTracker();
    const worlds = openWorlds(real);
    for (let i = 0; i < 12; i += 1) {
      await worlds.open({ scenario: `w${i}`, kind: 'overlay' });
      await worlds.generate(`w${i}`, 'shock', { instrument: 'XNAS:AMZN', date: '2025-11-04', effect: i / 100 });
    }
    for (let i = 0; i < 12; i += 1) expect(await worlds.use(`w${i}`, async ({ runner, store }) => {
      const head = await store.head();
      if (head !== null) await runner.waitFor(head, 5000);
      return answerFrom(runner, {}, (context) => marketValueView(context, 'XNAS:AMZN', {})).body.points.find(({ date }) => date === '2025-11-04')?.change;
    })).toBeCloseTo(i / 100 - 0.0184, 3);
    await worlds.close();
    await real.close();
  });
});
