/** Writing over a real socket: at an expected revision, by body and by header, and what a partial failure tells. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../src/http/problem.js';
import { emptyTracker, served, type Served } from '../support/in-process.js';
import { testId } from '../support/given.js';

let api: Served;
beforeAll(async () => {
  api = await served(emptyTracker());
});
afterAll(() => api.close());

const entity = (id: string, n: number, name = id): Record<string, unknown> => ({ id: testId(n), type: 'EntityRegistered', data: { entity: id, name, kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'test' } } });
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> => fetch(`${api.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
const bodyOf = async (response: Response): Promise<Record<string, unknown>> => (await response.json()) as Record<string, unknown>;

describe('events at an expected revision', () => {
  it('are stored where the stream is so, and refused with its revision where it is not', async () => {
    expect((await post({ expectedRevision: 'no_stream', events: [entity('acme', 1), entity('acme', 2, 'Acme')] })).status).toBe(201);
    const late = await post({ expectedRevision: 'no_stream', events: [entity('acme', 3)] });
    expect([late.status, await bodyOf(late)]).toEqual([409, expect.objectContaining({ type: 'urn:market-reaction-tracker:problem:wrong-expected-revision', expected: 'no_stream', actual: 1 }) as unknown]);
    const right = await post({ expectedRevision: 1, events: [entity('acme', 4, 'Acme Inc')] });
    expect([right.status, right.headers.get('etag'), (await bodyOf(right))['events']]).toEqual([201, '"2"', [{ id: testId(4), streamId: 'market.entity-acme', revision: 2, status: 'stored' }]]);
    expect((await api.tracker.store.readStream('market.entity-acme')).map(({ id }) => id)).toEqual([1, 2, 4].map(testId));
  });

  it('go by If-Match with the ETag of the last receipt, and If-None-Match for a stream that is new: 412 where it is not so', async () => {
    const first = await post(entity('globex', 11), { 'if-none-match': '*' });
    expect(first.status).toBe(201);
    const again = await post(entity('globex', 12), { 'if-none-match': '*' });
    expect([again.status, again.headers.get('content-type'), problemSchema.parse(await again.json())]).toEqual([412, 'application/problem+json', expect.objectContaining({ actual: 0 }) as unknown]);
    expect((await post(entity('globex', 13, 'Globex'), { 'if-match': first.headers.get('etag') ?? '' })).status).toBe(201);
    expect((await post(entity('globex', 14, 'Globex Inc'), { 'if-match': first.headers.get('etag') ?? '' })).status).toBe(412);
  });

  it('sent again are known, and store nothing', async () => {
    const body = { expectedRevision: 'no_stream', events: [entity('initech', 21), entity('initech', 22, 'Initech')] };
    const [first, again] = [await post(body), await post(body)];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(((await bodyOf(again))['events'] as { status: string }[]).map(({ status }) => status)).toEqual(['known', 'known']);
    expect(await api.tracker.store.readStream('market.entity-initech')).toHaveLength(2);
  });

  it('of two writers at one revision let one through', async () => {
    await post(entity('race', 31));
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => post({ expectedRevision: 0, events: [entity('race', 40 + i, `Racer ${i}`)] })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  });

  it.each<[string, unknown, Record<string, string>, RegExp]>([
    ['of several streams', { expectedRevision: 0, events: [entity('a', 51), entity('b', 52)] }, {}, /expected events of one stream, these are of market\.entity-a, market\.entity-b/],
    ['that is none', { expectedRevision: -1, events: [entity('a', 51)] }, {}, /expectedRevision: expected the last revision of the stream, or "no_stream", got -1/],
    ['without events', { expectedRevision: 1 }, {}, /events: expected a list of events beside expectedRevision/],
    ['without a revision', { events: [entity('a', 51)] }, {}, /expectedRevision: expected .*got nothing/],
    ['beside another field', { expectedRevision: 1, events: [entity('a', 51)], force: true }, {}, /force: expected no such field/],
    ['in both places', { expectedRevision: 1, events: [entity('a', 51)] }, { 'if-match': '"1"' }, /in the body or by If-Match, not both/],
    ['in a header that is no revision', entity('a', 51), { 'if-match': 'W/"abc"' }, /If-Match: expected the last revision of the stream, as "5"/],
    ['in a header that names another', entity('a', 51), { 'if-none-match': '"1"' }, /If-None-Match: expected \*/],
  ])('%s are refused', async (_what, body, headers, detail) => {
    const response = await post(body, headers);
    expect([response.status, (await bodyOf(response))['detail']]).toEqual([400, expect.stringMatching(detail) as string]);
    expect(await api.tracker.store.readStream('market.entity-a')).toEqual([]);
  });
});

describe('a batch of which a later stream is refused', () => {
  it('says which of its events were stored, by their place in what was sent', async () => {
    await post(entity('taken', 61, 'Taken'));
    const lines = [entity('one', 62), entity('taken', 61, 'Other'), entity('one', 63, 'One')].map((event) => JSON.stringify(event));
    const response = await post(`\n${lines.join('\n')}`, { 'content-type': 'application/x-ndjson' });
    const problem = await bodyOf(response);
    expect([response.status, problem['type']]).toEqual([409, 'urn:market-reaction-tracker:problem:id-conflict']);
    expect(problem['stored']).toEqual([
      { id: testId(62), streamId: 'market.entity-one', revision: 0, status: 'stored', index: 0, place: 'line 2' },
      { id: testId(63), streamId: 'market.entity-one', revision: 1, status: 'stored', index: 2, place: 'line 4' },
    ]);
    // Mended and sent again, what was stored is known and the rest follows.
    const mended = await post([entity('one', 62), entity('two', 64), entity('one', 63, 'One')]);
    expect(((await bodyOf(mended))['events'] as { status: string }[]).map(({ status }) => status)).toEqual(['known', 'stored', 'known']);
  });
});
