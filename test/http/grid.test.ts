/** A grid: one request at many (asOf, knownAt), over a real socket; how it is filled, in this process. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../src/http/problem.js';
import { viewOperations } from '../../src/http/view-operations.js';
import { timelineView } from '../../src/views/announcements.js';
import { openContext, type Asked, type ViewContext } from '../../src/views/context.js';
import { answerGrid, MAX_CELLS } from '../../src/views/grid.js';
import { marketValueView } from '../../src/views/market-value.js';
import { gridSchema } from '../../src/views/schemas.js';
import { acceptInputs, appendAccepted } from '../../src/writing/accept.js';
import { seededTracker, served, type Served } from '../support/in-process.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
});
afterAll(() => api.close());

interface Body {
  cells: number;
  grid: { asOf: string | null; knownAt: string | null }[];
  problems: { asOf: string | null; knownAt: string | null; type: string; status: number; detail: string }[];
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(api.url + path, { headers });
const body = async (path: string): Promise<Body> => (await (await get(path)).json()) as Body;

async function store(...inputs: unknown[]): Promise<void> {
  const { store, runner } = api.tracker;
  const { position } = await appendAccepted(store, await acceptInputs(api.tracker, inputs, String));
  await runner.waitFor(position, 5000);
}

function price(instrument: string, value: string): unknown {
  return { type: 'PriceObserved', data: { instrument, price: { as: 'rounded', value, unit: 'USD' }, session: 'regular' }, metadata: { occurredAt: { at: '2025-11-03T15:00:00Z' }, publishedAt: { at: '2025-11-03T15:30:00Z' }, source: { document: 'test' } } };
}

const NVIDIA = '/v1/instruments/XNAS:NVDA/market-value?from=2025-10-30T00:00:00Z';

describe('a grid', () => {
  it('has for each knownAt every asOf, as they were given', async () => {
    const { cells, grid, problems } = await body(`${NVIDIA}&asOf=2025-11-04T21:00:00Z,2025-11-03T21:00:00Z&knownAt=2025-11-04T22:00:00Z,2025-11-10T00:00:00Z`);
    expect([cells, problems]).toEqual([4, []]);
    expect(grid.map((cell) => [cell.knownAt, cell.asOf])).toEqual([
      ['2025-11-04T22:00:00Z', '2025-11-04T21:00:00Z'],
      ['2025-11-04T22:00:00Z', '2025-11-03T21:00:00Z'],
      ['2025-11-10T00:00:00Z', '2025-11-04T21:00:00Z'],
      ['2025-11-10T00:00:00Z', '2025-11-03T21:00:00Z'],
    ]);
  });

  it.each([
    ['2025-11-01T00:00:00Z/2025-11-03T00:00:00Z/P1D', ['2025-11-01T00:00:00Z', '2025-11-02T00:00:00Z', '2025-11-03T00:00:00Z']],
    ['2025-11-01T00:00:00Z/2025-11-02T23:59:59Z/P1D', ['2025-11-01T00:00:00Z', '2025-11-02T00:00:00Z']],
    ['2025-08-31T12:00:00.000000001Z/2025-10-31T13:00:00Z/P1M', ['2025-08-31T12:00:00.000000001Z', '2025-09-30T12:00:00.000000001Z', '2025-10-31T12:00:00.000000001Z']],
    ['2025-11-01T00:00:00Z/2025-11-01T00:00:00Z/PT1H', ['2025-11-01T00:00:00Z']],
    ['2025-12-01T00:00:00Z,2025-11-01T00:00:00Z/2025-11-01T01:00:00Z/PT30M', ['2025-12-01T00:00:00Z', '2025-11-01T00:00:00Z', '2025-11-01T00:30:00Z', '2025-11-01T01:00:00Z']],
  ])('reads %s', async (text, moments) => {
    expect((await body(`/v1/entities?asOf=${text}`)).grid.map((cell) => cell.asOf)).toEqual(moments);
  });

  it.each(viewOperations.map((operation) => operation.id))('of %s has in each cell what the request for it alone with this basis answers', async (id) => {
    const path = (viewOperations.find((operation) => operation.id === id)?.path ?? '').replace('instruments/{id}', 'instruments/XNAS:AMZN').replace('entities/{id}', 'entities/openai').replace('{id}', 'openai-aws');
    const own = ({ getMarketValues: 'instruments=XNAS:AMZN,XNAS:NVDA&', getConfounders: 'instruments=XNAS:AMZN&', getReaction: 'instrument=XNAS:AMZN&benchmark=INDEX:SPX&', getDayReaction: 'benchmark=INDEX:SPX&date=2025-10-31&' } as Record<string, string>)[id] ?? '';
    const response = await get(`${path}?${own}asOf=2025-11-03T21:00:00Z,2025-11-05T21:00:00Z&knownAt=2025-11-01T00:00:00Z,2025-11-20T00:00:00Z`);
    const all = (await response.json()) as Body;
    const schema = gridSchema(viewOperations.find((operation) => operation.id === id)?.answer as Parameters<typeof gridSchema>[0]);
    expect(schema.safeParse(all).error).toBeUndefined();
    expect(all.grid.length + all.problems.length).toBe(4);
    expect(all.grid.length).toBeGreaterThan(0);
    const basis = response.headers.get('tracker-basis') ?? '';
    const alone = async (cell: Body['grid'][number]): Promise<unknown> => (await get(`${path}?${own}asOf=${cell.asOf}&knownAt=${cell.knownAt}&basis=${basis}`)).json();
    for (const cell of all.grid) expect(await alone(cell)).toEqual(cell);
    for (const { asOf, knownAt, ...problem } of all.problems) expect(await alone({ asOf, knownAt })).toMatchObject(problem);
  });

  it('says which cells have no answer and why, and keeps the others', async () => {
    const { cells, grid, problems } = await body('/v1/announcements/openai-aws?knownAt=2025-11-02T00:00:00Z/2025-11-05T00:00:00Z/P1D');
    expect(cells).toBe(4);
    expect(grid.map((cell) => cell.knownAt)).toEqual(['2025-11-04T00:00:00Z', '2025-11-05T00:00:00Z']);
    expect(problems.map(({ knownAt, type, status }) => [knownAt, type, status])).toEqual(['2025-11-02T00:00:00Z', '2025-11-03T00:00:00Z'].map((knownAt) => [knownAt, 'urn:market-reaction-tracker:problem:not-found', 404]));
    expect(problems[0]?.detail).toMatch(/no announcement "openai-aws" is known then; there are/);
  });

  it('of one instant stays a single answer', async () => {
    expect(await body('/v1/entities?asOf=2025-11-03T21:00:00Z')).not.toHaveProperty('grid');
  });
});

describe('the tag of a grid', () => {
  it('stays when an event elsewhere arrives, and changes when one concerns any cell', async () => {
    const path = `${NVIDIA}&asOf=2025-11-01T00:00:00Z,2025-11-05T00:00:00Z`;
    const etag = (await get(path)).headers.get('etag') ?? '';
    await store(price('amazon-common', '250.00'));
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    await store(price('nvidia-common', '207.00'));
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
  });

  it('changes when a cell that had no answer gets one', async () => {
    const path = '/v1/announcements/acme-globex?knownAt=2026-03-01T00:00:00Z,2026-03-05T00:00:00Z';
    const before = await get(path);
    expect(((await before.json()) as Body).problems.length).toBe(2);
    await store({ type: 'AnnouncementMade', data: { announcement: 'acme-globex', title: 'Acme buys', parties: [{ entity: 'acme', role: 'customer' }] }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2026-03-03T13:00:00Z' }, source: { document: 'test' } } });
    const after = await get(path, { 'if-none-match': before.headers.get('etag') ?? '' });
    expect(after.status).toBe(200);
    expect(((await after.json()) as Body).grid.map((cell) => cell.knownAt)).toEqual(['2026-03-05T00:00:00Z']);
  });

  it('comes with a basis that gives the same bytes again', async () => {
    const path = `${NVIDIA}&asOf=2025-11-03T00:00:00Z/2025-11-05T00:00:00Z/PT12H`;
    const first = await get(path);
    const bytes = await first.text();
    await store(price('nvidia-common', '208.00'));
    expect(await (await get(path)).text()).not.toBe(bytes);
    const again = await get(`${path}&basis=${first.headers.get('tracker-basis')}`);
    expect([await again.text(), again.headers.get('etag')]).toEqual([bytes, first.headers.get('etag')]);
  });
});

describe('a grid that is wrong is told what, where and what to do', () => {
  it.each([
    ['asOf=2025-11-01T00:00:00Z,yesterday', /asOf: expected an instant with its zone, such as .*, got "yesterday"/],
    ['knownAt=2025-11-01T00:00:00Z,', /knownAt: expected an instant with its zone, such as .*, got ""/],
    ['asOf=2025-11-01T00:00:00Z/2025-11-02T00:00:00Z', /asOf: expected a range FROM\/TO\/STEP such as/],
    ['asOf=2025-11-01/2025-11-02/P1D', /asOf: expected an instant/],
    ['asOf=2025-11-03T00:00:00Z/2025-11-02T00:00:00Z/P1D', /asOf: expected a range whose TO is not before its FROM/],
    ...['day', 'PT0S', '-P1D', 'PT0.0001S'].map((step): [string, RegExp] => [`asOf=2025-11-01T00:00:00Z/2025-11-02T00:00:00Z/${step}`, /asOf: expected a range whose STEP is an ISO 8601 duration of at least a millisecond/]),
    ['asOf=2025-11-01T00:00:00Z/2025-11-30T00:00:00Z/PT1H', new RegExp(`expected at most ${MAX_CELLS} cells in one request, got more than ${MAX_CELLS} times asOf: ask in parts, or with a longer step`)],
    ['asOf=1900-01-01T00:00:00Z/2999-01-01T00:00:00Z/PT0.001S', /got more than 500 times asOf/],
    ['asOf=2025-11-01T00:00:00Z/2025-11-30T00:00:00Z/P1D&knownAt=2025-11-01T00:00:00Z/2025-11-30T00:00:00Z/P1D', /got 30 × 30 = 900/],
    ['asOf=2025-11-01T00:00:00Z/2025-11-20T00:00:00Z/PT1H', /expected cells of together at most 16 MiB, and \d+ of these 457 are more: ask for fewer at once, or for less in each/],
    ['asOf=2025-11-03T00:00:00Z,2025-11-04T00:00:00Z&from=x', /^from: expected an instant/],
  ])('%s', async (query, detail) => {
    const response = await get(`/v1/instruments/XNAS:AMZN/market-value?${query}`);
    expect(response.status).toBe(400);
    expect(problemSchema.parse(await response.json()).detail).toMatch(detail);
  });

  it('shares the work of sentiment curves over its cells', async () => {
    const path = '/v1/entities/openai/sentiment?step=PT1M&from=2025-11-07T00:00:00Z&to=2025-11-10T00:00:00Z';
    const asOf = '2025-11-10T00:00:00Z';
    expect((await get(`${path}&asOf=${asOf}`)).status).toBe(200);
    const response = await get(`${path}&asOf=${Array.from({ length: MAX_CELLS }, () => asOf).join(',')}`);
    expect([response.status, (await response.json() as { detail: string }).detail]).toEqual([400, expect.stringMatching(/^step: expected one that gives at most/)]);
  });
});

describe('filling a grid', () => {
  const asked: Asked = { asOf: '2025-11-03T00:00:00Z/2025-11-06T00:00:00Z/PT1H' };

  it('lets others have a turn between its cells', async () => {
    let turns = 0;
    let going = true;
    const turn = (): void => {
      turns += 1;
      if (going) setImmediate(turn);
    };
    setImmediate(turn);
    const seen: number[] = [];
    await answerGrid(api.tracker.runner, asked, (context: ViewContext) => {
      seen.push(turns);
      return timelineView(context, 'openai-aws');
    });
    going = false;
    expect(seen.length).toBe(73);
    expect(new Set(seen).size).toBe(73);
  });

  it('answers all cells from one basis, also when events arrive on the way', async () => {
    const { runner } = api.tracker;
    const orders = new Set<number>();
    let arriving: Promise<void> | undefined;
    let arrivedBeforeTheEnd = false;
    const before = runner.events();
    const filled = await answerGrid(runner, asked, (context: ViewContext) => {
      arriving ??= store(price('nvidia-common', '209.00'));
      orders.add(context.sight.order);
      arrivedBeforeTheEnd = runner.events() > before;
      return marketValueView(context, 'XNAS:NVDA', {});
    });
    await arriving;
    expect(arrivedBeforeTheEnd).toBe(true);
    expect([...orders]).toEqual([before]);
    expect(openContext(runner, { basis: filled?.basis }).sight.order).toBe(before);
  });

  it('ends when nobody waits for it any more', async () => {
    let cells = 0;
    const filled = await answerGrid(
      api.tracker.runner,
      asked,
      (context: ViewContext) => {
        cells += 1;
        return timelineView(context, 'openai-aws');
      },
      () => cells === 3,
    );
    expect([filled, cells]).toEqual([null, 3]);
  });
});

it('no grid was an unexpected error', () => {
  expect(api.logged).toEqual([]);
});
