/**
 * Tables that leave for other tools: named columns of few kinds, and rows in batches. Each way of writing one takes this
 * form, so that a table is the same in each of them.
 */
import { createHash } from 'node:crypto';
import { compareInstants, formatInstant, type Instant } from '../../events/index.js';

export const TABLES = ['events', 'market_value', 'sentiment', 'abnormal_returns'] as const;
export type TableName = (typeof TABLES)[number];

/** `integer`: a whole number within 2^53; `time`: an instant; `json`: nested, as text where a format has no nesting. */
export type Kind = 'text' | 'integer' | 'float' | 'flag' | 'time' | 'json';

export interface Column {
  readonly name: string;
  readonly kind: Kind;
}

/** null: unknown, or an open end. */
export type Cell = string | number | boolean | Instant | Readonly<Record<string, unknown>> | null;
export type Row = readonly Cell[];

export interface Table {
  readonly name: TableName;
  readonly columns: readonly Column[];
  /** In order, by batches that are small enough to be held. */
  readonly rows: AsyncIterable<readonly Row[]>;
}

/** Columns from names and kinds, in that order. */
export function columnsOf(kinds: readonly (readonly [name: string, kind: Kind])[]): Column[] {
  return kinds.map(([name, kind]) => ({ name, kind }));
}

/** A cell as text, the same for every format and on every machine; null is empty. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  return isInstant(cell) ? (formatInstant(cell) ?? '') : JSON.stringify(cell);
}

export function isInstant(cell: Cell): cell is Instant {
  return typeof cell === 'object' && cell !== null && 'ms' in cell && 'ns' in cell;
}

/** An open end is written as null. */
export function timeCell(at: Instant | null | undefined): Instant | null {
  return at && Number.isFinite(at.ms) ? at : null;
}

/** What rows add up to as they pass: their number, a hash that does not depend on how they are laid out in files, the range of ts_known. */
export interface Tally {
  add(row: Row): void;
  rows(): number;
  /** Hex SHA-256 over the cells' texts, row by row. */
  hash(): string;
  known(): { from: Instant | null; to: Instant | null };
}

export function tally(columns: readonly Column[]): Tally {
  const chain = createHash('sha256');
  const place = columns.findIndex(({ name }) => name === 'ts_known');
  let count = 0;
  let from: Instant | null = null;
  let to: Instant | null = null;
  return {
    add(row) {
      count += 1;
      chain.update(`${row.map(cellText).join('\u001f')}\u001e`);
      const known = row[place] ?? null;
      if (!isInstant(known)) return;
      if (from === null || compareInstants(known, from) < 0) from = known;
      if (to === null || compareInstants(known, to) > 0) to = known;
    },
    rows: () => count,
    hash: () => chain.copy().digest('hex'),
    known: () => ({ from, to }),
  };
}
