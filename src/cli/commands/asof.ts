/** `tracker asof`: a table of labels, with what the views were known to be at each row's own time. */
import Papa from 'papaparse';
import { asofTable, type Labelled } from '../../exporting/asof-table.js';
import { bytesOf, type Format } from '../../exporting/formats.js';
import { openTable } from '../../importing/table.js';
import { asofColumns, asofJoin, type AsofLabel, type AsofOptions, type AsofResult, type AsofView } from '../../replay/asof.js';
import { listOf } from '../../views/study-settings.js';
import { RefusedError, UsageError } from '../failure.js';
import { counted, printSlowly, progressLine, showSteps, writeSlowly } from '../output.js';
import { stopOnInterrupt } from '../stop.js';
import type { GlobalOptions } from '../view-options.js';
import { folded, note, withTracker } from '../with-tracker.js';

interface AsofCommand extends GlobalOptions {
  view?: string;
  columns?: string;
  clock?: 'published' | 'recorded';
  benchmark?: string;
  estimation?: string;
  windows?: string;
  delimiter?: string;
  format?: Format;
}

const LABELS = ['instrument', 'entity', 'time', 'knownAt'] as const;

export async function asof(file: string, options: AsofCommand): Promise<void> {
  const { clock, benchmark, estimation, windows } = options;
  const join: AsofOptions = { views: listOf(options.view ?? 'market-value') as AsofView[], columns: options.columns === undefined ? undefined : listOf(options.columns), clock, benchmark, estimation, windows };
  const columns = asofColumns(join).map(({ name }) => name);
  const { source, table } = await openTable(file, options.delimiter);
  const places = placesOf(table.header, source.name);
  const twice = columns.find((name) => table.header.includes(name)) ?? (table.header.includes('reason') ? 'reason' : undefined);
  if (twice !== undefined) throw new UsageError(`${source.name}: has a column ${twice} already, which is one of the answer's`);
  const ndjson = options.json ?? options.format === 'ndjson';
  const signal = stopOnInterrupt();
  const line = progressLine();
  const show = showSteps(line.show);
  let [rows, without] = [0, 0];
  await withTracker(options, async (tracker) => {
    await folded(tracker);
    const answer = asofJoin(tracker, join);
    if (options.format === 'arrow' || options.format === 'parquet') {
      const labels = async function* (): AsyncGenerator<Labelled[]> {
        for await (const batch of table.batches) {
          if (signal.aborted) throw new RefusedError('stopped: the table is not whole');
          yield batch.rows.map((row) => ({ own: row.map((cell) => textOrNull(plain(cell))), label: labelOf(row, places) }));
        }
      };
      const counting = (label: AsofLabel): AsofResult => {
        const result = answer(label);
        rows += 1;
        if (result.reason !== null) without += 1;
        show({ step: 'joining', done: rows, total: null, unit: 'rows' });
        return result;
      };
      const found = await asofTable(table.header, columns, labels(), counting);
      for await (const bytes of bytesOf(found, options.format, {}, 'stream')) await writeSlowly(bytes);
      return;
    }
    if (!ndjson) await printSlowly(Papa.unparse([[...table.header, ...columns, 'reason']]));
    for await (const batch of table.batches) {
      for (const row of batch.rows) {
        if (signal.aborted) return;
        const { values, reason } = answer(labelOf(row, places));
        rows += 1;
        if (reason !== null) without += 1;
        if (ndjson) await printSlowly(JSON.stringify({ ...Object.fromEntries(table.header.map((name, i) => [name, plain(row[i])])), ...values, reason }));
        else await printSlowly(Papa.unparse([[...row.map(plain), ...columns.map((name) => cellOf(values[name])), reason ?? '']]));
      }
      show({ step: 'joining', done: rows, total: null, unit: 'rows' });
    }
  }, { readOnly: true }).finally(line.done);
  for (const { line: place, reason } of table.faults.slice(0, 100)) note(`${source.name}: ${table.unit} ${place}: ${reason}`);
  note(`${counted(rows, 'row', 'rows')}, ${without.toLocaleString('en')} of them without some value: the column reason says why`);
  if (signal.aborted) throw new RefusedError('stopped: the rows above are whole, the others are not there');
  if (table.faults.length > 0) throw new RefusedError(`${counted(table.faults.length, `bad ${table.unit}`, `bad ${table.unit}s`)}: not in the answer`);
}

function placesOf(header: readonly string[], file: string): Partial<Record<(typeof LABELS)[number], number>> {
  const lower = header.map((name) => name.trim().toLowerCase().replaceAll('_', ''));
  const places = Object.fromEntries(LABELS.flatMap((name) => (lower.includes(name.toLowerCase()) ? [[name, lower.indexOf(name.toLowerCase())]] : []))) as Partial<Record<(typeof LABELS)[number], number>>;
  if (places.instrument === undefined || places.time === undefined) throw new UsageError(`${file}: expected the columns instrument and time (an instant with its zone), and knownAt and entity if there are any; there are ${header.join(', ')}`);
  return places;
}

function labelOf(row: readonly unknown[], places: Partial<Record<(typeof LABELS)[number], number>>): AsofLabel {
  const cell = (name: (typeof LABELS)[number]): string => String(plain(row[places[name] ?? -1]) ?? '').trim();
  return { instrument: cell('instrument'), time: cell('time'), ...(cell('entity') === '' ? {} : { entity: cell('entity') }), ...(cell('knownAt') === '' ? {} : { knownAt: cell('knownAt') }) };
}

function textOrNull(cell: string | number | boolean | null): string | null {
  return cell === null ? null : String(cell);
}

function plain(cell: unknown): string | number | boolean | null {
  return cell === null || cell === undefined ? null : typeof cell === 'bigint' ? Number(cell) : typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? cell : JSON.stringify(cell);
}

function cellOf(value: unknown): string | number | boolean {
  return value === null || value === undefined ? '' : typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? value : JSON.stringify(value);
}
