/** Views and events that are followed, over real sockets: as docs/live.md says, through drops and bad proxies. */
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { follow } from '../../src/client/follow.js';
import type { Body, Keys } from '../../src/views/live/changes.js';
import { badProxy } from '../support/bad-proxy.js';
import { seededTracker, served, type Served } from '../support/in-process.js';
import { openStream, taken } from '../support/live-stream.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker(), { quietMs: 200, slowAfterMs: 300 });
});
afterAll(() => api.close());

const CLOSES = '/v1/instruments/XNAS:AMZN/market-value';
let count = 0;

async function price(instrument = 'amazon-common', query = ''): Promise<string> {
  count += 1;
  const event = { type: 'PriceObserved', data: { instrument, price: { as: 'rounded', value: String(count), unit: 'USD' }, session: 'regular' }, metadata: { occurredAt: { at: '2025-11-04T15:00:00Z' }, publishedAt: { at: '2025-11-04T15:01:00Z' }, source: { document: `tape ${count}` } } };
  const response = await fetch(`${api.url}/v1/events${query}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) });
  expect([response.status, response.ok ? '' : await response.text()]).toEqual([201, '']);
  return ((await response.json()) as { basis: string }).basis;
}

const fresh = async (path: string): Promise<string> => (await (await fetch(api.url + path)).text()).trimEnd();
const reason = async (path: string, headers: Record<string, string> = {}): Promise<[number, string]> => {
  const response = await fetch(api.url + path, { headers: { accept: 'text/event-stream', ...headers } });
  return [response.status, ((await response.json()) as { detail: string }).detail];
};

describe('A view with Accept: text/event-stream', () => {
  it('begins with a snapshot, tells what changes, and stays quiet but for progress while others change', async () => {
    const stream = await openStream(api.url + CLOSES);
    expect([stream.response.status, stream.response.headers.get('content-type'), stream.response.headers.get('cache-control'), stream.response.headers.get('x-accel-buffering')]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-cache, no-store, no-transform', 'no']);
    const snapshot = await stream.next();
    const keys = snapshot?.data['keys'] as Keys;
    expect([snapshot?.event, JSON.stringify(snapshot?.data['body'])]).toEqual(['snapshot', await fresh(CLOSES)]);
    await price('nvidia-common');
    const quiet = await stream.next();
    expect([quiet?.event, quiet?.data['state']]).toEqual(['progress', 'live']);
    await price();
    const change = await stream.next1('change');
    expect([(change.data['upserts'] as { field: string }[]).map(({ field }) => field), change.data['retractions']]).toEqual([['asOf', 'claims'].filter((field) => (change.data['upserts'] as { field: string }[]).some((one) => one.field === field)), []]);
    expect(JSON.stringify(taken(taken(null, keys, snapshot as never), keys, change))).toBe(await fresh(CLOSES));
    stream.close();
  });

  it('goes on from the last id, with the difference alone, and from that of a progress too', async () => {
    const stream = await openStream(api.url + CLOSES);
    const snapshot = (await stream.next()) as NonNullable<Awaited<ReturnType<typeof stream.next>>>;
    const progress = await stream.next1('progress');
    stream.close();
    await price();
    await price();
    for (const { id } of [snapshot, progress]) {
      const again = await openStream(api.url + CLOSES, { 'last-event-id': id ?? '' });
      const change = (await again.next()) as NonNullable<Awaited<ReturnType<typeof again.next>>>;
      expect(change.event).toBe('change');
      expect(JSON.stringify(taken(snapshot.data['body'] as Body, snapshot.data['keys'] as Keys, change))).toBe(await fresh(CLOSES));
      again.close();
    }
  });

  it.each([
    ['another question', async () => (await (await openStream(`${api.url}/v1/entities/openai/sentiment`)).next())?.id ?? ''],
    ['another store', async () => Buffer.from('["other","1"]').toString('base64url')],
    ['nobody', () => Promise.resolve('abc~def')],
  ])('says reset and begins anew where the last id is of %s', async (_of, id) => {
    const stream = await openStream(api.url + CLOSES, { 'last-event-id': await id() });
    const [first, second] = [await stream.next(), await stream.next()];
    expect([first?.event, typeof first?.data['reason'], second?.event, JSON.stringify(second?.data['body'])]).toEqual(['reset', 'string', 'snapshot', await fresh(CLOSES)]);
    stream.close();
  });

  it('ends where it is asked to, and one that has all that is not served again', async () => {
    const basis = await price();
    const stream = await openStream(`${api.url}${CLOSES}?until=${basis}`);
    const told = [await stream.next(), await stream.next(), await stream.next()];
    expect(told.map((one) => one?.event)).toEqual(['snapshot', 'end', undefined]);
    const again = await fetch(`${api.url}${CLOSES}?until=${basis}`, { headers: { accept: 'text/event-stream', 'last-event-id': told[0]?.id ?? '' } });
    expect(again.status).toBe(204);
    const head = await openStream(`${api.url}${CLOSES}?until=head`);
    expect([(await head.next())?.event, (await head.next())?.event]).toEqual(['snapshot', 'end']);
  });

  it('takes fields, and a scenario: what is put into that is told to its followers alone', async () => {
    const post = (path: string, body: unknown): Promise<Response> => fetch(api.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect((await post('/v1/scenarios', { scenario: 'lived', kind: 'overlay' })).status).toBe(201);
    const [real, world] = [await openStream(`${api.url}${CLOSES}?fields=claims.text`), await openStream(`${api.url}${CLOSES}?fields=claims.text&scenario=lived`)];
    const first = await world.next();
    expect([Object.keys(first?.data['body'] as object).sort(), world.response.headers.get('tracker-scenario')]).toEqual([['asOf', 'claims', 'clock', 'imprecise', 'knownAt', 'scenario'], 'lived']);
    await real.next();
    await price('amazon-common', '?scenario=lived');
    expect((await world.next1('change')).event).toBe('change');
    expect((await real.next())?.event).toBe('progress');
    real.close();
    world.close();
  });

  it('is refused as the view would be, before anything is sent', async () => {
    expect(await reason('/v1/instruments/XNAS:NOPE/market-value')).toEqual([404, expect.stringContaining('no instrument')]);
    expect(await reason(`${CLOSES}?basis=abc`)).toEqual([400, expect.stringContaining('basis')]);
    expect(await reason(`${CLOSES}?asOf=2025-11-03T21:00:00Z,2025-11-04T21:00:00Z`)).toEqual([400, expect.stringContaining('grid')]);
    expect(await reason(`${CLOSES}?format=csv`)).toEqual([400, expect.stringContaining('format')]);
    expect(await reason(`${CLOSES}?until=never`)).toEqual([400, expect.stringContaining('until')]);
    expect((await fetch(`${api.url}${CLOSES}?until=head`)).status).toBe(400);
  });
});

/** Follows until the answer is the one that a fresh request gives. */
async function settle(url: string, during: () => Promise<void>, options: Parameters<typeof follow>[1] = {}): Promise<{ body: string; by: string; answers: number }> {
  const leaving = new AbortController();
  const last = { body: '', by: '', answers: 0 };
  const following = (async () => {
    for await (const { body, by } of follow((headers, signal) => fetch(url + CLOSES, { headers, signal }), { retryMs: 20, ...options, signal: leaving.signal })) Object.assign(last, { body: JSON.stringify(body), by, answers: last.answers + 1 });
  })();
  await during();
  const wanted = await fresh(CLOSES);
  for (let tries = 0; last.body !== wanted && tries < 300; tries += 1) await sleep(50);
  leaving.abort();
  await following;
  expect(last.body === wanted).toBe(true);
  return last;
}

async function prices(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    await price(i % 3 === 0 ? 'nvidia-common' : 'amazon-common');
    await sleep(10);
  }
}

describe('A client that follows', () => {
  it('has what a fresh request gives after connections that break anywhere, in the middle of a message too', async () => {
    let at = 0;
    const proxy = await badProxy(api.url, { cutAfter: () => [40, 3000, 90_000, 170_000, null][at++ % 5] as number | null });
    const { by } = await settle(proxy.url, () => prices(40));
    expect([by, proxy.cuts() > 2]).toEqual(['stream', true]);
    await proxy.close();
  });

  it('has it behind a proxy that passes on pieces of 8 KiB, or now and then', async () => {
    const proxy = await badProxy(api.url, { holdBytes: 8192, holdMs: 150 });
    expect((await settle(proxy.url, () => prices(20))).by).toBe('stream');
    await proxy.close();
  });

  it('has it by long polls behind a proxy that passes on what is whole alone', async () => {
    const proxy = await badProxy(api.url, { holdBytes: Infinity });
    expect((await settle(proxy.url, () => prices(20), { patienceMs: 400 })).by).toBe('poll');
    await proxy.close();
  });

  it('ends with the refusal where there is nothing to follow', async () => {
    const none = follow((headers, signal) => fetch(`${api.url}/v1/announcements/nothing`, { headers, signal }));
    await expect(none.next()).rejects.toMatchObject({ name: 'ApiError', status: 404, problem: { detail: expect.stringContaining('nothing') as string } });
  });
});

describe('A client that does not read', () => {
  it('is let go with the reason, and holds up nobody', async () => {
    const own = await served(await seededTracker(), { slowAfterMs: 300 });
    const large = 'x'.repeat(200_000);
    for (let i = 0; i < 100; i += 1) await own.tracker.store.append('market.large', [{ id: `20000000-0000-4000-8000-${String(i).padStart(12, '0')}`, type: 'Loaded', data: { large }, metadata: {} }], { expectedRevision: 'any' });
    const socket = net.connect(Number(new URL(own.url).port), '127.0.0.1');
    socket.pause();
    socket.write(`GET /v1/replay?follow=true HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n`);
    await sleep(100);
    const other = await openStream(`${own.url}${CLOSES}`);
    expect((await other.next())?.event).toBe('snapshot');
    other.close();
    await sleep(800);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.resume();
    for (let tries = 0; !text.includes('event: dropped') && tries < 100; tries += 1) await sleep(20);
    socket.destroy();
    await own.close();
    expect(text).toMatch(/event: dropped\ndata: \{"reason":"the client read nothing for 0\.3 seconds[^\n]*\n\n/);
  });
});

describe('GET /v1/replay?follow=true', () => {
  it('has every event once and in order for each of many clients, in history and live, however often they come back', async () => {
    const own = await served(await seededTracker(), { quietMs: 300 });
    const total = 3000;
    const append = (async () => {
      for (let i = 0; i < total; i += 20) {
        await own.tracker.store.append(`market.load-${i % 7}`, Array.from({ length: 20 }, (_, k) => ({ id: `10000000-0000-4000-8000-${String(i + k).padStart(12, '0')}`, type: 'Loaded', data: { i: i + k }, metadata: {} })), { expectedRevision: 'any' });
        await sleep(5);
      }
    })();
    const clients = Array.from({ length: 20 }, async (_, client) => {
      const seen: number[] = [];
      for (let last = '', stops = 0; seen.length < total; stops += 1) {
        const stream = await openStream(`${own.url}/v1/replay?follow=true&stream=market.load-`, last === '' ? {} : { 'last-event-id': last });
        for (let n = 0; n < 400 + client * 50 && seen.length < total; n += 1) {
          const told = await stream.next();
          if (told === null) break;
          last = told.id ?? last;
          if (told.event === 'message') seen.push(((told.data['event'] as { data: { i: number } }).data).i);
        }
        stream.close();
        expect(stops).toBeLessThan(total);
      }
      return seen;
    });
    await append;
    const wanted = Array.from({ length: total }, (_, i) => i);
    for (const seen of await Promise.all(clients)) expect(seen).toEqual(wanted);
    await own.close();
  });

  it('tells how far it has looked where nothing is selected, so that nobody looks through it again; and ends by until', async () => {
    const stream = await openStream(`${api.url}/v1/replay?follow=true&type=EntityRegistered&until=head`);
    const told = [];
    for (let next = await stream.next(); next !== null; next = await stream.next()) told.push(next);
    expect([told.at(-1)?.event, told.filter(({ event }) => event === 'message').length > 3]).toEqual(['end', true]);
    const basis = await price();
    const later = await openStream(`${api.url}/v1/replay?follow=true&type=EntityRegistered&until=${basis}`, { 'last-event-id': told.at(-1)?.id ?? '' });
    const rest = [];
    for (let next = await later.next(); next !== null; next = await later.next()) rest.push(next.event);
    expect([rest.includes('message'), rest.at(-1)]).toEqual([false, 'end']);
  });
});
