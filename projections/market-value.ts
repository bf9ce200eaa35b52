/**
 * Market value over time. Measured (closes), derived (close × total shares known then) and claimed (what sources print)
 * stay apart. Nothing is computed when an event arrives; all of it is computed from the rows visible to the asker:
 * levels.ts.
 */
import { compareInstants, type DataOf, type Instant, type Metadata, type Quantity, type TimeRef } from '../events/index.js';
import type { Row } from './ledger.js';
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

export const marketValue = defineProjection('market-value', 3, (type, data: unknown, { metadata }) => {
  switch (type) {
    case 'BarClosed': {
      return { series: barSeries((data as Bar).instrument, (data as Bar).adjustment), value: bareBar(data as Bar) };
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
    case 'CorporateActionTaken': {
      const d = data as DataOf<'CorporateActionTaken'>;
      return { series: `action:${d.instrument}`, value: { action: d.action, ratio: d.ratio, amount: d.amount, note: d.note, when: metadata.occurredAt, source: metadata.source, confidence: metadata.confidence } satisfies Action };
    }
    default:
      return scheduled(type, data, metadata);
  }
}, 3);

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

/** What a company did to its shares. */
export interface Action {
  action: DataOf<'CorporateActionTaken'>['action'];
  ratio?: { new: number; old: number } | undefined;
  amount?: Quantity | undefined;
  note?: string | undefined;
  when: TimeRef;
  source: Claim['source'];
  confidence: number;
}

/** What a row keeps of a bar. */
export interface BareBar extends Pick<Bar, 'open' | 'high' | 'low' | 'close' | 'volume' | 'currency' | 'adjustment'> {
  date: string;
}

function bareBar({ session, open, high, low, close, volume, currency, adjustment }: Bar): BareBar {
  return { date: sharedDate(session.date), open, high, low, close, volume, currency: currency === undefined ? undefined : sharedCurrency(currency), adjustment: sharedAdjustment(adjustment) };
}

/** What prices were adjusted for; the order in which a series is taken where none is asked for: market value wants prices as they were paid. */
export const ADJUSTMENTS = ['none', 'split', 'total-return'] as const;
export type Adjustment = (typeof ADJUSTMENTS)[number];

const barSeriesNames = { none: new Map<string, string>(), split: new Map<string, string>(), 'total-return': new Map<string, string>() };

/** A series for each adjustment: prices of two kinds are never in one. */
export function barSeries(instrument: string, adjustment: Adjustment): string {
  const names = barSeriesNames[adjustment];
  let name = names.get(instrument);
  if (name === undefined) names.set(instrument, (name = `bar:${instrument}:${adjustment}`));
  return name;
}

const [sharedDate, sharedCurrency, sharedAdjustment] = [sharer(), sharer<string>(), sharer<Adjustment>()];

/** One copy of a text that recurs: decoding makes a new one for each event, and a million rows would keep them all. Mostly it is the one before. */
function sharer<T extends string>(): (text: T) => T {
  const copies = new Map<T, T>();
  let last: T | undefined;
  return (text) => {
    if (text === last) return last;
    last = copies.get(text);
    if (last === undefined) copies.set(text, (last = text));
    return last;
  };
}

function claimed(subject: { instrument?: string | undefined; entity?: string | undefined }, metadata: Metadata, rest: Pick<Claim, 'kind' | 'quantity' | 'measure' | 'session'> & Partial<Claim>): { series: string; value: Claim } {
  return {
    series: `claim:${subject.instrument === undefined ? `entity-${subject.entity}` : `instrument-${subject.instrument}`}`,
    value: { ...rest, to: metadata.occurredAt, announcement: metadata.$correlationId ?? null, source: metadata.source, confidence: metadata.confidence, repeats: metadata.repeats?.id },
  };
}

export type BarRow = Row & { value: BareBar };
export type ClaimRow = Row & { value: Claim };
export type ActionRow = Row & { value: Action };

/** The bars of an instrument that carry an adjustment, on the valid axis. */
export function barsOf(reader: Reader, instrument: string, adjustment: Adjustment, range: { after?: Instant; upTo?: Instant }): BarRow[] {
  const bars = readRows(reader, barSeries(instrument, adjustment), range) as BarRow[];
  // Two sources may give one session: the later known stands, as in latestBar, and then the greater id.
  return bars.filter((bar, i) => bars[i + 1] === undefined || compareInstants(bar.at, (bars[i + 1] as BarRow).at) !== 0);
}

export function latestBar(reader: Reader, instrument: string, adjustment: Adjustment, asOf: Instant | null): BarRow | null {
  return readLatest<BareBar>(reader, barSeries(instrument, adjustment), asOf);
}

/** What sources print of an instrument (`instrument-…`) or entity (`entity-…`), in the order it was true. */
export function claims(reader: Reader, subject: string, range: { after?: Instant; upTo?: Instant } = {}): ClaimRow[] {
  return readRows(reader, `claim:${subject}`, range);
}

/** What was scheduled for an instrument (`instrument-…`) or entity (`entity-…`), in valid order. */
export function scheduledEvents(reader: Reader, subject: string): (Row & { value: Scheduled })[] {
  return readRows(reader, `scheduled:${subject}`);
}

/** What the company did to the shares, in valid order: an action is there once it is known, also before it takes effect. */
export function corporateActions(reader: Reader, instrument: string): ActionRow[] {
  return readRows(reader, `action:${instrument}`);
}
