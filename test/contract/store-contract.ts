/**
 * What every event store promises, as tests that an adapter's author runs against it:
 *
 *   describeStore('my store', { open: async (options) => …, reopen: async (store, options) => … });
 *
 * `open` gives a store of its own, empty of application events, each time. Stores with a clock of their own say
 * `injectedClock: false`; `reopen` closes the store and opens the same log again. After each test, stores are closed.
 */
import { afterEach, describe } from 'vitest';
import type { EventStore } from '../../src/store/port.js';
import { appending } from './appending.js';
import { appendingOnce } from './appending-once.js';
import { reading } from './reading.js';
import { subscribing } from './subscribing.js';

export { all, event, events, follow } from './support.js';

export interface StoreUnderTest {
  open(options: { now: () => Date }): Promise<EventStore>;
  /** Closes the store and opens the same log again; absent: what it holds dies with it. */
  reopen?: (store: EventStore, options: { now: () => Date }) => Promise<EventStore>;
  /** Whether recordedAt comes from the clock given to `open` (default true). */
  injectedClock?: boolean;
  /** Called after each test. */
  cleanUp?(): Promise<void>;
}

export function describeStore(name: string, adapter: StoreUnderTest): void {
  const opened: EventStore[] = [];
  let time = Date.UTC(2025, 10, 3, 14, 30);
  const now = (): Date => new Date(time);
  const { reopen } = adapter;
  const kept = (store: EventStore): EventStore => {
    opened.push(store);
    return store;
  };
  const bench = {
    open: async () => kept(await adapter.open({ now })),
    reopen: reopen && (async (store: EventStore) => kept(await reopen(store, { now }))),
    clock: { now, advance: (milliseconds: number) => void (time += milliseconds), injected: adapter.injectedClock !== false },
  };

  describe(name, () => {
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
      await adapter.cleanUp?.();
    });
    appending(bench);
    reading(bench);
    subscribing(bench);
    appendingOnce(bench);
  });
}
