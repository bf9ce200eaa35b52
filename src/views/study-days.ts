/**
 * Trading days of a study: which session reacts to a moment, and which sessions make up the estimation window and the
 * days around day 0. By the exchange's calendar as it was known then.
 */
import { CalendarRangeError, compareInstants, instant, nextSession, previousSession, sessionOn, type CalendarId, type Instant, type Session } from '../../events/index.js';
import { ViewError } from './context.js';

const DAY = 86_400_000;

/** The session whose close is the first to reflect what happened: that of the day, or, after its close or on a day without one, the next. */
export function sessionFor(calendar: CalendarId, at: Instant, knownAt?: Instant): Session {
  // From the day before in UTC: the exchange's day may be that one.
  let session = fromDate(calendar, new Date(at.ms - DAY).toISOString().slice(0, 10), knownAt);
  while (compareInstants(session.close, at) <= 0) session = nextSession(calendar, session.date, knownAt);
  return session;
}

function fromDate(calendar: CalendarId, date: string, knownAt?: Instant): Session {
  return sessionOn(calendar, date, knownAt) ?? nextSession(calendar, date, knownAt);
}

/** Noon in New York or an hour before: within the day's session, if it has one, whatever the season. */
export function middayOf(date: string): Instant {
  return instant(Date.parse(`${date}T16:00:00Z`));
}

/** The sessions that may be day 0 for something within a time: several where the time leaves it open. */
export function sessionsFor(calendar: CalendarId, { from, to }: { from: Instant; to: Instant }, knownAt?: Instant): Session[] {
  const first = sessionFor(calendar, from, knownAt);
  // A period ends before its bound; an instant is its own.
  const end = compareInstants(from, to) === 0 ? to : instant(to.ms - 1);
  const sessions = [first];
  for (let session = first; compareInstants(session.close, end) <= 0; ) {
    session = nextSession(calendar, session.date, knownAt);
    sessions.push(session);
  }
  return sessions;
}

/** Trading days from day 0, both included. */
export interface Span {
  from: number;
  to: number;
}

/** `-260:-11`, `0:1`, `0` */
export function spanOf(name: string, text: string): Span {
  const [, from = '', to = from] = /^([+-]?\d{1,4})(?::([+-]?\d{1,4}))?$/.exec(text.trim()) ?? [];
  const span = { from: Number(from), to: Number(to) };
  if (from === '' || span.from > span.to) throw new ViewError('bad-parameter', 400, `${name}: expected trading days from day 0 as FROM:TO, such as -260:-11 or 0:1, got ${JSON.stringify(text.slice(0, 40))}`);
  return span;
}

/**
 * Sessions by their distance from day 0.
 * @throws ViewError bad-parameter where the calendar does not reach so far
 */
export function sessionsAround(calendar: CalendarId, day0: Session, { from, to }: Span, knownAt?: Instant): Map<number, Session> {
  const found = sessionsWithin(calendar, day0, { from, to }, knownAt);
  const missing = [from, to].find((day) => !found.has(day) && day !== 0);
  if (missing !== undefined) throw new ViewError('bad-parameter', 400, `the windows reach beyond the calendar: it has no session ${missing} trading days from ${day0.date}`);
  return found;
}

/** The same, as far as the calendar reaches. */
export function sessionsWithin(calendar: CalendarId, day0: Session, { from, to }: Span, knownAt?: Instant): Map<number, Session> {
  const found = new Map<number, Session>([[0, day0]]);
  const walk = (step: -1 | 1, until: number): void => {
    try {
      for (let day = step, session = day0; day * step <= until * step; day += step) found.set(day, (session = step < 0 ? previousSession(calendar, session.date, knownAt) : nextSession(calendar, session.date, knownAt)));
    } catch (error) {
      if (!(error instanceof CalendarRangeError)) throw error;
    }
  };
  walk(-1, Math.min(0, from));
  walk(1, Math.max(0, to));
  return found;
}
