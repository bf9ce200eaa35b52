/**
 * Opens an embedded store's folder: the LMDB environment, its three databases and its identity, or a StoreOpenError that
 * says what is wrong and what to do.
 *
 *   tracker-meta     'store' → { format, id }; 'merged' → sequence below which blocks were merged
 *   tracker-blocks   first sequence → block (block.ts)
 *   tracker-streams  [stream id, revision of a run's first event] → run: how many events, and the first one's sequence
 *
 * A run is what one append added to a stream: revisions and sequences both rise by one within it. The last run gives the
 * stream's head, so an append costs one entry here however many events it has.
 *
 * Durability: `overlappingSync` is off, so LMDB writes and syncs a transaction before it becomes visible, and the promise
 * of a write resolves after that. With lmdb-js's default, a commit is visible first and synced later: a power cut could
 * then take back events that subscribers, or another process, have already acted on. Appends that are queued meanwhile
 * share the next sync, so under load this costs little (bench/README.md).
 */
import { existsSync, mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { open, type Database, type RootDatabase } from 'lmdb';
import { DATA_FILE, isLmdbFolder } from '../lmdb-file.js';
import { StoreFullError, StoreOpenError } from '../port.js';

export interface Environment {
  readonly id: string;
  readonly folder: string;
  readonly readOnly: boolean;
  readonly root: RootDatabase<Buffer, string>;
  readonly meta: Database<unknown, string>;
  readonly blocks: Database<Buffer, number>;
  readonly streams: Database<Buffer, [string, number]>;
}

const FORMAT = 1;
const META = 'tracker-meta';
/** Snapshots of a store elsewhere may lie here before the store does. */
const SNAPSHOTS = 'snapshots';
const MDB_MAP_FULL = -30792;
/** More than one transaction can need. */
const FREE_BYTES = 64 * 1024 * 1024;

/**
 * Opens the folder, creating it when it is missing and not to be read only.
 * @throws StoreOpenError
 */
export function openEnvironment(folder: string, readOnly: boolean): Environment {
  const full = path.resolve(folder);
  checkFolder(full, readOnly);
  let root: RootDatabase<Buffer, string>;
  try {
    root = open<Buffer, string>({
      path: full,
      // Else a folder whose name has a dot in it would be taken for a file.
      noSubdir: false,
      readOnly,
      overlappingSync: false,
      // With it, a commit that fails (a full disk) also rejects a promise that lmdb-js keeps to itself, which ends the process.
      eventTurnBatching: false,
      encoding: 'binary',
      // Each process takes one or two; the default of 126 would do, a crash loop between two checks should too.
      maxReaders: 512,
    });
  } catch (error) {
    throw openError(full, error);
  }
  try {
    return openDatabases(full, readOnly, root);
  } catch (error) {
    void root.close();
    throw error instanceof StoreOpenError ? error : openError(full, error);
  }
}

function checkFolder(folder: string, readOnly: boolean): void {
  if (!existsSync(folder)) {
    if (readOnly) throw new StoreOpenError(`${folder} does not exist, and a store that is opened read-only is not created`);
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw openError(folder, error);
    }
    return;
  }
  if (!statSync(folder).isDirectory()) throw new StoreOpenError(`${folder} is a file; an embedded store is a folder: name one, or a path that does not exist yet`);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw openError(folder, error);
  }
  if (names.includes(DATA_FILE)) return checkDataFile(folder);
  // A process that is just creating the store makes its lock file first.
  const others = names.filter((name) => name !== 'lock.mdb' && name !== SNAPSHOTS && !name.startsWith('.'));
  if (others.length > 0) throw new StoreOpenError(`${folder} holds something else (${others.slice(0, 3).join(', ')}): name a folder that is empty or does not exist yet`);
  if (readOnly) throw new StoreOpenError(`${folder} holds no store, and one that is opened read-only is not created`);
}

function checkDataFile(folder: string): void {
  let fits: boolean;
  try {
    fits = isLmdbFolder(folder);
  } catch (error) {
    throw openError(folder, error);
  }
  if (!fits) throw new StoreOpenError(`cannot open the store in ${folder}: its ${DATA_FILE} is not a store's: name another folder, or restore the file from a copy`);
}

function openDatabases(folder: string, readOnly: boolean, root: RootDatabase<Buffer, string>): Environment {
  const foreign = new StoreOpenError(`${folder} holds the database of another program: name another folder`);
  const { entryCount } = root.getStats() as { entryCount: number };
  if (entryCount > 0 && [...root.getKeys({ start: META, limit: 1 })][0] !== META) throw foreign;
  const database = <V, K extends string | number | [string, number]>(name: string, encoding: 'binary' | 'json'): Database<V, K> => {
    const opened = root.openDB<V, K>({ name, encoding, keyEncoding: 'ordered-binary' }) as Database<V, K> | undefined;
    if (!opened) throw foreign;
    return opened;
  };
  const meta = database<unknown, string>(META, 'json');
  if (!readOnly && meta.get('store') === undefined) {
    // Inside the transaction it is asked again: two processes may create the store at the same time.
    root.transactionSync(() => {
      if (meta.get('store') === undefined) meta.putSync('store', { format: FORMAT, id: randomUUID() });
    });
  }
  const { format, id } = (meta.get('store') ?? {}) as { format?: unknown; id?: unknown };
  if (typeof format !== 'number' || typeof id !== 'string') throw foreign;
  if (format > FORMAT) throw new StoreOpenError(`${folder} was written by a newer version of this program (format ${format}, known here: ${FORMAT}): update the program`);
  return { id, folder, readOnly, root, meta, blocks: database<Buffer, number>('tracker-blocks', 'binary'), streams: database<Buffer, [string, number]>('tracker-streams', 'binary') };
}

function openError(folder: string, cause: unknown): StoreOpenError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = String((cause as { code?: unknown } | null)?.code);
  let advice = message;
  if (/EACCES|EPERM|EROFS|Permission denied|Read-only file system|Operation not permitted/.test(code + message) || ['1', '13', '30'].includes(code)) {
    advice = 'no permission to write there: change the permissions, name another folder, or open it read-only';
  } else if (/MDB_INVALID|not an LMDB file|MDB_VERSION|version mismatch/i.test(message)) {
    advice = `its ${DATA_FILE} is not a store's: name another folder, or restore the file from a copy`;
  } else if (/ENOTDIR|EEXIST/.test(code + message)) {
    advice = 'a part of the path is a file: name a folder';
  }
  return new StoreOpenError(`cannot open the store in ${folder}: ${advice}`, { cause });
}

/**
 * Runs the body in a write transaction of its own and resolves when it is on disk. Where the disk fails, or a put,
 * nothing of it is stored. Whatever else may throw comes before the body's first put: a throw by itself undoes nothing.
 * (A child transaction would undo, and costs a lone appender a tenth of its speed.)
 * @throws StoreFullError when the disk, the quota or the map is at its limit
 */
export async function writeTransaction<T>({ root, folder }: Environment, body: () => T): Promise<T> {
  try {
    return await root.transaction(body);
  } catch (error) {
    // lmdb-js rejects with "Commit failed" and hands the reason over in a promise of its own.
    const reason: unknown = (await Promise.resolve((error as { commitError?: unknown } | null)?.commitError).catch((inner: unknown) => inner)) ?? error;
    throw isFull(folder, (reason as { code?: unknown } | null)?.code) ? new StoreFullError(folder, { cause: reason }) : reason;
  }
}

function isFull(folder: string, code: unknown): boolean {
  const { ENOSPC, EFBIG, EDQUOT, EIO } = os.constants.errno;
  if ([ENOSPC, EFBIG, EDQUOT, MDB_MAP_FULL].includes(code as number)) return true;
  if (code !== EIO) return false;
  // A write that the end of the disk cuts short is an input/output error to LMDB: the disk itself knows better.
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < FREE_BYTES;
  } catch {
    return false;
  }
}
