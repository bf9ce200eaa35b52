/**
 * Reading a whole log from the embedded store, against JSON.parse alone of the same events from texts that are already in
 * memory. Blocks are filled with 1, 8 and 64 events: what a live feed writes, a small group, and imports or merged blocks.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { encodeBlock, type StoredEvent } from '../src/store/embedded/block.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { openEnvironment } from '../src/store/embedded/environment.js';
import type { RecordedEvent } from '../src/store/port.js';
import { toPosition } from '../src/store/sequence-log.js';
import { compare, type Comparison } from './measure.js';

export interface ReplayOptions {
  events: number;
  rounds: number;
  /** What is done with each event, on both sides; by default one field of it is read. */
  fold?: (event: RecordedEvent) => void;
  /** Says what the fold is, for the table. */
  foldName?: string;
}

const FILLS = [64, 8, 1];

/** A bar or an opinion, of about 370 bytes as JSON; the same n gives the same event. */
export function sampleEvent(n: number): StoredEvent {
  const at = new Date(1_700_000_000_000 + n * 60_000).toISOString();
  const hex = n.toString(16).padStart(8, '0');
  const bar = { instrument: `instrument-${n % 50}`, open: 100 + (n % 997) / 8, high: 103 + (n % 997) / 8, low: 99 + (n % 997) / 8, close: 101 + (n % 997) / 8, volume: 1_000_000 + n };
  const opinion = { subject: `instrument-${n % 50}`, author: `analyst-${n % 200}`, polarity: ((n % 21) - 10) / 10, text: 'Doubts whether the capital spent will be earned back.' };
  return {
    id: `${hex}-0000-4000-8000-${hex.padStart(12, '0')}`,
    type: n % 4 === 3 ? 'SentimentExpressed' : 'BarClosed',
    streamId: `market.instrument-${n % 50}`,
    revision: Math.floor(n / 50),
    // The appends of one group commit share a time.
    recordedAt: 1_762_180_200_000 + (n >> 6) * 5,
    data: n % 4 === 3 ? opinion : bar,
    metadata: { publishedAt: at, source: { document: 'prices-2025' } },
  };
}

/** Measures each fill. */
export async function replayBench({ events, rounds, fold, foldName = 'read one field' }: ReplayOptions): Promise<Comparison[]> {
  let sum = 0;
  const use = fold ?? ((event: RecordedEvent) => void (sum += event.revision));
  const texts: string[] = [];
  for (let n = 0; n < events; n++) {
    const { id, type, data, metadata, streamId, revision, recordedAt } = sampleEvent(n);
    texts.push(JSON.stringify({ id, type, data, metadata, streamId, revision, position: toPosition(n + 1), recordedAt: new Date(recordedAt).toISOString() }));
  }
  const parse = {
    run: async () => {
      for (const text of texts) use(JSON.parse(text) as RecordedEvent);
      return events;
    },
  };
  const comparisons: Comparison[] = [];
  for (const fill of FILLS) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
    await fillFolder(folder, events, fill);
    let store = await openEmbeddedStore(folder, { readOnly: true });
    const replay = {
      run: async () => {
        let count = 0;
        for await (const batch of store.readAll()) {
          for (const event of batch) use(event);
          count += batch.length;
        }
        return count;
      },
    };
    comparisons.push(await compare(`replay, blocks of ${fill}, ${foldName}`, 'events/s', rounds, replay, parse));
    await store.close();
    if (fill === 1) {
      store = await openEmbeddedStore(folder);
      while ((await store.mergeSmallBlocks()) > 0);
      comparisons.push(await compare(`replay, blocks of 1 that were merged, ${foldName}`, 'events/s', rounds, replay, parse));
      await store.close();
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return comparisons;
}

/** Writes blocks of exactly `fill` events, which appending would do only after as many commits. */
export async function fillFolder(folder: string, events: number, fill: number, sample: (n: number) => StoredEvent = sampleEvent): Promise<void> {
  const environment = openEnvironment(folder, false);
  const perTransaction = 20_000;
  for (let start = 0; start < events; start += perTransaction) {
    environment.root.transactionSync(() => {
      for (let n = start; n < Math.min(events, start + perTransaction); n += fill) {
        const block = Array.from({ length: Math.min(fill, events - n, start + perTransaction - n) }, (_, index) => sample(n + index));
        environment.blocks.putSync(n + 1, encodeBlock(n + 1, block));
      }
    });
  }
  await environment.root.close();
}
