/** Lines of CSV: the same whatever the pieces they come in, and every fault has the number that an editor shows. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readCsv, type Fault, type Table } from '../../src/importing/csv.js';
import { ImportError } from '../../src/importing/import-error.js';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield Promise.resolve(text.slice(at, at + size));
}

async function read(text: string, size = 1_000, delimiter?: string): Promise<{ table: Table; rows: { line: number; row: readonly unknown[] }[]; faults: Fault[] }> {
  const table = await readCsv(pieces(text, size), delimiter);
  const rows: { line: number; row: readonly unknown[] }[] = [];
  for await (const batch of table.batches) rows.push(...batch.rows.map((row, i) => ({ line: batch.lines[i] ?? 0, row })));
  return { table, rows, faults: table.faults };
}

describe('a CSV table', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '1', '.', ',', ';', '"', ' ', 'é', '😀'), minLength: 1, maxLength: 6 });
  it('is read as it was written, whatever the pieces, the ends of lines and blank lines between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), async (cells, size, windows, blanks) => {
        const end = windows ? '\r\n' : '\n';
        const lines = ['x,y,z'];
        const places: number[] = [];
        for (const [index, row] of cells.entries()) {
          if (blanks[index]) lines.push('');
          lines.push(Papa.unparse([row], { header: false }));
          places.push(lines.length);
        }
        const { rows, faults } = await read(lines.join(end) + end, size, ',');
        expect(faults).toEqual([]);
        expect(rows).toEqual(cells.map((row, index) => ({ line: places[index], row })));
      }),
    );
  });

  it('tells each ragged line and each open quote by its own number, and reads the others', async () => {
    const { rows, faults } = await read('date,symbol,close\n1,A,2\n1,A\n1,"A,3\n\n1,A,4,5\n1,"A"x,3\n1,A,6\n', 7);
    expect(faults).toEqual([
      { line: 3, reason: 'expected 3 fields, as the header has, got 2' },
      { line: 4, reason: 'a quote is opened and not closed on this line' },
      { line: 6, reason: 'expected 3 fields, as the header has, got 4' },
      { line: 7, reason: 'a quote stands inside of a field' },
    ]);
    expect(rows.map(({ line }) => line)).toEqual([2, 8]);
  });

  it('that was cut off says so, and what is there of its last line is judged like any other', async () => {
    const { table, rows, faults } = await read('date,close\n1,254.00\n2,25');
    expect(rows).toHaveLength(2);
    expect(table.notes).toEqual([expect.stringContaining('the last line does not end as the others do')]);
    expect(faults).toEqual([]);
    expect((await read('date,close\n1,254.00\n')).table.notes).toEqual([]);
  });

  it.each([[';'], ['\t'], ['|']])('with %j between fields is read without being told', async (delimiter) => {
    const { table, rows } = await read(['date', 'symbol', 'close'].join(delimiter) + '\n' + ['2025-11-03', 'A', '2'].join(delimiter) + '\n');
    expect(table.header).toEqual(['date', 'symbol', 'close']);
    expect(rows[0]?.row).toEqual(['2025-11-03', 'A', '2']);
  });

  it('keeps a byte order mark out of its first column, and refuses an empty file', async () => {
    expect((await read('\uFEFFdate,close\n1,2\n')).table.header).toEqual(['date', 'close']);
    await expect(read('\n\n')).rejects.toThrow(ImportError);
  });
});
