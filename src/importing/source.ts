/** Where a table comes from: a file or stdin, plain or gzipped, CSV or Parquet, told apart by how it begins. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ImportError } from './import-error.js';

export interface Source {
  /** As it is told: the path, or "stdin". */
  name: string;
  parquet: boolean;
  /** Bytes that the file has, where that can be told. */
  size: number | null;
  /** Bytes read so far. */
  read: () => number;
  /** The text, unzipped. */
  text: () => AsyncIterable<string>;
  /** The bytes as they are. */
  bytes: () => AsyncIterable<Buffer>;
}

const GZIP = [0x1f, 0x8b];

/**
 * @param given a path, or "-" for stdin
 * @throws ImportError for what can't be opened, or is no text
 */
export async function openSource(given: string, stdin: Readable = process.stdin): Promise<Source> {
  const standard = given === '-';
  const name = standard ? 'stdin' : given;
  const { head, stream, size } = standard ? await begin(stdin, name) : await openFile(given);
  let read = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      read += chunk.length;
      done(null, chunk);
    },
  });
  const failed = (error: Error): ImportError => new ImportError([`${name}: ${/unexpected end of file/.test(error.message) ? 'the gzip data end in the middle: the file was cut off' : error.message}`]);
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) throw new ImportError([`${name}: expected UTF-8, got UTF-16: save it as UTF-8`]);
  const zipped = head[0] === GZIP[0] && head[1] === GZIP[1];
  return {
    name,
    size,
    parquet: head.subarray(0, 4).toString('latin1') === 'PAR1',
    read: () => read,
    async *bytes() {
      try {
        for await (const chunk of stream.pipe(counted)) yield chunk as Buffer;
      } catch (error) {
        throw failed(error as Error);
      }
    },
    async *text() {
      const output = zipped ? createGunzip() : counted;
      output.setEncoding('utf8');
      // What fails on the way ends the reading below with the same error.
      void (zipped ? pipeline(stream, counted, output) : pipeline(stream, output)).catch(() => undefined);
      try {
        for await (const piece of output) yield piece as string;
      } catch (error) {
        throw failed(error as Error);
      }
    },
  };
}

async function openFile(path: string): Promise<{ head: Buffer; stream: Readable; size: number | null }> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw new ImportError([`${path}: expected a file, got a folder`]);
    // A named pipe can be read once: what was looked at is given back.
    if (!info.isFile()) return await begin(createReadStream(path), path);
    const file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    await file.close();
    return { head: buffer.subarray(0, bytesRead), stream: createReadStream(path, { highWaterMark: 256 * 1024 }), size: info.size };
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError([`${path}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message}`]);
  }
}

/** Reads the first bytes of what can be read once, and puts them back. */
async function begin(stream: Readable, name: string): Promise<{ head: Buffer; stream: Readable; size: null }> {
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const chunks: Buffer[] = [];
  while (Buffer.concat(chunks).length < 4) {
    const next: IteratorResult<Buffer, unknown> = await iterator.next().catch((error: Error) => {
      throw new ImportError([`${name}: ${error.message}`]);
    });
    if (next.done) break;
    chunks.push(Buffer.from(next.value));
  }
  async function* again(): AsyncGenerator<Buffer> {
    yield* chunks;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { head: Buffer.concat(chunks).subarray(0, 4), stream: Readable.from(again(), { objectMode: false }), size: null };
}
