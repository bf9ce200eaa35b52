/** `tracker study --events FILE.csv`: many events, each as its own study, and the tests over all of them. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { ViewError, type Answer, type ViewContext } from '../../views/context.js';
import { eventsStudyView } from '../../views/study-events.js';
import type { EventsStudy, StudyEvent } from '../../views/study-events-schema.js';
import { listOf } from '../../views/study-settings.js';
import { UsageError } from '../failure.js';
import { askedLine, percent, print, printTable } from '../output.js';
import { showView } from '../with-tracker.js';
import type { StudyOptions } from './study.js';

export async function studyEvents(file: string, options: StudyOptions): Promise<void> {
  const seed = options.seed === undefined ? 1 : Number(options.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new UsageError(`--seed: expected a whole number of 0 or more, got ${JSON.stringify(options.seed)}`);
  const lone = (['controls', 'weight', 'report', 'instrument', 'date'] as const).find((name) => options[name] !== undefined);
  if (lone !== undefined) throw new UsageError(`--${lone} is of a study of one event: it does not go with --events`);
  const events = readEvents(file, listOf(options.regress));
  await showView(options, (context: ViewContext): Answer<EventsStudy> => eventsStudyView(context, events, { ...options, seed }), options.csv ? printCsv : show);
}

/** @throws ViewError with the line of every row that is not complete */
function readEvents(file: string, regress: readonly string[]): StudyEvent[] {
  const refuse = (text: string): never => {
    throw new ViewError('bad-parameter', 400, `${file}: ${text}`);
  };
  const text = contentOf(file, refuse);
  // Blank lines are kept, so that lines can be counted.
  const { data: [header = [], ...rows], errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''));
  const place = (name: string): number => header.findIndex((title) => title.trim().toLowerCase() === name);
  const [instrument, date, event] = [place('instrument'), Math.max(place('date'), place('time')), place('event')] as const;
  if (instrument < 0 || date < 0) refuse(`expected the columns instrument and date (or time), and event if they have names, got ${header.join(', ') || 'none'}`);
  const columns = regress.map((name) => {
    const at = header.findIndex((title) => title.trim() === name);
    return at < 0 ? refuse(`--regress ${name}: there is no such column; there are ${header.join(', ')}`) : { name, at };
  });
  const wrong = errors.filter(({ code }) => code !== 'UndetectableDelimiter').map(({ row, message }) => `line ${(row ?? 0) + 1}: ${message}`);
  const events = rows.flatMap((row, i): StudyEvent[] => {
    const line = i + 2;
    if (row.length === 1 && row[0]?.trim() === '') return [];
    if (row.length !== header.length) wrong.push(`line ${line}: expected ${header.length} fields, got ${row.length}`);
    else if (!row[instrument]?.trim() || !row[date]?.trim()) wrong.push(`line ${line}: instrument or date is empty`);
    const values = columns.map(({ name, at }): [string, number] => [name, row[at]?.trim() ? Number(row[at]) : NaN]);
    for (const [name, value] of values) if (!Number.isFinite(value)) wrong.push(`line ${line}: ${name}: expected a number`);
    const name = event < 0 ? undefined : row[event]?.trim();
    return [{ ...(name ? { event: name } : {}), instrument: row[instrument]?.trim() ?? '', date: row[date]?.trim() ?? '', ...(columns.length > 0 ? { values: Object.fromEntries(values) } : {}) }];
  });
  if (wrong.length > 0) refuse(`${wrong.slice(0, 10).join('; ')}${wrong.length > 10 ? `; and ${wrong.length - 10} more` : ''}`);
  return events;
}

function contentOf(file: string, refuse: (text: string) => never): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    return refuse((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message);
  }
}

/** A line for each event and window. */
function printCsv(view: EventsStudy): void {
  const lines = view.events.flatMap((row) => view.windows.map(({ from, to }, i) => ({ event: row.event, instrument: row.instrument, day_0: row.day0, window_from: from, window_to: to, car: row.cars[i], p: row.p[i], p_holm: row.holm[i], p_bh: row.bh[i], model: view.model, benchmark: view.benchmark, outcome: row.reason ?? 'ok' })));
  print(Papa.unparse(lines, { newline: '\n' }));
}

const figure = (value: number | null | undefined, digits = 4): string => value?.toFixed(digits) ?? '–';

function show(view: EventsStudy): void {
  print(`${view.events.length} events against ${view.benchmarkSymbol}, ${view.model}`);
  print(askedLine(view));
  print();
  printTable(view.events, [
    { title: 'event', of: (row) => row.event },
    { title: 'day 0', of: (row) => row.day0 ?? '–' },
    ...view.windows.flatMap((window, i) => [
      { title: `CAR ${window.from}:${window.to}`, of: (row: EventsStudy['events'][number]) => percent(row.cars[i]), right: true },
      { title: 'p', of: (row: EventsStudy['events'][number]) => figure(row.p[i]), right: true },
      { title: 'Holm', of: (row: EventsStudy['events'][number]) => figure(row.holm[i]), right: true },
      { title: 'BH', of: (row: EventsStudy['events'][number]) => figure(row.bh[i]), right: true },
    ]),
    { title: 'outcome', of: (row) => row.reason ?? 'ok' },
  ]);
  for (const window of view.windows) showWindow(window);
  print();
  print(`Holm and BH: p values of the events' own CARs, the events of a window as the family. Drawn with seed ${view.seed}.`);
  print(`result ${view.result}`);
}

function showWindow(window: EventsStudy['windows'][number]): void {
  print();
  print(`Window ${window.from}:${window.to}, ${window.n} events${window.shared ? ' that share dates' : ''}: CAAR ${percent(window.caar)}${window.lo === null ? '' : ` (${percent(window.lo)} … ${percent(window.hi)}, bootstrap over events)`}${window.meanCorrelation === null ? '' : `, mean correlation of residuals ${window.meanCorrelation.toFixed(3)}`}`);
  printTable(window.tests, [
    { title: 'test', of: (row) => `${row.test}${row.test === window.headline ? ' (headline)' : ''}` },
    { title: 'statistic', of: (row) => figure(row.statistic, 3), right: true },
    { title: 'law', of: (row) => (row.law === null ? '–' : `${row.law}${row.df === null ? '' : `(${row.df})`}`) },
    { title: 'p', of: (row) => figure(row.p), right: true },
    { title: 'note', of: (row) => row.reason ?? row.warnings.join('; ') },
  ]);
  const { regression } = window;
  if (regression === null) return;
  print();
  if (regression.reason !== null) print(`Regression on ${regression.names.join(', ')}: refused: ${regression.reason}`);
  else {
    printTable(regression.coefficients, [
      { title: `CAR on (${regression.n} events, errors ${regression.errors})`, of: (row) => row.name },
      { title: 'coefficient', of: (row) => row.value.toPrecision(5), right: true },
      { title: 'error', of: (row) => row.error.toPrecision(4), right: true },
      { title: 't', of: (row) => row.t.toFixed(2), right: true },
      { title: 'p', of: (row) => row.p.toFixed(4), right: true },
    ]);
  }
}
