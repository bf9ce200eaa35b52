/**
 * Snapshots of the projections: a cache in an LMDB environment of its own, beside the store, which may be deleted at any
 * time. Per state a head, its chunks, written once, and its tail; all heads of one save in one transaction, so that no
 * crash leaves a head without its rows. Everything is under the store's id, the prefix, the projection's version and
 * that of the language: what does not match is not found.
 *
 *   tracker-heads   key of a state → Head, as JSON
 *   tracker-parts   [...key of a state, kind, number] → bytes, with their CRC32 behind
 */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { open, type Database, type RootDatabase } from 'lmdb';
import { LANGUAGE_VERSION } from '../../events/index.js';
import { FORMAT } from '../../projections/index.js';
import { DATA_FILE, isLmdbFolder } from '../store/lmdb-file.js';
import type { Position } from '../store/port.js';

/** Thrown when a part of a snapshot is missing or fails its checksum. The log is whole: the snapshot can be thrown away. */
export class DamagedSnapshotError extends Error {
  override readonly name = 'DamagedSnapshotError';
}

/** Thrown when the folder can't be opened: without permission, or not one of snapshots. Everything works without them, slower. */
export class SnapshotsUnusableError extends Error {
  override readonly name = 'SnapshotsUnusableError';
}

/** Whose state a snapshot is. */
export interface SnapshotKey {
  store: string;
  prefix: string;
  name: string;
  version: number;
  language: number;
}

export interface Head extends SnapshotKey {
  /** The last order that is in it, and that event's position. */
  order: number;
  position: Position;
  rows: number;
  chunks: number;
  /** The state hash's chain after the chunks, and of the whole, in hex. */
  link: string;
  hash: string;
  savedAt: string;
  /** What else is needed to take the state up again. */
  rest?: unknown;
}

/** A chunk's parts by kind, such as index and values. */
export type Parts = Readonly<Record<string, Uint8Array>>;

export interface Save {
  head: Head;
  /** Whether what is there is to be replaced, however far it is; else a head that is further stays. */
  replace: boolean;
  /** The first chunk that is not saved yet. */
  firstChunk: number;
  chunks: readonly Parts[];
  tail: Parts;
}

export interface Snapshots {
  readonly folder: string;
  readonly readOnly: boolean;
  heads(): Head[];
  /** @throws DamagedSnapshotError */
  part(key: SnapshotKey, kind: string, number: number | 'tail'): Uint8Array;
  /** Stores all or none. */
  save(saves: readonly Save[]): Promise<void>;
  close(): Promise<void>;
}

type Key = (string | number)[];
const TAIL = -1;
const CRC = 4;

export function snapshotKey(store: string, prefix: string, { name, version }: { name: string; version: number }): SnapshotKey {
  return { store, prefix, name, version, language: LANGUAGE_VERSION };
}

/**
 * Opens the folder, creating it when it is missing and not to be read only.
 * @throws SnapshotsUnusableError
 */
export function openSnapshots(folder: string, { readOnly = false } = {}): Snapshots {
  try {
    // LMDB would create the folder even to read it.
    if (!readOnly) mkdirSync(folder, { recursive: true });
    else if (!existsSync(path.join(folder, DATA_FILE))) throw new Error('nothing was saved there yet');
    if (!isLmdbFolder(folder)) throw new Error('its data file is not one of snapshots');
    return openEnvironment(folder, readOnly);
  } catch (cause) {
    throw new SnapshotsUnusableError(`no snapshots in ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function openEnvironment(folder: string, readOnly: boolean): Snapshots {
  const root: RootDatabase = open({ path: folder, noSubdir: false, readOnly, overlappingSync: false, eventTurnBatching: false, maxReaders: 512 });
  const heads = root.openDB<Head, Key>({ name: 'tracker-heads', encoding: 'json', keyEncoding: 'ordered-binary' });
  const parts = root.openDB<Buffer, Key>({ name: 'tracker-parts', encoding: 'binary', keyEncoding: 'ordered-binary' });

  return {
    folder,
    readOnly,
    heads: () => {
      root.resetReadTxn();
      return [...heads.getRange()].filter(({ key }) => key.at(-1) === FORMAT).map(({ value }) => value);
    },
    part(key, kind, number) {
      const bytes = parts.getBinary([...keyOf(key), kind, number === 'tail' ? TAIL : number]);
      const where = `${key.name}@${key.version}, ${kind} ${number}`;
      if (!bytes || bytes.length < CRC) throw new DamagedSnapshotError(`the snapshot in ${folder} lacks ${where}: delete the folder and start again, which costs a fold and nothing else`);
      const body = bytes.subarray(0, -CRC);
      if (crc32(body) !== bytes.readUInt32LE(body.length)) throw new DamagedSnapshotError(`the snapshot in ${folder} is damaged in ${where}: delete the folder and start again, which costs a fold and nothing else`);
      return body;
    },
    save: async (saves) => {
      await root.transaction(() => {
        for (const save of saves) put(heads, parts, save);
      });
    },
    close: () => root.close(),
  };
}

/** Nothing is ever removed: another process may read its rows from here. What no head counts is written over in time. */
function put(heads: Database<Head, Key>, parts: Database<Buffer, Key>, { head, replace, firstChunk, chunks, tail }: Save): void {
  const key = keyOf(head);
  if (!replace && (heads.get(key)?.order ?? 0) > head.order) return;
  chunks.forEach((chunk, index) => putParts(parts, key, chunk, firstChunk + index));
  putParts(parts, key, tail, TAIL);
  void heads.put(key, head);
}

function putParts(parts: Database<Buffer, Key>, key: Key, chunk: Parts, number: number): void {
  for (const [kind, bytes] of Object.entries(chunk)) {
    const sealed = Buffer.allocUnsafe(bytes.length + CRC);
    sealed.set(bytes);
    sealed.writeUInt32LE(crc32(bytes), bytes.length);
    void parts.put([...key, kind, number], sealed);
  }
}

function keyOf({ store, prefix, name, version, language }: SnapshotKey): Key {
  return [store, prefix, name, version, language, FORMAT];
}
