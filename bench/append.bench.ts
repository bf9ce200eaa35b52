/**
 * Appending to the embedded store, against plain LMDB that stores each event as JSON under its sequence and one entry of
 * a stream index beside it, with the same durability and no check of anything: neither revisions, nor ids, nor JSON.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { open } from 'lmdb';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import type { NewEvent } from '../src/store/port.js';
import { compare, type Comparison } from './measure.js';
import { sampleEvent } from './replay.bench.js';

export interface AppendOptions {
  events: number;
  rounds: number;
}

type Append = (stream: number, revision: number, events: NewEvent[]) => Promise<unknown>;

const SHAPES = [
  { name: 'append, one appender, one event each', appenders: 1, batch: 1, share: 0.01 },
  { name: 'append, 128 appenders, one event each', appenders: 128, batch: 1, share: 0.2 },
  { name: 'append, one appender, batches of 500', appenders: 1, batch: 500, share: 0.2 },
];

/** Measures the three shapes. Every appender has a stream of its own and expects its exact revision. */
export async function appendBench({ events, rounds }: AppendOptions): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const { name, appenders, batch, share } of SHAPES) {
    const total = Math.max(appenders * batch, Math.round((events * share) / (appenders * batch)) * appenders * batch);
    const made = Array.from({ length: total }, (_, n) => fresh(n));
    const drive = async (append: Append): Promise<number> => {
      const each = total / appenders;
      await Promise.all(
        Array.from({ length: appenders }, async (_, stream) => {
          for (let done = 0; done < each; done += batch) await append(stream, done - 1, made.slice(stream * each + done, stream * each + done + batch));
        }),
      );
      return total;
    };
    comparisons.push(await compare(name, 'events/s', rounds, { run: () => inFolder((folder) => ours(folder, drive)) }, { run: () => inFolder((folder) => plain(folder, drive)) }));
  }
  return comparisons;
}

function fresh(n: number): NewEvent {
  const { type, data, metadata } = sampleEvent(n);
  return { id: randomUUID(), type, data, metadata };
}

async function ours(folder: string, drive: (append: Append) => Promise<number>): Promise<number> {
  const store = await openEmbeddedStore(folder);
  const count = await drive((stream, revision, events) => store.append(`market.instrument-${stream}`, events, { expectedRevision: revision < 0 ? 'no_stream' : revision }));
  await store.close();
  return count;
}

async function plain(folder: string, drive: (append: Append) => Promise<number>): Promise<number> {
  const root = open({ path: folder, noSubdir: false, encoding: 'binary', overlappingSync: false });
  const log = root.openDB<Buffer, number>({ name: 'log', encoding: 'binary', keyEncoding: 'ordered-binary' });
  const index = root.openDB<Buffer, [string, number]>({ name: 'index', encoding: 'binary', keyEncoding: 'ordered-binary' });
  let sequence = 0;
  const count = await drive(async (stream, revision, events) => {
    let stored: Promise<unknown> | undefined;
    const recordedAt = new Date().toISOString();
    for (const [offset, event] of events.entries()) {
      sequence += 1;
      const place = Buffer.allocUnsafe(8);
      place.writeDoubleLE(sequence, 0);
      void log.put(sequence, Buffer.from(JSON.stringify({ ...event, streamId: `market.instrument-${stream}`, revision: revision + 1 + offset, recordedAt })));
      stored = index.put([`market.instrument-${stream}`, revision + 1 + offset], place);
    }
    await stored;
  });
  await root.close();
  return count;
}

async function inFolder(run: (folder: string) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
