/**
 * Size of every test that is shown: how often it rejects at 5 % where nothing happened, over samples drawn from a seed.
 * Prints a table: `npx tsx bench/size.bench.ts` (SIZE_SAMPLES, default 10,000, which takes a quarter of an hour).
 */
import { rejections } from '../test/support/size.js';
import type { World } from '../test/support/simulate.js';

const samples = Number(process.env['SIZE_SAMPLES'] ?? 10_000);
const columns: [name: string, world: World][] = [
  ['N=10 normal', { firms: 10, t: 60, l: 1 }],
  ['N=10 event variance ×2', { firms: 10, t: 60, l: 1, eventVariance: 2 }],
  ['N=10 common shock ρ=0.1', { firms: 10, t: 60, l: 1, common: 0.1 }],
  ['N=10, L=21', { firms: 10, t: 60, l: 21 }],
  ['N=20 normal', { firms: 20, t: 60, l: 1 }],
  ['N=5 normal', { firms: 5, t: 60, l: 1 }],
];

const found = columns.map(([, world], i) => rejections(world, samples, 100 + i));
const tests = [...new Set(found.flatMap((column) => Object.keys(column)))];
console.log(`${samples.toLocaleString('en')} samples, T = 60, nominal 5 %, per cent rejected; standard error ${(100 * Math.sqrt((0.05 * 0.95) / samples)).toFixed(2)}`);
console.log(`| test | ${columns.map(([name]) => name).join(' | ')} |`);
console.log(`|---|${columns.map(() => '---').join('|')}|`);
for (const test of tests) console.log(`| ${test} | ${found.map((column) => column[test]?.toFixed(1) ?? '–').join(' | ')} |`);
