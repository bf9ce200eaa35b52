/** The typed client, over real sockets; its types are those of the API's document. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { createClient, type ReplayStep, type ViewBody } from '../src/client/index.js';
import { ROOT } from './support/cli.js';
import { seededTracker, served, type Served } from './support/in-process.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker(), { quietMs: 200 });
});
afterAll(() => api.close());

let count = 0;
const price = (instrument = 'amazon-common'): unknown => ({ type: 'PriceObserved', data: { instrument, price: { as: 'rounded', value: `2.${(count += 1)}`, unit: 'USD' }, session: 'regular' }, metadata: { occurredAt: { at: '2025-11-04T15:00:00Z' }, publishedAt: { at: '2025-11-04T15:01:00Z' }, source: { document: 'tape' } } });
const AMAZON = { path: { id: 'XNAS:AMZN' } };

describe('createClient', () => {
  it('asks any operation by its address, with its types', async () => {
    const client = createClient(api.url);
    const { data, error } = await client.GET('/v1/instruments/{id}/market-value', { params: { path: { id: 'XNAS:AMZN' }, query: { asOf: '2025-11-03T21:00:00Z', fields: 'level.close' } } });
    expect([error, (data as { level: { close: number } }).level.close]).toEqual([undefined, 254]);
    const written = await client.POST('/v1/events', { params: {}, body: price() as never });
    expect([written.response.status, typeof (written.data as { basis: string }).basis]).toEqual([201, 'string']);
    const refused = await client.GET('/v1/entities/{id}/claims', { params: { path: { id: 'nobody' } } });
    expect(refused.error).toMatchObject({ status: 404, detail: expect.stringContaining('nobody') as string });
  });

  it('gives an answer with its basis and etag; nothing while it is the same, and by a long poll when it is another', async () => {
    const client = createClient(api.url);
    const first = await client.view('/v1/instruments/{id}/market-value', AMAZON);
    expectTypeOf(first.body.points).toEqualTypeOf<ViewBody<'/v1/instruments/{id}/market-value'>['points']>();
    expect(await client.view('/v1/instruments/{id}/market-value', AMAZON, { etag: first.etag })).toBe(null);
    const waiting = client.view('/v1/instruments/{id}/market-value', AMAZON, { etag: first.etag, wait: 20 });
    await sleep(100);
    await client.POST('/v1/events', { params: {}, body: price() as never });
    const next = await waiting;
    expect([next?.etag === first.etag, next?.body.claims.length]).toEqual([false, first.body.claims.length + 1]);
    const pinned = await client.view('/v1/instruments/{id}/market-value', { ...AMAZON, query: { basis: first.basis } });
    expect(pinned.body).toEqual(first.body);
    await expect(client.view('/v1/announcements/{id}', { path: { id: 'nothing' } })).rejects.toMatchObject({ name: 'ApiError', status: 404 });
  });

  it('follows a view, by a stream and by polls, and the events through drops', async () => {
    const client = createClient(api.url);
    const leaving = new AbortController();
    const { signal } = leaving;
    const counts = { stream: 0, poll: 0 };
    const follow = async (by: 'stream' | 'poll'): Promise<void> => {
      for await (const { body } of by === 'stream' ? client.follow('/v1/instruments/{id}/market-value', AMAZON, { signal }) : client.poll('/v1/instruments/{id}/market-value', AMAZON, { signal })) counts[by] = body.claims.length;
    };
    const steps: ReplayStep[] = [];
    const events = (async () => { for await (const step of client.events({ signal, type: 'PriceObserved', retryMs: 20 })) steps.push(step); })();
    const all = [follow('stream'), follow('poll'), events];
    for (let i = 0; i < 5; i += 1) {
      await client.POST('/v1/events', { params: {}, body: price() as never });
      await sleep(50);
    }
    const wanted = (await client.view('/v1/instruments/{id}/market-value', AMAZON)).body.claims.length;
    for (let tries = 0; (counts.stream !== wanted || counts.poll !== wanted) && tries < 200; tries += 1) await sleep(50);
    expect(counts).toEqual({ stream: wanted, poll: wanted });
    leaving.abort();
    await Promise.all(all);
    expect(steps.filter(({ event }) => (event.metadata['source'] as { document: string }).document === 'tape')).toHaveLength(count);
  });

  it('says whose token it is', async () => {
    const seen: (string | null)[] = [];
    const client = createClient('http://127.0.0.1:1', { token: 'mrt_x', fetch: ((input: Request | string, init?: RequestInit) => {
      seen.push(new Request(input, init).headers.get('authorization'));
      return Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }));
    }) as typeof fetch });
    await client.GET('/v1/entities', {});
    await client.view('/v1/entities', {});
    expect(seen).toEqual(['Bearer mrt_x', 'Bearer mrt_x']);
  });

  it('has the types of the API as it is (npm run client-types makes them)', async () => {
    const { clientTypes } = (await import(path.join(ROOT, 'scripts/client-types-of.mjs'))) as { clientTypes: () => Promise<string> };
    expect(readFileSync(path.join(ROOT, 'src/client/paths.ts'), 'utf8') === (await clientTypes())).toBe(true);
  });
});
