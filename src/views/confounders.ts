/** What else touched a share in the days of a study: scheduled events, corporate actions, other announcements. */
import { BEGINNING, CalendarRangeError, compareInstants, formatInstant, NEVER, sessionOn, timeBounds, type CalendarId, type Instant, type Session, type TimeRef } from '../../events/index.js';
import { anchorOf, announcementIds, compareText, corporateActions, effectTree, findAnnouncement, scheduledEvents, type Row } from '../../projections/index.js';
import { evidence, sourceOf } from './evidence.js';
import { reader, type ViewContext } from './context.js';
import type { Confounder } from './reaction-schema.js';
import { sessionsFor } from './study-days.js';

/** Reports of less are listed, but contaminate nothing: some give wrong days. */
const TRUSTED = 0.5;
/** What is spread over more sessions than this is no matter of a day. */
const MOST_DAYS = 3;

export interface ConfounderSetting {
  instrument: string;
  entity: string | null;
  calendar: CalendarId;
  sessions: ReadonlyMap<number, Session>;
  /** The announcement that the study is of. */
  own: string | null;
}

/** In the order of their days. */
export function confoundersOf(context: ViewContext, { instrument, entity, calendar, sessions, own }: ConfounderSetting): Confounder[] {
  const days = new Map([...sessions].map(([day, { date }]) => [date, day]));
  const market = reader(context, 'market-value');
  const timeline = reader(context, 'timeline');
  const found: Confounder[] = [];
  const add = (kind: Confounder['kind'], label: string, row: Row & { value: { source: { document: string }; confidence: number } }, when: { from: Instant; to: Instant } | null): void => {
    const on = when && bounded(when) && inReach(when, sessions) ? sessionsFor(calendar, when, context.sight.known ?? undefined) : [];
    const relative = on.flatMap(({ date }) => days.get(date) ?? []);
    const [first] = relative;
    if (first === undefined || on.length > MOST_DAYS) return;
    found.push({ kind, label, days: relative, dates: on.map(({ date }) => date), counts: row.value.confidence >= TRUSTED, ...sourceOf(row.value), ...evidence(row) });
  };
  const subjects = [`instrument-${instrument}`, ...(entity === null ? [] : [`entity-${entity}`])];
  for (const row of subjects.flatMap((subject) => scheduledEvents(market, subject))) add('scheduled', row.value.label, row, spanOfTime(row.value.when, row.value.session, calendar));
  for (const row of corporateActions(market, instrument)) add('corporate-action', row.value.action.replaceAll('-', ' '), row, { from: row.at, to: row.at });
  for (const id of announcementIds(timeline)) {
    const made = findAnnouncement(timeline, id);
    if (id === own || !made) continue;
    const parties = made.value.parties.some((party) => party.entity === entity);
    const effects = effectTree(timeline, id).some(({ row }) => 'data' in row.value && (row.value.data as { instrument?: string }).instrument === instrument);
    if (parties || effects) add('announcement', made.value.title, made, anchorOf(timeline, id).range);
  }
  return found.sort((a, b) => (a.days[0] ?? 0) - (b.days[0] ?? 0) || compareText(a.eventId, b.eventId));
}

/** A day without an hour is the matter of that day's session, or, where it is said to be after the close, of the next. */
function spanOfTime(ref: TimeRef, session: string, calendar: CalendarId): { from: Instant; to: Instant } | null {
  const bounds = timeBounds(ref);
  if (!bounds) return null;
  const date = 'within' in ref && /^\d{4}-\d{2}-\d{2}$/.test(ref.within) ? ref.within : null;
  if (date !== null) {
    const close = closeOf(calendar, date);
    if (close === null) return null;
    const at = { ms: session === 'post' ? close.ms : close.ms - 1, ns: 0 };
    return { from: at, to: at };
  }
  // "By 3 November" is of no day before it that could be told.
  const from = bounds.lo === BEGINNING || !Number.isFinite(bounds.lo.ms) ? { ms: bounds.hi.ms - 1, ns: 0 } : bounds.lo;
  return { from, to: bounds.hi };
}

/** What lies far from the days of the study is not mapped to sessions: the calendar may not reach it. */
function inReach({ from, to }: { from: Instant; to: Instant }, sessions: ReadonlyMap<number, Session>): boolean {
  const closes = [...sessions.values()].map(({ close }) => close.ms);
  const week = 7 * 86_400_000;
  return to.ms >= Math.min(...closes) - week && from.ms <= Math.max(...closes) + week;
}

function bounded({ from, to }: { from: Instant; to: Instant }): boolean {
  return compareInstants(from, BEGINNING) > 0 && compareInstants(to, NEVER) < 0 && formatInstant(from) !== null && formatInstant(to) !== null;
}

/** Noon in New York where the exchange is closed that day; null beyond the calendar. */
function closeOf(calendar: CalendarId, date: string): Instant | null {
  try {
    return sessionOn(calendar, date)?.close ?? { ms: Date.parse(`${date}T16:00:00Z`), ns: 0 };
  } catch (error) {
    if (error instanceof CalendarRangeError) return null;
    throw error;
  }
}
