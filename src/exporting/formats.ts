/** The formats that tables leave in. Those that few ask for are loaded when they are. */
import { csvBytes, ndjsonBytes } from './text.js';
import type { Table } from './table.js';

export const FORMATS = ['csv', 'ndjson', 'arrow', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

export const MEDIA_TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson',
  arrow: 'application/vnd.apache.arrow.stream',
  parquet: 'application/vnd.apache.parquet',
};

/**
 * @param metadata what Arrow and Parquet carry about the table beside its rows
 * @param arrow its file format (default), or the one for streams
 */
export async function* bytesOf(table: Table, format: Format, metadata: Readonly<Record<string, string>>, arrow: 'file' | 'stream' = 'file'): AsyncGenerator<Uint8Array> {
  if (format === 'csv') yield* csvBytes(table);
  else if (format === 'ndjson') yield* ndjsonBytes(table);
  else if (format === 'arrow') yield* (await import('./arrow.js')).arrowBytes(table, metadata, arrow);
  else yield* (await import('./parquet.js')).parquetBytes(table, metadata);
}
