/** Verification: what is sound is said to be sound, what is not is named by block and position, and the rest is served. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { open as openLmdb } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedStore, type EmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { createFingerprints } from '../src/store/fingerprints.js';
import { openMemoryStore } from '../src/store/memory/memory-store.js';
import { DamagedStoreError, type EventStore, type RecordedEvent } from '../src/store/port.js';
import { verifyAt, verifyStore, type CheckReport } from '../src/store/verify.js';
import { all, event, events } from './contract/support.js';
import { startStandIn } from './support/eventstoredb-stand-in/stand-in.js';

let folder = '';
const opened: EventStore[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-verify-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<EmbeddedStore> {
  const store = await openEmbeddedStore(folder);
  opened.push(store);
  return store;
}

const verify = (where = folder): Promise<CheckReport[]> => verifyAt(`file:${where}`);
const messages = (reports: readonly CheckReport[]): string[] => reports.flatMap(({ findings }) => findings.map(({ message }) => message));
const isSound = (reports: readonly CheckReport[]): boolean => reports.every(({ found }) => found === 0);

/** The log and the index as they lie on disk, to be damaged. */
async function withDatabases<T>(use: (blocks: ReturnType<typeof databases>['blocks'], streams: ReturnType<typeof databases>['streams']) => T, where = folder): Promise<T> {
  const root = openLmdb({ path: where, noSubdir: false, overlappingSync: false });
  const { blocks, streams } = databases(root);
  const result = use(blocks, streams);
  await root.close();
  return result;
}
function databases(root: ReturnType<typeof openLmdb>) {
  const settings = { encoding: 'binary', keyEncoding: 'ordered-binary' } as const;
  return { blocks: root.openDB<Buffer, number>({ name: 'tracker-blocks', ...settings }), streams: root.openDB<Buffer, [string, number]>({ name: 'tracker-streams', ...settings }) };
}

/** Three blocks of 10: s0 in 1–10, s1 in 11–20, s2 in 21–30; then the log ends. */
async function threeBlocks(): Promise<void> {
  const store = await open();
  for (let n = 0; n < 3; n++) await store.append(`s${n}`, events(10), { expectedRevision: 'any' });
  await store.close();
}

async function flip(first: number, at: number, bit = 0): Promise<void> {
  await withDatabases((blocks) => {
    const block = Buffer.from(blocks.get(first) as Buffer);
    block[at] = (block[at] ?? 0) ^ (1 << bit);
    blocks.putSync(first, block);
  });
}

describe('a store that is as it was written', () => {
  it('is sound, whatever was appended, merged and reopened, also while it is being written', async () => {
    const store = await open();
    for (let n = 0; n < 400; n++) await store.append(`s${n % 7}`, events((n % 5) + (n % 90 === 0 ? 100 : 1)), { expectedRevision: 'any' });
    await store.append('large', [event({ text: 'x'.repeat(100_000) }), event()], { expectedRevision: 'no_stream' });
    expect(messages(await verify())).toEqual([]);
    await store.mergeSmallBlocks();
    const writing = (async () => {
      for (let n = 0; n < 200; n++) await store.append(`t${n % 3}`, events(1), { expectedRevision: 'any' });
      await store.mergeSmallBlocks();
    })();
    for (let n = 0; n < 10; n++) expect(messages(await verify())).toEqual([]);
    await writing;
    const reports = await verify();
    expect(messages(reports)).toEqual([]);
    expect(reports.find(({ check }) => check === 'ids')?.looked).toBe((await all(store)).length);
  });

  it('is sound on every kind of store, and empty', async () => {
    expect(isSound(await verifyAt('memory:'))).toBe(true);
    await (await open()).close();
    expect(isSound(await verify())).toBe(true);
    const memory = openMemoryStore();
    for (let n = 0; n < 30; n++) await memory.append(`s${n % 3}`, events(n + 1), { expectedRevision: 'any' });
    expect(messages(await verifyStore(memory))).toEqual([]);
    const standIn = await startStandIn();
    const { openEventStoreDb } = await import('../src/store/eventstoredb/eventstoredb-store.js');
    const server = await openEventStoreDb(standIn.url);
    for (let n = 0; n < 10; n++) await server.append(`market.s${n % 3}`, events(n + 1), { expectedRevision: 'any' });
    await server.close();
    expect(messages(await verifyAt(standIn.url))).toEqual([]);
    await standIn.stop();
  });
});

describe('one flipped bit', () => {
  it('anywhere in any block is found and named by block and position, and all other blocks are read', async () => {
    const store = await open();
    for (let n = 0; n < 40; n++) await store.append(`s${n % 4}`, events((n % 9) + 1), { expectedRevision: 'any' });
    await store.append('large', [event({ text: 'x'.repeat(30_000) })], { expectedRevision: 'any' });
    const whole = await all(store);
    await store.close();
    const keys = await withDatabases((blocks) => [...blocks.getRange()].map(({ key, value }) => ({ key, length: value.length })));
    await fc.assert(
      fc.asyncProperty(fc.nat(keys.length - 1), fc.nat(), fc.nat(7), async (index, at, bit) => {
        const { key, length } = keys[index] as { key: number; length: number };
        await flip(key, at % length, bit);
        const reports = await verify();
        await flip(key, at % length, bit);
        const [blocks, ...others] = reports;
        expect(blocks).toMatchObject({ check: 'blocks', found: 1, findings: [{ position: whole[key - 1]?.position, message: expect.stringContaining(`the block at ${whole[key - 1]?.position}`) as string }] });
        // The streams that it holds events of are named, and nothing else is said to be wrong.
        expect(blocks?.findings[0]?.message).toContain(`It holds ${whole[key - 1]?.streamId} `);
        expect(messages(others)).toEqual([]);
        const next = keys[index + 1]?.key ?? whole.length + 1;
        expect(reports.find(({ check }) => check === 'ids')?.looked).toBe(whole.length - (next - key));
      }),
      { numRuns: 150 },
    );
    expect(isSound(await verify())).toBe(true);
  });

  it('in the bytes of a block in data.mdb is found', async () => {
    await threeBlocks();
    const values = await withDatabases((blocks) => [...blocks.getRange()].map(({ key, value }) => ({ key, value: Buffer.from(value) })));
    const file = path.join(folder, 'data.mdb');
    const bytes = readFileSync(file);
    const copy = path.join(folder, 'copy');
    mkdirSync(copy);
    await fc.assert(
      fc.asyncProperty(fc.nat(values.length - 1), fc.nat(), fc.nat(7), async (index, at, bit) => {
        const { key, value } = values[index] as { key: number; value: Buffer };
        const damaged = Buffer.from(bytes);
        // Pages that are no longer used hold older copies of the block: which of them is the live one does not matter.
        let places = 0;
        for (let place = damaged.indexOf(value); place >= 0; place = damaged.indexOf(value, place + 1), places++) {
          const byte = place + (at % value.length);
          damaged[byte] = (damaged[byte] ?? 0) ^ (1 << bit);
        }
        expect(places).toBeGreaterThan(0);
        writeFileSync(path.join(copy, 'data.mdb'), damaged);
        expect((await verify(copy)).flatMap(({ findings }) => findings.map(({ position }) => position))).toEqual([String(key).padStart(16, '0')]);
      }),
      { numRuns: 60 },
    );
  });

  it('in the index is found', async () => {
    await threeBlocks();
    for (let byte = 0; byte < 12; byte++) {
      const before = await withDatabases((_blocks, streams) => {
        const value = Buffer.from(streams.get(['s1', 0]) as Buffer);
        const bad = Buffer.from(value);
        bad[byte] = (bad[byte] ?? 0) ^ 1;
        streams.putSync(['s1', 0], bad);
        return value;
      });
      expect(messages(await verify()).join()).toMatch(/s1/);
      await withDatabases((_blocks, streams) => streams.putSync(['s1', 0], before));
    }
    expect(isSound(await verify())).toBe(true);
  });
});

describe('what is wrong', () => {
  it('is said of missing, misplaced and overlapping blocks', async () => {
    await threeBlocks();
    const second = await withDatabases((blocks) => {
      const value = Buffer.from(blocks.get(11) as Buffer);
      blocks.removeSync(11);
      return value;
    });
    expect(messages(await verify())).toEqual(['the block at 0000000000000011 (events 11 to 20) is damaged: no block holds them. It holds s1 0–9']);
    await withDatabases((blocks) => blocks.putSync(12, second));
    expect(messages(await verify())).toEqual(expect.arrayContaining([expect.stringMatching(/event 11\) is damaged: no block holds them/), expect.stringMatching(/events 12 to 20\) is damaged: it belongs elsewhere/)]) as string[]);
    await withDatabases((blocks) => {
      blocks.putSync(11, second);
      blocks.putSync(12, second);
    });
    expect(messages(await verify())).toEqual(['the block at 0000000000000012 begins before the one ahead of it ends']);
  });

  it('is said of an index that lacks a run or names one too many', async () => {
    await threeBlocks();
    await withDatabases((_blocks, streams) => streams.putSync(['ghost', 0], streams.get(['s0', 0]) as Buffer));
    expect(messages(await verify())).toEqual(['the index names 10 events of ghost from revision 0 on that the log does not hold']);
    await withDatabases((_blocks, streams) => {
      streams.removeSync(['ghost', 0]);
      streams.removeSync(['s2', 0]);
    });
    const [, , , , index] = await verify();
    expect(index).toMatchObject({ check: 'index', found: 10, findings: expect.arrayContaining([expect.objectContaining({ message: 'the index does not lead to s2/0, which the log holds' })]) as unknown });
  });

  it('is said of an id that stands twice in a stream, and not of one in two streams', async () => {
    const store = await open();
    const one = event();
    await store.append('a', [one, event()], { expectedRevision: 'any' });
    await store.append('b', [one], { expectedRevision: 'any' });
    expect(messages(await verify())).toEqual([]);
    await store.append('a', [one], { expectedRevision: 'any' });
    expect(messages(await verify())).toEqual([`a: the id ${one.id} stands at revision 0 and again at 2`]);
    expect(messages(await verifyStore(store))).toEqual([`a: the id ${one.id} stands at revision 0 and again at 2`]);
  });

  it('is said of any store by what its port shows', async () => {
    const sound = openMemoryStore();
    await sound.append('a', events(4), { expectedRevision: 'any' });
    const log = await all(sound);
    const shows = async (change: (log: RecordedEvent[]) => RecordedEvent[]): Promise<string[]> => {
      const readAll = async function* (): AsyncGenerator<RecordedEvent[]> {
        yield change(log.map((each) => ({ ...each })));
      };
      return messages(await verifyStore({ ...sound, readAll }));
    };
    expect(await shows((events) => events)).toEqual([]);
    expect(await shows((events) => events.filter(({ revision }) => revision !== 2))).toEqual(['a: revision 3 follows 1; 1 event is missing']);
    // Truncated in EventStoreDB.
    expect(await shows((events) => events.slice(2))).toEqual([]);
    expect(await shows(([a, b, c, d]) => [a, c, b, d] as RecordedEvent[])).toEqual(expect.arrayContaining(['a/1 is at 0000000000000002, not after 0000000000000003', 'a: revision 1 comes again, or after 2']) as string[]);
    expect(await shows(([a, ...rest]) => [{ ...a, metadata: { base64: 'AAAA' } } as unknown as RecordedEvent, ...rest])).toEqual(['a/0: metadata is bytes, where a JSON object is expected']);
    expect(await shows(([a, ...rest]) => [{ ...a, metadata: { recordedAt: 'yesterday' } } as unknown as RecordedEvent, ...rest])).toEqual(['a/0: metadata.recordedAt is no time: "yesterday"']);
  });
});

describe('what is sound in a damaged store is still served', () => {
  it('a stream is read up to the damage and beyond it, and never given as if it ended there', async () => {
    const store = await open();
    for (let n = 0; n < 3; n++) await store.append('s', events(10), { expectedRevision: 'any' });
    await store.close();
    await flip(11, 60);
    const again = await open();
    await expect(again.readStream('s')).rejects.toThrow(/block at 0000000000000011 is damaged.*Revision 10 of s is in it/);
    expect(await again.readStream('s', { limit: 10 })).toHaveLength(10);
    expect(await again.readStream('s', { from: 19 })).toHaveLength(10);
    expect(await again.readStream('s', { direction: 'backwards', limit: 10 })).toHaveLength(10);
  });

  it('a missing block stops reading, whichever way and however it is read: it does not look like the end', async () => {
    await threeBlocks();
    await withDatabases((blocks) => blocks.removeSync(11));
    const store = await open();
    await expect(all(store)).rejects.toThrow(/at 0000000000000011 is damaged: it is missing; read on from 0000000000000020/);
    await expect(all(store, { direction: 'backwards' })).rejects.toThrow(/at 0000000000000020 is damaged: it is missing/);
    await expect(store.readStream('s1')).rejects.toBeInstanceOf(DamagedStoreError);
    const seen: string[] = [];
    const following = (async () => {
      for await (const message of store.subscribe({ after: 'start', signal: new AbortController().signal })) seen.push(message.kind);
    })();
    await expect(following).rejects.toBeInstanceOf(DamagedStoreError);
    expect(seen).toEqual(['events']);
  });

  it('a damaged last block takes no appends after it, whose sequences could be taken or leave a gap', async () => {
    await threeBlocks();
    // The count of its events.
    for (const bit of [0, 1, 2, 3, 7]) {
      await flip(21, 2, bit);
      const store = await open();
      await expect(store.append('s3', [event()], { expectedRevision: 'any' })).rejects.toThrow(/block at 0000000000000021 is damaged.*restore the store from a backup/);
      await expect(all(store)).rejects.toBeInstanceOf(DamagedStoreError);
      expect(await store.readStream('s1')).toHaveLength(10);
      await store.close();
      await flip(21, 2, bit);
    }
    expect((await (await open()).append('s3', [event()], { expectedRevision: 'no_stream' })).lastRevision).toBe(0);
  });

  it('an index that leads to another event is not believed, neither by reads nor by appends', async () => {
    await threeBlocks();
    await withDatabases((_blocks, streams) => streams.putSync(['s1', 0], streams.get(['s0', 0]) as Buffer));
    const store = await open();
    await expect(store.readStream('s1')).rejects.toThrow(/the stream index names it as s1\/0, which it is not/);
    await expect(store.append('s1', [event()], { expectedRevision: 'any' })).rejects.toBeInstanceOf(DamagedStoreError);
    expect(await store.readStream('s0')).toHaveLength(10);
  });
});

it('fingerprints notice every repetition within a group, and take distinct texts for distinct', () => {
  const seen = createFingerprints();
  const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  for (let n = 0; n < 100_000; n++) expect(seen.add(n % 3, id(n))).toBe(false);
  for (let n = 0; n < 100_000; n += 997) expect([seen.add(n % 3, id(n)), seen.add((n + 1) % 3, id(n))]).toEqual([true, false]);
  expect(seen.size).toBe(100_000 + Math.ceil(100_000 / 997));
});
