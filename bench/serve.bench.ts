/**
 * A view that was asked for before, as dashboards poll it: its 200 and its 304, beside a bare Express application that sends
 * the same bytes with the same headers, by the same clients. And how late answers are while 2,000 events a second,
 * none of which concern the view, are appended and projected.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { serve } from '../src/http/server.js';
import { loadSeeds } from '../src/seeding/load.js';
import type { NewEvent } from '../src/store/port.js';
import { openMemoryStore } from '../src/store/memory/memory-store.js';
import { startTracker } from '../src/tracker.js';
import { seedStore } from '../src/writing/seed.js';
import { compare, type Comparison } from './measure.js';
import type { Order } from './serve-clients.js';

const REQUESTS = 3000;
const TOGETHER = 8;
const PACED_S = 10;
const RATE = 2000;
const VIEW = '/v1/instruments/XNAS:AMZN/market-value?announcement=openai-aws&from=2025-10-03T00:00:00Z&to=2025-12-04T00:00:00Z';

interface Got {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
  ms: number;
}

function get(agent: Agent, url: string, headers: Record<string, string> = {}): Promise<Got> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (res) => {
      const pieces: Buffer[] = [];
      res.on('data', (piece: Buffer) => pieces.push(piece));
      res.on('end', () => { resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(pieces), ms: performance.now() - start }); });
    }).on('error', reject).end();
  });
}

/** By the clients' process: what they need of the machine is not the servers'. */
function many(clients: ChildProcess, url: string, headers: Record<string, string>, expected: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = (): void => { reject(new Error('the clients ended')); };
    clients.once('exit', ended);
    clients.once('message', () => {
      clients.off('exit', ended);
      resolve(REQUESTS);
    });
    clients.send({ url, headers, requests: REQUESTS, together: TOGETHER, expected } satisfies Order);
  });
}

/** What Express needs to send these bytes, and no more. */
async function bare({ headers, body }: Got): Promise<Server> {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  const etag = String(headers['etag']);
  app.get('/v1/*rest', (req, res) => {
    for (const [name, value] of Object.entries(headers)) if (/^(tracker|cache|vary|x-content|etag)/.test(name) && value !== undefined) res.set(name, value);
    if (req.headers['if-none-match'] === etag) res.status(304).end();
    else res.type('application/json').set('Content-Length', String(body.length)).end(body);
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return server;
}

export async function serveBench({ rounds }: { rounds: number }): Promise<Comparison[]> {
  const tracker = startTracker(openMemoryStore());
  await seedStore(tracker.store, await loadSeeds(['seeds/'], { prefix: tracker.prefix, now: tracker.now }));
  while (tracker.runner.events() < 2000) await sleep(50);
  const server = await serve(tracker, { host: '127.0.0.1', port: 0, log: () => undefined });
  const agent = new Agent({ keepAlive: true });
  const clients = fork(path.join(import.meta.dirname, 'serve-clients.js'));
  const url = `${server.url}${VIEW}`;
  const first = await get(agent, url);
  const plain = await bare(first);
  const theirs = `http://127.0.0.1:${(plain.address() as AddressInfo).port}${VIEW}`;
  const tagged = { 'If-None-Match': String(first.headers['etag']) };
  const comparisons = [
    await compare(`a warm view of ${Math.round(first.body.length / 1024)} KB, beside bare Express with the same bytes`, 'answers/s', rounds, { run: () => many(clients, url, {}, 200) }, { run: () => many(clients, theirs, {}, 200) }),
    await compare('its 304, beside bare Express', 'answers/s', rounds, { run: () => many(clients, url, tagged, 304) }, { run: () => many(clients, theirs, tagged, 304) }),
  ];
  await underLoad(tracker, agent, url, tagged);
  agent.destroy();
  clients.disconnect();
  plain.closeAllConnections();
  plain.close();
  await server.close();
  await tracker.close();
  return comparisons;
}

async function underLoad(tracker: ReturnType<typeof startTracker>, agent: Agent, url: string, tagged: Record<string, string>): Promise<void> {
  let made = 0;
  const event = (): NewEvent => {
    made += 1;
    return { id: `50000000-0000-4000-8000-${String(made).padStart(12, '0')}`, type: 'BarClosed', data: { instrument: 'other-common', close: 1 + (made % 100), session: { date: '2025-11-03', calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'none' }, metadata: { schemaVersion: 2, source: { document: 'bench' }, occurredAt: { throughout: '2025-11-03', calendar: 'US' }, confidence: 1 } };
  };
  const delays: number[] = [];
  const started = performance.now();
  const until = started + PACED_S * 1000;
  const writing = (async () => {
    for (let due = started; due < until; due += 10) {
      await sleep(Math.max(0, due - performance.now()));
      await tracker.store.append('market.instrument-other-common', Array.from({ length: RATE / 100 }, event), { expectedRevision: 'any' });
    }
  })();
  while (performance.now() < until) {
    delays.push((await get(agent, url, tagged)).ms);
    await sleep(5);
  }
  await writing;
  delays.sort((a, b) => a - b);
  const at = (part: number): string => (delays[Math.floor(delays.length * part)] ?? NaN).toFixed(1);
  console.log(`a 304 while ${Math.round((made / (performance.now() - started)) * 1000).toLocaleString('en')} events/s are appended and projected: median ${at(0.5)} ms, 99 % ${at(0.99)} ms, of ${delays.length}`);
}
