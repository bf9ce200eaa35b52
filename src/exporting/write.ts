/** Writes tables into a folder, one file after the other, with the manifest; the folder appears whole or not at all. */
import { createHash } from 'node:crypto';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { formatInstant } from '../../events/index.js';
import { fillFolder } from '../store/whole-folder.js';
import { bytesOf, type Format } from './formats.js';
import { MANIFEST, metadataOf, type FileEntry, type Head, type Manifest, type TableEntry } from './manifest.js';
import { addTo, cellText, isInstant, rowsHash, type Cell, type Extent, type Row, type Table, type TableName } from './table.js';

/** Thrown when an export is stopped; nothing of it is left. */
export class ExportStoppedError extends Error {
  override readonly name = 'ExportStoppedError';
  constructor() {
    super('stopped; nothing of the export is left, and the same command begins it anew');
  }
}

export interface WriteOptions {
  format: Format;
  /** Files by the day of ts_known (UTC), in folders date=YYYY-MM-DD, with that column in them too. */
  partition: 'date' | null;
  head: Head;
  factsHash: string | null;
  signal?: AbortSignal;
  /** Told how many rows of a table were written, now and then. */
  progress?: (table: string, rows: number) => void;
}

/**
 * @param folder empty, or not there yet
 * @throws TargetFolderError, ExportStoppedError, and what reading the tables throws
 */
export async function writeExport(folder: string, tables: readonly Table[], options: WriteOptions): Promise<Manifest> {
  const { format, partition, head, factsHash } = options;
  return fillFolder(path.resolve(folder), async (partial) => {
    const entries: TableEntry[] = [];
    for (const table of tables) entries.push(await writeTable(partial, table, options));
    const compression = format === 'parquet' ? (await import('./parquet.js')).COMPRESSION : null;
    const manifest: Manifest = { ...head, format, compression, partition, factsHash, tables: entries };
    const file = await open(path.join(partial, MANIFEST), 'wx');
    try {
      await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    return manifest;
  });
}

async function writeTable(folder: string, table: Table, { format, partition, head, signal, progress }: WriteOptions): Promise<TableEntry> {
  const columns = partition === null ? table.columns : [...table.columns, { name: 'date', kind: 'text' as const }];
  const hash = rowsHash();
  let count = 0;
  const files: FileEntry[] = [];
  const metadata = metadataOf(head, table.name);
  const counted = async function* (rows: AsyncIterable<readonly Row[]>, extent: Extent): AsyncGenerator<readonly Row[]> {
    for await (const batch of rows) {
      if (signal?.aborted) throw new ExportStoppedError();
      // The day is of the layout: the hash of the rows leaves it out.
      hash.add(batch.map((row) => row.slice(0, table.columns.length).map(cellText)));
      addTo(extent, columns, batch);
      count += batch.length;
      progress?.(table.name, count);
      yield batch;
    }
  };
  const write = async (name: string, rows: AsyncIterable<readonly Row[]>): Promise<void> => {
    const extent: Extent = { rows: 0, from: null, to: null };
    const { bytes, sha256 } = await writeFile(path.join(folder, name), bytesOf({ name: table.name, columns, rows: counted(rows, extent) }, format, metadata));
    files.push({ path: name, rows: extent.rows, bytes, sha256, minKnown: extent.from && formatInstant(extent.from), maxKnown: extent.to && formatInstant(extent.to) });
  };
  if (partition === null) await write(`${table.name}.${format}`, table.rows);
  else for await (const { day, rows } of byDay(table)) await write(`${table.name}/date=${day}/part-0.${format}`, rows);
  return { name: table.name as TableName, columns: [...columns], rows: count, rowsHash: hash.hex(), files };
}

/** One file is open at a time, whatever their number. */
async function writeFile(file: string, chunks: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle: FileHandle = await open(file, 'wx');
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      for (let written = 0; written < chunk.length; ) written += (await handle.write(chunk, written)).bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The rows of each day in turn. They are in the order of ts_known, so that each day is one run. */
async function* byDay({ columns, rows }: Table): AsyncGenerator<{ day: string; rows: AsyncIterable<readonly Row[]> }> {
  const place = columns.findIndex(({ name }) => name === 'ts_known');
  const dayOf = (row: Row): string => dayIn(row[place] ?? null);
  const batches = rows[Symbol.asyncIterator]();
  let pending: readonly Row[] = [];
  const fill = async (): Promise<void> => {
    while (pending.length === 0) {
      const next = await batches.next();
      if (next.done) return;
      pending = next.value;
    }
  };
  const run = async function* (day: string): AsyncGenerator<readonly Row[]> {
    for (; pending[0] && dayOf(pending[0]) === day; await fill()) {
      const end = pending.findIndex((row) => dayOf(row) !== day);
      const own = end === -1 ? pending : pending.slice(0, end);
      pending = end === -1 ? [] : pending.slice(end);
      yield own.map((row) => [...row, day]);
    }
  };
  for (await fill(); pending[0]; await fill()) {
    const day = dayOf(pending[0]);
    yield { day, rows: run(day) };
  }
}

function dayIn(known: Cell): string {
  return (isInstant(known) && formatInstant(known)?.slice(0, 10)) || 'unknown';
}
