/**
 * Runs the benches and prints one table of ratios: `npm run bench`. BENCH_EVENTS sets the size (default a million),
 * BENCH_ROUNDS how often each is measured (default 5), BENCH_ONLY=append, replay or fold runs one of them.
 */
import os from 'node:os';
import { appendBench } from './append.bench.js';
import { foldBench } from './fold.bench.js';
import { row, table, type Comparison } from './measure.js';
import { replayBench } from './replay.bench.js';

const events = Number(process.env['BENCH_EVENTS'] ?? 1_000_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const only = process.env['BENCH_ONLY'];

const benches: Record<string, () => Promise<Comparison[]>> = {
  append: () => appendBench({ events, rounds }),
  replay: () => replayBench({ events, rounds }),
  fold: () => foldBench({ events, rounds }),
};

const rows: string[][] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (only === undefined || only === name) rows.push(...(await bench()).map(row));
}
console.log(`${events.toLocaleString('en')} events, ${rounds} rounds, Node ${process.version}, ${os.availableParallelism()} cores`);
console.log(table(rows));
