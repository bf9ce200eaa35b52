/**
 * The ledger: rows that are only ever added, and one predicate that decides what anybody sees. Corrections and
 * retractions are rows of the same fact. Whatever is asked of a projection is a pure query over the rows visible then,
 * so look-ahead has no way in.
 */
import { BEGINNING, compareInstants, maxInstant, minInstant, NEVER, type EventReference, type Instant, type Known, type TypedEvent } from '../events/index.js';
import type { Chunk } from './chunk.js';
import { emptyNames, type Names } from './names.js';

export type Role = 'observation' | 'correction' | 'retraction';

/** One row. Times are objects that rows share: a million bars have few closes, and a number in a field is a copy each. */
export interface Row<V = unknown> {
  /** What the row belongs to, such as `bar:amazon-common`. */
  series: string;
  /** Place in the log, 1-based and dense over the folded events. */
  order: number;
  id: string;
  streamId: string;
  revision: number;
  role: Role;
  /** Id of the first event of the fact. */
  fact: string;
  /** Id of the event that it corrects or retracts. */
  names: string | null;
  /** From when it may be true (BEGINNING: open), from when it certainly is, until when (NEVER: open). */
  from: Instant;
  at: Instant;
  until: Instant;
  known: Known;
  /** The announcement that a relative time hangs on, and the side of it. */
  anchor: string | null;
  side: 'before' | 'after' | null;
  /** null in a retraction. */
  value: V | null;
}

/** Rows by number, 0-based, in log order: those packed into chunks first, then the tail. rows.ts reads them. */
export interface Ledger {
  readonly chunks: Chunk[];
  readonly tail: Row[];
  /** Series and streams of the packed rows. */
  readonly names: Names;
  /** How many rows a chunk takes. Part of the state hash, so the same everywhere but in tests. */
  readonly chunkRows: number;
  /** In a scenario on the real world: its streams, and those that they go on from. */
  readonly home: Home | null;
}

/** Streams that begin with `own` go on from those that begin with `of`: what amends a fact may be in either. */
export interface Home {
  readonly own: string;
  readonly of: string;
}

export function emptyLedger(chunkRows = 4096): Ledger {
  return { chunks: [], tail: [], names: emptyNames(), chunkRows, home: null };
}

/** The stream that a stream goes on from; itself, mostly. */
export function homeOf({ home }: Pick<Ledger, 'home'>, streamId: string): string {
  return home !== null && streamId.startsWith(home.own) ? home.of + streamId.slice(home.own.length) : streamId;
}

/** What a query may see: rows up to `order` (the log's prefix), known by `known` (null: no bound). */
export interface Sight {
  order: number;
  known: Instant | null;
  imprecise: 'latest' | 'earliest';
}

/** Sees everything that was folded. */
export const ALL: Sight = { order: Infinity, known: null, imprecise: 'latest' };

/** Series of the retractions of one stream: a retraction does not say which series its fact was in. */
export function retractionsOf(streamId: string): string {
  return `retracted:${streamId}`;
}

/** Thrown when a row would break what every query relies on: times in order. It stops the projection, which is better than a wrong number. */
export class LedgerInvariantError extends Error {
  override readonly name = 'LedgerInvariantError';
}

/**
 * Builds a row from an event; `value` null makes it a retraction.
 * @throws LedgerInvariantError
 */
export function rowOf(event: TypedEvent, series: string, value: unknown): Row {
  const { id, order, streamId, revision, known } = event;
  const { from, at, until } = validTimesOf(event);
  const { occurredAt } = event.metadata;
  const row: Row = { series, order, id, streamId, revision, role: 'observation', fact: id, names: null, from, at, until, known, anchor: null, side: null, value };
  if ('relative' in occurredAt) {
    row.anchor = occurredAt.relative;
    row.side = occurredAt.side;
  }
  if (event.type === 'ObservationCorrected') amend(row, 'correction', event.data.corrects, event.data.original);
  if (event.type === 'ObservationRetracted') amend(row, 'retraction', event.data.retracts, event.data.original);
  checkOrder(row);
  return row;
}

function checkOrder({ streamId, revision, from, at, until, known }: Row): void {
  const fault = compareInstants(from, at) > 0 ? 'it may be true only after it certainly is' : compareInstants(at, until) > 0 ? 'it ends before it is true' : compareInstants(known.earliest, known.from) > 0 ? 'its latest publication lies before its earliest' : null;
  if (fault !== null) throw new LedgerInvariantError(`${streamId}/${revision}: ${fault}`);
}

function amend(row: Row, role: Role, named: EventReference, original: EventReference = named): void {
  row.role = role;
  row.names = named.id;
  row.fact = original.id;
}

/**
 * From when a row may be true, from when it certainly is, and until when. A bar is true at its close, a state
 * (`throughout`) from its start, a moment somewhere in a period once the period, or its publication, is over. What has
 * no bounds of its own (relative, unknown, an open end) is over once it is known.
 */
export function validTimesOf({ observedType, metadata, occurred: bounds, known }: TypedEvent): { from: Instant; at: Instant; until: Instant } {
  if (!bounds) return { from: BEGINNING, at: known.from, until: NEVER };
  const { lo, hi } = bounds;
  if (observedType === 'BarClosed') return { from: hi, at: hi, until: NEVER };
  if ('throughout' in metadata.occurredAt) return { from: lo, at: Number.isFinite(lo.ms) ? lo : minInstant(known.from, hi), until: hi };
  return { from: lo, at: minInstant(hi, maxInstant(lo, known.from)), until: NEVER };
}

/** The one predicate: is this row there for that observer? */
export function sees(sight: Sight, row: Row): boolean {
  if (row.order > sight.order) return false;
  return sight.known === null || compareInstants(sight.imprecise === 'latest' ? row.known.from : row.known.earliest, sight.known) <= 0;
}

/**
 * Which of a fact's amendments stands for it. A withdrawn amendment is as if it had not been; a later correction stands
 * before the one that it names; rivals go by (known, id).
 * @param amendments all corrections and retractions of the fact
 * @returns null when none does (the original stands); a retraction when the fact is withdrawn
 */
export function amendmentInForce(amendments: readonly Row[], sight: Sight): Row | null {
  const visible = amendments.filter((row) => sees(sight, row));
  if (visible.length === 0) return null;
  const withdrawn = (row: Row, path: readonly string[]): boolean =>
    visible.some((other) => other.role === 'retraction' && other.names === row.id && !path.includes(other.id) && !withdrawn(other, [...path, other.id]));
  const live = visible.filter((row) => !withdrawn(row, [row.id]) && !(row.role === 'retraction' && row.names !== row.fact));
  const superseded = new Set(live.filter((row) => row.role === 'correction').map((row) => row.names));
  let winner: Row | null = null;
  for (const row of live) {
    if (superseded.has(row.id)) continue;
    if (winner === null || compareKnown(row, winner) > 0) winner = row;
  }
  return winner;
}

/** (known, id): the same in whatever order the events arrived. */
export function compareKnown(a: Row, b: Row): number {
  return compareInstants(a.known.from, b.known.from) || compareText(a.id, b.id);
}

/** (valid, known, id): the order of a series. */
export function compareValid(a: Row, b: Row): number {
  return compareInstants(a.at, b.at) || compareKnown(a, b);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
