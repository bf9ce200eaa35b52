/**
 * The whole way of a replay: read, decode, check, fold through every projection, against JSON.parse alone of the same
 * events from texts in memory. The mix is that of the seeds: of a hundred events 95 bars and 5 expressions of sentiment.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sessionsBetween } from '../events/index.js';
import { projections, rejected, rowCount } from '../projections/index.js';
import { foldAnew } from '../src/projecting/inspect.js';
import type { StoredEvent } from '../src/store/embedded/block.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { toPosition } from '../src/store/sequence-log.js';
import { compare, type Comparison } from './measure.js';
import { fillFolder } from './replay.bench.js';

/** Every projection, to the end of the log. */
export const EVERYTHING = [...projections, rejected].map((projection) => ({ projection, upTo: Infinity }));

/** So many that no firm has two bars of a day in a million events. */
const INSTRUMENTS = 1000;
const DAYS = sessionsBetween('US', '2024-01-01', '2027-12-31').map((session) => session.date);

/** Valid events of the language, about 400 bytes as JSON; the same n gives the same event. */
export function sampleFact(n: number): StoredEvent {
  const hex = n.toString(16).padStart(8, '0');
  const date = DAYS[Math.floor(n / INSTRUMENTS) % DAYS.length] as string;
  const instrument = `instrument-${n % INSTRUMENTS}`;
  const common = { id: `${hex}-0000-4000-8000-${hex.padStart(12, '0')}`, revision: Math.floor(n / INSTRUMENTS), recordedAt: 1_900_000_000_000 + (n >> 6) * 5 };
  if (n % 20 === 19) {
    const at = `${date}T15:00:00Z`;
    const data = { entity: instrument, holder: { name: `analyst ${n % 200}`, kind: 'analyst' }, aspect: 'revenue', claim: 'doubts that the capital spent is earned back', score: ((n % 21) - 10) / 10, relevance: 1, method: { name: 'rubric', version: 1, item: 'plain claim' } };
    return { ...common, type: 'SentimentExpressed', streamId: `market.entity-${instrument}`, data, metadata: { schemaVersion: 1, occurredAt: { at }, publishedAt: { at }, source: { document: 'notes' }, confidence: 1 } };
  }
  const price = 100 + (n % 997) / 8;
  const data = { instrument, open: price, high: price + 3, low: price - 1, close: price + 1, volume: 1_000_000 + n, session: { date, calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' };
  return { ...common, type: 'BarClosed', streamId: `market.instrument-${instrument}`, data, metadata: { schemaVersion: 2, occurredAt: { throughout: date, calendar: 'US' }, source: { document: 'prices' }, confidence: 1 } };
}

export async function foldBench({ events, rounds }: { events: number; rounds: number }): Promise<Comparison[]> {
  const texts = Array.from({ length: events }, (_, n) => {
    const { recordedAt, ...event } = sampleFact(n);
    return JSON.stringify({ ...event, position: toPosition(n + 1), recordedAt: new Date(recordedAt).toISOString() });
  });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
  await fillFolder(folder, events, 64, sampleFact);
  const store = await openEmbeddedStore(folder, { readOnly: true });
  let bytesAnEvent = 0;
  let held: unknown;
  const replay = {
    run: async () => {
      held = undefined;
      const before = heap();
      const states = await foldAnew(store, 'market.', EVERYTHING);
      const badly = states.find(({ fault, projection, ledger }) => fault !== null || (projection === rejected && rowCount(ledger) > 0));
      if (badly) throw new Error(`${badly.projection.name}: ${badly.fault?.message ?? 'an event was rejected'}`);
      // Buffers of the round before may be freed only now: the round that had none says most.
      bytesAnEvent = Math.max(bytesAnEvent, (heap() - before) / events);
      held = states;
      return states[0]?.order ?? 0;
    },
  };
  const parse = {
    run: async () => {
      for (const text of texts) JSON.parse(text);
      return events;
    },
  };
  const comparison = await compare('replay, blocks of 64, checked and folded through every projection', 'events/s', rounds, replay, parse);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  void held;
  console.log(`state: ${Math.round(bytesAnEvent)} bytes an event`);
  return [comparison];
}

/** Bytes in use after a collection: the ledgers are still held. */
function heap(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
