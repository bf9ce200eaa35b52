/** The built program, run as a user runs it, and a store on disk that can be damaged. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { open as openLmdb } from 'lmdb';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const MAIN = path.join(ROOT, 'dist/src/cli/main.js');

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export function runTracker(args: readonly string[], options: { uid?: number; gid?: number } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  return { code: status, stdout, stderr };
}

/**
 * Flips one bit in the middle of the block that comes `index`-th in the log.
 * @returns the sequence of its first event
 */
export async function damageBlock(folder: string, index: number): Promise<number> {
  const root = openLmdb({ path: folder, noSubdir: false, overlappingSync: false });
  const blocks = root.openDB<Buffer, number>({ name: 'tracker-blocks', encoding: 'binary', keyEncoding: 'ordered-binary' });
  const first = [...blocks.getKeys()].at(index) ?? 0;
  const block = Buffer.from(blocks.get(first) as Buffer);
  const middle = block.length >> 1;
  block[middle] = (block[middle] ?? 0) ^ 1;
  blocks.putSync(first, block);
  await root.close();
  return first;
}
