/** Replay over a real socket: lines, events for a browser, going on where one ended, and clients that leave. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../src/http/server.js';
import { emptyTracker, seededTracker, served, type Served } from '../support/in-process.js';
import { testId } from '../support/given.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
}, 60_000);
afterAll(() => api.close());

interface Line {
  at: string;
  cursor: string;
  event: { id: string; type: string };
}
const lines = async (query: string): Promise<Line[]> => (await (await fetch(`${api.url}/v1/replay?${query}`)).text()).trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line);
const entity = (n: number): string => JSON.stringify({ id: testId(7_000_000 + n), type: 'EntityRegistered', data: { entity: 'zz', name: `n${n}`, kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'test' } } });
const post = (url: string, n: number): Promise<Response> => fetch(`${url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: entity(n) });

describe('GET /v1/replay', () => {
  it('is the whole log as lines, alike each time, and goes on from any of its cursors', async () => {
    const first = await (await fetch(`${api.url}/v1/replay`)).text();
    expect(await (await fetch(`${api.url}/v1/replay`)).text()).toBe(first);
    const all = first.trim().split('\n').map((line) => JSON.parse(line) as Line);
    expect(all).toHaveLength(api.tracker.runner.events());
    for (const order of ['log', 'published', 'valid']) {
      const head = await lines(`order=${order}&instrument=XNAS:AMZN&limit=40`);
      const rest = await lines(`order=${order}&instrument=XNAS:AMZN&limit=20&after=${head[19]?.cursor ?? ''}`);
      expect(rest).toEqual(head.slice(20));
    }
  });
  it('in published order has what was known first before all else, within the range asked for', async () => {
    const found = await lines('order=published&announcement=openai-aws&from=2025-11-03T00:00:00Z&to=2025-11-04T00:00:00Z');
    const at = found.map((line) => line.at);
    expect(at).toEqual([...at].sort());
    expect(at[0]).toBe('2025-11-03T14:01:35Z');
    expect(at.every((time) => time < '2025-11-04')).toBe(true);
  });
  it('sends events to a browser, which goes on by the last id that it saw', async () => {
    const ask = async (headers: Record<string, string>): Promise<string[]> => (await (await fetch(`${api.url}/v1/replay?limit=3`, { headers: { accept: 'text/event-stream', ...headers } })).text()).split('\n\n').filter((part) => part.includes('data: {"at"'));
    const first = await ask({});
    const id = /^id: (\S+)$/m.exec(first[1] ?? '')?.[1] ?? '';
    const [line] = await lines(`limit=1&after=${id}`);
    const again = await ask({ 'last-event-id': id });
    expect(JSON.parse(/^data: (.+)$/m.exec(again[0] ?? '')?.[1] ?? '')).toEqual(line);
  });
  it.each([
    ['after=abc', 'expected a cursor that a replay gave'],
    ['order=valid&follow=true', 'only log order can be followed'],
    ['type=Nothing', 'type: expected some of'],
    ['instrument=XNAS:NOPE', 'no instrument'],
    ['order=sometimes', 'order'],
    ['speed=-1', 'speed'],
    ['from=today', 'from: expected an instant'],
    ['stream=other.', 'no stream begins with'],
  ])('refuses %s before anything is sent', async (query, says) => {
    const response = await fetch(`${api.url}/v1/replay?${query}`);
    expect([response.status >= 400 && response.status < 500, ((await response.json()) as { detail: string }).detail.includes(says)]).toEqual([true, true]);
  });
  it('follows the log until the client leaves, or the server stops', async () => {
    const tracker = emptyTracker();
    const server = await serve(tracker, { host: '127.0.0.1', port: 0, log: () => undefined });
    await post(server.url, 1);
    const leave = new AbortController();
    const response = await fetch(`${server.url}/v1/replay?follow=true`, { signal: leave.signal });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    const until = async (count: number): Promise<void> => {
      while (text.split('\n').length <= count) text += new TextDecoder().decode((await reader.read()).value);
    };
    await until(1);
    await post(server.url, 2);
    await until(2);
    expect(text.trim().split('\n').map((line) => (JSON.parse(line) as Line).event.id)).toEqual([testId(7_000_001), testId(7_000_002)]);
    leave.abort();
    const staying = await fetch(`${server.url}/v1/replay?follow=true`);
    const rest = staying.text();
    const began = Date.now();
    await server.close();
    expect((await rest).trim().split('\n')).toHaveLength(2);
    // Well before the five seconds after which connections are cut.
    expect(Date.now() - began).toBeLessThan(4000);
    await tracker.close();
  });
});
