/** Is a folder's data file one of LMDB's? Asked before it is opened: lmdb-js does not survive another program's file. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const DATA_FILE = 'data.mdb';

/** LMDB's magic number, behind the first page's header, which takes 24 bytes in lmdb-js's data format and 16 in the older one. */
const MAGIC = 0xbeefc0de;
const MAGIC_PLACES = [24, 16];

/**
 * Whether LMDB can open the folder: it has no data file yet, an empty one (just being created), or one of LMDB's.
 * @throws what reading the file throws
 */
export function isLmdbFolder(folder: string): boolean {
  const name = path.join(folder, DATA_FILE);
  if (!existsSync(name)) return true;
  const head = Buffer.alloc(28);
  const file = openSync(name, 'r');
  let length: number;
  try {
    length = readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return length === 0 || MAGIC_PLACES.some((place) => (os.endianness() === 'LE' ? head.readUInt32LE(place) : head.readUInt32BE(place)) === MAGIC);
}
