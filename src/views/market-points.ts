/** Measured closes of an instrument with what is derived from them, as a market-value answer shows them. */
import { CalendarRangeError, compareInstants, formatInstant, isPoint, previousSession, subtract, type CalendarId, type Instant, type Interval } from '../../events/index.js';
import { ADJUSTMENTS, eventLink, latestBar, levelAt, levels, seriesFor, type Adjustment, type Instrument, type Level, type Reader, type Registered, type Series } from '../../projections/index.js';
import { ViewError } from './context.js';
import { evidence } from './evidence.js';
import type { Point } from './market-schema.js';

export interface Measured {
  listing: Registered<Instrument>;
  series: Series | null;
  /** Every series that is stored. */
  kinds: Adjustment[];
  level: Level | null;
  levels: Level[];
  /** The session before the first of them, where it is stored. */
  before: Level | null;
}

export interface Range {
  asOf: Instant | null;
  after: Instant | null;
  until: Instant | null;
}

/** @throws ViewError bad-parameter for a series that is neither stored nor can be made of what is */
export function measuredOf(market: Reader, listing: Registered<Instrument>, asked: Adjustment | null, { asOf, after, until }: Range): Measured {
  const { instrument, calendar } = listing.value;
  const kinds = ADJUSTMENTS.filter((adjustment) => latestBar(market, instrument, adjustment, null) !== null);
  const series = seriesFor(market, instrument, asked);
  if (!series && asked !== null && kinds.length > 0) throw new ViewError('bad-parameter', 400, `adjustment: ${instrument} has no prices of the series ${asked}; there is ${kinds.join(', ')}`);
  const upTo = asOf && until && compareInstants(until, asOf) < 0 ? until : asOf;
  const all = asOf && upTo && series ? levels(market, instrument, { ...(after ? { after } : {}), upTo }, series, asOf) : [];
  const level = asOf ? levelAt(market, instrument, asOf, series, asOf) : null;
  const first = all[0] ?? level;
  const close = first && previousClose(calendar, first.bar.value.date);
  const before = close && series ? levelAt(market, instrument, close, series, asOf) : null;
  return { listing, series, kinds, level, levels: all, before: before && close && compareInstants(before.bar.at, close) === 0 ? before : null };
}

/** The close of the session before; null beyond the calendar. */
function previousClose(calendar: CalendarId, date: string): Instant | null {
  try {
    return previousSession(calendar, date).close;
  } catch (error) {
    if (error instanceof CalendarRangeError) return null;
    throw error;
  }
}

/** @param relative the index of a price, where the answer has a base */
export function pointViews(measured: Measured, relative: (price: number) => number | null): Point[] {
  const { calendar } = measured.listing.value;
  let before = measured.before;
  return measured.levels.map((level) => {
    const point = pointFields(level, neighbour(calendar, before, level), relative);
    before = level;
    return point;
  });
}

/** The last close alone: its session before may lie outside of the range that was asked for. */
export function levelView(market: Reader, measured: Measured, asOf: Instant | null, relative: (price: number) => number | null): Point | null {
  const { level, series, listing } = measured;
  if (!level || !series) return null;
  const { calendar, instrument } = listing.value;
  const close = previousClose(calendar, level.bar.value.date);
  return pointFields(level, close && neighbour(calendar, levelAt(market, instrument, close, series, asOf), level), relative);
}

/** A level, if it is that of the session right before. */
function neighbour(calendar: CalendarId, before: Level | null, { bar }: Level): Level | null {
  const close = before && previousClose(calendar, bar.value.date);
  return before && close && compareInstants(before.bar.at, close) === 0 ? before : null;
}

const scaled = (x: number | undefined, factor: number): number | null => (x === undefined ? null : x * factor);
const adjusted = (x: number | undefined, { splitFactor }: Level): number | null => (x === undefined ? null : x / splitFactor);

/** What an answer says of a level by itself, one by one: the as-of join takes those that are asked for. */
export const LEVEL_FIELDS = {
  time: ({ bar }) => formatInstant(bar.at),
  date: ({ bar }) => bar.value.date,
  close: ({ bar }) => bar.value.close,
  price: ({ price }) => price,
  splitFactor: ({ splitFactor }) => splitFactor,
  open: (level) => adjusted(level.bar.value.open, level),
  high: (level) => adjusted(level.bar.value.high, level),
  low: (level) => adjusted(level.bar.value.low, level),
  volume: ({ bar, splitFactor }) => scaled(bar.value.volume, splitFactor),
  sharesLo: ({ shares }) => shares?.count.lo ?? null,
  sharesHi: ({ shares }) => shares?.count.hi ?? null,
  sharesFrom: ({ shares }) => shares && formatInstant(shares.row.at),
  sharesAgeDays: ({ shares }) => shares?.ageDays ?? null,
  sharesFactor: ({ sharesFactor }) => sharesFactor,
  marketValue: ({ value }) => (value && isPoint(value) ? value.lo : null),
  marketValueLo: ({ value }) => value?.lo ?? null,
  marketValueHi: ({ value }) => value?.hi ?? null,
  knownFrom: ({ bar }) => evidence(bar).knownFrom,
  event: ({ bar }) => eventLink(bar),
  sharesEvent: ({ shares }) => shares && eventLink(shares.row),
} satisfies { [name in keyof Point]?: (level: Level) => Point[name] };

function pointFields(level: Level, previous: Level | null, relative: (price: number) => number | null): Point {
  const own = LEVEL_FIELDS;
  const changed = valueChange(level, previous);
  return {
    time: own.time(level),
    date: own.date(level),
    close: own.close(level),
    price: own.price(level),
    splitFactor: own.splitFactor(level),
    open: own.open(level),
    high: own.high(level),
    low: own.low(level),
    volume: own.volume(level),
    previous: previous?.price ?? null,
    change: previous && level.price / previous.price - 1,
    relative: relative(level.price),
    sharesLo: own.sharesLo(level),
    sharesHi: own.sharesHi(level),
    sharesFrom: own.sharesFrom(level),
    sharesAgeDays: own.sharesAgeDays(level),
    sharesFactor: own.sharesFactor(level),
    marketValue: own.marketValue(level),
    marketValueLo: own.marketValueLo(level),
    marketValueHi: own.marketValueHi(level),
    valueChangeLo: changed?.lo ?? null,
    valueChangeHi: changed?.hi ?? null,
    knownFrom: own.knownFrom(level),
    event: own.event(level),
    sharesEvent: own.sharesEvent(level),
    previousEvent: previous && eventLink(previous.bar),
    splitEvents: level.splits.map(eventLink),
  };
}

/** Of one count the difference of the closes times it; of two counts all that their intervals leave open. */
function valueChange({ bar, value, shares, sharesFactor }: Level, previous: Level | null): Interval | null {
  if (!value || !shares || !previous?.value || !previous.shares) return null;
  if (previous.shares.row.id !== shares.row.id || previous.sharesFactor !== sharesFactor) return subtract(value, previous.value);
  const difference = (bar.value.close - previous.bar.value.close) * sharesFactor;
  const { lo, hi, loClosed, hiClosed } = shares.count;
  const [a, b] = [lo === null ? null : difference * lo, hi === null ? null : difference * hi];
  return difference < 0 ? { lo: b, hi: a, loClosed: hiClosed, hiClosed: loClosed } : { lo: a, hi: b, loClosed, hiClosed };
}
