/**
 * Ten thousand requests drawn from the OpenAPI document, valid ones and broken ones: each is answered in time, with a
 * status that the document has, by the schema that it has for it; none is the server's fault.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operations } from '../../src/http/app.js';
import { queryOf } from '../../src/http/query-of.js';
import { problemSchema } from '../../src/http/problem.js';
import type { Operation } from '../../src/http/operations.js';
import { API_EXAMPLES } from '../support/api-examples.js';
import { seededTracker, served, type Served } from '../support/in-process.js';
import { readTyped } from '../support/typed-log.js';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 10_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const IN_TIME_MS = 10_000;

let api: Served;
let events: Record<string, unknown>[];
let documented: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
const tokens: string[] = [];
beforeAll(async () => {
  api = await served(await seededTracker());
  documented = ((await (await fetch(`${api.url}/openapi.json`)).json()) as { paths: typeof documented }).paths;
  await fetch(`${api.url}/v1/scenarios`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"scenario":"what-if","kind":"overlay"}' });
  const response = await fetch(`${api.url}/v1/entities`);
  tokens.push(response.headers.get('tracker-basis') ?? '', 'WyJhIiwiYiJd');
  events = (await readTyped(api.tracker)).filter((_, i) => i % 40 === 0).map(({ stored: { type, data, metadata } }) => ({ type, data, metadata }));
});
afterAll(() => api.close());

const IDS = ['openai-aws', 'amazon-openai-investment', 'XNAS:AMZN', 'amazon-common', 'INDEX:SPX', 'openai', 'amazon', 'nothing', 'what-if', 'nobody', '..', '__proto__', '%00', 'a'.repeat(300), '‮', "' OR 1=1 --"];
const INSTANTS = ['2025-11-03T21:00:00Z', '2025-11-05T00:00:00.000000001Z', '2025-11-01T00:00:00Z/2025-11-05T00:00:00Z/P1D', '2025-11-03T21:00:00Z,2025-11-04T21:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  asOf: INSTANTS, knownAt: INSTANTS, from: INSTANTS, to: INSTANTS,
  instrument: IDS, instruments: ['XNAS:AMZN,INDEX:SPX', ...IDS], entity: IDS, announcement: IDS, benchmark: ['INDEX:SPX', 'INDEX:SPX,INDEX:NDX', ...IDS], controls: ['XNAS:MSFT,XNAS:GOOGL'],
  scenario: ['what-if', 'what-if', 'nobody'], stream: ['market.', 'market.instrument-amazon-common', 'scenario.what-if.', '$all'], type: ['BarClosed', 'BarClosed,MetricReported', 'Nothing'],
  format: ['json', 'csv', 'ndjson', 'arrow', 'parquet'], date: ['2025-11-03', '2025-11-02', '1970-01-01'], windows: ['0:0', '0:1,-1:1', '1:0', '-99999:99999'], estimation: ['-260:-11', '-5:-1', '5:1'],
  at: ['/level', 'points.0', '/nothing', '/', '..', '/__proto__'], halfLife: ['P7D', 'PT1S', 'P99999Y', 'P0D', '-P1D'], step: ['P1D', 'PT1H', 'PT0S'], limit: ['1', '5', '1000', '0', '-1', '1e9', '1.5'], depth: ['1', '6', '7', '0'], by: ['kind', 'holder'], weights: ['investor:2,press:0', 'investor:x'],
  follow: ['false'], fields: ['level.close', 'points.date,entity', 'nothing'], faults: ['late:0.1', 'late:2', 'x'], subject: ['amazon-common', 'openai'], view: ['market-value', 'sentiment', 'nothing'],
};
/** What breaks any parameter. */
const BROKEN = ['', ' ', 'null', 'NaN', '-1', '9'.repeat(400), '[]', '{}', '%', '\u0000', 'é', '../../etc/passwd', '<script>', 'true', '2025-11-03', 'Infinity'];

const RISING = fc.integer({ min: 0, max: 1_000_000 });
const pick = <T>(list: readonly T[]): fc.Arbitrary<T> => RISING.map((n) => list[n % list.length] as T);

interface Drawn {
  operation: Operation;
  path: string;
  init: RequestInit;
}

function requestOf(operation: Operation): fc.Arbitrary<Drawn> {
  const shape = Object.keys(queryOf(operation).shape);
  // A replay that follows, or is paced, ends when its reader goes: that is tested elsewhere.
  const names = shape.filter((name) => !['follow', 'speed', 'rate', 'longestWait'].includes(name));
  const valueOf = (name: string): fc.Arbitrary<string> => fc.oneof({ weight: 6, arbitrary: pick(['basis', 'after', 'minPosition'].includes(name) ? tokens : (VALUES[name] ?? ['x', '1', 'true'])) }, { weight: 1, arbitrary: pick(BROKEN) }, { weight: 1, arbitrary: fc.string({ maxLength: 20 }) });
  const example = new URL(API_EXAMPLES[operation.id] ?? '/x', 'http://localhost');
  const params = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: pick(IDS) }, { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) });
  const query = fc.array(pick(names.length > 0 ? names : ['nothing']).chain((name) => valueOf(name).map((value) => [name, value] as const)), { maxLength: 4 });
  const strange = fc.oneof({ weight: 9, arbitrary: fc.constant<readonly (readonly [string, string])[]>([]) }, { weight: 1, arbitrary: fc.tuple(pick(['nothing', '__proto__', 'constructor', 'asof']), fc.string({ maxLength: 5 })).map((pair) => [pair] as const) });
  return fc.tuple(params, query, strange, fc.boolean(), bodyOf(operation)).map(([id, own, more, withExample, init]) => {
    const path = id === null && API_EXAMPLES[operation.id] !== undefined ? example.pathname : operation.path.replaceAll(/\{(\w+)\}/g, () => encodeURIComponent(id ?? 'x').replaceAll('.', '%2E'));
    const search = new URLSearchParams([...(withExample ? example.searchParams : []), ...own, ...more].map(([name, value]): [string, string] => [name, value]));
    return { operation, path: `${path}?${search.toString()}`, init: { method: operation.method.toUpperCase(), ...init } };
  });
}

function bodyOf(operation: Operation): fc.Arbitrary<RequestInit> {
  if (operation.method === 'get') return pick<RequestInit>([{}, {}, { headers: { 'if-none-match': '*' } }, { headers: { accept: 'text/html' } }, { headers: { 'last-event-id': 'x' } }]);
  const json = (value: unknown): RequestInit => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
  const anything = fc.jsonValue({ maxDepth: 3 }).map(json);
  const event = fc.tuple(pick(['a', 'b']), RISING).map(([, n]) => structuredClone(events[n % events.length] as Record<string, unknown>));
  const known: Record<string, fc.Arbitrary<unknown>> = {
    appendEvents: fc.oneof(event, fc.record({ events: fc.array(event, { maxLength: 2 }), expectedRevision: pick<unknown>([0, 1, 'no_stream', 'x', -1]) }), fc.array(event, { minLength: 1, maxLength: 5 }), event.chain((one) => pick(['data', 'metadata', 'type']).map((name) => ({ ...one, [name]: null }))), event.map((one) => ({ ...one, metadata: { ...(one['metadata'] as object), scenario: 'what-if' } }))),
    openScenario: fc.record({ scenario: pick(['what-if', 'fuzz-1', 'fuzz-2', 'Not A Slug']), kind: pick(['isolated', 'overlay', 'both']) }, { requiredKeys: ['scenario'] }),
    archiveScenario: fc.constant({}),
    generateEvents: fc.record({ generator: pick(['market', 'claims', 'sentiment', 'shock', 'nothing']), seed: fc.oneof(fc.nat(3), fc.constant(-1)), firms: fc.integer({ min: -1, max: 2 }), days: fc.integer({ min: 5, max: 40 }), faults: pick(['late:0.1', 'schema:0.5', 'x']) }, { requiredKeys: ['generator'] }),
    joinAsOf: fc.record({ views: pick([['market-value'], ['sentiment'], ['nothing'], []]), rows: fc.array(fc.record({ instrument: pick(IDS), time: pick(INSTANTS) }), { maxLength: 3 }), format: pick(['csv', 'arrow', 'x']) }, { requiredKeys: ['views', 'rows'] }),
    studyEvents: fc.record({ benchmark: pick(['INDEX:SPX', 'nothing']), events: fc.array(fc.record({ instrument: pick(['XNAS:AMZN', 'XNAS:NVDA', 'nothing']), date: pick(['2025-11-03', '2025-11-02', 'x']) }), { maxLength: 3 }) }),
  };
  const valid = (known[operation.id] ?? fc.constant({})).map(json);
  const strange = pick<RequestInit>([{ headers: { 'content-type': 'application/json' }, body: '{' }, { headers: { 'content-type': 'text/plain' }, body: 'x' }, { headers: { 'content-type': 'application/x-ndjson' }, body: '{}\n{' }, {}, { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: 'not gzip' }, json(JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{}}}')), { headers: { 'content-type': 'application/json; charset=nonsense' }, body: '{}' }]);
  return fc.oneof({ weight: 5, arbitrary: valid }, { weight: 2, arbitrary: anything }, { weight: 1, arbitrary: strange });
}

it(`of ${REQUESTS.toLocaleString('en')} requests none is answered by a fault of the server, or by what is not documented`, { timeout: 600_000 }, async () => {
  const drawn = fc.sample(fc.constant(null).chain(() => pick(operations)).chain(requestOf), { numRuns: REQUESTS, seed: SEED });
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  let next = 0;
  async function send({ operation, path, init }: Drawn): Promise<void> {
    const told = `${init.method ?? 'GET'} ${path} ${typeof init.body === 'string' ? init.body.slice(0, 300) : ''}`;
    try {
      const response = await fetch(api.url + path, { ...init, headers: { 'accept-encoding': 'identity', ...(init.headers as Record<string, string> | undefined) }, signal: AbortSignal.timeout(IN_TIME_MS) });
      const text = await response.text();
      const { status } = response;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      // Another path may answer where a parameter was taken for a part of it.
      if (status >= 500 && status !== 503) faults.push(`${status} ${told}: ${text.slice(0, 200)}`);
      else if (documented[operation.path]?.[operation.method]?.responses[String(status)] === undefined) faults.push(`${status} is not documented: ${told}: ${text.slice(0, 200)}`);
      else if (status >= 400 && !problemSchema.safeParse(JSON.parse(text)).success) faults.push(`${status} is no problem document: ${told}`);
      else if (status >= 400 && /node_modules|\.[jt]s:\d+/.test(text)) faults.push(`${status} tells where the program lies: ${told}`);
    } catch (error) {
      faults.push(`${(error as Error).name}: ${told}`);
    }
  }
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (next < drawn.length && faults.length < 20) await send(drawn[next++] as Drawn);
  }));
  expect(faults).toEqual([]);
  expect(api.logged.filter((line) => /^(GET|POST) /.test(line))).toEqual([]);
  // Both kinds were among them.
  expect((statuses.get(200) ?? 0) + (statuses.get(304) ?? 0)).toBeGreaterThan(REQUESTS / 20);
  expect(statuses.get(400)).toBeGreaterThan(REQUESTS / 20);
  expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
});
