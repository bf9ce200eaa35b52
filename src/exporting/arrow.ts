/** A table as Arrow, a record batch at a time: the file format for files, the stream format for what is sent. */
import { setImmediate } from 'node:timers/promises';
import { Bool, Field, Float64, Int64, makeData, RecordBatch, RecordBatchFileWriter, RecordBatchStreamWriter, Schema, Struct, TimestampNanosecond, Utf8, vectorFromArray, type Data, type DataType } from 'apache-arrow';
import { nanoseconds } from './parquet.js';
import { cellText, isInstant, type Cell, type Kind, type Row, type Table } from './table.js';

const TYPES: Record<Kind, () => DataType> = {
  text: () => new Utf8(),
  json: () => new Utf8(),
  integer: () => new Int64(),
  float: () => new Float64(),
  flag: () => new Bool(),
  time: () => new TimestampNanosecond('UTC'),
};

/** @param metadata key and value, as they stand in the schema's metadata */
export async function* arrowBytes({ columns, rows }: Table, metadata: Readonly<Record<string, string>>, format: 'file' | 'stream'): AsyncGenerator<Uint8Array> {
  const schema = new Schema(columns.map(({ name, kind }) => new Field(name, TYPES[kind](), true)), new Map(Object.entries(metadata)));
  const writer = format === 'file' ? new RecordBatchFileWriter() : new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  const written = (writer as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  let next = written.next();
  // The writer queues what it wrote. One turn later all of a batch is there to be taken, and nothing more is.
  const queued = async (): Promise<Uint8Array | null> => {
    const got = await Promise.race([next, setImmediate(null)]);
    if (got === null || got.done) return null;
    next = written.next();
    return got.value;
  };
  for await (const batch of rows) {
    if (batch.length === 0) continue;
    writer.write(batchOf(schema, columns.map(({ kind }) => kind), batch));
    for (let bytes = await queued(); bytes !== null; bytes = await queued()) yield bytes;
  }
  writer.finish();
  for (let got = await next; !got.done; got = await written.next()) yield got.value;
}

function batchOf(schema: Schema, kinds: readonly Kind[], rows: readonly Row[]): RecordBatch {
  const children = kinds.map((kind, i) => dataOf(kind, rows.map((row) => row[i] ?? null)));
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children }));
}

function dataOf(kind: Kind, cells: readonly Cell[]): Data {
  if (kind === 'integer') return wide(new Int64(), cells.map((cell) => (cell === null ? null : BigInt(cell as number))));
  if (kind === 'time') return wide(new TimestampNanosecond('UTC'), cells.map((cell) => (isInstant(cell) ? nanoseconds(cell) : null)));
  const values = kind === 'text' || kind === 'json' ? cells.map((cell) => (cell === null ? null : cellText(cell))) : cells;
  return vectorFromArray(values as unknown[], TYPES[kind]()).data[0] as Data;
}

/** Numbers of 64 bits, with the bits that say which are there: the library's own way takes times as milliseconds. */
function wide(type: Int64 | TimestampNanosecond, values: readonly (bigint | null)[]): Data {
  const data = new BigInt64Array(values.length);
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  values.forEach((value, i) => {
    if (value === null) nullCount += 1;
    else {
      data[i] = value;
      nullBitmap[i >> 3] = (nullBitmap[i >> 3] as number) | (1 << (i & 7));
    }
  });
  return makeData({ type: type as Int64, length: values.length, nullCount, nullBitmap, data });
}
