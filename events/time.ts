/**
 * Time references: what a source says of when, kept as given, and the bounds that it allows. Text forms are EDTF
 * (ISO 8601-2): an instant, a day, a month, a year, or an interval of two of them with `..` for an open end.
 * All periods are closed-open; an interval that ends in a day ends with that day.
 */
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { CALENDARS, CalendarRangeError, sessionOn, type CalendarId } from './calendar.js';
import { BEGINNING, compareInstants, instant, NEVER, parseDay, parseInstant, type Instant } from './instant.js';

/** How finely a time was given. `interval`: two different ends were given. */
export type Precision = 'instant' | 'day' | 'month' | 'year' | 'interval';

export interface Bounds {
  /** BEGINNING when open. */
  lo: Instant;
  /** Exclusive, except for an instant, where lo = hi. NEVER when open. */
  hi: Instant;
  precision: Precision;
}

interface Placed {
  zone?: string | undefined;
  calendar?: CalendarId | undefined;
}

const HOUR = 3_600_000;
/** A day whose zone is unknown begins where the earth's day begins (UTC+14) and ends where it ends (UTC−12). */
const EARLIEST_ZONE = 14 * HOUR;
const LATEST_ZONE = 12 * HOUR;

const instantText = z.string().refine((text) => parseInstant(text) !== null, { error: 'expected an instant with its zone, such as 2025-11-03T14:01:35Z' }).meta({ description: 'an instant with its zone, up to nanoseconds', examples: ['2025-11-03T14:01:35Z'] });
const periodText = z.string().refine((text) => readPeriod(text, {}) !== null, { error: 'expected an EDTF day, month, year or interval, such as 2025-11-03, 2025-11 or 2025-10-22/..' }).meta({ description: 'EDTF: a day, a month, a year, or an interval A/B, closed-open, `..` for an open end', examples: ['2025-11-03', '2025-11', '2025-10-22/..'] });
const zone = z.string().refine((name) => IANAZone.isValidZone(name), { error: 'expected an IANA zone such as America/New_York' }).meta({ description: 'IANA zone in which the days are meant; absent: not printed' });
const calendar = z.enum(CALENDARS).meta({ description: 'the days are sessions of this exchange calendar' });

export const atSchema = z.strictObject({ at: instantText });
export const withinSchema = z.strictObject({ within: periodText, zone: zone.optional(), calendar: calendar.optional() });
export const throughoutSchema = z.strictObject({ throughout: periodText, zone: zone.optional(), calendar: calendar.optional() });
export const relativeSchema = z.strictObject({ relative: z.string().regex(/^[a-z0-9-]+$/).meta({ description: 'an announcement id' }), side: z.enum(['before', 'after']) });
export const unknownSchema = z.strictObject({ unknown: z.literal(true) });

/** When something was true. `within`: one unknown moment in it; `throughout`: over all of it. */
export const timeRefSchema = z
  .union([atSchema, withinSchema, throughoutSchema, relativeSchema, unknownSchema])
  .superRefine((ref, context) => {
    if (('within' in ref || 'throughout' in ref) && ref.calendar !== undefined) {
      if (ref.zone !== undefined) context.addIssue({ code: 'custom', path: ['zone'], message: 'expected either zone or calendar: the calendar has its own zone' });
      const problem = calendarProblem('within' in ref ? ref.within : ref.throughout, ref.calendar);
      if (problem) context.addIssue({ code: 'custom', path: ['within' in ref ? 'within' : 'throughout'], message: problem });
    }
  })
  .meta({ id: 'TimeRef', description: 'When something was true, as the source gives it' });
export type TimeRef = z.infer<typeof timeRefSchema>;

/**
 * The bounds of a time reference.
 * @returns null for relative and unknown times: those have none of their own.
 */
export function timeBounds(ref: TimeRef): Bounds | null {
  if ('at' in ref) {
    const at = parseInstant(ref.at);
    return at && { lo: at, hi: at, precision: 'instant' };
  }
  if ('within' in ref) return readPeriod(ref.within, ref);
  if ('throughout' in ref) return readPeriod(ref.throughout, ref);
  return null;
}

const periodCache = new Map<string, Map<string, Bounds | null>>();

/** Reads an EDTF period; null when it is none, or when its ends are in the wrong order. Cached: a log has few periods. */
export function readPeriod(text: string, placed: Placed): Bounds | null {
  const place = placed.calendar ?? placed.zone ?? '';
  let cache = periodCache.get(place);
  if (!cache) periodCache.set(place, (cache = new Map<string, Bounds | null>()));
  let bounds = cache.get(text);
  if (bounds === undefined) {
    bounds = parsePeriod(text, placed);
    if (cache.size > 100_000) cache.clear();
    cache.set(text, bounds);
  }
  return bounds;
}

const sessionDays = new Set<string>();

/** Is the text one trading day of the calendar? */
export function isSessionPeriod(text: string, id: CalendarId): boolean {
  if (sessionDays.has(text)) return true;
  if (parseDay(text) === null || calendarProblem(text, id) !== null) return false;
  sessionDays.add(text);
  return true;
}

function parsePeriod(text: string, placed: Placed): Bounds | null {
  const parts = text.split('/');
  if (parts.length === 1) return readEnd(parts[0] ?? '', placed);
  if (parts.length !== 2) return null;
  const [first, last] = parts as [string, string];
  if (first === '..' && last === '..') return null;
  const from = first === '..' ? null : readEnd(first, placed);
  const to = last === '..' ? null : readEnd(last, placed);
  if ((first !== '..' && !from) || (last !== '..' && !to)) return null;
  // Days without a zone overlap: what comes first is told by their starts.
  if (from && to && compareInstants(from.lo, to.lo) > 0) return null;
  const lo = from?.lo ?? BEGINNING;
  const hi = to?.hi ?? NEVER;
  return compareInstants(lo, hi) < 0 ? { lo, hi, precision: 'interval' } : null;
}

function readEnd(text: string, placed: Placed): Bounds | null {
  const at = parseInstant(text);
  if (at) return { lo: at, hi: at, precision: 'instant' };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    if (parseDay(text) === null) return null;
    if (placed.calendar !== undefined && calendarProblem(text, placed.calendar) === null) {
      const session = sessionOn(placed.calendar, text);
      if (session) return { lo: session.open, hi: session.close, precision: 'day' };
    }
    return days(text, nextDay(text), placed, 'day');
  }
  const month = /^([12]\d{3})-(\d{2})$/.exec(text);
  if (month) {
    const [year, number] = [Number(month[1]), Number(month[2])];
    if (number < 1 || number > 12) return null;
    if (year === 2999) return null;
    const next = number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
    return days(`${text}-01`, next, placed, 'month');
  }
  if (/^[12]\d{3}$/.test(text) && Number(text) < 2999) return days(`${text}-01-01`, `${String(Number(text) + 1).padStart(4, '0')}-01-01`, placed, 'year');
  return null;
}

function days(from: string, until: string, placed: Placed, precision: Precision): Bounds {
  const name = placed.zone ?? (placed.calendar === undefined ? undefined : 'America/New_York');
  return name === undefined
    ? { lo: instant((parseDay(from) ?? NaN) - EARLIEST_ZONE), hi: instant((parseDay(until) ?? NaN) + LATEST_ZONE), precision }
    : { lo: dayStart(from, name), hi: dayStart(until, name), precision };
}

function dayStart(day: string, name: string): Instant {
  return instant(DateTime.fromISO(day, { zone: name }).toMillis());
}

function nextDay(day: string): string {
  return new Date((parseDay(day) ?? NaN) + 24 * HOUR).toISOString().slice(0, 10);
}

/** Why a session date can't be one, or null. */
function calendarProblem(text: string, id: CalendarId): string | null {
  for (const part of text.split('/')) {
    if (parseDay(part) === null) continue;
    try {
      if (!sessionOn(id, part)) return `${part} is not a trading day of the ${id} calendar`;
    } catch (error) {
      if (error instanceof CalendarRangeError) return error.message;
      throw error;
    }
  }
  return null;
}
