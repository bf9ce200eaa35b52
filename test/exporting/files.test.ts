/** `tracker export` as a user runs it: whole or nothing, verified, brought back, and joined by DuckDB without look-ahead. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/exporting/manifest.js';
import { columnsOf, type Row } from '../../src/exporting/table.js';
import { verifyExport } from '../../src/exporting/verify.js';
import { writeExport } from '../../src/exporting/write.js';
import { MAIN, ROOT, runTracker } from '../support/cli.js';

let folder: string;
let store: string;
let duck: DuckDBConnection;
const at = (...names: string[]): string => path.join(folder, ...names);
const manifestOf = (name: string): Manifest => JSON.parse(readFileSync(at(name, 'manifest.json'), 'utf8')) as Manifest;
const tracker = (...args: string[]): ReturnType<typeof runTracker> => runTracker([...args, '--store', store]);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tracker-export-'));
  store = `file:${at('data')}`;
  expect(tracker('seed', 'seeds/').code).toBe(0);
  duck = await (await DuckDBInstance.create(':memory:')).connect();
  for (const format of ['parquet', 'ndjson', 'csv', 'arrow']) expect(tracker('export', '--format', format, '--out', at(format))).toMatchObject({ code: 0, stderr: '' });
}, 60_000);
afterAll(async () => {
  duck.closeSync();
  await rm(folder, { recursive: true, force: true });
});

describe('an export', () => {
  it('is the same rows in every format and layout', () => {
    expect(tracker('export', '--partition', '--format', 'csv', '--out', at('days')).code).toBe(0);
    const hashes = ['parquet', 'ndjson', 'csv', 'arrow', 'days'].map((name) => manifestOf(name).tables.map(({ name: table, rows, rowsHash }) => [table, rows, rowsHash]));
    for (const one of hashes) expect(one).toEqual(hashes[0]);
    expect(existsSync(at('days', 'events', 'date=2025-11-03', 'part-0.csv'))).toBe(true);
  });

  it('says what it is of', () => {
    const manifest = manifestOf('parquet');
    const status = tracker('projections', 'status', '--json').stdout.trim().split('\n').map((line) => JSON.parse(line) as { name: string; version: number; hash: string });
    expect(manifest.projections).toEqual(status.map(({ name, version, hash }) => ({ name, version, stateHash: hash })));
    expect(manifest).toMatchObject({ program: 'market-reaction-tracker', format: 'parquet', knownAt: null, clock: 'published', command: expect.stringContaining('tracker export --format parquet --out ') as string });
    // Its basis gives the same answers for ever.
    expect(tracker('market-value', 'XNAS:AMZN', '--basis', manifest.basis, '--json').stdout).toBe(tracker('market-value', 'XNAS:AMZN', '--json').stdout);
  });

  it('twice gives the same files', () => {
    expect(tracker('export', '--format', 'parquet', '--out', at('again')).code).toBe(0);
    expect(manifestOf('again').tables).toEqual(manifestOf('parquet').tables);
  });

  it('of one table goes to stdout, and refuses what stdout can\'t take', () => {
    const { stdout } = tracker('export', 'market_value', '--instrument', 'XNAS:AMZN', '--out', '-');
    expect(stdout.split('\n')[0]).toMatch(/^entity_id,instrument_id,session_date,/);
    expect(new Set(stdout.trim().split('\n').slice(1).map((line) => line.split(',')[1]))).toEqual(new Set(['amazon-common']));
    expect(tracker('export', '--out', '-')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('stdout takes one table') as string });
    expect(tracker('export', 'abnormal_returns', '--instrument', 'XNAS:AMZN', '--out', '-')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('benchmark: expected') as string });
    expect(tracker('export', 'prices', '--out', '-')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected some of events, market_value') as string });
  });

  it('does not touch a folder that has something in it', async () => {
    await writeFile(at('full.txt'), 'x');
    expect(tracker('export', '--out', folder)).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty') as string });
    expect(tracker('export', '--out', at('full.txt'))).toMatchObject({ code: 1, stderr: expect.stringContaining('is a file') as string });
  });

  it('stopped in the middle leaves nothing', async () => {
    const child = spawn(process.execPath, [MAIN, 'export', '--partition', '--out', at('stopped'), '--store', store], { cwd: ROOT, stdio: 'pipe' });
    let error = '';
    child.stderr.on('data', (data: Buffer) => (error += data.toString()));
    const ended = once(child, 'close');
    for (let tries = 0; !readdirSync(folder).some((name) => name.startsWith('.stopped.partial-')) && tries < 400; tries += 1) await pause(10);
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(1);
    expect(error).toContain('stopped; nothing of the export is left');
    expect(readdirSync(folder).filter((name) => name.includes('stopped'))).toEqual([]);
  });

  it('of 5,000 days has one file open at a time', async () => {
    const columns = columnsOf([['n', 'integer'], ['ts_known', 'time']]);
    let most = 0;
    async function* rows(): AsyncGenerator<Row[]> {
      for (let n = 0; n < 5000; n += 1) {
        if (n % 50 === 0 && process.platform === 'linux') most = Math.max(most, readdirSync('/proc/self/fd').length);
        yield await Promise.resolve([[n, { ms: n * 86_400_000, ns: 0 }]]);
      }
    }
    const before = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
    const { positions: _, ...rest } = manifestOf('parquet');
    const manifest = await writeExport(at('many'), [{ name: 'events', columns, rows: rows() }], { format: 'ndjson', partition: 'date', head: { ...rest, positions: { from: null, to: null } }, factsHash: null });
    expect(manifest.tables[0]?.files).toHaveLength(5000);
    expect(most - before).toBeLessThan(8);
  }, 60_000);
});

describe('tracker verify --export', () => {
  it('finds an export as it was written, in every format', () => {
    for (const name of ['parquet', 'ndjson', 'csv', 'arrow']) expect(runTracker(['verify', '--export', at(name)])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The export is as it was written: 3 tables, 3 files, [\d,]+ rows\.\n$/) as string });
  });
  it('finds a byte that changed, a file that is missing, and one that is not of it', async () => {
    await cp(at('ndjson'), at('harmed'), { recursive: true });
    await appendFile(at('harmed', 'events.ndjson'), '\n');
    await rm(at('harmed', 'sentiment.ndjson'));
    await writeFile(at('harmed', 'notes.txt'), 'x');
    const text = (await readFile(at('harmed', 'market_value.ndjson'), 'utf8')).replace('"measure":"close","value":2', '"measure":"close","value":3');
    await writeFile(at('harmed', 'market_value.ndjson'), text);
    const { code, stdout } = runTracker(['verify', '--export', at('harmed')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/notes\.txt: is not in the manifest\nevents\.ndjson: has \d+ bytes, the manifest says \d+\nmarket_value\.ndjson: its bytes are not those that were written \(SHA-256\)\nsentiment\.ndjson: is missing\nThe export is not as it was written: 4 findings\.\n$/);
  });
  it('finds rows that are not those of the hash, where the file\'s own hash was made to fit', async () => {
    const manifest = manifestOf('csv');
    await cp(at('csv'), at('forged'), { recursive: true });
    await writeFile(at('forged', 'manifest.json'), JSON.stringify({ ...manifest, tables: manifest.tables.map((table) => ({ ...table, rowsHash: '0'.repeat(64) })) }));
    expect((await verifyExport(at('forged'))).findings).toEqual(['events: its rows are not those of the manifest\'s hash', 'market_value: its rows are not those of the manifest\'s hash', 'sentiment: its rows are not those of the manifest\'s hash']);
  });
  it('cannot tell where there is no manifest', () => {
    expect(runTracker(['verify', '--export', at('data')])).toMatchObject({ code: 2, stderr: expect.stringContaining('no manifest.json is there') as string });
  });
});

describe('tracker import events', () => {
  const projections = (on: string): string => runTracker(['projections', 'status', '--json', '--store', on]).stdout;
  it.each(['parquet', 'ndjson'])('brings %s back with the same ids, order, times and hash of facts', (format) => {
    const back = `file:${at(`back-${format}`)}`;
    const ran = runTracker(['import', 'events', at(format), '--store', back]);
    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: `2,036 events stored, 0 were there; hash of the facts ${manifestOf(format).factsHash ?? ''}, as the manifest has it\n` });
    expect(projections(back)).toBe(tracker('projections', 'status', '--json').stdout);
    const replayed = (on: string): string => runTracker(['replay', '--json', '--store', on]).stdout;
    const again = at(`replay-${format}`);
    const [one, other] = [`${again}-1`, `${again}-2`];
    return writeFile(one, replayed(store)).then(() => writeFile(other, replayed(back))).then(() => {
      expect(runTracker(['replay', 'compare', one, other, '--ignore', 'event.position,event.recordedAt,event.metadata.recordedAt,at'])).toMatchObject({ code: 0 });
    });
  });
  it('goes on where it was cut off, stores nothing twice, and leaves another store alone', async () => {
    const half = `file:${at('half')}`;
    const lines = (await readFile(at('ndjson', 'events.ndjson'), 'utf8')).trim().split('\n');
    await writeFile(at('first.ndjson'), lines.filter((line) => (JSON.parse(line) as { seq: number }).seq <= 1000).join('\n'));
    expect(runTracker(['import', 'events', at('first.ndjson'), '--store', half]).stdout).toContain('1,000 events stored, 0 were there');
    expect(runTracker(['import', 'events', at('parquet'), '--store', half]).stdout).toContain('1,036 events stored, 1,000 were there');
    expect(runTracker(['import', 'events', at('ndjson'), '--store', half]).stdout).toContain('0 events stored, 2,036 were there');
    await writeFile(at('one.ndjson'), '{"type":"EntityRegistered","data":{"entity":"x","name":"x","kind":"company"},"metadata":{"occurredAt":{"unknown":true},"source":{"document":"x"}}}');
    const other = `file:${at('other')}`;
    expect(runTracker(['append', at('one.ndjson'), '--store', other]).code).toBe(0);
    expect(runTracker(['import', 'events', at('ndjson'), '--store', other])).toMatchObject({ code: 1, stderr: expect.stringContaining('the target holds other events') as string });
  });
  it('says what it can\'t take', async () => {
    const nowhere = `file:${at('nowhere')}`;
    const ran = (...args: string[]): string => runTracker(['import', 'events', ...args, '--store', nowhere]).stderr;
    expect(ran(at('csv'))).toContain('is csv: events come back from ndjson or parquet');
    expect(ran(at('missing'))).toContain('no such file or folder');
    expect(ran(at('parquet', 'sentiment.parquet'))).toContain('has no column event_id, type, stream');
    expect(ran(at('parquet'), '--prefix', 'other.')).toContain('its streams begin with market. and this store\'s with other.: import it with --prefix market.');
    const lines = (await readFile(at('ndjson', 'events.ndjson'), 'utf8')).split('\n').slice(0, 3);
    await writeFile(at('twice.ndjson'), [...lines, lines[0]].join('\n'));
    expect(ran(at('twice.ndjson'))).toMatch(/seq \d+ is there twice/);
    await writeFile(at('gap.ndjson'), lines.join('\n'));
    expect(ran(at('gap.ndjson'))).toContain('nothing was written');
    expect(existsSync(at('nowhere'))).toBe(false);
  });
});

describe('DuckDB', () => {
  it('joins as of a time what the view answers then', async () => {
    const labels = ['2025-10-30T20:00:00Z', '2025-10-31T19:59:59Z', '2025-11-01T11:59:59Z', '2025-11-01T12:00:00Z', '2025-11-03T21:00:00Z', '2025-11-10T00:00:00Z'];
    const read = await duck.runAndReadAll(`
      with labels(t) as (values ${labels.map((label) => `(timestamptz '${label}')`).join(', ')}),
           known as (select ts_known, session_date, value from '${at('parquet', 'market_value.parquet')}' where instrument_id = 'amazon-common' and measure = 'market-value' and kind = 'derived' and current)
      select session_date, value from labels asof join known on labels.t >= known.ts_known order by labels.t`);
    const views = labels.map((label) => JSON.parse(tracker('market-value', 'XNAS:AMZN', '--as-of', label, '--known-at', label, '--json').stdout) as { level: { date: string; marketValue: number } });
    expect(read.getRows()).toEqual(views.map(({ level }) => [level.date, level.marketValue]));
  });
  it('reads a partitioned export as one table', async () => {
    const read = await duck.runAndReadAll(`select count(*), count(distinct date) from read_csv('${at('days', 'events', '*', '*.csv')}', hive_partitioning = true, all_varchar = true)`);
    expect(read.getRows().map((row) => row.map(Number))).toEqual([[2036, manifestOf('days').tables[0]?.files.length]]);
  });
});
