/**
 * Size of every test that is shown: how often it rejects at 5 % where nothing happened, over samples drawn from a seed.
 * Prints the table of size.md: `npx tsx bench/size.bench.ts` (SIZE_SAMPLES, default 10,000, which takes most of an hour;
 * SIZE_COLUMNS='N=20' takes the columns that have this in their name).
 */
import { rejections } from '../test/support/size.js';
import type { World } from '../test/support/simulate.js';

const samples = Number(process.env['SIZE_SAMPLES'] ?? 10_000);
const wanted = process.env['SIZE_COLUMNS'] ?? '';
const all: [name: string, world: World][] = [
  ['N=10 normal', { firms: 10, t: 60, l: 1 }],
  ['N=10 event variance ×2', { firms: 10, t: 60, l: 1, eventVariance: 2 }],
  ['N=10 common shock ρ=0.1', { firms: 10, t: 60, l: 1, common: 0.1 }],
  ['N=10, L=21', { firms: 10, t: 60, l: 21 }],
  ['N=20 normal', { firms: 20, t: 60, l: 1 }],
  ['N=5 normal', { firms: 5, t: 60, l: 1 }],
  ['N=20 event variance ×2', { firms: 20, t: 60, l: 1, eventVariance: 2 }],
  ['N=20 common shock ρ=0.1', { firms: 20, t: 60, l: 1, common: 0.1 }],
  ['N=20 t(4)', { firms: 20, t: 60, l: 1, heavy: true }],
  ['N=20, L=21', { firms: 20, t: 60, l: 21 }],
];
/** Each column has a seed of its own, whichever are taken. */
const columns = all.map(([name, world], i) => ({ name, world, seed: 100 + i })).filter(({ name }) => name.includes(wanted));

const found = columns.map(({ world, seed }) => rejections(world, samples, seed));
const tests = [...new Set(found.flatMap((column) => Object.keys(column)))];
console.log(`${samples.toLocaleString('en')} samples, T = 60, nominal 5 %, per cent rejected; standard error ${(100 * Math.sqrt((0.05 * 0.95) / samples)).toFixed(2)}`);
console.log(`| test | ${columns.map(({ name }) => name).join(' | ')} |`);
console.log(`|---|${columns.map(() => '---').join('|')}|`);
for (const test of tests) console.log(`| ${test} | ${found.map((column) => column[test]?.toFixed(1) ?? '–').join(' | ')} |`);
