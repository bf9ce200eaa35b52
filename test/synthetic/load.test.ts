/** Load on a server of one's own, and that it finds out a server that loses what it acknowledged. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machineClock } from '../../src/machine-clock.js';
import { load, type LoadOptions } from '../../src/synthetic/load.js';
import { emptyTracker, served, type Served } from '../support/in-process.js';

const options = (url: string, more: Partial<LoadOptions> = {}): LoadOptions => ({ url, scenario: 'load', rate: 400, seconds: 1, batch: 20, connections: 4, seed: 1, clock: machineClock, signal: new AbortController().signal, ...more });

describe('load', () => {
  let api: Served;
  beforeAll(async () => {
    api = await served(emptyTracker());
  });
  afterAll(() => api.close());

  it('sends as many events as were asked for at that rate, and finds all of them again', async () => {
    const report = await load(options(api.url));
    // A busy machine may not get through with all of it.
    expect(report).toMatchObject({ planned: 400, refused: 0, unanswered: 0, missing: 0, doubled: 0, unacknowledged: 0 });
    expect([report.accepted > 0, report.accepted + report.unsent]).toEqual([true, 400]);
    expect(report.seconds).toBeGreaterThan(0.9);
    expect(report.latency?.max).toBeGreaterThanOrEqual(report.latency?.p50 ?? Infinity);
    expect(report.projectionLag?.samples).toBeGreaterThan(0);
    expect((await api.tracker.store.readStream('market.instrument-load-00')).length).toBe(0);
  });

  it('of an archived scenario is refused, and says why', async () => {
    await fetch(`${api.url}/v1/scenarios/load/archive`, { method: 'POST' });
    const report = await load(options(api.url, { rate: 100, seconds: 0.5, seed: 2 }));
    expect(report).toMatchObject({ accepted: 0, refused: 50 - report.unsent, missing: 0, refusals: [{ status: 409, events: 50 - report.unsent }] });
    expect(report.refusals[0]?.detail).toContain('takes no more events');
  });

  it.each([
    [{ url: 'http://example.org' }, 'a server of your own on loopback'],
    [{ rate: 0 }, 'rate: expected a number above 0'],
    [{ seconds: 100_000 }, 'for: expected'],
    [{ url: 'http://127.0.0.1:9' }, 'nothing answers at http://127.0.0.1:9'],
  ])('with %j is refused', async (more, problem) => {
    await expect(load(options(api.url, more))).rejects.toThrow(problem);
  });
});

describe('a server that lies', () => {
  let server: Server;
  let url: string;
  const kept: { id: string }[] = [];
  beforeAll(async () => {
    let appends = 0;
    server = createServer((request, response) => {
      const reply = (status: number, body: string): void => { response.writeHead(status, { 'content-type': 'application/json' }).end(body); };
      if (request.url?.startsWith('/v1/replay')) return void reply(200, kept.map((event) => `${JSON.stringify({ event })}\n`).join(''));
      if (!request.url?.startsWith('/v1/events')) return void reply(200, '{}');
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString())).on('end', () => {
        appends += 1;
        const events = JSON.parse(text) as { id: string }[];
        // Of the second append one is lost, of the third one is stored twice; the first answer to the fourth never comes.
        if (appends === 4) return request.socket.destroy();
        kept.push(...(appends === 2 ? events.slice(1) : events), ...(appends === 3 ? events.slice(0, 1) : []));
        reply(201, '{"basis":"x"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('is found out: one event is missing, one is there twice, and an append was sent again', async () => {
    expect(await load(options(url, { rate: 50, seconds: 3, connections: 1, batch: 30 }))).toMatchObject({ accepted: 150, missing: 1, doubled: 1, repeated: 1, unanswered: 0 });
  });
});
