/**
 * Events to 200 clients, as fast as they take them, beside a server of node:http alone that writes ready lines to as many:
 * no store, no cursors, no resuming. And at 1,000 events a second: whether each client has each, and how late.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '../src/http/server.js';
import { openMemoryStore } from '../src/store/memory/memory-store.js';
import { startTracker } from '../src/tracker.js';
import { compare, type Comparison } from './measure.js';

const CLIENTS = 200;
const EVENTS = 2000;
const TOGETHER = 20;
const PACED_S = 10;
let made = 0;

function event(): { id: string; type: string; data: { instrument: string; sent: number; text: string }; metadata: Record<string, never> } {
  made += 1;
  return { id: `40000000-0000-4000-8000-${String(made).padStart(12, '0')}`, type: 'Ticked', data: { instrument: 'amazon-common', sent: Date.now(), text: 'x'.repeat(200) }, metadata: {} };
}

/** Tells the readers, and waits for what they tell. */
function told(readers: ChildProcess, order: object): Promise<{ kind: string; most: number; delays: number[] }> {
  return new Promise((resolve) => {
    readers.once('message', (message) => { resolve(message as never); });
    readers.send(order);
  });
}

export async function liveBench({ rounds }: { rounds: number }): Promise<Comparison[]> {
  const start = (): ChildProcess => fork(path.join(import.meta.dirname, 'live-clients.js'));
  const tracker = startTracker(openMemoryStore());
  const server = await serve(tracker, { host: '127.0.0.1', port: 0, log: () => undefined });
  const [ours, theirs] = [start(), start()];
  await told(ours, { port: Number(new URL(server.url).port), path: '/v1/replay?follow=true', clients: CLIENTS });

  const responses: ServerResponse[] = [];
  const plain = createServer((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n');
    responses.push(res);
  });
  await new Promise<void>((resolve) => { plain.listen(0, '127.0.0.1', resolve); });
  await told(theirs, { port: (plain.address() as AddressInfo).port, path: '/', clients: CLIENTS });

  const append = (count: number): Promise<unknown> => tracker.store.append('market.instrument-amazon-common', Array.from({ length: count }, event), { expectedRevision: 'any' });
  const comparison = await compare(`events to each of ${CLIENTS} clients, beside node:http writing ready lines`, 'messages/s', rounds, {
    async run() {
      const have = told(ours, { messages: EVENTS });
      for (let i = 0; i < EVENTS; i += TOGETHER) await append(TOGETHER);
      await have;
      return EVENTS * CLIENTS;
    },
  }, {
    async run() {
      const have = told(theirs, { messages: EVENTS });
      for (let i = 0; i < EVENTS; i += TOGETHER) {
        const text = Array.from({ length: TOGETHER }, () => `id: ${'c'.repeat(150)}\ndata: {"at":"2025-11-03T00:00:00Z","event":${JSON.stringify(event())}}\n\n`).join('');
        for (const response of responses) response.write(text);
        await sleep(0);
      }
      await have;
      return EVENTS * CLIENTS;
    },
  });

  const have = told(ours, { messages: 1000 * PACED_S });
  const began = performance.now();
  const cpu = process.cpuUsage();
  for (let i = 0; i < 1000 * PACED_S; i += 10) {
    await append(10);
    await sleep(Math.max(0, began + i + 10 - performance.now()));
  }
  const { most, delays } = await have;
  const { user, system } = process.cpuUsage(cpu);
  const sorted = delays.sort((a, b) => a - b);
  console.log(`1,000 events a second for ${PACED_S} s to ${CLIENTS} clients: each had ${most.toLocaleString('en')} of ${(1000 * PACED_S).toLocaleString('en')}; late by ${sorted[sorted.length >> 1]} ms (median), ${sorted[Math.floor(sorted.length * 0.99)]} ms (99 %); ${Math.round((user + system) / 1e4 / PACED_S)} % of one core`);
  for (const readers of [ours, theirs]) readers.kill();
  plain.close();
  plain.closeAllConnections();
  await server.close();
  await tracker.close();
  return [comparison];
}
