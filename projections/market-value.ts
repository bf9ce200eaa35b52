/**
 * Market value over time. Measured (closes), derived (close × total shares known then) and claimed (what sources print)
 * stay apart. Nothing is computed when an event arrives; all of it is computed from the rows visible to the asker.
 */
import { bounds, compareInstants, intersect, multiply, point, type DataOf, type Instant, type Interval, type Metadata, type Quantity, type TimeRef } from '../events/index.js';
import { compareKnown, type Row } from './ledger.js';
import { defineProjection } from './projection.js';
import { readLatest, readRows, type Reader } from './reader.js';

type Bar = DataOf<'BarClosed'>;
type Shares = DataOf<'SharesOutstandingReported'>;

/** What sources print of prices and values. `from`, `base` and `session` are absent where the kind has none. */
export interface Claim {
  kind: 'price' | 'move' | 'value' | 'value-change';
  quantity: Quantity;
  measure: 'price' | 'market-value';
  price?: Quantity | undefined;
  from?: TimeRef | undefined;
  to: TimeRef;
  base?: string | undefined;
  session: string;
  announcement: string | null;
  source: { document: string; locator?: string | undefined; address?: string | undefined };
  confidence: number;
  note?: string | undefined;
  /** Id of the report that it repeats: a repetition is no second witness. */
  repeats?: string | undefined;
}

export const marketValue = defineProjection('market-value', 2, (type, data: unknown, { metadata }) => {
  switch (type) {
    case 'BarClosed': {
      return { series: barSeries((data as Bar).instrument), value: bareBar(data as Bar) };
    }
    case 'SharesOutstandingReported': {
      const d = data as Shares;
      return { series: `shares:${d.instrument}`, value: { shares: d.shares, basis: d.basis, filing: d.filing, timed: !('unknown' in metadata.occurredAt) } };
    }
    case 'PriceObserved': {
      const d = data as DataOf<'PriceObserved'>;
      return claimed(d, metadata, { kind: 'price', quantity: d.price, measure: 'price', session: d.session, note: d.note });
    }
    case 'MarketMoveReported': {
      const d = data as DataOf<'MarketMoveReported'>;
      return claimed(d, metadata, { kind: 'move', quantity: d.change, measure: d.measure, price: d.price, from: d.from, base: d.base, session: d.session, note: d.note });
    }
    case 'MarketValueReported': {
      const d = data as DataOf<'MarketValueReported'>;
      return claimed(d, metadata, { kind: 'value', quantity: d.value, measure: 'market-value', price: d.price, session: d.session, note: d.note });
    }
    case 'MarketValueChangeReported': {
      const d = data as DataOf<'MarketValueChangeReported'>;
      return claimed(d, metadata, { kind: 'value-change', quantity: d.change, measure: 'market-value', from: d.from, base: d.base, session: d.session, note: d.note });
    }
    default:
      return scheduled(type, data, metadata);
  }
});

/** What can contaminate a window: results, an ex-date, news of the day. */
export interface Scheduled {
  label: string;
  session: string;
  when: TimeRef;
  source: Claim['source'];
  confidence: number;
}

/** By its name, so that a log written by a newer program is read as far as it is understood. */
function scheduled(type: string, data: unknown, { occurredAt, source, confidence }: Metadata): { series: string; value: Scheduled } | null {
  if (type !== 'ScheduledEventRecorded') return null;
  const { instrument, entity, label, kind, session } = data as Record<'instrument' | 'entity' | 'label' | 'kind' | 'session', string | undefined>;
  return { series: `scheduled:${instrument === undefined ? `entity-${entity}` : `instrument-${instrument}`}`, value: { label: label ?? kind ?? type, session: session ?? 'unknown', when: occurredAt, source, confidence } };
}

/** What a row keeps of a bar. */
export interface BareBar extends Pick<Bar, 'open' | 'high' | 'low' | 'close' | 'volume' | 'currency' | 'adjustment'> {
  date: string;
}

function bareBar({ session, open, high, low, close, volume, currency, adjustment }: Bar): BareBar {
  return { date: shared(session.date), open, high, low, close, volume, currency: currency === undefined ? undefined : shared(currency), adjustment: shared(adjustment) };
}

const barSeriesNames = new Map<string, string>();

function barSeries(instrument: string): string {
  let name = barSeriesNames.get(instrument);
  if (name === undefined) barSeriesNames.set(instrument, (name = `bar:${instrument}`));
  return name;
}

const sharedTexts = new Map<string, string>();

/** One copy of a text that recurs: decoding makes a new one for each event, and a million rows would keep them all. */
function shared<T extends string>(text: T): T {
  const known = sharedTexts.get(text);
  if (known !== undefined) return known as T;
  sharedTexts.set(text, text);
  return text;
}

function claimed(subject: { instrument?: string | undefined; entity?: string | undefined }, metadata: Metadata, rest: Pick<Claim, 'kind' | 'quantity' | 'measure' | 'session'> & Partial<Claim>): { series: string; value: Claim } {
  return {
    series: `claim:${subject.instrument === undefined ? `entity-${subject.entity}` : `instrument-${subject.instrument}`}`,
    value: { ...rest, to: metadata.occurredAt, announcement: metadata.$correlationId ?? null, source: metadata.source, confidence: metadata.confidence, repeats: metadata.repeats?.id },
  };
}

type SharesRow = Row & { value: { shares: Quantity; basis: string; filing?: string | undefined; timed: boolean } };
export type BarRow = Row & { value: BareBar };
export type ClaimRow = Row & { value: Claim };

export interface SharesThen {
  count: Interval;
  row: SharesRow;
  /** Whole days between the date of the count and the moment asked about. */
  ageDays: number;
}

export interface Level {
  bar: BarRow;
  shares: SharesThen | null;
  /** Price × total shares; null where no total is known. */
  value: Interval | null;
}

/** The closes of an instrument on the valid axis, from (exclusive) to (inclusive), each with the shares of its time. */
export function levels(reader: Reader, instrument: string, range: { after?: Instant; upTo?: Instant }): Level[] {
  const counts = shareCounts(reader, instrument);
  const bars = readRows(reader, `bar:${instrument}`, range) as BarRow[];
  // Two sources may give one session: the later known stands, as in levelAt, and then the greater id.
  return bars.filter((bar, i) => bars[i + 1] === undefined || compareInstants(bar.at, (bars[i + 1] as BarRow).at) !== 0).map((bar) => levelOf(bar, counts));
}

/** The last close at or before `asOf`, or null when nothing was measured. */
export function levelAt(reader: Reader, instrument: string, asOf: Instant | null): Level | null {
  const bar = readLatest<BarRow['value']>(reader, `bar:${instrument}`, asOf);
  return bar && levelOf(bar, shareCounts(reader, instrument));
}

/** The total share count in force at a moment, as far as the reader can know. */
export function sharesAt(reader: Reader, instrument: string, moment: Instant): SharesThen | null {
  return sharesOf(shareCounts(reader, instrument), moment);
}

/** What sources print of an instrument (`instrument-…`) or entity (`entity-…`), in the order it was true. */
export function claims(reader: Reader, subject: string): ClaimRow[] {
  return readRows(reader, `claim:${subject}`);
}

/** What was scheduled for an instrument (`instrument-…`) or entity (`entity-…`), in valid order. */
export function scheduledEvents(reader: Reader, subject: string): (Row & { value: Scheduled })[] {
  return readRows(reader, `scheduled:${subject}`);
}

function levelOf(bar: BarRow, counts: readonly SharesRow[]): Level {
  const shares = sharesOf(counts, bar.at);
  return { bar, shares, value: shares && multiply(point(bar.value.close), shares.count) };
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
