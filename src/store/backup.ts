/**
 * Backs up a store in a folder while it is in use: LMDB copies a consistent snapshot, the copy is verified, and only then
 * gets its name. A backup is a store, with the id of the original: bases and cursors hold for it as well.
 */
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { folderOf } from './open.js';
import { StoreOpenError } from './port.js';
import { verifyAt } from './verify.js';
import { checkTargetFolder, fillFolder, sync } from './whole-folder.js';

export interface Backup {
  folder: string;
  events: number;
  bytes: number;
}

export interface BackupOptions {
  /** Told what is being done, in words. */
  progress?: (message: string) => void;
  /** Ends the backup between two steps; nothing of it is left. */
  signal?: AbortSignal;
}

/** Thrown when a backup cannot be made, or is not sound; nothing of it is left. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/**
 * Copies the store at a `file:` URL to a folder that is empty or does not exist.
 * @throws BackupError, StoreOpenError
 */
export async function backupAt(url: string, target: string, { progress = () => undefined, signal }: BackupOptions = {}): Promise<Backup> {
  const source = folderOf(url);
  if (source === null) {
    throw new BackupError(/^memory:/i.test(url) ? 'a store in memory ends with its process: there is nothing to back up' : 'EventStoreDB is backed up by its own means (docs/operations.md); tracker copy copies its events to a folder');
  }
  const folder = path.resolve(target);
  checkTarget(folder);
  const { openEnvironment } = await import('./embedded/environment.js');
  const environment = openEnvironment(source, true);
  try {
    const events = await fillFolder(folder, async (partial) => {
      progress('copying');
      await environment.root.backup(partial, true);
      stopIf(signal);
      progress('verifying');
      const count = await verified(partial, (seen) => progress(`verifying: ${seen} events`));
      stopIf(signal);
      rmSync(path.join(partial, 'lock.mdb'), { force: true });
      sync(path.join(partial, 'data.mdb'));
      return count;
    }, statSync(source).mode & 0o777);
    return { folder, events, bytes: statSync(path.join(folder, 'data.mdb')).size };
  } catch (error) {
    if (error instanceof BackupError || error instanceof StoreOpenError) throw error;
    throw new BackupError(`cannot back up to ${folder}: ${(error as Error).message}`, { cause: error });
  } finally {
    await environment.root.close();
  }
}

/** Before the source is opened: what is wrong with the target needs no store. */
function checkTarget(folder: string): void {
  try {
    checkTargetFolder(folder);
  } catch (error) {
    throw new BackupError((error as Error).message, { cause: error });
  }
}

/** @returns how many events the copy holds */
async function verified(folder: string, progress: (events: number) => void): Promise<number> {
  const reports = await verifyAt(`file:${folder}`, { progress });
  const fault = reports.flatMap(({ findings }) => findings)[0];
  if (fault) throw new BackupError(`the store is damaged, so this would be no backup: ${fault.message}. tracker verify says more; to keep it as it is, copy its folder`);
  return reports.find(({ check }) => check === 'ids')?.looked ?? 0;
}

function stopIf(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new BackupError('stopped; nothing of the backup was left');
}
