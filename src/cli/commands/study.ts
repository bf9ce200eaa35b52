/** `tracker study`: the reaction to an announcement or a day, as a table, JSON or CSV; many events from a file. */
import writeFileAtomic from 'write-file-atomic';
import { reactionReport } from '../../report/reaction-report.js';
import { ViewError, type Asked, type ViewContext } from '../../views/context.js';
import type { ReactionView, StudyWindow } from '../../views/reaction-schema.js';
import { againView, announcementReactionView, dayReactionView, type ReactionQuery } from '../../views/reaction.js';
import type { Answer } from '../../views/context.js';
import { decodeAgain } from '../../views/study-again.js';
import { RefusedError, UsageError } from '../failure.js';
import { askedLine, percent, print, printTable } from '../output.js';
import type { ViewOptions } from '../view-options.js';
import { showView } from '../with-tracker.js';

export type StudyOptions = ViewOptions & ReactionQuery & { events?: string; csv?: boolean; again?: string; report?: string; regress?: string; seed?: string };

export async function study(announcement: string | undefined, options: StudyOptions): Promise<void> {
  if (options.events !== undefined) {
    if (announcement !== undefined) throw new UsageError('--events names the events itself: it goes without an announcement');
    await (await import('./study-events.js')).studyEvents(options.events, options);
    return;
  }
  if (options.regress !== undefined || options.seed !== undefined) throw new UsageError('--regress and --seed are of a study of many events: they go with --events');
  if (options.again !== undefined) {
    if (announcement !== undefined || options.asOf !== undefined || options.knownAt !== undefined || options.basis !== undefined) throw new UsageError('--again stands alone: it has the announcement, the settings and the times in it');
    const again = decodeAgain(options.again);
    await showView({ ...options, ...definedOf(again.asked) }, againView(again), shower(options));
    return;
  }
  if ((announcement === undefined) === (options.date === undefined)) throw new ViewError('bad-parameter', 400, 'expected an announcement or --date, one of them: tracker study openai-aws --instrument XNAS:AMZN --benchmark INDEX:SPX');
  const view = (context: ViewContext): Answer<ReactionView> => (announcement === undefined ? dayReactionView(context, options) : announcementReactionView(context, announcement, options));
  await showView(options, view, shower(options));
}

function definedOf(asked: Asked): Partial<ViewOptions> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

/** As a table, as CSV, or as a page in a file. */
function shower({ csv, report }: StudyOptions): (view: ReactionView) => void {
  if (report === undefined) return csv ? printCsv : show;
  return (view) => {
    try {
      writeFileAtomic.sync(report, reactionReport(view));
    } catch (error) {
      throw new RefusedError(`${report}: not written: ${(error as Error).message}`);
    }
    print(`${report} written: ${view.title}, ${view.symbol} against ${view.benchmarkSymbol}, result ${view.result}`);
  };
}

function show(view: ReactionView): void {
  print(`${view.title}: ${view.symbol} against ${view.benchmarkSymbol}`);
  print(askedLine(view));
  print(`day 0 is ${view.day0} (${view.readings.map(({ sentence }) => sentence).join('; or ')})`);
  print(`${view.model} over ${view.estimationFrom} to ${view.estimationTo}${view.estimationDays === null ? '' : `, ${view.estimationDays} usable days`}; ${view.returns} returns, prices adjusted: ${view.adjustment}`);
  if (view.refused !== null) print(`Refused (${view.refused}): ${view.reason}`);
  else print(`alpha ${percent(view.alpha)} a day${view.coefficients.filter(({ name }) => name !== 'alpha').map(({ name, value }) => `, ${name} ${value.toFixed(3)}`).join('')}, residuals ${percent(view.s).slice(1)} a day`);
  print();
  printTable(view.days, [
    { title: 'day', of: (day) => String(day.relative), right: true },
    { title: 'session', of: (day) => day.date },
    { title: 'return', of: (day) => percent(day.return), right: true },
    { title: 'benchmark', of: (day) => percent(day.benchmark), right: true },
    { title: 'expected', of: (day) => percent(day.expected), right: true },
    { title: 'abnormal', of: (day) => percent(day.ar), right: true },
    { title: 't', of: (day) => day.t?.toFixed(2) ?? '–', right: true },
    { title: 'p', of: (day) => day.p?.toFixed(4) ?? '–', right: true },
  ]);
  print();
  printWindows(view.windows, 'window');
  for (const window of view.windows.filter(({ contaminatedBy }) => contaminatedBy.length > 0)) print(`${window.from}:${window.to} is contaminated by ${window.contaminatedBy.join('; ')}`);
  if (view.withoutFlagged.windows.length > 0) {
    print();
    printWindows(view.withoutFlagged.windows, `without ${view.withoutFlagged.dropped.length} flagged days`);
  }
  if (view.withoutFirm.windows.length > 0) {
    print();
    printWindows(view.withoutFirm.windows, `against ${view.benchmarkSymbol} without the firm`);
  }
  print();
  printTable(view.sensitivity, [
    { title: 'sensitivity', of: (row) => row.model },
    ...(view.sensitivity.some(({ benchmark }) => benchmark !== null && benchmark !== view.benchmarkSymbol) ? [{ title: 'benchmark', of: (row: ReactionView['sensitivity'][number]) => row.benchmark ?? '–' }] : []),
    { title: 'estimation', of: (row) => row.estimation },
    { title: 'window', of: (row) => row.window },
    { title: 'CAR', of: (row) => (row.refused === null ? percent(row.car) : row.refused), right: true },
    { title: 't', of: (row) => row.t?.toFixed(2) ?? '–', right: true },
    { title: 'p', of: (row) => row.p?.toFixed(4) ?? '–', right: true },
  ]);
  showVolume(view);
  if (view.confounders.length > 0) {
    print();
    printTable(view.confounders, [
      { title: 'beside it', of: (row) => row.dates.join(', ') },
      { title: 'day', of: (row) => row.days.join(', '), right: true },
      { title: 'what', of: (row) => `${row.label}${row.counts ? '' : ' (trusted too little to count)'}` },
    ]);
  }
  print();
  for (const sentence of view.assumptions) print(`- ${sentence}`);
  for (const { test, reason } of view.refusals) print(`- Not shown: ${test}: ${reason}.`);
  print(`result ${view.result}`);
  print(`again with: tracker study --again ${view.again}`);
}

function showVolume({ volume }: ReactionView): void {
  if (volume.measure === null) return;
  print();
  printTable(volume.days, [
    { title: 'volume', of: (day) => day.date },
    { title: 'day', of: (day) => String(day.relative), right: true },
    { title: 'shares', of: (day) => day.volume?.toLocaleString('en') ?? '–', right: true },
    { title: 'times the usual', of: (day) => day.times?.toFixed(2) ?? '–', right: true },
    { title: 'quantile p', of: (day) => day.quantileP?.toFixed(4) ?? '–', right: true },
  ]);
}

function printWindows(windows: readonly StudyWindow[], title: string): void {
  printTable(windows, [
    { title, of: (row) => `${row.from}:${row.to}${row.headline ? ' (headline)' : ''}` },
    { title: 'CAR', of: (row) => (row.refused === null ? percent(row.car) : row.refused), right: true },
    { title: '95 %', of: (row) => (row.lo === null ? '–' : `${percent(row.lo)} … ${percent(row.hi)}`), right: true },
    { title: 't', of: (row) => row.t?.toFixed(2) ?? '–', right: true },
    { title: 'df', of: (row) => String(row.df ?? '–'), right: true },
    { title: 'p', of: (row) => row.p?.toFixed(4) ?? '–', right: true },
    ...(windows.length > 1 ? [{ title: 'Holm', of: (row: StudyWindow) => row.pHolm?.toFixed(4) ?? '–', right: true }] : []),
    { title: 'quantile p', of: (row) => row.quantileP?.toFixed(4) ?? '–', right: true },
    ...(windows.some(({ placeboFirms }) => placeboFirms !== null) ? [{ title: 'placebo p', of: (row: StudyWindow) => row.placeboP?.toFixed(4) ?? (row.placeboReason === null ? '–' : `${row.placeboFirms} firms`), right: true }] : []),
    { title: 'detectable', of: (row) => percent(row.leastDetectable), right: true },
    { title: 'raw', of: (row) => percent(row.raw), right: true },
    { title: 'less benchmark', of: (row) => percent(row.marketAdjusted), right: true },
  ]);
}

const COLUMNS = ['event_id', 'instrument_id', 'relative_day', 'date', 'ret', 'expected', 'ar', 'ar_var', 'sar', 'model', 'benchmark', 'estimation_from', 'estimation_to', 't', 'k', 'outcome'] as const;

/** The columns of an export of abnormal returns. */
function printCsv(view: ReactionView): void {
  print(COLUMNS.join(','));
  for (const row of csvRows(view)) print(row.join(','));
}

function csvRows(view: ReactionView): (string | number)[][] {
  return view.days.map((day) => [view.announcement ?? view.title, view.instrument, day.relative, day.date, day.return ?? '', day.expected ?? '', day.ar ?? '', day.variance ?? '', day.t ?? '', view.model, view.benchmark, view.estimationFrom, view.estimationTo, view.estimationDays ?? '', view.coefficients.length, view.refused ?? (day.ar === null ? 'missing-day' : 'ok')]);
}
