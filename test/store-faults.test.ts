/** What the machine may do to the embedded store: each fault leaves a clear error, and a store that is read as before. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { openEnvironment, writeTransaction } from '../src/store/embedded/environment.js';
import type { EventStore } from '../src/store/port.js';
import { verifyAt } from '../src/store/verify.js';
import { recordedAt } from '../src/projecting/log-index.js';
import { startTracker } from '../src/tracker.js';
import { openContext } from '../src/views/context.js';
import { marketValueView } from '../src/views/market-value.js';
import { acceptInputs, appendAccepted } from '../src/writing/accept.js';
import { all, event, events } from './contract/support.js';
import { ROOT } from './support/cli.js';
import { bar } from './support/given.js';

let folder = '';
const opened: EventStore[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-faults-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: Parameters<typeof openEmbeddedStore>[1] = {}): Promise<EventStore> {
  const store = await openEmbeddedStore(folder, options);
  opened.push(store);
  return store;
}
const findings = async (): Promise<string[]> => (await verifyAt(`file:${folder}`)).flatMap((report) => report.findings.map(({ message }) => message));

describe('a file that may not grow', () => {
  it('is a StoreFullError: what was acknowledged is there, sound, and appends go on once there is room', async (context) => {
    if (process.platform === 'win32') return context.skip('file sizes cannot be limited on Windows');
    // The signal is ignored, as where a quota is met: the write itself then fails.
    const command = `trap '' XFSZ; ulimit -f 4000; exec "$0" --import tsx "$1" "$2" s fill`;
    const child = spawnSync('bash', ['-c', command, process.execPath, path.join(ROOT, 'test/support/append-worker.ts'), folder], { encoding: 'utf8' });
    if (child.error) return context.skip('there is no bash here to set the limit');
    const result = JSON.parse(child.stdout) as { error: string; message: string; appended: number; read: number };
    expect(result).toMatchObject({ error: 'StoreFullError', message: expect.stringContaining('nothing of this append was stored, the store stays readable') as string });
    expect(result.appended).toBeGreaterThan(100);
    expect(result.read).toBe(result.appended);
    expect(await findings()).toEqual([]);
    const store = await open();
    expect((await store.append('s', events(500), { expectedRevision: result.appended - 1 })).lastRevision).toBe(result.appended + 499);
    expect(await findings()).toEqual([]);
  });
});

describe('a transaction that LMDB refuses', () => {
  const refusedWith = (code: number): Promise<unknown> => {
    // As lmdb-js does it: "Commit failed", and the reason in a promise of its own.
    const failure = Object.assign(new Error('Commit failed'), { commitError: Promise.reject(Object.assign(new Error(`error ${code}`), { code })) });
    return writeTransaction({ folder, root: { transaction: async () => Promise.reject(failure) } } as never, () => 0).then(() => null, (error: unknown) => error);
  };
  it('because the map, the disk, the quota or the file size is at its limit is a StoreFullError that names the folder', async () => {
    const { ENOSPC, EDQUOT, EFBIG } = os.constants.errno;
    for (const code of [-30792, ENOSPC, EDQUOT, EFBIG]) expect(await refusedWith(code)).toMatchObject({ name: 'StoreFullError', message: expect.stringContaining(folder) as string, cause: { code } });
  });
  it('for another reason is that reason, not a full disk', async () => {
    expect(await refusedWith(os.constants.errno.EACCES)).toMatchObject({ message: `error ${os.constants.errno.EACCES}` });
  });
  it('grows its map by itself: a store many times the map that it was opened with takes every append', async () => {
    const store = await open();
    // The map is 128 KiB at first, for a new store.
    for (let n = 0; n < 40; n++) await store.append('s', [event({ text: 'x'.repeat(500_000) })], { expectedRevision: n === 0 ? 'no_stream' : n - 1 });
    expect(statSync(path.join(folder, 'data.mdb')).size).toBeGreaterThan(10_000_000);
    expect(await store.readStream('s')).toHaveLength(40);
  });
});

describe('a clock that goes backwards', () => {
  it('changes no order and hides nothing: the recorded clock of the views is the latest time so far', async () => {
    const listed = { occurredAt: { unknown: true }, source: { document: 'test' } };
    const registration = { input: { type: 'EntityRegistered', data: { entity: 'acme', name: 'Acme', kind: 'company' }, metadata: listed } };
    const listing = { input: { type: 'InstrumentListed', data: { instrument: 'acme-common', entity: 'acme', symbol: 'XNYS:ACME', name: 'Acme common stock', kind: 'share', currency: 'USD', calendar: 'US' }, metadata: listed } };
    const times = ['2026-01-01T11:00:00Z', '2026-01-01T12:00:00Z', '2026-01-01T13:00:00Z', '2026-01-01T09:00:00Z', '2026-01-01T14:00:00Z'];
    let next = 0;
    const store = await open({ now: () => new Date(times[Math.min(next, 4)] ?? '') });
    const tracker = startTracker(store, { now: () => new Date('2026-06-01T00:00:00Z') });
    try {
      for (const { input } of [registration, listing, bar('2025-11-03', 10, { instrument: 'acme-common' }), bar('2025-11-04', 20, { instrument: 'acme-common' }), bar('2025-11-05', 30, { instrument: 'acme-common' })]) {
        const { position } = await appendAccepted(store, await acceptInputs(tracker, [input], String));
        next++;
        await tracker.runner.waitFor(position, 10_000);
      }
      expect((await all(store)).map(({ recordedAt }) => recordedAt)).toEqual(times.map((time) => new Date(time).toISOString()));
      expect([1, 2, 3, 4, 5].map((order) => recordedAt(tracker.runner.log, order).ms)).toEqual([11, 12, 13, 13, 14].map((hour) => Date.UTC(2026, 0, 1, hour)));
      const closes = (knownAt: string): number[] => marketValueView(openContext(tracker.runner, { clock: 'recorded', knownAt }), 'acme-common', {}).body.points.map(({ price }) => price);
      // What the clock stamped 09:00 came after 13:00: at 10:00 it was not known, nor was anything else; at 13:00 it was.
      expect(() => closes('2026-01-01T10:00:00Z')).toThrow(/no instrument/);
      expect(closes('2026-01-01T12:30:00Z')).toEqual([]);
      expect(closes('2026-01-01T13:00:00Z')).toEqual([10, 20]);
      expect(closes('2026-01-01T14:00:00Z')).toEqual([10, 20, 30]);
      expect(await findings()).toEqual([]);
    } finally {
      await tracker.close();
    }
  });
});

describe('a reader that was killed', () => {
  it('keeps its place, and the pages it read, only until the next look after dead readers', async () => {
    const store = await open({ upkeepMs: 20 });
    await store.append('s', events(100), { expectedRevision: 'any' });
    const lmdb = pathToFileURL(path.join(ROOT, 'node_modules/lmdb/index.js')).href;
    const program = `import { open } from ${JSON.stringify(lmdb)};
      const root = open({ path: ${JSON.stringify(folder)}, noSubdir: false, overlappingSync: false, readOnly: true });
      const held = root.useReadTransaction(); root.get('x', { transaction: held });
      console.log('holding'); setInterval(() => held, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    const environment = openEnvironment(folder, true);
    const isListed = (): boolean => new RegExp(`^\\s*${child.pid} `, 'm').test(environment.root.readerList());
    try {
      expect(isListed()).toBe(true);
      child.kill('SIGKILL');
      await exited;
      while (isListed()) await new Promise((resolve) => setTimeout(resolve, 5));
      const size = (): number => statSync(path.join(folder, 'data.mdb')).size;
      for (let n = 0; n < 50; n++) await store.append('t', [event()], { expectedRevision: 'any' });
      const before = size();
      // Were each page kept that these touch, they would take more than a megabyte.
      for (let n = 0; n < 300; n++) await store.append('t', [event()], { expectedRevision: 'any' });
      expect(size() - before).toBeLessThan(600_000);
      expect(await findings()).toEqual([]);
    } finally {
      await environment.root.close();
    }
  });
});
