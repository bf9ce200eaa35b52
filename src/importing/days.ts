/**
 * From a date or time column to sessions. A time is the open or the close of its bar, or nothing but its day: which of
 * them is the user's to say, since the day before or after hangs on it.
 */
import { DateTime } from 'luxon';
import { CalendarRangeError, parseDay, parseInstant, sessionOn, US_ZONE, type CalendarId, type Instant } from '../../events/index.js';

export const BAR_TIMES = ['open', 'close', 'day'] as const;
export type BarTime = (typeof BAR_TIMES)[number];

export interface Day {
  date: string;
  close: Instant;
}

export interface DaySettings {
  calendar: CalendarId;
  barTime: BarTime | null;
  /** luxon's tokens, or X and x for seconds and milliseconds since 1970; null: YYYY-MM-DD, YYYYMMDD, or ISO 8601 with a time. */
  format: string | null;
  /** Of times without one, and of the days of all. */
  zone: string | null;
  /** Sessions that end later have not happened. */
  now: Instant;
}

/** A reader of the cells of one column; what it has read once it knows. */
export function dayReader(settings: DaySettings): (cell: string) => Day | string {
  const known = new Map<string, Day | string>();
  return (cell) => {
    let found = known.get(cell);
    if (found === undefined) {
      found = dayOf(cell, settings);
      if (known.size > 200_000) known.clear();
      known.set(cell, found);
    }
    return found;
  };
}

/** A session, or why the cell is none. */
function dayOf(cell: string, settings: DaySettings): Day | string {
  const text = cell.trim();
  const date = dateOf(text, settings);
  if (typeof date !== 'object') return date;
  try {
    const session = sessionOn(settings.calendar, date.date);
    if (!session) return `date: the exchange was closed on ${date.date}${date.timed ? `, which ${JSON.stringify(text)} comes to with --bar-time ${settings.barTime ?? ''}${settings.zone === null ? '' : ` in ${settings.zone}`}` : ''}`;
    if (session.close.ms > settings.now.ms) return `date: the session of ${date.date} is not over yet`;
    return { date: date.date, close: session.close };
  } catch (error) {
    if (error instanceof CalendarRangeError) return `date: ${error.message}`;
    throw error;
  }
}

const TIME_FORMAT = /[HhmsStTfF]/;

function dateOf(text: string, settings: DaySettings): { date: string; timed: boolean } | string {
  if (text === '') return 'date: is empty';
  const { format, barTime } = settings;
  const zone = settings.zone ?? US_ZONE;
  if (format === 'X' || format === 'x') {
    if (!/^\d{1,14}$/.test(text)) return `date: expected ${format === 'X' ? 'seconds' : 'milliseconds'} since 1970, got ${JSON.stringify(text.slice(0, 40))}`;
    return timed(text, Number(text) * (format === 'X' ? 1000 : 1), zone, barTime);
  }
  if (format !== null) {
    const read = DateTime.fromFormat(text, format, { zone, locale: 'en-US' });
    if (!read.isValid) return `date: expected ${format}, got ${JSON.stringify(text)}`;
    return TIME_FORMAT.test(format.replaceAll(/'[^']*'/g, '')) ? timed(text, read.toMillis(), zone, barTime) : { date: read.toISODate() ?? '', timed: false };
  }
  const plain = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (plain) {
    const date = `${plain[1]}-${plain[2]}-${plain[3]}`;
    return parseDay(date) === null ? `date: there is no day ${date}` : { date, timed: false };
  }
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) {
    const iso = text.replace(' ', 'T');
    const at = parseInstant(iso)?.ms ?? DateTime.fromISO(iso, { zone }).toMillis();
    return Number.isNaN(at) ? `date: ${JSON.stringify(text)} is no time` : timed(text, at, zone, barTime);
  }
  return `date: expected a day such as 2025-11-03, got ${JSON.stringify(text.slice(0, 40))}; --date-format says how others are written`;
}

function timed(text: string, ms: number, zone: string, barTime: BarTime | null): { date: string; timed: true } | string {
  if (barTime === null) return `date: ${JSON.stringify(text)} has a time: say with --bar-time whether it is the bar's open or close, or day where the time means nothing`;
  // A bar that ends at midnight is of the day before.
  return { date: DateTime.fromMillis(barTime === 'close' ? ms - 1 : ms, { zone }).toISODate() ?? '', timed: true };
}
