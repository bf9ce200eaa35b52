/** The events of an export's files, chunk by chunk: which places in the log a chunk has is known before it is read. */
import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { asyncBufferFromFile } from 'hyparquet/src/node.js';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ImportError } from './import-error.js';

/** A run of rows in a file. */
export interface Chunk {
  /** As it is told: file and first row. */
  name: string;
  /** The column seq, in the order of the rows. */
  seqs: number[];
  read: () => Promise<Record<string, unknown>[]>;
}

const WANTED = ['event_id', 'type', 'stream', 'revision', 'seq', 'ts_recorded', 'payload', 'metadata'];
const LINES = 5000;

/**
 * @param file NDJSON or Parquet, told apart by how it begins
 * @throws ImportError for anything else
 */
export async function chunksOf(file: string): Promise<Chunk[]> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new ImportError([`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`]);
  });
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0).finally(() => handle.close());
  const head = buffer.subarray(0, bytesRead).toString('latin1');
  if (head === 'PAR1') return parquetChunks(file);
  if (head === '' || head.startsWith('{')) return ndjsonChunks(file);
  throw new ImportError([`${file}: expected the events of an export as NDJSON or Parquet (tracker export events --format ndjson)`]);
}

async function parquetChunks(path: string): Promise<Chunk[]> {
  const file = await asyncBufferFromFile(path);
  const failed = (error: Error): never => {
    throw new ImportError([`${path}: not readable as Parquet: ${error.message}`]);
  };
  const metadata = await parquetMetadataAsync(file).catch(failed);
  const names = metadata.schema.slice(1).map(({ name }) => name);
  const missing = WANTED.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new ImportError([`${path}: has no column ${missing.join(', ')}: expected the table of events of an export`]);
  const chunks: Chunk[] = [];
  let start = 0;
  for (const group of metadata.row_groups) {
    const [rowStart, rowEnd] = [start, start + Number(group.num_rows)];
    const rows = (columns: string[]): Promise<Record<string, unknown>[]> => parquetReadObjects({ file, metadata, compressors, columns, rowStart, rowEnd }).catch(failed);
    chunks.push({ name: `${path}, row ${rowStart + 1}`, seqs: (await rows(['seq'])).map(({ seq }) => Number(seq)), read: () => rows(WANTED) });
    start = rowEnd;
  }
  return chunks;
}

async function ndjsonChunks(path: string): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  let seqs: number[] = [];
  let [begin, at, line] = [0, 0, 0];
  const close = (): void => {
    if (seqs.length === 0) return;
    const [from, to, first] = [begin, at, line - seqs.length + 1];
    chunks.push({ name: `${path}, line ${first}`, seqs, read: () => readLines(path, from, to, first) });
    seqs = [];
    begin = at;
  };
  let rest: Buffer = Buffer.alloc(0);
  const take = (bytes: Buffer): void => {
    at += bytes.length;
    line += 1;
    const text = bytes.toString('utf8').trim();
    if (text !== '') seqs.push(seqOf(text, `${path}, line ${line}`));
    if (seqs.length === LINES) close();
  };
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = rest.length === 0 ? (piece as Buffer) : Buffer.concat([rest, piece as Buffer]);
    let from = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      take(bytes.subarray(from, end + 1));
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) take(rest);
  close();
  return chunks;
}

/** The line's seq, without parsing the rest of it where it is written as an export writes it. */
function seqOf(text: string, place: string): number {
  const quick = /^\{"event_id":"[^"]*","type":"[^"]*","schema_version":\d+,"stream":"[^"\\]*","revision":\d+,"position":"[^"]*","seq":(\d+),/.exec(text);
  if (quick) return Number(quick[1]);
  return Number(parsed(text, place)['seq'] ?? NaN);
}

function parsed(text: string, place: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw new ImportError([`${place}: not JSON: ${(error as Error).message}`]);
  }
  throw new ImportError([`${place}: expected an object`]);
}

async function readLines(path: string, from: number, to: number, first: number): Promise<Record<string, unknown>[]> {
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.toString('utf8').split('\n').filter((line) => line.trim() !== '').map((line, i) => parsed(line, `${path}, line ${first + i}`));
  } finally {
    await handle.close();
  }
}
