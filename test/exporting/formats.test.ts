/** What is written in any format is read back alike: by this program, and by libraries that did not write it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance, DuckDBTimestampTZValue, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { tableFromIPC } from '@uwdata/flechette';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, FORMATS, type Format } from '../../src/exporting/formats.js';
import { nanoseconds } from '../../src/exporting/parquet.js';
import { textsOf } from '../../src/exporting/read.js';
import { cellText, columnsOf, isInstant, type Cell, type Row, type Table } from '../../src/exporting/table.js';

const COLUMNS = columnsOf([['text', 'text'], ['whole', 'integer'], ['number', 'float'], ['flag', 'flag'], ['ts_known', 'time'], ['nested', 'json']]);

let folder: string;
let duck: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tracker-formats-'));
  duck = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(async () => {
  duck.closeSync();
  await rm(folder, { recursive: true, force: true });
});

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 4 });
/** A text that CSV can tell from nothing: in CSV the empty text is null. */
const anyText = fc.oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.constantFrom('a,b', '"', '"quoted"', 'two\nlines', ' spaces ', 'ü€😀', '0', 'null', '\\', "'", '=1+1')).filter((text) => !text.includes('\r') && !text.includes('\u0000'));
const anyTime = fc.record({ ms: fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), ns: fc.oneof(fc.constant(0), fc.nat(999_999)) });
const anyRow: fc.Arbitrary<Row> = fc.tuple(orNull(anyText), orNull(fc.maxSafeInteger()), orNull(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)), orNull(fc.boolean()), orNull(anyTime), orNull(fc.record({ a: anyText, b: fc.array(fc.integer()) })));

function tableOf(rows: readonly Row[], size = 7): Table {
  async function* batches(): AsyncGenerator<readonly Row[]> {
    await Promise.resolve();
    for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
  }
  return { name: 'events', columns: COLUMNS, rows: batches() };
}

async function written(rows: readonly Row[], format: Format, kind: 'file' | 'stream' = 'file'): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(tableOf(rows), format, { key: 'value' }, kind)) chunks.push(chunk);
  const file = path.join(folder, `table.${format}`);
  await writeFile(file, Buffer.concat(chunks));
  return file;
}

const expected = (cell: Cell): unknown => (isInstant(cell) ? nanoseconds(cell) : cell !== null && typeof cell === 'object' ? JSON.stringify(cell) : typeof cell === 'number' && Object.is(cell, -0) ? 0 : cell);

describe.each(FORMATS)('%s', (format) => {
  it('has in its cells what they were given, as far as texts say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 20 }), async (rows) => {
        const file = await written(rows, format);
        const found: string[][] = [];
        for await (const texts of textsOf(file, format, COLUMNS)) found.push(texts);
        expect(found).toEqual(rows.map((row) => row.map(cellText)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('other libraries read', () => {
  const rows = fc.sample(anyRow, { numRuns: 200, seed: 7 });
  const exact = rows.map((row) => row.map(expected));
  const value = (cell: DuckDBValue): unknown => (cell instanceof DuckDBTimestampTZValue ? cell.micros * 1000n : typeof cell === 'bigint' ? Number(cell) : cell);
  /** DuckDB's times with a zone are of microseconds: of a text it drops digits, of a number it divides. */
  const times = (rounded: (ns: bigint) => bigint): unknown[][] => exact.map((row) => row.map((cell) => (typeof cell === 'bigint' ? rounded(cell) : cell)));
  const micros = times((ns) => ns - (((ns % 1000n) + 1000n) % 1000n));

  it('the Parquet (DuckDB), with its types and metadata', async () => {
    const file = await written(rows, 'parquet');
    const types = await duck.runAndReadAll(`describe select * from '${file}'`);
    expect(types.getRows().map(([name, type]) => [name, type])).toEqual([['text', 'VARCHAR'], ['whole', 'BIGINT'], ['number', 'DOUBLE'], ['flag', 'BOOLEAN'], ['ts_known', 'TIMESTAMP WITH TIME ZONE'], ['nested', 'VARCHAR']]);
    const read = await duck.runAndReadAll(`select * from '${file}'`);
    expect(read.getRows().map((row) => row.map(value))).toEqual(times((ns) => ns - (ns % 1000n)));
    const metadata = await duck.runAndReadAll(`select decode(key), decode(value) from parquet_kv_metadata('${file}')`);
    expect(metadata.getRows()).toEqual([['key', 'value']]);
  });
  it('the CSV (DuckDB)', async () => {
    const file = await written(rows, 'csv');
    const read = await duck.runAndReadAll(`select * from read_csv('${file}', header = true, columns = {'text': 'VARCHAR', 'whole': 'BIGINT', 'number': 'DOUBLE', 'flag': 'BOOLEAN', 'ts_known': 'TIMESTAMPTZ', 'nested': 'VARCHAR'})`);
    expect(read.getRows().map((row) => row.map(value))).toEqual(micros);
  });
  it('the NDJSON (DuckDB), nested where the table is', async () => {
    const file = await written(rows, 'ndjson');
    const read = await duck.runAndReadAll(`select text, whole, number, flag, ts_known, nested.b from read_json('${file}', format = 'newline_delimited', columns = {'text': 'VARCHAR', 'whole': 'BIGINT', 'number': 'DOUBLE', 'flag': 'BOOLEAN', 'ts_known': 'TIMESTAMPTZ', 'nested': 'STRUCT(a VARCHAR, b BIGINT[])'})`);
    expect(read.getRows().map((row) => row.slice(0, 5).map(value))).toEqual(micros.map((row) => row.slice(0, 5)));
  });
  it.each(['file', 'stream'] as const)('the Arrow %s (Flechette), nanoseconds included', async (kind) => {
    const table = tableFromIPC(await readFile(await written(rows, 'arrow', kind)), { useBigInt: true, useDate: false });
    expect(table.schema.metadata).toEqual(new Map([['key', 'value']]));
    const known = table.getChild('ts_known');
    // It makes milliseconds of times: what lies beneath is taken from the batches.
    const raw = known.data.flatMap((batch) => Array.from({ length: batch.length }, (_, i) => (batch.at(i) === null ? null : (batch.values as unknown as BigInt64Array)[i])));
    const columns = ['text', 'whole', 'number', 'flag', 'nested'].map((name) => [...(table.getChild(name) as Iterable<unknown>)]);
    const read = rows.map((_, i) => {
      const [text, whole, number, flag, nested] = columns.map((column) => column[i]);
      return [text, typeof whole === 'bigint' ? Number(whole) : whole, number, flag, raw[i], nested];
    });
    expect(read).toEqual(exact);
  });
});

it('a table without rows is one with columns, in every format', async () => {
  for (const format of FORMATS) {
    const file = await written([], format);
    const found: string[][] = [];
    for await (const texts of textsOf(file, format, COLUMNS)) found.push(texts);
    expect(found).toEqual([]);
  }
  expect((await duck.runAndReadAll(`describe select * from '${path.join(folder, 'table.parquet')}'`)).getRows()).toHaveLength(COLUMNS.length);
});
