/** `tracker projections`: what a user sees of snapshots, versions and rejected events. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { openSnapshots } from '../../src/projecting/snapshots.js';
import { runTracker } from '../support/cli.js';
import { SEEDS } from '../support/in-process.js';
import { testId } from '../support/given.js';

let folder: string;
let store: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-projections-'));
  store = `file:${path.join(folder, 'data')}`;
  runTracker(['seed', SEEDS, '--store', store]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = (out: string): Record<string, unknown>[] => out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

describe('tracker projections', () => {
  it('list says that nothing is saved yet, and creates nothing by looking', async () => {
    const { stdout: out, code } = runTracker(['projections', 'list', '--store', store]);
    expect(code).toBe(0);
    expect(out).toMatch(/market-value@\d+ +this program +– +– +none: folds from the start/);
  });

  it('rebuild folds and saves; a second one has the same hash', async () => {
    const first = runTracker(['projections', 'rebuild', '--json', '--store', store]);
    expect(first.code).toBe(0);
    expect(json(first.stdout).every(({ sameAsBefore, problem }) => sameAsBefore === null && problem === null)).toBe(true);
    const second = runTracker(['projections', 'rebuild', 'market-value', '--json', '--store', store]);
    expect(json(second.stdout)).toMatchObject([{ name: 'market-value', sameAsBefore: true, hash: json(first.stdout).find(({ name }) => name === 'market-value')?.['hash'] }]);
  });

  it('status starts from there and has the same hashes', async () => {
    const { stdout: out } = runTracker(['projections', 'status', '--json', '--store', store]);
    const saved = (runTracker(['projections', 'list', '--json', '--store', store])).stdout;
    expect(json(out).map(({ name, hash }) => [name, hash])).toEqual(json(saved).map(({ name, snapshot }) => [name, (snapshot as { hash: string }).hash]));
  });

  it('diff finds every row the same, and shows the rows that an older version had otherwise', async () => {
    const same = runTracker(['projections', 'diff', 'sentiment', '--store', store]);
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('every row is the same')]);
    // An older version is made of this one's snapshot, with its tail of another projection.
    const snapshots = openSnapshots(path.join(folder, 'data/snapshots'));
    const [registry, sentiment] = ['registry', 'sentiment'].map((name) => snapshots.heads().find((head) => head.name === name));
    if (!registry || !sentiment) throw new Error('no snapshot');
    const tail = { index: snapshots.part(registry, 'index', 'tail'), details: snapshots.part(registry, 'details', 'tail'), values: snapshots.part(registry, 'values', 'tail') };
    await snapshots.save([{ head: { ...sentiment, version: 0 }, replace: true, firstChunk: 0, chunks: [], tail }]);
    await snapshots.close();
    const other = runTracker(['projections', 'diff', 'sentiment', '--against', '0', '--limit', '3', '--store', store]);
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(/^- market\.entity-\S+\/0 {2}entity:/m);
    expect(other.stdout).toMatch(/sentiment@\d+ against the snapshot of version 0 at event \d+: \d+ rows added, \d+ removed, 0 changed/);
  });

  it('rejected lists what its schema rejects, and why', async () => {
    expect((runTracker(['projections', 'rejected', '--store', store])).stdout).toBe('no event was rejected\n');
    const opened = await openEmbeddedStore(path.join(folder, 'data'));
    await opened.append('market.instrument-x', [{ id: testId(1), type: 'BarClosed', data: { close: 'high' }, metadata: { schemaVersion: 2, occurredAt: { unknown: true }, source: { document: 'x' } } }], { expectedRevision: 'any' });
    await opened.close();
    const { stdout: out, code } = runTracker(['projections', 'rejected', '--store', store]);
    expect(code).toBe(0);
    expect(out).toContain('market.instrument-x/0  BarClosed');
    expect(out).toContain('1 event is not of the language');
  });

  it.each([
    [['diff', 'nothing'], 2, 'there is no projection nothing; there are registry, '],
    [['diff', 'timeline', '--against', '77'], 1, 'there is no snapshot of timeline version 77 to compare with'],
    [['rebuild', '--snapshots', 'off'], 2, 'there is no place for snapshots'],
  ])('%j ends with %i and says what is wrong', async (args, code, message) => {
    const run = runTracker(['projections', ...args, '--store', store]);
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(message)]);
  });
});
