/** What makes polling cheap: tags that hold while others change, fewer points, compressed answers, several series in one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededTracker, served, type Served } from '../support/in-process.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
});
afterAll(() => api.close());

const CLOSES = '/v1/instruments/XNAS:AMZN/market-value';
interface Raw { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }
/** As it comes over the wire: fetch would take it apart. */
const raw = (path: string, headers: Record<string, string> = {}): Promise<Raw> =>
  new Promise((resolve, reject) => {
    request(api.url + path, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }); });
    }).on('error', reject).end();
  });

describe('A poll', () => {
  it('is 304 while two thousand events a second concern others, whatever is asked', async () => {
    const own = await served(await seededTracker());
    const views = [CLOSES, '/v1/entities/openai/sentiment', '/v1/announcements/openai-aws/timeline', '/v1/entities/openai/claims', `${CLOSES}?maxPoints=50`];
    const tags = await Promise.all(views.map(async (path) => (await fetch(own.url + path)).headers.get('etag') ?? ''));
    const before = own.tracker.runner.events();
    const began = performance.now();
    let polls = 0;
    let stop = false;
    const feed = (async () => {
      for (let i = 0; !stop; i += 40) {
        const events = Array.from({ length: 40 }, (_, k) => ({ id: `30000000-0000-4000-8000-${String(i + k).padStart(12, '0')}`, type: 'PriceObserved', data: { instrument: 'other-common', price: { as: 'rounded', value: '1.5', unit: 'USD' }, session: 'regular' }, metadata: { schemaVersion: 1, occurredAt: { at: '2025-11-04T15:00:00Z' }, publishedAt: { at: '2025-11-04T15:00:01Z' }, source: { document: 'tape' } } }));
        await own.tracker.store.append('market.instrument-other-common', events, { expectedRevision: 'any' });
        await sleep(Math.max(0, began + ((i + 40) / 2000) * 1000 - performance.now()));
      }
    })();
    while (performance.now() - began < 3000) {
      for (const [i, path] of views.entries()) {
        const response = await fetch(own.url + path, { headers: { 'if-none-match': tags[i] ?? '' } });
        await response.arrayBuffer();
        expect([path, response.status]).toEqual([path, 304]);
        polls += 1;
      }
    }
    stop = true;
    await feed;
    // As many as the machine had time for, with others beside.
    expect([own.tracker.runner.events() - before > 1000, polls > 20]).toEqual([true, true]);
    expect(own.tracker.runner.states.get('rejected')?.ledger.tail.length).toBe(0);
    await own.close();
  });

  it('may ask for fewer points: of each series at most so many, and the answer says how they were chosen', async () => {
    const whole = (await (await fetch(api.url + CLOSES)).json()) as { points: { date: string; price: number }[]; thinned?: unknown };
    expect(whole.thinned).toBeUndefined();
    for (const [query, method] of [['maxPoints=40', 'min-max'], ['maxPoints=40&thin=lttb', 'lttb']] as const) {
      const thin = (await (await fetch(`${api.url}${CLOSES}?${query}`)).json()) as typeof whole & { thinned: { kept: number } };
      expect(thin.thinned).toEqual({ method, by: 'price', points: whole.points.length, kept: thin.points.length });
      expect([thin.points.length <= 40, thin.points.every((point) => whole.points.some((other) => JSON.stringify(other) === JSON.stringify(point)))]).toEqual([true, true]);
    }
    const several = (await (await fetch(`${api.url}/v1/market-value?instruments=XNAS:AMZN,XNAS:NVDA,INDEX:SPX&maxPoints=20&fields=points.instrument,points.price`)).json()) as { points: { instrument: string }[]; thinned: object };
    expect([Object.keys(several).includes('thinned'), ['amazon-common', 'nvidia-common'].map((id) => several.points.filter(({ instrument }) => instrument === id).length)]).toEqual([true, [20, 20]]);
    const curve = (await (await fetch(`${api.url}/v1/entities/openai/sentiment?maxPoints=10`)).json()) as { points: { line: string }[]; thinned: { by: string } };
    expect([curve.thinned.by, curve.points.filter(({ line }) => line === 'all').length <= 10]).toEqual(['shrunk', true]);
  });

  it.each(['maxPoints=3', 'maxPoints=x', 'thin=lttb', 'maxPoints=10&thin=mean', 'maxPoints=10&format=csv'])('that asks %s is told what is wrong', async (query) => {
    const response = await fetch(`${api.url}${CLOSES}?${query}`);
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([400, expect.stringMatching(/maxPoints|thin/)]);
  });
});

describe('An answer', () => {
  it('comes compressed to those who take it, with a tag of its own, and the same bytes inside', async () => {
    const plain = await raw(CLOSES);
    expect([plain.headers['content-encoding'], plain.headers['vary']]).toEqual([undefined, 'Accept, Accept-Encoding']);
    for (const [encoding, open] of [['br', brotliDecompressSync], ['gzip', gunzipSync]] as const) {
      const small = await raw(CLOSES, { 'accept-encoding': encoding });
      expect([small.headers['content-encoding'], open(small.body).equals(plain.body), small.body.length < plain.body.length / 4]).toEqual([encoding, true, true]);
      expect(small.headers['etag']).toBe(String(plain.headers['etag']).replace(/"$/, `-${encoding}"`));
      // Whichever one has, it is the same answer.
      for (const tag of [small.headers['etag'], plain.headers['etag']]) {
        const again = await raw(CLOSES, { 'accept-encoding': encoding, 'if-none-match': String(tag) });
        expect([again.status, again.headers['etag'], again.body.length]).toEqual([304, tag, 0]);
      }
    }
    expect((await raw(CLOSES, { 'accept-encoding': 'gzip;q=0, br;q=0' })).headers['content-encoding']).toBeUndefined();
    expect((await raw(`${CLOSES}?fields=level.close`, { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
  });

  it('of many lines comes compressed as it is made; what is binary, and what may pause, does not', async () => {
    for (const path of [`${CLOSES}?format=csv`, '/v1/events?format=ndjson&instrument=XNAS:AMZN', '/v1/replay?limit=50']) {
      const [plain, small] = [await raw(path), await raw(path, { 'accept-encoding': 'gzip' })];
      expect([path, small.headers['content-encoding'], gunzipSync(small.body).equals(plain.body)]).toEqual([path, 'gzip', true]);
    }
    for (const path of [`${CLOSES}?format=parquet`, '/v1/replay?limit=2&rate=1000']) expect([path, (await raw(path, { 'accept-encoding': 'gzip' })).headers['content-encoding']]).toEqual([path, undefined]);
  });

  it('is sent as headers alone to HEAD', async () => {
    const response = await fetch(api.url + CLOSES, { method: 'HEAD' });
    expect([response.status, Number(response.headers.get('content-length')) > 1000, await response.text()]).toEqual([200, true, '']);
  });
});
