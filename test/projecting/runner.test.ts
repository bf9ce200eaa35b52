/** The runner: follows the store live, keeps going past bad events, and says when a projection stopped. */
import { afterEach, describe, expect, it } from 'vitest';
import { instant, parseNewEvent } from '../../events/index.js';
import { allRows, defineProjection, marketValue, rejections, rowCount, type Projection } from '../../projections/index.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import type { EventStore, JsonObject, RecordedEvent } from '../../src/store/port.js';
import { startRunner, type Runner } from '../../src/projecting/runner.js';
import { bar, testId } from '../support/given.js';
import { hashesOf, ledgerOf } from '../support/in-process.js';

let running: Runner[] = [];
afterEach(async () => {
  for (const runner of running) await runner.close();
  running = [];
});

function run(store: EventStore, projections: readonly Projection[] = [marketValue], log?: (message: string) => void): Runner {
  const runner = startRunner(store, { prefix: 'market.', projections, ...(log ? { log } : {}) });
  running.push(runner);
  return runner;
}

async function appendBar(store: EventStore, date: string, close: number, number: number): Promise<string> {
  const event = parseNewEvent(bar(date, close, { id: testId(number) }).input, { prefix: 'market.', now: instant(Date.parse('2026-06-01')), newId: () => testId(number) });
  return (await store.append(event.streamId, [{ id: event.id, type: event.type, data: event.data as JsonObject, metadata: event.metadata as JsonObject }], { expectedRevision: 'any' })).position;
}

describe('the runner', () => {
  it('folds what was stored before it started and what comes after', async () => {
    const store = openMemoryStore();
    await appendBar(store, '2025-11-03', 10, 1);
    const runner = run(store);
    await runner.caughtUp();
    expect(rowCount(ledgerOf(runner, 'market-value'))).toBe(1);
    expect(await runner.waitFor(await appendBar(store, '2025-11-04', 11, 2), 5000)).toBe(true);
    expect(rowCount(ledgerOf(runner, 'market-value'))).toBe(2);
    expect(runner.phase()).toBe('live');
  });

  it('has the same state hash folded whole or as it came', async () => {
    const store = openMemoryStore();
    const live = run(store);
    for (let i = 0; i < 5; i += 1) await live.waitFor(await appendBar(store, `2025-11-0${3 + i}`, 10 + i, i + 1), 5000);
    const whole = run(store);
    await whole.caughtUp();
    expect(hashesOf(whole)).toEqual(hashesOf(live));
  });

  it('counts an event that its schema rejects, the same live and on rebuild, and goes on', async () => {
    const store = openMemoryStore();
    const live = run(store);
    await store.append('market.instrument-acme', [{ id: testId(9), type: 'BarClosed', data: { close: 'high' }, metadata: { schemaVersion: 2, occurredAt: { unknown: true }, source: { document: 'x' } } }], { expectedRevision: 'any' });
    await store.append('market.instrument-acme', [{ id: testId(8), type: 'FromTheFuture', data: {}, metadata: {} }], { expectedRevision: 'any' });
    await live.waitFor(await appendBar(store, '2025-11-03', 10, 1), 5000);
    const rebuilt = run(store);
    await rebuilt.caughtUp();
    for (const runner of [live, rebuilt]) {
      expect(rejections(ledgerOf(runner, 'rejected'), 10).map((row) => [row.order, row.value.type])).toEqual([[1, 'BarClosed'], [2, 'FromTheFuture']]);
      expect([...allRows(ledgerOf(runner, 'market-value'))].map((row) => row.order)).toEqual([3]);
    }
  });

  it('stops a projection that throws, keeps its last good state, and lets the others go on', async () => {
    const store = openMemoryStore();
    const fragile = defineProjection('fragile', 1, (_type, data: { close: number }) => {
      if (data.close === 11) throw new Error('can not fold 11');
      return { series: 'x', value: data.close };
    });
    const runner = run(store, [fragile, marketValue]);
    for (let i = 0; i < 3; i += 1) await runner.waitFor(await appendBar(store, `2025-11-0${3 + i}`, 10 + i, i + 1), 5000);
    expect(runner.states.get('fragile')).toMatchObject({ order: 1, fault: { message: 'can not fold 11' } });
    expect(rowCount(ledgerOf(runner, 'fragile'))).toBe(1);
    expect(rowCount(ledgerOf(runner, 'market-value'))).toBe(3);
  });

  it('takes the subscription up again where it was when it fails or ends unasked', async () => {
    const store = openMemoryStore();
    let failures = 0;
    const flaky: EventStore = {
      ...store,
      id: store.id,
      append: store.append.bind(store),
      async *subscribe(options) {
        let delivered = 0;
        for await (const message of store.subscribe(options)) {
          yield message;
          if (message.kind === 'events' && ++delivered === 1 && failures < 4) {
            failures += 1;
            if (failures % 2 === 0) return;
            throw new Error('the connection dropped');
          }
        }
      },
    };
    const told: string[] = [];
    const runner = run(flaky, [marketValue], (message) => told.push(message));
    let last = '';
    for (let i = 0; i < 5; i += 1) last = await appendBar(store, `2025-11-0${3 + i}`, 10 + i, i + 1);
    expect(await runner.waitFor(last, 10_000)).toBe(true);
    expect([...allRows(ledgerOf(runner, 'market-value'))].map((row) => row.order)).toEqual([1, 2, 3, 4, 5]);
    expect(told[0]).toMatch(/the connection dropped; trying again from .* in 100 ms/);
  });

  it('gives up waiting for a position that does not come', async () => {
    const runner = run(openMemoryStore());
    expect(await runner.waitFor('9999999999999999', 20)).toBe(false);
  });

  it.each([
    ['an event twice', (events: RecordedEvent[]) => [...events, events.at(-1) as RecordedEvent], /came at .* after .*: the store delivers events out of order or twice/, 'backing-off', [10, 11, 12, 13]],
    ['a stream with an event missing', (events: RecordedEvent[]) => events.filter((event) => event.revision !== 1), /revision 2 follows 0: the store left events out/, 'backing-off', [10]],
    // An event before those that are folded can't be folded any more: going on would leave it out for good.
    ['events in another order', (events: RecordedEvent[]) => [...events].reverse(), /out of order or twice/, 'stopped', [13]],
  ] as const)('says so with a named error, and folds no further, when the store delivers %s', async (_what, spoil, message, phase, folded) => {
    const store = openMemoryStore();
    for (let i = 0; i < 4; i += 1) await appendBar(store, `2025-11-0${3 + i}`, 10 + i, i + 1);
    const broken: EventStore = {
      ...store,
      async *subscribe(options) {
        for await (const delivered of store.subscribe(options)) yield delivered.kind === 'events' ? { ...delivered, events: spoil(delivered.events) } : delivered;
      },
    };
    const runner = run(broken);
    while (runner.problem() === null) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(runner.problem()).toMatchObject({ name: 'LogInvariantError' });
    expect(runner.problem()?.message).toMatch(message);
    expect(runner.phase()).toBe(phase);
    expect([...allRows(ledgerOf(runner, 'market-value'))].map((row) => (row.value as { close: number }).close)).toEqual(folded);
  });
});
