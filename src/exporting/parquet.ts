/** A table as Parquet, a row group at a time: times as nanoseconds in UTC, whole numbers and times packed by their differences. */
import zlib from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { cellText, isInstant, type Cell, type Column, type Kind, type Row, type Table } from './table.js';

type ColumnData = Parameters<ParquetWriter['write']>[0]['columnData'][number];
type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** Larger groups take more memory: 100,000 rows came to 309 MB. */
export const GROUP_ROWS = 10_000;

/** Node has zstd from 22.15 on; every reader of Parquet reads both. */
const zstd = (zlib as { zstdCompressSync?: (bytes: Uint8Array) => Buffer }).zstdCompressSync;
export const COMPRESSION = zstd ? 'zstd' : 'gzip';
const compressors = zstd ? { ZSTD: (bytes: Uint8Array): Uint8Array => zstd(bytes) } : { GZIP: (bytes: Uint8Array): Uint8Array => zlib.gzipSync(bytes, { level: 4 }) };

const ELEMENTS: Record<Kind, Partial<Element>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  // Text, since readers differ in what they make of Parquet's JSON.
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  integer: { type: 'INT64' },
  float: { type: 'DOUBLE' },
  flag: { type: 'BOOLEAN' },
  time: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' } },
};

/** @param metadata key and value, as they stand in the file's own metadata */
export async function* parquetBytes({ columns, rows }: Table, metadata: Readonly<Record<string, string>>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(({ name, kind }): Element => ({ name, repetition_type: 'OPTIONAL', ...ELEMENTS[kind] }))],
    codec: zstd ? 'ZSTD' : 'GZIP',
    compressors,
    createdBy: 'market-reaction-tracker',
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  let group: Row[] = [];
  for await (const batch of rows) {
    for (const row of batch) {
      group.push(row);
      if (group.length < GROUP_ROWS) continue;
      await file.write({ columnData: columnData(columns, group), rowGroupSize: GROUP_ROWS });
      group = [];
      yield taken(writer);
    }
  }
  if (group.length > 0) await file.write({ columnData: columnData(columns, group), rowGroupSize: GROUP_ROWS });
  await file.finish();
  yield taken(writer);
}

/** What was written since, as bytes of their own; places in the file go on. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = new Uint8Array(writer.buffer.slice(0, writer.index));
  writer.index = 0;
  return bytes;
}

function columnData(columns: readonly Column[], rows: readonly Row[]): ColumnData[] {
  return columns.map(({ name, kind }, i) => {
    const data = rows.map((row) => valueOf(kind, row[i] ?? null));
    return kind === 'integer' || kind === 'time' ? { name, data, encoding: 'DELTA_BINARY_PACKED' } : { name, data };
  });
}

function valueOf(kind: Kind, cell: Cell): string | number | bigint | boolean | null {
  if (cell === null) return null;
  switch (kind) {
    case 'time':
      return isInstant(cell) ? nanoseconds(cell) : null;
    case 'integer':
      return BigInt(cell as number);
    case 'json':
      return cellText(cell);
    default:
      return cell as string | number | boolean;
  }
}

const LATEST = (1n << 63n) - 1n;

/** Since 1970; null before 1677 and after 2262, which 64 bits do not reach. */
export function nanoseconds({ ms, ns }: { ms: number; ns: number }): bigint | null {
  const count = BigInt(ms) * 1_000_000n + BigInt(ns);
  return count > LATEST || count < -LATEST ? null : count;
}
