/** Reads a ledger under one sight and remembers which series were read: that decides the ETag and the default asOf. */
import { compareInstants, scenarioOf, type Instant } from '../events/index.js';
import { type Ledger, type Row, type Sight } from './ledger.js';
import { hasRow, lastChange, latestRow, seriesCount, seriesNames, standingRows } from './ledger-index.js';

export interface Reader {
  readonly ledger: Ledger;
  readonly sight: Sight;
  readonly touched: Set<string>;
  /** How many series there were when names were asked for; null: none were. */
  named: number | null;
}

export function openReader(ledger: Ledger, sight: Sight): Reader {
  return { ledger, sight, touched: new Set(), named: null };
}

/** Standing rows of a series in valid order; see standingRows. */
export function readRows<V>(reader: Reader, series: string, range: { after?: Instant; upTo?: Instant } = {}): (Row<V> & { value: V })[] {
  reader.touched.add(series);
  return standingRows<V>(reader.ledger, series, reader.sight, range) as (Row<V> & { value: V })[];
}

/** The latest standing row at or before `asOf`. */
export function readLatest<V>(reader: Reader, series: string, asOf: Instant | null): (Row<V> & { value: V }) | null {
  reader.touched.add(series);
  return latestRow<V>(reader.ledger, series, reader.sight, asOf) as (Row<V> & { value: V }) | null;
}

/** Does a series have a standing row? */
export function readAny(reader: Reader, series: string): boolean {
  reader.touched.add(series);
  return hasRow(reader.ledger, series, reader.sight);
}

/** The series that begin so and hold a row that is seen. */
export function readNames(reader: Reader, prefix: string): string[] {
  // One that begins beyond the sight is not there: what would be read because of it would change an answer's tag.
  const names = seriesNames(reader.ledger, prefix).filter((name) => lastChange(reader.ledger, name, reader.sight.order) > 0);
  for (const name of names) reader.touched.add(name);
  reader.named ??= seriesCount(reader.ledger);
  return names;
}

/** The last order that changed what was read so far. A query that read nothing yet is as old as the log's beginning. */
export function lastChangeRead(reader: Reader): number {
  let last = 0;
  for (const series of reader.touched) last = Math.max(last, lastChange(reader.ledger, series, reader.sight.order));
  return last;
}

/** Can anything that was read be otherwise by what was folded after an order? A new series may be one of those that were asked for by name. */
export function mayDiffer(reader: Reader, order: number): boolean {
  if (reader.named !== null && reader.named !== seriesCount(reader.ledger)) return true;
  for (const series of reader.touched) if (lastChange(reader.ledger, series, Infinity) > order) return true;
  return false;
}

/** Where a row stands to a moment: `possible` when its time straddles it, null when it is certainly later. */
export function statusAt(row: Row, asOf: Instant, possibleFrom: Instant = row.from): 'certain' | 'possible' | null {
  if (compareInstants(row.at, asOf) <= 0) return 'certain';
  return compareInstants(possibleFrom, asOf) <= 0 ? 'possible' : null;
}

/** The link under which the API serves the event behind a row. */
export function eventLink(row: Pick<Row, 'streamId' | 'revision'>): string {
  const scenario = scenarioOf(row.streamId);
  return `/v1/events/${row.streamId}/${row.revision}${scenario === null ? '' : `?scenario=${scenario}`}`;
}

