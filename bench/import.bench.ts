/**
 * Importing daily bars from CSV into the embedded store, against the least that anybody would write: papaparse, and plain
 * LMDB that stores each line as JSON under its number with one entry of an index beside it. The plain side checks nothing,
 * makes no ids, and can't be repeated.
 */
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { open } from 'lmdb';
import Papa from 'papaparse';
import { instant, sessionsBetween } from '../events/index.js';
import { openReader, registry } from '../projections/index.js';
import { importPrices } from '../src/importing/prices.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { compare, type Comparison } from './measure.js';

export async function importBench({ events, rounds }: { events: number; rounds: number }): Promise<Comparison[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
  const file = path.join(folder, 'prices.csv');
  writeFileSync(file, csv(events));
  let run = 0;
  const fresh = (): string => path.join(folder, String((run += 1)));
  try {
    return [await compare(`import, ${events.toLocaleString('en')} bars from CSV`, 'bars/s', rounds, { run: () => ours(file, fresh(), events) }, { run: () => plain(file, fresh()) })];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ten years of each firm, prices that only look like some. */
function csv(bars: number): string {
  const days = sessionsBetween('US', '2005-01-01', '2014-12-31').map(({ date }) => date);
  const lines = ['date,symbol,open,high,low,close,volume'];
  for (let i = 0; i < bars; i += 1) {
    const price = 20 + ((i * 7919) % 9000) / 100;
    lines.push(`${days[i % days.length] ?? ''},XNYS:F${Math.floor(i / days.length)},${price.toFixed(2)},${(price + 1).toFixed(2)},${(price - 0.5).toFixed(2)},${(price + 0.25).toFixed(2)},${1000 + i}`);
  }
  return `${lines.join('\n')}\n`;
}

async function ours(file: string, folder: string, bars: number): Promise<number> {
  const store = await openEmbeddedStore(folder);
  const listed = openReader(registry.initial(), { order: 0, known: null, imprecise: 'latest' });
  const result = await importPrices({ store, prefix: 'market.', now: () => instant(Date.now()) }, listed, file, { adjustment: 'split', document: 'bench', register: { kind: 'share', currency: 'USD' } });
  await store.close();
  if (result.stored !== bars) throw new Error(`stored ${result.stored} of ${bars}: ${result.bad[0]?.reason ?? ''}`);
  return result.stored;
}

async function plain(file: string, folder: string): Promise<number> {
  const root = open({ path: folder, noSubdir: false, encoding: 'binary', overlappingSync: false });
  const log = root.openDB<Buffer, number>({ name: 'log', encoding: 'binary', keyEncoding: 'ordered-binary' });
  const index = root.openDB<Buffer, [string, string]>({ name: 'index', encoding: 'binary', keyEncoding: 'ordered-binary' });
  let count = 0;
  let stored: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    const text = createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 });
    Papa.parse<Record<string, string>>(text, {
      header: true,
      skipEmptyLines: true,
      chunk({ data }, parser) {
        for (const row of data) {
          count += 1;
          const place = Buffer.allocUnsafe(8);
          place.writeDoubleLE(count, 0);
          void log.put(count, Buffer.from(JSON.stringify({ ...row, open: Number(row['open']), high: Number(row['high']), low: Number(row['low']), close: Number(row['close']), volume: Number(row['volume']) })));
          stored = index.put([row['symbol'] ?? '', row['date'] ?? ''], place);
        }
        parser.pause();
        void stored.then(() => {
          parser.resume();
        });
      },
      complete: () => {
        resolve();
      },
      error: reject,
    });
  });
  await stored;
  await root.close();
  return count;
}
