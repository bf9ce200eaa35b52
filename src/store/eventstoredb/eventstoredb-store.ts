/**
 * The store on EventStoreDB (also KurrentDB): the port over the client @eventstore/db-client, whose traps are guarded in
 * the files beside this one. Appends have a connection of their own, so that a failed one disturbs no reader.
 */
import { checkAppend, checkLimit } from '../checks.js';
import { InvalidEventError, StoreClosedError, StoreOpenError, type AppendResult, type EventStore, type ReadStreamOptions } from '../port.js';
import { createAppend } from './appending.js';
import { parseConnectionString } from './connection-string.js';
import { openConnection } from './connection.js';
import { AccessDeniedError, EventStoreUnavailableError } from './errors.js';
import { createFeed, type Feed } from './feed.js';
import { followLog } from './following.js';
import { readIdentity } from './identity.js';
import { createReader, readLog } from './reading.js';
import { IDENTITY_STREAM } from './records.js';
import type { State } from './supervisor.js';

export interface EventStoreDbOptions {
  /** Appends are refused, and a log without an id is not given one. */
  readOnly?: boolean;
  /** How long one call may take without an answer; default 10,000 or the connection string's defaultDeadline. */
  timeoutMs?: number;
  /** How long failures that may pass are met with another attempt; default 15,000. */
  patienceMs?: number;
  /** After this long without a sign of life from the subscription the watchdog looks at the log; default 10,000. */
  quietMs?: number;
  /** How many events are kept for a subscriber who is slower than the log, before it reads again; default 1,000. */
  backlog?: number;
  /** Told of reconnections, in sentences. */
  log?: (message: string) => void;
}

export interface EventStoreDbStore extends EventStore {
  /** How the subscription stands that all subscribers share; null while nobody subscribes. */
  feedState(): State | null;
}

/**
 * Opens the log behind a connection string such as `esdb://admin:changeit@host:2113`. The address is tried before this
 * resolves: a wrong one, or a user who may not read $all, is told at once.
 * @throws StoreOpenError
 */
export async function openEventStoreDb(url: string, options: EventStoreDbOptions = {}): Promise<EventStoreDbStore> {
  const { readOnly = false, patienceMs = 15_000, quietMs = 10_000, backlog = 1000, log = () => undefined } = options;
  const settings = parseConnectionString(url);
  const patience = { timeoutMs: options.timeoutMs ?? settings.numbers.defaultDeadline ?? 10_000, patienceMs };
  const readConnection = openConnection(settings);
  const appendConnection = openConnection(settings);
  const reader = createReader(readConnection, patience);
  const appendChecked = createAppend(appendConnection, reader, patience);
  const release = async (): Promise<void> => {
    await Promise.all([readConnection.close(), appendConnection.close()]);
  };

  let id: string;
  try {
    await reader.last();
    id = await readIdentity(reader, appendChecked, readOnly);
  } catch (error) {
    await release();
    if (error instanceof AccessDeniedError || error instanceof EventStoreUnavailableError) throw new StoreOpenError(error.message, { cause: error });
    throw error instanceof StoreOpenError ? error : new StoreOpenError(`cannot open EventStoreDB at ${settings.where}: ${(error as Error).message}`, { cause: error });
  }

  let closing: Promise<void> | undefined;
  let feed: Feed | undefined;
  const accepted = new Set<Promise<unknown>>();
  const open = (): void => {
    if (closing) throw new StoreClosedError();
  };
  const theFeed = (): Feed => {
    open();
    const mine: Feed = (feed ??= createFeed(readConnection, reader, { ...patience, quietMs, backlog, log }, () => {
      if (feed === mine) feed = undefined;
    }));
    return mine;
  };

  async function append(...[streamId, events, { expectedRevision }]: Parameters<EventStore['append']>): Promise<AppendResult> {
    open();
    if (readOnly) throw new StoreOpenError('the store was opened read-only: open it without that to append');
    checkAppend(streamId, events, expectedRevision);
    if (streamId === IDENTITY_STREAM) throw new InvalidEventError('streamId', `${IDENTITY_STREAM} holds the store's id`);
    const appended = appendChecked(streamId, events, expectedRevision);
    accepted.add(appended);
    return appended.finally(() => accepted.delete(appended));
  }

  async function close(): Promise<void> {
    feed?.close(new StoreClosedError());
    await Promise.allSettled(accepted);
    await release();
  }

  return {
    id,
    append,
    readStream: async (streamId, read: ReadStreamOptions = {}) => {
      open();
      const { direction = 'forwards' } = read;
      return reader.stream(streamId, { direction, from: read.from ?? (direction === 'forwards' ? 'start' : 'end'), limit: checkLimit(read.limit ?? 1000) });
    },
    readAll: (read) => readLog(reader, () => closing !== undefined, read),
    subscribe: (subscription) => {
      open();
      return followLog(reader, theFeed, subscription);
    },
    head: async () => {
      open();
      return reader.last();
    },
    close: () => (closing ??= close()),
    feedState: () => feed?.state() ?? null,
  };
}
