/**
 * Reading the embedded store. Every function opens a fresh read transaction, takes what it needs and leaves no iterator
 * behind: an open one keeps LMDB from reusing pages, and the file grows without end.
 */
import { DamagedStoreError, type RecordedEvent } from '../port.js';
import { toPosition } from '../sequence-log.js';
import { countOf, decodeBlock, isIntact } from './block.js';
import type { Environment } from './environment.js';

/** A page ends with the block that reaches this many events. */
const PAGE_EVENTS = 1024;

export interface Block {
  first: number;
  /** Begins with the block; from getBinaryFast it is valid until the next read only. */
  bytes: Buffer;
  length: number;
}

/** What one append added to a stream; `revision` and `sequence` are its first event's. */
export interface Run {
  revision: number;
  sequence: number;
  count: number;
}

/** Makes the next reads see what was committed until now, by other processes too. Harmless inside a write transaction. */
export function refresh({ root }: Environment): void {
  root.resetReadTxn();
}

/** Sequence of the log's last event, 0 when it is empty. By the last block's header alone, which holds at least one event. */
export function lastSequence(environment: Environment): number {
  const block = blockAt(environment, Number.MAX_SAFE_INTEGER);
  return block ? block.first + Math.max(countOf(block.bytes), 1) - 1 : 0;
}

/**
 * The same for whoever writes on from there: a damaged header would give the next events sequences that are taken, or
 * leave a gap.
 * @throws DamagedStoreError when the last block is damaged
 */
export function soundLastSequence(environment: Environment): number {
  const block = blockAt(environment, Number.MAX_SAFE_INTEGER);
  if (!block) return 0;
  try {
    return block.first + decodeBlock(block.first, block.bytes, block.length).length - 1;
  } catch (error) {
    if (!(error instanceof DamagedStoreError)) throw error;
    throw new DamagedStoreError(error.position, `${error.reason}; it is the last one, so nothing can be appended after it: restore the store from a backup`);
  }
}

/**
 * Whether the log still ends with this block. Another process may have appended (then a block follows it) and merged (then
 * it is gone, or has grown). Two look-ups, where finding the last block takes a cursor.
 */
export function endsWith({ blocks }: Environment, { first, count }: { first: number; count: number }): boolean {
  const bytes = blocks.getBinaryFast(first);
  return bytes !== undefined && countOf(bytes) === count && !blocks.doesExist(first + count);
}

/** The block that holds the sequence, or the last one before it. */
export function blockAt({ blocks }: Environment, sequence: number): Block | undefined {
  for (const { key, value } of blocks.getRange({ start: sequence, reverse: true, limit: 1 })) return { first: key, bytes: value, length: value.length };
  return undefined;
}

/**
 * The events after `after`, whole blocks until a page is full.
 * @throws DamagedStoreError when the first block of the page is damaged
 */
export function pageAfter(environment: Environment, after: number): RecordedEvent[] {
  refresh(environment);
  const events: RecordedEvent[] = [];
  let next = after + 1;
  while (events.length < PAGE_EVENTS) {
    // Blocks follow each other without gaps, so the next one's key is known; only the first may begin before `next`.
    const bytes = environment.blocks.getBinaryFast(next);
    if (!bytes && events.length > 0) break;
    const block = bytes ? { first: next, bytes, length: bytes.length } : blockAt(environment, next);
    const decoded = block && decodeOr(environment, block, events.length > 0);
    if (!decoded || block.first + decoded.length <= next) {
      if (events.length === 0) refuseGap(environment, next);
      break;
    }
    for (let index = next - block.first; index < decoded.length; index++) events.push(decoded[index] as RecordedEvent);
    next = block.first + decoded.length;
  }
  return events;
}

/**
 * The events before `before`, the latest first.
 * @throws DamagedStoreError when the first block of the page is damaged
 */
export function pageBefore(environment: Environment, before: number): RecordedEvent[] {
  refresh(environment);
  const events: RecordedEvent[] = [];
  let next = before - 1;
  while (next >= 1 && events.length < PAGE_EVENTS) {
    const block = blockAt(environment, next);
    const decoded = block && decodeOr(environment, block, events.length > 0);
    if (!decoded || block.first + decoded.length <= next) {
      if (events.length === 0) refuseGap(environment, next);
      break;
    }
    for (let index = next - block.first; index >= 0; index--) events.push(decoded[index] as RecordedEvent);
    next = block.first - 1;
  }
  return events;
}

/** Where no block holds a sequence that is not beyond the end, events are missing: that must not look like the end. */
function refuseGap(environment: Environment, sequence: number): void {
  if (sequence <= lastSequence(environment)) throw new DamagedStoreError(toPosition(sequence), `it is missing; ${reachAfter(environment, sequence)}`);
}

function reachAfter({ blocks }: Environment, sequence: number): string {
  const [after] = [...blocks.getKeys({ start: sequence + 1, limit: 1 })];
  return after === undefined ? 'it is the last one' : `read on from ${toPosition(after - 1)}`;
}

/** The block's events. Damage ends a page that has events already, and is thrown where the next one begins with it. */
function decodeOr(environment: Environment, { first, bytes, length }: Block, pageHasEvents: boolean): RecordedEvent[] | undefined {
  try {
    return decodeBlock(first, bytes, length);
  } catch (error) {
    if (pageHasEvents) return undefined;
    if (!(error instanceof DamagedStoreError)) throw error;
    throw new DamagedStoreError(error.position, `${error.reason}; ${reachAfter(environment, first)}`);
  }
}

/** The stream's last run; its head is revision + count - 1. */
export function lastRun(environment: Environment, streamId: string): Run | undefined {
  return runAt(environment, streamId, Number.MAX_SAFE_INTEGER);
}

/** The run that holds the revision, or the last one before it. */
export function runAt({ streams }: Environment, streamId: string, revision: number): Run | undefined {
  for (const { key, value } of streams.getRange({ start: [streamId, revision], end: [streamId, -1], reverse: true, limit: 1 })) return toRun(key[1], value);
  return undefined;
}

/** The run that begins with the revision: one look-up, where finding the one that holds it takes a cursor. */
export function runFrom({ streams }: Environment, streamId: string, revision: number): Run | undefined {
  const value = streams.getBinaryFast([streamId, revision]);
  return value?.length === RUN_BYTES ? toRun(revision, value) : undefined;
}

const RUN_BYTES = 12;

export function toRun(revision: number, value: Buffer): Run {
  return { revision, count: value.readUInt32LE(0), sequence: value.readDoubleLE(4) };
}

/** A run as it is stored. */
export function fromRun({ count, sequence }: Run): Buffer {
  const value = Buffer.allocUnsafe(RUN_BYTES);
  value.writeUInt32LE(count, 0);
  value.writeDoubleLE(sequence, 4);
  return value;
}

/**
 * A stream's events from the revision `first` on, at most `limit`.
 * @throws DamagedStoreError
 */
export function streamForwards(environment: Environment, streamId: string, first: number, limit: number): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  const take = blockKeeper(environment, streamId);
  let run = runAt(environment, streamId, Math.max(first, 0));
  let next = run && run.revision + run.count > first ? Math.max(first, run.revision) : undefined;
  if (next === undefined) {
    run = runAfter(environment, streamId, first - 1);
    next = run?.revision;
  }
  while (run && next !== undefined && events.length < limit) {
    const end = Math.min(run.revision + run.count, next + limit - events.length);
    for (; next < end; next++) events.push(take(next, run));
    run = runAfter(environment, streamId, next - 1);
    next = run?.revision;
  }
  return events;
}

function runAfter({ streams }: Environment, streamId: string, revision: number): Run | undefined {
  for (const { key, value } of streams.getRange({ start: [streamId, revision + 1], end: [streamId, Number.MAX_SAFE_INTEGER], limit: 1 })) return toRun(key[1], value);
  return undefined;
}

/**
 * A stream's events from the revision `first` down, at most `limit`.
 * @throws DamagedStoreError
 */
export function streamBackwards(environment: Environment, streamId: string, first: number, limit: number): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  const take = blockKeeper(environment, streamId);
  let run = first < 0 ? undefined : runAt(environment, streamId, first);
  while (run && events.length < limit) {
    for (let revision = Math.min(first, run.revision + run.count - 1); revision >= run.revision && events.length < limit; revision--) {
      events.push(take(revision, run));
    }
    run = run.revision === 0 ? undefined : runAt(environment, streamId, run.revision - 1);
  }
  return events;
}

/**
 * Gives a stream's events by revision and keeps the last block decoded: neighbours of one stream are mostly in the same.
 * The index has no checksum of its own, so what it leads to is compared with what it promises.
 */
function blockKeeper(environment: Environment, streamId: string): (revision: number, run: Run) => RecordedEvent {
  let first = 0;
  let kept: RecordedEvent[] = [];
  return (revision, run) => {
    const sequence = run.sequence + revision - run.revision;
    if (sequence < first || sequence >= first + kept.length) {
      const block = blockAt(environment, sequence);
      try {
        kept = block ? (decodeOr(environment, block, false) ?? []) : [];
      } catch (error) {
        if (!(error instanceof DamagedStoreError)) throw error;
        throw new DamagedStoreError(error.position, `${error.reason}. Revision ${revision} of ${streamId} is in it; what lies before and after can be read by itself`);
      }
      first = block?.first ?? 0;
    }
    const event = kept[sequence - first];
    if (event?.revision !== revision || event.streamId !== streamId) throw new DamagedStoreError(toPosition(sequence), `the stream index names it as ${streamId}/${revision}, which it is not`);
    return event;
  };
}

/**
 * The last revision of a stream, -1 when there is none, for whoever writes on from there.
 * @throws DamagedStoreError when the index does not lead to the event it promises. Where that event's own block is damaged
 * the index is believed: it is all there is, and what is appended has a sound block.
 */
export function soundHead(environment: Environment, streamId: string): number {
  const run = lastRun(environment, streamId);
  if (!run) return -1;
  const head = run.revision + run.count - 1;
  const block = blockAt(environment, run.sequence + run.count - 1);
  if (block && isIntact(block.first, block.bytes, block.length)) blockKeeper(environment, streamId)(head, run);
  return head;
}
