/** One random fact of any event type: what it says, and when it says it was true. Drawn as numbers, so that it shrinks. */
import fc from 'fast-check';
import { eventTypeNames, type EventType } from '../../events/index.js';

/** Sessions of the calendar: the clocks of New York change between the second and the third. */
export const SESSIONS = ['2025-10-30', '2025-10-31', '2025-11-03', '2025-11-04', '2025-11-05', '2025-11-06', '2025-11-07'];
/** When each of them closes: a table, so that no code of the program is trusted with it. */
export const CLOSES = new Map(SESSIONS.map((date) => [date, Date.parse(`${date}T${date < '2025-11-02' ? '20' : '21'}:00:00Z`)]));
const ZONES = ['America/New_York', 'Asia/Tokyo', 'Pacific/Auckland', 'Europe/Paris'];

export const OBSERVATIONS: readonly EventType[] = eventTypeNames.filter((type) => type !== 'ObservationCorrected' && type !== 'ObservationRetracted');

export interface Fact {
  type: EventType;
  day: number;
  hour: number;
  /** Which kind of time, subject, source and figure. */
  time: number;
  subject: number;
  teller: number;
  figure: number;
  value: number;
}

/** Types that the views read most of come more often. */
const type = fc.oneof(fc.constantFrom(...OBSERVATIONS), fc.constantFrom<EventType>('BarClosed', 'FactorReturnsReported', 'SharesOutstandingReported', 'MarketMoveReported', 'SentimentExpressed', 'AnnouncementMade', 'AnnouncementDated', 'InstrumentListed', 'EntityRegistered'));
export const aFact: fc.Arbitrary<Fact> = fc.record({ type, day: fc.nat(SESSIONS.length - 1), hour: fc.nat(23), time: fc.nat(11), subject: fc.nat(7), teller: fc.nat(23), figure: fc.nat(9), value: fc.integer({ min: 1, max: 99 }) });

const at = <T>(list: readonly T[], place: number): T => list[place % list.length] as T;
const two = (number: number): string => String(number).padStart(2, '0');
const momentOf = ({ day, hour }: Fact): string => `${at(SESSIONS, day)}T${two(hour)}:30:00${hour % 5 === 0 ? '.000000001' : ''}Z`;

/** Every form that a time can take. */
function timeOf(fact: Fact): Record<string, unknown> {
  const day = at(SESSIONS, fact.day);
  return at<Record<string, unknown>>(
    [
      { at: momentOf(fact) },
      { within: day },
      { within: day, zone: at(ZONES, fact.hour) },
      { within: day, calendar: 'US' },
      { within: fact.day < 2 ? '2025-10' : '2025-11' },
      { within: `../${momentOf(fact)}` },
      { within: `${day}/${at(SESSIONS, 6)}`, zone: at(ZONES, fact.value) },
      { throughout: `${day}/..`, zone: at(ZONES, fact.hour) },
      { throughout: `../${day}` },
      { relative: fact.value % 3 === 0 ? 'other' : 'deal', side: fact.hour % 2 === 0 ? 'before' : 'after' },
      { unknown: true },
      { at: momentOf(fact) },
    ],
    fact.time,
  );
}

function amountOf({ figure, value }: Fact, unit: string): Record<string, unknown> {
  const direction = figure % 3 === 0 ? { direction: 'down' } : figure % 3 === 1 ? { direction: 'up' } : {};
  return at<Record<string, unknown>>(
    [
      ...['rounded', 'exact', 'about', 'moreThan', 'atLeast', 'lessThan', 'nearly'].map((as) => ({ as, value: `${value}.${figure}`, unit, ...direction })),
      { as: 'range', from: `${value}`, to: `${value + 2}`, unit },
      { as: 'order', value: '1e10', unit },
      { as: 'direction', direction: value % 2 === 0 ? 'up' : 'down' },
    ],
    figure,
  );
}

/**
 * What a fact says.
 * @param value in place of the fact's own: what a correction changes; its subject and its time stay
 */
export function statementOf(fact: Fact, value = fact.value): { data: Record<string, unknown>; occurredAt: Record<string, unknown> } {
  const told = { ...fact, value };
  const occurredAt = timeOf(fact);
  const instrument = at(['acme-common', 'acme-common', 'peer-common'], fact.subject);
  const entity = at(['acme', 'acme', 'boss'], fact.subject);
  const announcement = at(['deal', 'deal', 'other'], fact.subject);
  const about = fact.subject % 2 === 0 ? { instrument } : { entity };
  const holder = at([{ entity: 'boss' }, { name: 'a fund' }, { name: 'a paper' }, { name: 'a reader' }], fact.teller);
  const kind = at(['investor', 'press', 'management'], fact.teller);
  const move = { from: fact.hour % 2 === 0 ? { at: '2025-10-31T20:00:00Z' } : { relative: 'deal', side: 'before' }, to: occurredAt, base: at(['previous-close', 'open', 'before-announcement'], fact.teller), session: at(['regular', 'post', 'unknown'], fact.hour) };
  const close = { instrument, close: 100 + value, session: { date: at(SESSIONS, fact.day), calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: at(['split', 'split', 'none'], fact.hour) };
  const data: Partial<Record<EventType, Record<string, unknown>>> = {
    EntityRegistered: { entity, name: `${entity} ${value}`, kind: 'company', ...(value % 5 === 0 ? { partOf: 'boss' } : {}) },
    InstrumentListed: { instrument, entity: 'acme', symbol: at(['XNYS:AAA', 'XNYS:AAA', 'XNYS:BBB'], value), name: `${instrument} ${value}`, kind: 'share', currency: 'USD', calendar: 'US' },
    InstrumentRenamed: { instrument, symbol: at(['XNYS:AAA', 'XNYS:CCC'], value) },
    InstrumentDelisted: { instrument, reason: 'merged', ...(value % 2 === 0 ? { successor: 'peer-common' } : {}) },
    AnnouncementMade: { announcement, title: `${announcement} ${value}`, parties: [{ entity: 'acme', role: 'customer' }], ...(fact.figure < 7 ? { commitment: { amount: { as: 'rounded', value: `${value}e9`, unit: 'USD' }, duration: 'P7Y' } } : {}) },
    AnnouncementDated: { announcement, when: occurredAt, note: `note ${value}` },
    AnnouncementAmended: { announcement, change: at(['extended', 'ended', 'other'], fact.hour), summary: `change ${value}`, added: amountOf(told, 'USD') },
    BarClosed: close,
    FactorReturnsReported: { factors: at(['three', 'three', 'one'], fact.subject), session: close.session, returns: fact.subject % 3 === 2 ? { mom: value / 1e4 } : { 'mkt-rf': value / 1e3, ...(fact.figure < 8 ? { smb: (value % 7) / 1e3 } : {}) }, ...(fact.figure === 9 ? {} : { riskFree: 0.0001 }) },
    PriceObserved: { instrument, price: amountOf(told, 'USD'), session: 'regular' },
    SharesOutstandingReported: { instrument, shares: { as: fact.figure < 5 ? 'exact' : 'rounded', value: String(value * 1000), unit: 'shares' }, basis: fact.figure === 9 ? 'diluted' : 'total', ...(fact.hour % 3 === 0 ? { filing: `filing ${fact.teller % 2}` } : {}) },
    CorporateActionTaken: { instrument, action: 'split', ratio: { new: 1 + (value % 4), old: 1 } },
    MarketMoveReported: { instrument, measure: fact.figure % 4 === 0 ? 'market-value' : 'price', change: amountOf(told, 'percent'), ...(fact.hour % 4 === 0 ? { price: { as: 'rounded', value: `${100 + value}.00`, unit: 'USD' } } : {}), ...move },
    MarketValueReported: { ...about, value: amountOf(told, 'USD'), session: 'regular' },
    MarketValueChangeReported: { ...about, change: amountOf(told, 'USD'), ...move },
    SentimentExpressed: { entity, holder: { ...holder, kind }, aspect: at(['revenue', 'financing'], fact.hour), claim: `claim ${fact.hour % 3}`, score: fact.figure === 0 ? 'negative' : fact.figure === 1 ? { lo: -0.5, hi: value / 100 } : (value - 50) / 50, relevance: at([1, 0.5], fact.hour), method: { name: 'rubric', version: 1, item: 'test' } },
    MetricReported: { entity, metric: at(['users', 'revenue'], fact.hour), value: amountOf(told, at(['users', 'USD'], fact.hour)), ...(fact.hour % 3 === 0 ? { period: { throughout: at(['2025-10', '2025-11', '2025'], fact.teller) } } : {}) },
    ForecastMade: { entity, by: { ...holder, kind }, metric: 'revenue', claim: `will be ${value}`, ...(fact.figure === 9 ? {} : { value: amountOf(told, 'USD') }), ...(fact.hour % 2 === 0 ? { horizon: at<Record<string, unknown>>([{ notBefore: '2025-10', notAfter: '2025-10' }, { notAfter: '2025-11-05' }, { notBefore: '2025-11-04' }], fact.teller) } : {}) },
    RelationshipDisclosed: { entity, other: 'boss', relation: at(['supplies', 'owns', 'depends-on'], fact.hour), note: `note ${value}`, ...(fact.figure < 4 ? { amount: amountOf(told, 'USD') } : {}) },
    ScheduledEventRecorded: { ...about, kind: 'earnings', label: `results ${value}`, session: 'post' },
  };
  const found = data[fact.type];
  if (!found) throw new Error(`no statement of type ${fact.type}: add one`);
  return { data: found, occurredAt: fact.type === 'BarClosed' || fact.type === 'FactorReturnsReported' ? { throughout: at(SESSIONS, fact.day), calendar: 'US' } : occurredAt };
}
