/**
 * Trading days and hours of an exchange calendar, by rules and a small table of exceptions. Pure: what was not yet
 * declared at `knownAt` is not applied, so a closure can't be foreseen. luxon does the zone's clock changes.
 */
import { DateTime } from 'luxon';
import { compareInstants, formatDay, instant, parseDay, parseInstant, type Instant } from './instant.js';
import { EXCEPTIONS, FIRST_YEAR, LAST_YEAR, REGULAR_HOURS } from './calendar-table.js';

/** `US`: the New York Stock Exchange and Nasdaq (XNYS, XNAS), and the indices computed from them. */
export const CALENDARS = ['US'] as const;
export type CalendarId = (typeof CALENDARS)[number];
export const CALENDAR_VERSION = 2;
export const US_ZONE = 'America/New_York';

export interface Session {
  readonly date: string;
  readonly open: Instant;
  readonly close: Instant;
  /** An early close (13:00 in New York on scheduled half days). */
  readonly early: boolean;
}

/** Thrown when a date lies outside the years that the calendar covers; says which they are. */
export class CalendarRangeError extends Error {
  override readonly name = 'CalendarRangeError';
  constructor(date: string) {
    super(`the US calendar covers ${FIRST_YEAR} to ${LAST_YEAR}, ${date} lies outside; give the hours as instants instead`);
  }
}

interface DayPlan {
  open: boolean;
  close: string;
}

const DAY = 86_400_000;

/**
 * The session of a day, or null when the exchange is closed.
 * @param knownAt closures and early closes declared later are not applied; absent: all that the table holds.
 * @throws CalendarRangeError outside the covered years. RangeError for a text that is no day.
 */
export function sessionOn(_calendar: CalendarId, date: string, knownAt?: Instant): Session | null {
  const cached = knownAt === undefined ? sessionCache.get(date) : undefined;
  if (cached !== undefined) return cached;
  const plan = planOf(date, knownAt);
  const session = plan.open ? { date, open: newYork(date, REGULAR_HOURS.open), close: newYork(date, plan.close), early: plan.close !== REGULAR_HOURS.close } : null;
  if (knownAt === undefined && date.length === 10) sessionCache.set(date, session);
  return session;
}

/** By day, with all that the table holds: a long series asks for the same few thousand days. The calendar's years bound it. */
const sessionCache = new Map<string, Session | null>();

/** The first session after a day (exclusive). */
export function nextSession(calendar: CalendarId, date: string, knownAt?: Instant): Session {
  return walk(calendar, date, 1, knownAt);
}

/** The last session before a day (exclusive). */
export function previousSession(calendar: CalendarId, date: string, knownAt?: Instant): Session {
  return walk(calendar, date, -1, knownAt);
}

/** All sessions from a day to a day, both included. */
export function sessionsBetween(calendar: CalendarId, from: string, to: string, knownAt?: Instant): Session[] {
  const sessions: Session[] = [];
  for (let ms = dayOf(from); ms <= dayOf(to); ms += DAY) {
    const session = sessionOn(calendar, isoDay(ms), knownAt);
    if (session) sessions.push(session);
  }
  return sessions;
}

function walk(calendar: CalendarId, date: string, step: 1 | -1, knownAt?: Instant): Session {
  for (let ms = dayOf(date) + step * DAY; ; ms += step * DAY) {
    const session = sessionOn(calendar, isoDay(ms), knownAt);
    if (session) return session;
  }
}

function planOf(date: string, knownAt?: Instant): DayPlan {
  const ms = dayOf(date);
  const year = Number(date.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR) throw new CalendarRangeError(date);
  for (const exception of EXCEPTIONS) {
    if (exception.date !== date) continue;
    // A day without an hour is known when it ended in New York.
    const declared = newYork(isoDay(dayOf(exception.declaredAt) + DAY), '00:00');
    if (knownAt === undefined || compareInstants(declared, knownAt) <= 0) {
      return exception.kind === 'closed' ? { open: false, close: REGULAR_HOURS.close } : { open: true, close: exception.close };
    }
  }
  const weekday = new Date(ms).getUTCDay();
  if (weekday === 0 || weekday === 6 || usHolidays(year).has(date)) return { open: false, close: REGULAR_HOURS.close };
  return { open: true, close: usHalfDays(year).has(date) ? '13:00' : REGULAR_HOURS.close };
}

const holidayCache = new Map<number, Set<string>>();

/** The regular full-day holidays of the US exchanges in a year (NYSE Rule 7.2; Juneteenth since 2022). */
export function usHolidays(year: number): ReadonlySet<string> {
  let days = holidayCache.get(year);
  if (!days) {
    const newYear = utc(year, 1, 1);
    days = new Set<string>([
      // A New Year's Day on a Saturday is not made up for: the Friday is the year's last day of accounts.
      ...(weekdayOf(newYear) === 6 ? [] : [observed(newYear)]),
      nth(year, 1, 1, 3),
      nth(year, 2, 1, 3),
      isoDay(easter(year) - 2 * DAY),
      lastMonday(year, 5),
      ...(year >= 2022 ? [observed(utc(year, 6, 19))] : []),
      observed(utc(year, 7, 4)),
      nth(year, 9, 1, 1),
      nth(year, 11, 4, 4),
      observed(utc(year, 12, 25)),
    ]);
    holidayCache.set(year, days);
  }
  return days;
}

/**
 * The scheduled 13:00 closes: the day after Thanksgiving, 24 December from Monday to Thursday, 3 July on a Monday, Tuesday
 * or Thursday. Where 4 July is a Thursday it was Friday 5 July until 2012, and is Wednesday 3 July since.
 */
export function usHalfDays(year: number): ReadonlySet<string> {
  const cached = halfDayCache.get(year);
  if (cached) return cached;
  const days = new Set([isoDay(dayOf(nth(year, 11, 4, 4)) + DAY)]);
  const [julyEve, christmasEve] = [utc(year, 7, 3), utc(year, 12, 24)];
  if (weekdayOf(christmasEve) >= 1 && weekdayOf(christmasEve) <= 4) days.add(isoDay(christmasEve));
  const weekday = weekdayOf(julyEve);
  if (weekday === 1 || weekday === 2 || weekday === 4) days.add(isoDay(julyEve));
  if (weekday === 3) days.add(isoDay(year >= 2013 ? julyEve : julyEve + 2 * DAY));
  halfDayCache.set(year, days);
  return days;
}

const halfDayCache = new Map<number, Set<string>>();

const clockCache = new Map<string, Instant>();

/** An hour of a day on New York's clock. Cached: a million bars ask for few thousand days. */
function newYork(date: string, time: string): Instant {
  const key = `${date}T${time}`;
  let at = clockCache.get(key);
  if (!at) {
    at = instant(DateTime.fromISO(key, { zone: US_ZONE }).toMillis());
    if (clockCache.size > 100_000) clockCache.clear();
    clockCache.set(key, at);
  }
  return at;
}

function dayOf(date: string): number {
  const ms = parseDay(date) ?? parseInstant(date)?.ms;
  if (ms === undefined) throw new RangeError(`${JSON.stringify(date)} is not a day (YYYY-MM-DD)`);
  return ms;
}

function isoDay(ms: number): string {
  return formatDay(Math.floor(ms / DAY));
}

function utc(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day);
}

function weekdayOf(ms: number): number {
  return new Date(ms).getUTCDay();
}

/** Saturday is kept on Friday, Sunday on Monday. */
function observed(ms: number): string {
  const weekday = weekdayOf(ms);
  return isoDay(weekday === 6 ? ms - DAY : weekday === 0 ? ms + DAY : ms);
}

/** The n-th weekday (0 = Sunday) of a month. */
function nth(year: number, month: number, weekday: number, n: number): string {
  const first = utc(year, month, 1);
  return isoDay(first + (((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1)) * DAY);
}

function lastMonday(year: number, month: number): string {
  const last = utc(year, month + 1, 1) - DAY;
  return isoDay(last - ((weekdayOf(last) + 6) % 7) * DAY);
}

/** Easter Sunday, Gregorian (the anonymous algorithm of Nature, 1876; Meeus, Astronomical Algorithms, ch. 8). */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return utc(year, Math.floor(n / 31), (n % 31) + 1);
}
