/** `tracker import`: daily bars from CSV or Parquet, and factors, into the store. */
import path from 'node:path';
import { slug } from '../../../events/index.js';
import type { Adjustment } from '../../../projections/index.js';
import type { BarTime } from '../../importing/days.js';
import type { Fault } from '../../importing/csv.js';
import { importFactors } from '../../importing/factors.js';
import { importPrices, type PriceImport } from '../../importing/prices.js';
import { RefusedError, UsageError } from '../failure.js';
import { counted, print, printJson, progressLine, showSteps } from '../output.js';
import { stopOnInterrupt } from '../stop.js';
import type { GlobalOptions } from '../view-options.js';
import { note, withRegistry } from '../with-tracker.js';

interface ImportOptions extends GlobalOptions {
  document?: string;
  address?: string;
  confidence?: string;
  delimiter?: string;
  publishedAt?: string;
  keepGood?: boolean;
  correct?: boolean;
  dryRun?: boolean;
  show?: string;
}

interface PriceOptions extends ImportOptions {
  adjustment?: Adjustment;
  columns?: string;
  symbol?: string;
  map?: string[];
  exchange?: string;
  register?: 'share' | 'index' | 'fund' | 'other';
  currency?: string;
  barTime?: BarTime;
  dateFormat?: string;
  zone?: string;
}

export async function prices(file: string, options: PriceOptions): Promise<void> {
  const { adjustment } = options;
  if (adjustment === undefined) throw new UsageError('--adjustment: are the prices as they were paid (none), adjusted for splits (split), or total return (total-return)? A file does not say, and the three are never mixed');
  if (options.register !== undefined && options.register !== 'index' && options.currency === undefined) throw new UsageError('--register needs --currency, such as USD, for anything but an index');
  const { symbol, columns, delimiter, exchange, barTime, dateFormat, zone, keepGood, correct, dryRun, publishedAt, address } = options;
  const line = progressLine();
  const signal = stopOnInterrupt();
  const result = await withRegistry(options, (target, listed) =>
    importPrices(
      target,
      listed,
      file,
      {
        ...{ adjustment, symbol, columns, delimiter, exchange, dateFormat, zone, publishedAt, address },
        document: documentOf(file, options),
        barTime: barTime ?? null,
        map: mapOf(options.map ?? []),
        register: options.register === undefined ? null : { kind: options.register, currency: options.currency ?? null },
        keepGood: keepGood ?? false,
        correct: correct ?? false,
        dryRun: dryRun ?? false,
        ...confidenceOf(options),
      },
      { signal, progress: showSteps(line.show) },
    ).finally(line.done),
  );
  tell(result, options);
}

export async function factors(file: string, options: ImportOptions & { set?: string }): Promise<void> {
  const { set, address, publishedAt, keepGood, correct, dryRun } = options;
  if (set === undefined || !slug.safeParse(set).success) throw new UsageError(`--set: expected a name for the set of factors, such as fama-french-3, got ${JSON.stringify(set ?? null)}`);
  const result = await withRegistry(options, (target) => importFactors(target, file, { set, document: documentOf(file, options), address, publishedAt, keepGood: keepGood ?? false, correct: correct ?? false, dryRun: dryRun ?? false, ...confidenceOf(options) }));
  if (options.json) printJson(result);
  else {
    tellBad(result.file, 'line', result.bad, options.show);
    for (const text of result.notes) note(`${result.file}: ${text}`);
    print(`${result.set}: ${result.factors.join(', ')}; ${counted(result.days, 'session', 'sessions')}${result.from === null ? '' : `, ${result.from} to ${result.to}`}`);
    print(`${result.stored.toLocaleString('en')} ${result.written ? 'stored' : 'to store'}, ${result.known.toLocaleString('en')} were there${result.corrected > 0 ? `, ${result.corrected} corrected` : ''}${dryRun ? ' (dry run: nothing was stored)' : ''}`);
  }
  endOf({ bad: result.bad.length, unit: 'line', written: result.written, stopped: false, dryRun: dryRun ?? false });
}

/** The short name of the source: as given, else the file's own without what follows its first dot. */
function documentOf(file: string, { document }: ImportOptions): string {
  const name = document ?? path.basename(file).replace(/\..*$/, '').trim();
  if (name !== '' && (document !== undefined || file !== '-')) return name;
  throw new UsageError('--document: what comes from stdin needs the name of its source');
}

function confidenceOf({ confidence }: ImportOptions): { confidence?: number } {
  if (confidence === undefined) return {};
  const value = Number(confidence);
  if (!(value > 0 && value <= 1)) throw new UsageError(`--confidence: expected a number above 0 and up to 1, got ${JSON.stringify(confidence)}`);
  return { confidence: value };
}

function mapOf(pairs: readonly string[]): Map<string, string> {
  return new Map(pairs.map((pair) => {
    const at = pair.lastIndexOf('=');
    if (at < 1 || at === pair.length - 1) throw new UsageError(`--map: expected SYMBOL=ID, such as AMZN=amazon-common, got ${JSON.stringify(pair)}`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  }));
}

/** @throws RefusedError where lines were bad, or the import was stopped */
function tell(result: PriceImport, options: PriceOptions): void {
  const { bars, stored, known, corrected, registered, instruments, from, to, bad, written, stopped } = result;
  if (options.json) printJson(result);
  else {
    tellBad(result.file, result.unit, bad, options.show);
    for (const text of result.notes) note(`${result.file}: ${text}`);
    print(`${counted(bars, 'bar', 'bars')} of ${counted(instruments.length, 'instrument', 'instruments')}${from === null ? '' : `, ${from} to ${to}`}`);
    const news = [...(corrected > 0 ? [`${corrected.toLocaleString('en')} corrected`] : []), ...(Object.keys(registered).length > 0 ? [`listed: ${listing(Object.entries(registered))}`] : [])];
    print(`${stored.toLocaleString('en')} ${written ? 'stored' : 'to store'}, ${known.toLocaleString('en')} were there${news.map((text) => `, ${text}`).join('')}${options.dryRun ? ' (dry run: nothing was stored)' : ''}`);
  }
  endOf({ bad: bad.length, unit: result.unit, written, stopped, dryRun: options.dryRun ?? false });
}

function listing(registered: readonly [string, string][]): string {
  const shown = registered.slice(0, 10).map(([symbol, id]) => `${symbol} as ${id}`).join(', ');
  return registered.length > 10 ? `${shown} and ${counted(registered.length - 10, 'other', 'others')}` : shown;
}

const SHOWN = 100;

/** The bad lines on stderr, each with its number and reason. */
function tellBad(file: string, unit: string, bad: readonly Fault[], show: string | undefined): void {
  const most = show === 'all' ? Infinity : show === undefined ? SHOWN : Number(show);
  if (Number.isNaN(most)) throw new UsageError(`--show: expected a number or all, got ${JSON.stringify(show)}`);
  for (const { line, reason } of bad.slice(0, most)) note(`${file}: ${unit} ${line}: ${reason}`);
  if (bad.length > most) note(`… and ${(bad.length - most).toLocaleString('en')} more: --show all shows them, and --json has them`);
}

function endOf({ bad, unit, written, stopped, dryRun }: { bad: number; unit: string; written: boolean; stopped: boolean; dryRun: boolean }): void {
  if (stopped) throw new RefusedError(written ? 'stopped: the same command stores the rest' : 'stopped: nothing was stored');
  if (bad === 0) return;
  const lines = counted(bad, `bad ${unit}`, `bad ${unit}s`);
  if (dryRun) throw new RefusedError(`${lines}: without --keep-good nothing would be stored`);
  throw new RefusedError(written ? `${lines}: not stored` : `${lines}: nothing was stored; mend them, or use --keep-good to store the others`);
}
