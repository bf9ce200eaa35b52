/** Snapshots: a start from one is the same as a whole fold, and whatever is wrong with one costs time and nothing else. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineProjection, emptyLedger, marketValue, readRows, rejections, rowCount, sentiment, timeline, type Projection } from '../../projections/index.js';
import { startRunner, type Runner } from '../../src/projecting/runner.js';
import { openSnapshots, SnapshotsUnusableError, type Snapshots } from '../../src/projecting/snapshots.js';
import { verifySnapshots } from '../../src/projecting/verify-snapshots.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import type { EventStore } from '../../src/store/port.js';
import { answer, answerFrom, openContext, reader, type Answer } from '../../src/views/context.js';
import { aHistory } from '../support/histories.js';
import { accepted, bar, testId, type Happened } from '../support/given.js';
import { hashesOf, ledgerOf } from '../support/in-process.js';

let folder: string;
let running: Runner[] = [];
let told: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-snapshots-'));
  told = [];
});
afterEach(async () => {
  for (const runner of running) await runner.close();
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

/** Projections whose chunks are small, so that a few events fill several. */
const small = [marketValue, sentiment, timeline].map((projection): Projection => ({ ...projection, initial: () => emptyLedger(3) }));

function start(store: EventStore, { projections = small, snapshots = openSnapshots(folder) }: { projections?: readonly Projection[]; snapshots?: Snapshots | null } = {}): Runner {
  const runner = startRunner(store, { prefix: 'market.', projections, snapshots, log: (message) => told.push(message) });
  running.push(runner);
  return runner;
}

async function stop(runner: Runner): Promise<void> {
  running = running.filter((other) => other !== runner);
  await runner.close();
}

async function append(store: EventStore, history: readonly Happened[]): Promise<void> {
  for (const { streamId, event } of accepted(history)) await store.append(streamId, [event], { expectedRevision: 'any' });
}

const bars = (from: number, count: number): Happened[] => Array.from({ length: count }, (_, i) => bar(['2025-11-03', '2025-11-04', '2025-11-05', '2025-11-06', '2025-11-07'][(from + i) % 5] as string, 10 + from + i, { id: testId(from + i) }));

async function foldedWhole(store: EventStore, projections = small): Promise<Record<string, string>> {
  const runner = start(store, { projections, snapshots: null });
  await runner.settled();
  const hashes = hashesOf(runner);
  await stop(runner);
  return hashes;
}

describe('a start from a snapshot', () => {
  it('gives the state hash of a whole fold, wherever the log was cut', async () => {
    await fc.assert(
      fc.asyncProperty(aHistory, fc.array(fc.nat(25), { maxLength: 4 }), async (history, cuts) => {
        rmSync(folder, { recursive: true, force: true });
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
    expect(told).toEqual([]);
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
    if (how === 'deleted') rmSync(folder, { recursive: true });
    if (how === 'made of another log' || how === 'ahead of the log') {
      // A store restored from an older copy has the same id.
      next = openMemoryStore({ id });
      await append(next, how === 'ahead of the log' ? bars(1, 4) : bars(50, 12));
    }
    if (how === 'not LMDB') writeFileSync(path.join(folder, 'data.mdb'), 'something else that is long enough to be read');
    if (how === 'damaged') damage('"names":["bar:acme"');
    let snapshots: Snapshots | null = null;
    if (how === 'not LMDB') expect(() => openSnapshots(folder)).toThrow(SnapshotsUnusableError);
    else snapshots = openSnapshots(folder);
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

  it('can be deleted while it is used', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 10));
    await stop(await settled(start(store)));
    const runner = await settled(start(store));
    rmSync(folder, { recursive: true });
    await append(store, bars(11, 3));
    await runner.waitFor((await store.head()) as string, 5000);
    await runner.save();
    expect(hashesOf(runner)).toEqual(await foldedWhole(store));
  });
});

/** Changes a byte behind every place in the snapshots where the text stands. */
function damage(text: string): void {
  const file = path.join(folder, 'data.mdb');
  const bytes = readFileSync(file);
  let found = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    bytes[at + text.length] = (bytes[at + text.length] as number) ^ 1;
    found += 1;
  }
  expect(found).toBeGreaterThan(0);
  writeFileSync(file, bytes);
}

async function settled(runner: Runner): Promise<Runner> {
  await runner.settled();
  return runner;
}

async function* counted<T extends { kind: string }>(messages: AsyncIterable<T>, add: (count: number) => void): AsyncGenerator<T> {
  for await (const message of messages) {
    if (message.kind === 'events') add((message as unknown as { events: unknown[] }).events.length);
    yield message;
  }
}

describe('verifying snapshots', () => {
  const verify = async (store: EventStore, projections = small): Promise<string[]> => {
    const snapshots = openSnapshots(folder);
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
    expect(await verify(store)).toContainEqual(expect.stringMatching(/market-value@2.*is damaged in market-value@2, values 0/));
  });

  it('finds rows that a fold of the log does not give: a projection that was changed without a new version', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 10));
    await stop(await settled(start(store)));
    const changed = small.map((projection) => (projection.name === 'market-value' ? { ...projection, evolve: () => {} } : projection));
    expect(await verify(store, changed)).toEqual([expect.stringMatching(/^market-value@2 is not what a fold of the log gives/)]);
  });
});

describe('a new version', () => {
  /** The closes, and, from version 2 on, twice that. */
  const closes = (version: number, more: Partial<Projection> = {}): Projection => ({
    ...defineProjection('closes', version, (type, data: { close: number }) => (type === 'BarClosed' ? { series: 'closes', value: data.close * version } : null)),
    initial: () => emptyLedger(3),
    ...more,
  });
  const view = (runner: Runner, basis?: string): Answer<unknown> =>
    answerFrom(runner, basis === undefined ? {} : { basis }, (context) => answer(context, readRows<number>(reader(context, 'closes'), 'closes').map((row) => row.value).sort((a, b) => a - b)));

  /** A store whose reading of old events waits to be let go. */
  function slow(store: EventStore): { store: EventStore; release: () => void } {
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let reads = 0;
    return {
      release: () => release(),
      store: {
        ...store,
        async *readAll(options) {
          // The first read asks whether the log is the one that the snapshot was made of.
          if (++reads > 1) await gate;
          yield* store.readAll(options);
        },
      },
    };
  }

  it('folds from the start while the old snapshot serves, marked stale', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 8));
    await stop(await settled(start(store, { projections: [closes(1)] })));
    await append(store, bars(9, 2));
    const held = slow(store);
    const runner = start(held.store, { projections: [closes(2)] });
    await runner.caughtUp();
    const old = view(runner);
    expect(old).toMatchObject({ body: [11, 12, 13, 14, 15, 16, 17, 18], versions: ['closes@1'], stale: ['closes@1'] });
    // Its basis says what it shows.
    expect(openContext(runner, { basis: old.basis }).sight.order).toBe(8);
    // What lies beyond can't be promised now.
    expect(() => view(runner, openContext(runner, {}).basis)).toThrow('closes has what was stored by an earlier event only');
    held.release();
    await runner.settled();
    expect(view(runner)).toMatchObject({ body: [22, 24, 26, 28, 30, 32, 34, 36, 38, 40], versions: ['closes@2'], stale: [] });
    expect(hashesOf(runner)).toEqual(await foldedWhole(store, [closes(2)]));
  });

  it('does not let a snapshot serve whose rows its queries can not read', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 8));
    await stop(await settled(start(store, { projections: [closes(1)] })));
    const held = slow(store);
    const runner = start(held.store, { projections: [closes(2, { readableSince: 2 })] });
    await runner.caughtUp();
    expect(() => view(runner)).toThrow('projection closes folds anew: 0 of 8 events');
    held.release();
    await runner.settled();
    expect(view(runner).versions).toEqual(['closes@2']);
  });

  it('leaves the old snapshot: the old program still starts on it', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 8));
    await stop(await settled(start(store, { projections: [closes(1)] })));
    await stop(await settled(start(store, { projections: [closes(2)] })));
    await append(store, bars(9, 1));
    const held = slow(store);
    const runner = start(held.store, { projections: [closes(1)] });
    // Nothing old is read: the gate stays shut.
    await runner.settled();
    expect(view(runner)).toMatchObject({ body: [11, 12, 13, 14, 15, 16, 17, 18, 19], versions: ['closes@1'], stale: [] });
    expect(hashesOf(runner)).toEqual(await foldedWhole(store, [closes(1)]));
    held.release();
  });

  it('goes on after a restart where it was, the old one serving until it is there', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 8));
    await stop(await settled(start(store, { projections: [closes(1)] })));
    const halfway: EventStore = {
      ...store,
      async *readAll(options) {
        let given = 0;
        for await (const batch of store.readAll(options)) {
          for (const event of batch) {
            if (options?.from === 'start' && ++given > 4) throw new Error('the store went away');
            yield [event];
          }
        }
      },
    };
    const first = start(halfway, { projections: [closes(2)] });
    await first.caughtUp();
    await until(() => first.states.get('closes')?.order === 4);
    await stop(first);
    const held = slow(store);
    const runner = start(held.store, { projections: [closes(2)] });
    await runner.caughtUp();
    expect(runner.states.get('closes')?.order).toBe(4);
    expect(view(runner)).toMatchObject({ versions: ['closes@1'], stale: ['closes@1'] });
    held.release();
    await runner.settled();
    expect(hashesOf(runner)).toEqual(await foldedWhole(store, [closes(2)]));
  });
});

describe('a projection that threw', () => {
  const fragile = (fails: boolean): Projection => ({
    ...defineProjection('closes', 1, (_type, data: { close: number }) => {
      if (fails && data.close === 15) throw new Error('can not fold 15');
      return { series: 'closes', value: data.close };
    }),
    initial: () => emptyLedger(3),
  });

  it('serves its last good state, marked stale, and recovers on restart with a mended program', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 8));
    const broken = await settled(start(store, { projections: [fragile(true), ...small] }));
    expect(broken.states.get('closes')).toMatchObject({ order: 4, fault: { message: 'can not fold 15' } });
    expect(broken.states.get('market-value')?.order).toBe(8);
    const answered = answerFrom(broken, {}, (context) => answer(context, readRows<number>(reader(context, 'closes'), 'closes').map((row) => row.value).sort((a, b) => a - b)));
    expect(answered).toMatchObject({ body: [11, 12, 13, 14], stale: ['closes@1'] });
    await stop(broken);
    const mended = await settled(start(store, { projections: [fragile(false), ...small] }));
    expect(mended.states.get('closes')).toMatchObject({ order: 8, fault: null });
    expect(hashesOf(mended)).toEqual(await foldedWhole(store, [fragile(false), ...small]));
  });

  it('and throws again stays where it was', async () => {
    const store = openMemoryStore();
    await append(store, bars(1, 8));
    await stop(await settled(start(store, { projections: [fragile(true)] })));
    const again = await settled(start(store, { projections: [fragile(true)] }));
    expect(again.states.get('closes')).toMatchObject({ order: 4, fault: { message: 'can not fold 15' } });
    expect(rowCount(ledgerOf(again, 'closes'))).toBe(4);
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
