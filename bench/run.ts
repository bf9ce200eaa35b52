/**
 * Runs the benches and prints one table of ratios: `npm run bench`. BENCH_EVENTS sets the size (default a million),
 * BENCH_ROUNDS how often each is measured (default 5), BENCH_ONLY=append, import, replay, fold, beside, known-at, asof, start, overlay, study, serve, live or eventstoredb runs
 * one of them; the last needs EVENTSTOREDB_URL. `-- --against REV` compares the ratios of two commits,
 * `-- --growth` draws costs by the size of the log.
 */
import os from 'node:os';
import { against } from './against.js';
import { appendBench } from './append.bench.js';
import { asofBench } from './asof.bench.js';
import { besideBench } from './beside.bench.js';
import { eventStoreDbBench } from './eventstoredb.bench.js';
import { foldBench } from './fold.bench.js';
import { growth } from './growth.js';
import { importBench } from './import.bench.js';
import { knownAtBench } from './known-at.bench.js';
import { liveBench } from './live.bench.js';
import { row, table, type Comparison } from './measure.js';
import { overlayBench } from './overlay.bench.js';
import { replayBench } from './replay.bench.js';
import { serveBench } from './serve.bench.js';
import { startBench } from './start.bench.js';
import { studyBench } from './study.bench.js';

const events = Number(process.env['BENCH_EVENTS'] ?? 1_000_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** A server of your own: without one these lines are left out. */
const url = process.env['EVENTSTOREDB_URL'];
const only = process.env['BENCH_ONLY'];

const benches: Record<string, () => Promise<Comparison[]>> = {
  append: () => appendBench({ events, rounds }),
  import: () => importBench({ events, rounds }),
  replay: () => replayBench({ events, rounds }),
  fold: () => foldBench({ events, rounds }),
  beside: () => besideBench({ events, rounds }),
  'known-at': () => knownAtBench({ events, rounds }),
  asof: () => asofBench({ events, rounds }),
  start: () => startBench({ events, rounds }),
  overlay: () => overlayBench({ events, rounds }),
  study: () => studyBench({ rounds }),
  serve: () => serveBench({ rounds }),
  live: () => liveBench({ rounds }),
  eventstoredb: async () => (url === undefined ? [] : eventStoreDbBench({ events, rounds, url })),
};

const [, rev] = /^--against(?:=(.+))?$/.exec(process.argv[2] ?? '') ?? [];
if (process.argv[2]?.startsWith('--against')) {
  const other = rev ?? process.argv[3];
  if (other === undefined) throw new Error('--against: expected a commit, such as HEAD~1');
  console.log(table(await against(other, rounds), ['what', 'here', other, 'here ÷ there (median)', 'lowest–highest']));
  process.exit(0);
}

if (process.argv[2] === '--growth') {
  await growth();
  process.exit(0);
}

const rows: string[][] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (only === undefined || only === name) rows.push(...(await bench()).map(row));
}
console.log(`${events.toLocaleString('en')} events, ${rounds} rounds, Node ${process.version}, ${os.availableParallelism()} cores`);
console.log(table(rows));
