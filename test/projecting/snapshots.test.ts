/** Snapshots: a start from one is the same as a whole fold, and whatever is wrong with one costs time and nothing else. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allRows, rejections } from '../../projections/index.js';
import { openSnapshots, SnapshotsUnusableError, type Snapshots } from '../../src/projecting/snapshots.js';
import { verifySnapshots } from '../../src/projecting/verify-snapshots.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import type { EventStore } from '../../src/store/port.js';
import { openContext } from '../../src/views/context.js';
import { aHistory } from '../support/histories.js';
import { testId } from '../support/given.js';
import { hashesOf, ledgerOf } from '../support/in-process.js';
import { append, bars, clearAwayAfterEach, foldedWhole, here, settled, small, start, stop } from '../support/snapshot-runs.js';

clearAwayAfterEach();

describe('a start from a snapshot', () => {
  it('gives the state hash of a whole fold, wherever the log was cut', async () => {
    await fc.assert(
      fc.asyncProperty(aHistory, fc.array(fc.nat(25), { maxLength: 4 }), async (history, cuts) => {
        rmSync(here.folder, { recursive: true, force: true });
        const store = openMemoryStore();
        let done = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), history.length]) {
          await append(store, history.slice(done, cut));
          done = Math.max(done, Math.min(cut, history.length));
          const runner = start(store);
          await runner.settled();
          expect(runner.events()).toBe(done);
          await stop(runner);
        }
        const last = start(store);
        await last.settled();
        expect(hashesOf(last)).toEqual(await foldedWhole(store));
        await stop(last);
      }),
      { numRuns: 25 },
    );
    expect(here.told).toEqual([]);
  }, 60_000);

  it('reads no event but those after it', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 10));
    await stop(await settled(start(store)));
    let delivered = 0;
    const watched: EventStore = { ...store, subscribe: (options) => counted(store.subscribe(options), (count) => (delivered += count)) };
    await append(store, bars(11, 2));
    const runner = await settled(start(watched));
    expect(delivered).toBe(2);
    expect(runner.events()).toBe(12);
    expect(hashesOf(runner)).toEqual(await foldedWhole(store));
  });

  it('keeps what was rejected, and when it was recorded', async () => {
    let now = new Date('2026-01-05T00:00:00Z');
    const store = openMemoryStore({ now: () => now });
    await store.append('market.instrument-acme', [{ id: testId(99), type: 'FromTheFuture', data: {}, metadata: {} }], { expectedRevision: 'any' });
    await stop(await settled(start(store)));
    now = new Date('2026-01-04T00:00:00Z');
    await append(store, bars(1, 1));
    const runner = await settled(start(store));
    expect(rejections(ledgerOf(runner, 'rejected'), 5).map((row) => [row.order, row.value.type])).toEqual([[1, 'FromTheFuture']]);
    // The clock went backwards; the recorded clock did not.
    expect(openContext(runner, { clock: 'recorded', knownAt: '2026-01-04T12:00:00Z' }).sight.order).toBe(0);
    expect(openContext(runner, { clock: 'recorded', knownAt: '2026-01-05T00:00:00Z' }).sight.order).toBe(2);
    expect(hashesOf(runner)).toEqual(await foldedWhole(store));
  });

  it('knows the positions of old events', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 9));
    const first = await settled(start(store));
    const { basis } = openContext(first, {}, 5);
    await stop(first);
    const runner = await settled(start(store));
    expect(openContext(runner, { basis }).sight.order).toBe(5);
  });
});

describe('a snapshot that does not fit', () => {
  it.each(['deleted', 'made of another log', 'ahead of the log', 'not LMDB', 'damaged'])('because it was %s is folded anew', async (how) => {
    const id = '6ad5f0a7-4e0c-4f3c-9b5e-2b9a1f6f2a11';
    const store = openMemoryStore({ id });
    await append(store, bars(1, 10));
    await stop(await settled(start(store)));
    let next = store;
    if (how === 'deleted') rmSync(here.folder, { recursive: true });
    if (how === 'made of another log' || how === 'ahead of the log') {
      // A store restored from an older copy has the same id.
      next = openMemoryStore({ id });
      await append(next, how === 'ahead of the log' ? bars(1, 4) : bars(50, 12));
    }
    if (how === 'not LMDB') writeFileSync(path.join(here.folder, 'data.mdb'), 'something else that is long enough to be read');
    if (how === 'damaged') damage('"names":["bar:acme:split"');
    let snapshots: Snapshots | null = null;
    if (how === 'not LMDB') expect(() => openSnapshots(here.folder)).toThrow(SnapshotsUnusableError);
    else snapshots = openSnapshots(here.folder);
    const runner = await settled(start(next, { snapshots }));
    expect(hashesOf(runner)).toEqual(await foldedWhole(next));
    await stop(runner);
    // What was saved since is good again.
    if (snapshots) expect(hashesOf(await settled(start(next)))).toEqual(await foldedWhole(next));
  });

  it('of another store is not looked at', async () => {
    const first = openMemoryStore();
    await append(first, bars(1, 5));
    await stop(await settled(start(first)));
    const other = openMemoryStore();
    await append(other, bars(1, 3));
    expect((await settled(start(other))).events()).toBe(3);
  });

  it('is not taken from under a process that reads its rows from it, when another saves that is behind', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 2));
    await stop(await settled(start(store)));
    const early = asOfNow(openSnapshots(here.folder));
    await append(store, bars(3, 8));
    const ahead = await settled(start(store));
    await ahead.save();
    // One that began from the same snapshot and has read one event more, which fills its first chunk.
    const behind: EventStore = {
      ...store,
      async *subscribe({ after, signal, streamPrefixes }) {
        for await (const message of store.subscribe({ after, signal, ...(streamPrefixes ? { streamPrefixes } : {}) })) {
          if (message.kind !== 'events') continue;
          yield { kind: 'events', events: message.events.slice(0, 1) };
          yield { kind: 'caughtUp', position: message.events[0]?.position ?? null };
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
          return;
        }
      },
    };
    const late = await settled(start(behind, { snapshots: early }));
    expect(late.events()).toBe(3);
    await stop(late);
    expect([...allRows(ledgerOf(ahead, 'market-value'))].map((row) => row.order)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(hashesOf(await settled(start(store)))).toEqual(await foldedWhole(store));
  });

  it('can be deleted while it is used', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 10));
    await stop(await settled(start(store)));
    const runner = await settled(start(store));
    rmSync(here.folder, { recursive: true });
    await append(store, bars(11, 3));
    await runner.waitFor((await store.head()) as string, 5000);
    await runner.save();
    expect(hashesOf(runner)).toEqual(await foldedWhole(store));
  });
});

/** Snapshots whose heads and tails are read as they are now, whatever is saved meanwhile. */
function asOfNow(snapshots: Snapshots): Snapshots {
  const heads = snapshots.heads();
  const tails = new Map(heads.flatMap((head) => (head.name === 'log' ? ['entries'] : ['index', 'details', 'values']).map((kind) => [`${head.name} ${kind}`, Uint8Array.from(snapshots.part(head, kind, 'tail'))])));
  return { ...snapshots, heads: () => heads, part: (key, kind, number) => (number === 'tail' ? (tails.get(`${key.name} ${kind}`) as Uint8Array) : snapshots.part(key, kind, number)) };
}

/** Changes a byte behind every place in the snapshots where the text stands. */
function damage(text: string): void {
  const file = path.join(here.folder, 'data.mdb');
  const bytes = readFileSync(file);
  let found = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    bytes[at + text.length] = (bytes[at + text.length] as number) ^ 1;
    found += 1;
  }
  expect(found).toBeGreaterThan(0);
  writeFileSync(file, bytes);
}

async function* counted<T extends { kind: string }>(messages: AsyncIterable<T>, add: (count: number) => void): AsyncGenerator<T> {
  for await (const message of messages) {
    if (message.kind === 'events') add((message as unknown as { events: unknown[] }).events.length);
    yield message;
  }
}

describe('verifying snapshots', () => {
  const verify = async (store: EventStore, projections = small): Promise<string[]> => {
    const snapshots = openSnapshots(here.folder);
    const { findings } = await verifySnapshots(store, 'market.', snapshots, projections);
    await snapshots.close();
    return findings.map(({ message }) => message);
  };

  it('finds nothing in a sound one', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 10));
    await stop(await settled(start(store)));
    expect(await verify(store)).toEqual([]);
  });

  it('finds a changed byte in any part, also in values that nobody asked for', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 9));
    await stop(await settled(start(store)));
    // Three full chunks; the tail has no texts.
    damage('{"texts":["');
    expect(await verify(store)).toContainEqual(expect.stringMatching(/market-value@3.*is damaged in market-value@3, values 0/));
  });

  it('finds rows that a fold of the log does not give: a projection that was changed without a new version', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 10));
    await stop(await settled(start(store)));
    const changed = small.map((projection) => (projection.name === 'market-value' ? { ...projection, evolve: () => {} } : projection));
    expect(await verify(store, changed)).toEqual([expect.stringMatching(/^market-value@3 is not what a fold of the log gives/)]);
  });
});
