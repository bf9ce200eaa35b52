/**
 * The store in a folder: LMDB underneath, no server. Several processes may use one folder at the same time, so that
 * `tracker append` beside a running server is safe. Reading is in pages.ts, writing in writer.ts.
 */
import { checkAppend, checkLimit, copyJson } from '../checks.js';
import { StoreClosedError, StoreOpenError, type EventStore, type NewEvent, type ReadStreamOptions, type RecordedEvent } from '../port.js';
import { createBell, followLog, readLog, toPosition, type SequenceLog } from '../sequence-log.js';
import { openEnvironment } from './environment.js';
import { mergeIsWorthwhile, mergeStep } from './merge.js';
import { lastSequence, pageAfter, pageBefore, refresh, streamBackwards, streamForwards } from './pages.js';
import { createWriter } from './writer.js';

export interface EmbeddedStoreOptions {
  /** The clock behind recordedAt. */
  now?: () => Date;
  /** Reads only; a missing store is not created. */
  readOnly?: boolean;
  /** How often subscribers look for the appends of other processes, in milliseconds. */
  pollMs?: number;
  /** How often the store looks after itself (dead readers, small blocks), in milliseconds; default 30,000. */
  upkeepMs?: number;
}

export interface EmbeddedStore extends EventStore {
  /**
   * Merges adjacent small blocks; the store does it by itself when it is idle. Safe beside readers and other processes.
   * @returns how many blocks were done away with
   * @throws StoreClosedError, StoreFullError
   */
  mergeSmallBlocks(): Promise<number>;
}

/**
 * Opens the store in a folder, creating it when it is missing. Events are on disk when append resolves.
 * @throws StoreOpenError
 */
export async function openEmbeddedStore(folder: string, options: EmbeddedStoreOptions = {}): Promise<EmbeddedStore> {
  const { now = () => new Date(), readOnly = false, pollMs = 50, upkeepMs = 30_000 } = options;
  const environment = openEnvironment(folder, readOnly);
  const bell = createBell();
  let closing: Promise<void> | undefined;
  let released = false;
  const open = (): void => {
    if (closing) throw new StoreClosedError();
  };
  const last = (): number => {
    open();
    refresh(environment);
    return lastSequence(environment);
  };

  // One timer for all who wait. It runs only while somebody does, and then keeps the process alive.
  let poll: NodeJS.Timeout | undefined;
  const lookForOthers = (): void => {
    if (bell.waiting === 0 || closing) {
      clearInterval(poll);
      poll = undefined;
    } else bell.ringFor(last());
  };
  const log: SequenceLog = {
    last,
    pageAfter: (after) => (open(), pageAfter(environment, after)),
    pageBefore: (before) => (open(), pageBefore(environment, before)),
    changed: (after, signal) => {
      poll ??= setInterval(lookForOthers, pollMs);
      return bell.wait(after, signal);
    },
  };
  const writer = createWriter(environment, now, (sequence) => bell.ringFor(sequence));

  async function mergeSmallBlocks(): Promise<number> {
    let total = 0;
    for (;;) {
      const { removed, more } = await writer.run(() => mergeStep(environment));
      total += removed;
      if (!more || closing) return total;
    }
  }

  const upkeep = (): void => {
    if (closing) return;
    environment.root.readerCheck();
    // Upkeep may fail as any write may; nothing is lost by trying again later.
    if (!readOnly && mergeIsWorthwhile(environment)) mergeSmallBlocks().catch(() => undefined);
  };
  const upkeepTimers = [setTimeout(upkeep, 1000).unref(), setInterval(upkeep, upkeepMs).unref()];

  function readStream(streamId: string, read: ReadStreamOptions): RecordedEvent[] {
    open();
    const { direction = 'forwards' } = read;
    const from = read.from ?? (direction === 'forwards' ? 'start' : 'end');
    const limit = checkLimit(read.limit ?? 1000);
    refresh(environment);
    if (direction === 'forwards') return from === 'end' ? [] : streamForwards(environment, streamId, from === 'start' ? 0 : from + 1, limit);
    return from === 'start' ? [] : streamBackwards(environment, streamId, from === 'end' ? Number.MAX_SAFE_INTEGER : from - 1, limit);
  }

  async function close(): Promise<void> {
    for (const timer of upkeepTimers) clearTimeout(timer);
    clearInterval(poll);
    bell.ring();
    await writer.drained();
    released = true;
    await environment.root.close();
  }

  return {
    id: environment.id,
    appendsInOrder: true,
    append: async (streamId, events, { expectedRevision }) => {
      open();
      if (readOnly) throw new StoreOpenError(`${folder} was opened read-only: open it without that to append`);
      const sizes = checkAppend(streamId, events, expectedRevision);
      // Encoding happens later, in the transaction: a caller who changes the events meanwhile must not change what is stored.
      return writer.append(streamId, events.map(copyEvent), sizes, expectedRevision);
    },
    readStream: async (streamId, read = {}) => readStream(streamId, read),
    readAll: (read) => readLog(log, read),
    subscribe: (subscription) => followLog(log, subscription),
    head: async () => {
      const sequence = last();
      return sequence === 0 ? null : toPosition(sequence);
    },
    close: () => (closing ??= close()),
    mergeSmallBlocks: async () => {
      open();
      if (readOnly) throw new StoreOpenError(`${folder} was opened read-only: open it without that to merge`);
      return released ? 0 : mergeSmallBlocks();
    },
  };
}

function copyEvent({ id, type, data, metadata }: NewEvent): NewEvent {
  return { id, type, data: copyJson(data), metadata: copyJson(metadata) };
}
