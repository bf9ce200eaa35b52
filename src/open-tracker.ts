/** Opens what the settings name: the store, its snapshots, and the projections over both. */
import path from 'node:path';
import type { Projection } from '../projections/index.js';
import type { Config } from './config.js';
import { openSnapshots, SnapshotsUnusableError, type Snapshots } from './projecting/snapshots.js';
import { folderOf, openStore } from './store/open.js';
import type { EventStore } from './store/port.js';
import { startTracker, type Tracker } from './tracker.js';

export interface OpenTrackerOptions {
  /** The store is not written: one with a misspelt name is then not created. */
  readOnly?: boolean;
  /** Snapshots are read, not saved: for commands that are soon over. */
  saveSnapshots?: boolean;
  /** Those that are folded (default: all). */
  projections?: readonly Projection[] | undefined;
  /** The store, with whatever measures it around it. */
  timed?: (store: EventStore) => EventStore;
  log: (message: string) => void;
}

/** @throws StoreOpenError */
export async function openTracker(config: Config, { readOnly = false, saveSnapshots = false, projections, timed = (store) => store, log }: OpenTrackerOptions): Promise<Tracker> {
  const store = timed(await openStore(config.store, { readOnly, log }));
  return startTracker(store, { prefix: config.prefix, snapshots: snapshotsOf(config, !saveSnapshots, log), ...(projections ? { projections } : {}), log });
}

/** Where the snapshots lie: as set, else in the embedded store's folder, else in ./data/snapshots. Null: nowhere. */
export function snapshotFolder({ store, snapshots }: Pick<Config, 'store' | 'snapshots'>): string | null {
  if (snapshots === 'off' || /^memory:/i.test(store)) return null;
  return path.resolve(snapshots ?? path.join(folderOf(store) ?? 'data', 'snapshots'));
}

/** Snapshots are a cache: where they can't be had, everything works without. */
export function snapshotsOf(config: Config, readOnly: boolean, log: (message: string) => void): Snapshots | null {
  const folder = snapshotFolder(config);
  if (folder === null) return null;
  try {
    return openSnapshots(folder, { readOnly });
  } catch (error) {
    if (!(error instanceof SnapshotsUnusableError)) throw error;
    // A reader finds none where nobody saved any: nothing to tell.
    if (!readOnly) log(error.message);
    return null;
  }
}
