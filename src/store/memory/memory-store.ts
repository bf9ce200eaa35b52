/**
 * The store that lives and dies with the process: for tests, trials and `--store memory:`. It keeps its own copy of what
 * is appended and hands out frozen events, since every reader gets the same objects.
 */
import { randomUUID } from 'node:crypto';
import { checkAppend, checkLimit, copyJson, repetitionStart, revisionMatches } from '../checks.js';
import { createBell, followLog, readLog, toPosition, type SequenceLog } from '../sequence-log.js';
import { StoreClosedError, WrongExpectedRevisionError, type AppendResult, type EventStore, type NewEvent, type ReadStreamOptions, type RecordedEvent } from '../port.js';

const PAGE = 1024;

export interface MemoryStoreOptions {
  /** The clock behind recordedAt. */
  now?: () => Date;
  /** The store's id; a new UUID when absent. */
  id?: string;
}

/** Opens an empty store. */
export function openMemoryStore({ now = () => new Date(), id = randomUUID() }: MemoryStoreOptions = {}): EventStore {
  const events: RecordedEvent[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  const bell = createBell();
  let closed = false;

  const open = (): void => {
    if (closed) throw new StoreClosedError();
  };
  const log: SequenceLog = {
    last: () => (open(), events.length),
    pageAfter: (after) => (open(), events.slice(after, after + PAGE)),
    pageBefore: (before) => (open(), events.slice(Math.max(0, before - 1 - PAGE), before - 1).reverse()),
    changed: (after, signal) => bell.wait(after, signal),
  };

  function append(streamId: string, added: readonly NewEvent[], expected: Parameters<EventStore['append']>[2]['expectedRevision']): AppendResult {
    open();
    checkAppend(streamId, added, expected);
    const stream = streams.get(streamId) ?? [];
    const actual = stream.length - 1;
    if (!revisionMatches(expected, actual)) {
      const first = repetitionStart(expected, added.length, actual);
      if (first !== null && added.every((event, index) => stream[first + index]?.id === event.id)) {
        const last = first + added.length - 1;
        return { lastRevision: last, position: stream[last]?.position ?? '' };
      }
      throw new WrongExpectedRevisionError(streamId, expected, actual < 0 ? null : actual);
    }
    const recordedAt = now().toISOString();
    // All copies are made before the first is kept: an append is all or nothing.
    const recorded = added.map((event, index) =>
      freeze({
        id: event.id,
        type: event.type,
        data: copyJson(event.data),
        metadata: copyJson(event.metadata),
        streamId,
        revision: stream.length + index,
        position: toPosition(events.length + index + 1),
        recordedAt,
      }),
    );
    stream.push(...recorded);
    events.push(...recorded);
    streams.set(streamId, stream);
    bell.ring();
    return { lastRevision: stream.length - 1, position: toPosition(events.length) };
  }

  function readStream(streamId: string, options: ReadStreamOptions): RecordedEvent[] {
    open();
    const { direction = 'forwards' } = options;
    const from = options.from ?? (direction === 'forwards' ? 'start' : 'end');
    const limit = checkLimit(options.limit ?? 1000);
    const stream = streams.get(streamId) ?? [];
    if (direction === 'forwards') {
      const first = from === 'start' ? 0 : from === 'end' ? stream.length : from + 1;
      return stream.slice(first, first + limit);
    }
    const end = from === 'end' ? stream.length : from === 'start' ? 0 : Math.min(from, stream.length);
    return stream.slice(Math.max(0, end - limit), end).reverse();
  }

  return {
    id,
    appendsInOrder: true,
    append: async (streamId, added, { expectedRevision }) => append(streamId, added, expectedRevision),
    readStream: async (streamId, options = {}) => readStream(streamId, options),
    readAll: (options) => readLog(log, options),
    subscribe: (options) => followLog(log, options),
    head: async () => (log.last() === 0 ? null : toPosition(events.length)),
    close: async () => {
      closed = true;
      bell.ring();
    },
  };
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}
