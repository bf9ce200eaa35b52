/** A folder that appears whole or not at all: it is filled under another name beside, and takes its own when it is complete. */
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** Thrown when a folder cannot take what is to be written to it: it is a file, or something is in it. */
export class TargetFolderError extends Error {
  override readonly name = 'TargetFolderError';
}

/** @throws TargetFolderError for anything but an empty folder, or none */
export function checkTargetFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new TargetFolderError(`${folder} is a file: name a folder that is empty or does not exist yet`);
  if (readdirSync(folder).length > 0) throw new TargetFolderError(`${folder} is not empty: name a folder that is empty or does not exist yet`);
}

/**
 * @param work fills the folder whose path it is given; where it throws, nothing is left
 * @param mode of the folder (default: as any that the process makes)
 * @returns what work returns
 * @throws TargetFolderError, and what work throws
 */
export async function fillFolder<T>(folder: string, work: (partial: string) => Promise<T>, mode = 0o777 & ~process.umask()): Promise<T> {
  checkTargetFolder(folder);
  mkdirSync(path.dirname(folder), { recursive: true });
  const partial = mkdtempSync(path.join(path.dirname(folder), `.${path.basename(folder)}.partial-`));
  try {
    const result = await work(partial);
    // It was made for its owner alone.
    chmodSync(partial, mode);
    sync(partial);
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(partial, folder);
    sync(path.dirname(folder));
    return result;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Makes what was written survive a power cut; folders cannot be synced everywhere, and need not be there. */
export function sync(file: string): void {
  if (process.platform === 'win32' && statSync(file).isDirectory()) return;
  const handle = openSync(file, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
