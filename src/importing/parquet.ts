/** Tables from Parquet, one row group after the other. Days come as text, times as text with Z where the file says that they are UTC. */
import { asyncBufferFromFile } from 'hyparquet/src/node.js';
import { parquetMetadataAsync, type AsyncBuffer, type FileMetaData, type SchemaElement } from 'hyparquet';
import { rowGroups } from '../parquet-rows.js';
import type { Batch, Table } from './csv.js';
import { ImportError } from './import-error.js';
import type { Source } from './source.js';

const text = (ms: number): string => new Date(ms).toISOString().slice(0, -1);
const parsers = {
  dateFromDays: (days: number) => text(days * 86_400_000).slice(0, 10),
  timestampFromMilliseconds: (ms: bigint) => text(Number(ms)),
  timestampFromMicroseconds: (us: bigint) => text(Number(us / 1000n)),
  timestampFromNanoseconds: (ns: bigint) => text(Number(ns / 1_000_000n)),
};

/** @throws ImportError for a file that is no Parquet, or nested */
export async function readParquet(source: Source, path: string | null): Promise<Table> {
  const file = path === null ? await buffered(source) : await asyncBufferFromFile(path);
  const failed = (error: Error): ImportError => new ImportError([`${source.name}: not readable as Parquet: ${error.message}`]);
  const metadata = await parquetMetadataAsync(file, { parsers }).catch((error: Error) => {
    throw failed(error);
  });
  const columns = metadata.schema.slice(1).filter((element) => element.num_children === undefined);
  if (columns.length !== metadata.schema.length - 1) throw new ImportError([`${source.name}: expected plain columns, got nested ones`]);
  return {
    header: columns.map(({ name }) => name),
    unit: 'row',
    faults: [],
    notes: [],
    batches: batchesOf(file, metadata, columns, failed),
  };
}

async function* batchesOf(file: AsyncBuffer, metadata: FileMetaData, columns: readonly SchemaElement[], failed: (error: Error) => ImportError): AsyncGenerator<Batch> {
  const utc = columns.map(inUtc);
  try {
    for await (const { start, rows } of rowGroups(file, metadata, parsers)) {
      if (utc.includes(true)) for (const row of rows) for (let i = 0; i < utc.length; i += 1) if (utc[i] && typeof row[i] === 'string') row[i] = `${row[i] as string}Z`;
      yield { rows, lines: rows.map((_, i) => start + i + 1) };
    }
  } catch (error) {
    throw failed(error as Error);
  }
}

function inUtc({ logical_type: logical, converted_type: converted }: SchemaElement): boolean {
  if (logical?.type === 'TIMESTAMP') return logical.isAdjustedToUTC;
  return converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS';
}

/** What comes through a pipe is held whole: the index of a Parquet file stands at its end. */
async function buffered(source: Source): Promise<AsyncBuffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.bytes()) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  const bytes = whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.byteLength);
  return { byteLength: bytes.byteLength, slice: (from, to) => bytes.slice(from, to) };
}
