/** Reading the stored events. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { tablesOf } from '../exporting/export.js';
import type { Format } from '../exporting/formats.js';
import type { Table } from '../exporting/table.js';
import { decodeToken, encodeToken } from '../views/context.js';
import { presentEvent, readEvents } from '../views/stored-events.js';
import type { Tracker } from '../tracker.js';
import type { PlainOperation } from './operations.js';
import { RequestError } from './problem.js';
import { checkpointHeaders } from './respond.js';
import { formatAsked, sendTable, TABLE_CONTENT, tableQuery } from './tables.js';

export const storedEventSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    schemaVersion: z.number().nullable().meta({ description: 'null: the event carries none and is not of this language' }),
    streamId: z.string(),
    revision: z.number(),
    position: z.string(),
    recordedAt: z.string(),
    data: z.record(z.string(), z.unknown()),
    metadata: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'StoredEvent', description: 'exactly as stored; views read it upcast to the current schema version' });

const eventsSchema = z.object({ events: z.array(storedEventSchema), next: z.string().nullable().meta({ description: 'cursor for the next page; null: this was the end for now' }) }).meta({ id: 'StoredEvents' });

const instant = z.string().optional().meta({ examples: ['2025-11-03T00:00:00Z'] });

/** What chooses the rows of the table. */
const chosenQuery = z.object({
  type: z.string().optional().meta({ description: 'with format: event types with commas between' }),
  instrument: z.string().optional().meta({ description: 'with format: id or symbol' }),
  entity: z.string().optional().meta({ description: 'with format' }),
  announcement: z.string().optional().meta({ description: 'with format' }),
  from: instant.meta({ description: 'with format: known from then on' }),
  to: instant.meta({ description: 'with format: known before' }),
  knownAt: instant.meta({ description: 'with format: known by then' }),
});

export const eventOperations: readonly PlainOperation[] = [
  {
    kind: 'plain',
    id: 'listEvents',
    method: 'get',
    path: '/v1/events',
    tag: 'events',
    summary: 'Stored events in log order, or of one stream; with format all of them as a table',
    description: 'With format the answer is no page but the whole table of events, in the order in which the world came to know them, and may be narrowed as a replay is.',
    query: z.object({
      format: tableQuery.shape.format,
      ...chosenQuery.shape,
      after: z.string().optional().meta({ description: 'cursor: `next` of the page before' }),
      stream: z.string().optional(),
      direction: z.enum(['forwards', 'backwards']).optional(),
      limit: z.coerce.number().int().min(1).max(1000).optional().meta({ description: 'default 100' }),
    }),
    answers: { 200: { description: 'a page of events', schema: eventsSchema, more: TABLE_CONTENT } },
    async handle(tracker, req, res) {
      const query = req.query as Record<string, string | undefined>;
      const format = formatAsked(query);
      if (format !== null) {
        await sendEventsTable(tracker, req, res, format);
        return;
      }
      const beyond = Object.keys(chosenQuery.shape).find((name) => query[name] !== undefined);
      if (beyond !== undefined) throw new RequestError(400, 'bad-parameter', `${beyond}: goes with format=csv and its like; GET /v1/replay takes it without`);
      const after = query['after'] === undefined ? null : decodeToken(query['after'], tracker.store.id, 'after');
      const page = await readEvents(tracker, {
        after,
        stream: query['stream'],
        direction: query['direction'] === 'backwards' ? 'backwards' : 'forwards',
        limit: Number(query['limit'] ?? 100),
      });
      const next = page.next === null ? null : encodeToken(tracker.store.id, page.next);
      if (next !== null) {
        const url = new URL(req.originalUrl, 'http://localhost');
        url.searchParams.set('after', next);
        res.set('Link', `<${url.pathname}${url.search}>; rel="next"`);
      }
      send(tracker, res, 200, { events: page.events, next });
    },
  },
  {
    kind: 'plain',
    id: 'getEvent',
    method: 'get',
    path: '/v1/events/{stream}/{revision}',
    tag: 'events',
    summary: 'One stored event',
    params: z.object({ stream: z.string().meta({ examples: ['market.announcement-openai-aws'] }), revision: z.string().regex(/^\d{1,15}$/, { error: 'expected a whole number' }) }),
    answers: { 200: { description: 'the event', schema: storedEventSchema } },
    async handle(tracker, req, res) {
      const stream = String(req.params['stream']);
      const revision = Number(req.params['revision']);
      if (!tracker.prefixes.some((prefix) => stream.startsWith(prefix))) throw new RequestError(404, 'not-found', `no event ${revision} in ${stream}: the tracker's streams begin with ${tracker.prefixes.join(' or ')}`);
      const [event] = await tracker.store.readStream(stream, { from: revision + 1, direction: 'backwards', limit: 1 });
      if (event?.revision !== revision) throw new RequestError(404, 'not-found', event ? `${stream} has no event ${revision}; its last before that is ${event.revision}` : `no stream ${stream} is stored`);
      res.set('Cache-Control', 'public, max-age=31536000, immutable');
      send(tracker, res, 200, presentEvent(event));
    },
  },
];

async function sendEventsTable(tracker: Tracker, req: Request, res: Response, format: Format): Promise<void> {
  const { format: _format, ...query } = req.query as Record<string, string | undefined>;
  const paged = (['after', 'direction', 'limit'] as const).find((name) => query[name] !== undefined);
  if (paged !== undefined) throw new RequestError(400, 'bad-parameter', `${paged}: a table is whole: it has no pages`);
  const [table] = tablesOf(tracker, ['events'], query) as [Table];
  await sendTable(tracker, req, res, table, format, query);
}

export function send(tracker: Tracker, res: Response, status: number, body: unknown): void {
  if (!res.hasHeader('Cache-Control')) res.set('Cache-Control', 'no-cache');
  res.status(status).set(checkpointHeaders(tracker)).type('application/json').end(`${JSON.stringify(body)}\n`);
}

