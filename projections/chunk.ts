/**
 * A chunk: as many rows as fit one, packed into columns once and never changed. Its index part (what queries search by)
 * is small and stays in memory; the values are read when a row is asked for. The bytes are what snapshots store and
 * what the state hash runs over: they depend on the rows alone, not on when or where they were packed.
 *
 * The index part, little-endian, each column as long as its table:
 *   9 numbers of 4 bytes    FORMAT, rows, instants, knowns, bytes of the names, and 4 spare
 *   instants                ms (8 bytes each), then ns (4)
 *   rows                    order (4), revision (4)
 *   knowns                  from (2), earliest (2): places in instants
 *   rows                    series (2), stream (2): places in names; from (2), at (2), until (2): in instants; known (2)
 *   knowns                  precision and estimated (1)
 *   rows                    role (1), id (16)
 *   names                   JSON: { series, streams, rare: [[row, { names, fact, anchor, side }]] }
 */
import { BEGINNING, NEVER, type Instant, type Known, type KnownPrecision } from '../events/index.js';
import type { Role, Row } from './ledger.js';
import { openValues, packValues } from './packed-values.js';

/** Raised when the bytes of a chunk change: snapshots of another format are folded anew, and state hashes are others. */
export const FORMAT = 1;
/** Places in the tables take two bytes: five instants a row must fit. */
export const MAX_CHUNK_ROWS = 8192;

/** A UUID's. */
export const ID_BYTES = 16;
const HEADER = 40;
const ROLES: readonly Role[] = ['observation', 'correction', 'retraction'];
const PRECISIONS: readonly KnownPrecision[] = ['instant', 'day', 'month', 'year', 'interval', 'recorded'];
const ESTIMATED = 16;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A chunk as it is stored: two parts, since most queries need the first alone. */
export interface ChunkBytes {
  index: Uint8Array;
  values: Uint8Array;
}

/** What few rows have. */
interface Rare {
  names: string | null;
  fact: string;
  anchor: string | null;
  side: Row['side'];
}

export interface Chunk {
  readonly rows: number;
  readonly bytes: Uint8Array;
  /** Gives the part with the values, from memory or from a snapshot. */
  values: () => Uint8Array;
  readonly orders: Uint32Array;
  /** For each row its place in seriesNames. */
  readonly series: Uint16Array;
  readonly seriesNames: readonly string[];
  readonly streams: Uint16Array;
  readonly streamNames: readonly string[];
  /** For each row 0 (an observation) or what else it is. */
  readonly roles: Uint8Array;
  /** Times of a row, in ms and ns beyond. */
  readonly at: Times;
  readonly knownFrom: Times;
  readonly knownEarliest: Times;
  /** ID_BYTES each. */
  readonly ids: Uint8Array;
  id(row: number): string;
  row(row: number): Row;
}

/** A column of instants without an object each. */
export interface Times {
  ms(row: number): number;
  ns(row: number): number;
}

/** Instants by value, in the order of their first use. */
class InstantTable {
  readonly all: Instant[] = [];
  private readonly whole = new Map<number, number>();
  private readonly broken = new Map<string, number>();

  place(at: Instant): number {
    const known = at.ns === 0 ? this.whole.get(at.ms) : this.broken.get(`${at.ms} ${at.ns}`);
    if (known !== undefined) return known;
    const place = this.all.push(at) - 1;
    if (at.ns === 0) this.whole.set(at.ms, place);
    else this.broken.set(`${at.ms} ${at.ns}`, place);
    return place;
  }
}

function placeIn<K>(table: Map<K, number>, key: K): number {
  let place = table.get(key);
  if (place === undefined) table.set(key, (place = table.size));
  return place;
}

/** @param rows at most MAX_CHUNK_ROWS */
export function packRows(rows: readonly Row[]): ChunkBytes {
  const instants = new InstantTable();
  const knowns = new Map<number, number>();
  const series = new Map<string, number>();
  const streams = new Map<string, number>();
  const rare: [number, Rare][] = [];
  const places = rows.map((row, index) => {
    const { known } = row;
    const flags = PRECISIONS.indexOf(known.precision) + (known.estimated ? ESTIMATED : 0);
    if (row.role !== 'observation' || row.anchor !== null) rare.push([index, { names: row.names, fact: row.fact, anchor: row.anchor, side: row.side }]);
    return {
      from: instants.place(row.from),
      at: instants.place(row.at),
      until: instants.place(row.until),
      known: placeIn(knowns, (instants.place(known.from) * 65_536 + instants.place(known.earliest)) * 32 + flags),
      series: placeIn(series, row.series),
      stream: placeIn(streams, row.streamId),
    };
  });
  const names = encoder.encode(JSON.stringify({ series: [...series.keys()], streams: [...streams.keys()], rare }));
  const layout = layoutOf(rows.length, instants.all.length, knowns.size);
  const bytes = new Uint8Array(layout.end + names.length);
  new Uint32Array(bytes.buffer, 0, 5).set([FORMAT, rows.length, instants.all.length, knowns.size, names.length]);
  const columns = columnsOf(bytes.buffer, layout);
  instants.all.forEach(({ ms, ns }, place) => {
    columns.ms[place] = ms;
    columns.ns[place] = ns;
  });
  for (const [key, place] of knowns) {
    columns.knownFlags[place] = key % 32;
    const pair = Math.floor(key / 32);
    columns.knownEarliest[place] = pair % 65_536;
    columns.knownFrom[place] = Math.floor(pair / 65_536);
  }
  for (const [index, row] of rows.entries()) {
    const place = places[index] as (typeof places)[number];
    columns.orders[index] = row.order;
    columns.revisions[index] = row.revision;
    columns.series[index] = place.series;
    columns.streams[index] = place.stream;
    columns.from[index] = place.from;
    columns.at[index] = place.at;
    columns.until[index] = place.until;
    columns.known[index] = place.known;
    columns.roles[index] = ROLES.indexOf(row.role);
    writeId(columns.ids, index * ID_BYTES, row.id);
  }
  bytes.set(names, layout.end);
  return { index: bytes, values: packValues(rows.map((row) => row.value)) };
}

/**
 * Opens a packed chunk.
 * @param index its first part, alone in its buffer or aligned to 8 bytes
 * @param values gives its second part; called when a row is asked for
 */
export function openChunk(index: Uint8Array, values: () => Uint8Array): Chunk {
  const bytes = index.byteOffset % 8 === 0 ? index : new Uint8Array(index);
  const [format, rows = 0, instantCount = 0, knownCount = 0, nameBytes = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 5);
  if (format !== FORMAT) throw new Error(`chunk format ${format} is unknown to this program`);
  const layout = layoutOf(rows, instantCount, knownCount);
  const columns = columnsOf(bytes.buffer, layout, bytes.byteOffset);
  const names = JSON.parse(decoder.decode(bytes.subarray(layout.end, layout.end + nameBytes))) as { series: string[]; streams: string[]; rare: [number, Rare][] };
  const rare = new Map(names.rare);
  const instants: (Instant | undefined)[] = [];
  const knowns: (Known | undefined)[] = [];
  let opened: WeakRef<OpenedValues> | undefined;
  const valuesOpen = (): OpenedValues => {
    let found = opened?.deref();
    if (!found) {
      found = { at: openValues(chunk.values(), rows) };
      opened = new WeakRef(found);
    }
    // Held for a while: rows are asked for in runs, and a million of them should not stay opened.
    if (recent[turn] !== found) recent[(turn = (turn + 1) % RECENT)] = found;
    return found;
  };

  const instantAt = (place: number): Instant => (instants[place] ??= toInstant(columns.ms[place] as number, columns.ns[place] as number));
  const knownAt = (place: number): Known => {
    const flags = columns.knownFlags[place] as number;
    return (knowns[place] ??= {
      from: instantAt(columns.knownFrom[place] as number),
      earliest: instantAt(columns.knownEarliest[place] as number),
      precision: PRECISIONS[flags % ESTIMATED] as KnownPrecision,
      estimated: flags >= ESTIMATED,
    });
  };
  const times = (place: (row: number) => number): Times => ({ ms: (row) => columns.ms[place(row)] as number, ns: (row) => columns.ns[place(row)] as number });

  const chunk: Chunk = {
    rows,
    bytes,
    values,
    orders: columns.orders,
    series: columns.series,
    seriesNames: names.series,
    streams: columns.streams,
    streamNames: names.streams,
    roles: columns.roles,
    at: times((row) => columns.at[row] as number),
    knownFrom: times((row) => columns.knownFrom[columns.known[row] as number] as number),
    knownEarliest: times((row) => columns.knownEarliest[columns.known[row] as number] as number),
    ids: columns.ids,
    id: (row) => readId(columns.ids, row * ID_BYTES),
    row(row) {
      const id = readId(columns.ids, row * ID_BYTES);
      const special = rare.get(row);
      return {
        series: names.series[columns.series[row] as number] as string,
        order: columns.orders[row] as number,
        id,
        streamId: names.streams[columns.streams[row] as number] as string,
        revision: columns.revisions[row] as number,
        role: ROLES[columns.roles[row] as number] as Role,
        fact: special?.fact ?? id,
        names: special?.names ?? null,
        from: instantAt(columns.from[row] as number),
        at: instantAt(columns.at[row] as number),
        until: instantAt(columns.until[row] as number),
        known: knownAt(columns.known[row] as number),
        anchor: special?.anchor ?? null,
        side: special?.side ?? null,
        value: valuesOpen().at(row),
      };
    },
  };
  return chunk;
}

interface OpenedValues {
  at: (row: number) => unknown;
}

/** The chunks whose values were asked for last. */
const RECENT = 64;
const recent: OpenedValues[] = [];
let turn = 0;

/** Open ends are the same two objects everywhere. */
function toInstant(ms: number, ns: number): Instant {
  return ms === -Infinity ? BEGINNING : ms === Infinity ? NEVER : { ms, ns };
}

/** Where each column begins: the wide ones first, so that all are aligned. */
function layoutOf(rows: number, instants: number, knowns: number) {
  const ns = HEADER + instants * 8;
  const orders = ns + instants * 4;
  const revisions = orders + rows * 4;
  const knownFrom = revisions + rows * 4;
  const knownEarliest = knownFrom + knowns * 2;
  const series = knownEarliest + knowns * 2;
  const knownFlags = series + 6 * rows * 2;
  const roles = knownFlags + knowns;
  const ids = roles + rows;
  return { rows, instants, knowns, ns, orders, revisions, knownFrom, knownEarliest, series, knownFlags, roles, ids, end: ids + rows * ID_BYTES };
}

function columnsOf(buffer: ArrayBufferLike, layout: ReturnType<typeof layoutOf>, base = 0) {
  const { rows, instants, knowns } = layout;
  const short = (column: number): Uint16Array => new Uint16Array(buffer, base + layout.series + column * rows * 2, rows);
  return {
    ms: new Float64Array(buffer, base + HEADER, instants),
    ns: new Uint32Array(buffer, base + layout.ns, instants),
    orders: new Uint32Array(buffer, base + layout.orders, rows),
    revisions: new Uint32Array(buffer, base + layout.revisions, rows),
    knownFrom: new Uint16Array(buffer, base + layout.knownFrom, knowns),
    knownEarliest: new Uint16Array(buffer, base + layout.knownEarliest, knowns),
    series: short(0),
    streams: short(1),
    from: short(2),
    at: short(3),
    until: short(4),
    known: short(5),
    knownFlags: new Uint8Array(buffer, base + layout.knownFlags, knowns),
    roles: new Uint8Array(buffer, base + layout.roles, rows),
    ids: new Uint8Array(buffer, base + layout.ids, rows * ID_BYTES),
  };
}

const HEX = '0123456789abcdef';
const PAIRS = Array.from({ length: 256 }, (_, byte) => `${HEX[byte >> 4]}${HEX[byte & 15]}`);
const DIGITS = new Uint8Array(128);
for (const [value, digit] of [...HEX].entries()) DIGITS[digit.charCodeAt(0)] = value;

/** A lower-case UUID as 16 bytes. */
function writeId(ids: Uint8Array, at: number, id: string): void {
  let place = 0;
  for (let i = 0; i < 16; i += 1) {
    if (i === 4 || i === 6 || i === 8 || i === 10) place += 1;
    ids[at + i] = ((DIGITS[id.charCodeAt(place)] as number) << 4) | (DIGITS[id.charCodeAt(place + 1)] as number);
    place += 2;
  }
}

function readId(ids: Uint8Array, at: number): string {
  const pair = (i: number): string => PAIRS[ids[at + i] as number] as string;
  return `${pair(0)}${pair(1)}${pair(2)}${pair(3)}-${pair(4)}${pair(5)}-${pair(6)}${pair(7)}-${pair(8)}${pair(9)}-${pair(10)}${pair(11)}${pair(12)}${pair(13)}${pair(14)}${pair(15)}`;
}
