/** `tracker study --events FILE.csv`: many events, each as its own study, and the tests over all of them. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import type { ViewContext } from '../../views/context.js';
import { ViewError, type Answer } from '../../views/context.js';
import { eventsStudyView, type EventsStudy, type StudyEvent } from '../../views/study-events.js';
import { askedLine, percent, print, printTable } from '../output.js';
import { showView } from '../with-tracker.js';
import type { StudyOptions } from './study.js';

export async function studyEvents(file: string, options: StudyOptions): Promise<void> {
  const events = readEvents(file);
  await showView(options, (context: ViewContext): Answer<EventsStudy> => eventsStudyView(context, events, options), show);
}

/** @throws ViewError with the line of every row that is not complete */
function readEvents(file: string): StudyEvent[] {
  const text = file === '-' ? readFileSync(0, 'utf8') : readFileSync(file, 'utf8');
  const { data, errors, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true });
  for (const column of ['instrument', 'date']) if (!meta.fields?.includes(column)) throw new ViewError('bad-parameter', 400, `${file}: expected the columns instrument and date (and event, if they have names), got ${meta.fields?.join(', ') ?? 'none'}`);
  const wrong = [...errors.map(({ row, message }) => `line ${(row ?? 0) + 2}: ${message}`), ...data.flatMap((row, i) => (row['instrument'] && row['date'] ? [] : [`line ${i + 2}: instrument or date is empty`]))];
  if (wrong.length > 0) throw new ViewError('bad-parameter', 400, `${file}: ${wrong.slice(0, 10).join('; ')}${wrong.length > 10 ? `; and ${wrong.length - 10} more` : ''}`);
  return data.map((row, i) => ({ event: row['event'] ?? `${row['instrument']} ${row['date']} #${i + 1}`, instrument: row['instrument'] ?? '', date: row['date'] ?? '' }));
}

function show(view: EventsStudy): void {
  print(`${view.events.length} events against ${view.benchmarkSymbol}, ${view.model}`);
  print(askedLine(view));
  print();
  printTable(view.events, [
    { title: 'event', of: (row) => row.event },
    { title: 'day 0', of: (row) => row.day0 ?? '–' },
    ...view.windows.map((window, i) => ({ title: `CAR ${window.from}:${window.to}`, of: (row: EventsStudy['events'][number]) => percent(row.cars[i]), right: true })),
    { title: 'outcome', of: (row) => row.reason ?? 'ok' },
  ]);
  for (const window of view.windows) {
    print();
    print(`Window ${window.from}:${window.to}, ${window.n} events${window.shared ? ' that share dates' : ''}: CAAR ${percent(window.caar)}${window.meanCorrelation === null ? '' : `, mean correlation of residuals ${window.meanCorrelation.toFixed(3)}`}`);
    printTable(window.tests, [
      { title: 'test', of: (row) => `${row.test}${row.test === window.headline ? ' (headline)' : ''}` },
      { title: 'statistic', of: (row) => row.statistic?.toFixed(3) ?? '–', right: true },
      { title: 'law', of: (row) => (row.law === null ? '–' : `${row.law}${row.df === null ? '' : `(${row.df})`}`) },
      { title: 'p', of: (row) => row.p?.toFixed(4) ?? '–', right: true },
      { title: 'note', of: (row) => row.reason ?? row.warnings.join('; ') },
    ]);
  }
  print();
  print(`result ${view.result}`);
}
