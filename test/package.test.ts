/** The package as others import it: its entries resolve, with their types, and its example runs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publint } from 'publint';
import { MAIN, ROOT } from './support/cli.js';

let folder: string;
let tarball: Uint8Array;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tracker-package-'));
  const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' });
  expect(packed.stderr).toBe('');
  tarball = readFileSync(path.join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''));
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the package', () => {
  it('is one that publint has nothing to say of', async () => {
    const { messages } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer } });
    expect(messages).toEqual([]);
  });
  it('has the right types at each entry, for those who import it (it is ESM alone)', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(tarball));
    if (analysis.types === false) throw new Error('the package has no types');
    expect(Object.keys(analysis.entrypoints).sort()).toEqual(['.', './client', './events', './package.json', './projections', './study', './testing']);
    // What a CommonJS resolution of old cannot see, and require() of ESM, are no part of it.
    const relevant = analysis.problems.filter((problem) => !('resolutionKind' in problem && (problem.resolutionKind === 'node10' || problem.resolutionKind === 'node16-cjs')));
    expect(relevant).toEqual([]);
  });
  it('imports itself by its name, as its users do', () => {
    const script = "import { open, replay, views } from 'market-reaction-tracker'; import { parseNewEvent } from 'market-reaction-tracker/events'; import { projections } from 'market-reaction-tracker/projections'; import { fit } from 'market-reaction-tracker/study'; import { createClient } from 'market-reaction-tracker/client'; import { createTracker, given } from 'market-reaction-tracker/testing'; console.log([open, replay, views.marketValue, parseNewEvent, fit, createClient, createTracker, given].every((f) => typeof f === 'function'), projections.length > 5);";
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, encoding: 'utf8' });
    expect([ran.stderr, ran.stdout]).toEqual(['', 'true true\n']);
  });
});

it('the example of a strategy runs on the seeds, and foresees nothing', () => {
  const store = `file:${path.join(folder, 'data')}`;
  expect(spawnSync(process.execPath, [MAIN, 'seed', 'seeds/', '--store', store], { cwd: ROOT }).status).toBe(0);
  const ran = spawnSync(process.execPath, ['examples/strategy.mjs', store], { cwd: ROOT, encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  expect(ran.stdout.split('\n').slice(0, 3)).toEqual(['2025-10-30  222.86  investors silent  hold  100.0', '2025-10-31  244.22  investors silent  hold  109.6', '2025-11-03  254.00  investors -0.38  out  114.0']);
  expect(readFileSync(path.join(ROOT, 'examples/strategy.mjs'), 'utf8').split('\n').length).toBeLessThan(40);
}, 60_000);
