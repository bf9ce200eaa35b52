/** New versions of a projection fold beside the old snapshot, and one that threw serves what it had. */
import { describe, expect, it } from 'vitest';
import { defineProjection, emptyLedger, readRows, rowCount, type Projection } from '../../projections/index.js';
import type { Runner } from '../../src/projecting/runner.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import type { EventStore } from '../../src/store/port.js';
import { answer, answerFrom, openContext, reader, type Answer } from '../../src/views/context.js';
import { hashesOf, ledgerOf } from '../support/in-process.js';
import { append, bars, clearAwayAfterEach, foldedWhole, settled, small, start, stop } from '../support/snapshot-runs.js';

clearAwayAfterEach();

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
