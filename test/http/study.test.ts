/** Studies over HTTP: many events in one request, one run again, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsStudySchema, type EventsStudy } from '../../src/views/study-events-schema.js';
import type { ReactionView } from '../../src/views/reaction-schema.js';
import { seededTracker, served, type Served } from '../support/in-process.js';
import { testId } from '../support/given.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
}, 60_000);
afterAll(() => api.close());

const post = (path: string, body: unknown): Promise<Response> => fetch(api.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const EVENTS = ['AMZN', 'NVDA', 'MSFT'].map((symbol) => ({ instrument: `XNAS:${symbol}`, date: '2025-11-03' }));

describe('POST /v1/reactions', () => {
  it('studies many events by its schema, and again alike on the same basis', async () => {
    const first = await post('/v1/reactions', { benchmark: 'INDEX:SPX', events: EVENTS });
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const text = await first.text();
    const body = JSON.parse(text) as EventsStudy;
    expect(eventsStudySchema.safeParse(body).error).toBeUndefined();
    expect(body.windows[0]).toMatchObject({ n: 3, shared: true, headline: 'portfolio-t' });
    const basis = first.headers.get('tracker-basis') ?? '';
    expect(await (await post(`/v1/reactions?basis=${basis}`, { benchmark: 'INDEX:SPX', events: EVENTS })).text()).toBe(text);
  });
  it('knows only what was known then', async () => {
    const { events } = (await (await post('/v1/reactions?knownAt=2025-11-03T20:00:00Z', { benchmark: 'INDEX:SPX', events: EVENTS })).json()) as EventsStudy;
    expect(events.map(({ cars, reason }) => [cars[0], reason?.slice(0, 20)])).toEqual(EVENTS.map(() => [null, 'no usable return on ']));
  });
  it.each([
    [{ benchmark: 'INDEX:SPX', events: [] }, 'events'],
    [{ benchmark: 'INDEX:SPX' }, 'events'],
    [{ events: EVENTS }, 'benchmark'],
    [{ benchmark: 'INDEX:SPX', events: [{ instrument: 'XNAS:AMZN', date: '2025-11-03', size: 1 }] }, 'events[0]'],
    [{ benchmark: 'INDEX:SPX', events: EVENTS, windows: '2:1' }, 'windows'],
    [{ benchmark: 'INDEX:SPX,INDEX:NDX', events: EVENTS }, 'benchmark: expected one'],
    [{ benchmark: 'INDEX:SPX', events: EVENTS, unknown: 1 }, 'unknown'],
  ])('refuses %j', async (body, says) => {
    const response = await post('/v1/reactions', body);
    const problem = (await response.json()) as { detail: string };
    expect([response.status, problem.detail.includes(says)]).toEqual([400, true]);
  });
});

describe('GET /v1/reactions/{again}', () => {
  it('answers what the study answered, for ever, whatever is stored meanwhile', async () => {
    const first = await fetch(`${api.url}/v1/announcements/openai-aws/reaction?instrument=XNAS:AMZN&benchmark=INDEX:SPX&knownAt=2025-11-10T00:00:00Z`);
    const text = await first.text();
    await post('/v1/events', { id: testId(9_000_001), type: 'BarClosed', data: { instrument: 'amazon-common', close: 1, session: { date: '2024-09-03', calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' }, metadata: { source: { document: 'zz' } } });
    const again = await fetch(`${api.url}/v1/reactions/${(JSON.parse(text) as ReactionView).again}`);
    expect([again.status, again.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(await again.text()).toBe(text);
    expect((await fetch(`${api.url}/v1/reactions/${(JSON.parse(text) as ReactionView).again}`, { headers: { 'if-none-match': again.headers.get('etag') ?? '' } })).status).toBe(304);
  });
  it('refuses what is none, and what is of another store', async () => {
    expect((await fetch(`${api.url}/v1/reactions/abc`)).status).toBe(400);
    const other = Buffer.from(JSON.stringify({ v: 1, of: null, query: { instrument: 'XNAS:AMZN', benchmark: 'INDEX:SPX', date: '2025-11-03' }, asked: { basis: Buffer.from(JSON.stringify(['another', '0000000000000001'])).toString('base64url') }, result: 'x' })).toString('base64url');
    expect((await fetch(`${api.url}/v1/reactions/${other}`)).status).toBe(409);
    const beyond = Buffer.from(JSON.stringify({ v: 1, of: null, query: {}, asked: { clock: 'sometimes' }, result: 'x' })).toString('base64url');
    expect((await fetch(`${api.url}/v1/reactions/${beyond}`)).status).toBe(400);
  });
});
