/**
 * Two commits side by side, `npm run bench -- --against REV`: the other is checked out beside this one, both are measured in
 * turn, a round each, and what is compared are their ratios: how much faster than the same baseline each of them is.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { median } from './measure.js';

/** Where npm began: the compiled benches lie in a folder of their own. */
const here = process.cwd();

/** @throws Error where REV is no commit, or a bench of it fails */
export async function against(rev: string, rounds: number): Promise<string[][]> {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'tracker-against-')), 'tree');
  git('worktree', 'add', '--detach', folder, rev);
  try {
    symlinkSync(path.join(here, 'node_modules'), path.join(folder, 'node_modules'));
    if (readFileSync(path.join(here, 'package-lock.json'), 'utf8') !== readFileSync(path.join(folder, 'package-lock.json'), 'utf8')) console.error(`${rev} has other dependencies: it is measured with those of here`);
    const ratios = new Map<string, { ours: number[]; theirs: number[] }>();
    for (let round = 0; round < rounds; round += 1) {
      for (const side of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
        for (const [name, ratio] of await measured(side === 'ours' ? here : folder)) {
          const line = ratios.get(name) ?? { ours: [], theirs: [] };
          line[side].push(ratio);
          ratios.set(name, line);
        }
      }
    }
    return [...ratios].map(([name, { ours, theirs }]) => {
      const times = ours.flatMap((ratio, at) => (theirs[at] === undefined ? [] : [ratio / theirs[at]]));
      const shown = (values: readonly number[]): string => (values.length === 0 ? '–' : `${median(values).toPrecision(3)}×`);
      return [name, shown(ours), shown(theirs), shown(times), times.length === 0 ? '–' : `${Math.min(...times).toPrecision(3)}–${Math.max(...times).toPrecision(3)}`];
    });
  } finally {
    git('worktree', 'remove', '--force', folder);
    rmSync(path.dirname(folder), { recursive: true, force: true });
  }
}

function git(...args: string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd: here, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.trim()}`);
}

/** One round of the benches of a folder, by the table that they print: any commit that has one can be measured. */
async function measured(folder: string): Promise<[string, number][]> {
  const child = spawn('npm', ['run', '-s', 'bench'], { cwd: folder, env: { ...process.env, BENCH_ROUNDS: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (piece: Buffer) => { text += piece.toString(); });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`the benches in ${folder} ended with ${String(code)}`);
  return text.split('\n').flatMap((line): [string, number][] => {
    const [, name, , , ratio] = line.split('|').map((cell) => cell.trim());
    const value = Number(ratio?.replace(/[×,]/g, ''));
    return name === undefined || ratio?.endsWith('×') !== true || Number.isNaN(value) ? [] : [[name, value]];
  });
}
