/**
 * Bars into the store. What is there already is compared and not written again; a bar that the same document now gives
 * otherwise is told, or stored as a correction, never edited. Each instrument's bars are appended in the order of the file.
 */
import type { Adjustment } from '../../projections/index.js';
import { barEventIds } from '../ids.js';
import { appendOnce } from '../store/append-once.js';
import type { Json, JsonObject, NewEvent } from '../store/port.js';
import type { BarColumns } from './bars.js';
import type { Fault } from './csv.js';
import { correctionOf, eventOf, sourceOf, type Origin } from './events.js';
import { standingOf, type Stands } from './standing.js';
import type { Target } from './target.js';

export interface StoreSettings extends Origin {
  adjustment: Adjustment;
}

/** What is to be done with the bars of one instrument. */
export interface BarPlan {
  bars: BarColumns;
  streamId: string;
  /** Bars that are not in the store, by place. */
  fresh: number[];
  known: number;
  changed: Changed[];
  /** Sessions that another document has in the same adjustment too, and how many of those otherwise. */
  twice: { sessions: number; otherwise: number };
  /** The stream's last revision when it was compared; -1 where there was none. */
  last: number;
}

interface Changed extends Stands {
  /** Place of the bar. */
  index: number;
  /** `close 254 is stored, the file has 255`. */
  difference: string;
}

const SHOWN = ['close', 'open', 'high', 'low', 'volume', 'currency'] as const;

/** Compares the bars of one instrument with what its stream holds. */
export async function planBars({ store, prefix }: Target, bars: BarColumns, settings: StoreSettings): Promise<BarPlan> {
  const streamId = `${prefix}instrument-${bars.instrument}`;
  const plan: BarPlan = { bars, streamId, fresh: [], known: 0, changed: [], twice: { sessions: 0, otherwise: 0 }, last: -1 };
  const { found, last } = await standingOf(store, streamId, 'BarClosed');
  plan.last = last;
  // By what it is of, not by its id: a seed's bars have ids of another kind.
  const own = new Map<string, Stands>();
  const others: Stands[] = [];
  for (const stands of found.values()) {
    if (stands.latest.data['adjustment'] !== settings.adjustment) continue;
    if (stands.document === settings.document) own.set(dateOf(stands), stands);
    else others.push(stands);
  }
  for (let index = 0; index < bars.dates.length; index += 1) {
    const there = own.get(bars.dates[index] as string);
    if (!there) {
      plan.fresh.push(index);
      continue;
    }
    const given = dataOf(bars, index, settings);
    const field = SHOWN.find((name) => given[name] !== there.latest.data[name]);
    if (field === undefined) plan.known += 1;
    else plan.changed.push({ ...there, index, difference: `${field} ${told(there.latest.data[field])} is stored, the file has ${told(given[field])}` });
  }
  if (others.length > 0) countTwice(plan, others, settings);
  return plan;
}

function dateOf({ latest }: Stands): string {
  return (latest.data['session'] as { date?: string } | undefined)?.date ?? (latest.data['date'] as string | undefined) ?? '';
}

function countTwice(plan: BarPlan, others: readonly Stands[], settings: StoreSettings): void {
  const places = new Map(plan.bars.dates.map((date, index) => [date, index]));
  for (const stands of others) {
    const index = places.get(dateOf(stands));
    if (index === undefined) continue;
    plan.twice.sessions += 1;
    const given = dataOf(plan.bars, index, settings);
    if (SHOWN.some((name) => given[name] !== undefined && stands.latest.data[name] !== undefined && given[name] !== stands.latest.data[name])) plan.twice.otherwise += 1;
  }
}

function told(value: Json | undefined): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}

/** What a plan would correct, as faults of the file. */
export function changesOf({ bars, changed }: BarPlan): Fault[] {
  return changed.map(({ index, difference }) => ({ line: bars.lines[index] ?? 0, reason: `${bars.symbol} on ${bars.dates[index] ?? ''}: ${difference}` }));
}

/**
 * Makes the first event of a plan, so that what is wrong with all of them (an address, a document's name) is told before
 * anything is stored.
 * @throws InvalidEventInputError
 */
export function probe(target: Target, plan: BarPlan, settings: StoreSettings): void {
  const [first] = plan.fresh;
  if (first !== undefined) barOf(target, plan, first, settings, idsOf(plan, settings));
  if (plan.changed[0]) correctedBar(target, plan, plan.changed[0], settings);
}

/** In pieces: many bars held at once cost more in collecting garbage than a few appends. */
const PIECE = 500;

/**
 * Appends what a plan has to store.
 * @param correct whether what changed is stored as a correction; else it is left
 * @param stop asked between two pieces; what is stored by then stays
 * @throws what appendOnce throws
 */
export async function writeBars(target: Target, plan: BarPlan, settings: StoreSettings, { correct, stop, progress }: { correct: boolean; stop: () => boolean; progress: (events: number) => void }): Promise<{ stored: number; corrected: number }> {
  const idOf = idsOf(plan, settings);
  const done = { stored: 0, corrected: 0 };
  let absentUpTo = plan.last;
  const append = async (kind: 'stored' | 'corrected', events: NewEvent[]): Promise<void> => {
    const { appended, lastRevision } = await appendOnce(target.store, plan.streamId, events, { absentUpTo });
    // Where all were known, another import is at the same file: it is looked at from where this one last looked.
    if (appended === events.length) absentUpTo = lastRevision;
    done[kind] += appended;
    progress(events.length);
  };
  for (let from = 0; from < plan.fresh.length && !stop(); from += PIECE) {
    await append('stored', plan.fresh.slice(from, from + PIECE).map((index) => barOf(target, plan, index, settings, idOf)));
  }
  for (let from = 0; correct && from < plan.changed.length && !stop(); from += PIECE) {
    await append('corrected', plan.changed.slice(from, from + PIECE).map((changed) => correctedBar(target, plan, changed, settings)));
  }
  return done;
}

function dataOf(bars: BarColumns, index: number, { adjustment }: StoreSettings): JsonObject {
  const { instrument, currency, dates } = bars;
  const [open, high, low, close, volume] = [bars.open[index], bars.high[index], bars.low[index], bars.close[index], bars.volume[index]] as [number, number, number, number, number];
  const session = { date: dates[index] ?? '', calendar: 'US', kind: 'regular' };
  // Most bars are whole: one literal is much quicker to make than fields added one by one.
  if (currency !== undefined && !Number.isNaN(open + high + low + volume)) return { instrument, open, high, low, close, volume, session, currency, adjustment };
  const optional = { open, high, low, volume };
  const present = (['open', 'high', 'low', 'volume'] as const).filter((field) => !Number.isNaN(optional[field])).map((field): [string, number] => [field, optional[field]]);
  return { instrument, ...Object.fromEntries(present), close, session, ...(currency === undefined ? {} : { currency }), adjustment };
}

function idsOf({ bars }: BarPlan, { document, adjustment }: StoreSettings): (date: string) => string {
  return barEventIds(document, bars.instrument, adjustment);
}

function locatorOf({ symbol, dates }: BarColumns, index: number): string {
  return `${symbol} ${dates[index] ?? ''}`;
}

function barOf(target: Target, { bars }: BarPlan, index: number, settings: StoreSettings, idOf: (date: string) => string): NewEvent {
  return eventOf(target, { id: idOf(bars.dates[index] as string), type: 'BarClosed', data: dataOf(bars, index, settings), metadata: sourceOf(settings, locatorOf(bars, index)) });
}

function correctedBar(target: Target, { bars, streamId }: BarPlan, { index, ...stands }: Changed, settings: StoreSettings): NewEvent {
  return correctionOf(target, settings, { streamId, stands, type: 'BarClosed', schemaVersion: 2, data: dataOf(bars, index, settings), date: bars.dates[index] as string, locator: locatorOf(bars, index), what: 'this bar' });
}
