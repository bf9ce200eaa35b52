/** Trackers for tests, in this process: on a memory store with an injected clock, seeded or empty, served or not. */
import path from 'node:path';
import { serve, type ServeOptions } from '../../src/http/server.js';
import { loadSeeds } from '../../src/seeding/load.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import type { Ledger } from '../../projections/index.js';
import type { Runner } from '../../src/projecting/runner.js';
import { stateHash } from '../../src/projecting/state-hash.js';
import { startTracker, type Tracker, type TrackerOptions } from '../../src/tracker.js';
import { seedStore } from '../../src/writing/seed.js';
import { accepted, type Happened } from './given.js';

export const SEEDS = path.resolve(import.meta.dirname, '../../seeds');
/** The clock of the tests: after everything that the seeds publish. */
export const NOW = '2026-09-01T00:00:00.000Z';

export function emptyTracker(options: TrackerOptions = {}): Tracker {
  const now = options.now ?? (() => new Date(NOW));
  return startTracker(openMemoryStore({ now }), { ...options, now });
}

export async function seededTracker(options: TrackerOptions = {}): Promise<Tracker> {
  const tracker = emptyTracker(options);
  await seedStore(tracker.store, await loadSeeds([SEEDS], tracker));
  const head = await tracker.store.head();
  if (head !== null && !(await tracker.runner.waitFor(head, 20_000))) throw new Error('the projections did not reach the head');
  return tracker;
}

/** A tracker that holds a history, in its order. */
export async function trackerOf(history: readonly Happened[], options: TrackerOptions = {}): Promise<Tracker> {
  const tracker = emptyTracker(options);
  for (const { streamId, event } of accepted(history)) await tracker.store.append(streamId, [event], { expectedRevision: 'any' });
  const head = await tracker.store.head();
  if (head !== null && !(await tracker.runner.waitFor(head, 20_000))) throw new Error('the projections did not reach the head');
  return tracker;
}

export interface Served {
  tracker: Tracker;
  url: string;
  logged: string[];
  close(): Promise<void>;
}

export async function served(tracker: Tracker, options: Partial<ServeOptions> = {}): Promise<Served> {
  const logged: string[] = [];
  const server = await serve(tracker, { host: '127.0.0.1', port: 0, log: (message) => logged.push(message), ...options });
  return {
    tracker,
    url: server.url,
    logged,
    async close() {
      await server.close();
      await tracker.close();
    },
  };
}

/** A projection's ledger. */
export function ledgerOf(runner: Runner, name: string): Ledger {
  const state = runner.states.get(name);
  if (!state) throw new Error(`no projection ${name}`);
  return state.ledger;
}

/** State hashes by name@version: a hash that changes wants another version. */
export function hashesOf(runner: Runner): Record<string, string> {
  return Object.fromEntries([...runner.states.values()].map((state) => [`${state.projection.name}@${state.projection.version}`, stateHash(state)]));
}
