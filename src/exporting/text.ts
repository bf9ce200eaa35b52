/** A table as CSV (null is empty) and as NDJSON (an object a line, with every column). */
import Papa from 'papaparse';
import { cellText, isInstant, type Cell, type Table } from './table.js';

export async function* csvBytes({ columns, rows }: Table): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${Papa.unparse([columns.map(({ name }) => name)])}\n`);
  for await (const batch of rows) {
    if (batch.length > 0) yield Buffer.from(`${Papa.unparse(batch.map((row) => row.map(cellText)), { newline: '\n' })}\n`);
  }
}

export async function* ndjsonBytes({ columns, rows }: Table): AsyncGenerator<Uint8Array> {
  for await (const batch of rows) {
    let text = '';
    for (const row of batch) text += `${JSON.stringify(Object.fromEntries(columns.map(({ name }, i) => [name, jsonCell(row[i] ?? null)])))}\n`;
    yield Buffer.from(text);
  }
}

function jsonCell(cell: Cell): unknown {
  return isInstant(cell) ? cellText(cell) : cell;
}
