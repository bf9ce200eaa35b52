/**
 * When snapshots are saved: after many events, after some time with any, and at the end. What is saved is gathered at
 * once, between two events, and written beside the folding. A save that fails costs time at the next start, nothing
 * else: it is told, and tried again later.
 */
import type { ProjectionState } from './fold.js';
import { lastOrder, type LogIndex } from './log-index.js';
import { logKey, releaseChunks, saveOf, saveOfLog } from './restore.js';
import { snapshotKey, type Snapshots } from './snapshots.js';

export interface Saver {
  /** To be called when events were folded. */
  changed(): void;
  /** Saves what was not saved; resolves when it is on disk, or failed and was told. */
  save(): Promise<void>;
}

export interface SaverOptions {
  snapshots: Snapshots;
  storeId: string;
  prefix: string;
  states: ReadonlyMap<string, ProjectionState>;
  log: LogIndex;
  /** Id of the last event that was folded. */
  lastId: () => string;
  /** How many chunks of the log index are in the snapshot; null when there is none that fits. */
  savedLog: number | null;
  tell: (message: string) => void;
}

const EVERY_EVENTS = 100_000;
const EVERY_MS = 30_000;

export function createSaver({ snapshots, storeId, prefix, states, log, lastId, savedLog, tell }: SaverOptions): Saver {
  let savedOrder = sumOfOrders(states);
  let savedAt = Date.now();
  let running: Promise<void> | null = null;
  // A state that stands still need not be written again.
  const savedOrders = new Map<string, number>([...states.values()].flatMap((state) => (state.saved === null ? [] : [[state.projection.name, state.order]])));

  async function write(): Promise<void> {
    const now = new Date().toISOString();
    const due = [...states.values()].filter((state) => state.order > 0 && savedOrders.get(state.projection.name) !== state.order);
    savedOrder = sumOfOrders(states);
    savedAt = Date.now();
    if (due.length === 0) return;
    const parts = due.map((state) => ({ state, key: snapshotKey(storeId, prefix, state.projection), order: state.order, from: state.saved ?? 0, chunks: state.ledger.chunks.length }));
    const logChunks = log.chunks.length;
    const firstLogChunk = savedLog ?? 0;
    try {
      await snapshots.save([saveOfLog(logKey(storeId, prefix), log, lastId(), savedLog, now), ...parts.map(({ state, key }) => saveOf(key, state, log, now))]);
    } catch (error) {
      tell(`snapshots: ${(error as Error).message}`);
      return;
    }
    log.chunks.slice(firstLogChunk, logChunks).forEach((chunk, index) => {
      chunk.bytes = () => snapshots.part(logKey(storeId, prefix), 'entries', firstLogChunk + index);
    });
    savedLog = logChunks;
    for (const { state, key, order, from, chunks } of parts) {
      releaseChunks(snapshots, key, state.ledger.chunks.slice(0, chunks), from);
      state.saved = chunks;
      savedOrders.set(state.projection.name, order);
    }
  }

  const start = (): Promise<void> => (running ??= write().finally(() => (running = null)));
  return {
    changed() {
      if (snapshots.readOnly) return;
      const events = sumOfOrders(states) - savedOrder;
      if (events >= EVERY_EVENTS * states.size || (events > 0 && Date.now() - savedAt >= EVERY_MS)) void start();
    },
    async save() {
      if (snapshots.readOnly) return;
      // One that is under way may have begun before the last events.
      await running;
      if (lastOrder(log) > 0) await start();
    },
  };
}

function sumOfOrders(states: ReadonlyMap<string, ProjectionState>): number {
  let sum = 0;
  for (const state of states.values()) sum += state.order;
  return sum;
}
