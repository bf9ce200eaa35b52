/** Backups: made beside a running writer, whole or not at all, and stores themselves. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backupAt } from '../src/store/backup.js';
import { openEmbeddedStore, type EmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { openStore } from '../src/store/open.js';
import { verifyAt } from '../src/store/verify.js';
import { all, event, events } from './contract/support.js';
import { damageBlock, runTracker } from './support/cli.js';

let folder = '';
let store: EmbeddedStore;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-backup-'));
  store = await openEmbeddedStore(path.join(folder, 'data'));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
const url = (): string => `file:${path.join(folder, 'data')}`;
const target = (name = 'backup'): string => path.join(folder, name);

it('holds what was acknowledged before it began and a beginning of the log, while appends and merges go on', async () => {
  for (let n = 0; n < 300; n++) await store.append(`s${n % 5}`, events((n % 4) + 1), { expectedRevision: 'any' });
  let stop = false;
  const writing = (async () => {
    for (let n = 0; !stop; n++) {
      await store.append(`t${n % 3}`, [event(), event({ text: 'x'.repeat(n % 50 === 0 ? 40_000 : 10) })], { expectedRevision: 'any' });
      if (n % 40 === 0) await store.mergeSmallBlocks();
    }
  })();
  for (let n = 0; n < 8; n++) {
    const before = await all(store);
    const { events: count } = await backupAt(url(), target(`backup-${n}`));
    const copy = await openStore(`file:${target(`backup-${n}`)}`, { readOnly: true });
    const held = await all(copy);
    expect(held).toHaveLength(count);
    expect(held.slice(0, before.length)).toEqual(before);
    expect((await all(store)).slice(0, held.length)).toEqual(held);
    expect(copy.id).toBe(store.id);
    await copy.close();
  }
  stop = true;
  await writing;
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

it('is a store that takes appends, and of which backups can be made', async () => {
  await store.append('s', events(70), { expectedRevision: 'any' });
  mkdirSync(target());
  await backupAt(url(), target());
  expect(readdirSync(target())).toEqual(['data.mdb']);
  await backupAt(`file:${target()}`, target('again'));
  const restored = await openEmbeddedStore(target('again'));
  expect((await restored.append('s', [event()], { expectedRevision: 69 })).lastRevision).toBe(70);
  await restored.close();
  expect((await verifyAt(`file:${target('again')}`)).every(({ found }) => found === 0)).toBe(true);
});

it('refuses what is not empty, what is no folder, and stores that are none, and leaves nothing behind', async () => {
  await store.append('s', events(3), { expectedRevision: 'any' });
  mkdirSync(target('full'));
  writeFileSync(path.join(target('full'), 'note'), 'mine');
  await expect(backupAt(url(), target('full'))).rejects.toThrow(/full is not empty/);
  await expect(backupAt(url(), path.join(target('full'), 'note'))).rejects.toThrow(/note is a file/);
  await expect(backupAt(url(), path.join(target('full'), 'note', 'below'))).rejects.toMatchObject({ name: 'BackupError' });
  await expect(backupAt(url(), target('data'))).rejects.toThrow(/data is not empty/);
  await expect(backupAt(`file:${target('missing')}`, target())).rejects.toMatchObject({ name: 'StoreOpenError' });
  await expect(backupAt('memory:', target())).rejects.toThrow(/nothing to back up/);
  await expect(backupAt('esdb://127.0.0.1:2113', target())).rejects.toThrow(/by its own means.*tracker copy/);
  await expect(backupAt(url(), target(), { signal: AbortSignal.abort() })).rejects.toThrow(/stopped; nothing of the backup was left/);
  expect(readdirSync(folder).sort()).toEqual(['data', 'full']);
  expect(readdirSync(target('full'))).toEqual(['note']);
});

it('is refused where the store is damaged: it would be no backup', async () => {
  for (let n = 0; n < 3; n++) await store.append('s', events(10), { expectedRevision: 'any' });
  await store.close();
  await damageBlock(path.join(folder, 'data'), 1);
  await expect(backupAt(url(), target())).rejects.toThrow(/the store is damaged, so this would be no backup: the block at 0000000000000011 /);
  expect(existsSync(target())).toBe(false);
  expect(readdirSync(folder)).toEqual(['data']);
});

it('as a command says where it is and how to use it', async () => {
  await store.append('market.s', events(3), { expectedRevision: 'any' });
  expect(runTracker(['backup', target(), '--store', url()])).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^3 events \(\d+ KiB\) in .*backup, verified\. It is a store: --store file:/) as string });
  expect(runTracker(['events', '--store', `file:${target()}`]).stdout.split('\n')).toHaveLength(5);
  expect(runTracker(['backup', target(), '--store', url()])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('is not empty') as string });
});
