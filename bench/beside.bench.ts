/**
 * What a user might pick instead, doing the same work: Emmett's event stores (in memory, and on PGlite, which is
 * PostgreSQL in this process) feeding the same checks and the same projections; and DuckDB aggregating the Parquet that
 * this program exports, beside a replay that adds up as it goes.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { parseInstant, readRecorded, type Instant, type RejectedEvent, type TypedEvent } from '../events/index.js';
import { foldInto, newState } from '../src/projecting/fold.js';
import { foldAnew } from '../src/projecting/inspect.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import type { RecordedEvent } from '../src/store/port.js';
import { closesFor } from './asof.bench.js';
import { EVERYTHING, sampleFact } from './fold.bench.js';
import { compare, type Comparison } from './measure.js';
import { fillFolder } from './replay.bench.js';

/** Emmett reads a stream as one list, and PGlite takes two minutes to be given a million events. */
const MOST = 100_000;
const BATCH = 64;

/** The part of Emmett's event store that is used. Its stream holds whole events of ours, so that both fold the same. */
interface EmmettStore {
  appendToStream(stream: string, events: { type: string; data: RecordedEvent }[]): Promise<unknown>;
  aggregateStream(stream: string, options: { initialState: () => null; evolve: (state: null, event: { data: RecordedEvent }) => null }): Promise<unknown>;
}

export async function besideBench({ events, rounds }: { events: number; rounds: number }): Promise<Comparison[]> {
  return [...(await emmett(Math.min(events, MOST), rounds)), await duckDb(events, rounds)];
}

async function emmett(count: number, rounds: number): Promise<Comparison[]> {
  const folder = path.join(process.cwd(), 'bench', 'beside');
  if (!existsSync(path.join(folder, 'node_modules'))) {
    console.log('Emmett and PGlite are left out: npm ci --prefix bench/beside --ignore-scripts brings them');
    return [];
  }
  const resolve = createRequire(path.join(folder, 'package.json')).resolve;
  const load = (name: string): Promise<unknown> => import(pathToFileURL(resolve(name)).href);
  const { getInMemoryEventStore } = (await load('@event-driven-io/emmett')) as { getInMemoryEventStore: () => EmmettStore };
  const { getPostgreSQLEventStore } = (await load('@event-driven-io/emmett-postgresql')) as { getPostgreSQLEventStore: (url: string, options: object) => EmmettStore & { close(): Promise<void> } };
  const { PGlite } = (await load('@electric-sql/pglite')) as { PGlite: { create(): Promise<{ close(): Promise<void> }> } };
  const { PGLiteSocketServer } = (await load('@electric-sql/pglite-socket')) as { PGLiteSocketServer: new (options: object) => { start(): Promise<void>; stop(): Promise<void>; getServerConn(): string } };

  const data = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
  await fillFolder(data, count, BATCH, sampleFact);
  const store = await openEmbeddedStore(data, { readOnly: true });
  const ours = { run: async () => (await foldAnew(store, 'market.', EVERYTHING))[0]?.order ?? 0 };
  const comparisons: Comparison[] = [];
  const beside = async (name: string, other: EmmettStore): Promise<void> => {
    for await (const batch of store.readAll()) await other.appendToStream('log', batch.map((event) => ({ type: event.type, data: event })));
    comparisons.push(await compare(`the same fold of ${count.toLocaleString('en')} events from ${name}`, 'events/s', rounds, ours, { run: () => foldEmmett(other) }));
  };
  await beside("Emmett's memory, where nothing is decoded", getInMemoryEventStore());
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0 });
  await server.start();
  const postgres = getPostgreSQLEventStore(`postgresql://postgres:postgres@${server.getServerConn()}/postgres`, { connectionOptions: { pooled: false } });
  await beside('Emmett on PGlite', postgres);
  await postgres.close();
  await server.stop();
  await db.close();
  await store.close();
  rmSync(data, { recursive: true, force: true });
  return comparisons;
}

/** The way of foldAnew, fed by Emmett. */
async function foldEmmett(store: EmmettStore): Promise<number> {
  const states = EVERYTHING.map(({ projection }) => newState(projection));
  let typed: (TypedEvent | RejectedEvent)[] = [];
  let order = 0;
  const fold = (): void => {
    for (const state of states) foldInto(state, typed);
    typed = [];
  };
  await store.aggregateStream('log', {
    initialState: () => null,
    evolve: (_, { data }) => {
      order += 1;
      typed.push(readRecorded(data, order, parseInstant(data.recordedAt) as Instant));
      if (typed.length === BATCH) fold();
      return null;
    },
  });
  fold();
  return order;
}

interface Sums {
  count: number;
  sum: number;
  last: number;
}

/** Of each instrument's closes: how many, their sum, the last. Both from disk; the results are compared. */
async function duckDb(events: number, rounds: number): Promise<Comparison> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
  const { count, tracker, parquet } = await closesFor(folder, events);
  await tracker.close();
  const store = await openEmbeddedStore(path.join(folder, 'data'), { readOnly: true });
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  let here = new Map<string, Sums>();
  const ours = {
    run: async () => {
      here = new Map();
      for await (const batch of store.readAll()) {
        for (const { type, data } of batch) {
          if (type !== 'BarClosed') continue;
          const { instrument, close } = data as unknown as { instrument: string; close: number };
          const sums = here.get(instrument);
          if (sums === undefined) here.set(instrument, { count: 1, sum: close, last: close });
          else {
            sums.count += 1;
            sums.sum += close;
            sums.last = close;
          }
        }
      }
      return count;
    },
  };
  let there: unknown[][] = [];
  const theirs = {
    run: async () => {
      there = (await duck.runAndReadAll(`select instrument_id, count(*)::double, sum(value), arg_max(value, ts_known) from '${parquet}' where measure = 'close' and current group by 1`)).getRows();
      return count;
    },
  };
  const comparison = await compare(`count, sum and last close an instrument of ${count.toLocaleString('en')} events, beside DuckDB on our Parquet`, 'events/s', rounds, ours, theirs);
  if (there.length !== here.size) throw new Error(`${here.size} instruments here, ${there.length} there`);
  for (const [instrument, number, sum, last] of there) {
    const sums = here.get(instrument as string);
    if (sums?.count !== number || sums?.sum !== sum || sums?.last !== last) throw new Error(`${String(instrument)}: ${JSON.stringify(sums)} here, ${String([number, sum, last])} there`);
  }
  duck.closeSync();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  return comparison;
}
