/**
 * A chunk: as many rows as fit one, packed into columns once and never changed. What queries search by is small and
 * stays in memory (index); the rest of the row (details) and its value are read when a row is asked for. The bytes are
 * what snapshots store and what the state hash runs over: they depend on the rows alone, not on when or where they were
 * packed. Little-endian; times are places in the chunk's own table, names are places in the ledger's (names.ts).
 *
 *   index     5 numbers of 4 bytes (FORMAT, rows, instants, knowns, bytes of the extra) and 4 bytes spare;
 *             instants: ms (8 each), then ns (4); rows: order (4), series (4), stream (4);
 *             knowns: from (2), earliest (2); rows: at (2), known (2); knowns: precision and estimated (1);
 *             rows: role (1); extra: JSON { first, names, rare }, the names that are new and what few rows have
 *   details   rows: revision (4), from (2), until (2), id (16)
 *   values    packed-values.ts
 */
import { BEGINNING, NEVER, type Instant, type Known, type KnownPrecision } from '../events/index.js';
import { InstantTable } from './instant-table.js';
import type { Role, Row } from './ledger.js';
import { addNames, placeOf, type Names } from './names.js';
import { openValues, packValues } from './packed-values.js';
import { ID_BYTES, readId, writeId } from './uuid-bytes.js';

/** Raised when the bytes of a chunk change: snapshots of another format are folded anew, and state hashes are others. */
export const FORMAT = 1;
/** Places in the table of instants take two bytes, and a row has five. */
export const MAX_CHUNK_ROWS = 8192;

const HEADER = 24;
const ROLES: readonly Role[] = ['observation', 'correction', 'retraction'];
const PRECISIONS: readonly KnownPrecision[] = ['instant', 'day', 'month', 'year', 'interval', 'recorded'];
const ESTIMATED = 16;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A chunk as it is stored, in three parts. */
export interface ChunkBytes {
  index: Uint8Array;
  details: Uint8Array;
  values: Uint8Array;
}

/** The parts of a chunk that are read when they are needed, from memory or from a snapshot. */
export interface ChunkSource {
  details: () => Uint8Array;
  values: () => Uint8Array;
}

/** What few rows have. */
interface Rare {
  names: string | null;
  fact: string;
  anchor: string | null;
  side: Row['side'];
}

/** A column of instants without an object each: ms, and ns beyond. */
export interface Times {
  ms: (row: number) => number;
  ns: (row: number) => number;
}

export interface Chunk {
  readonly rows: number;
  readonly index: Uint8Array;
  /** Where the rest is; may be put elsewhere, with the same bytes. */
  source: ChunkSource;
  readonly orders: Uint32Array;
  /** Places in the ledger's names. */
  readonly series: Uint32Array;
  readonly streams: Uint32Array;
  /** For each row 0 (an observation) or what else it is. */
  readonly roles: Uint8Array;
  readonly at: Times;
  readonly knownFrom: Times;
  readonly knownEarliest: Times;
  /** ID_BYTES a row; read when first asked for. */
  readonly ids: () => Uint8Array;
  readonly row: (row: number) => Row;
  /** Of a row its valid time and value alone. */
  readonly light: (row: number) => LightRow;
}

export interface LightRow {
  at: Instant;
  value: unknown;
}

/**
 * Packs rows. The ledger's names stay as they are: what is new stands in the bytes, and is added by openChunk.
 * @throws RangeError for more rows than MAX_CHUNK_ROWS
 */
export function packRows(rows: readonly Row[], names: Names): ChunkBytes {
  if (rows.length > MAX_CHUNK_ROWS) throw new RangeError(`a chunk takes ${MAX_CHUNK_ROWS} rows, not ${rows.length}`);
  const instants = new InstantTable();
  const knowns = new Map<number, number>();
  const added = new Map<string, number>();
  const first = names.list.length;
  const rare: [number, Rare][] = [];
  const nameAt = (name: string): number => {
    let place = placeOf(names, name) ?? added.get(name);
    if (place === undefined) added.set(name, (place = first + added.size));
    return place;
  };
  const places = rows.map((row, index) => {
    const { known } = row;
    if (row.role !== 'observation' || row.anchor !== null) rare.push([index, { names: row.names, fact: row.fact, anchor: row.anchor, side: row.side }]);
    const [from, at, until] = [instants.place(row.from), instants.place(row.at), instants.place(row.until)];
    const key = (instants.place(known.from) * 65_536 + instants.place(known.earliest)) * 32 + PRECISIONS.indexOf(known.precision) + (known.estimated ? ESTIMATED : 0);
    let knownPlace = knowns.get(key);
    if (knownPlace === undefined) knowns.set(key, (knownPlace = knowns.size));
    return { from, at, until, known: knownPlace, series: nameAt(row.series), stream: nameAt(row.streamId) };
  });
  const extra = encoder.encode(JSON.stringify({ first, names: [...added.keys()], rare }));
  const layout = layoutOf(rows.length, instants.all.length, knowns.size);
  const index = new Uint8Array(layout.end + extra.length);
  new Uint32Array(index.buffer, 0, 5).set([FORMAT, rows.length, instants.all.length, knowns.size, extra.length]);
  index.set(extra, layout.end);
  const columns = indexColumns(index, layout);
  instants.all.forEach(({ ms, ns }, place) => {
    columns.ms[place] = ms;
    columns.ns[place] = ns;
  });
  for (const [key, place] of knowns) {
    const pair = Math.floor(key / 32);
    columns.knownFlags[place] = key % 32;
    columns.knownEarliest[place] = pair % 65_536;
    columns.knownFrom[place] = Math.floor(pair / 65_536);
  }
  const details = new Uint8Array(rows.length * DETAIL_BYTES);
  const rest = detailColumns(details, rows.length);
  for (const [number, row] of rows.entries()) {
    const place = places[number] as (typeof places)[number];
    columns.orders[number] = row.order;
    columns.series[number] = place.series;
    columns.streams[number] = place.stream;
    columns.at[number] = place.at;
    columns.known[number] = place.known;
    columns.roles[number] = ROLES.indexOf(row.role);
    rest.revisions[number] = row.revision;
    rest.from[number] = place.from;
    rest.until[number] = place.until;
    writeId(rest.ids, number * ID_BYTES, row.id);
  }
  return { index, details, values: packValues(rows.map((row) => row.value)) };
}

/**
 * Opens a packed chunk and adds its new names to the ledger's.
 * @throws Error when it is of another format, or does not follow the chunks that the names are of
 */
export function openChunk(packed: Uint8Array, names: Names, source: ChunkSource): Chunk {
  const index = aligned(packed);
  const [format, rows = 0, instantCount = 0, knownCount = 0, extraBytes = 0] = new Uint32Array(index.buffer, index.byteOffset, 5);
  if (format !== FORMAT) throw new Error(`chunk format ${format} is unknown to this program`);
  const layout = layoutOf(rows, instantCount, knownCount);
  const columns = indexColumns(index, layout);
  const extra = JSON.parse(decoder.decode(index.subarray(layout.end, layout.end + extraBytes))) as { first: number; names: string[]; rare: [number, Rare][] };
  if (extra.first !== names.list.length) throw new Error('the chunk does not follow those before it');
  addNames(names, extra.names);
  const rare = new Map(extra.rare);
  const instants: (Instant | undefined)[] = [];
  const knowns: (Known | undefined)[] = [];
  let detailed: ReturnType<typeof detailColumns> | undefined;
  let opened: WeakRef<OpenedValues> | undefined;

  const detailsOf = (): ReturnType<typeof detailColumns> => (detailed ??= detailColumns(aligned(chunk.source.details()), rows));
  const valuesOf = (): OpenedValues => {
    let found = opened?.deref();
    if (!found) {
      found = { at: openValues(chunk.source.values(), rows) };
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
    index,
    source,
    orders: columns.orders,
    series: columns.series,
    streams: columns.streams,
    roles: columns.roles,
    at: times((row) => columns.at[row] as number),
    knownFrom: times((row) => columns.knownFrom[columns.known[row] as number] as number),
    knownEarliest: times((row) => columns.knownEarliest[columns.known[row] as number] as number),
    ids: () => detailsOf().ids,
    light: (row) => ({ at: instantAt(columns.at[row] as number), value: valuesOf().at(row) }),
    row(row) {
      const details = detailsOf();
      const id = readId(details.ids, row * ID_BYTES);
      const special = rare.get(row);
      return {
        series: names.list[columns.series[row] as number] as string,
        order: columns.orders[row] as number,
        id,
        streamId: names.list[columns.streams[row] as number] as string,
        revision: details.revisions[row] as number,
        role: ROLES[columns.roles[row] as number] as Role,
        fact: special?.fact ?? id,
        names: special?.names ?? null,
        from: instantAt(details.from[row] as number),
        at: instantAt(columns.at[row] as number),
        until: instantAt(details.until[row] as number),
        known: knownAt(columns.known[row] as number),
        anchor: special?.anchor ?? null,
        side: special?.side ?? null,
        value: valuesOf().at(row),
      };
    },
  };
  return chunk;
}

interface OpenedValues {
  at: (row: number) => unknown;
}

/** The chunks whose values were asked for last. */
const RECENT = 256;
const recent: OpenedValues[] = [];
let turn = 0;

/** Open ends are the same two objects everywhere. */
function toInstant(ms: number, ns: number): Instant {
  return ms === -Infinity ? BEGINNING : ms === Infinity ? NEVER : { ms, ns };
}

/** Columns need their place in the buffer to be a multiple of their width. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}

/** Where each column of the index begins: the wide ones first, so that all are aligned. */
function layoutOf(rows: number, instants: number, knowns: number) {
  const ns = HEADER + instants * 8;
  const orders = ns + instants * 4;
  const knownFrom = orders + 3 * rows * 4;
  const at = knownFrom + 2 * knowns * 2;
  const knownFlags = at + 2 * rows * 2;
  const roles = knownFlags + knowns;
  return { rows, instants, knowns, ns, orders, knownFrom, at, knownFlags, roles, end: roles + rows };
}

function indexColumns({ buffer, byteOffset: base }: Uint8Array, layout: ReturnType<typeof layoutOf>) {
  const { rows, instants, knowns } = layout;
  const wide = (column: number): Uint32Array => new Uint32Array(buffer, base + layout.orders + column * rows * 4, rows);
  return {
    ms: new Float64Array(buffer, base + HEADER, instants),
    ns: new Uint32Array(buffer, base + layout.ns, instants),
    orders: wide(0),
    series: wide(1),
    streams: wide(2),
    knownFrom: new Uint16Array(buffer, base + layout.knownFrom, knowns),
    knownEarliest: new Uint16Array(buffer, base + layout.knownFrom + knowns * 2, knowns),
    at: new Uint16Array(buffer, base + layout.at, rows),
    known: new Uint16Array(buffer, base + layout.at + rows * 2, rows),
    knownFlags: new Uint8Array(buffer, base + layout.knownFlags, knowns),
    roles: new Uint8Array(buffer, base + layout.roles, rows),
  };
}

const DETAIL_BYTES = 8 + ID_BYTES;

function detailColumns({ buffer, byteOffset: base }: Uint8Array, rows: number) {
  return {
    revisions: new Uint32Array(buffer, base, rows),
    from: new Uint16Array(buffer, base + rows * 4, rows),
    until: new Uint16Array(buffer, base + rows * 6, rows),
    ids: new Uint8Array(buffer, base + rows * 8, rows * ID_BYTES),
  };
}
