/** A tracker: a store, the projections that follow it, and the clock. What the API, the commands and tests work on. */
import { instant, type Instant } from '../events/index.js';
import { projections, type Projection } from '../projections/index.js';
import { startRunner, type Runner } from './projecting/runner.js';
import type { Snapshots } from './projecting/snapshots.js';
import type { EventStore } from './store/port.js';

export interface Tracker {
  store: EventStore;
  runner: Runner;
  /** What the streams begin with that new events go to. */
  prefix: string;
  /** What the streams begin with that are read: its own, and in a scenario on the real world those too. */
  prefixes: readonly string[];
  now: () => Instant;
  /** Where its projections are saved. */
  snapshots: Snapshots | null;
  /** Stops the projections and closes the store. */
  close(): Promise<void>;
}

export interface TrackerOptions {
  prefix?: string;
  now?: () => Date;
  projections?: readonly Projection[];
  /** Where projections begin and are saved; the tracker closes it. */
  snapshots?: Snapshots | null;
  log?: (message: string) => void;
}

/** Starts the projections over an open store. The tracker owns the store from here on. */
export function startTracker(store: EventStore, options: TrackerOptions = {}): Tracker {
  const prefix = options.prefix ?? 'market.';
  const now = options.now ?? (() => new Date());
  const snapshots = options.snapshots ?? null;
  const runner = startRunner(store, { prefix, projections: options.projections ?? projections, snapshots, ...(options.log ? { log: options.log } : {}) });
  return {
    store,
    runner,
    prefix,
    prefixes: [prefix],
    snapshots,
    now: () => instant(now().getTime()),
    async close() {
      await runner.close();
      await store.close();
    },
  };
}
