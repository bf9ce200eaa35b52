/** Answers as tables over a real socket: what pandas and DuckDB read from an address. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from '@uwdata/flechette';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededTracker, served, type Served } from '../support/in-process.js';

let api: Served;
beforeAll(async () => {
  api = await served(await seededTracker());
});
afterAll(() => api.close());

const get = (address: string): Promise<Response> => fetch(api.url + address);
const rows = async (address: string): Promise<Record<string, unknown>[]> => (await (await get(address)).text()).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

describe('format', () => {
  it('gives a market value\'s closes and claims as they stand, with the basis that gives them again', async () => {
    const response = await get('/v1/instruments/XNAS:AMZN/market-value?format=csv&asOf=2025-11-03T21:00:00Z&from=2025-10-31T00:00:00Z');
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8; header=present', 'attachment; filename="market_value.csv"']);
    expect(response.headers.get('tracker-basis')).not.toBeNull();
    const lines = (await response.text()).trim().split('\n');
    expect(lines.filter((line) => line.includes(',measured,close,')).map((line) => line.split(',')[2])).toEqual(['2025-10-31', '2025-11-03']);
    const { points } = (await (await get('/v1/instruments/XNAS:AMZN/market-value?asOf=2025-11-03T21:00:00Z&from=2025-10-31T00:00:00Z')).json()) as { points: { marketValue: number }[] };
    expect(lines.filter((line) => line.includes(',derived,market-value,')).map((line) => Number(line.split(',')[9]))).toEqual(points.map(({ marketValue }) => marketValue));
  });
  it('gives all that was ever known where all versions are asked for', async () => {
    const of = (versions: string): Promise<Record<string, unknown>[]> => rows(`/v1/market-value?instruments=XNAS:AMZN&format=ndjson&versions=${versions}&from=2025-10-29T00:00:00Z&to=2025-11-01T00:00:00Z`);
    const known = (found: Record<string, unknown>[]): unknown[] => found.filter((row) => row['kind'] === 'derived' && row['session_date'] === '2025-10-31').map((row) => [row['ts_known'], row['value'], row['current']]);
    expect(known(await of('all'))).toEqual([['2025-10-31T20:00:00Z', 2604584832329.34, true], ['2025-11-01T12:00:00Z', 2610764554206.42, true]]);
    expect(known(await of('standing'))).toEqual([['2025-11-01T12:00:00Z', 2610764554206.42, true]]);
  });
  it('gives an entity\'s sentiment, and a reaction\'s days from when they could be known', async () => {
    const sentiment = await rows('/v1/entities/openai/sentiment?format=ndjson&to=2025-11-10T00:00:00Z');
    expect(sentiment.every((row) => row['subject'] === 'openai' && (row['ts'] as string) <= '2025-11-10T00:00:00Z')).toBe(true);
    const days = await rows('/v1/announcements/openai-aws/reaction?instrument=XNAS:AMZN&benchmark=INDEX:SPX&format=ndjson');
    expect(days.filter((row) => (row['relative_day'] as number) >= 0).map((row) => [row['date'], (row['ar'] as number).toFixed(4), row['outcome'], row['ts_known']])).toEqual([['2025-11-03', '0.0378', 'computed', '2025-11-03T21:00:00Z'], ['2025-11-04', '-0.0021', 'computed', '2025-11-04T21:00:00Z']]);
    expect((await rows('/v1/instruments/XNAS:NVDA/reaction?benchmark=INDEX:SPX&date=2025-10-31&format=ndjson'))[0]).toMatchObject({ event_id: null, instrument_id: 'nvidia-common' });
  });
  it.each([
    ['/v1/announcements', 'announcements'],
    ['/v1/instruments', 'instruments'],
    ['/v1/entities', 'entities'],
    ['/v1/announcements/openai-aws/timeline', 'nodes'],
    ['/v1/announcements/openai-aws/reconciliation', 'findings'],
    ['/v1/announcements/openai-aws/claims', 'claims'],
    ['/v1/entities/openai/claims', 'claims'],
    ['/v1/entities/openai/exposure', 'paths'],
  ])('gives the list of %s, each item with all its fields', async (address, list) => {
    const items = ((await (await get(address)).json()) as Record<string, Record<string, unknown>[]>)[list] ?? [];
    const found = await rows(`${address}?format=ndjson`);
    expect(items.length).toBeGreaterThan(0);
    expect(found).toEqual(items);
    const table = tableFromIPC(new Uint8Array(await (await get(`${address}?format=arrow`)).arrayBuffer()));
    expect([table.numRows, table.schema.fields.map(({ name }) => name)]).toEqual([items.length, Object.keys(found[0] ?? {})]);
  });
  it('gives the events of a choice as Parquet and as an Arrow stream', async () => {
    const address = '/v1/events?instrument=XNAS:AMZN&type=BarClosed&knownAt=2025-11-03T21:00:00Z&format=';
    const folder = await mkdtemp(path.join(tmpdir(), 'tracker-tables-'));
    await writeFile(path.join(folder, 'events.parquet'), Buffer.from(await (await get(`${address}parquet`)).arrayBuffer()));
    const duck = await (await DuckDBInstance.create(':memory:')).connect();
    const read = await duck.runAndReadAll(`select count(*), min(type), max(ts_known)::varchar from '${path.join(folder, 'events.parquet')}'`);
    const table = tableFromIPC(new Uint8Array(await (await get(`${address}arrow`)).arrayBuffer()));
    expect(read.getRows()).toEqual([[BigInt(table.numRows), 'BarClosed', '2025-11-03 21:00:00+00']]);
    expect(table.numRows).toBeGreaterThan(250);
    duck.closeSync();
    await rm(folder, { recursive: true });
  });
  it.each([
    ['/v1/market-value?instruments=XNAS:AMZN&format=xlsx', 'format: expected "json" or "csv" or "ndjson" or "arrow" or "parquet"'],
    ['/v1/market-value?instruments=XNAS:AMZN&format=csv&knownAt=2025-11-03T21:00:00Z,2025-11-04T21:00:00Z', 'a table is of one asOf and one knownAt'],
    ['/v1/instruments/XNAS:NOPE/market-value?format=csv', 'no instrument "XNAS:NOPE" is known'],
    ['/v1/events?format=csv&limit=3', 'limit: a table is whole: it has no pages'],
    ['/v1/events?instrument=XNAS:AMZN', 'instrument: goes with format=csv and its like'],
    ['/v1/market-value?instruments=XNAS:AMZN&versions=all', 'versions: goes with format=csv and its like'],
    ['/v1/announcements/openai-aws?format=csv', 'query parameter format is not known here'],
    ['/v1/announcements/none/timeline?format=csv', 'no announcement "none" is known'],
    ['/v1/announcements/openai-aws/reaction?instrument=XNAS:AMZN&benchmark=INDEX:NONE&format=parquet', 'no instrument "INDEX:NONE" is known'],
  ])('%s is a problem, not half a table', async (address, detail) => {
    const response = await get(address);
    expect([400, 404]).toContain(response.status);
    expect(((await response.json()) as { detail: string }).detail).toContain(detail);
  });
});
