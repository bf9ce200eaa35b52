/** What else touched shares in the days around an announcement: what a study of each of them reads, for charts and lists. */
import { formatInstant } from '../../events/index.js';
import { anchorOf, findAnnouncement } from '../../projections/index.js';
import { announcementExists } from './announcements.js';
import { resolveInstrument } from './catalog.js';
import { confoundersOf } from './confounders.js';
import { answer, echo, reader, ViewError, type Answer, type ViewContext } from './context.js';
import type { ConfoundersView } from './reaction-schema.js';
import { sessionsFor, sessionsWithin, spanOf } from './study-days.js';
import { listOf } from './study-settings.js';

export interface ConfoundersQuery {
  /** Ids or symbols with commas between. */
  instruments?: string | undefined;
  /** Trading days from day 0 as FROM:TO. */
  days?: string | undefined;
}

const MOST = 100;
const DAYS = '-31:31';

/** @throws ViewError for an unknown or undated announcement, an unknown instrument, a malformed parameter */
export function announcementConfoundersView(context: ViewContext, id: string, query: ConfoundersQuery): Answer<ConfoundersView> {
  announcementExists(context, id);
  const asked = listOf(query.instruments);
  if (asked.length === 0 || asked.length > MOST) throw new ViewError('bad-parameter', 400, `instruments: expected 1 to ${MOST} ids or symbols with commas between, such as XNAS:AMZN,XNAS:NVDA, got ${asked.length}`);
  const timeline = reader(context, 'timeline');
  const { range } = anchorOf(timeline, id);
  if (!range || !Number.isFinite(range.to.ms)) throw new ViewError('not-found', 404, `${id} is not dated${context.sight.known ? ' by what was known then' : ''}: there is no day 0 to look around`);
  const from = Number.isFinite(range.from.ms) ? range.from : range.to;
  const days = spanOf('days', query.days ?? DAYS);
  const known = context.sight.known ?? undefined;
  const listings = [...new Map(asked.map((text) => resolveInstrument(context, text)).map((listing) => [listing.value.instrument, listing])).values()];
  const each = listings.map(({ value: { instrument, symbol, calendar, entity } }) => {
    const [day0] = sessionsFor(calendar, { from, to: range.to }, known);
    if (!day0) throw new ViewError('not-found', 404, `${id}: no session follows it in the calendar`);
    const sessions = sessionsWithin(calendar, day0, days, known);
    const byDate = new Map([...sessions.values()].map((session) => [session.date, session]));
    const found = confoundersOf(context, { instrument, entity: entity ?? null, calendar, sessions, own: id });
    return {
      instrument: { instrument, symbol, day0: day0.date },
      confounders: found.map((one) => {
        const touched = one.dates.flatMap((date) => byDate.get(date) ?? []);
        const [first, last] = [touched[0]?.open, touched.at(-1)?.close];
        return { instrument, symbol, ...one, from: first ? formatInstant(first) : null, to: last ? formatInstant(last) : null };
      }),
    };
  });
  return answer(context, {
    ...echo(context, context.asOf),
    announcement: id,
    title: findAnnouncement(timeline, id)?.value.title ?? id,
    days: `${days.from}:${days.to}`,
    instruments: each.map((one) => one.instrument),
    confounders: each.flatMap((one) => one.confounders),
  });
}
