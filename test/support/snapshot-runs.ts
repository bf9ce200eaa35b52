/** Runners on snapshots of a folder of their own, for tests: started, stopped and cleared away after each. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { emptyLedger, marketValue, sentiment, timeline, type Projection } from '../../projections/index.js';
import { startRunner, type Runner } from '../../src/projecting/runner.js';
import { openSnapshots, type Snapshots } from '../../src/projecting/snapshots.js';
import type { EventStore } from '../../src/store/port.js';
import { accepted, bar, testId, type Happened } from './given.js';
import { hashesOf } from './in-process.js';

let running: Runner[] = [];

/** This test's folder, and what its runners told. */
export const here = { folder: '', told: [] as string[] };

/** To be called once in a test file. */
export function clearAwayAfterEach(): void {
  beforeEach(() => {
    here.folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-snapshots-'));
    here.told = [];
  });
  afterEach(async () => {
    for (const runner of running) await runner.close();
    running = [];
    rmSync(here.folder, { recursive: true, force: true });
  });
}

/** Projections whose chunks are small, so that a few events fill several. */
export const small = [marketValue, sentiment, timeline].map((projection): Projection => ({ ...projection, initial: () => emptyLedger(3) }));

export function start(store: EventStore, { projections = small, snapshots = openSnapshots(here.folder) }: { projections?: readonly Projection[]; snapshots?: Snapshots | null } = {}): Runner {
  const runner = startRunner(store, { prefix: 'market.', projections, snapshots, log: (message) => here.told.push(message) });
  running.push(runner);
  return runner;
}

export async function stop(runner: Runner): Promise<void> {
  running = running.filter((other) => other !== runner);
  await runner.close();
}

export async function append(store: EventStore, history: readonly Happened[]): Promise<void> {
  for (const { streamId, event } of accepted(history)) await store.append(streamId, [event], { expectedRevision: 'any' });
}

export const bars = (from: number, count: number): Happened[] => Array.from({ length: count }, (_, i) => bar(['2025-11-03', '2025-11-04', '2025-11-05', '2025-11-06', '2025-11-07'][(from + i) % 5] as string, 10 + from + i, { id: testId(from + i) }));

export async function foldedWhole(store: EventStore, projections = small): Promise<Record<string, string>> {
  const runner = start(store, { projections, snapshots: null });
  await runner.settled();
  const hashes = hashesOf(runner);
  await stop(runner);
  return hashes;
}

export async function settled(runner: Runner): Promise<Runner> {
  await runner.settled();
  return runner;
}
