/** The API over a real socket: answers, caching, problems, writing. */
import { positionOf } from '../../src/projecting/log-index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { operations } from '../../src/http/app.js';
import { problemSchema } from '../../src/http/problem.js';
import { API_EXAMPLES } from '../support/api-examples.js';
import { seededTracker, served, type Served } from '../support/in-process.js';
import { testId } from '../support/given.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
  await fetch(`${api.url}/v1/scenarios`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ scenario: 'what-if', kind: 'overlay' }) });
});
afterAll(() => api.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(api.url + path, { headers });
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> => fetch(`${api.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
const json = async (response: Response): Promise<Record<string, unknown>> => (await response.json()) as Record<string, unknown>;

function entity(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { type: 'EntityRegistered', data: { entity: id, name: id, kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'test' } }, ...more };
}

function price(instrument: string, value: string): Record<string, unknown> {
  return { type: 'PriceObserved', data: { instrument, price: { as: 'rounded', value, unit: 'USD' }, session: 'regular' }, metadata: { occurredAt: { at: '2025-11-03T15:00:00Z' }, publishedAt: { at: '2025-11-03T15:30:00Z' }, source: { document: 'test' } } };
}

describe('every documented operation', () => {
  const againPath = async (): Promise<string> => `/v1/reactions/${((await (await get(API_EXAMPLES['getReaction'] ?? '')).json()) as { again: string }).again}`;
  it.each(operations.filter((operation) => operation.method === 'get'))('$id answers by its schema', async (operation) => {
    const path = operation.id === 'getReactionAgain' ? await againPath() : API_EXAMPLES[operation.id];
    if (path === undefined) throw new Error(`no example for ${operation.id}: add one`);
    const response = await get(path);
    expect(response.status).toBe(200);
    const schema: z.ZodType = operation.kind === 'view' ? operation.answer : (operation.answers[200]?.schema as z.ZodType);
    const text = await response.text();
    expect(schema.safeParse(response.headers.get('content-type')?.startsWith('text/plain') ? text : JSON.parse(text)).error).toBeUndefined();
  });

  it('is in the OpenAPI document, with its parameters', async () => {
    const document = (await json(await get('/openapi.json'))) as { openapi: string; paths: Record<string, Record<string, { parameters?: { name: string }[] }>> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual([...new Set(operations.map((operation) => operation.path))].sort());
    expect(document.paths['/v1/instruments/{id}/market-value']?.['get']?.parameters?.map((parameter) => parameter.name).sort()).toEqual(['adjustment', 'announcement', 'asOf', 'If-None-Match', 'Last-Event-ID', 'Prefer', 'basis', 'clock', 'fields', 'format', 'from', 'id', 'imprecise', 'knownAt', 'maxPoints', 'minPosition', 'scenario', 'session', 'thin', 'to', 'until', 'versions'].sort());
  });
});

describe('caching', () => {
  it('answers 304 to a client that has the answer, by weak, listed and starred tags too', async () => {
    const first = await get('/v1/instruments/XNAS:AMZN/market-value');
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('no-cache');
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get('/v1/instruments/XNAS:AMZN/market-value', { 'if-none-match': tag });
      expect([again.status, await again.text(), again.headers.get('etag')?.replace('-gzip', '')]).toEqual([304, '', etag.replace('-gzip', '')]);
    }
    expect((await get('/v1/instruments/XNAS:AMZN/market-value', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('keeps the tag when an event elsewhere arrives, and changes it when one concerns the view', async () => {
    const path = '/v1/instruments/XNAS:NVDA/market-value';
    const etag = (await get(path)).headers.get('etag') ?? '';
    expect((await post(price('amazon-common', '250.00'))).status).toBe(201);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await post(price('nvidia-common', '207.00'))).status).toBe(201);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
  });

  it('gives the same bytes for a basis, whatever is stored after it, and says that they never change', async () => {
    const path = '/v1/instruments/XNAS:MSFT/market-value';
    const first = await get(path);
    const basis = first.headers.get('tracker-basis') ?? '';
    const bytes = await first.text();
    await post(price('microsoft-common', '520.00'));
    expect(await (await get(path)).text()).not.toBe(bytes);
    const pinned = await get(`${path}?basis=${basis}`);
    expect(await pinned.text()).toBe(bytes);
    expect(pinned.headers.get('cache-control')).toContain('immutable');
  });
});

describe('time', () => {
  it('by the recorded clock shows the log as it stood', async () => {
    const before = await json(await get('/v1/instruments/XNAS:AMZN/market-value?clock=recorded&knownAt=2026-08-31T00:00:00Z').then((response) => (response.status === 404 ? new Response('{"status":"nothing"}') : response)));
    expect(before['status']).toBe('nothing');
    expect((await get('/v1/instruments/XNAS:AMZN/market-value?clock=recorded&knownAt=2026-09-02T00:00:00Z')).status).toBe(200);
  });
  it('of the answer is echoed, so that it can be asked again', async () => {
    expect(await json(await get('/v1/entities/openai/sentiment?asOf=2025-11-05T00:00:00Z&knownAt=2025-11-04T00:00:00.000000001Z&imprecise=earliest'))).toMatchObject({ asOf: '2025-11-05T00:00:00Z', knownAt: '2025-11-04T00:00:00.000000001Z', clock: 'published', imprecise: 'earliest' });
  });
});

describe('a wrong request is told what, where and what to do', () => {
  it.each([
    ['/v1/instruments/XNAS:NOPE/market-value', 404, /no instrument "XNAS:NOPE" is known; there are XNAS:AMZN, XNAS:AMD, .* and 8 more/],
    ['/v1/entities/nobody/sentiment', 404, /no entity "nobody"/],
    ['/v1/announcements/nothing', 404, /no announcement "nothing" is known; there are amazon-openai-investment, .*openai-aws/],
    ['/v1/announcements?asof=2025-11-03T21:00:00Z', 400, /query parameter asof is not known here \(asOf, knownAt/],
    ['/v1/announcements?asOf=yesterday', 400, /asOf: expected an instant with its zone, such as .*, got "yesterday"/],
    ['/v1/announcements?clock=wall', 400, /query parameter clock: expected "published" or "recorded", got "wall"/],
    ['/v1/announcements?basis=nonsense', 400, /basis: expected a token that this API gave out/],
    ['/v1/announcements?asOf=2025-11-03T21:00:00Z&asOf=2025-11-04T21:00:00Z', 400, /asOf/],
    ['/v1/entities/openai/sentiment?halfLife=P1M', 400, /halfLife: expected an ISO 8601 duration/],
    ['/v1/entities/openai/sentiment?step=PT1S&from=2000-01-01T00:00:00Z', 400, /step: expected one that gives at most 5000 points/],
    ['/v1/entities/openai/sentiment?method=model', 400, /method: nothing said of openai that is known was scored by "model"; there is rubric@1/],
    ['/v1/announcements/openai-aws/reaction?instrument=XNAS:AMZN&benchmark=INDEX:SPX&windows=a', 400, /windows: expected trading days from day 0/],
    ['/v1/announcements/openai-aws/reaction/explain?instrument=XNAS:AMZN&benchmark=INDEX:SPX&knownAt=2025-11-10T00:00:00Z,2025-11-20T00:00:00Z', 400, /a grid is explained cell by cell/],
    ['/v1/entities/openai/sentiment?kind=investors', 400, /kind: expected .*"investor".*, got "investors"/],
    ['/v1/entities/openai/sentiment?weights=investor:much', 400, /weights: expected kind:weight, such as investor:2,press:0/],
    ['/v1/market-value?instruments=XNAS:AMZN,XNAS:NOPE', 404, /no instrument "XNAS:NOPE"/],
    ['/v1/market-value', 400, /instruments/],
    ['/v1/instruments/XNAS:AMZN/market-value?adjustment=none', 400, /adjustment: amazon-common has no prices of the series none; there is split/],
    ['/v1/entities/openai/claims?state=won', 400, /state: expected .*"superseded", got "won"/],
    ['/v1/entities/openai/exposure?depth=9', 400, /depth: expected a whole number from 1 to 6, got "9"/],
    ['/v1/entities/openai/exposure?channels=love', 400, /channels: expected some of supply, custom/],
    ['/v1/instruments/XNAS:AMZN/market-value?from=2025-11-03T00:00:00Z&to=2025-11-02T00:00:00Z', 400, /to: expected a time after from/],
    ['/v1/events?limit=5000', 400, /limit/],
    ['/v1/events/market.announcement-openai-aws/999', 404, /has no event 999/],
    ['/v1/events/secrets/0', 404, /the tracker's streams begin with market\./],
    ['/v1/nowhere', 404, /nothing is served at GET \/v1\/nowhere; \/openapi.json lists what is/],
  ])('%s', async (path, status, detail) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = problemSchema.parse(await response.json());
    expect(problem.detail).toMatch(detail);
    expect(problem.status).toBe(status);
  });

  it('when its basis is of another store', async () => {
    const foreign = Buffer.from(JSON.stringify(['00000000-0000-4000-8000-000000000000', '0000000000000001'])).toString('base64url');
    const response = await get(`/v1/announcements?basis=${foreign}`);
    expect([response.status, (await json(response))['detail']]).toEqual([409, 'basis: this token belongs to another store; ask again without it']);
  });
});

describe('writing', () => {
  it('stores a batch over several streams and says where each event is', async () => {
    const response = await post([entity('globex'), entity('initech'), price('globex-common', '10.00')]);
    expect(response.status).toBe(201);
    const receipt = (await json(response)) as { events: { streamId: string; status: string }[]; basis: string };
    expect(receipt.events.map((event) => [event.streamId, event.status])).toEqual([['market.entity-globex', 'stored'], ['market.entity-initech', 'stored'], ['market.instrument-globex-common', 'stored']]);
    expect((await get(`/v1/entities/globex/sentiment?basis=${receipt.basis}`)).status).toBe(200);
  });

  it('under an Idempotency-Key stores a repetition once', async () => {
    const send = (): Promise<Response> => post(entity('hooli'), { 'idempotency-key': 'k1' });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect((await json(second))['events']).toMatchObject([{ status: 'known', revision: 0 }]);
  });

  it('refuses a known id with other content, and says where it differs', async () => {
    await post(entity('pied-piper', { id: testId(77) }));
    const response = await post({ ...entity('pied-piper', { id: testId(77) }), data: { entity: 'pied-piper', name: 'Other', kind: 'company' } });
    expect(response.status).toBe(409);
    expect((await json(response))['detail']).toMatch(/revision 0 with other content: data\.name differs/);
  });

  it('stores none of a batch when one is wrong, and lists every fault with its place', async () => {
    const response = await post([entity('vandelay'), entity('Bad Id'), { ...price('x', 'ten'), extra: 1 }]);
    expect(response.status).toBe(400);
    const { errors } = (await json(response)) as { errors: { path: string; expected: string; received: string }[] };
    expect(errors.map((error) => error.path)).toEqual(['[1].data.entity', '[2].extra']);
    expect((await get('/v1/entities/vandelay/sentiment')).status).toBe(404);
  });

  it('refuses a publication from the future', async () => {
    const response = await post({ ...price('acme', '1.00'), metadata: { occurredAt: { at: '2027-01-01T00:00:00Z' }, publishedAt: { at: '2027-01-01T00:00:00Z' }, source: { document: 'test' } } });
    expect((await json(response))['detail']).toMatch(/metadata\.publishedAt: expected a publication that has begun by now \(2026-09-01/);
  });

  it('takes NDJSON, and names the line that is truncated', async () => {
    const lines = [JSON.stringify(entity('umbrella')), '', JSON.stringify(entity('stark')).slice(0, 40)].join('\n');
    const refused = await post(lines, { 'content-type': 'application/x-ndjson' });
    expect([refused.status, (await json(refused))['detail']]).toEqual([400, expect.stringMatching(/^line 3 is not JSON .*nothing was stored$/)]);
    expect((await post(`${JSON.stringify(entity('umbrella'))}\n`, { 'content-type': 'application/x-ndjson' })).status).toBe(201);
  });

  it.each([
    ['{"type":', 400, /the body is not JSON/],
    ['[]', 400, /expected at least one event/],
    ['null', 400, /expected/],
    ['{"type":"Nothing","data":{},"metadata":{}}', 400, /type: expected "EntityRegistered" or/],
  ])('refuses the body %s', async (body, status, detail) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect((await json(response))['detail']).toMatch(detail);
  });

  it('refuses another content type, and a body that is too large', async () => {
    expect((await post('x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(`"${'x'.repeat(9 * 1024 * 1024)}"`)).status).toBe(413);
  });

  it('gives a correction the time and the place of what it corrects', async () => {
    const id = testId(88);
    const stored = await post({ ...price('amazon-common', '251.00'), id });
    const [{ streamId, revision }] = ((await json(stored)) as { events: [{ streamId: string; revision: number }] }).events;
    const correction = { type: 'ObservationCorrected', data: { corrects: { id, streamId, revision }, type: 'PriceObserved', schemaVersion: 1, data: price('amazon-common', '252.00')['data'] }, metadata: { publishedAt: { at: '2025-11-05T00:00:00Z' }, source: { document: 'test' } } };
    expect((await post(correction)).status).toBe(201);
    const moved = { ...correction, metadata: { ...correction.metadata, occurredAt: { at: '2025-11-04T15:00:00Z' } } };
    expect((await json(await post(moved)))['detail']).toMatch(/expected the valid time of the event it corrects/);
    const { claims } = (await json(await get('/v1/instruments/XNAS:AMZN/market-value'))) as { claims: { text: string; document: string }[] };
    expect(claims.filter((claim) => claim.document === 'test').map((claim) => claim.text)).toEqual(['250.00 USD', '252.00 USD']);
  });

  it('takes a correction of a correction for the same fact, and refuses one of another subject', async () => {
    const send = async (event: unknown): Promise<{ streamId: string; revision: number; id: string }> => ((await json(await post(event))) as { events: [{ streamId: string; revision: number; id: string }] }).events[0];
    const correct = (of: { id: string; streamId: string }, data: unknown, type = 'PriceObserved'): unknown => ({ type: 'ObservationCorrected', data: { corrects: { id: of.id, streamId: of.streamId }, type, schemaVersion: 1, data }, metadata: { publishedAt: { at: '2025-11-05T00:00:00Z' }, source: { document: 'chain' } } });
    const first = await send({ ...price('nvidia-common', '208.00'), metadata: { ...(price('x', '1.00')['metadata'] as object), source: { document: 'chain' } } });
    const second = await send(correct(first, price('nvidia-common', '208.50')['data']));
    await send(correct(second, price('nvidia-common', '208.75')['data']));
    const { claims } = (await json(await get('/v1/instruments/XNAS:NVDA/market-value'))) as { claims: { text: string; document: string }[] };
    expect(claims.filter((claim) => claim.document === 'chain').map((claim) => claim.text)).toEqual(['208.75 USD']);
    expect((await json(await post(correct(first, price('amazon-common', '1.00')['data']))))['detail']).toMatch(/data\.data\.instrument: expected "nvidia-common", as in what it corrects/);
  });

  it('changes the tag of a view when a fact in it is retracted', async () => {
    const { events: [stored] } = (await json(await post(price('microsoft-common', '519.00')))) as { events: [{ id: string; streamId: string }] };
    const path = '/v1/instruments/XNAS:MSFT/market-value';
    const etag = (await get(path)).headers.get('etag') ?? '';
    await post({ type: 'ObservationRetracted', data: { retracts: stored && { id: stored.id, streamId: stored.streamId } }, metadata: { publishedAt: { at: '2025-11-05T00:00:00Z' }, source: { document: 'test' } } });
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
  });

  it('says which events were stored when a later stream refuses', async () => {
    await post(entity('first-of-two', { id: testId(91) }));
    const response = await post([entity('new-one'), { ...entity('first-of-two', { id: testId(91) }), data: { entity: 'first-of-two', name: 'other', kind: 'company' } }]);
    expect([response.status, (await json(response))['stored']]).toEqual([409, [expect.objectContaining({ streamId: 'market.entity-new-one' })]]);
  });

  it('answers a malformed event with 400, however malformed', async () => {
    for (const body of ['{"type":"ObservationRetracted","data":{"retracts":{"id":"x","streamId":"' + 'm'.repeat(5000) + '"}},"metadata":{}}', '{"type":"ObservationRetracted","data":{"retracts":{}},"metadata":null}', `${'['.repeat(100_000)}${']'.repeat(100_000)}`]) {
      expect((await post(body)).status).toBe(400);
    }
  });

  it('is read back in pages that follow each other, forwards and backwards', async () => {
    for (const direction of ['forwards', 'backwards']) {
      const seen: string[] = [];
      let path: string | null = `/v1/events?limit=500&direction=${direction}`;
      while (path !== null) {
        const response: Response = await get(path);
        seen.push(...((await json(response)) as { events: { position: string }[] }).events.map((event) => event.position));
        path = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? null;
      }
      const { runner } = api.tracker;
      expect(direction === 'forwards' ? seen : seen.reverse()).toEqual(Array.from({ length: runner.events() }, (_, i) => positionOf(runner.log, i + 1)));
    }
  });
});

describe('the server', () => {
  it('logged no unexpected error', () => {
    expect(api.logged).toEqual([]);
  });
});
