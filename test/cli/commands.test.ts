/** The commands as a user runs them: the built program, a store on disk, its output and exit codes. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testId } from '../support/given.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MAIN = path.join(ROOT, 'dist/src/cli/main.js');
let folder: string;
let store: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tracker-cli-'));
  store = `file:${path.join(folder, 'data')}`;
  expect(tracker(['seed', 'seeds/']).stdout).toMatch(/^2036 events stored, 0 were there\n$/);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

function tracker(args: string[], { input, on = store }: { input?: string; on?: string } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args, '--store', on], { cwd: ROOT, encoding: 'utf8', ...(input === undefined ? {} : { input }), maxBuffer: 64 * 1024 * 1024 });
  return { code: status, stdout, stderr };
}

const entity = (id: string, more: Record<string, unknown> = {}): string => JSON.stringify({ type: 'EntityRegistered', data: { entity: id, name: id, kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'test' } }, ...more });

describe('tracker seed', () => {
  it('twice writes nothing', () => {
    expect(tracker(['seed', 'seeds/', '--json'])).toMatchObject({ code: 0, stdout: '{"events":2036,"stored":0,"known":2036}\n' });
  });
  it('with --dry-run checks and stores nothing', () => {
    const fresh = `file:${path.join(folder, 'dry')}`;
    expect(tracker(['seed', 'seeds/', '--dry-run'], { on: fresh }).stdout).toMatch(/2036 events are valid; nothing was stored/);
    expect(tracker(['events'], { on: fresh }).stdout).toBe('no events\n');
  });
  it('says what a missing file is', () => {
    expect(tracker(['seed', 'nowhere.json'])).toMatchObject({ code: 1, stdout: '', stderr: 'tracker: nowhere.json: no such file or folder\n' });
  });
  it('loads the announcement that the documentation shows', async () => {
    const example = /```json\n([\s\S]*?)```/.exec(await readFile(path.join(ROOT, 'docs/seeds.md'), 'utf8'))?.[1] ?? '';
    const file = path.join(folder, 'acme.json');
    await writeFile(file, example);
    const fresh = `file:${path.join(folder, 'acme')}`;
    expect(tracker(['seed', file], { on: fresh }).stdout).toBe('5 events stored, 0 were there\n');
    expect(tracker(['timeline', 'acme-globex'], { on: fresh }).stdout).toMatch(/Acme buys machines[\s\S]*Acme common stock up more than 4\.7 %/);
  });
});

describe('tracker views', () => {
  it('show market value with its shares', () => {
    const { code, stdout, stderr } = tracker(['market-value', 'XNAS:AMZN', '--as-of', '2025-11-03T21:00:00Z']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('market value 2.715 trillion USD');
    expect(stdout).toContain('= 254 × 10,690,216,011 shares (counted 2025-10-22, 12 days before)');
  });
  it('give the same numbers as JSON on stdout', () => {
    const body = JSON.parse(tracker(['market-value', 'amazon-common', '--as-of', '2025-11-03T21:00:00Z', '--json']).stdout) as { level: { marketValue: number } };
    expect(body.level.marketValue).toBe(254 * 10_690_216_011);
  });
  it('show findings with their verdicts, and with --evidence the steps and events behind them', () => {
    const all = tracker(['reconcile', 'openai-aws']).stdout;
    expect(all).toMatch(/conflict {10}“up tens of billions USD” and “up more than 4\.7 %” together need a previous market value below 2\.13 trillion USD/);
    expect(all).toContain('least relaxation: “up more than 4.7 %” would have to begin below +3.83 %');
    const conflicts = tracker(['reconcile', 'openai-aws', '--verdict', 'conflict', '--evidence']).stdout;
    expect(conflicts).not.toContain('different-moments ');
    expect(conflicts).toMatch(/= previous market value = change of market value ÷ change: [\s\S]*- up more than 4\.7 %; article, paragraph 11; \/v1\/events\/market\.instrument-amazon-common\/\d+/);
    expect(tracker(['reconcile', 'nowhere'])).toMatchObject({ code: 1, stdout: '' });
  });
  it('show each cell of a grid, and say which have no answer', () => {
    const args = ['timeline', 'openai-aws', '--known-at', '2025-11-02T00:00:00Z/2025-11-05T00:00:00Z/P1D'];
    const { code, stdout, stderr } = tracker(args);
    expect(code).toBe(0);
    expect([...stdout.matchAll(/from what was published by (\S+)/g)].map((match) => match[1])).toEqual(['2025-11-04T00:00:00Z', '2025-11-05T00:00:00Z']);
    expect(stderr).toMatch(/^as of any time, known at 2025-11-02T00:00:00Z: no announcement "openai-aws" is known then; .*\nas of any time, known at 2025-11-03T00:00:00Z: /);
    const body = JSON.parse(tracker([...args, '--json']).stdout) as { cells: number; grid: unknown[]; problems: unknown[] };
    expect([body.cells, body.grid.length, body.problems.length]).toEqual([4, 2, 2]);
    expect(tracker(['timeline', 'nowhere', '--as-of', '2025-11-02T00:00:00Z,2025-11-03T00:00:00Z'])).toMatchObject({ code: 1, stdout: '' });
    expect(tracker(['timeline', 'openai-aws', '--as-of', '2025-11-02T00:00:00Z,soon'])).toMatchObject({ code: 2, stdout: '' });
  });
  it('show sentiment by holder kind, and the tree of effects', () => {
    expect(tracker(['sentiment', 'openai', '--as-of', '2025-11-10T12:00:00Z']).stdout).toMatch(/investor\s+−0\.\d\d[\s\S]*management\s+\+0\.\d\d/);
    expect(tracker(['timeline', 'openai-aws']).stdout).toMatch(/public by 2025-11-03T14:01:35Z[\s\S]*\n {2}Amazon common stock up 5\.8 % to 258\.38 USD, before the open/);
  });
  it('answer only from what was known', () => {
    expect(tracker(['timeline', 'openai-aws', '--known-at', '2025-11-03T18:30:00Z']).stdout).not.toContain('258.38');
    expect(tracker(['timeline', 'openai-aws', '--known-at', '2025-10-01T00:00:00Z'])).toMatchObject({ code: 1, stdout: '' });
  });
  it('say what is there when a name is unknown', () => {
    expect(tracker(['market-value', 'XNAS:NOPE'])).toMatchObject({ code: 1, stderr: expect.stringContaining('tracker: no instrument "XNAS:NOPE" is known; there are XNAS:AMZN') as string });
  });
});

describe('tracker append', () => {
  it('stores lines from stdin, and a repetition under a key once', () => {
    const lines = `${entity('acme')}\n${entity('globex')}\n`;
    expect(tracker(['append', '--key', 'a'], { input: lines }).stdout).toBe('2 events stored, 0 were there\n');
    expect(tracker(['append', '--key', 'a'], { input: lines }).stdout).toBe('0 events stored, 2 were there\n');
  });
  it('stores none of a file when a line is truncated, and names it', async () => {
    const file = path.join(folder, 'truncated.ndjson');
    await writeFile(file, `${entity('one')}\n${entity('two').slice(0, 50)}`);
    const result = tracker(['append', file]);
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toMatch(/^line 2: not JSON: [\s\S]*nothing was stored; mend these lines, or use --keep-good/);
    expect(tracker(['events', '--stream', 'market.entity-one']).stdout).toBe('no events\n');
  });
  it('with --keep-good stores the others, and still says that some were refused', () => {
    const result = tracker(['append', '--keep-good', '--json'], { input: `${entity('three')}\n{"type":"Nothing"}\n${entity('Bad Name')}\n` });
    expect(result.code).toBe(1);
    expect(result.stdout.trim().split('\n').map((line) => (JSON.parse(line) as { streamId: string }).streamId)).toEqual(['market.entity-three']);
    expect(result.stderr).toMatch(/line 2\.type: expected [\s\S]*line 3\.data\.entity: expected an id/);
  });
  it('refuses a publication from the future', () => {
    const event = { type: 'EntityRegistered', data: { entity: 'late', name: 'late', kind: 'company' }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2999-01-01T00:00:00Z' }, source: { document: 'test' } } };
    expect(tracker(['append'], { input: JSON.stringify(event) }).stderr).toMatch(/line 1\.metadata\.publishedAt: expected a publication that has begun by now/);
  });
  it('refuses a known id with other content', () => {
    tracker(['append'], { input: entity('same', { id: testId(5) }) });
    const result = tracker(['append'], { input: JSON.stringify({ ...(JSON.parse(entity('same', { id: testId(5) })) as object), data: { entity: 'same', name: 'other', kind: 'company' } }) });
    expect(result).toMatchObject({ code: 1, stderr: expect.stringMatching(/holds event .* at revision 0 with other content: data\.name differs/) as string });
  });
});

describe('tracker', () => {
  it.each(['start', 'seed', 'append', 'events', 'market-value', 'sentiment', 'timeline'])('%s --help has an example', (command) => {
    const { code, stdout } = tracker([command, '--help']);
    expect([code, /Example: .*tracker /.test(stdout)]).toEqual([0, true]);
  });
  it('exits 2 on wrong use and wrong settings, and names the setting', () => {
    expect(tracker(['events', '--nonsense'])).toMatchObject({ code: 2, stdout: '' });
    expect(tracker(['events', '--limit', 'many'])).toMatchObject({ code: 2, stderr: 'tracker: --limit: expected a whole number from 1, got many\n' });
    expect(tracker(['start', '--port', 'http']).stderr).toMatch(/--port: expected a port number, got "http"/);
    expect(tracker(['start', '--host', '0.0.0.0']).stderr).toMatch(/--host: expected a loopback address/);
  });
  it('does not create a store by looking at one that is not there', () => {
    const missing = `file:${path.join(folder, 'misspelt')}`;
    expect(tracker(['market-value', 'XNAS:AMZN'], { on: missing })).toMatchObject({ code: 3, stderr: expect.stringContaining('does not exist') as string });
    expect(tracker(['events'], { on: missing }).code).toBe(3);
  });
  it('exits 3 when the store can not be opened, and says why', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, 'not a folder');
    for (const on of [`file:${file}`, 'redis://localhost', 'data']) {
      const result = tracker(['events'], { on });
      expect([result.code, result.stdout]).toEqual([3, '']);
      expect(result.stderr).toMatch(/^tracker: /);
    }
  });
  it('reads while a server has the store open, and the server sees what the command appends', async () => {
    const { url, child } = await startServer(['--port', '0']);
    expect(tracker(['append'], { input: entity('from-outside') }).code).toBe(0);
    await expect.poll(async () => (await fetch(`${url}/v1/entities/from-outside/sentiment`)).status, { timeout: 5000 }).toBe(200);
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });
  it('start says that a port is in use', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    const result = tracker(['start', '--port', String(port)]);
    expect(result).toMatchObject({ code: 3, stderr: expect.stringMatching(/127\.0\.0\.1:\d+ is in use: .* choose another with --port/) as string });
    blocker.close();
  });
  it('keeps what it stored when it is killed, and starts again', async () => {
    const first = await startServer(['--port', '0']);
    const before = ((await (await fetch(`${first.url}/v1/projections?hash=true`)).json()) as { projections: unknown }).projections;
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await startServer(['--port', '0']);
    expect(((await (await fetch(`${second.url}/v1/projections?hash=true`)).json()) as { projections: unknown }).projections).toEqual(before);
    second.child.kill('SIGTERM');
    await once(second.child, 'exit');
  });
});

async function startServer(args: string[]): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [MAIN, 'start', '--store', store, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  for await (const chunk of child.stderr) {
    stderr += String(chunk);
    const url = /the page is at (http:\/\/[^/]+)\//.exec(stderr)?.[1];
    if (url !== undefined) return { url, child };
  }
  throw new Error(`the server did not start: ${stderr}`);
}
