/** From the rows of a table to bars: each is checked as it is read, and kept as a few numbers until all are known to be good. */
import type { Batch, Fault } from './csv.js';
import type { BarField } from './columns.js';
import type { Day } from './days.js';
import type { Resolve } from './instruments.js';

/** The bars of one instrument in the order of the file; NaN where an optional price is not given. */
export interface BarColumns {
  instrument: string;
  currency: string | undefined;
  lines: number[];
  dates: string[];
  open: number[];
  high: number[];
  low: number[];
  close: number[];
  volume: number[];
  /** Symbol as the file has it, of the first bar. */
  symbol: string;
}

export interface BarSettings {
  places: Partial<Record<BarField, number>>;
  /** Of all rows, where the table has no symbols. */
  symbol: string | null;
  dayOf: (cell: string) => Day | string;
  resolve: Resolve;
}

export interface BarTable {
  add: (batch: Batch, faults: Fault[]) => void;
  series: ReadonlyMap<string, BarColumns>;
  count: () => number;
}

const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const;
const NUMBER = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const PLAIN = /^[1-9]\d{0,14}$|^\d{1,7}\.\d{1,8}$/;

export function barTable({ places, symbol, dayOf, resolve }: BarSettings): BarTable {
  const series = new Map<string, BarColumns>();
  const seen = new Map<string, Map<string, number>>();
  const values = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
  let count = 0;

  /** Takes the row in, or says why not. */
  function take(row: readonly unknown[], line: number): string | null {
    const cell = row[places.date ?? -1];
    const day = dayOf(typeof cell === 'string' ? cell : textOf(cell));
    if (typeof day === 'string') return day;
    const named = symbol ?? textOf(row[places.symbol ?? -1]).trim();
    if (named === '') return 'symbol: is empty';
    const listed = resolve(named, day.close);
    if (typeof listed === 'string') return listed;
    for (const field of FIELDS) {
      const place = places[field];
      const value = place === undefined ? NaN : numberIn(row[place]);
      if (value === null) return `${field}: expected a number such as 254.00, got ${JSON.stringify(textOf(row[place ?? -1]).slice(0, 40))}`;
      if (value === 0 && field !== 'volume') return `${field}: expected a price above 0, got 0`;
      values[field] = value;
    }
    const { open, high, low, close, volume } = values;
    if (Number.isNaN(close)) return 'close: is empty';
    if (low > high) return `low: expected at most the high ${high}, got ${low}`;
    if (open < low || open > high) return `open: expected between low ${low} and high ${high}, got ${open}`;
    if (close < low || close > high) return `close: expected between low ${low} and high ${high}, got ${close}`;
    const { instrument, currency } = listed;
    let days = seen.get(instrument);
    if (!days) seen.set(instrument, (days = new Map<string, number>()));
    const same = days.get(day.date);
    if (same !== undefined) return `date: another bar of ${named} on ${day.date} stands at ${same}; a bar is a whole session`;
    days.set(day.date, line);
    let bars = series.get(instrument);
    if (!bars) series.set(instrument, (bars = { instrument, currency, symbol: named, lines: [], dates: [], open: [], high: [], low: [], close: [], volume: [] }));
    bars.lines.push(line);
    bars.dates.push(day.date);
    bars.open.push(open);
    bars.high.push(high);
    bars.low.push(low);
    bars.close.push(close);
    bars.volume.push(volume);
    count += 1;
    return null;
  }

  return {
    series,
    count: () => count,
    add({ rows, lines }, faults) {
      for (let i = 0; i < rows.length; i += 1) {
        const line = lines[i] as number;
        const reason = take(rows[i] as readonly unknown[], line);
        if (reason !== null) faults.push({ line, reason });
      }
    },
  };
}

/** NaN for an empty cell, null for one that is no number of 0 or more. */
function numberIn(cell: unknown): number | null {
  if (typeof cell === 'string') {
    if (cell === '') return NaN;
    if (PLAIN.test(cell)) return +cell;
    const text = cell.trim();
    if (text === '') return NaN;
    const value = NUMBER.test(text) ? Number(text) : Infinity;
    return value < Infinity ? value : null;
  }
  if (cell === null || cell === undefined) return NaN;
  if (typeof cell === 'bigint') return cell < 0n ? null : Number(cell);
  // pandas writes a missing price as NaN.
  return typeof cell === 'number' && (Number.isNaN(cell) || (cell >= 0 && cell < Infinity)) ? cell : null;
}

/** A cell as text; Parquet has numbers and nulls. */
function textOf(cell: unknown): string {
  return cell === null || cell === undefined ? '' : typeof cell === 'string' ? cell : typeof cell === 'number' || typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell);
}
