/** Files of an export read back, as the texts that their cells had: what their hash is held against. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { asyncBufferFromFile } from 'hyparquet/src/node.js';
import { parquetMetadataAsync } from 'hyparquet';
import Papa from 'papaparse';
import { rowGroups } from '../parquet-rows.js';
import type { Format } from './formats.js';
import { cellText, type Cell, type Column, type Kind } from './table.js';

/** The cells' texts, row by row. @throws where the file is not of its format */
export function textsOf(file: string, format: Format, columns: readonly Column[]): AsyncGenerator<string[]> {
  const readers = { csv: csvTexts, ndjson: ndjsonTexts, arrow: arrowTexts, parquet: parquetTexts };
  return readers[format](file, columns);
}

async function* csvTexts(file: string): AsyncGenerator<string[]> {
  let first = true;
  for await (const row of createReadStream(file).pipe(Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter: ',', newline: '\n', skipEmptyLines: true }))) {
    if (!first) yield row as string[];
    first = false;
  }
}

async function* ndjsonTexts(file: string, columns: readonly Column[]): AsyncGenerator<string[]> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const row = JSON.parse(line) as Record<string, Cell>;
    yield columns.map(({ name }) => cellText(row[name] ?? null));
  }
}

/** Times as the count of nanoseconds that they are. */
const parsers = { timestampFromNanoseconds: (ns: bigint) => ns };

async function* parquetTexts(path: string, columns: readonly Column[]): AsyncGenerator<string[]> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file, { parsers });
  for await (const { rows } of rowGroups(file, metadata, parsers, columns.map(({ name }) => name))) for (const row of rows) yield columns.map(({ kind }, i) => valueText(kind, row[i]));
}

async function* arrowTexts(file: string, columns: readonly Column[]): AsyncGenerator<string[]> {
  const { RecordBatchReader } = await import('apache-arrow');
  for await (const batch of await RecordBatchReader.from(createReadStream(file))) {
    const vectors = columns.map(({ name }) => batch.getChild(name));
    // Times are taken as they are: the library makes milliseconds of them.
    const counts = columns.map(({ kind }, i) => (kind === 'time' ? (vectors[i]?.data[0]?.values as BigInt64Array | undefined) : undefined));
    for (let row = 0; row < batch.numRows; row += 1) yield columns.map(({ kind }, i) => (vectors[i]?.isValid(row) ? valueText(kind, counts[i] ? counts[i][row] : (vectors[i].get(row) as unknown)) : ''));
  }
}

function valueText(kind: Kind, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (kind !== 'time') return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
  const count = value as bigint;
  const beyond = ((count % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return cellText({ ms: Number((count - beyond) / 1_000_000n), ns: Number(beyond) });
}
