/** Daily bars from a CSV file, for seeds. Every line is a bar or the file is refused: a price file is whole or wrong. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { seedEventId } from '../ids.js';
import type { Seed, SeedBars } from './format.js';
import { SeedError } from './seed-error.js';

export interface BarInput {
  /** 1-based line of the file. */
  line: number;
  event: { id: string; type: string; data: unknown; metadata: Record<string, unknown> };
}

const REQUIRED = ['date', 'symbol', 'close'];
const PRICES = ['open', 'high', 'low', 'close', 'volume'] as const;

/** @throws SeedError for a missing file, a missing column, a ragged line, an unmapped symbol, or a price that is no number */
export async function readBars(file: string, bars: SeedBars, seed: Seed): Promise<BarInput[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new SeedError([`${file}: ${error.message}`]);
  });
  // Blank lines are passed over, and counted.
  const lines = text.split('\n').flatMap((content, index) => (content.trim() === '' ? [] : [index + 1]));
  const parsed = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const missing = REQUIRED.filter((column) => !parsed.meta.fields?.includes(column));
  if (missing.length > 0) throw new SeedError([`${file}: line 1: expected the column ${missing.join(', ')}, got ${parsed.meta.fields?.join(', ') ?? 'nothing'}`]);
  if (parsed.errors.length > 0) throw new SeedError(parsed.errors.slice(0, 20).map((error) => `${file}: line ${lines[(error.row ?? 0) + 1] ?? 1}: ${error.message}`));
  const first = new Map<string, number>();
  const { address, confidence } = seed.defaults ?? {};
  return parsed.data.map((row, index) => {
    const line = lines[index + 1] ?? index + 2;
    const instrument = bars.instruments[row['symbol'] ?? ''];
    if (instrument === undefined) throw new SeedError([`${file}: line ${line}: expected one of ${Object.keys(bars.instruments).join(', ')} as symbol, got ${JSON.stringify(row['symbol'])}`]);
    const numbers = Object.fromEntries(PRICES.flatMap((column) => (row[column] === undefined || row[column] === '' ? [] : [[column, numberIn(file, line, column, row[column])]])));
    const date = row['date'] ?? '';
    const same = first.get(`${row['symbol']}/${date}`);
    if (same !== undefined) throw new SeedError([`${file}: line ${line}: expected one bar of ${row['symbol']} on ${date}, got another at line ${same}`]);
    first.set(`${row['symbol']}/${date}`, line);
    const currency = bars.currency[instrument];
    return {
      line,
      event: {
        id: seedEventId(seed.document, `${row['symbol']}/${date}`, 1, 0),
        type: 'BarClosed',
        data: { instrument, ...numbers, session: { date, calendar: bars.calendar, kind: 'regular' }, ...(currency === undefined ? {} : { currency }), adjustment: bars.adjustment },
        metadata: {
          source: { document: seed.document, locator: `${path.basename(file)}, ${row['symbol']} ${date}`, ...(address === undefined ? {} : { address }) },
          ...(confidence === undefined ? {} : { confidence }),
        },
      },
    };
  });
}

function numberIn(file: string, line: number, column: string, text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) throw new SeedError([`${file}: line ${line}: ${column}: expected a number, got ${JSON.stringify(text)}`]);
  return value;
}
