/** What is around a server: settings, tokens, its log, an orderly end, and a store that begins anew; as a user runs it. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { MAIN, ROOT, runTracker } from '../support/cli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tracker-server-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const at = (name: string): string => path.join(folder, name);
const write = (name: string, value: unknown): string => {
  writeFileSync(at(name), typeof value === 'string' ? value : JSON.stringify(value));
  return at(name);
};

interface Started { child: ChildProcess; url: string; said: () => string; ended: Promise<number | null> }
async function start(args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [MAIN, 'start', '--port', '0', ...args], { cwd: ROOT });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  for (let tries = 0; !said.includes('the page is at') && tries < 600 && child.exitCode === null; tries += 1) await sleep(50);
  const url = /the page is at (http:\/\/[^/]+)\//.exec(said)?.[1] ?? '';
  return { child, url, said: () => said, ended };
}

describe('Settings', () => {
  it('are taken from flags, then variables, then the file, then defaults', () => {
    const file = write('settings.json', { port: 9091, store: 'file:./elsewhere', cors: ['https://a.example', 'https://b.example'], logFormat: 'json' });
    const config = readConfig({ config: file, store: 'memory:' }, { TRACKER_PORT: '9092' });
    expect([config.store, config.port, config.cors, config.logFormat, config.host]).toEqual(['memory:', 9092, ['https://a.example', 'https://b.example'], 'json', '127.0.0.1']);
    expect(readConfig({}, { TRACKER_CONFIG: file }).port).toBe(9091);
  });

  it.each([
    [{ port: 'many' }, {}, {}, /^settings\.json: port: expected a port number, got "many"$/],
    [{}, { TRACKER_RATE_LIMIT: '-3' }, {}, /^TRACKER_RATE_LIMIT: expected requests a minute, or off, got "-3"$/],
    [{}, {}, { cors: 'dashboard' }, /^--cors: expected origins such as https:\/\/dashboard\.example.*got "dashboard"$/],
    [{}, {}, { logLevel: 'loud' }, /^--log-level: .*got "loud"$/],
    [{}, {}, { host: '0.0.0.0' }, /^--host: expected a loopback address .*tracker token.*got "0\.0\.0\.0"$/],
    [{ colour: 'blue' }, {}, {}, /^settings file .*: colour is no setting; there are store, host/],
    [{ port: { a: 1 } }, {}, {}, /^settings file .*: port: expected a text, a number or a list of texts$/],
    ['{', {}, {}, /^settings file .*: .*JSON/],
  ])('that are wrong are told with their name and where it came from: %o %o %o', (inFile, environment, flags, message) => {
    const file = write('settings.json', inFile);
    const told = (() => {
      try {
        readConfig({ config: file, ...flags }, environment);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(told.replace(`${file}: port: expected a port`, 'settings.json: port: expected a port')).toMatch(message);
  });

  it('another address is refused without tokens, with exit code 2, and served with them', async () => {
    const refused = runTracker(['start', '--host', '0.0.0.0', '--store', 'memory:']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--tokens FILE says who may')]);
    const made = runTracker(['token', 'reader', '--scopes', 'read', '--tokens', at('tokens.json')]);
    expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^mrt_[\w-]{43}\n$/)]);
    const server = await start(['--host', '0.0.0.0', '--store', 'memory:', '--tokens', at('tokens.json')]);
    const url = server.url.replace('0.0.0.0', '127.0.0.1');
    expect([(await fetch(`${url}/v1/entities`)).status, (await fetch(`${url}/v1/entities`, { headers: { authorization: `Bearer ${made.stdout.trim()}` } })).status]).toEqual([401, 200]);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  });
});

describe('tracker token', () => {
  it.each([
    [['x', '--scopes', 'read,everything'], 2, '--scopes: expected some of read, append, scenario, admin'],
    [['Not A Name', '--scopes', 'read'], 1, 'name: expected a name of a-z'],
    [['late', '--scopes', 'read', '--expires', 'tomorrow'], 1, 'expires: expected an instant'],
    [['x'], 2, '--scopes'],
  ])('%o is refused, and nothing is written', (args, code, words) => {
    const ran = runTracker(['token', ...args, '--tokens', at('none.json')]);
    expect([ran.code, ran.stderr, existsSync(at('none.json'))]).toEqual([code, expect.stringContaining(words), false]);
  });
  it('a file that is malformed or missing is told by start, without what is in it', () => {
    const file = write('odd.json', { format: 1, tokens: [{ name: 'a', scopes: ['read'], sha256: 'mrt_the-token-itself' }] });
    const odd = runTracker(['start', '--store', 'memory:', '--tokens', file]);
    expect([odd.code, odd.stderr.includes('tokens.0.sha256: expected 64 hex digits'), odd.stderr.includes('itself')]).toEqual([1, true, false]);
    expect(runTracker(['start', '--store', 'memory:', '--tokens', at('missing.json')]).stderr).toContain('there is no such file; tracker token NAME');
  });
});

describe('A server', () => {
  it('logs each request as JSON where it is asked to, with the id that the client got', async () => {
    const server = await start(['--store', 'memory:', '--log-format', 'json', '--log-level', 'debug']);
    const response = await fetch(`${server.url}/v1/announcements`);
    await response.arrayBuffer();
    await sleep(100);
    const lines = server.said().trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ request: id }) => id === response.headers.get('x-request-id'))).toMatchObject({ level: 'debug', method: 'GET', path: '/v1/announcements', status: 200 });
    expect(lines.every(({ time }) => !Number.isNaN(Date.parse(String(time))))).toBe(true);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  });

  it('that is told to stop finishes what it was asked, ends its streams, and saves its projections', async () => {
    const store = `file:${at('stopped')}`;
    const server = await start(['--store', store, '--seed', 'seeds/']);
    // A write whose body is still to come when the signal does.
    const event = JSON.stringify({ type: 'EntityRegistered', data: { entity: 'last', name: 'Last', kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'test' } } });
    const answer = new Promise<number>((resolve, reject) => {
      const asking = request(`${server.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': event.length } }, (response) => {
        resolve(response.statusCode ?? 0);
        response.resume();
      });
      asking.on('error', reject);
      asking.write(event.slice(0, 20));
      setTimeout(() => asking.end(event.slice(20)), 800);
    });
    const stream = await fetch(`${server.url}/v1/entities`, { headers: { accept: 'text/event-stream' } });
    await sleep(200);
    server.child.kill('SIGTERM');
    expect(await answer).toBe(201);
    await stream.text().catch(() => '');
    expect(await server.ended).toBe(0);
    const saved = runTracker(['projections', 'list', '--json', '--store', store]).stdout.trim().split('\n').map((line) => JSON.parse(line) as { name: string; snapshots?: { order: number }[]; order?: number });
    expect(saved.length).toBeGreaterThan(5);
    expect(readdirSync(at('stopped'))).toContain('snapshots');
    expect(runTracker(['events', '--stream', 'market.entity-last', '--json', '--store', store]).stdout).toContain('"last"');
    const again = await start(['--store', store]);
    expect(again.said()).toMatch(/2037 events from/);
    again.child.kill('SIGTERM');
    await again.ended;
  });
});

describe('tracker reset', () => {
  it('takes the store and its snapshots away, once it is told yes, and nothing that is not the tracker\'s', () => {
    const store = `file:${at('reset')}`;
    expect(runTracker(['seed', 'seeds/', '--store', store]).code).toBe(0);
    runTracker(['projections', 'rebuild', '--store', store]);
    writeFileSync(at('reset/notes.txt'), 'mine');
    const asked = runTracker(['reset', '--store', store]);
    expect([asked.code, asked.stderr, existsSync(at('reset/data.mdb'))]).toEqual([2, expect.stringContaining('say so with --yes'), true]);
    const done = runTracker(['reset', '--store', store, '--yes']);
    expect([done.code, readdirSync(at('reset'))]).toEqual([0, ['notes.txt']]);
    expect(runTracker(['reset', '--store', store, '--yes']).stderr).toContain('there is no store');
  });

  it('refuses a store that is in use, one that is on a server, and a folder of another program', async () => {
    const store = `file:${at('used')}`;
    const server = await start(['--store', store, '--seed', 'seeds/']);
    const used = runTracker(['reset', '--store', store, '--yes']);
    expect([used.code, used.stderr]).toEqual([1, expect.stringContaining(`in use by process ${server.child.pid}`)]);
    server.child.kill('SIGTERM');
    await server.ended;
    expect(runTracker(['reset', '--store', store, '--yes']).code).toBe(0);
    expect(runTracker(['reset', '--store', 'esdb://127.0.0.1:2113?tls=false', '--yes']).stderr).toContain('is not emptied from here');
    mkdirSync(at('other'));
    writeFileSync(at('other/data.mdb'), 'not a store');
    const other = runTracker(['reset', '--store', `file:${at('other')}`, '--yes']);
    expect([other.code, readFileSync(at('other/data.mdb'), 'utf8')]).toEqual([1, 'not a store']);
  });
});

it('tracker --help loads nothing of the program but its commands', () => {
  const script = `process.argv = [process.argv[0], ${JSON.stringify(MAIN)}, '--help']; process.on('exit', () => { console.error(JSON.stringify(process.getActiveResourcesInfo === undefined ? [] : [...loaded])); }); const loaded = new Set(); import('node:module').then(({ registerHooks }) => { registerHooks?.({ load(url, context, next) { const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]; if (name) loaded.add(name); return next(url, context); } }); return import(${JSON.stringify(MAIN)}); });`;
  const ran = spawnSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  // registerHooks came with Node 22.15: before that nothing is seen, and nothing is held.
  expect(JSON.parse(ran.stderr.trim().split('\n').at(-1) ?? '[]') as string[]).toEqual(expect.not.arrayContaining(['zod', 'express', 'lmdb', 'luxon', 'pino']));
});
