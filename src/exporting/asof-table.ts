/** The answer of an as-of join as a table: the labels' own columns as text, those of the views by what they hold, and the reason. */
import { AsofError, type AsofLabel, type AsofResult } from '../replay/asof.js';
import { columnsOf, type Cell, type Column, type Kind, type Row, type Table } from './table.js';

export interface Labelled {
  /** The row as it was given, as texts. */
  own: readonly (string | null)[];
  label: AsofLabel;
}

interface Answered {
  own: readonly (string | null)[];
  result: AsofResult;
}

/** What a column holds is told from its first values: so many rows are looked at. */
const LOOKED_AT = 1000;

/**
 * Joins the first rows at once, to see what each column holds.
 * @param header names of the labels' own columns
 * @param names of the joined columns
 * @throws AsofError at a row whose value is of another kind than those before it
 */
export async function asofTable(header: readonly string[], names: readonly string[], labels: AsyncIterable<readonly Labelled[]>, join: (label: AsofLabel) => AsofResult): Promise<Table> {
  const batches = answered(labels, join)[Symbol.asyncIterator]();
  const first: Answered[][] = [];
  for (let rows = 0; rows < LOOKED_AT; ) {
    const next = await batches.next();
    if (next.done) break;
    first.push(next.value);
    rows += next.value.length;
  }
  const kinds = names.map((name) => kindOf(name, first.flat().map(({ result }) => result.values[name] ?? null)));
  const columns = columnsOf([...header.map((name) => [name, 'text'] as const), ...names.map((name, i) => [name, kinds[i] as Kind] as const), ['reason', 'text']]);
  async function* rows(): AsyncGenerator<Row[]> {
    for (const batch of first) yield batch.map((one) => rowOf(columns, header.length, one));
    for (let next = await batches.next(); !next.done; next = await batches.next()) yield next.value.map((one) => rowOf(columns, header.length, one));
  }
  return { name: 'asof', columns, rows: rows() };
}

async function* answered(labels: AsyncIterable<readonly Labelled[]>, join: (label: AsofLabel) => AsofResult): AsyncGenerator<Answered[]> {
  for await (const batch of labels) yield batch.map(({ own, label }) => ({ own, result: join(label) }));
}

function rowOf(columns: readonly Column[], labels: number, { own, result: { values, reason } }: Answered): Row {
  return [...own, ...columns.slice(labels, -1).map(({ name, kind }) => cellOf(name, kind, values[name] ?? null)), reason];
}

/** By the first value; where there is none yet, by what views call their texts. */
function kindOf(name: string, values: readonly unknown[]): Kind {
  const first = values.find((value) => value !== null);
  if (first === undefined) return /(?:date|time|day0|event|from|to|symbol|name|status|reason|text|currency|title)$/i.test(name) ? 'text' : 'float';
  return typeof first === 'number' ? 'float' : typeof first === 'boolean' ? 'flag' : typeof first === 'object' ? 'json' : 'text';
}

function cellOf(name: string, kind: Kind, value: unknown): Cell {
  if (value === null) return null;
  if (kind === 'json') return typeof value === 'object' ? (value as Cell) : null;
  const wanted = kind === 'float' ? 'number' : kind === 'flag' ? 'boolean' : 'string';
  if (typeof value === wanted) return value as Cell;
  if (kind === 'text') return JSON.stringify(value);
  throw new AsofError(`columns: ${name} holds ${JSON.stringify(value)} where it held ${wanted}s before: ask for it as csv or ndjson`);
}
