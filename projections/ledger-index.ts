/**
 * Order over a ledger's rows, for queries that must not scan. It lives outside the state (and its hash): it is built
 * from the rows when first asked, and catches up when rows were added.
 */
import { compareText, compareValid, amendmentInForce, sees, type Ledger, type Row, type Sight } from './ledger.js';
import { compareInstants, type Instant } from '../events/index.js';

interface SeriesIndex {
  /** Rows in valid order, and those few that came out of order since. */
  sorted: Row[];
  tail: Row[];
  /** Rows in log order. */
  arrived: Row[];
  /** The streams whose events are in this series: their retractions concern it. */
  streams: Set<string>;
  /** For each 64 sorted rows the earliest known time and order among them: a block that nobody can see is skipped. */
  blocks: { known: number; order: number }[];
}

interface Index {
  upTo: number;
  series: Map<string, SeriesIndex>;
  /** Corrections and retractions by fact. Most facts have none. */
  amendments: Map<string, Row[]>;
  /** Amendments by the stream they are in, in log order: one may concern another series than its own. */
  amendedStreams: Map<string, Row[]>;
}

const BLOCK = 64;
/** A longer tail is merged in; a shorter one is looked through. */
const MAX_TAIL = 64;
const indexes = new WeakMap<Ledger, Index>();

/** The rows of a series that stand for their facts, in valid order, from (exclusive) to (inclusive) on the valid axis. */
export function standingRows<V>(ledger: Ledger, series: string, sight: Sight, range: { after?: Instant; upTo?: Instant } = {}): Row<V>[] {
  const index = indexOf(ledger);
  const entry = index.series.get(series);
  if (!entry) return [];
  merge(entry);
  const begin = range.after ? upperBound(entry.sorted, range.after) : 0;
  const end = range.upTo ? upperBound(entry.sorted, range.upTo) : entry.sorted.length;
  const found: Row<V>[] = [];
  for (let i = begin; i < end; i += 1) {
    const row = entry.sorted[i] as Row<V>;
    if (sees(sight, row) && stands(index, row, sight)) found.push(row);
  }
  return found.some(isTimedByReport) ? found.map((row) => inPlace(entry, row, sight)).sort(compareValid) : found;
}

/** A correction whose valid time is open is over once it was known: but the fact was over when it was first known. */
function isTimedByReport(row: Row): boolean {
  return row.role === 'correction' && compareInstants(row.at, row.known.from) === 0;
}

function inPlace<V>(entry: SeriesIndex, row: Row<V>, sight: Sight): Row<V> {
  if (!isTimedByReport(row)) return row;
  const original = entry.sorted.find((other) => other.id === row.fact && other.streamId === row.streamId && sees(sight, other));
  return original && compareInstants(original.at, row.at) < 0 ? { ...row, at: original.at } : row;
}

/** The standing row with the latest valid time at or before `asOf` (null: of all), or null. */
export function latestRow<V>(ledger: Ledger, series: string, sight: Sight, asOf: Instant | null): Row<V> | null {
  const index = indexOf(ledger);
  const entry = index.series.get(series);
  if (!entry) return null;
  if (entry.tail.length > MAX_TAIL) merge(entry);
  let best: Row | null = null;
  for (let i = (asOf ? upperBound(entry.sorted, asOf) : entry.sorted.length) - 1; i >= 0; i -= 1) {
    const block = entry.blocks[Math.floor(i / BLOCK)];
    if (block && (block.order > sight.order || (sight.known !== null && block.known > sight.known.ms))) {
      i -= i % BLOCK;
      continue;
    }
    const row = entry.sorted[i] as Row;
    if (sees(sight, row) && stands(index, row, sight)) {
      best = row;
      break;
    }
  }
  for (const row of entry.tail) {
    if (asOf && compareInstants(row.at, asOf) > 0) continue;
    if ((best === null || compareValid(row, best) > 0) && sees(sight, row) && stands(index, row, sight)) best = row;
  }
  return best as Row<V> | null;
}

/** Names of the series that begin so, sorted. */
export function seriesNames(ledger: Ledger, prefix: string): string[] {
  return [...indexOf(ledger).series.keys()].filter((name) => name.startsWith(prefix)).sort(compareText);
}

/** The last order at or before `order` that changed a series: a row of its own, or an amendment in one of its streams. */
export function lastChange(ledger: Ledger, series: string, order: number): number {
  const index = indexOf(ledger);
  const entry = index.series.get(series);
  if (!entry) return 0;
  let last = lastArrival(entry.arrived, order);
  for (const stream of entry.streams) last = Math.max(last, lastArrival(index.amendedStreams.get(stream) ?? [], order));
  return last;
}

function lastArrival(arrived: readonly Row[], order: number): number {
  let low = 0;
  let high = arrived.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((arrived[middle] as Row).order <= order) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (arrived[low - 1] as Row).order;
}

function stands(index: Index, row: Row, sight: Sight): boolean {
  if (row.role === 'retraction') return false;
  const amendments = index.amendments.get(row.fact);
  if (!amendments) return true;
  // An id is unique within its stream alone.
  const winner = amendmentInForce(amendments.filter((other) => other.streamId === row.streamId), sight);
  return winner === null ? row.role === 'observation' : winner.id === row.id;
}

function indexOf(ledger: Ledger): Index {
  let index = indexes.get(ledger);
  if (!index) {
    index = { upTo: 0, series: new Map(), amendments: new Map(), amendedStreams: new Map() };
    indexes.set(ledger, index);
  }
  for (; index.upTo < ledger.rows.length; index.upTo += 1) include(index, ledger.rows[index.upTo] as Row);
  return index;
}

function include(index: Index, row: Row): void {
  let entry = index.series.get(row.series);
  if (!entry) {
    entry = { sorted: [], tail: [], arrived: [], streams: new Set(), blocks: [] };
    index.series.set(row.series, entry);
  }
  entry.arrived.push(row);
  entry.streams.add(row.streamId);
  if (row.role !== 'observation') {
    push(index.amendments, row.fact, row);
    push(index.amendedStreams, row.streamId, row);
  }
  const last = entry.sorted.at(-1);
  if (last && compareValid(row, last) < 0) {
    entry.tail.push(row);
    return;
  }
  entry.sorted.push(row);
  note(entry.blocks, entry.sorted.length - 1, row);
}

function push(map: Map<string, Row[]>, key: string, row: Row): void {
  const rows = map.get(key);
  if (rows) rows.push(row);
  else map.set(key, [row]);
}

function note(blocks: SeriesIndex['blocks'], position: number, row: Row): void {
  const block = blocks[Math.floor(position / BLOCK)];
  // By the earliest bound, which is the lower one: skipping must be right for either choice of `imprecise`.
  if (!block) blocks.push({ known: row.known.earliest.ms, order: row.order });
  else {
    block.known = Math.min(block.known, row.known.earliest.ms);
    block.order = Math.min(block.order, row.order);
  }
}

function merge(entry: SeriesIndex): void {
  if (entry.tail.length === 0) return;
  const tail = entry.tail.sort(compareValid);
  const merged: Row[] = [];
  let i = 0;
  for (const row of tail) {
    while (i < entry.sorted.length && compareValid(entry.sorted[i] as Row, row) <= 0) merged.push(entry.sorted[i++] as Row);
    merged.push(row);
  }
  while (i < entry.sorted.length) merged.push(entry.sorted[i++] as Row);
  entry.sorted = merged;
  entry.tail = [];
  entry.blocks = [];
  merged.forEach((row, position) => note(entry.blocks, position, row));
}

/** Index of the first row whose valid time is after `limit`. */
function upperBound(rows: readonly Row[], limit: Instant): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareInstants((rows[middle] as Row).at, limit) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
