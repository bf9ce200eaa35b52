/**
 * The embedded store's blocks: up to 64 events in one value that decodes alone. The layout cannot change once it is on
 * disks, only be joined by a newer one, which is what the version byte is for; test/fixtures/blocks-v1.bin holds old
 * blocks that must decode for ever.
 *
 *   0      version (1)
 *   1      reserved (0)
 *   2–3    number of events
 *   4–11   sequence of the first event: high and low half, 4 bytes each
 *   12–15  bytes of the shapes
 *   16–    shapes: the key lists of the objects in this block, as msgpack
 *          body: columns, as msgpackr records that refer to the shapes by number
 *   last 4 CRC32 of everything before it
 *   (numbers are little-endian)
 *
 * The shapes stand apart from the body because msgpackr compiles a reader for each shape, which takes longer than reading
 * a block does: kept by their bytes, the readers serve every later block of the same shapes. Full blocks then decode 4.2
 * times as fast as JSON.parse, where they do 2.8 times with the shapes in the body (bench/README.md).
 */
import { Packr, Unpackr } from 'msgpackr';
import { crc32 } from 'node:zlib';
import { DamagedStoreError, type JsonObject, type NewEvent, type RecordedEvent } from '../port.js';
import { toPosition } from '../sequence-log.js';

/** An event as it goes into a block; its sequence follows from its place. */
export interface StoredEvent extends NewEvent {
  streamId: string;
  revision: number;
  /** Milliseconds since 1970. */
  recordedAt: number;
}

export const MAX_BLOCK_EVENTS = 64;
/** LMDB puts a value this big on four pages of its own, 24 bytes of which are the page header. */
export const MAX_BLOCK_BYTES = 16 * 1024 - 24;

const VERSION = 1;
const HEADER = 16;
const CRC = 4;
/** The CRC32 of anything that ends with its own CRC32. */
const INTACT = 0x2144df1c;
/** Shapes numbered in one byte; a block with more of them carries the rest in its body. */
const MAX_SHAPES = 32;
/** A log has few shapes. Should data have ever new keys, what was compiled for them is dropped now and then. */
const MAX_READERS = 1024;

/** Base time, names (types and stream ids, each once), then a column each. */
type Body = [number, string[], string[], number[], number[], number[], number[], JsonObject[], JsonObject[]];
interface Shapes extends Array<string[]> {
  sharedLength?: number;
}

// msgpackr keeps its own notes under the key __keys__, where it would mistake a user's: such objects are written as maps.
const useRecords = (value: object): boolean => !Object.hasOwn(value, '__keys__');
const packr = new Packr({ structures: [], maxSharedStructures: MAX_SHAPES, useRecords, useToJSON: false });
const plainPackr = new Packr({ useRecords: false });
const readers = new Map<string, Unpackr>();
const shapeLists = new Map<string, string[]>();

/**
 * Encodes events with successive sequences as blocks, in order. Each holds at most MAX_BLOCK_EVENTS events and
 * MAX_BLOCK_BYTES bytes, unless one event alone is bigger.
 * @param sizes for each event, about how many bytes of JSON it has
 */
export function encodeBlocks(first: number, events: readonly StoredEvent[], sizes: readonly number[]): Buffer[] {
  const blocks: Buffer[] = [];
  let start = 0;
  while (start < events.length) {
    // Packed events take about half their JSON; where they take more, the block is split once it is seen to be too big.
    let end = start;
    let bytes = 0;
    do bytes += sizes[end++] ?? 0;
    while (end < events.length && end - start < MAX_BLOCK_EVENTS && bytes + (sizes[end] ?? 0) <= 2 * MAX_BLOCK_BYTES);
    addBlocks(blocks, first + start, events.slice(start, end));
    start = end;
  }
  return blocks;
}

function addBlocks(blocks: Buffer[], first: number, events: readonly StoredEvent[]): void {
  const block = encodeBlock(first, events);
  if (block.length <= MAX_BLOCK_BYTES || events.length === 1) {
    blocks.push(block);
    return;
  }
  const middle = events.length >> 1;
  addBlocks(blocks, first, events.slice(0, middle));
  addBlocks(blocks, first + middle, events.slice(middle));
}

/** Encodes one block, whatever its size. */
export function encodeBlock(first: number, events: readonly StoredEvent[]): Buffer {
  const base = events[0]?.recordedAt ?? 0;
  const names = new Map<string, number>();
  const body: Body = [base, [], [], [], [], [], [], [], []];
  for (const event of events) {
    body[2].push(event.id);
    body[3].push(indexOf(names, event.type));
    body[4].push(indexOf(names, event.streamId));
    body[5].push(event.revision);
    body[6].push(event.recordedAt - base);
    body[7].push(event.data);
    body[8].push(event.metadata);
  }
  body[1] = [...names.keys()];
  packr.clearSharedData();
  const packed = packr.pack(body);
  const known = (packr as unknown as { structures: Shapes }).structures;
  const shapes = plainPackr.pack([...known.slice(0, known.sharedLength ?? 0)]);
  const block = Buffer.allocUnsafe(HEADER + shapes.length + packed.length + CRC);
  block[0] = VERSION;
  block[1] = 0;
  block.writeUInt16LE(events.length, 2);
  block.writeUInt32LE(Math.floor(first / 2 ** 32), 4);
  block.writeUInt32LE(first % 2 ** 32, 8);
  block.writeUInt32LE(shapes.length, 12);
  block.set(shapes, HEADER);
  block.set(packed, HEADER + shapes.length);
  block.writeUInt32LE(crc32(block.subarray(0, -CRC)), block.length - CRC);
  return block;
}

function indexOf(names: Map<string, number>, name: string): number {
  let index = names.get(name);
  if (index === undefined) names.set(name, (index = names.size));
  return index;
}

/** Whether a block's bytes are those that were written under the sequence `first`. */
export function isIntact(first: number, bytes: Buffer, length: number): boolean {
  return length >= HEADER + CRC && crc32(bytes.subarray(0, length)) === INTACT && bytes.readUInt32LE(4) * 2 ** 32 + bytes.readUInt32LE(8) === first;
}

/** How many events a block holds, from its header alone. */
export function countOf(block: Buffer): number {
  return block.length < HEADER ? 0 : block.readUInt16LE(2);
}

/**
 * Decodes a block that is stored under the sequence `first`.
 * @param bytes a buffer that begins with the block
 * @param length how much of the buffer the block takes: lmdb-js reads into a buffer that it uses again
 * @throws DamagedStoreError when its checksum or its form is wrong
 */
export function decodeBlock(first: number, bytes: Buffer, length = bytes.length): RecordedEvent[] {
  const [base, names, ids, types, streams, revisions, times, data, metadata] = openBlock(first, bytes, length);
  const events: RecordedEvent[] = [];
  for (let index = 0; index < ids.length; index++) {
    events.push({
      id: ids[index] as string,
      type: names[types[index] as number] as string,
      data: data[index] as JsonObject,
      metadata: metadata[index] as JsonObject,
      streamId: names[streams[index] as number] as string,
      revision: revisions[index] as number,
      position: toPosition(first + index),
      recordedAt: toIso(base + (times[index] as number)),
    });
  }
  return events;
}

/**
 * Decodes a block to what it was made from, to be encoded again.
 * @throws DamagedStoreError
 */
export function decodeStored(first: number, block: Buffer): StoredEvent[] {
  return decodeBlock(first, block).map(({ id, type, data, metadata, streamId, revision, recordedAt }) => ({ id, type, data, metadata, streamId, revision, recordedAt: Date.parse(recordedAt) }));
}

function openBlock(first: number, bytes: Buffer, length: number): Body {
  if (length < HEADER + CRC) throw damaged(first, `it has only ${length} bytes`);
  if (crc32(bytes.subarray(0, length)) !== INTACT) throw damaged(first, 'its checksum does not match');
  if (bytes[0] !== VERSION) throw damaged(first, `block version ${bytes[0]} is unknown to this program`);
  if (bytes.readUInt32LE(4) * 2 ** 32 + bytes.readUInt32LE(8) !== first) throw damaged(first, 'it belongs elsewhere');
  try {
    const start = HEADER + bytes.readUInt32LE(12);
    const body = readerOf(bytes, start).unpack(bytes, { start, end: length - CRC }) as Body;
    if (body[2].length !== countOf(bytes)) throw new Error(`it holds ${body[2].length} events, not ${countOf(bytes)}`);
    return body;
  } catch (error) {
    throw damaged(first, `its checksum matches but it does not decode: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function damaged(first: number, reason: string): DamagedStoreError {
  return new DamagedStoreError(toPosition(first), reason);
}

/** The reader for the shapes in front of the body. */
function readerOf(block: Buffer, end: number): Unpackr {
  const key = block.toString('latin1', HEADER, end);
  let reader = readers.get(key);
  if (!reader) {
    if (readers.size >= MAX_READERS) {
      readers.clear();
      shapeLists.clear();
    }
    const shapes = plainPackr.unpack(block.subarray(HEADER, end)) as string[][];
    // msgpackr hangs the compiled reader on the key list: the same list object in all readers is compiled once.
    reader = new Unpackr({ structures: shapes.map(sameList), maxSharedStructures: MAX_SHAPES, mapsAsObjects: true });
    readers.set(key, reader);
  }
  return reader;
}

function sameList(keys: string[]): string[] {
  const name = JSON.stringify(keys);
  const known = shapeLists.get(name);
  if (!known) shapeLists.set(name, keys);
  return known ?? keys;
}

const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const threeDigits = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));
let isoMinute = NaN;
let isoMinuteText = '';
let isoTime = NaN;
let isoText = '';

/** toISOString, which alone would take longer than the rest of decoding: neighbours mostly share the time, or the minute. */
function toIso(time: number): string {
  if (time === isoTime) return isoText;
  const minute = Math.floor(time / 60_000);
  if (minute !== isoMinute) {
    isoMinuteText = new Date(minute * 60_000).toISOString().slice(0, -7);
    isoMinute = minute;
  }
  const rest = time - minute * 60_000;
  const second = Math.floor(rest / 1000);
  isoText = `${isoMinuteText}${twoDigits[second]}.${threeDigits[rest - second * 1000]}Z`;
  isoTime = time;
  return isoText;
}
