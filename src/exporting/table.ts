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
  readonly name: string;
  readonly columns: readonly Column[];
  /** In order, by batches that are small enough to be held. */
  readonly rows: AsyncIterable<readonly Row[]>;
}

/** Columns from names and kinds, in that order. */
export function columnsOf(kinds: readonly (readonly [name: string, kind: Kind])[]): Column[] {
  return kinds.map(([name, kind]) => ({ name, kind }));
}

/** Rows that are all there already. */
export async function* inOneBatch(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield await Promise.resolve(rows);
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

/** SHA-256 over the cells' texts, row by row: it does not depend on the format, nor on how rows are laid out in files. */
export function rowsHash(): { add(rows: readonly (readonly string[])[]): void; hex(): string } {
  const chain = createHash('sha256');
  return {
    add(rows) {
      let text = '';
      for (const row of rows) text += `${row.join('\u001f')}\u001e`;
      chain.update(text);
    },
    hex: () => chain.digest('hex'),
  };
}

/** How many rows passed, and the range of their ts_known. */
export interface Extent {
  rows: number;
  from: Instant | null;
  to: Instant | null;
}

export function addTo(extent: Extent, columns: readonly Column[], rows: readonly Row[]): void {
  const place = columns.findIndex(({ name }) => name === 'ts_known');
  extent.rows += rows.length;
  for (const row of rows) {
    const known = row[place] ?? null;
    if (!isInstant(known)) continue;
    if (extent.from === null || compareInstants(known, extent.from) < 0) extent.from = known;
    if (extent.to === null || compareInstants(known, extent.to) > 0) extent.to = known;
  }
}
