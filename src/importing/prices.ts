/** Imports daily bars: reads the whole table, says what is wrong with it, and only then stores what is new. */
import { IANAZone } from 'luxon';
import { formatInstant, sessionOn } from '../../events/index.js';
import type { Adjustment, Reader } from '../../projections/index.js';
import { importedEventId } from '../ids.js';
import { appendOnce } from '../store/append-once.js';
import { barTable, type BarColumns } from './bars.js';
import { columnsOf } from './columns.js';
import type { Fault } from './csv.js';
import { checkOrigin, eventOf, sourceOf, type Origin } from './events.js';
import { dayReader, type BarTime } from './days.js';
import { ImportError } from './import-error.js';
import { resolver } from './instruments.js';
import { changesOf, planBars, probe, writeBars, type BarPlan } from './store-bars.js';
import { openTable } from './table.js';
import type { Target } from './target.js';

/** publishedAt is of corrections: a bar is known from its end. */
export interface PriceSettings extends Origin {
  adjustment: Adjustment;
  /** See columnsOf. */
  columns?: string | undefined;
  delimiter?: string | undefined;
  /** Of all rows. */
  symbol?: string | undefined;
  map?: ReadonlyMap<string, string>;
  exchange?: string | undefined;
  /** Symbols that nothing stands under are listed, as this. */
  register?: { kind: 'share' | 'index' | 'fund' | 'other'; currency: string | null } | null;
  barTime?: BarTime | null;
  dateFormat?: string | undefined;
  zone?: string | undefined;
  /** Good lines are stored though others are bad. */
  keepGood?: boolean;
  /** What is stored otherwise is corrected. */
  correct?: boolean;
  dryRun?: boolean;
}

export interface PriceProgress {
  step: 'reading' | 'comparing' | 'storing';
  done: number;
  /** Null: not known. */
  total: number | null;
  unit: 'bytes' | 'bars';
}

export interface PriceImport {
  file: string;
  unit: 'line' | 'row';
  bars: number;
  stored: number;
  known: number;
  corrected: number;
  /** EXCHANGE:SYMBOL → id of instruments that were listed. */
  registered: Record<string, string>;
  instruments: string[];
  from: string | null;
  to: string | null;
  bad: Fault[];
  notes: string[];
  /** Whether anything was written: not in a dry run, nor where bad lines refuse the whole. */
  written: boolean;
  /** Stopped before the end: the same command stores the rest. */
  stopped: boolean;
}

export interface PriceOptions {
  progress?: (progress: PriceProgress) => void;
  signal?: AbortSignal;
}

/** Streams that are compared or appended at once. */
const AT_ONCE = 4;

/**
 * @param registry as it stands: symbols are looked up in it
 * @param file path of CSV or Parquet, plain or gzipped; "-" reads stdin
 * @throws ImportError for what can't be read, and what appendOnce throws
 */
export async function importPrices(target: Target, registry: Reader, file: string, settings: PriceSettings, { progress = () => undefined, signal = new AbortController().signal }: PriceOptions = {}): Promise<PriceImport> {
  if (settings.zone !== undefined && !IANAZone.isValidZone(settings.zone)) throw new ImportError([`zone: expected an IANA zone such as America/New_York, got ${JSON.stringify(settings.zone)}`]);
  checkOrigin(settings);
  const { source, table } = await openTable(file, settings.delimiter);
  const places = columnsOf(table.header, settings.columns, settings.symbol !== undefined);
  const { resolve, fresh } = resolver(registry, { map: settings.map ?? new Map(), register: settings.register ?? null, exchange: settings.exchange ?? null });
  const dayOf = dayReader({ calendar: 'US', barTime: settings.barTime ?? null, format: settings.dateFormat ?? null, zone: settings.zone ?? null, now: target.now() });
  const bars = barTable({ places, symbol: settings.symbol ?? null, dayOf, resolve });
  const { faults } = table;
  let stopped = false;
  for await (const batch of table.batches) {
    bars.add(batch, faults);
    progress({ step: 'reading', done: source.parquet ? bars.count() : source.read(), total: source.parquet ? null : source.size, unit: source.parquet ? 'bars' : 'bytes' });
    if ((stopped = signal.aborted)) break;
  }
  const used = new Map([...fresh].filter(([, id]) => bars.series.has(id)));
  const dates = [...bars.series.values()].flatMap((one) => [one.dates.reduce((a, b) => (a < b ? a : b)), one.dates.reduce((a, b) => (a > b ? a : b))]).sort();
  const result: PriceImport = { file: source.name, unit: table.unit, bars: bars.count(), stored: 0, known: 0, corrected: 0, registered: Object.fromEntries(used), instruments: [...bars.series.keys()].sort(), from: dates[0] ?? null, to: dates.at(-1) ?? null, bad: faults, notes: table.notes, written: false, stopped };
  if (stopped) return result;
  if (bars.count() === 0 && faults.length === 0) throw new ImportError([`${source.name}: has a header and no bar`]);
  const plans: BarPlan[] = [];
  await together([...bars.series.values()], async (one) => {
    plans.push(await planBars(target, one, settings));
    progress({ step: 'comparing', done: plans.length, total: bars.series.size, unit: 'bars' });
  });
  for (const plan of plans) probe(target, plan, settings);
  result.known = plans.reduce((sum, plan) => sum + plan.known, 0);
  const twice = plans.reduce((sum, { twice: { sessions } }) => sum + sessions, 0);
  const otherwise = plans.reduce((sum, plan) => sum + plan.twice.otherwise, 0);
  if (twice > 0) result.notes.push(`another document has ${twice.toLocaleString('en')} of these sessions in the same adjustment, ${otherwise.toLocaleString('en')} of them with other prices: of two bars of one session the one later known counts, and of two known alike that with the greater id. --document with the name of the other one corrects its bars instead`);
  if (!settings.correct) result.bad.push(...plans.flatMap(changesOf));
  result.bad.sort((a, b) => a.line - b.line);
  if (settings.dryRun || (result.bad.length > 0 && !settings.keepGood)) {
    result.stored = plans.reduce((sum, plan) => sum + plan.fresh.length, 0);
    result.corrected = settings.correct ? plans.reduce((sum, plan) => sum + plan.changed.length, 0) : 0;
    return result;
  }
  await list(target, used, bars.series, settings);
  const total = plans.reduce((sum, plan) => sum + plan.fresh.length + (settings.correct ? plan.changed.length : 0), 0);
  let done = 0;
  result.written = true;
  await together(plans, async (plan) => {
    const { stored, corrected } = await writeBars(target, plan, settings, {
      correct: settings.correct ?? false,
      stop: () => signal.aborted,
      progress(events) {
        done += events;
        progress({ step: 'storing', done, total, unit: 'bars' });
      },
    });
    result.stored += stored;
    result.corrected += corrected;
  });
  result.stopped = done < total;
  return result;
}

/** Does the work for each, a few at once. The first failure ends it when those under way are done. */
async function together<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      await work(item).catch((error: unknown) => {
        next = items.length;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, items.length) }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/**
 * Lists the instruments that the file names and nobody listed before. Who saw the first of its bars knew that there was
 * such a share: otherwise no study of the past would find what was imported today.
 */
async function list(target: Target, fresh: ReadonlyMap<string, string>, series: ReadonlyMap<string, BarColumns>, settings: PriceSettings): Promise<void> {
  const { document, address } = settings;
  // All are made before the first is stored: what is wrong with one is told of nothing stored.
  const events = [...fresh].map(([symbol, instrument]) => {
    const { currency, dates } = series.get(instrument) as BarColumns;
    const data = { instrument, symbol, name: symbol, kind: settings.register?.kind ?? 'other', calendar: 'US', ...(currency === undefined ? {} : { currency }) };
    const close = sessionOn('US', dates.reduce((a, b) => (a < b ? a : b)))?.close;
    const known = close ? { publishedAt: { at: formatInstant(close), basis: 'estimated', reason: 'by the end of its first session in the file' } } : {};
    // That there is such a share is as sure as anything: the confidence of an import is in its prices.
    return { streamId: `${target.prefix}instrument-${instrument}`, event: eventOf(target, { id: importedEventId('listing', document, instrument), type: 'InstrumentListed', data, metadata: { occurredAt: { unknown: true }, ...known, ...sourceOf({ document, address }) } }) };
  });
  for (const { streamId, event } of events) await appendOnce(target.store, streamId, [event]);
}
