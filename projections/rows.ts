/**
 * Rows by their number, packed or not. What queries search by is read from a chunk's columns; a Row is made only for
 * what they find.
 */
import type { Instant } from '../events/index.js';
import { openChunk, packRows, type Chunk, type ChunkBytes, type LightRow } from './chunk.js';
import { compareText, sees, type Ledger, type Row, type Sight } from './ledger.js';
import { ID_BYTES, readId } from './uuid-bytes.js';

export function rowCount(ledger: Ledger): number {
  return ledger.chunks.length * ledger.chunkRows + ledger.tail.length;
}

/** The row with a number, 0-based. */
export function rowAt<V = unknown>(ledger: Ledger, number: number): Row<V> {
  const chunk = chunkOf(ledger, number);
  return (chunk ? chunk.row(number % ledger.chunkRows) : tailRow(ledger, number)) as Row<V>;
}

/** Of a row its valid time and value alone, which takes a part of the time. */
export function lightRowAt(ledger: Ledger, number: number): LightRow {
  const chunk = chunkOf(ledger, number);
  return chunk ? chunk.light(number % ledger.chunkRows) : tailRow(ledger, number);
}

/** All rows in log order. */
export function* allRows(ledger: Ledger): Generator<Row> {
  for (let number = 0; number < rowCount(ledger); number += 1) yield rowAt(ledger, number);
}

/**
 * Packs the tail's full chunks. Whoever asks in between sees the same rows.
 * @returns what was packed, to be hashed and stored
 */
export function packTail(ledger: Ledger): ChunkBytes[] {
  const packed: ChunkBytes[] = [];
  while (ledger.tail.length >= ledger.chunkRows) {
    const bytes = packRows(ledger.tail.slice(0, ledger.chunkRows), ledger.names);
    ledger.chunks.push(openChunk(bytes.index, ledger.names, { details: () => bytes.details, values: () => bytes.values }));
    ledger.tail.splice(0, ledger.chunkRows);
    packed.push(bytes);
  }
  return packed;
}

export function orderOf(ledger: Ledger, number: number): number {
  const chunk = chunkOf(ledger, number);
  return chunk ? (chunk.orders[number % ledger.chunkRows] as number) : tailRow(ledger, number).order;
}

/** Is a row no correction and no retraction? */
export function isObservation(ledger: Ledger, number: number): boolean {
  const chunk = chunkOf(ledger, number);
  return chunk ? chunk.roles[number % ledger.chunkRows] === 0 : tailRow(ledger, number).role === 'observation';
}

export function streamOf(ledger: Ledger, number: number): string {
  const chunk = chunkOf(ledger, number);
  return chunk ? (ledger.names.list[chunk.streams[number % ledger.chunkRows] as number] as string) : tailRow(ledger, number).streamId;
}

/** The one predicate of ledger.ts, on columns. */
export function seesRow(ledger: Ledger, number: number, sight: Sight): boolean {
  const chunk = chunkOf(ledger, number);
  if (!chunk) return sees(sight, tailRow(ledger, number));
  const row = number % ledger.chunkRows;
  if ((chunk.orders[row] as number) > sight.order) return false;
  if (sight.known === null) return true;
  const known = sight.imprecise === 'latest' ? chunk.knownFrom : chunk.knownEarliest;
  return compareTo(known.ms(row), known.ns(row), sight.known) <= 0;
}

/** When a row is known, and when it was true. */
export function timesOf(ledger: Ledger, number: number): { known: Instant; at: Instant } {
  const of = (column: 'at' | 'knownFrom'): Instant => ({ ms: msOf(ledger, column, number), ns: nsOf(ledger, column, number) });
  return { known: of('knownFrom'), at: of('at') };
}

/** When a row is surely known at the earliest, in ms: what lets whole blocks be passed over. */
export function earliestKnown(ledger: Ledger, number: number): number {
  const chunk = chunkOf(ledger, number);
  return chunk ? chunk.knownEarliest.ms(number % ledger.chunkRows) : tailRow(ledger, number).known.earliest.ms;
}

/** Negative, zero or positive as the row's valid time is before, at or after a moment. */
export function compareAt(ledger: Ledger, number: number, moment: Instant): number {
  const chunk = chunkOf(ledger, number);
  const row = number % ledger.chunkRows;
  if (chunk) return compareTo(chunk.at.ms(row), chunk.at.ns(row), moment);
  const { at } = tailRow(ledger, number);
  return compareTo(at.ms, at.ns, moment);
}

/** (valid, known, id), as compareValid of ledger.ts. */
export function compareNumbers(ledger: Ledger, a: number, b: number): number {
  return compareColumn(ledger, 'at', a, b) || compareColumn(ledger, 'knownFrom', a, b) || compareIds(ledger, a, b);
}

function compareColumn(ledger: Ledger, column: 'at' | 'knownFrom', a: number, b: number): number {
  const left = msOf(ledger, column, a);
  const right = msOf(ledger, column, b);
  return left === right ? nsOf(ledger, column, a) - nsOf(ledger, column, b) : left < right ? -1 : 1;
}

/** Bytes order ids as their texts do. */
function compareIds(ledger: Ledger, a: number, b: number): number {
  const left = chunkOf(ledger, a);
  const right = chunkOf(ledger, b);
  if (!left || !right) return compareText(idOf(ledger, a), idOf(ledger, b));
  const atLeft = (a % ledger.chunkRows) * ID_BYTES;
  const atRight = (b % ledger.chunkRows) * ID_BYTES;
  const [idsLeft, idsRight] = [left.ids(), right.ids()];
  for (let i = 0; i < ID_BYTES; i += 1) {
    const difference = (idsLeft[atLeft + i] as number) - (idsRight[atRight + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function msOf(ledger: Ledger, column: 'at' | 'knownFrom', number: number): number {
  const chunk = chunkOf(ledger, number);
  return chunk ? chunk[column].ms(number % ledger.chunkRows) : tailTime(ledger, column, number).ms;
}

function nsOf(ledger: Ledger, column: 'at' | 'knownFrom', number: number): number {
  const chunk = chunkOf(ledger, number);
  return chunk ? chunk[column].ns(number % ledger.chunkRows) : tailTime(ledger, column, number).ns;
}

function tailTime(ledger: Ledger, column: 'at' | 'knownFrom', number: number): Instant {
  const row = tailRow(ledger, number);
  return column === 'at' ? row.at : row.known.from;
}

export function idOf(ledger: Ledger, number: number): string {
  const chunk = chunkOf(ledger, number);
  return chunk ? readId(chunk.ids(), (number % ledger.chunkRows) * ID_BYTES) : tailRow(ledger, number).id;
}

function compareTo(ms: number, ns: number, moment: Instant): number {
  return ms === moment.ms ? ns - moment.ns : ms < moment.ms ? -1 : 1;
}

function chunkOf(ledger: Ledger, number: number): Chunk | undefined {
  return ledger.chunks[Math.floor(number / ledger.chunkRows)];
}

function tailRow(ledger: Ledger, number: number): Row {
  return ledger.tail[number - ledger.chunks.length * ledger.chunkRows] as Row;
}
