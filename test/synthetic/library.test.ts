/** Scenarios from code, and across processes: opened as a library, seeded, imported into, and saved. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, open, replay, views } from '../../src/library/index.js';
import { openTracker } from '../../src/open-tracker.js';
import { readConfig } from '../../src/config.js';
import { openWorlds } from '../../src/synthetic/worlds.js';
import { runTracker, type Ran } from '../support/cli.js';
import { hashesOf } from '../support/in-process.js';

const folder = mkdtempSync(path.join(tmpdir(), 'tracker-library-'));
const store = `file:${path.join(folder, 'store')}`;
const tracker = (...args: string[]): Ran => runTracker([...args, '--store', store]);
beforeAll(() => {
  expect(tracker('seed', 'seeds/').code).toBe(0);
  expect(tracker('scenario', 'open', 'crash', '--overlay').code).toBe(0);
  expect(tracker('synth', 'shock', '--scenario', 'crash', '--instrument', 'XNAS:AMZN', '--date', '2025-11-04', '--effect', '-0.1').code).toBe(0);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a scenario is opened as a tracker: its views and replays are of it', async () => {
  const world = await open({ store, scenario: 'crash' });
  const { level } = ask(world, views.marketValue('XNAS:AMZN'), { asOf: '2025-11-04T21:00:00Z' });
  expect(level?.close).toBeCloseTo(223.92, 2);
  let own = 0;
  for await (const { event } of replay(world)) if (event.metadata['scenario'] === 'crash') own += 1;
  expect(own).toBe(18);
  await world.close();
  const real = await open({ store });
  expect(ask(real, views.marketValue('XNAS:AMZN'), { asOf: '2025-11-04T21:00:00Z' }).level?.close).toBe(249.32);
  await real.close();
  await expect(open({ store, scenario: 'nobody' })).rejects.toThrow('no scenario "nobody"; there are crash');
});

it('seeds and prices are loaded into a scenario as into the real world', () => {
  expect(tracker('scenario', 'open', 'mine').code).toBe(0);
  expect(tracker('seed', 'seeds/10-registry.json', '--scenario', 'mine').stdout).toMatch(/^\d+ events stored, 0 were there/);
  const file = path.join(folder, 'prices.csv');
  writeFileSync(file, 'symbol,date,close\nXNAS:AMZN,2025-11-03,1.5\nXNAS:AMZN,2025-11-04,1.6\n');
  expect(tracker('import', 'prices', file, '--adjustment', 'none', '--scenario', 'mine')).toMatchObject({ code: 0 });
  expect(tracker('market-value', 'XNAS:AMZN', '--scenario', 'mine').stdout).toContain('close 1.6 on 2025-11-04 (+6.67 %)');
  expect(tracker('events', '--stream', 'scenario.mine.instrument-amazon-common', '--limit', '100').code).toBe(1);
  expect(tracker('events', '--limit', '3000', '--json').stdout).not.toContain('scenario.mine');
}, 60_000);

it('an export of a scenario says so, is verified as any, and is imported into no real world', () => {
  const out = path.join(folder, 'exported');
  expect(tracker('export', '--scenario', 'crash', '--out', out, '--format', 'ndjson').code).toBe(0);
  expect(JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8'))).toMatchObject({ scenario: 'crash' });
  const rows = readFileSync(path.join(out, 'events.ndjson'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { scenario: string | null });
  expect([rows.filter(({ scenario }) => scenario === 'crash').length, rows.filter(({ scenario }) => scenario === null).length]).toEqual([18, 2036]);
  expect(runTracker(['verify', '--export', out]).code).toBe(0);
  const imported = runTracker(['import', 'events', out, '--store', `file:${path.join(folder, 'restored')}`]);
  expect([imported.code, imported.stderr]).toEqual([1, expect.stringContaining('it is of scenario crash, which is synthetic') as string]);
}, 60_000);

it('a world of its own is saved beside the real one, and goes on from there', async () => {
  expect(tracker('synth', 'market', '--firms', '2', '--days', '60', '--seed', '3').code).toBe(0);
  const told: string[] = [];
  const openAll = async (): Promise<{ real: Awaited<ReturnType<typeof openTracker>>; worlds: ReturnType<typeof openWorlds> }> => {
    const real = await openTracker(readConfig({ store }), { saveSnapshots: true, log: (message) => told.push(message) });
    return { real, worlds: openWorlds(real, (message) => told.push(message)) };
  };
  const first = await openAll();
  const hashes = await first.worlds.use('market-3', async ({ runner }) => {
    await runner.save();
    return hashesOf(runner);
  });
  await first.worlds.close();
  await first.real.close();
  const second = await openAll();
  expect(await second.worlds.use('market-3', ({ runner }) => [hashesOf(runner), [...runner.states.values()].every(({ saved }) => saved !== null)])).toEqual([hashes, true]);
  await second.worlds.close();
  await second.real.close();
  expect(told).toEqual([]);
  expect(tracker('verify').code).toBe(0);
}, 60_000);
