/** From stored closes to the numbers of a study: returns of a firm and its benchmark by trading day, as far as they were known. */
import { compareInstants, type Instant, type Session } from '../../events/index.js';
import { eventLink, levels, seriesFor, type Adjustment, type Level, type Reader, type Series } from '../../projections/index.js';
import { returnsOf, type Cell, type ReturnKind, type Sample } from '../study/index.js';
import { ViewError } from './context.js';
import type { Span } from './study-days.js';
import type { Factors } from './study-factors.js';

/** What a study runs on, the first that is there: dividends belong to a return, a split does not. */
const WANTED: readonly Adjustment[] = ['total-return', 'split', 'none'];

export interface Prices {
  instrument: string;
  series: Series;
  byDate: ReadonlyMap<string, Level>;
}

/** @throws ViewError not-found where no close of the instrument is known */
export function pricesOf(market: Reader, instrument: string, symbol: string, asOf: Instant | null, asked: Adjustment | null): Prices {
  const series = (asked === null ? WANTED : [asked]).map((adjustment) => seriesFor(market, instrument, adjustment)).find((found) => found !== null) ?? null;
  if (!series) throw new ViewError('not-found', 404, `${symbol} has no ${asked === null ? '' : `${asked} `}prices that are known${asOf ? ' then' : ''}: import them, or load a seed that has them`);
  const range = asOf ? { upTo: asOf } : {};
  return { instrument, series, byDate: new Map(levels(market, instrument, range, series, asOf).map((level) => [level.bar.value.date, level])) };
}

export interface Assembled {
  sample: Sample;
  /** Of the window's days: the benchmark's returns, and the riskless rate (0 without factors). */
  benchmark: Cell[];
  riskFree: Cell[];
  /** Links of the bars that the window's returns rest on. */
  events: Map<string, string[]>;
}

export interface SampleOptions {
  event: string;
  firm: Prices;
  benchmark: Prices;
  /** Regressors in place of the benchmark; the firm's returns are then those beyond the riskless rate. */
  factors?: Factors | null;
  /** The share of the benchmark that the firm is: it is taken out of it. */
  weight?: number;
  sessions: ReadonlyMap<number, Session>;
  estimation: Span;
  window: Span;
  returns: ReturnKind;
  /** Days of the estimation window that are left out. */
  without?: ReadonlySet<string>;
}

/** Missing days are null in it, and so is a return that spans more than one trading day. */
export function sampleOf({ event, firm, benchmark, factors = null, weight = 0, sessions, estimation, window, returns, without = new Set() }: SampleOptions): Assembled {
  const days = [...sessions.keys()].sort((a, b) => a - b);
  const dates = days.map((day) => sessions.get(day)?.date ?? '');
  const of = ({ byDate }: Prices): Cell[] => returnsOf(dates.map((date) => byDate.get(date)?.price ?? null), returns);
  const [raw, index] = [of(firm), of(benchmark)];
  // R_index = w·R_firm + (1 − w)·R_rest
  const market = weight === 0 ? index : index.map((value, i) => minus(value, raw[i] ?? null, weight, 1 - weight));
  const riskFree = dates.map((date): Cell => (factors ? factors.riskFree(date) : 0));
  const own = factors ? raw.map((value, i) => minus(value, riskFree[i] ?? null, 1, 1)) : raw;
  const place = new Map(days.map((day, index) => [day, index]));
  const part = ({ from, to }: Span, keep: (date: string) => boolean): { dates: string[]; returns: Cell[]; regressors: Cell[][] } => {
    const chosen = days.filter((day) => day >= from && day <= to);
    const at = chosen.map((day) => place.get(day) ?? -1);
    return { dates: at.map((i) => dates[i] ?? ''), returns: at.map((i) => (keep(dates[i] ?? '') ? (own[i] ?? null) : null)), regressors: at.map((i) => (factors ? factors.row(dates[i] ?? '') : [market[i] ?? null])) };
  };
  const inWindow = part(window, () => true);
  const links = (i: number): string[] => [firm, benchmark].flatMap((prices) => [dates[i - 1], dates[i]].flatMap((date) => (date !== undefined && prices.byDate.has(date) ? [eventLink((prices.byDate.get(date) as Level).bar)] : [])));
  const inside = days.flatMap((day, i) => (day >= window.from && day <= window.to ? [i] : []));
  return {
    benchmark: inside.map((i) => market[i] ?? null),
    riskFree: inside.map((i) => riskFree[i] ?? null),
    sample: { event, firm: firm.instrument, estimation: part(estimation, (date) => !without.has(date)), window: { ...inWindow, relative: days.filter((day) => day >= window.from && day <= window.to) } },
    events: new Map(days.filter((day) => day >= window.from && day <= window.to).map((day) => [sessions.get(day)?.date ?? '', links(place.get(day) ?? -1)])),
  };
}

/** (a − share·b) / rest; null where one is missing. */
function minus(a: Cell, b: Cell, share: number, rest: number): Cell {
  return a === null || b === null ? null : (a - share * b) / rest;
}

/** The last moment for which both have a close. */
export function lastCommon(a: Prices, b: Prices): Instant | null {
  let last: Instant | null = null;
  for (const [date, level] of a.byDate) if (b.byDate.has(date) && (last === null || compareInstants(level.bar.at, last) > 0)) last = level.bar.at;
  return last;
}
