/**
 * The facts on one subject, as the network sees them: what was measured (closes, ranges of sessions, share counts) and
 * what sources claim, each figure once however many reports carry it.
 */
import { add, bounds, compareInstants, minInstant, describeQuantity, interval, multiply, point, type CalendarId, type Instant, type Interval, type Quantity } from '../../events/index.js';
import { levels, sharesAt, type SharesThen } from '../levels.js';
import { claims, scheduledEvents, type BarRow, type ClaimRow } from '../market-value.js';
import { compareText, type Row } from '../ledger.js';
import { statusAt, type Reader } from '../reader.js';
import type { Anchor } from '../timeline.js';
import type { Piece } from './finding.js';
import { baseOf, momentOf, overlap, sessionFrom, sessionOfBar, type Base, type Moment } from './moments.js';
import { ONE, POSITIVE } from './outward.js';
import type { Fact, Network, Relation } from './propagate.js';

/** A subject of claims: an instrument, or an entity by its share classes. */
export interface Subject {
  key: string;
  /** Whose claims they are: of a company with one share class, that of the class too. */
  claimKeys: readonly string[];
  /** Share classes; prices are of a subject with one alone. */
  instruments: readonly string[];
  currency: string | null;
  calendar: CalendarId;
  /** The company behind an instrument. */
  issuer: string | null;
  /** Are prices measured in this currency? No rate of exchange is among the facts. */
  priced: boolean;
}

/**
 * Before (0) and at the moment of the claim (1): price, value, shares; r change of the price, R of the value (the same while the count of shares is), g = 1 + r, D change of the value in currency, d of the price.
 */
export type Variable = 'P0' | 'V0' | 'S0' | 'P1' | 'V1' | 'S1' | 'r' | 'R' | 'D';

export interface ClaimFact extends Fact {
  variable: Variable;
  quantity: Quantity;
  text: string;
}

/** One figure and every report of it. */
export interface Claimed {
  id: string;
  row: ClaimRow;
  /** Further reports of the same figure. */
  also: ClaimRow[];
  /** Reports; and those that neither repeat another nor share its document. */
  reach: number;
  witnesses: number;
  base: Base | null;
  moment: Moment;
  facts: ClaimFact[];
  /** The currency that it speaks in; null for a change without one. */
  currency: string | null;
  status: 'certain' | 'possible';
}

export interface MeasuredFact extends Fact {
  variable: Variable;
  rows: Row[];
  shares: SharesThen | null;
}

/** A session within a claim's window, measured. */
export interface Measured {
  bar: BarRow;
  open: Instant;
  close: Instant;
}

export interface MarketReaders {
  market: Reader;
  anchor: Anchor;
  asOf: Instant;
  /** What one question worked out already: the same session is asked for by many claims. */
  memo: Map<string, unknown>;
}

export function once<T>({ memo }: MarketReaders, key: string, work: () => T): T {
  if (!memo.has(key)) memo.set(key, work());
  return memo.get(key) as T;
}

/** What a moment is, whatever claim it is of. */
export function momentKey({ key, lo, hi }: Moment): string {
  return `${key} ${lo?.ms}.${lo?.ns}/${hi?.ms}.${hi?.ns}`;
}

/** Claims of a subject that belong to an announcement, or to none and overlap what those speak of, each figure once. */
export function claimsOf({ market, anchor, asOf }: MarketReaders, subject: Subject, announcement: string): Claimed[] {
  const [instrument = ''] = subject.instruments;
  const rows = subject.claimKeys.flatMap((key) => claims(market, key));
  const found = rows.flatMap((row): Claimed[] => {
    if (row.value.announcement !== null && row.value.announcement !== announcement) return [];
    const possibleFrom = row.anchor !== null && row.side === 'after' ? (anchor.range?.from ?? row.from) : row.from;
    const status = statusAt(row, asOf, possibleFrom);
    if (status === null) return [];
    const moment = momentOf(row.value, row.known.from, anchor, subject.calendar);
    const base = instrument === '' ? null : measuredBy(asOf, baseOf(market, instrument, row.value, moment, anchor, subject.calendar));
    return [{ id: row.fact, row, also: [], reach: 1, witnesses: 1, base, moment, facts: factsOf(row), currency: currencyOf(row), status }];
  });
  const own = found.filter((claim) => claim.row.value.announcement !== null);
  const linked = found.filter((claim) => claim.row.value.announcement !== null || own.some((other) => overlap(other.moment, claim.moment)));
  return merged(linked);
}

function factsOf(row: ClaimRow): ClaimFact[] {
  const { kind, quantity, price, measure } = row.value;
  const variable: Variable = kind === 'price' ? 'P1' : kind === 'value' ? 'V1' : kind === 'value-change' ? 'D' : measure === 'price' ? 'r' : 'R';
  const fact = (name: Variable, stated: Quantity): ClaimFact => ({ id: `${row.id}:${name}`, variable: name, allowed: bounds(stated), firm: false, quantity: stated, text: describeQuantity(stated) });
  return [fact(variable, quantity), ...(price ? [fact('P1', price)] : [])];
}

function currencyOf(row: ClaimRow): string | null {
  const { quantity, price } = row.value;
  for (const stated of [quantity, price]) if (stated && 'unit' in stated && stated.unit !== undefined && /^[A-Z]{3}$/.test(stated.unit)) return stated.unit;
  return null;
}

/** What begins at a close that is still to come, as of then, has a base that nobody measured yet. */
function measuredBy(asOf: Instant, base: Base | null): Base | null {
  return base?.level && compareInstants(base.level.bar.at, asOf) > 0 ? { ...base, level: null, price: null } : base;
}

/** Several reports of one figure are one claim; so is a report and what repeats it. The one known first stands for them. */
function merged(found: readonly Claimed[]): Claimed[] {
  const groups = new Map<string, Claimed[]>();
  const keyOf = new Map<string, string>();
  const ordered = [...found].sort((a, b) => compareInstants(a.row.known.from, b.row.known.from) || compareText(a.row.id, b.row.id));
  for (const claim of ordered) {
    const { kind, quantity, price, measure, repeats } = claim.row.value;
    const figure = JSON.stringify([kind, measure, quantity, price ?? null, claim.base?.key ?? null, claim.moment.key]);
    keyOf.set(claim.id, figure);
    const original = repeats === undefined ? undefined : ordered.find((other) => other.id === repeats && JSON.stringify([other.row.value.kind, other.row.value.quantity]) === JSON.stringify([kind, quantity]));
    const key = original === undefined ? figure : (keyOf.get(original.id) ?? figure);
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.values()].flatMap((group): Claimed[] => {
    const first = group.find((claim) => claim.row.value.repeats === undefined) ?? group[0];
    if (!first) return [];
    const sources = new Set(group.filter((claim) => claim.row.value.repeats === undefined).map((claim) => JSON.stringify([claim.row.value.source.document, claim.row.value.source.address ?? null])));
    return [{ ...first, also: group.filter((claim) => claim !== first).map((claim) => claim.row), reach: group.length, witnesses: Math.max(1, sources.size) }];
  });
}

/** The sessions within a moment that were measured, and whether none is missing. */
export function sessionsWithin(readers: MarketReaders, subject: Subject, moment: Moment): { sessions: Measured[]; complete: boolean } {
  return once(readers, `sessions ${subject.key} ${momentKey(moment)}`, () => findSessions(readers, subject, moment));
}

function findSessions({ market, asOf }: MarketReaders, subject: Subject, moment: Moment): { sessions: Measured[]; complete: boolean } {
  const [instrument = ''] = subject.instruments;
  const until = moment.hi;
  if (subject.instruments.length !== 1 || !until) return { sessions: [], complete: false };
  // A bar closes after its session began: the session that a moment lies in may close on the same day after it.
  const upTo = { ms: Math.min(until.ms + 24 * 3_600_000, asOf.ms), ns: 0 };
  const after = moment.lo && { ms: moment.lo.ms - 24 * 3_600_000, ns: 0 };
  const sessions = levels(market, instrument, { ...(after ? { after } : {}), upTo }).flatMap(({ bar }): Measured[] => {
    const hours = sessionOfBar(subject.calendar, bar);
    if (!hours) return [];
    const { open, close } = hours;
    const starts = compareInstants(open, until);
    const inside = (moment.lo === null || compareInstants(close, moment.lo) >= (moment.instant ? 0 : 1)) && (moment.instant ? starts <= 0 : starts < 0);
    return inside ? [{ bar, open, close }] : [];
  });
  let expected = moment.lo && sessionFrom(subject.calendar, { ms: moment.lo.ms - (moment.instant ? 1 : 0), ns: moment.lo.ns });
  let complete = expected !== null;
  for (const session of sessions) {
    complete &&= expected !== null && session.bar.value.date === expected.date;
    expected = sessionFrom(subject.calendar, session.close);
  }
  const last = sessions.at(-1);
  if (last && expected && compareInstants(expected.open, until) < 0) complete = false;
  return { sessions, complete: complete && sessions.length > 0 };
}

/** What was scheduled for the subject, or for the company behind it, between two moments. */
export function scheduledWithin({ market, anchor, asOf }: MarketReaders, subject: Subject, lo: Instant, hi: Instant): Piece[] {
  const keys = [...new Set([subject.key, ...subject.instruments.map((instrument) => `instrument-${instrument}`), ...(subject.issuer === null ? [] : [`entity-${subject.issuer}`])])];
  const window: Moment = { key: '', lo, hi, stated: true, instant: false, inSessions: false };
  return keys.flatMap((key) =>
    scheduledEvents(market, key).flatMap((row): Piece[] => {
      const { label, when, session } = row.value;
      const status = statusAt(row, asOf);
      if (status === null || !overlap(momentOf({ to: when, session }, row.known.from, anchor, subject.calendar), window)) return [];
      return [{ role: 'scheduled', row, also: [], reach: 1, witnesses: 1, status, text: label, when, note: null }];
    }),
  );
}

/** What was measured where a change begins: the close (or open), and the shares of then. */
export function measuredBase(readers: MarketReaders, subject: Subject, base: Base | null): MeasuredFact[] {
  const { market, asOf } = readers;
  if (!base) return [];
  if (subject.instruments.length > 1) return subject.priced ? classSum(readers, subject, base.at, 'V0') : [];
  const [instrument = ''] = subject.instruments;
  const facts: MeasuredFact[] = [];
  if (subject.priced && base.level && base.price !== null && isPrinted(base.level.bar)) facts.push({ id: `${base.level.bar.id}:P0`, variable: 'P0', allowed: point(base.price), firm: true, rows: [base.level.bar], shares: null });
  const shares = base.at && sharesAt(market, instrument, minInstant(base.at, asOf));
  if (shares) facts.push(sharesFact('S0', shares));
  return facts;
}

/** Prices adjusted for dividends are not what anybody printed. */
export function isPrinted(bar: BarRow): boolean {
  return bar.value.adjustment !== 'total-return';
}

function sharesFact(variable: 'S0' | 'S1', shares: SharesThen): MeasuredFact {
  return { id: `${shares.row.id}:${variable}`, variable, allowed: shares.count, firm: true, rows: [shares.row], shares };
}

/** The value of an entity with several share classes: the sum over them, where all are measured. */
function classSum({ market, asOf }: MarketReaders, subject: Subject, at: Instant | null, variable: 'V0' | 'V1'): MeasuredFact[] {
  if (!at || compareInstants(at, asOf) > 0) return [];
  let sum: Interval = point(0);
  const rows: Row[] = [];
  for (const instrument of subject.instruments) {
    const level = levels(market, instrument, { upTo: at }).at(-1);
    if (!level?.shares || compareInstants(level.bar.at, at) !== 0 || !isPrinted(level.bar)) return [];
    sum = add(sum, multiply(point(level.bar.value.close), level.shares.count));
    rows.push(level.bar, level.shares.row);
  }
  return [{ id: `${subject.key}:${variable}`, variable, allowed: sum, firm: true, rows, shares: null }];
}

/** What was measured at a claim's own moment: the close, or the range of the sessions that it lies in. */
export function measuredMoment(readers: MarketReaders, subject: Subject, moment: Moment): MeasuredFact[] {
  if (!subject.priced) return [];
  if (subject.instruments.length > 1) return moment.instant ? classSum(readers, subject, moment.hi, 'V1') : [];
  const { sessions } = sessionsWithin(readers, subject, moment);
  const last = sessions.at(-1);
  if (!last || !isPrinted(last.bar)) return [];
  const rows = sessions.map((session) => session.bar);
  const fact = (allowed: Interval): MeasuredFact => ({ id: `${rows.map((row) => row.id).join('+')}:P1`, variable: 'P1', allowed, firm: true, rows, shares: null });
  if (moment.instant && moment.hi && compareInstants(last.close, moment.hi) === 0) return [fact(point(last.bar.value.close))];
  const lows = sessions.map((session) => session.bar.value.low);
  const highs = sessions.map((session) => session.bar.value.high);
  if (lows.some((low) => low === undefined) || highs.some((high) => high === undefined)) return [];
  return [fact(interval(Math.min(...(lows as number[])), Math.max(...(highs as number[])), true, true))];
}

/** The shares at a claim's moment, where another count is in force than at its base. */
export function sharesAtMoment({ market, asOf }: MarketReaders, subject: Subject, base: Base | null, moment: Moment): MeasuredFact[] {
  const [instrument = ''] = subject.instruments;
  if (subject.instruments.length !== 1) return [];
  const when = moment.instant || moment.stated ? moment.hi : (moment.lo ?? moment.hi);
  const shares = when && sharesAt(market, instrument, compareInstants(when, asOf) > 0 ? asOf : when);
  const before = base?.at && sharesAt(market, instrument, base.at);
  if (!shares || (before && before.row.id === shares.row.id)) return [];
  return [sharesFact('S1', shares)];
}

/** Values are prices × shares, and what changed is the difference; with one share count the price and the value move alike. */
export function marketNetwork(oneCount: boolean): Network {
  const name = (variable: string): string => aliasOf(variable, oneCount);
  const relations = (
    [
      ['product', 'P0', 'S0', 'V0'],
      ['product', 'P1', 'S1', 'V1'],
      ['sum', 'one', 'r', 'g'],
      ['product', 'P0', 'g', 'P1'],
      ['product', 'P0', 'r', 'd'],
      ['sum', 'P0', 'd', 'P1'],
      ['sum', 'V0', 'D', 'V1'],
      ['product', 'V0', 'R', 'D'],
      ['sum', 'one', 'R', 'G'],
      ['product', 'V0', 'G', 'V1'],
      ...(oneCount ? ([['product', 'S0', 'd', 'D']] as const) : []),
    ] as const
  ).map(([kind, a, b, c]): Relation => ({ kind, a: name(a), b: name(b), c: name(c) }));
  const natural = new Map([...['P0', 'P1', 'V0', 'V1', 'S0', 'S1', 'g', 'G'].map((variable) => [variable, POSITIVE] as const), ['one', ONE] as const]);
  return { relations, natural };
}

/** With one share count S1 is S0, and the value's change R is the price's r. */
function aliasOf(variable: string, oneCount: boolean): string {
  return oneCount ? ({ S1: 'S0', R: 'r', G: 'g' }[variable] ?? variable) : variable;
}

export function aliased<F extends Fact>(facts: readonly F[], oneCount: boolean): F[] {
  return facts.map((fact) => ({ ...fact, variable: aliasOf(fact.variable, oneCount) }));
}
