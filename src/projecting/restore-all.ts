/** The runner's beginning: the log index and every state that a snapshot holds, and older versions that serve meanwhile. */
import type { Instant } from '../../events/index.js';
import { rowCount, type Ledger } from '../../projections/index.js';
import type { EventStore, Position } from '../store/port.js';
import type { ProjectionState } from './fold.js';
import { lastOrder, positionOf, type LogIndex } from './log-index.js';
import { findHead, findOlder, recordedClock, restoreLedger, restoreLog, restoreState } from './restore.js';
import { snapshotKey, type Head, type Snapshots } from './snapshots.js';

/** An older version's state: its rows answer, up to its order, while the new version folds. */
export interface StaleState {
  version: number;
  ledger: Ledger;
  order: number;
}

export interface Restored {
  stale: Map<string, StaleState>;
  position: Position;
  eventId: string;
  recorded: Instant;
  /** How many chunks of the log index are in the snapshot. */
  saved: number;
}

export interface RestoreOptions {
  snapshots: Snapshots;
  store: EventStore;
  prefix: string;
  /** Empty ones; those that a snapshot holds are filled. */
  states: Map<string, ProjectionState>;
  log: LogIndex;
  /** Names that are folded anew whatever snapshot they have. */
  anew: ReadonlySet<string>;
  tell: (message: string) => void;
}

/** @returns null when there is nothing to begin with; whatever can't be used is told, and folded anew */
export async function restoreAll({ snapshots, store, prefix, states, log, anew, tell }: RestoreOptions): Promise<Restored | null> {
  const attempt = async <T>(what: string, work: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      tell(`snapshots: ${what} can't be read and is left: ${(error as Error).message}`);
      return null;
    }
  };
  const found = await attempt('the log index', () => restoreLog(snapshots, store, prefix));
  if (!found) return null;
  log.chunks.push(...found.log.chunks);
  Object.assign(log.tail, found.log.tail);
  const heads = snapshots.heads();
  const stale = new Map<string, StaleState>();
  // A snapshot that is ahead of the log index is of no log that is known here.
  const usable = (head: Head | null): head is Head => head !== null && head.order <= lastOrder(log);
  for (const [name, { projection }] of states) {
    if (anew.has(name)) continue;
    const key = snapshotKey(store.id, prefix, projection);
    const own = findHead(heads, key);
    const state = usable(own) ? await attempt(`${name}@${own.version}`, () => restoreState(snapshots, own, projection)) : null;
    if (state) states.set(name, state);
    if ((state?.order ?? 0) === lastOrder(log)) continue;
    const older = findOlder(heads, key, projection);
    const ledger = usable(older) ? await attempt(`${name}@${older.version}`, () => restoreLedger(snapshots, older, projection.initial())) : null;
    if (ledger && older && rowCount(ledger) > 0) {
      stale.set(name, { version: older.version, ledger, order: older.order });
      tell(`projection ${name}: version ${projection.version} folds anew, version ${older.version} serves what it had by order ${older.order}`);
    }
  }
  return { stale, position: positionOf(log, lastOrder(log)), eventId: found.eventId, recorded: recordedClock(log), saved: found.saved };
}
