/** Who may speak to a server on loopback. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededTracker, served, type Served } from '../support/in-process.js';
import { serve } from '../../src/http/server.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
});
afterAll(() => api.close());

/** fetch sets Host by itself. */
function ask(url: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece)).on('end', () => { resolve({ status: response.statusCode ?? 0, text }); });
    });
    asked.on('error', reject).end(body);
  });
}

describe('a server on loopback', () => {
  it.each(['127.0.0.1:8080', 'localhost', 'localhost:1', '[::1]:8080'])('answers to %s', async (host) => {
    expect((await ask(`${api.url}/v1/entities`, { host })).status).toBe(200);
  });

  it.each(['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', 'localhost.', '10.0.0.5', 'localhost@evil.example'])('does not answer to %j: a name may be pointed here by anybody', async (host) => {
    for (const path of ['/v1/entities', '/', '/openapi.json']) {
      const { status, text } = await ask(api.url + path, { host });
      expect([path, status]).toEqual([path, 421]);
      expect(text).not.toContain('openai');
    }
  });

  it('lets no page of another site write, and its own page do so', async () => {
    const body = '{"scenario":"guarded","kind":"isolated"}';
    const host = new URL(api.url).host;
    const json = { 'content-type': 'application/json', host };
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      const { status, text } = await ask(`${api.url}/v1/scenarios`, { ...json, origin }, 'POST', body);
      expect([origin, status, JSON.parse(text)]).toEqual([origin, 403, expect.objectContaining({ type: 'urn:market-reaction-tracker:problem:cross-origin' }) as unknown]);
      // Without a body a browser asks nobody first.
      expect((await ask(`${api.url}/v1/scenarios/guarded/archive`, { host, origin }, 'POST')).status).toBe(403);
    }
    expect((await ask(`${api.url}/v1/scenarios`, { ...json, origin: api.url }, 'POST', body)).status).toBe(201);
    expect((await ask(`${api.url}/v1/scenarios`, json, 'POST', body)).status).toBe(200);
  });
});

it('a server that others may reach, with no token, is asked by its address and by the names that were given to it alone', async () => {
  const own = await seededTracker();
  const server = await serve(own, { host: '0.0.0.0', port: 0, log: () => undefined, allowedHosts: ['tracker.internal'] });
  const ask1 = (host: string): Promise<{ status: number }> => ask(`http://127.0.0.1:${new URL(server.url).port}/v1/entities`, { host });
  expect(await Promise.all(['tracker.internal', 'tracker.internal:8080', '192.168.1.7', '[fe80::1]:8080', '127.0.0.1', 'evil.example'].map(async (host) => [host, (await ask1(host)).status]))).toEqual([['tracker.internal', 200], ['tracker.internal:8080', 200], ['192.168.1.7', 200], ['[fe80::1]:8080', 200], ['127.0.0.1', 200], ['evil.example', 421]]);
  await server.close();
  await own.close();
});
