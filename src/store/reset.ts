/** Takes an embedded store away, with its snapshots; only what is the tracker's, and not under a process that has it open. */
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openEnvironment } from './embedded/environment.js';
import { StoreOpenError } from './port.js';

/** Thrown when a store is not taken away; says why, and what to do. */
export class ResetRefusedError extends Error {
  override readonly name = 'ResetRefusedError';
}

const OWN = ['data.mdb', 'lock.mdb', 'snapshots'];

/**
 * @returns what there is to take away, nothing where there is no store
 * @throws ResetRefusedError where it is no store of the tracker's, or a process has it open
 */
export async function resettable(folder: string): Promise<string[]> {
  const full = path.resolve(folder);
  if (!existsSync(path.join(full, 'data.mdb'))) return [];
  let users: number[];
  try {
    const environment = openEnvironment(full, false);
    environment.root.readerCheck();
    users = othersOf(String(environment.root.readerList()));
    await environment.root.close();
  } catch (error) {
    if (error instanceof StoreOpenError) throw new ResetRefusedError(`${full} is not taken away: ${error.message}`);
    throw error;
  }
  if (users.length > 0) throw new ResetRefusedError(`${full} is in use by process ${users.join(', ')}: stop it first`);
  return OWN.map((name) => path.join(full, name)).filter((file) => existsSync(file));
}

/** @returns what was taken away. @throws ResetRefusedError */
export async function resetFolder(folder: string): Promise<string[]> {
  const removed = await resettable(folder);
  for (const file of removed) rmSync(file, { recursive: true, force: true });
  const full = path.resolve(folder);
  // What else lies there is somebody's.
  if (removed.length > 0 && readdirSync(full).length === 0) rmdirSync(full);
  return removed;
}

/** Processes in LMDB's table of readers, this one left out. */
function othersOf(table: string): number[] {
  return [...new Set([...table.matchAll(/^\s*(\d+)\s+[0-9a-f]+/gim)].map(([, pid]) => Number(pid)))].filter((pid) => pid !== process.pid);
}
