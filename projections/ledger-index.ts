/**
 * Order over a ledger's rows, for queries that must not scan. It lives outside the state (and its hash): it is built
 * from the rows' columns when first asked, and catches up when rows were added. Rows are named by their number.
 */
import { compareInstants, type Instant } from '../events/index.js';
import { lastUpTo, upperBound } from './bisect.js';
import { amendmentInForce, compareText, compareValid, homeOf, type Ledger, type Row, type Sight } from './ledger.js';
import { compareAt, compareNumbers, earliestKnown, idOf, isObservation, orderOf, rowAt, rowCount, seesRow, streamOf } from './rows.js';

interface SeriesIndex {
  /** Rows in log order: those that a start from a snapshot found, and later ones. */
  first: Uint32Array;
  later: number[];
  /** How many of them are placed in `sorted` or `tail`: a series is put in order when it is first asked for. */
  placed: number;
  /** Rows in valid order, and those few that came out of order since. */
  sorted: number[];
  tail: number[];
  /** The (home) streams whose events are in this series, since which order: their amendments concern it from then on. */
  streams: Map<string, number>;
  /** For each 64 sorted rows the earliest known time and order among them: a block that nobody can see is skipped. */
  blocks: { known: number; order: number }[];
}

interface Index {
  ledger: Ledger;
  upTo: number;
  series: Map<string, SeriesIndex>;
  /** Corrections and retractions by fact. Most facts have none. */
  amendments: Map<string, Row[]>;
  /** Amendments by the stream they are in, in log order: one may concern another series than its own. */
  amendedStreams: Map<string, Row[]>;
}

const NONE = new Uint32Array(0);
const BLOCK = 64;
/** A longer tail is merged in; a shorter one is looked through. */
const MAX_TAIL = 64;
const indexes = new WeakMap<Ledger, Index>();

/** The rows of a series that stand for their facts, in valid order, from (exclusive) to (inclusive) on the valid axis. */
export function standingRows<V>(ledger: Ledger, series: string, sight: Sight, range: { after?: Instant; upTo?: Instant } = {}): Row<V>[] {
  const index = indexOf(ledger);
  const entry = seriesOf(index, series);
  if (!entry) return [];
  merge(ledger, entry);
  const begin = range.after ? upperBound(ledger, entry.sorted, range.after) : 0;
  const end = range.upTo ? upperBound(ledger, entry.sorted, range.upTo) : entry.sorted.length;
  const found: Row<V>[] = [];
  for (let i = begin; i < end; i += 1) {
    const number = entry.sorted[i] as number;
    if (seesRow(ledger, number, sight) && stands(index, number, sight)) found.push(rowAt<V>(ledger, number));
  }
  return found.some(isTimedByReport) ? found.map((row) => inPlace(ledger, entry, row, sight)).sort(compareValid) : found;
}

/** A correction whose valid time is open is over once it was known: but the fact was over when it was first known. */
function isTimedByReport(row: Row): boolean {
  return row.role === 'correction' && compareInstants(row.at, row.known.from) === 0;
}

function inPlace<V>(ledger: Ledger, entry: SeriesIndex, row: Row<V>, sight: Sight): Row<V> {
  if (!isTimedByReport(row)) return row;
  const original = firstOf(ledger, entry, row, sight);
  return original && compareInstants(original.at, row.at) < 0 ? { ...row, at: original.at } : row;
}

function firstOf(ledger: Ledger, entry: SeriesIndex, row: Row, sight: Sight): Row | null {
  const number = entry.sorted.find((other) => idOf(ledger, other) === row.fact && homeOf(ledger, streamOf(ledger, other)) === homeOf(ledger, row.streamId) && seesRow(ledger, other, sight));
  return number === undefined ? null : rowAt(ledger, number);
}

/** The first event of a fact, where a correction stands for it now; the row itself where that is not seen, or of another series. */
export function originalRow(ledger: Ledger, row: Row, sight: Sight): Row {
  if (row.role === 'observation') return row;
  const entry = seriesOf(indexOf(ledger), row.series);
  return (entry && firstOf(ledger, entry, row, sight)) ?? row;
}

/** The standing row with the latest valid time at or before `asOf` (null: of all), or null. */
export function latestRow<V>(ledger: Ledger, series: string, sight: Sight, asOf: Instant | null): Row<V> | null {
  const index = indexOf(ledger);
  const entry = seriesOf(index, series);
  if (!entry) return null;
  if (entry.tail.length > MAX_TAIL) merge(ledger, entry);
  let best: number | null = null;
  for (let i = (asOf ? upperBound(ledger, entry.sorted, asOf) : entry.sorted.length) - 1; i >= 0; i -= 1) {
    const block = entry.blocks[Math.floor(i / BLOCK)];
    if (block && (block.order > sight.order || (sight.known !== null && block.known > sight.known.ms))) {
      i -= i % BLOCK;
      continue;
    }
    const number = entry.sorted[i] as number;
    if (seesRow(ledger, number, sight) && stands(index, number, sight)) {
      best = number;
      break;
    }
  }
  for (const number of entry.tail) {
    if (asOf && compareAt(ledger, number, asOf) > 0) continue;
    if ((best === null || compareNumbers(ledger, number, best) > 0) && seesRow(ledger, number, sight) && stands(index, number, sight)) best = number;
  }
  return best === null ? null : rowAt<V>(ledger, best);
}

/** Does a series have a standing row? Looked for from its beginning, since what was true first is mostly known first. */
export function hasRow(ledger: Ledger, series: string, sight: Sight): boolean {
  const index = indexOf(ledger);
  const entry = seriesOf(index, series);
  if (!entry) return false;
  const is = (number: number): boolean => seesRow(ledger, number, sight) && stands(index, number, sight);
  for (let i = 0; i < entry.sorted.length; i += 1) {
    const block = entry.blocks[Math.floor(i / BLOCK)];
    if (block && (block.order > sight.order || (sight.known !== null && block.known > sight.known.ms))) i += BLOCK - 1 - (i % BLOCK);
    else if (is(entry.sorted[i] as number)) return true;
  }
  return entry.tail.some(is);
}

/** Names of the series that begin so, sorted. */
export function seriesNames(ledger: Ledger, prefix: string): string[] {
  return [...indexOf(ledger).series.keys()].filter((name) => name.startsWith(prefix)).sort(compareText);
}

/** How many series there are; it only grows. */
export function seriesCount(ledger: Ledger): number {
  return indexOf(ledger).series.size;
}

/** The last order at or before `order` that changed a series: a row of its own, or an amendment in one of its streams. */
export function lastChange(ledger: Ledger, series: string, order: number): number {
  const index = indexOf(ledger);
  const entry = index.series.get(series);
  if (!entry) return 0;
  let last = lastUpTo(arrivals(entry), (i) => orderOf(ledger, arrival(entry, i)), order);
  for (const [stream, since] of entry.streams) {
    // A stream that came later makes no answer of before another one.
    const amended = since <= order ? index.amendedStreams.get(stream) : undefined;
    if (amended) last = Math.max(last, lastUpTo(amended.length, (i) => (amended[i] as Row).order, order));
  }
  return last;
}

function stands({ ledger, amendments, amendedStreams }: Index, number: number, sight: Sight): boolean {
  if (amendments.size === 0) return true;
  const streamId = homeOf(ledger, streamOf(ledger, number));
  if (!amendedStreams.has(streamId)) return true;
  const { id, fact, role } = isObservation(ledger, number) ? observation(idOf(ledger, number)) : rowAt(ledger, number);
  if (role === 'retraction') return false;
  // An id is unique within its stream alone.
  const own = amendments.get(fact)?.filter((other) => homeOf(ledger, other.streamId) === streamId);
  if (!own || own.length === 0) return true;
  const winner = amendmentInForce(own, sight);
  return winner === null ? role === 'observation' : winner.id === id;
}

function observation(id: string): Pick<Row, 'id' | 'fact' | 'role'> {
  return { id, fact: id, role: 'observation' };
}

function indexOf(ledger: Ledger): Index {
  let index = indexes.get(ledger);
  if (!index) {
    index = { ledger, upTo: 0, series: new Map(), amendments: new Map(), amendedStreams: new Map() };
    indexes.set(ledger, index);
  }
  if (index.upTo === 0) includeChunks(index);
  for (const count = rowCount(ledger); index.upTo < count; ) include(index, rowAt(ledger, index.upTo));
  return index;
}

/**
 * All chunks at once, as they are after a start from a snapshot: rows are counted by series, then put into their places,
 * so that a million take hundredths of a second.
 */
function includeChunks(index: Index): void {
  const { chunks, names, chunkRows } = index.ledger;
  const counts = new Uint32Array(names.list.length);
  for (const { rows, series } of chunks) for (let row = 0; row < rows; row += 1) (counts[series[row] as number] as number) += 1;
  const next = new Uint32Array(counts.length);
  let total = 0;
  counts.forEach((count, series) => {
    next[series] = total;
    total += count;
  });
  const begins = next.slice();
  const arrived = new Uint32Array(total);
  const lastStream = new Int32Array(counts.length).fill(-1);
  chunks.forEach((chunk, chunkNumber) => {
    const base = chunkNumber * chunkRows;
    const { rows, series, streams, roles } = chunk;
    for (let row = 0; row < rows; row += 1) {
      const at = series[row] as number;
      arrived[(next[at] as number)++] = base + row;
      const stream = streams[row] as number;
      if (lastStream[at] !== stream) {
        lastStream[at] = stream;
        noteStream(entryOf(index, names.list[at] as string), homeOf(index.ledger, names.list[stream] as string), chunk.orders[row] as number);
      }
      if (roles[row] !== 0) noteAmendment(index, chunk.row(row));
    }
  });
  counts.forEach((count, series) => {
    if (count > 0) entryOf(index, names.list[series] as string).first = arrived.subarray(begins[series], (begins[series] as number) + count);
  });
  index.upTo = chunks.length * chunkRows;
}

function include(index: Index, row: Row): void {
  const entry = entryOf(index, row.series);
  entry.later.push(index.upTo);
  noteStream(entry, homeOf(index.ledger, row.streamId), row.order);
  if (row.role !== 'observation') noteAmendment(index, row);
  index.upTo += 1;
}

function entryOf(index: Index, series: string): SeriesIndex {
  let entry = index.series.get(series);
  if (!entry) {
    entry = { first: NONE, later: [], placed: 0, sorted: [], tail: [], streams: new Map(), blocks: [] };
    index.series.set(series, entry);
  }
  return entry;
}

function noteStream({ streams }: SeriesIndex, stream: string, order: number): void {
  if (!streams.has(stream)) streams.set(stream, order);
}

/** Numbers of all rows of a series, in log order, and the (home) streams that they are in. */
export function numbersOf(ledger: Ledger, series: string): { numbers: number[]; streams: string[] } {
  const entry = indexOf(ledger).series.get(series);
  return entry ? { numbers: [...entry.first, ...entry.later], streams: [...entry.streams.keys()] } : { numbers: [], streams: [] };
}

function arrivals({ first, later }: SeriesIndex): number {
  return first.length + later.length;
}

function arrival({ first, later }: SeriesIndex, i: number): number {
  return (i < first.length ? first[i] : later[i - first.length]) as number;
}

function noteAmendment(index: Index, row: Row): void {
  push(index.amendments, row.fact, row);
  push(index.amendedStreams, homeOf(index.ledger, row.streamId), row);
}

function push(map: Map<string, Row[]>, key: string, row: Row): void {
  const rows = map.get(key);
  if (rows) rows.push(row);
  else map.set(key, [row]);
}

/** The series with every row placed, or undefined when it has none. */
function seriesOf({ ledger, series }: Index, name: string): SeriesIndex | undefined {
  const entry = series.get(name);
  if (!entry) return undefined;
  for (const count = arrivals(entry); entry.placed < count; entry.placed += 1) {
    const number = arrival(entry, entry.placed);
    const last = entry.sorted.at(-1);
    if (last !== undefined && compareNumbers(ledger, number, last) < 0) entry.tail.push(number);
    else {
      entry.sorted.push(number);
      note(ledger, entry.blocks, entry.sorted.length - 1, number);
    }
  }
  return entry;
}

function note(ledger: Ledger, blocks: SeriesIndex['blocks'], position: number, number: number): void {
  const block = blocks[Math.floor(position / BLOCK)];
  // By the earliest bound, which is the lower one: skipping must be right for either choice of `imprecise`.
  const known = earliestKnown(ledger, number);
  const order = orderOf(ledger, number);
  if (!block) blocks.push({ known, order });
  else {
    block.known = Math.min(block.known, known);
    block.order = Math.min(block.order, order);
  }
}

function merge(ledger: Ledger, entry: SeriesIndex): void {
  if (entry.tail.length === 0) return;
  const tail = entry.tail.sort((a, b) => compareNumbers(ledger, a, b));
  const merged: number[] = [];
  let i = 0;
  for (const number of tail) {
    while (i < entry.sorted.length && compareNumbers(ledger, entry.sorted[i] as number, number) <= 0) merged.push(entry.sorted[i++] as number);
    merged.push(number);
  }
  while (i < entry.sorted.length) merged.push(entry.sorted[i++] as number);
  entry.sorted = merged;
  entry.tail = [];
  entry.blocks = [];
  merged.forEach((number, position) => note(ledger, entry.blocks, position, number));
}
