/** A part of a history of knowledge: what was true in a range, and of that all versions, or those that stand in the end. */
import { compareInstants, type Instant } from '../../events/index.js';
import { isInstant, type Row, type Table } from './table.js';

export interface Part {
  /** On the valid axis: after, until and as of (inclusive); null: no bound. */
  after: Instant | null;
  until: Instant | null;
  asOf: Instant | null;
  adjustment?: string | undefined;
  /** Of claims. */
  session?: string | undefined;
  /** Else of each thing what was known last, and nothing where that took it back. */
  all: boolean;
}

/** What tells one thing that is known from another; a later row of the same takes an earlier one's place. */
const KEY = ['entity_id', 'instrument_id', 'adjustment', 'kind', 'measure', 'session_date', 'fact_id'];
const VALID = ['ts_valid_hi', 'ts'];

export function standing(table: Table, part: Part): Table {
  return { ...table, rows: rowsOf(table, part) };
}

async function* rowsOf({ columns, rows }: Table, { after, until, asOf, adjustment, session, all }: Part): AsyncGenerator<readonly Row[]> {
  const place = (name: string): number => columns.findIndex((column) => column.name === name);
  const [valid, series, when, kind] = [columns.findIndex(({ name }) => VALID.includes(name)), place('adjustment'), place('session'), place('kind')];
  const keys = KEY.map(place).filter((i) => i !== -1);
  const said = ['value_lo', 'value_hi', 'value_text'].map(place);
  const wanted = (row: Row): boolean => {
    const at = row[valid] ?? null;
    if (isInstant(at) && ((after && compareInstants(at, after) <= 0) || (until && compareInstants(at, until) > 0) || (asOf && compareInstants(at, asOf) > 0))) return false;
    return row[kind] === 'claimed' ? session === undefined || row[when] === session : adjustment === undefined || row[series] === adjustment;
  };
  const stands = new Map<string, Row>();
  for await (const batch of rows) {
    const own = batch.filter(wanted);
    if (all) yield own;
    else {
      for (const row of own) {
        const key = JSON.stringify(keys.map((i) => row[i] ?? null));
        // Again at the end, so that rows stay in the order of ts_known.
        stands.delete(key);
        if (said.some((i) => row[i] !== null)) stands.set(key, row);
      }
    }
  }
  if (!all) yield [...stands.values()];
}
