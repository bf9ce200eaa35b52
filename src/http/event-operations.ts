/** Reading the stored events, and adding to them. */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { eventDefinitions, inputSchemaOf } from '../../events/index.js';
import { tablesOf } from '../exporting/export.js';
import type { Format } from '../exporting/formats.js';
import type { Table } from '../exporting/table.js';
import { decodeToken, encodeToken } from '../views/context.js';
import { presentEvent, readEvents } from '../views/stored-events.js';
import { idempotentEventId } from '../ids.js';
import { parseFaults, type FaultyEvent } from '../synthetic/faults.js';
import { fillWith } from '../synthetic/fill.js';
import type { Worlds } from '../synthetic/worlds.js';
import { acceptInputs, appendAccepted } from '../writing/accept.js';
import type { Tracker } from '../tracker.js';
import type { PlainOperation } from './operations.js';
import { RequestError } from './problem.js';
import { checkpointHeaders } from './respond.js';
import { filledSchema, sendFilled } from './scenario-operations.js';
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

const receiptSchema = z
  .object({
    events: z.array(z.object({ id: z.string(), streamId: z.string(), revision: z.number(), status: z.enum(['stored', 'known']).meta({ description: 'known: the same event was stored before' }) })),
    basis: z.string().meta({ description: 'views asked with this basis see these events' }),
  })
  .meta({ id: 'Receipt' });

const newEventSchema = z.union([...eventDefinitions.keys()].map((type) => inputSchemaOf(type) ?? z.never())).meta({ id: 'NewEvent' });
const batchSchema = z.union([newEventSchema, z.array(newEventSchema).min(1)]);

/** How far back a repeated id is looked for in its stream. */
const REPEAT_DEPTH = 1000;
const MAX_BATCH = 10_000;
/** How long a writer waits for the projections before it is told where they are. */
const PROJECTED_WITHIN_MS = 2000;

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
  {
    kind: 'plain',
    id: 'appendEvents',
    method: 'post',
    path: '/v1/events',
    tag: 'events',
    summary: 'Add an event, a list of them, or NDJSON',
    description: 'All are checked before any is stored. Each stream is appended at once; a repetition (the same ids, or the same Idempotency-Key) stores nothing twice.',
    query: z.object({
      faults: z.string().optional().meta({ description: 'into a scenario alone: faults on the way, as duplicates:0.1,late:0.05; what is refused is told, and the rest stored' }),
      seed: z.coerce.number().int().min(0).optional().meta({ description: 'of the faults, default 1' }),
    }),
    headers: z.object({ 'Idempotency-Key': z.string().min(1).max(200).optional().meta({ description: 'makes the ids of events that have none, so that a repetition is recognised' }) }),
    body: { description: 'one event, a list, or one event a line', content: { 'application/json': batchSchema, 'application/x-ndjson': z.string() } },
    answers: { 201: { description: 'stored', schema: receiptSchema }, 200: { description: 'all of them were stored before; or, with faults, what became of them', schema: z.union([receiptSchema, filledSchema]) } },
    async handle(tracker, req, res, worlds) {
      const { inputs, pathOf } = inputsOf(req);
      const key = req.get('idempotency-key');
      if (key !== undefined && (key.length === 0 || key.length > 200)) throw new RequestError(400, 'bad-parameter', 'Idempotency-Key: expected 1 to 200 characters');
      if (req.query['faults'] !== undefined) {
        await appendWithFaults(tracker, req.query as Record<string, string>, res, worlds, inputs.map((input, index) => withId(input, key, index)));
        return;
      }
      if (req.query['seed'] !== undefined) throw new RequestError(400, 'bad-parameter', 'seed: goes with faults');
      const accepted = await acceptInputs(tracker, inputs, pathOf, key === undefined ? {} : { idempotencyKey: key });
      const stored = await appendAccepted(tracker.store, accepted, { depth: REPEAT_DEPTH });
      await tracker.runner.waitFor(stored.position, PROJECTED_WITHIN_MS);
      const fresh = stored.events.some((event) => event.status === 'stored');
      send(tracker, res, fresh ? 201 : 200, { events: stored.events, basis: encodeToken(tracker.store.id, stored.position) });
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

async function appendWithFaults(tracker: Tracker, { faults = '', seed = '1' }: Readonly<Record<string, string>>, res: Response, worlds: Worlds, events: FaultyEvent[]): Promise<void> {
  const { scenario } = tracker.runner;
  if (scenario === null) throw new RequestError(400, 'bad-parameter', 'faults: go into a scenario alone; name it with scenario=');
  const filled = await fillWith(tracker, events, { seed: Number(seed), rates: parseFaults(faults) });
  await sendFilled(res, worlds, scenario, filled, 0);
}

/** A duplicate is one by its id: it has one before faults meet it. */
function withId(input: unknown, key: string | undefined, index: number): FaultyEvent {
  const event = (typeof input === 'object' && input !== null ? input : {}) as Partial<FaultyEvent>;
  return { id: key === undefined ? randomUUID() : idempotentEventId(key, index), ...event, data: event.data ?? {}, metadata: event.metadata ?? {} };
}

function inputsOf(req: Request): { inputs: unknown[]; pathOf: (index: number) => string } {
  if (req.is('application/x-ndjson')) {
    const numbered = String(req.body).split('\n').map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
    const inputs = numbered.map(({ line, number }) => {
      try {
        return JSON.parse(line) as unknown;
      } catch (error) {
        throw new RequestError(400, 'invalid-event', `line ${number} is not JSON (${(error as Error).message}); nothing was stored`);
      }
    });
    return limited(inputs, (index) => `line ${numbered[index]?.number ?? index + 1}`);
  }
  if (!req.is('application/json')) throw new RequestError(415, 'unsupported-media-type', `expected Content-Type application/json or application/x-ndjson, got ${req.get('content-type') ?? 'none'}`);
  const body = req.body as unknown;
  return Array.isArray(body) ? limited(body, (index) => `[${index}]`) : { inputs: [body], pathOf: () => '' };
}

function limited(inputs: unknown[], pathOf: (index: number) => string): { inputs: unknown[]; pathOf: (index: number) => string } {
  if (inputs.length === 0) throw new RequestError(400, 'invalid-event', 'expected at least one event');
  if (inputs.length > MAX_BATCH) throw new RequestError(413, 'entity.too.large', `expected at most ${MAX_BATCH} events at once, got ${inputs.length}`);
  return { inputs, pathOf };
}

function send(tracker: Tracker, res: Response, status: number, body: unknown): void {
  if (!res.hasHeader('Cache-Control')) res.set('Cache-Control', 'no-cache');
  res.status(status).set(checkpointHeaders(tracker)).type('application/json').end(`${JSON.stringify(body)}\n`);
}

