/**
 * The as-of join: 100,000 labels against the closes that were known at each one's time, beside DuckDB's ASOF JOIN on the
 * Parquet that this program exports of the same log. Both are ready to be asked: here the log is folded, there the file is
 * written; both leave one close a label behind, and the closes are the same.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sessionsBetween } from '../events/index.js';
import { marketValueTable } from '../src/exporting/market-value-table.js';
import { writeExport } from '../src/exporting/write.js';
import { asofJoin } from '../src/replay/asof.js';
import type { StoredEvent } from '../src/store/embedded/block.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { startTracker, type Tracker } from '../src/tracker.js';
import { openContext } from '../src/views/context.js';
import { compare, type Comparison } from './measure.js';
import { fillFolder } from './replay.bench.js';

const INSTRUMENTS = 500;
const LABELS = 100_000;
const DAYS = sessionsBetween('US', '2016-01-04', '2025-10-31').map(({ date }) => date);

export function listingOf(n: number): Pick<StoredEvent, 'type' | 'streamId' | 'data' | 'metadata'> {
  const instrument = `instrument-${n}`;
  return { type: 'InstrumentListed', streamId: `market.instrument-${instrument}`, data: { instrument, symbol: `XNYS:S${n}`, name: instrument, kind: 'share', currency: 'USD', calendar: 'US' }, metadata: { schemaVersion: 1, occurredAt: { throughout: '2016-01-01/..' }, publishedAt: { at: '2016-01-02T00:00:00Z' }, source: { document: 'prices' }, confidence: 1 } };
}

/** Listings first, then bars of all instruments, session by session. */
function barOf(n: number): StoredEvent {
  const hex = n.toString(16).padStart(8, '0');
  const instrument = `instrument-${n % INSTRUMENTS}`;
  const common = { id: `${hex}-0000-4000-8000-${hex.padStart(12, '0')}`, revision: Math.floor(n / INSTRUMENTS), streamId: `market.instrument-${instrument}`, recordedAt: 1_900_000_000_000 + (n >> 6) * 5 };
  const source = { document: 'prices' };
  if (n < INSTRUMENTS) return { ...common, ...listingOf(n) };
  const date = DAYS[Math.floor(n / INSTRUMENTS) - 1] as string;
  return { ...common, type: 'BarClosed', data: { instrument, close: 100 + (n % 997) / 8, session: { date, calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' }, metadata: { schemaVersion: 2, occurredAt: { throughout: date, calendar: 'US' }, source, confidence: 1 } };
}

/** A log of closes that is folded, and the Parquet that is exported of it, for DuckDB. There are no more events than sessions have bars. */
export async function closesFor(folder: string, events: number): Promise<{ count: number; tracker: Tracker; parquet: string }> {
  const count = Math.min(events, DAYS.length * INSTRUMENTS);
  await fillFolder(path.join(folder, 'data'), count, 64, barOf);
  const tracker = startTracker(await openEmbeddedStore(path.join(folder, 'data'), { readOnly: true }));
  await tracker.runner.settled();
  const out = path.join(folder, 'research');
  await writeExport(out, [marketValueTable(openContext(tracker.runner, {}), { instruments: null, entities: null })], { format: 'parquet', partition: null, head: { projections: [] } as never, factsHash: null });
  return { count, tracker, parquet: path.join(out, 'market_value.parquet') };
}

export async function asofBench({ events, rounds }: { events: number; rounds: number }): Promise<Comparison[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
  const { count, tracker, parquet } = await closesFor(folder, events);
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    const span = Math.floor(count / INSTRUMENTS) * 7 * 86_400_000 / 5;
    const labels = Array.from({ length: LABELS }, (_, i) => ({ instrument: `instrument-${(i * 7919) % INSTRUMENTS}`, time: new Date(Date.UTC(2016, 0, 8) + Math.floor(((i * 2_654_435_761) % 4_294_967_296) / 4_294_967_296 * span)).toISOString() }));
    await duck.run('create table labels(i integer, instrument varchar, t timestamptz)');
    const appender = await duck.createAppender('labels');
    for (const [i, { instrument, time }] of labels.entries()) {
      appender.appendInteger(i);
      appender.appendVarchar(instrument);
      appender.appendVarchar(time);
      appender.endRow();
    }
    appender.closeSync();
    const closes: unknown[] = new Array<unknown>(LABELS);
    const ours = {
      run: async () => {
        const join = asofJoin(tracker, { views: ['market-value'], columns: ['market-value.level.close'] });
        for (const [i, label] of labels.entries()) closes[i] = join(label).values['market-value.level.close'];
        return Promise.resolve(LABELS);
      },
    };
    const theirs = {
      run: async () => {
        await duck.run(`create or replace table joined as select l.i, k.value from labels l asof left join (select ts_known, instrument_id, value from '${parquet}' where measure = 'close' and current) k on l.instrument = k.instrument_id and l.t >= k.ts_known`);
        return LABELS;
      },
    };
    const comparison = await compare(`as-of join of ${LABELS.toLocaleString('en')} labels to ${count.toLocaleString('en')} closes`, 'labels/s', rounds, ours, theirs);
    const joined = (await duck.runAndReadAll('select value from joined order by i')).getRows().map(([value]) => value);
    const other = closes.findIndex((close, i) => close !== joined[i]);
    if (other !== -1) throw new Error(`label ${other} (${JSON.stringify(labels[other])}): ${String(closes[other])} here, ${String(joined[other])} there`);
    return [comparison];
  } finally {
    duck.closeSync();
    await tracker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
