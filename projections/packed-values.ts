/**
 * JSON values as bytes, for rows that were folded long ago: texts and key lists stand once for all values of a chunk, so
 * that a million rows take a tenth of what they take as objects. The bytes are part of the state hash: they depend on
 * the values (and their key order) alone, never on the Node version, and FORMAT in chunk.ts is raised when they change.
 *
 *   4 bytes    length of the head
 *   head       JSON: { texts: [...], shapes: [[key, ...], ...] }, padded with spaces to a multiple of 4
 *   offsets    where each value begins in the body, 4 bytes each, and where the last one ends
 *   body       tokens: see Tag
 */

enum Tag {
  Null = 0,
  False = 1,
  True = 2,
  /** A double, 8 bytes. */
  Number = 3,
  /** A varint n ≥ 0, and its negative (n ≥ 1). */
  Natural = 4,
  Negative = 5,
  /** A varint: place in texts. */
  Text = 6,
  /** A varint: length; then the members. */
  List = 7,
  /** A varint: place in shapes; then the members in the order of its keys. */
  Record = 8,
}

const MAX_VARINT = 0x7fffffff;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

class Writer {
  bytes = new Uint8Array(64 * 1024);
  view = new DataView(this.bytes.buffer);
  length = 0;

  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  token(tag: Tag, n: number): void {
    this.reserve(6);
    this.bytes[this.length++] = tag;
    while (n >= 128) {
      this.bytes[this.length++] = (n % 128) + 128;
      n = Math.floor(n / 128);
    }
    this.bytes[this.length++] = n;
  }

  plain(tag: Tag): void {
    this.reserve(1);
    this.bytes[this.length++] = tag;
  }

  number(value: number): void {
    // Negative zero is not a natural number: it would come back positive.
    if (Number.isInteger(value) && Math.abs(value) <= MAX_VARINT && !Object.is(value, -0)) {
      this.token(value < 0 ? Tag.Negative : Tag.Natural, Math.abs(value));
      return;
    }
    this.reserve(9);
    this.bytes[this.length] = Tag.Number;
    this.view.setFloat64(this.length + 1, value, true);
    this.length += 9;
  }
}

/** Texts and shapes by their first use: the same values give the same numbers. */
class Tables {
  readonly texts = new Map<string, number>();
  readonly shapes: string[][] = [];
  private readonly shapeOf = new Map<string, number>();
  private last = 0;

  text(value: string): number {
    let place = this.texts.get(value);
    if (place === undefined) this.texts.set(value, (place = this.texts.size));
    return place;
  }

  shape(keys: string[]): number {
    // Neighbours mostly have the shape of the one before.
    const before = this.shapes[this.last];
    if (before && before.length === keys.length && before.every((key, i) => key === keys[i])) return this.last;
    const name = JSON.stringify(keys);
    let place = this.shapeOf.get(name);
    if (place === undefined) {
      this.shapeOf.set(name, (place = this.shapes.length));
      this.shapes.push(keys);
    }
    this.last = place;
    return place;
  }
}

/**
 * Packs values. What JSON leaves out (a member that is undefined) is left out.
 * @returns bytes for openValues
 */
export function packValues(values: readonly unknown[]): Uint8Array {
  const writer = new Writer();
  const tables = new Tables();
  const offsets = new Uint32Array(values.length + 1);
  for (const [index, value] of values.entries()) {
    offsets[index] = writer.length;
    write(writer, tables, value);
  }
  offsets[values.length] = writer.length;
  const text = JSON.stringify({ texts: [...tables.texts.keys()], shapes: tables.shapes });
  const head = encoder.encode(text.padEnd(text.length + 4));
  const headLength = head.length - (head.length % 4);
  const bytes = new Uint8Array(4 + headLength + offsets.byteLength + writer.length);
  new DataView(bytes.buffer).setUint32(0, headLength, true);
  bytes.set(head.subarray(0, headLength), 4);
  bytes.set(new Uint8Array(offsets.buffer), 4 + headLength);
  bytes.set(writer.bytes.subarray(0, writer.length), 4 + headLength + offsets.byteLength);
  return bytes;
}

function write(writer: Writer, tables: Tables, value: unknown): void {
  if (typeof value === 'string') writer.token(Tag.Text, tables.text(value));
  else if (typeof value === 'number') writer.number(value);
  else if (value === true) writer.plain(Tag.True);
  else if (value === false) writer.plain(Tag.False);
  else if (value === null || value === undefined) writer.plain(Tag.Null);
  else if (Array.isArray(value)) {
    writer.token(Tag.List, value.length);
    for (const member of value) write(writer, tables, member);
  } else {
    const record = value as Record<string, unknown>;
    // eslint-disable-next-line no-restricted-properties -- as they come: views print the members in the order they were stored
    let keys = Object.keys(record);
    if (keys.some((key) => record[key] === undefined)) keys = keys.filter((key) => record[key] !== undefined);
    writer.token(Tag.Record, tables.shape(keys));
    for (const key of keys) write(writer, tables, record[key]);
  }
}

/** Reads packed values one at a time, by their place. */
export function openValues(bytes: Uint8Array, count: number): (index: number) => unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headLength = view.getUint32(0, true);
  const { texts, shapes } = JSON.parse(decoder.decode(bytes.subarray(4, 4 + headLength))) as { texts: string[]; shapes: string[][] };
  const offsets = 4 + headLength;
  const body = offsets + (count + 1) * 4;
  let at = 0;

  const varint = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++] as number;
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
      scale *= 128;
    }
  };
  const read = (): unknown => {
    switch (bytes[at++] as Tag) {
      case Tag.Null:
        return null;
      case Tag.False:
        return false;
      case Tag.True:
        return true;
      case Tag.Number:
        at += 8;
        return view.getFloat64(at - 8, true);
      case Tag.Natural:
        return varint();
      case Tag.Negative:
        return -varint();
      case Tag.Text:
        return texts[varint()];
      case Tag.List: {
        const length = varint();
        const list: unknown[] = [];
        for (let i = 0; i < length; i += 1) list.push(read());
        return list;
      }
      case Tag.Record: {
        const record: Record<string, unknown> = {};
        for (const key of shapes[varint()] as string[]) {
          // Assigned, this one would become the prototype. No store takes it; a state must not change for it all the same.
          if (key === '__proto__') Object.defineProperty(record, key, { value: read(), writable: true, enumerable: true, configurable: true });
          else record[key] = read();
        }
        return record;
      }
      default:
        throw new Error(`unknown tag ${bytes[at - 1]} in packed values`);
    }
  };
  return (index) => {
    at = body + view.getUint32(offsets + index * 4, true);
    return read();
  };
}
