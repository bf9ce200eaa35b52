/**
 * Which order a position or a recorded time stands for. Projections count events 1, 2, 3 …, so that their state is the
 * same on every store; this index is what knows the store's own positions. It is packed by chunks, as the ledgers are.
 */
import { compareInstants, type Instant } from '../../events/index.js';
import type { Position } from '../store/port.js';

const LOG_CHUNK = 4096;

/** A full chunk of the index; its bytes are read when a position in it is asked for. */
interface LogChunk {
  first: Position;
  /** The recorded clock at its last event. */
  lastRecorded: Instant;
  bytes: () => Uint8Array;
}

interface Entries {
  positions: Position[];
  ms: number[];
  ns: number[];
}

export interface LogIndex {
  readonly chunks: LogChunk[];
  readonly tail: Entries;
}

export function emptyLogIndex(): LogIndex {
  return { chunks: [], tail: { positions: [], ms: [], ns: [] } };
}

/** How many events were folded: the last order. */
export function lastOrder(log: LogIndex): number {
  return log.chunks.length * LOG_CHUNK + log.tail.positions.length;
}

/** Adds the next event. @param recorded the recorded clock (running maximum of recordedAt) at it */
export function pushEvent({ chunks, tail }: LogIndex, position: Position, recorded: Instant): void {
  tail.positions.push(position);
  tail.ms.push(recorded.ms);
  tail.ns.push(recorded.ns);
  if (tail.positions.length < LOG_CHUNK) return;
  const bytes = packEntries(tail);
  chunks.push({ first: tail.positions[0] as Position, lastRecorded: recorded, bytes: () => bytes });
  for (const column of [tail.positions, tail.ms, tail.ns]) column.length = 0;
}

/** Position of the event with an order, 1-based. */
export function positionOf(log: LogIndex, order: number): Position {
  const { entries, at } = entryOf(log, order);
  return entries.positions[at] as Position;
}

/** The recorded clock at the event with an order, 1-based. */
export function recordedAt(log: LogIndex, order: number): Instant {
  const { entries, at } = entryOf(log, order);
  return { ms: entries.ms[at] as number, ns: entries.ns[at] as number };
}

function entryOf(log: LogIndex, order: number): { entries: Entries; at: number } {
  return { entries: entriesOf(log, Math.floor((order - 1) / LOG_CHUNK)), at: (order - 1) % LOG_CHUNK };
}

/** The last order at or before a position; 0 when the position lies before the first event. */
export function orderAt(log: LogIndex, position: Position): number {
  const number = countWhile(log.chunks.length, (i) => (log.chunks[i] as LogChunk).first <= position);
  const tailBegins = log.tail.positions[0] !== undefined && log.tail.positions[0] <= position;
  const chunk = tailBegins ? log.chunks.length : Math.max(0, number - 1);
  const { positions } = entriesOf(log, chunk);
  return chunk * LOG_CHUNK + countWhile(positions.length, (i) => (positions[i] as Position) <= position);
}

/** The last order recorded by a time: the prefix of the log that the recorded clock shows. */
export function orderRecordedBy(log: LogIndex, time: Instant): number {
  const chunk = countWhile(log.chunks.length, (i) => compareInstants((log.chunks[i] as LogChunk).lastRecorded, time) <= 0);
  const { ms, ns } = entriesOf(log, chunk);
  return chunk * LOG_CHUNK + countWhile(ms.length, (i) => compareInstants({ ms: ms[i] as number, ns: ns[i] as number }, time) <= 0);
}

/** The index up to an order, to be added to: full chunks are shared, what is cut is copied. */
export function forkLog(log: LogIndex, order: number): LogIndex {
  const whole = Math.floor(order / LOG_CHUNK);
  const { positions, ms, ns } = entriesOf(log, whole);
  const rest = order - whole * LOG_CHUNK;
  return { chunks: log.chunks.slice(0, whole), tail: { positions: positions.slice(0, rest), ms: ms.slice(0, rest), ns: ns.slice(0, rest) } };
}

/** How many of the first entries hold a condition that no later one holds again. */
function countWhile(count: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The chunk that was asked for last stays open: neighbours follow. */
let opened: { bytes: () => Uint8Array; entries: Entries } | undefined;

function entriesOf(log: LogIndex, number: number): Entries {
  const chunk = log.chunks[number];
  if (!chunk) return log.tail;
  if (opened?.bytes !== chunk.bytes) opened = { bytes: chunk.bytes, entries: openEntries(chunk.bytes()) };
  return opened.entries;
}

export function packEntries({ positions, ms, ns }: Entries): Uint8Array {
  return Buffer.from(JSON.stringify([positions, ms, ns]));
}

export function openEntries(bytes: Uint8Array): Entries {
  const [positions, ms, ns] = JSON.parse(Buffer.from(bytes).toString()) as [Position[], number[], number[]];
  return { positions, ms, ns };
}
