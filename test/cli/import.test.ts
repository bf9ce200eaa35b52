/** `tracker import` as a user runs it: from a pipe, with wrong lines, stopped, and killed in the middle. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionsBetween } from '../../events/index.js';
import { MAIN, ROOT } from '../support/cli.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tracker-import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function tracker(args: string[], on: string, input?: Uint8Array): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args, '--store', `file:${path.join(folder, on)}`], { cwd: ROOT, maxBuffer: 64 * 1024 * 1024, ...(input ? { input } : {}) });
  return { code: status, stdout: stdout.toString(), stderr: stderr.toString() };
}

const NEW = ['--adjustment', 'split', '--register', 'share', '--currency', 'USD', '--exchange', 'XNYS'];

describe('tracker import prices', () => {
  it('reads a gzipped file from a pipe, and a study then runs on it', () => {
    const days = sessionsBetween('US', '2024-01-02', '2025-10-31').map(({ date }) => date);
    const wave = (i: number, k: number): string => (100 + 5 * Math.sin(i * k) + (i % 7) / 10).toFixed(2);
    const file = ['Date,Ticker,Close', ...days.flatMap((date, i) => [`${date},FIRM,${wave(i, 0.7)}`, `${date},MARKET,${wave(i, 0.3)}`])].join('\r\n') + '\r\n';
    const ran = tracker(['import', 'prices', '-', ...NEW, '--document', 'pipe'], 'piped', gzipSync(file));
    expect(ran).toEqual({ code: 0, stderr: '', stdout: `${(2 * days.length).toLocaleString('en')} bars of 2 instruments, 2024-01-02 to 2025-10-31\n${(2 * days.length).toLocaleString('en')} stored, 0 were there, listed: XNYS:FIRM as xnys-firm, XNYS:MARKET as xnys-market\n` });
    expect(tracker(['study', '--date', '2025-10-06', '--instrument', 'FIRM', '--benchmark', 'MARKET'], 'piped').stdout).toContain('day 0 is 2025-10-06');
  });

  it('and the study can be written as a page, and run again from what it printed', async () => {
    const args = ['study', '--date', '2025-10-06', '--instrument', 'FIRM', '--benchmark', 'MARKET'];
    const shown = tracker(args, 'piped').stdout;
    const again = /^again with: tracker (study --again \S+)$/m.exec(shown)?.[1]?.split(' ') ?? [];
    expect(tracker(again, 'piped').stdout).toBe(shown);
    expect(tracker([...again, '--as-of', '2025-10-01T00:00:00Z'], 'piped')).toMatchObject({ code: 2, stderr: expect.stringContaining('--again stands alone') as string });
    const page = path.join(folder, 'report.html');
    expect(tracker([...args, '--report', page], 'piped')).toMatchObject({ code: 0, stdout: expect.stringContaining(`${page} written`) as string });
    expect((await readFile(page, 'utf8')).startsWith('<!doctype html>')).toBe(true);
    expect(tracker([...args, '--report', path.join(folder, 'no', 'such', 'folder.html')], 'piped').code).toBe(1);
  });

  it('says each bad line with its number on stderr, and ends in 1', async () => {
    const file = path.join(folder, 'bad.csv');
    await writeFile(file, 'date,symbol,close\n2025-11-03,ABC,1\n2025-11-04,ABC\n');
    expect(tracker(['import', 'prices', file, ...NEW], 'bad')).toEqual({
      code: 1,
      stdout: '1 bar of 1 instrument, 2025-11-03 to 2025-11-03\n1 to store, 0 were there, listed: XNYS:ABC as xnys-abc\n',
      stderr: `${file}: line 3: expected 3 fields, as the header has, got 2\ntracker: 1 bad line: nothing was stored; mend them, or use --keep-good to store the others\n`,
    });
    expect(tracker(['events'], 'bad').stdout).not.toContain('BarClosed');
    expect(tracker(['import', 'prices', file, ...NEW, '--keep-good'], 'bad')).toMatchObject({ code: 1, stderr: expect.stringContaining('1 bad line: not stored') as string });
  });

  it.each([
    [['import', 'prices', 'x.csv'], '--adjustment: are the prices as they were paid'],
    [['import', 'prices', 'x.csv', '--adjustment', 'split', '--register', 'share'], '--register needs --currency'],
    [['import', 'prices', '-', '--adjustment', 'split'], '--document: what comes from stdin needs the name of its source'],
    [['import', 'prices', 'x.csv', '--adjustment', 'split', '--map', 'AMZN'], '--map: expected SYMBOL=ID'],
    [['import', 'factors', 'x.csv'], '--set: expected a name for the set of factors'],
  ])('%j is wrong use', (args, says) => {
    expect(tracker(args, 'wrong')).toMatchObject({ code: 2, stderr: expect.stringContaining(says) as string });
  });

  it('killed or stopped in the middle leaves what is whole, and the same command stores the rest once', async () => {
    const days = sessionsBetween('US', '2005-01-01', '2014-12-31').map(({ date }) => date);
    const file = path.join(folder, 'many.csv');
    await writeFile(file, ['date,symbol,close', ...Array.from({ length: 60 }, (_, firm) => days.map((date, i) => `${date},F${firm},${10 + ((i * 37 + firm) % 900) / 100}`)).flat()].join('\n') + '\n');
    const total = 60 * days.length;
    const data = path.join(folder, 'killed', 'data.mdb');
    const args = ['import', 'prices', file, ...NEW];
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const running = spawn(process.execPath, [MAIN, ...args, '--store', `file:${path.join(folder, 'killed')}`], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const before = existsSync(data) ? statSync(data).size : 0;
      const ended = once(running, 'exit');
      while ((existsSync(data) ? statSync(data).size : 0) < before + 1_000_000 && running.exitCode === null) await pause(5);
      running.kill(signal);
      await ended;
      if (signal === 'SIGINT') expect(said).toContain('stopped: the same command stores the rest');
    }
    const last = tracker([...args, '--json'], 'killed');
    const { stored, known } = JSON.parse(last.stdout) as { stored: number; known: number };
    expect(stored + known).toBe(total);
    expect(stored).toBeGreaterThan(0);
    expect(known).toBeGreaterThan(0);
    expect(tracker(['verify'], 'killed').code).toBe(0);
    expect(tracker([...args], 'killed').stdout).toContain(`0 stored, ${total.toLocaleString('en')} were there`);
  }, 120_000);
});
