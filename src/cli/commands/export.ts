/** `tracker export`: tables for other tools, into a folder with a manifest, or one of them to stdout. */
import { headOf, logHash, tablesOf, type ExportQuery } from '../../exporting/export.js';
import { bytesOf, type Format } from '../../exporting/formats.js';
import { MANIFEST, metadataOf } from '../../exporting/manifest.js';
import { TABLES, type Table, type TableName } from '../../exporting/table.js';
import { writeExport } from '../../exporting/write.js';
import { registry } from '../../../projections/index.js';
import { checkTargetFolder } from '../../store/whole-folder.js';
import type { Tracker } from '../../tracker.js';
import { RefusedError, UsageError } from '../failure.js';
import { counted, print, printJson, progressLine, showSteps, writeSlowly } from '../output.js';
import { stopOnInterrupt } from '../stop.js';
import type { GlobalOptions } from '../view-options.js';
import { folded, note, withTracker } from '../with-tracker.js';

interface ExportCommand extends GlobalOptions, ExportQuery {
  out?: string;
  format?: Format;
  partition?: boolean;
}

const MANY = 1_000_000;

export async function exportTables(given: readonly string[], options: ExportCommand): Promise<void> {
  const names = given.length > 0 ? [...new Set(given)] : TABLES.slice(0, 3);
  const strange = names.find((name) => !(TABLES as readonly string[]).includes(name));
  if (strange !== undefined) throw new UsageError(`expected some of ${TABLES.join(', ')}, got ${JSON.stringify(strange)}`);
  if (options.out === undefined) throw new UsageError('--out: expected a folder that is empty or not there yet, or - for stdout');
  const standard = options.out === '-';
  if (standard && (names.length > 1 || options.partition)) throw new UsageError('--out -: stdout takes one table, in one piece');
  if (options.partition && names.includes('abnormal_returns')) throw new UsageError('--partition: abnormal returns are few, and have a date of their own');
  if (!standard) checkTargetFolder(options.out);
  const signal = stopOnInterrupt();
  await withTracker(options, async (tracker) => {
    await folded(tracker);
    const query = queryOf(options);
    const tables = tablesOf(tracker, names as TableName[], query);
    if (standard) await toStdout(tracker, tables[0] as Table, query, options.format ?? 'csv', signal);
    else await toFolder(tracker, options.out as string, tables, query, options, signal);
    // Events are read from the log: of the projections only what symbols stand for is asked.
  }, { readOnly: true, ...(names.every((name) => name === 'events') ? { projections: [registry] } : {}) });
}

async function toFolder(tracker: Tracker, folder: string, tables: readonly Table[], query: ExportQuery, { format = 'parquet', partition, json }: ExportCommand, signal: AbortSignal): Promise<void> {
  const line = progressLine();
  const show = showSteps(line.show);
  const whole = tables.some(({ name }) => name === 'events') && ['knownAt', 'type', 'stream', 'announcement', 'from', 'to', 'instrument', 'entity'].every((name) => query[name as keyof ExportQuery] === undefined);
  const manifest = await writeExport(folder, tables, {
    format,
    partition: partition ? 'date' : null,
    head: headOf(tracker, tables, query, commandLine()),
    factsHash: whole ? await logHash(tracker, tracker.runner.position()) : null,
    signal,
    progress: (table, rows) => { show({ step: table, done: rows, total: table === 'events' && whole ? tracker.runner.events() : null, unit: 'rows' }); },
  }).finally(line.done);
  if (json) printJson(manifest);
  for (const { name, rows, files } of manifest.tables) {
    if (!json) print(`${name}: ${counted(rows, 'row', 'rows')}, ${Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024).toLocaleString('en')} KiB in ${counted(files.length, 'file', 'files')}`);
    if (rows > MANY && !partition) note(`${name} is in one file: --partition makes one a day, and readers then take only the days that they ask for`);
  }
  if (!json) print(`${folder}/${MANIFEST} says what it is of; tracker verify --export ${folder} holds the files against it`);
}

async function toStdout(tracker: Tracker, table: Table, query: ExportQuery, format: Format, signal: AbortSignal): Promise<void> {
  for await (const bytes of bytesOf(table, format, metadataOf(headOf(tracker, [table], query, commandLine()), table.name), 'stream')) {
    if (signal.aborted) throw new RefusedError('stopped: the table is not whole');
    await writeSlowly(bytes);
  }
}

function queryOf(options: ExportCommand): ExportQuery {
  const { knownAt, asOf, instrument, entity, announcement, type, stream, from, to, halfLife, benchmark, model, factors, windows, estimation } = options;
  return { knownAt, asOf, instrument, entity, announcement, type, stream, from, to, halfLife, benchmark, model, factors, windows, estimation };
}

/** As it was called, without where the program lies. */
function commandLine(): string {
  return ['tracker', ...process.argv.slice(2)].map((word) => (/^[\w./:=,@+-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}
