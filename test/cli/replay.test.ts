/** `tracker replay` as a user runs it: the same bytes each time, hashes, steps, stopping, and comparing two runs. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN, ROOT } from '../support/cli.js';

let folder: string;
let store: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tracker-replay-'));
  store = `file:${path.join(folder, 'data')}`;
  expect(run(['seed', 'seeds/']).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(args: string[], input?: string): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args, '--store', store], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, input: input ?? '' });
  return { code: status, stdout, stderr };
}

describe('tracker replay', () => {
  it('gives the same bytes each time, in each order, and says their sha256', () => {
    for (const order of ['log', 'published', 'valid']) {
      const first = run(['replay', '--order', order, '--json']);
      expect(run(['replay', '--order', order, '--json']).stdout).toBe(first.stdout);
      expect(first.stdout.trim().split('\n')).toHaveLength(2036);
      expect(first.stderr).toBe(`2,036 events in ${order} order, sha256 of the output ${createHash('sha256').update(first.stdout).digest('hex')}\n`);
    }
  });
  it('goes on where it was told to end', () => {
    const all = run(['replay', '--order', 'published', '--instrument', 'XNAS:NVDA', '--json']).stdout.trim().split('\n');
    const first = run(['replay', '--order', 'published', '--instrument', 'XNAS:NVDA', '--json', '--limit', '100']);
    const after = /^goes on with --after (\S+)$/m.exec(first.stderr)?.[1] ?? '';
    expect([...first.stdout.trim().split('\n'), ...run(['replay', '--order', 'published', '--instrument', 'XNAS:NVDA', '--json', '--after', after]).stdout.trim().split('\n')]).toEqual(all);
  });
  it('has the hash of each projection, at the end the one that the projections have', () => {
    const found = run(['replay', '--json', '--hash', '1000']).stdout.trim().split('\n').map((line) => JSON.parse(line) as { events?: number; hashes?: Record<string, string> }).filter(({ hashes }) => hashes !== undefined);
    expect(found.map(({ events }) => events)).toEqual([1000, 2000, 2036]);
    const status = run(['projections', 'status', '--json']).stdout.trim().split('\n').map((line) => JSON.parse(line) as { name: string; version: number; hash: string });
    expect(found.at(-1)?.hashes).toEqual(Object.fromEntries(status.map(({ name, version, hash }) => [`${name}@${version}`, hash])));
    expect(run(['replay', '--hash', '--order', 'valid'])).toMatchObject({ code: 2, stderr: expect.stringContaining('it does not go with --order valid') as string });
  });
  it('goes a step for each line on stdin, and on by itself when that ends', () => {
    const stepped = run(['replay', '--step', '--limit', '5', '--json'], '\n\n');
    expect([stepped.code, stepped.stdout.trim().split('\n').length]).toEqual([0, 5]);
  });
  it('is stopped by Ctrl-C, ends well, and says how to go on', async () => {
    const running = spawn(process.execPath, [MAIN, 'replay', '--rate', '20', '--json', '--store', store], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    running.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    await new Promise<void>((resolve) => running.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.split('\n').length > 5) resolve();
    }));
    const ended = once(running, 'exit');
    running.kill('SIGINT');
    expect((await ended)[0]).toBe(0);
    const after = /^goes on with --after (\S+)$/m.exec(err)?.[1] ?? '';
    const rest = run(['replay', '--json', '--after', after]).stdout.trim().split('\n');
    expect([...out.trim().split('\n'), ...rest]).toEqual(run(['replay', '--json']).stdout.trim().split('\n'));
  });
  it.each([
    [['replay', '--after', 'abc'], 'after: expected a cursor'],
    [['replay', '--speed', '0'], '--speed: expected a number above 0'],
    [['replay', '--type', 'Nothing'], 'type: expected some of'],
    [['replay', '--from', 'today'], 'from: expected an instant'],
    [['replay', '--follow', '--order', 'valid'], 'only log order can be followed'],
  ])('%j is wrong use', (args, says) => {
    expect(run(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(says) as string });
  });
});

describe('tracker replay compare', () => {
  it('says the same, or the first event where two runs part, and exits 1', async () => {
    const [a, b] = [path.join(folder, 'a.ndjson'), path.join(folder, 'b.ndjson')];
    const text = run(['replay', '--json', '--limit', '50']).stdout;
    await writeFile(a, text);
    await writeFile(b, text);
    expect(run(['replay', 'compare', a, b])).toMatchObject({ code: 0, stdout: 'the same: 50 lines\n' });
    const lines = text.trim().split('\n');
    const id = (JSON.parse(lines[9] ?? '') as { event: { id: string } }).event.id;
    lines[9] = (lines[9] ?? '').replace('"revision":', '"revision":9');
    await writeFile(b, lines.join('\n') + '\n');
    expect(run(['replay', 'compare', a, b])).toMatchObject({ code: 1, stdout: `they part at line 10: event ${id}, event.revision\n` });
    expect(run(['replay', 'compare', a, b, '--ignore', 'event.revision'])).toMatchObject({ code: 0 });
    expect(run(['replay', 'compare', a, path.join(folder, 'none')])).toMatchObject({ code: 1, stderr: expect.stringContaining('ENOENT') as string });
  });
});

describe('tracker asof', () => {
  it('adds to each row what was known then, keeps rows and columns, and says why values are missing', async () => {
    const file = path.join(folder, 'labels.csv');
    await writeFile(file, 'id,Instrument,time\n1,XNAS:AMZN,2025-11-03T20:59:59Z\n2,XNAS:AMZN,2025-11-03T21:00:00Z\n3,"XNAS:NOPE",2025-11-03T21:00:00Z\n4,XNAS:AMZN\n');
    const csv = run(['asof', file, '--columns', 'market-value.level.close']);
    expect(csv.stdout.split('\n').slice(0, 3)).toEqual(['id,Instrument,time,market-value.level.close,reason', '1,XNAS:AMZN,2025-11-03T20:59:59Z,244.22,', '2,XNAS:AMZN,2025-11-03T21:00:00Z,254,']);
    expect(csv.stdout).toContain('3,XNAS:NOPE,2025-11-03T21:00:00Z,,"market-value: no instrument');
    expect(csv).toMatchObject({ code: 1, stderr: expect.stringContaining('line 5: expected 3 fields, as the header has, got 2') as string });
    expect(run(['asof', '-', '--json', '--columns', 'market-value.level.close'], 'instrument,time\nXNAS:AMZN,2025-11-03T21:00:00Z\n')).toMatchObject({ code: 0, stdout: '{"instrument":"XNAS:AMZN","time":"2025-11-03T21:00:00Z","market-value.level.close":254,"reason":null}\n' });
    expect(run(['asof', '-'], 'symbol,when\n')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected the columns instrument and time') as string });
    expect(run(['asof', file, '--view', 'reaction'])).toMatchObject({ code: 2 });
  });
});
