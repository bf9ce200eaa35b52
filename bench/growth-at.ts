/**
 * What things cost with a log of one size, in a process of its own: sends its figures to growth.ts. Each is the median of
 * five; of ten million events one round of reading and folding alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { levelAt, openReader, projections, type Ledger } from '../projections/index.js';
import { instant } from '../events/index.js';
import { serve } from '../src/http/server.js';
import { startRunner } from '../src/projecting/runner.js';
import { foldAnew } from '../src/projecting/inspect.js';
import { openSnapshots } from '../src/projecting/snapshots.js';
import { asofJoin } from '../src/replay/asof.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import type { StoredEvent } from '../src/store/embedded/block.js';
import { startTracker } from '../src/tracker.js';
import { listingOf } from './asof.bench.js';
import { EVERYTHING, sampleFact } from './fold.bench.js';
import { median } from './measure.js';
import { fillFolder } from './replay.bench.js';

/** By measure: so much a unit. */
export type Figures = Record<string, number>;

const FIRMS = 1000;
const LARGE = 2_000_000;

/** Listings of all firms, then the mix of the fold bench. */
function factOf(n: number): StoredEvent {
  return n < FIRMS ? { ...sampleFact(n), ...listingOf(n) } : sampleFact(n);
}

async function figuresAt(events: number): Promise<Figures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-growth-'));
  const figures: Figures = {};
  /** Microseconds a unit. */
  const time = async (name: string, units: number, work: () => unknown, times = 5): Promise<void> => {
    const taken: number[] = [];
    for (let round = 0; round < times; round += 1) {
      globalThis.gc?.();
      const start = performance.now();
      await work();
      taken.push(((performance.now() - start) * 1000) / units);
    }
    figures[name] = median(taken);
  };
  try {
    await fillFolder(folder, events, 64, factOf);
    const store = await openEmbeddedStore(folder, { readOnly: true });
    const rounds = events > LARGE ? 1 : 5;
    await time('decode', events, async () => {
      let read = 0;
      for await (const batch of store.readAll()) read += batch.length;
      if (read !== events) throw new Error(`${read} events of ${events} were read`);
    }, rounds);
    globalThis.gc?.();
    const before = process.memoryUsage();
    let states: Awaited<ReturnType<typeof foldAnew>> = [];
    await time('fold', events, async () => {
      states = [];
      states = await foldAnew(store, 'market.', EVERYTHING);
    }, rounds);
    globalThis.gc?.();
    const after = process.memoryUsage();
    figures['state'] = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / events;
    figures['resident'] = after.rss / 2 ** 20;
    const ledger = states.find(({ projection }) => projection.name === 'market-value')?.ledger as Ledger;
    await time('level', 20_000, () => {
      for (let i = 0; i < 20_000; i += 1) {
        const at = instant(Date.UTC(2024, 0, 10) + ((i * 2_654_435_761) % (10 * 86_400_000)));
        levelAt(openReader(ledger, { order: Infinity, known: at, imprecise: 'latest' }), `instrument-${(i * 20 + 7) % FIRMS}`, at);
      }
    });
    await store.close();
    if (events <= LARGE) await more(folder, time);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Time = (name: string, units: number, work: () => unknown) => Promise<void>;

async function more(folder: string, time: Time): Promise<void> {
  const saved = path.join(folder, 'snapshots');
  const start = async (): Promise<void> => {
    const store = await openEmbeddedStore(folder, { readOnly: true });
    const runner = startRunner(store, { prefix: 'market.', projections, snapshots: openSnapshots(saved) });
    await runner.settled();
    if (!levelAt(openReader(runner.states.get('market-value')?.ledger as Ledger, { order: Infinity, known: null, imprecise: 'latest' }), 'instrument-7', null)) throw new Error('no level');
    await runner.close();
    await store.close();
  };
  await start();
  await time('start', 1000, start);

  const store = await openEmbeddedStore(folder);
  const tracker = startTracker(store);
  await tracker.runner.settled();
  const join = asofJoin(tracker, { views: ['market-value'], columns: ['market-value.level.close'] });
  await time('asof', 20_000, () => {
    for (let i = 0; i < 20_000; i += 1) join({ instrument: `instrument-${(i * 20 + 7) % FIRMS}`, time: new Date(Date.UTC(2024, 0, 10) + ((i * 2_654_435_761) % (10 * 86_400_000))).toISOString() });
  });
  const server = await serve(tracker, { host: '127.0.0.1', port: 0, log: () => undefined });
  const url = `${server.url}/v1/instruments/instrument-7/market-value?from=2024-01-01T00:00:00Z&to=2024-01-12T00:00:00Z`;
  const first = await fetch(url);
  const etag = first.headers.get('etag') ?? '';
  if (first.status !== 200) throw new Error(await first.text());
  await time('304', 500, async () => {
    for (let i = 0; i < 500; i += 1) await (await fetch(url, { headers: { 'If-None-Match': etag } })).arrayBuffer();
  });
  await server.close();
  let made = 0;
  const fresh = (): { id: string; type: string; data: StoredEvent['data']; metadata: StoredEvent['metadata'] } => {
    const { type, data, metadata } = sampleFact(20 * made);
    made += 1;
    return { id: `70000000-0000-4000-8000-${String(made).padStart(12, '0')}`, type, data, metadata };
  };
  await time('append', 5000, async () => {
    for (let i = 0; i < 10; i += 1) await store.append('market.instrument-appended', Array.from({ length: 500 }, fresh), { expectedRevision: 'any' });
  });
  await tracker.close();
}

process.on('message', (events: number) => {
  figuresAt(events).then(
    (figures) => process.send?.(figures, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
