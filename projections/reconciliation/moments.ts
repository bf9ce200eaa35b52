/**
 * When a claim's change ends and where it begins. Two claims compare only where both can be the same: an instant is
 * itself; a stated period is another moment than any other stated period; "after the announcement" may be any moment
 * on its side.
 */
import { compareInstants, nextSession, previousSession, sessionOn, timeBounds, CalendarRangeError, type CalendarId, type Instant, type Session, type TimeRef } from '../../events/index.js';
import { levelAt, type Level } from '../levels.js';
import type { BarRow } from '../market-value.js';
import type { Reader } from '../reader.js';
import type { Anchor } from '../timeline.js';

export interface Moment {
  key: string;
  /** null: open. */
  lo: Instant | null;
  hi: Instant | null;
  /** false for "after the announcement" and for no time at all: any moment in between may be meant. */
  stated: boolean;
  instant: boolean;
  /** Is it certainly within regular sessions, where bars bound the price? */
  inSessions: boolean;
}

/** Where a change begins. */
export interface Base {
  key: string;
  kind: string;
  /** The session whose close (or open) it is; null where the calendar can't tell. */
  at: Instant | null;
  /** Measured there, or null. */
  level: Level | null;
  /** The price measured there: the close, or the open. */
  price: number | null;
}

export interface Timed {
  to: TimeRef;
  from?: TimeRef | undefined;
  base?: string | undefined;
  session: string;
}

/** @param known the latest bound of the report: it proves that its subject was over */
export function momentOf({ to, session }: Timed, known: Instant, anchor: Anchor, calendar: CalendarId): Moment {
  const bounds = timeBounds(to);
  if (!bounds) {
    const side = 'relative' in to ? to.side : null;
    const lo = side === 'after' ? (anchor.range?.from ?? null) : null;
    const hi = side === 'before' ? (anchor.range?.to ?? null) : known;
    return { key: 'relative' in to ? `${side}:${to.relative}` : 'unknown', lo: finite(lo), hi: finite(hi), stated: false, instant: false, inSessions: session === 'regular' };
  }
  const { precision } = bounds;
  const instant = precision === 'instant';
  const day = precision === 'day' ? dayHours(to, session, calendar) : null;
  const { lo, hi } = { lo: bounds.lo, hi: bounds.hi, ...day };
  const placed = day !== null || ('calendar' in to && to.calendar !== undefined);
  return {
    key: instant ? `at:${lo.ms}.${lo.ns}` : `in:${lo.ms}.${lo.ns}/${hi.ms}.${hi.ns}`,
    lo: finite(lo),
    hi: finite(hi),
    stated: true,
    instant,
    inSessions: session === 'regular' || (session === 'unknown' && (placed || withinOneSession(calendar, lo, hi))),
  };
}

/** A day is a session date of the exchange: its regular hours, or what of the day lies before or after them. */
function dayHours(to: TimeRef, session: string, calendar: CalendarId): Partial<Record<'lo' | 'hi', Instant>> | null {
  const text = 'within' in to ? to.within : 'throughout' in to ? to.throughout : '';
  const hours = within(() => sessionOn(calendar, text));
  if (!hours) return null;
  if (session === 'pre') return { hi: hours.open };
  return session === 'post' ? { lo: hours.close } : { lo: hours.open, hi: hours.close };
}

/**
 * Where a change begins; null where that is not said.
 * @param moment where it ends
 */
export function baseOf(reader: Reader, instrument: string, { from, base }: Timed, moment: Moment, anchor: Anchor, calendar: CalendarId): Base | null {
  if (base === undefined || from === undefined) return null;
  const bounds = timeBounds(from);
  const relative = 'relative' in from ? from : null;
  if (base === 'before-announcement' || relative) {
    // Of a range the start, so that no close of the reaction becomes the base; where that is open, the end.
    const public_ = anchor.range && (finite(anchor.range.from) ?? finite(anchor.range.to));
    return public_ ? closeBase(reader, instrument, base, lastClose(calendar, public_), public_) : { key: 'before-announcement', kind: base, at: null, level: null, price: null };
  }
  if (base === 'open') {
    const session = moment.hi && sessionAt(calendar, moment.hi);
    if (!session || (moment.lo && compareInstants(moment.lo, session.open) < 0)) return null;
    const level = measuredAt(reader, instrument, session.close);
    return { key: `open:${session.date}`, kind: base, at: session.open, level, price: level?.bar.value.open ?? null };
  }
  if (!bounds || !Number.isFinite(bounds.hi.ms)) {
    if (base !== 'previous-close' || !moment.lo || !moment.stated) return null;
    const session = sessionAt(calendar, moment.lo);
    return session && closeBase(reader, instrument, base, previous(calendar, session.date)?.close ?? null, moment.lo);
  }
  if (bounds.precision !== 'instant' && base !== 'previous-close') return null;
  // A close that is named by its day is the close of that day.
  const close = lastClose(calendar, bounds.hi);
  if (base === 'unknown' && (!close || compareInstants(close, bounds.hi) !== 0)) return null;
  return closeBase(reader, instrument, base, close, bounds.hi);
}

function closeBase(reader: Reader, instrument: string, kind: string, close: Instant | null, upTo: Instant): Base {
  const level = close ? measuredAt(reader, instrument, close) : levelAt(reader, instrument, upTo);
  const at = close ?? level?.bar.at ?? null;
  return { key: at ? `close:${at.ms}` : `by:${upTo.ms}`, kind, at, level, price: level?.bar.value.close ?? null };
}

/** The bar that closed then, and no earlier one: a day that is missing is not measured. */
function measuredAt(reader: Reader, instrument: string, close: Instant): Level | null {
  const level = levelAt(reader, instrument, close);
  return level && compareInstants(level.bar.at, close) === 0 ? level : null;
}

/** The last regular close at or before a moment; null outside the years that the calendar covers, and for an open end. */
export function lastClose(calendar: CalendarId, moment: Instant): Instant | null {
  return onDayOf(moment, (day) => {
    const today = sessionOn(calendar, day);
    return today && compareInstants(today.close, moment) <= 0 ? today.close : previousSession(calendar, day).close;
  });
}

/** The first regular session that ends after a moment; null as lastClose. */
export function sessionFrom(calendar: CalendarId, moment: Instant): Session | null {
  return onDayOf(moment, (day) => {
    const today = sessionOn(calendar, day);
    return today && compareInstants(moment, today.close) < 0 ? today : nextSession(calendar, day);
  });
}

export function previous(calendar: CalendarId, date: string): Session | null {
  return within(() => previousSession(calendar, date));
}

/** The session of the day that a moment lies in. */
function sessionAt(calendar: CalendarId, moment: Instant): Session | null {
  return onDayOf(moment, (day) => sessionOn(calendar, day));
}

/** The session of a bar. */
export function sessionOfBar(calendar: CalendarId, bar: BarRow): Session | null {
  return within(() => sessionOn(calendar, bar.value.date));
}

function within<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof CalendarRangeError) return null;
    throw error;
  }
}

function withinOneSession(calendar: CalendarId, lo: Instant, hi: Instant): boolean {
  if (!Number.isFinite(lo.ms) || !Number.isFinite(hi.ms)) return false;
  const session = sessionAt(calendar, lo);
  return session !== null && compareInstants(session.open, lo) <= 0 && compareInstants(hi, session.close) <= 0;
}

/** On the day in New York: its regular hours lie within one UTC day, so shifting by five hours finds it. An open end has none. */
function onDayOf<T>(moment: Instant, work: (day: string) => T): T | null {
  if (!Number.isFinite(moment.ms)) return null;
  return within(() => work(new Date(moment.ms - 5 * 3_600_000).toISOString().slice(0, 10)));
}

function finite(at: Instant | null): Instant | null {
  return at && Number.isFinite(at.ms) ? at : null;
}

/** Can two claims end at one moment? `same`: they must. */
export function sameness(a: Moment, b: Moment, oneDocument: boolean): 'same' | 'can' | 'different' {
  if (a.key === b.key) return a.instant || oneDocument ? 'same' : 'can';
  if (a.stated && b.stated) return 'different';
  return overlap(a, b) ? 'can' : 'different';
}

export function overlap(a: Moment, b: Moment): boolean {
  const after = (x: Moment, y: Moment): boolean => x.lo !== null && y.hi !== null && (compareInstants(x.lo, y.hi) > 0 || (compareInstants(x.lo, y.hi) === 0 && !y.instant));
  return !after(a, b) && !after(b, a);
}
