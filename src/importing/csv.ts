/**
 * Tables from CSV, streaming and told line by line. Papaparse splits the fields; lines are ours, so that a quote that is
 * never closed spoils its own line and not the rest of the file, and every fault has the number that an editor shows.
 */
import Papa from 'papaparse';
import { ImportError } from './import-error.js';

export interface Fault {
  /** 1-based: line of a CSV file, row of a Parquet file. */
  line: number;
  reason: string;
}

/** Rows of a table with their places. */
export interface Batch {
  rows: readonly (readonly unknown[])[];
  lines: readonly number[];
}

export interface Table {
  header: readonly string[];
  /** Of what places are numbers. */
  unit: 'line' | 'row';
  batches: AsyncIterable<Batch>;
  /** Faults of lines that are no rows of the table; filled while the batches are read. */
  faults: Fault[];
  /** What is odd about the whole file, and no fault. */
  notes: string[];
}

/**
 * @param text pieces of any size
 * @param delimiter unstated: found from the first lines
 * @throws ImportError where there is no header
 */
export async function readCsv(text: AsyncIterable<string>, delimiter?: string): Promise<Table> {
  const faults: Fault[] = [];
  const notes: string[] = [];
  const blocks = wholeLines(text, notes);
  const first = await blocks.next();
  const opening = first.done ? '' : first.value;
  const skipped = /^(?:[ \t]*\n)*/.exec(opening)?.[0] ?? '';
  const rest = opening.slice(skipped.length);
  if (rest === '') throw new ImportError(['line 1: expected a header such as date,symbol,close, got an empty file']);
  const end = rest.indexOf('\n');
  const headerLine = end === -1 ? rest : rest.slice(0, end);
  const split = delimiter ?? Papa.parse(rest.slice(0, 20_000), { preview: 10, newline: '\n', delimitersToGuess: [',', '\t', ';', '|'] }).meta.delimiter;
  const header = (Papa.parse<string[]>(headerLine, { delimiter: split, newline: '\n' }).data[0] ?? []).map((name) => name.trim());
  async function* batches(): AsyncGenerator<Batch> {
    let line = skipped.split('\n').length + 1;
    for (let block = end === -1 ? '' : rest.slice(end + 1); ; ) {
      const batch = block === '' ? null : rowsOf(block, line, split, header.length, faults);
      if (batch) {
        line += batch.read;
        yield batch;
      }
      const next = await blocks.next();
      if (next.done) return;
      block = next.value;
    }
  }
  return { header, unit: 'line', batches: batches(), faults, notes };
}

/** Pieces that end where a line does, with \n alone at the ends of lines. */
async function* wholeLines(text: AsyncIterable<string>, notes: string[]): AsyncGenerator<string> {
  let left = '';
  let begun = false;
  for await (const piece of text) {
    let whole = left + (begun ? piece : piece.replace(/^\uFEFF/, ''));
    begun = true;
    const end = whole.lastIndexOf('\n');
    left = whole.slice(end + 1);
    // A minute of prices on one line is no price file.
    if (left.length > 1_000_000) throw new ImportError(['a line of over a million characters: is this a CSV file with \\n or \\r\\n at the ends of its lines?']);
    if (end === -1) continue;
    whole = whole.slice(0, end + 1);
    yield whole.includes('\r') ? whole.replaceAll('\r\n', '\n') : whole;
  }
  if (left.trim() === '') return;
  notes.push('the last line does not end as the others do: if the file was cut off, its last value may be cut off too');
  yield `${left.replace(/\r$/, '')}\n`;
}

/** The rows of whole lines; lines that are no row are faults. */
function rowsOf(block: string, line: number, delimiter: string, width: number, faults: Fault[]): Batch & { read: number } {
  const settings = { delimiter, newline: '\n' } as const;
  const parsed = Papa.parse<string[]>(block.slice(0, -1), settings);
  if (parsed.errors.length === 0 && parsed.data.length === linesOf(block)) return keep(parsed.data, line, width, faults);
  // Some quote is wrong, or spans lines, or the block is blank: each line is read by itself, and tells of itself.
  const rows = block.slice(0, -1).split('\n').map((text, i): string[] => {
    const alone = Papa.parse<string[]>(text, settings);
    const [error] = alone.errors;
    if (!error) return alone.data[0] ?? [''];
    faults.push({ line: line + i, reason: error.code === 'MissingQuotes' ? 'a quote is opened and not closed on this line' : 'a quote stands inside of a field' });
    return [''];
  });
  return keep(rows, line, width, faults);
}

function keep(data: readonly string[][], line: number, width: number, faults: Fault[]): Batch & { read: number } {
  const rows: string[][] = [];
  const lines: number[] = [];
  for (let i = 0; i < data.length; i += 1) {
    const row = data[i] as string[];
    if (row.length === width && (width > 1 || row[0] !== '')) {
      rows.push(row);
      lines.push(line + i);
    } else if (row.length > 1 || (row[0] as string).trim() !== '') faults.push({ line: line + i, reason: `expected ${width} fields, as the header has, got ${row.length}` });
  }
  return { rows, lines, read: data.length };
}

function linesOf(block: string): number {
  let count = 0;
  for (let at = block.indexOf('\n'); at !== -1; at = block.indexOf('\n', at + 1)) count += 1;
  return count;
}
