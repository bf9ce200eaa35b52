/** The exchange's calendar: what a chart needs that leaves out the hours in which nothing is traded. */
import { z } from 'zod';
import { CALENDARS, formatInstant, parseDay, sessionsBetween } from '../../events/index.js';
import { instantParameter } from '../views/context.js';
import type { PlainOperation } from './operations.js';
import { RequestError } from './problem.js';
import { sendTagged } from './respond.js';

const MOST_DAYS = 11_000;

const sessionsSchema = z
  .object({
    calendar: z.enum(CALENDARS),
    sessions: z.array(z.object({ date: z.string(), open: z.string(), close: z.string(), early: z.boolean().meta({ description: 'an early close' }) })),
  })
  .meta({ id: 'Sessions' });

const day = z.string().meta({ description: 'both ends included', examples: ['2025-11-03'] });

export const calendarOperations: readonly PlainOperation[] = [
  {
    kind: 'plain',
    id: 'getSessions',
    method: 'get',
    path: '/v1/calendars/{id}/sessions',
    tag: 'operations',
    summary: 'Trading days of an exchange with their hours',
    params: z.object({ id: z.enum(CALENDARS).meta({ description: 'US: New York Stock Exchange and Nasdaq' }) }),
    query: z.object({ from: day, to: day, knownAt: z.string().optional().meta({ description: 'closures declared later are left out; unstated: all that are known', examples: ['2025-11-03T21:00:00Z'] }) }),
    answers: { 200: { description: 'in their order', schema: sessionsSchema } },
    tagged: 'bytes',
    async handle(_tracker, req, res) {
      const { from, to, knownAt } = req.query as Record<string, string | undefined>;
      const [first, last] = [dayOf('from', from), dayOf('to', to)];
      if (last.ms < first.ms) throw new RequestError(400, 'bad-parameter', `to: expected a day not before from, got ${last.text}`);
      if ((last.ms - first.ms) / 86_400_000 > MOST_DAYS) throw new RequestError(400, 'bad-parameter', `to: expected at most ${MOST_DAYS} days from ${first.text}, got ${last.text}`);
      const known = instantParameter('knownAt', knownAt) ?? undefined;
      const sessions = sessionsBetween('US', first.text, last.text, known).map(({ date, open, close, early }) => ({ date, open: formatInstant(open), close: formatInstant(close), early }));
      await sendTagged(req, res, { calendar: 'US', sessions });
    },
  },
];

function dayOf(name: string, text: string | undefined): { text: string; ms: number } {
  const ms = text === undefined ? null : parseDay(text);
  if (text === undefined || ms === null) throw new RequestError(400, 'bad-parameter', `${name}: expected a day such as 2025-11-03, got ${JSON.stringify(text?.slice(0, 40) ?? null)}`);
  return { text, ms };
}
