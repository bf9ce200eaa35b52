/**
 * Appending that may be repeated: seeds, imports, POST, pipes and the command line all go through here. What the stream
 * already holds is left out, what is new is appended at the exact revision that was read, so that two callers with the
 * same events end up with each event once.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { APPEND_LIMIT_BYTES, checkEvents, jsonBytes } from './checks.js';
import { withoutRecordedAt } from './facts.js';
import { AppendTooLargeError, WrongExpectedRevisionError, type EventStore, type Json, type NewEvent, type Position, type RecordedEvent } from './port.js';

export interface AppendOnceOptions {
  /** How many events to look back for known ids; absent: the whole stream. */
  depth?: number;
  /** The caller has read the stream up to this revision (-1: there was none) and found none of the ids: only what came since is looked at. */
  absentUpTo?: number;
}

export interface AppendOnceResult {
  appended: number;
  known: number;
  /** Revision of the latest of these events in the stream. */
  lastRevision: number;
  /** Position of that event: a reader that has come this far has seen them all. */
  position: Position;
  /** Where each event is, in the order given, and whether it was there before. */
  refs: { id: string; revision: number; known: boolean }[];
}

/** Thrown when the stream holds an event of the same id with other content. */
export class IdConflictError extends Error {
  override readonly name = 'IdConflictError';
  constructor(
    readonly streamId: string,
    readonly id: string,
    readonly revision: number,
    /** Where the two differ first, such as `data.change.value`. */
    readonly path: string,
  ) {
    super(`stream ${streamId} holds event ${id} at revision ${revision} with other content: ${path} differs`);
  }
}

/** One append holds at most this many, well inside what EventStoreDB takes in one call. */
const CHUNK_EVENTS = 2000;
const SHORT_LIST = 500;
const PAGE = 1000;
const TRIES = 100;

interface Place {
  revision: number;
  position: Position;
  known: boolean;
}

/**
 * Appends the events that the stream does not hold yet, in the order given.
 *
 * A list that fits one append (1 MiB, 2,000 events) is appended as a whole or not at all. A longer one is appended in
 * pieces, so a failure can leave its beginning in the stream; the same call again finishes it.
 *
 * @throws IdConflictError, WrongExpectedRevisionError (after 100 lost races), and whatever the store's append throws;
 * events that no append would take are refused before anything is written
 */
export async function appendOnce(store: EventStore, streamId: string, events: readonly NewEvent[], options: AppendOnceOptions = {}): Promise<AppendOnceResult> {
  // A short list is checked by the store as it is appended; only where that finds it too large is it cut.
  if (events.length === 0 || events.length > SHORT_LIST) return appendPieces(store, streamId, events, split(events), options);
  try {
    return await appendPieces(store, streamId, events, [[...events]], options);
  } catch (error) {
    if (!(error instanceof AppendTooLargeError) || events.length === 1) throw error;
    return appendPieces(store, streamId, events, split(events), options);
  }
}

async function appendPieces(store: EventStore, streamId: string, events: readonly NewEvent[], chunks: readonly NewEvent[][], options: AppendOnceOptions): Promise<AppendOnceResult> {
  const places = new Map<string, Place>();
  let appended = 0;
  let seen: Seen | undefined;
  for (const chunk of chunks) {
    for (let attempt = 1; ; attempt++) {
      // The first look is for all events. After an append of our own, the stream is as we left it or the append conflicts.
      seen ??= await look(store, streamId, events, options);
      const { found } = seen;
      const fresh = chunk.filter((event) => !isKnown(streamId, event, found));
      for (const event of chunk) remember(places, event.id, found.get(event.id));
      if (fresh.length === 0) break;
      try {
        const first = seen.last === null ? 0 : seen.last + 1;
        const { lastRevision, position } = await store.append(streamId, fresh, { expectedRevision: seen.last ?? 'no_stream' });
        fresh.forEach((event, index) => places.set(event.id, { revision: first + index, position, known: false }));
        appended += fresh.length;
        seen = { last: lastRevision, found };
        break;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevisionError) || attempt === TRIES) throw error;
        seen = undefined;
        await pause(Math.min(attempt, 20));
      }
    }
  }
  return summary(events, appended, places);
}

interface Seen {
  /** The stream's last revision when it was read, null when there was no stream. */
  last: number | null;
  found: Map<string, RecordedEvent>;
}

/** Reads the stream backwards until every id is found, `depth` events were read, what was known before is reached, or it begins. */
async function look(store: EventStore, streamId: string, events: readonly NewEvent[], { depth = Infinity, absentUpTo }: AppendOnceOptions): Promise<Seen> {
  const wanted = new Set(events.map(({ id }) => id));
  const found = new Map<string, RecordedEvent>();
  let last: number | null = null;
  let from: number | 'end' = 'end';
  let read = 0;
  for (;;) {
    // At least one event is read even at depth 0: its revision is what the append is made at. So is where nothing new is awaited.
    const limit = absentUpTo !== undefined && last === null ? 1 : PAGE;
    const page: RecordedEvent[] = await store.readStream(streamId, { direction: 'backwards', from, limit: Math.max(1, Math.min(limit, depth - read)) });
    last ??= page[0]?.revision ?? null;
    for (const event of page.slice(0, depth - read)) if (wanted.has(event.id) && !found.has(event.id)) found.set(event.id, event);
    read += page.length;
    from = page.at(-1)?.revision ?? 0;
    if (page.length === 0 || from === 0 || from <= (absentUpTo ?? -1) + 1 || read >= depth || found.size === wanted.size) return { last, found };
  }
}

/** Where the stream is a copy, the time of first recording stands in what it holds and not in what is given: that is no difference. */
function isKnown(streamId: string, event: NewEvent, found: ReadonlyMap<string, RecordedEvent>): boolean {
  const stored = found.get(event.id);
  if (!stored) return false;
  const path = event.type === stored.type ? (difference(event.data, stored.data, 'data') ?? difference(withoutRecordedAt(event.metadata), withoutRecordedAt(stored.metadata), 'metadata')) : 'type';
  if (path !== undefined) throw new IdConflictError(streamId, event.id, stored.revision, path);
  return true;
}

/** Where two JSON values differ first, undefined where they are the same; the order of keys does not count. */
function difference(a: Json, b: Json, path: string): string | undefined {
  if (a === b) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return path;
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let index = 0; index < Math.max(a.length, b.length); index++) {
      const at = `${path}[${index}]`;
      if (index >= a.length || index >= b.length) return at;
      const inner = difference(a[index] as Json, b[index] as Json, at);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  const [left, right] = [a as Record<string, Json>, b as Record<string, Json>];
  for (const key of [...Object.keys(left), ...Object.keys(right)]) {
    const at = `${path}.${key}`;
    if (!Object.hasOwn(left, key) || !Object.hasOwn(right, key)) return at;
    const inner = difference(left[key] as Json, right[key] as Json, at);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/**
 * The list in pieces of one append each; all of it is checked before the first is written.
 * @throws InvalidEventError, AppendTooLargeError
 */
export function split(events: readonly NewEvent[]): NewEvent[][] {
  const chunks: NewEvent[][] = [];
  let bytes = 0;
  for (const [index, bound] of checkEvents(events).entries()) {
    const event = events[index] as NewEvent;
    // What looks too large may not be: the check gives an upper bound.
    const size = bound > APPEND_LIMIT_BYTES ? jsonBytes(event) : bound;
    if (size > APPEND_LIMIT_BYTES) throw new AppendTooLargeError(size, APPEND_LIMIT_BYTES);
    const chunk = chunks.at(-1);
    if (chunk && chunk.length < CHUNK_EVENTS && bytes + size <= APPEND_LIMIT_BYTES) {
      chunk.push(event);
      bytes += size;
    } else {
      chunks.push([event]);
      bytes = size;
    }
  }
  return chunks;
}

function remember(places: Map<string, Place>, id: string, stored: RecordedEvent | undefined): void {
  if (stored) places.set(id, { revision: stored.revision, position: stored.position, known: true });
}

function summary(events: readonly NewEvent[], appended: number, places: ReadonlyMap<string, Place>): AppendOnceResult {
  const refs = events.map(({ id }) => ({ id, revision: places.get(id)?.revision ?? -1, known: places.get(id)?.known ?? false }));
  let latest: Place = { revision: -1, position: '', known: false };
  for (const place of places.values()) if (place.revision > latest.revision) latest = place;
  return { appended, known: events.length - appended, lastRevision: latest.revision, position: latest.position, refs };
}
