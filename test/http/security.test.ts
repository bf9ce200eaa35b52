/** Who may ask what, and what abuse comes to: tokens, limits, slow clients, odd paths, headers and bodies (SECURITY.md). */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/http/app.js';
import { addToken, openTokens, readTokens, type Scope } from '../../src/http/tokens.js';
import { createLogger } from '../../src/logger.js';
import { API_EXAMPLES } from '../support/api-examples.js';
import { seededTracker, served, type Served } from '../support/in-process.js';

let folder: string;
let file: string;
let api: Served;
const tokens: Partial<Record<Scope, string>> = {};
const logged: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tracker-security-'));
  file = path.join(folder, 'tokens.json');
  for (const scope of ['read', 'append', 'scenario', 'admin'] as const) tokens[scope] = await addToken(file, { name: `the-${scope}`, scopes: [scope] });
  api = await served(await seededTracker(), { tokens: openTokens(file, (message) => logged.push(message)), rateLimit: 5000, cors: ['https://dashboard.example'], logger: createLogger({ level: 'debug', format: 'json', write: (line) => logged.push(line) }), patience: { headersMs: 500, silentMs: 1500, bodyMs: 400 } });
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const bearer = (scope: Scope): Record<string, string> => ({ authorization: `Bearer ${tokens[scope]}` });
const status = async (path_: string, init: RequestInit = {}): Promise<number> => {
  const response = await fetch(api.url + path_, init);
  await response.arrayBuffer();
  return response.status;
};
const problem = async (path_: string, init: RequestInit = {}): Promise<[number, string]> => {
  const response = await fetch(api.url + path_, init);
  return [response.status, ((await response.json()) as { detail: string }).detail];
};
const event = JSON.stringify({ type: 'EntityRegistered', data: { entity: 'x', name: 'X', kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'test' } } });
const json = (body: string, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

/** What a socket gets that says so much and no more. */
function raw(text: string, more: (socket: net.Socket) => void = () => undefined): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(Number(new URL(api.url).port), '127.0.0.1', () => {
      socket.write(text);
      more(socket);
    });
    let got = '';
    socket.on('data', (chunk) => (got += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => { resolve(got); });
  });
}

describe('With tokens', () => {
  it('an answer that is kept is given to those alone who may see it', async () => {
    const path = '/v1/instruments/XNAS:AMZN/market-value?from=2025-11-01T00:00:00Z';
    const ask = async (headers: Record<string, string>): Promise<number> => (await fetch(api.url + path, { headers })).status;
    expect([await ask(bearer('read')), await ask(bearer('read')), await ask(bearer('append')), await ask({}), await ask({ authorization: 'Bearer mrt_wrong' })]).toEqual([200, 200, 403, 401, 401]);
    const figures = await (await fetch(`${api.url}/metrics`, { headers: bearer('admin') })).text();
    expect(figures).toMatch(/duration_seconds_count\{method="GET",route="\/v1\/instruments\/\{id\}\/market-value",status="200"\} [2-9]/);
  });

  it('nothing but health and the API\'s document is answered without one', async () => {
    const open = [];
    for (const operation of operations) {
      const path_ = operation.method === 'get' ? (API_EXAMPLES[operation.id] ?? operation.path) : operation.path.replaceAll(/\{\w+\}/g, 'x');
      const response = await fetch(api.url + path_, operation.method === 'get' ? {} : json('{}'));
      await response.arrayBuffer();
      if (response.status !== 401) open.push(operation.id);
      else expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expect(open.sort()).toEqual(['getHealth', 'getOpenApi', 'getReadiness']);
  });

  it('each is let do what its scopes say, and no more', async () => {
    const asks: Record<string, (headers: Record<string, string>) => Promise<number>> = {
      read: (headers) => status('/v1/entities', { headers }),
      append: (headers) => status('/v1/events', json(event, headers)),
      scenario: (headers) => status('/v1/scenarios', json('{"scenario":"tried","kind":"overlay"}', headers)),
      'append to a scenario': (headers) => status('/v1/events?scenario=tried', json(event, headers)),
      admin: (headers) => status('/metrics', { headers }),
    };
    const found: Record<string, string[]> = {};
    for (const scope of ['scenario', 'read', 'append', 'admin'] as const) {
      for (const [what, ask] of Object.entries(asks)) if ((await ask(bearer(scope))) < 300) (found[scope] ??= []).push(what);
    }
    expect(found).toEqual({ read: ['read'], append: ['append'], scenario: ['scenario', 'append to a scenario'], admin: ['admin'] });
    expect(await problem('/v1/events', json(event, bearer('read')))).toEqual([403, 'the token the-read has read; this needs append']);
  });

  it('the body of nobody is not waited for', async () => {
    const answer = await raw('POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 8000000\r\n\r\n[', (socket) => { socket.once('data', () => socket.end()); });
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });

  it.each(['Bearer', 'Bearer ', 'Bearer x', 'Basic dXNlcjpwYXNz', `Bearer ${'x'.repeat(5000)}`, 'Bearer a b'])('%s is nobody', async (authorization) => {
    expect(await status('/v1/entities', { headers: { authorization } })).toBe(401);
  });

  it('one that is taken out of the file, or whose time is over, counts no longer; a malformed file changes nothing', async () => {
    const own = path.join(folder, 'own.json');
    const [brief, past] = [await addToken(own, { name: 'brief', scopes: ['read'] }), await addToken(own, { name: 'past', scopes: ['read'], expires: '2026-01-01T00:00:00Z' })];
    const told: string[] = [];
    const opened = openTokens(own, (message) => told.push(message));
    const now = Date.parse('2026-02-01T00:00:00Z');
    expect([opened.find(brief, now)?.name, opened.find(past, now), opened.find(past, Date.parse('2025-12-31T00:00:00Z'))?.name]).toEqual(['brief', null, 'past']);
    writeFileSync(own, '{');
    await sleep(1100);
    expect([opened.find(brief, now)?.name, told.length]).toEqual(['brief', 1]);
    writeFileSync(own, '{"format":1,"tokens":[]}');
    await sleep(1100);
    expect(opened.find(brief, now)).toBe(null);
  });

  it('the file holds hashes, is for its owner alone, and each name is there once', async () => {
    const text = readFileSync(file, 'utf8');
    for (const token of Object.values(tokens)) expect(text.includes(token)).toBe(false);
    expect([(statSync(file).mode & 0o777).toString(8), readTokens(file).length]).toEqual(['600', 4]);
    await expect(addToken(file, { name: 'the-read', scopes: ['read'] })).rejects.toThrow('there is a token named the-read');
  });

  it('nothing of a token gets into the log, and each request has its id there', async () => {
    const response = await fetch(`${api.url}/v1/entities?asOf=nonsense`, { headers: { ...bearer('read'), 'x-request-id': 'mine-1' } });
    await response.arrayBuffer();
    await sleep(50);
    const line = logged.find((text) => text.includes('mine-1'));
    expect([response.status, response.headers.get('x-request-id')]).toEqual([400, 'mine-1']);
    expect(JSON.parse(line ?? '')).toMatchObject({ level: 'info', request: 'mine-1', method: 'GET', path: '/v1/entities', status: 400, caller: 'the-read' });
    for (const token of Object.values(tokens)) expect(logged.join('').includes(token)).toBe(false);
  });
});

describe('Too much', () => {
  it('of requests is refused with how long to wait, by token and not by address', async () => {
    const own = await served(await seededTracker(), { tokens: openTokens(file, () => undefined), rateLimit: 3 });
    const ask = (headers: Record<string, string>): Promise<Response> => fetch(`${own.url}/v1/entities`, { headers });
    const answers = [];
    for (let i = 0; i < 4; i += 1) answers.push(await ask(bearer('read')));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 429]);
    expect([Number(answers[3]?.headers.get('retry-after')) > 0, answers[3]?.headers.get('content-type')]).toEqual([true, 'application/problem+json']);
    expect([(await ask(bearer('admin'))).status, (await ask({})).status, (await fetch(`${own.url}/healthz`)).status]).toEqual([403, 401, 200]);
    await own.close();
  });

  it('of a body is refused, however small it was made', async () => {
    expect(await status('/v1/events', json(JSON.stringify('x'.repeat(9 * 1024 * 1024)), bearer('append')))).toBe(413);
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(250_000);
    const began = performance.now();
    const response = await fetch(`${api.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', ...bearer('append') }, body: bomb });
    expect([response.status, performance.now() - began < 5000]).toEqual([413, true]);
    expect(await status('/v1/events?feed=true', { method: 'POST', headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip', ...bearer('append') }, body: bomb })).toBe(415);
  });

  it('of depth, or of names, is refused and not a fault', async () => {
    for (const body of ['['.repeat(500_000) + ']'.repeat(500_000), `{"type":"EntityRegistered","data":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)},"metadata":{}}`, `{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":1`).join(',')}}`]) {
      expect(await problem('/v1/events', json(body, bearer('append')))).toEqual([400, expect.any(String)]);
    }
  });

  it('of headers is refused by the server', async () => {
    expect(await raw(`GET /v1/entities HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Large: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('Too slow', () => {
  it('a head that does not come ends the connection', async () => {
    expect(await raw('GET /v1/entities HTTP/1.1\r\nHost: 127')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('a body that comes byte by byte is not waited for, and the rest is served meanwhile', async () => {
    const began = performance.now();
    const slow = raw(`POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${tokens.append}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`, (socket) => {
      const timer = setInterval(() => socket.write(' '), 50);
      socket.on('close', () => { clearInterval(timer); });
    });
    expect(await status('/healthz')).toBe(200);
    expect([await slow, performance.now() - began < 4000]).toEqual([expect.stringMatching(/^HTTP\/1\.1 408 [^]*the body was not there after 0\.4 seconds/) as string, true]);
  });

  it('a connection that is silent in the middle of a feed is closed; what had come is stored', async () => {
    const feed = `${event.replace('"x"', '"fed-slowly"')}\n`;
    await raw(`POST /v1/events?feed=true HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${tokens.append}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n${feed.length.toString(16)}\r\n${feed}\r\n`);
    expect(await status('/v1/events/market.entity-fed-slowly/0', { headers: bearer('read') })).toBe(200);
  });
});

describe('Odd requests', () => {
  it.each(['/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/docs/..%2f..%2f..%2fpackage.json', '/.build-id', '/%00', '/docs/%00', '//etc/passwd', '/v1/events/..%2f..%2fetc%2fpasswd/0', '/v1/events/%2e%2e/0', '/v1/events/market.x/0%00', '/v1/instruments/%ff/market-value', '/v1/__proto__', '/v1/entities/__proto__/claims', '/v1/entities/constructor/sentiment'])('%s leads nowhere', async (path_) => {
    const answer = await raw(`GET ${path_} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${tokens.read}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403|404) /);
    expect(answer).not.toMatch(/devDependencies|root:|\/node_modules\/| at .*\.js:/);
  });

  it.each(['__proto__=x', '__proto__[admin]=1', 'constructor.prototype.x=1', 'asOf[]=1', 'asOf=1&asOf=2', 'fields=__proto__', 'fields=constructor.name', 'toString=1'])('?%s is refused', async (query) => {
    expect(await status(`/v1/entities?${query}`, { headers: bearer('read') })).toBe(400);
  });

  it('a payload pollutes no prototype', async () => {
    for (const body of [`{"__proto__":{"polluted":1},"type":"EntityRegistered"}`, event.replace('"data":{', '"data":{"__proto__":{"polluted":1},'), event.replace('"metadata":{', '"metadata":{"constructor":{"prototype":{"polluted":1}},')]) {
      expect((await status('/v1/events', json(body, bearer('append')))) < 500).toBe(true);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('an id that would break the log or a header is not taken', async () => {
    for (const id of ['x'.repeat(200), 'a b', 'a"b', '{}']) {
      const response = await fetch(`${api.url}/healthz`, { headers: { 'x-request-id': id } });
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('a fault tells its id and nothing else', async () => {
    const readAll = api.tracker.store.readAll.bind(api.tracker.store);
    Object.assign(api.tracker.store, { readAll: () => { throw new Error('a secret of the server'); } });
    const response = await fetch(`${api.url}/v1/events`, { headers: bearer('read') });
    Object.assign(api.tracker.store, { readAll });
    const text = await response.text();
    expect([response.status, text.includes('secret'), text.includes(response.headers.get('x-request-id') ?? '-')]).toEqual([500, false, true]);
    expect(logged.some((line) => line.includes('a secret of the server') && line.includes(response.headers.get('x-request-id') ?? '-'))).toBe(true);
  });
});

describe('Pages of other sites', () => {
  it('that are named may ask and write, and see the headers; others get no leave', async () => {
    const ask = (origin: string): Promise<Response> => fetch(`${api.url}/v1/entities`, { headers: { origin, ...bearer('read') } });
    const [ours, theirs] = [await ask('https://dashboard.example'), await ask('https://evil.example')];
    expect([ours.headers.get('access-control-allow-origin'), ours.headers.get('access-control-expose-headers')?.includes('Tracker-Basis'), theirs.headers.get('access-control-allow-origin')]).toEqual(['https://dashboard.example', true, null]);
    const preflight = await fetch(`${api.url}/v1/events`, { method: 'OPTIONS', headers: { origin: 'https://dashboard.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization,content-type']);
    expect(await status('/v1/events', json(event, { origin: 'https://dashboard.example', ...bearer('append') }))).toBeLessThan(300);
    expect(await status('/v1/events', json(event, { origin: 'https://evil.example', ...bearer('append') }))).toBe(403);
  });
});

describe('HTML', () => {
  it.each(['/', '/docs/'])('%s lets nothing in but what is the server\'s own', async (page) => {
    const response = await fetch(api.url + page);
    expect([response.status, response.headers.get('x-frame-options') !== null, response.headers.get('referrer-policy')]).toEqual([200, true, 'no-referrer']);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none';script-src 'self';/);
    expect(await response.text()).not.toMatch(/https?:\/\//);
  });
});
