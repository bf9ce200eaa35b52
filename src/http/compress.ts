/** gzip and br where it pays: texts of more than a packet. A compressed answer is another representation, and has another ETag. */
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip, type ZlibOptions } from 'node:zlib';
import type { Request, Response } from 'express';

export type Encoding = 'br' | 'gzip';

/** What fits into a packet or two gains nothing. */
const WORTH_BYTES = 1400;
/** Of brotli: much smaller than gzip for about its time; higher levels take many times as long. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } };
/** Half the time of the default level, for a tenth more bytes. */
const GZIP_LEVEL = 3;
const GATHERED_BYTES = 64 * 1024;
const brotli = promisify(brotliCompress);
const zipped = promisify<Buffer, ZlibOptions, Buffer>(gzip);

/** What the client takes, the smaller first; null: the bytes as they are. */
export function encodingFor(req: Request): Encoding | null {
  const accepted = req.acceptsEncodings('br', 'gzip', 'identity');
  return accepted === 'br' || accepted === 'gzip' ? accepted : null;
}

/** A text as it is sent, and compressed once for each encoding that is asked for. */
export interface Text {
  plain: Buffer;
  encoded: Map<Encoding, Promise<Buffer>>;
}

/** While a body is there, so is its text: bodies of answers never change. */
const texts = new WeakMap<object, Text>();

/** A body as a line of JSON. */
export function textOf(body: unknown): Text {
  const key = body as object;
  let text = texts.get(key);
  if (!text) texts.set(key, (text = { plain: Buffer.from(`${JSON.stringify(body)}\n`), encoded: new Map() }));
  return text;
}

function bytesOf({ plain, encoded }: Text, encoding: Encoding | null): Promise<Buffer> | Buffer {
  if (encoding === null) return plain;
  let bytes = encoded.get(encoding);
  if (!bytes) encoded.set(encoding, (bytes = encoding === 'br' ? brotli(plain, QUALITY) : zipped(plain, { level: GZIP_LEVEL })));
  return bytes;
}

/** @param etag of the bytes as they are; null: it has none */
export async function sendText(req: Request, res: Response, text: string | Text, etag: string | null = null): Promise<void> {
  res.vary('Accept-Encoding');
  const own = typeof text === 'string' ? { plain: Buffer.from(text), encoded: new Map<Encoding, Promise<Buffer>>() } : text;
  const encoding = own.plain.length < WORTH_BYTES ? null : encodingFor(req);
  const bytes = await bytesOf(own, encoding);
  if (encoding !== null) res.set('Content-Encoding', encoding);
  if (etag !== null) res.set('ETag', tagOf(etag, encoding));
  res.set('Content-Length', String(bytes.length)).end(req.method === 'HEAD' ? undefined : bytes);
}

/** A strong tag is of one representation, to the byte (RFC 9110 §8.8.3). */
function tagOf(etag: string, encoding: Encoding | null): string {
  return encoding === null ? etag : etag.replace(/"$/, `-${encoding}"`);
}

/** The tag without what its encoding adds. */
export function plainTag(tag: string): string {
  return tag.replace(/-(?:br|gzip)"$/, '"');
}

/** Pieces of a text compressed as they come; what throws on the way throws here. */
export function compressed(pieces: AsyncIterable<string | Uint8Array>, encoding: Encoding): AsyncIterable<Uint8Array> {
  const into = encoding === 'br' ? createBrotliCompress(QUALITY) : createGzip({ level: GZIP_LEVEL });
  pipeline(Readable.from(gathered(pieces), { objectMode: true }), into, () => undefined);
  return into as AsyncIterable<Uint8Array>;
}

/** Each piece costs the compressor a turn of its own: lines go to it by the handful. */
async function* gathered(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    const own = typeof piece === 'string' ? Buffer.from(piece) : piece;
    held.push(own);
    bytes += own.length;
    if (bytes < GATHERED_BYTES) continue;
    yield Buffer.concat(held);
    [held, bytes] = [[], 0];
  }
  if (held.length > 0) yield Buffer.concat(held);
}
