/** A part of an answer: `fields=`. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededTracker, served, type Served } from '../support/in-process.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
});
afterAll(() => api.close());

const PATH = '/v1/instruments/XNAS:NVDA/market-value';
const get = async (path: string): Promise<Record<string, unknown>> => (await (await fetch(api.url + path)).json()) as Record<string, unknown>;

it('an answer of some fields has those, in objects and in the items of lists, and how it was asked', async () => {
  const whole = await get(PATH);
  const part = await get(`${PATH}?fields=level.close,points.date,points.close,symbol`);
  const points = (whole['points'] as { date: string; close: number }[]).map(({ date, close }) => ({ date, close }));
  const { asOf, knownAt, clock, imprecise, symbol } = whole;
  expect(part).toEqual({ asOf, knownAt, clock, imprecise, symbol, level: { close: (whole['level'] as { close: number }).close }, points });
});

it('its tag is its own', async () => {
  const tags = await Promise.all(['', '?fields=level', '?fields=level.close'].map(async (query) => (await fetch(api.url + PATH + query)).headers.get('etag')));
  expect(new Set(tags).size).toBe(3);
});

it('of a whole object or list is all of it, and of a grid each cell\'s', async () => {
  const whole = await get(PATH);
  expect((await get(`${PATH}?fields=level,level.close`))['level']).toEqual(whole['level']);
  const grid = await get(`${PATH}?fields=level.close&asOf=2025-11-03T21:00:00Z,2025-11-04T21:00:00Z`);
  expect((grid['grid'] as Record<string, unknown>[]).map((cell) => Object.keys(cell).sort())).toEqual([['asOf', 'clock', 'imprecise', 'knownAt', 'level'], ['asOf', 'clock', 'imprecise', 'knownAt', 'level']]);
});

it.each([
  ['fields=nothing', /the answer has no "nothing"; it has asOf, knownAt/],
  ['fields=level.nothing', /the answer has no "level\.nothing"; level has .*close/],
  ['fields=level.close.deeper', /the answer has no "level\.close\.deeper"$/],
  ['fields=__proto__', /the answer has no "__proto__"/],
  ['fields=', /fields: expected some/],
  ['fields=level&format=csv', /a table is whole and has its own columns/],
])('%s is refused', async (query, detail) => {
  const response = await fetch(`${api.url}${PATH}?${query}`);
  expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([400, expect.stringMatching(detail) as string]);
});
