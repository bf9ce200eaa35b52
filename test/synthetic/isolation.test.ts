/**
 * Without `scenario=` and `--scenario` nothing synthetic is seen: every operation of the API and every command that reads
 * answers the same after scenarios were opened and filled as before, and with it each says which scenario it is of.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/http/app.js';
import { isOfAWorld } from '../../src/http/query-of.js';
import { hasTable } from '../../src/http/view-tables.js';
import { API_EXAMPLES } from '../support/api-examples.js';
import { runTracker } from '../support/cli.js';
import { seededTracker, served, type Served } from '../support/in-process.js';
import { MARK, syntheticCopies } from '../support/synthetic-copies.js';

let api: Served;
const before = new Map<string, string>();
let again = '';

const send = (url: string, body: unknown): Promise<Response> => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** What is asked by POST, as the same text each time. */
const POSTS: Record<string, { path: string; body: unknown }> = {
  joinAsOf: { path: '/v1/asof', body: { views: ['market-value', 'sentiment'], rows: [{ instrument: 'XNAS:AMZN', time: '2025-11-03T21:00:00Z' }, { instrument: 'XNAS:NVDA', time: '2025-12-03T21:00:00Z' }] } },
  studyEvents: { path: '/v1/reactions', body: { benchmark: 'INDEX:SPX', events: [{ instrument: 'XNAS:AMZN', date: '2025-11-03' }, { instrument: 'XNAS:NVDA', date: '2025-11-03' }] } },
};
/** They write: what they answer is about what was sent. */
const WRITES = new Set(['appendEvents', 'openScenario', 'archiveScenario']);

function pathsOf(): string[] {
  const gets = operations.filter(({ id, method, tag }) => method === 'get' && tag !== 'scenarios' && id !== 'getMetrics').map(({ id }) => (id === 'getReactionAgain' ? again : (API_EXAMPLES[id] as string)));
  const tables = operations.filter(({ id, kind }) => kind === 'view' && hasTable(id)).map(({ id }) => `${API_EXAMPLES[id]}${API_EXAMPLES[id]?.includes('?') ? '&' : '?'}format=csv`);
  return [...gets, ...tables, '/v1/events?format=ndjson', '/v1/events?limit=1000&direction=backwards', '/v1/replay?order=published', '/v1/replay?order=valid'];
}

/** A position is of the whole log, and goes on with it whoever writes. */
const withoutPositions = (text: string): string => text.replaceAll(/"(basis|again|checkpoint|cursor)":"[^"]*"/g, '"$1":""');

async function answered(name: string): Promise<string> {
  const post = POSTS[name];
  const response = post ? await send(`${api.url}${post.path}`, post.body) : await fetch(`${api.url}${name}`);
  return `${response.status} ${withoutPositions(await response.text())}`;
}

beforeAll(async () => {
  api = await served(await seededTracker());
  again = `/v1/reactions/${((await (await fetch(`${api.url}${API_EXAMPLES['getReaction']}`)).json()) as { again: string }).again}`;
  for (const name of [...pathsOf(), ...Object.keys(POSTS)]) before.set(name, await answered(name));
  const copies = await syntheticCopies(api.tracker);
  for (const [scenario, kind] of [['overlaid', 'overlay'], ['alone', 'isolated']] as const) {
    expect((await send(`${api.url}/v1/scenarios`, { scenario, kind })).status).toBe(201);
    const sent = kind === 'overlay' ? copies : copies.filter(({ type }) => !String(type).startsWith('Observation'));
    const response = await send(`${api.url}/v1/events?scenario=${scenario}`, sent);
    expect([response.status, response.headers.get('tracker-scenario')]).toEqual([201, scenario]);
  }
  // One that somebody wrote past the gate, and one that is in no scenario that was opened.
  for (const stream of ['scenario.overlaid.entity-openai', 'scenario.nobody.entity-openai']) {
    await api.tracker.store.append(stream, [{ id: crypto.randomUUID(), type: 'EntityRegistered', data: { entity: 'openai', name: MARK, kind: 'company' }, metadata: { schemaVersion: 1, occurredAt: { unknown: true }, source: { document: MARK }, confidence: 1, scenario: 'other' } }], { expectedRevision: 'any' });
  }
});
afterAll(() => api.close());

describe('the API', () => {
  it('has an example here of every operation that reads', () => {
    const readers = operations.filter(({ id, method, tag }) => tag !== 'scenarios' && !WRITES.has(id) && !(method === 'get' ? id === 'getReactionAgain' || API_EXAMPLES[id] : POSTS[id]));
    expect(readers.map(({ id }) => id)).toEqual([]);
  });

  it('answers every request as before', async () => {
    const changed: string[] = [];
    for (const [name, text] of before) if ((await answered(name)) !== text) changed.push(name);
    expect(changed).toEqual([]);
    expect([...before.values()].filter((text) => text.includes(MARK))).toEqual([]);
  });

  it.each(operations.filter((operation) => isOfAWorld(operation) && operation.method === 'get' && operation.id !== 'getReactionAgain'))('takes scenario= in $id, and says so', async ({ id }) => {
    const asked = API_EXAMPLES[id] as string;
    const response = await fetch(`${api.url}${asked}${asked.includes('?') ? '&' : '?'}scenario=overlaid`);
    const text = await response.text();
    expect([response.status, response.headers.get('tracker-scenario')]).toEqual([200, 'overlaid']);
    expect(text).not.toContain('scenario.alone.');
    // Whatever is of a view names its scenario in the answer itself.
    if (id.startsWith('get') && !['getEvent', 'getReplay'].includes(id)) expect(JSON.parse(text)).toMatchObject({ scenario: 'overlaid' });
  });

  it('documents scenario= at every operation that takes it, and at no other', async () => {
    const { paths } = (await (await fetch(`${api.url}/openapi.json`)).json()) as { paths: Record<string, Record<string, { operationId: string; parameters?: { name: string }[] }>> };
    const documented = Object.values(paths).flatMap((methods) => Object.values(methods)).filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'scenario')).map(({ operationId }) => operationId);
    expect(documented.sort()).toEqual(operations.filter(isOfAWorld).map(({ id }) => id).sort());
  });

  it('shows the synthetic events where they are asked for, with links that lead to them', async () => {
    const body = (await (await fetch(`${api.url}/v1/entities/openai/sentiment?scenario=overlaid`)).json()) as { expressions: { event: string; document: string }[] };
    const own = body.expressions.filter(({ document }) => document === MARK);
    expect(own.length).toBeGreaterThan(0);
    const event = (await (await fetch(`${api.url}${own[0]?.event}`)).json()) as { metadata: { scenario: string }; streamId: string };
    expect([event.metadata.scenario, event.streamId]).toEqual(['overlaid', 'scenario.overlaid.entity-openai']);
    expect((await fetch(`${api.url}${own[0]?.event.split('?')[0]}`)).status).toBe(404);
  });

  it('lets no synthetic event into the real world, and none of another scenario into one', async () => {
    const event = { type: 'EntityRegistered', data: { entity: 'acme', name: 'Acme', kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'x' }, scenario: 'overlaid' } };
    for (const query of ['', '?scenario=alone']) {
      const response = await send(`${api.url}/v1/events${query}`, event);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('metadata.scenario');
    }
    const stream = { ...event, streamId: 'scenario.overlaid.entity-acme', metadata: { ...event.metadata, scenario: undefined } };
    expect((await send(`${api.url}/v1/events`, stream)).status).toBe(400);
  });

  it('rejects what carries another label than its stream, in the scenario too', async () => {
    const detail = (await (await fetch(`${api.url}/v1/scenarios/overlaid`)).json()) as { rejected: number; events: number };
    expect(detail.rejected).toBe(1);
    expect((await fetch(`${api.url}/v1/entities?scenario=nobody`)).status).toBe(404);
  });
});

describe('the commands', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tracker-isolation-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const store = ['--store', `file:${path.join(folder, 'store')}`];
  const labels = path.join(folder, 'labels.csv');

  /** Each command that reads, by its first words. */
  const READS: Record<string, string[]> = {
    events: ['events', '--limit', '5000', '--json'],
    replay: ['replay', '--order', 'published', '--json'],
    asof: ['asof', labels, '--view', 'market-value,sentiment'],
    export: ['export', 'events', '--out', '-', '--format', 'csv'],
    'market-value': ['market-value', 'XNAS:AMZN', '--json'],
    sentiment: ['sentiment', 'openai', '--json'],
    timeline: ['timeline', 'openai-aws', '--json'],
    reconcile: ['reconcile', 'openai-aws', '--json'],
    claims: ['claims', 'openai', '--json'],
    exposure: ['exposure', 'openai', '--json'],
    study: ['study', 'openai-aws', '--instrument', 'XNAS:AMZN', '--benchmark', 'INDEX:SPX', '--csv'],
    explain: ['explain', 'sentiment', 'openai', '--limit', '20', '--json'],
    'projections status': ['projections', 'status', '--json'],
    'projections rejected': ['projections', 'rejected', '--json'],
  };
  /** What writes, what is about the store as a whole, and what is about scenarios. */
  const OTHERS = ['start', 'token', 'reset', 'seed', 'append', 'import', 'verify', 'backup', 'copy', 'projections', 'scenario', 'synth', 'help'];

  it('have an example here of each that reads', () => {
    const named = [...runTracker(['--help']).stdout.matchAll(/^ {2}([a-z][a-z-]*)(?: \[options\]| <| \[|  )/gm)].map(([, name]) => name as string);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !OTHERS.includes(name) && !(name in READS))).toEqual([]);
  });

  it('print the same as before, and with --scenario what is in it', { timeout: 180_000 }, async () => {
    writeFileSync(labels, 'instrument,time\nXNAS:AMZN,2025-11-03T21:00:00Z\n');
    expect(runTracker(['seed', 'seeds/', ...store]).code).toBe(0);
    const first = new Map(Object.entries(READS).map(([name, args]) => [name, runTracker([...args, ...store])]));
    const file = path.join(folder, 'synthetic.ndjson');
    writeFileSync(file, (await syntheticCopies(api.tracker)).filter(({ type }) => type !== 'ObservationCorrected').map((event) => JSON.stringify(event)).join('\n'));
    expect(runTracker(['scenario', 'open', 'overlaid', '--overlay', ...store]).code).toBe(0);
    expect(runTracker(['append', file, '--scenario', 'overlaid', ...store]).stderr).toBe('');
    for (const [name, args] of Object.entries(READS)) {
      const { code, stdout } = runTracker([...args, ...store]);
      expect([name, code, withoutPositions(stdout)]).toEqual([name, first.get(name)?.code, withoutPositions(first.get(name)?.stdout ?? '')]);
      expect(stdout).not.toContain(MARK);
      // Each command goes one way to its world; a few of them stand for it.
      if (!['events', 'replay', 'asof', 'export', 'sentiment', 'study', 'explain'].includes(name)) continue;
      const within = runTracker([...args, '--scenario', 'overlaid', ...store]);
      expect([name, within.code]).toEqual([name, 0]);
      if (!['asof', 'study'].includes(name)) expect([name, within.stdout.includes('overlaid')]).toEqual([name, true]);
    }
  });
});
