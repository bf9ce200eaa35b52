/**
 * Levels: a close and the market value that the total shares known then make of it, with both on the same side of every
 * split. Prices as they were paid, prices adjusted for splits, and total-return prices are series of their own.
 */
import { bounds, compareInstants, intersect, multiply, point, type Instant, type Interval, type Quantity } from '../events/index.js';
import { compareKnown, type Row } from './ledger.js';
import { ADJUSTMENTS, barSeries, barsOf, corporateActions, latestBar, type ActionRow, type Adjustment, type BarRow } from './market-value.js';
import { readAny, readRows, type Reader } from './reader.js';

type SharesRow = Row & { value: { shares: Quantity; basis: string; filing?: string | undefined; timed: boolean } };

export interface SharesThen {
  /** As counted: of the shares of that day. */
  count: Interval;
  row: SharesRow;
  /** Whole days between the date of the count and the moment asked about. */
  ageDays: number;
}

export interface Level {
  bar: BarRow;
  /** The close in the series asked for: as stored, divided by `splitFactor`. */
  price: number;
  /** By what splits after the session divide its price; 1 where the series is stored as it is asked for. */
  splitFactor: number;
  shares: SharesThen | null;
  /** By what splits between the count and the price multiply the count. */
  sharesFactor: number;
  /** Stored close × count × sharesFactor; null where no total is known, or the price is one that nobody paid. */
  value: Interval | null;
  /** The splits that either factor takes in. */
  splits: ActionRow[];
}

/** Which series answers: one that is stored, or prices divided by the splits that are known. */
export interface Series {
  adjustment: Adjustment;
  /** The series that is stored; another than `adjustment` where splits are applied to it. */
  stored: Adjustment;
}

/**
 * The series that an instrument has.
 * @param asked null: of those stored the first of none, split, total-return
 * @returns null where that is not stored, and cannot be made of what is
 */
export function seriesFor(reader: Reader, instrument: string, asked: Adjustment | null): Series | null {
  const stored = ADJUSTMENTS.filter((adjustment) => readAny(reader, barSeries(instrument, adjustment)));
  const [first] = stored;
  if (asked === null) return first === undefined ? null : { adjustment: first, stored: first };
  if (stored.includes(asked)) return { adjustment: asked, stored: asked };
  return asked === 'split' && stored.includes('none') ? { adjustment: 'split', stored: 'none' } : null;
}

interface Split {
  row: ActionRow;
  factor: number;
}

function splitsOf(reader: Reader, instrument: string): Split[] {
  return corporateActions(reader, instrument).flatMap((row) => (row.value.action === 'split' && row.value.ratio ? [{ row, factor: row.value.ratio.new / row.value.ratio.old }] : []));
}

/** Splits that take effect after one moment, and by another (null: whenever). */
function between(splits: readonly Split[], after: Instant, upTo: Instant | null): Split[] {
  return splits.filter(({ row }) => compareInstants(row.at, after) > 0 && (upTo === null || compareInstants(row.at, upTo) <= 0));
}

const product = (splits: readonly Split[]): number => splits.reduce((factor, split) => factor * split.factor, 1);

/** What the levels of an instrument are made with, beside its closes. */
export interface LevelSetting {
  counts: SharesRow[];
  splits: Split[];
  series: Series;
  /** Splits that take effect later are not applied to prices. */
  asOf: Instant | null;
}

export function levelSetting(reader: Reader, instrument: string, series: Series, asOf: Instant | null): LevelSetting {
  return { counts: shareCounts(reader, instrument), splits: splitsOf(reader, instrument), series, asOf };
}

/**
 * The closes of an instrument on the valid axis, from (exclusive) to (inclusive), each with the shares of its time.
 * @param series as seriesFor gives it; unstated: what is stored, as it was paid if there is that
 */
export function levels(reader: Reader, instrument: string, range: { after?: Instant; upTo?: Instant }, series = seriesFor(reader, instrument, null), asOf: Instant | null = range.upTo ?? null): Level[] {
  if (!series) return [];
  const setting = levelSetting(reader, instrument, series, asOf);
  return barsOf(reader, instrument, series.stored, range).map((bar) => levelOf(bar, setting));
}

/** The last close at or before `asOf`, or null when nothing was measured. */
export function levelAt(reader: Reader, instrument: string, asOf: Instant | null, series = seriesFor(reader, instrument, null), adjustedTo: Instant | null = asOf): Level | null {
  const bar = series && latestBar(reader, instrument, series.stored, asOf);
  return bar && levelOf(bar, levelSetting(reader, instrument, series, adjustedTo));
}

/** The total share count in force at a moment, as far as the reader can know. */
export function sharesAt(reader: Reader, instrument: string, moment: Instant): SharesThen | null {
  return sharesOf(shareCounts(reader, instrument), moment);
}

export function levelOf(bar: BarRow, { counts, splits, series, asOf }: LevelSetting): Level {
  const shares = sharesOf(counts, bar.at);
  const later = series.adjustment === 'split' && series.stored === 'none' ? between(splits, bar.at, asOf) : [];
  // Stored as adjusted: the vendor has divided by every split there was, so the count is of shares of after them all.
  const counted = shares ? between(splits, shares.row.at, series.stored === 'split' ? null : bar.at) : [];
  const splitFactor = product(later);
  const sharesFactor = product(counted);
  const paid = series.stored !== 'total-return';
  return {
    bar,
    price: bar.value.close / splitFactor,
    splitFactor,
    shares,
    sharesFactor,
    value: shares && paid ? multiply(point(bar.value.close * sharesFactor), shares.count) : null,
    splits: [...new Set([...later, ...counted])].map(({ row }) => row),
  };
}

/** Totals alone; float, diluted and averages are other things. Two reports of one filing are one claim: the narrower stands. */
function shareCounts(reader: Reader, instrument: string): SharesRow[] {
  const totals = (readRows(reader, `shares:${instrument}`) as SharesRow[]).filter((row) => row.value.basis === 'total');
  return totals.filter((row) => !totals.some((other) => other !== row && standsFor(other, row)));
}

function standsFor(other: SharesRow, row: SharesRow): boolean {
  if (other.value.filing === undefined || other.value.filing !== row.value.filing) return false;
  const sameTime = !row.value.timed || !other.value.timed || compareInstants(other.at, row.at) === 0;
  if (!sameTime || !intersect(bounds(other.value.shares), bounds(row.value.shares))) return false;
  if (other.value.timed !== row.value.timed) return other.value.timed;
  const [a, b] = [width(bounds(other.value.shares)), width(bounds(row.value.shares))];
  // Equal reports: the one known first stands, so that the choice does not hang on the order of arrival.
  return a < b || (a === b && compareKnown(other, row) < 0);
}

function sharesOf(counts: readonly SharesRow[], moment: Instant): SharesThen | null {
  let found: SharesRow | null = null;
  for (const row of counts) if (compareInstants(row.at, moment) <= 0 && compareInstants(row.until, moment) > 0) found = row;
  return found && { count: bounds(found.value.shares), row: found, ageDays: Math.floor((moment.ms - found.at.ms) / 86_400_000) };
}

function width(x: Interval): number {
  return x.lo === null || x.hi === null ? Infinity : x.hi - x.lo;
}
