/** What only the embedded store has: blocks on disk, folders, and other processes. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { open as openLmdb } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendOnce } from '../src/store/append-once.js';
import { countOf, decodeBlock, decodeStored, encodeBlocks, MAX_BLOCK_BYTES, MAX_BLOCK_EVENTS } from '../src/store/embedded/block.js';
import { openEmbeddedStore, type EmbeddedStore, type EmbeddedStoreOptions } from '../src/store/embedded/embedded-store.js';
import { openStore } from '../src/store/open.js';
import { DamagedStoreError, StoreOpenError, type NewEvent } from '../src/store/port.js';
import { all, event, events, follow } from './contract/store-contract.js';
import { goldenBlocks, readGoldenBlocks } from './support/golden-blocks.js';

const worker = path.join(import.meta.dirname, 'support', 'append-worker.ts');
let folder = '';
let opened: EmbeddedStore[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-embedded-'));
});
afterEach(async () => {
  for (const store of opened) await store.close();
  opened = [];
  rmSync(folder, { recursive: true, force: true });
});

async function open(options?: EmbeddedStoreOptions, where = folder): Promise<EmbeddedStore> {
  const store = await openEmbeddedStore(where, options);
  opened.push(store);
  return store;
}

interface WorkerResult {
  ids: string[];
  error?: string | null;
  message?: string;
  appended: number;
  read: number;
}

async function runWorker(args: string[], options: { uid?: number; gid?: number } = {}): Promise<WorkerResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', worker, ...args], { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return JSON.parse(output) as WorkerResult;
}

/** The store's blocks as they lie on disk, for looking at and for damaging. */
async function withBlocks<T>(use: (blocks: ReturnType<typeof openBlocks>) => T): Promise<T> {
  const root = openLmdb({ path: folder, noSubdir: false, overlappingSync: false });
  const result = use(openBlocks(root));
  await root.close();
  return result;
}
function openBlocks(root: ReturnType<typeof openLmdb>) {
  return root.openDB<Buffer, number>({ name: 'tracker-blocks', encoding: 'binary', keyEncoding: 'ordered-binary' });
}

describe('blocks', () => {
  it('decode for ever: those of the first version give the events they were made from', () => {
    const golden = goldenBlocks();
    const blocks = readGoldenBlocks();
    expect(blocks).toHaveLength(golden.length);
    for (const [index, { first, events: expected }] of golden.entries()) {
      const block = blocks[index] as Buffer;
      expect(decodeStored(first, block)).toEqual(expected);
      expect(decodeBlock(first, block)[0]?.recordedAt).toBe(new Date(expected[0]?.recordedAt ?? 0).toISOString());
      expect(countOf(block)).toBe(expected.length);
    }
  });

  it('hold at most 64 events or 16 KiB, and a larger event alone', () => {
    const stored = (text: string, n: number) => ({ ...event({ text }), streamId: 's', revision: n, recordedAt: 0 });
    const lengths = [...Array<number>(200).fill(10), ...Array<number>(20).fill(3000), 40_000, ...Array<number>(5).fill(10)];
    const list = lengths.map((length, n) => stored('x'.repeat(length), n));
    const blocks = encodeBlocks(1, list, lengths);
    for (const block of blocks) expect(countOf(block) === 1 || (countOf(block) <= MAX_BLOCK_EVENTS && block.length <= MAX_BLOCK_BYTES)).toBe(true);
    expect(blocks.filter((block) => block.length > MAX_BLOCK_BYTES).map(countOf)).toEqual([1]);
    let first = 1;
    const decoded = blocks.flatMap((block) => {
      const events = decodeStored(first, block);
      first += events.length;
      return events;
    });
    expect(decoded).toEqual(list);
  });

  it('notice every flipped bit', () => {
    const block = readGoldenBlocks()[0] as Buffer;
    for (let bit = 0; bit < block.length * 8; bit++) {
      const damaged = Buffer.from(block);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => decodeBlock(1, damaged)).toThrow(DamagedStoreError);
    }
    for (const length of [0, 3, 15, 30, block.length - 1]) expect(() => decodeBlock(1, block.subarray(0, length))).toThrow(DamagedStoreError);
    expect(() => decodeBlock(2, block)).toThrow(/belongs elsewhere/);
  });

  it('that are damaged are named, and the others stay readable', async () => {
    let store = await open();
    for (let n = 0; n < 3; n++) await store.append(`s${n}`, events(10), { expectedRevision: 'any' });
    await store.close();
    await withBlocks((blocks) => {
      const block = blocks.get(11) as Buffer;
      block[40] = (block[40] ?? 0) ^ 1;
      blocks.putSync(11, block);
    });
    store = await open();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const batch of store.readAll()) seen.push(batch.length);
    })();
    await expect(reading).rejects.toMatchObject({ name: 'DamagedStoreError', position: '0000000000000011', message: expect.stringContaining('read on from 0000000000000020') as string });
    expect(seen).toEqual([10]);
    expect(await all(store, { from: '0000000000000020' })).toHaveLength(10);
    expect(await store.readStream('s0')).toHaveLength(10);
    expect(await store.readStream('s2')).toHaveLength(10);
    await expect(store.readStream('s1')).rejects.toBeInstanceOf(DamagedStoreError);
    expect((await store.append('s1', [event()], { expectedRevision: 9 })).lastRevision).toBe(10);
    expect(await store.mergeSmallBlocks()).toBeGreaterThanOrEqual(0);
    expect(await all(store, { from: '0000000000000020' })).toHaveLength(11);
  });

  it('of a group commit are shared by its appends', async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 100 }, (_, n) => store.append(`s${n}`, [event()], { expectedRevision: 'no_stream' })));
    await store.close();
    const counts = await withBlocks((blocks) => [...blocks.getRange()].map(({ value }) => countOf(value)));
    expect(counts.length).toBeLessThan(10);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
  });

  it('that are small can be merged, which changes no event, position or stream', async () => {
    const store = await open();
    for (let n = 0; n < 700; n++) await store.append(`s${n % 7}`, events(n % 100 === 50 ? 64 : 1), { expectedRevision: 'any' });
    const before = await all(store);
    const streams = await Promise.all(Array.from({ length: 7 }, (_, n) => store.readStream(`s${n}`)));
    const following = follow(store, { after: 'start' }, (seen) => seen.length === before.length + 1);
    const reading = store.readAll()[Symbol.asyncIterator]();
    await reading.next();
    await store.mergeSmallBlocks();
    const [again] = await Promise.all([all(store), store.append('s0', [event()], { expectedRevision: 'stream_exists' })]);
    expect(again.slice(0, before.length)).toEqual(before);
    expect((await following).seen.map(({ id }) => id).slice(0, -1)).toEqual(before.map(({ id }) => id));
    expect(await Promise.all(Array.from({ length: 7 }, (_, n) => store.readStream(`s${n}`, { limit: streams[n]?.length ?? 0 })))).toEqual(streams);
    expect(await all(store, { direction: 'backwards', from: before.at(-1)?.position ?? '' })).toEqual([...before].reverse().slice(1));
    for (let n = 0; n < 10; n++) await store.append('s0', [event()], { expectedRevision: 'any' });
    await store.mergeSmallBlocks();
    expect((await all(store)).slice(0, before.length)).toEqual(before);
    await store.close();
    const counts = await withBlocks((blocks) => [...blocks.getRange()].map(({ value }) => countOf(value)));
    expect(Math.max(...counts)).toBe(MAX_BLOCK_EVENTS);
    // 693 appends of one event and 7 of 64.
    expect(counts.length).toBeLessThan(40);
  });
});

describe('two processes', () => {
  it('append to the same and to other streams at the same time and lose nothing; a subscriber sees both', async () => {
    const store = await open();
    const following = follow(store, { after: 'start' }, (seen) => seen.length === 300 + 300 + 300);
    const mine: string[] = [];
    const workers = [runWorker([folder, 'shared,a', '150', '2']), runWorker([folder, 'shared,b', '300', '1'])];
    await Promise.all(
      Array.from({ length: 3 }, async (_, n) => {
        for (let round = 0; round < 100; round++) {
          const mineNow = event();
          await appendOnce(store, n === 0 ? 'shared' : `mine-${n}`, [mineNow], { depth: 1000 });
          mine.push(mineNow.id);
          // Spread over the time in which the workers start and run.
          await new Promise((resolve) => setTimeout(resolve, 8));
        }
      }),
    );
    const theirs = (await Promise.all(workers)).flatMap(({ ids }) => ids);
    const { seen } = await following;
    expect(seen.map(({ id }) => id).sort()).toEqual([...mine, ...theirs].sort());
    expect(seen).toEqual(await all(store));
    for (const streamId of ['shared', 'a', 'b', 'mine-1', 'mine-2']) {
      const stream = await store.readStream(streamId);
      expect(stream.map(({ revision }) => revision)).toEqual(stream.map((_, index) => index));
      expect(stream).toEqual(seen.filter((one) => one.streamId === streamId));
    }
  });

  it('do not disturb each other while small blocks are merged and the file grows', async () => {
    const store = await open();
    const running = runWorker([folder, 'w', '40', '200']);
    for (let n = 0; n < 60; n++) {
      await store.append('m', [event({ n }), event({ text: 'x'.repeat(50_000) })], { expectedRevision: 'any' });
      await store.mergeSmallBlocks();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const { ids } = await running;
    expect((await store.readStream('w', { limit: 10_000 })).map(({ id }) => id)).toEqual(ids);
    const log = await all(store);
    expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, index) => index + 1));
    expect(log).toHaveLength(8000 + 120);
  });
});

describe('opening', () => {
  it('creates a missing folder, also one with a dot in its name, and keeps its id', async () => {
    const where = path.join(folder, 'deep', 'data.v1');
    const store = await open({}, where);
    await store.append('s', [event()], { expectedRevision: 'any' });
    await store.close();
    expect(existsSync(path.join(where, 'data.mdb'))).toBe(true);
    expect((await open({}, where)).id).toBe(store.id);
  });

  it('refuses a file, a folder that holds something else, another program’s database and a newer format', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, 'text');
    await expect(openEmbeddedStore(file)).rejects.toThrow(/is a file/);
    await expect(openEmbeddedStore(path.join(file, 'below'))).rejects.toBeInstanceOf(StoreOpenError);
    await expect(openEmbeddedStore(folder)).rejects.toThrow(/holds something else \(file\)/);
    const garbage = path.join(folder, 'garbage');
    mkdirSync(garbage);
    writeFileSync(path.join(garbage, 'data.mdb'), Buffer.alloc(8192, 7));
    await expect(openEmbeddedStore(garbage)).rejects.toBeInstanceOf(StoreOpenError);
    const foreign = path.join(folder, 'foreign');
    const other = openLmdb({ path: foreign, noSubdir: false, overlappingSync: false });
    await other.put('someone', 'else');
    await other.close();
    await expect(openEmbeddedStore(foreign)).rejects.toThrow(/another program/);
    const newer = path.join(folder, 'newer');
    await (await openEmbeddedStore(newer)).close();
    const root = openLmdb({ path: newer, noSubdir: false, overlappingSync: false });
    await root.openDB({ name: 'tracker-meta', encoding: 'json' }).put('store', { format: 2, id: 'x' });
    await root.close();
    await expect(openEmbeddedStore(newer)).rejects.toThrow(/newer version.*update the program/);
    // None of them was changed or left open: the foreign one still holds what it held.
    const again = openLmdb({ path: foreign, noSubdir: false, overlappingSync: false });
    expect([...again.getKeys()]).toEqual(['someone']);
    await again.close();
  });

  it('says so when the folder may not be written', async (context) => {
    // Permissions do not bind root, who therefore asks as somebody else.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    if (process.platform === 'win32') return context.skip('permissions of folders work differently on Windows');
    const probe = spawnSync(process.execPath, ['--import', 'tsx', '-e', '0'], { cwd: path.dirname(import.meta.dirname), ...nobody });
    if (probe.status !== 0) return context.skip('an unprivileged user cannot run programs from this folder');
    chmodSync(folder, 0o555);
    const { error, message } = await runWorker([folder, 's', '1'], nobody);
    expect(error).toBe('StoreOpenError');
    expect(message).toMatch(/no permission/);
  });

  it('opens read-only what is there, refuses to append, and does not create what is not', async () => {
    await expect(open({ readOnly: true }, path.join(folder, 'missing'))).rejects.toThrow(/does not exist/);
    await expect(open({ readOnly: true })).rejects.toThrow(/holds no store/);
    const writer = await open();
    await writer.append('s', events(3), { expectedRevision: 'any' });
    const reader = await open({ readOnly: true, pollMs: 5 });
    expect(reader.id).toBe(writer.id);
    expect(await reader.readStream('s')).toHaveLength(3);
    await expect(reader.append('s', [event()], { expectedRevision: 'any' })).rejects.toThrow(/read-only/);
    const following = follow(reader, { after: 'start' }, (seen) => seen.length === 4);
    await writer.append('s', [event()], { expectedRevision: 'any' });
    expect((await following).seen).toHaveLength(4);
  });

  it('understands file: with relative and absolute paths, and names what it accepts', async () => {
    const where = path.relative(process.cwd(), path.join(folder, 'data'));
    const store = await openStore(`file:${where}`);
    const { id } = store;
    await store.close();
    for (const url of [`file:${path.join(folder, 'data')}`, `file://${path.join(folder, 'data')}`]) {
      const again = await openStore(url, { readOnly: true });
      expect(again.id).toBe(id);
      await again.close();
    }
    for (const url of ['', 'data', 'file:', 'redis://secret@host', 'memory:x']) await expect(openStore(url)).rejects.toBeInstanceOf(StoreOpenError);
    await expect(openStore('redis://secret@host')).rejects.toThrow(/^(?!.*secret).*file:\.\/data, memory:, esdb:/);
  });
});

describe('a full disk', () => {
  it('is a StoreFullError: what was acknowledged is there, the rest is not, and the store stays readable', async (context) => {
    // A disk of 4 MiB in memory, in a namespace of its own, so that it goes away with the process.
    const command = `mount -t tmpfs -o size=4m tmpfs "$2" || exit 77; exec "$0" --import tsx "$1" "$2" s fill`;
    const child = spawnSync('unshare', ['--mount', '--map-root-user', 'sh', '-c', command, process.execPath, worker, folder], { encoding: 'utf8' });
    if (child.error || child.status === 77 || /^unshare:/.test(child.stderr)) return context.skip('this machine gives no small disk to fill');
    const result = JSON.parse(child.stdout) as WorkerResult;
    expect(result).toMatchObject({ error: 'StoreFullError', message: expect.stringContaining(folder) as string });
    expect(result.appended).toBeGreaterThan(100);
    expect(result.read).toBe(result.appended);
  });
});

describe('reading', () => {
  it('page by page does not make the file grow while it is being written', async () => {
    const store = await open();
    const batch = (): NewEvent[] => Array.from({ length: 100 }, (_, n) => event({ n, text: 'x'.repeat(200) }));
    for (let n = 0; n < 30; n++) await store.append('s', batch(), { expectedRevision: 'any' });
    const size = (): number => statSync(path.join(folder, 'data.mdb')).size;
    const reading = store.readAll()[Symbol.asyncIterator]();
    await reading.next();
    const start = size();
    for (let n = 0; n < 400; n++) await store.append('t', [event()], { expectedRevision: 'any' });
    // 400 events of 200 bytes, were every page they touched kept for the reader, would take megabytes.
    expect(size() - start).toBeLessThan(1_000_000);
    await reading.return?.();
    expect(readFileSync(path.join(folder, 'data.mdb')).length).toBe(size());
  });
});
