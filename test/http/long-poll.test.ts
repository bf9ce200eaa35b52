/** Long polls over a real socket: `Prefer: wait` beside the tag of an answer that the client has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONGEST_WAIT_S, waitPreferred } from '../../src/http/long-poll.js';
import { seededTracker, served, type Served } from '../support/in-process.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
});
afterAll(() => api.close());

const PATH = '/v1/instruments/XNAS:NVDA/market-value';
const ask = (headers: Record<string, string>, path = PATH): Promise<Response> => fetch(api.url + path, { headers });
const tagOf = async (path = PATH): Promise<string> => (await ask({}, path)).headers.get('etag') ?? '';
let cents = 0;
const price = (instrument: string, query = ''): Promise<Response> =>
  fetch(`${api.url}/v1/events${query}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type: 'PriceObserved', data: { instrument, price: { as: 'rounded', value: `1.${(cents += 1)}`, unit: 'USD' }, session: 'regular' }, metadata: { occurredAt: { at: '2025-11-03T15:00:00Z' }, publishedAt: { at: '2025-11-03T15:30:00Z' }, source: { document: 'test' } } }) });

async function timed(work: Promise<Response>): Promise<{ response: Response; ms: number }> {
  const began = performance.now();
  return { response: await work, ms: performance.now() - began };
}

describe('a client that has the answer and prefers to wait', () => {
  it('is told as soon as it is another one', async () => {
    const waiting = timed(ask({ 'if-none-match': await tagOf(), prefer: 'wait=20' }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await price('nvidia-common');
    const { response, ms } = await waiting;
    expect([response.status, response.headers.get('preference-applied'), response.headers.get('vary')]).toEqual([200, 'wait=20', 'Prefer, Accept, Accept-Encoding']);
    expect(ms).toBeGreaterThan(150);
    expect(ms).toBeLessThan(5000);
    expect(response.headers.get('etag')).toBe(await tagOf());
  });

  it('is told after so long that it is the same, however many events concerned others', async () => {
    const tag = await tagOf();
    const others = (async () => { for (let i = 0; i < 20; i += 1) await price('amazon-common'); })();
    const { response, ms } = await timed(ask({ 'if-none-match': tag, prefer: 'wait=1' }));
    await others;
    expect(response.status).toBe(304);
    expect(ms).toBeGreaterThan(900);
  });

  it('and whose answer is old already is told at once, as is one that has none, or that pins a basis', async () => {
    for (const [headers, path] of [[{ 'if-none-match': '"old"', prefer: 'wait=20' }, PATH], [{ prefer: 'wait=20' }, PATH]] as const) {
      const { response, ms } = await timed(ask(headers, path));
      expect([response.status, ms < 3000]).toEqual([200, true]);
    }
    const pinned = `${PATH}?basis=${(await ask({})).headers.get('tracker-basis')}`;
    const { response, ms } = await timed(ask({ 'if-none-match': await tagOf(pinned), prefer: 'wait=20' }, pinned));
    expect([response.status, ms < 3000]).toEqual([304, true]);
  });

  it('of a scenario is woken by its events', async () => {
    await fetch(`${api.url}/v1/scenarios`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"scenario":"polled","kind":"overlay"}' });
    const path = `${PATH}?scenario=polled`;
    const waiting = timed(ask({ 'if-none-match': await tagOf(path), prefer: 'wait=20' }, path));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await price('nvidia-common');
    await price('nvidia-common', '?scenario=polled');
    const { response, ms } = await waiting;
    expect([response.status, ms < 5000]).toEqual([200, true]);
  });

  it('and goes leaves nothing waiting; a server that stops answers it', async () => {
    const own = await served(await seededTracker());
    const tag = (await fetch(own.url + PATH)).headers.get('etag') ?? '';
    const leaving = new AbortController();
    const left = fetch(own.url + PATH, { headers: { 'if-none-match': tag, prefer: 'wait=30' }, signal: leaving.signal }).catch((error: Error) => error.name);
    const staying = fetch(own.url + PATH, { headers: { 'if-none-match': tag, prefer: 'wait=30' } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    leaving.abort();
    expect(await left).toBe('AbortError');
    const { ms } = await timed(own.close().then(() => new Response()));
    expect([(await staying).status, ms < 3000]).toEqual([304, true]);
  });
});

it.each([
  ['wait=10', 10], ['respond-async, wait=5', 5], ['WAIT = "7"', 7], ['wait=100000', LONGEST_WAIT_S], ['wait=0', 0], ['wait=5; foo', 5],
  ['wait=-1', null], ['wait', null], ['wait=1.5', null], ['return=minimal', null], ['', null],
])('%j prefers to wait %j', (header, seconds) => {
  expect(waitPreferred(header)).toBe(seconds);
});
