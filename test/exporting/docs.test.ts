/** The snippets of docs/exports.md, run as they stand there on an export of the seeds. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT, runTracker } from '../support/cli.js';

const DOCS = await readFile(path.join(ROOT, 'docs/exports.md'), 'utf8');
const block = (kind: string): string => new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``).exec(DOCS)?.[1] ?? '';
/** The block of code of a kind, and the output that follows it. */
const shown = (kind: string, holding: string): { code: string; output: string } => {
  const [, code = '', output = ''] = new RegExp(`\`\`\`${kind}\\n((?:(?!\`\`\`)[\\s\\S])*${holding}(?:(?!\`\`\`)[\\s\\S])*)\`\`\`\\n\`\`\`\\n([\\s\\S]*?)\`\`\``).exec(DOCS) ?? [];
  return { code, output };
};

// Debian's own Python has the pandas that Debian packages.
const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', 'import pandas']).status === 0);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tracker-docs-'));
  const store = `file:${path.join(folder, 'data')}`;
  runTracker(['seed', 'seeds/', '--store', store]);
  expect(runTracker(['export', '--out', path.join(folder, 'research'), '--store', store]).code).toBe(0);
  expect(runTracker(['export', '--format', 'csv', '--out', path.join(folder, 'research-csv'), '--store', store]).code).toBe(0);
  await writeFile(path.join(folder, 'labels.csv'), block('csv'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

it('DuckDB gives what is shown', async () => {
  const { code, output } = shown('sql', 'ASOF');
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  const read = await duck.runAndReadAll(code.replaceAll(/'(labels\.csv|research\/[^']+)'/g, (_, name: string) => `'${path.join(folder, name)}'`));
  const texts = read.getRows().map((row) => row.map((cell) => (cell === null ? 'NULL' : typeof cell === 'number' && Number.isInteger(cell) ? cell.toFixed(1) : String(cell))).join(' | '));
  expect(`${texts.join('\n')}\n`).toBe(output);
  duck.closeSync();
});

it.skipIf(python === undefined)(`pandas gives what is shown${python === undefined ? ' (no Python with pandas here)' : ''}`, () => {
  const { code, output } = shown('python', 'pandas');
  const { stdout, stderr } = spawnSync(python as string, ['-c', code], { cwd: folder, encoding: 'utf8' });
  expect(stdout, stderr).toBe(output);
});
