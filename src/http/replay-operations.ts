/** Replay over HTTP: NDJSON, or server-sent events for a browser; as fast as the client reads, or paced. */
import { setImmediate } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { isRejected } from '../../events/index.js';
import { machineClock } from '../machine-clock.js';
import { asofTable, type Labelled } from '../exporting/asof-table.js';
import { FORMATS, type Format } from '../exporting/formats.js';
import { ASOF_VIEWS, asofColumns, asofJoin, type AsofOptions } from '../replay/asof.js';
import { ORDERS, type ReplayOrder } from '../replay/cursor.js';
import { pacer } from '../replay/pace.js';
import { replay, type Step } from '../replay/replay.js';
import type { Tracker } from '../tracker.js';
import { selectionOf } from '../replay/selection-query.js';
import { presentEvent } from '../views/stored-events.js';
import { storedEventSchema } from './event-operations.js';
import type { PlainOperation } from './operations.js';
import { bodyBy } from './problem.js';
import { checkpointHeaders } from './respond.js';
import { untilGone, writeTo } from './streaming.js';
import { sendTable, TABLE_CONTENT } from './tables.js';

const instant = z.string().optional().meta({ examples: ['2025-11-03T00:00:00Z'] });
const positive = z.coerce.number().positive().optional();

const replayQuery = z.object({
  order: z.enum(ORDERS).optional().meta({ description: 'log: as recorded (default); published: as the world came to know them; valid: as they were true' }),
  type: z.string().optional().meta({ description: 'event types with commas between' }),
  stream: z.string().optional().meta({ description: 'only streams that begin so' }),
  instrument: z.string().optional().meta({ description: 'id or symbol' }),
  entity: z.string().optional(),
  announcement: z.string().optional(),
  from: instant.meta({ description: 'on the clock of the order, inclusive' }),
  to: instant.meta({ description: 'exclusive' }),
  after: z.string().optional().meta({ description: 'cursor of the last event that was read; the header Last-Event-ID does the same' }),
  limit: z.coerce.number().int().min(1).optional(),
  follow: z.enum(['true', 'false']).optional().meta({ description: 'true: goes on with what is appended; in log order' }),
  speed: positive.meta({ description: 'times as fast as it happened, on the clock of the order' }),
  rate: positive.meta({ description: 'events a second' }),
  longestWait: positive.meta({ description: 'seconds; with speed: no wait is longer' }),
});

const stepSchema = z.object({ at: z.string().meta({ description: 'on the clock of the order' }), cursor: z.string(), event: storedEventSchema, rejected: z.array(z.unknown()).optional().meta({ description: 'why its schema rejects it' }) }).meta({ id: 'ReplayStep' });

const MOST_ROWS = 10_000;
/** A proxy closes what is silent for a minute or so. */
const HEARTBEAT_MS = 15_000;

const asofBody = z.strictObject({
  views: z.array(z.enum(ASOF_VIEWS)).min(1),
  format: z.enum(FORMATS).optional().meta({ description: 'ndjson (default): a line {values, reason} a row; else a table of the rows with their columns, arrow as a stream' }),
  columns: z.array(z.string()).optional().meta({ description: 'VIEW.FIELD, such as market-value.level.close; unstated: the usual ones of each view' }),
  clock: z.enum(['published', 'recorded']).optional(),
  benchmark: z.string().optional().meta({ description: 'of the reaction' }),
  estimation: z.string().optional(),
  windows: z.string().optional(),
  rows: z.array(z.strictObject({ instrument: z.string(), entity: z.string().optional(), time: z.string(), knownAt: z.string().optional() })).min(1).max(MOST_ROWS),
});
const asofRow = z.object({ values: z.record(z.string(), z.unknown()), reason: z.string().nullable().meta({ description: 'why values are missing' }) }).meta({ id: 'AsofRow' });

export const replayOperations: readonly PlainOperation[] = [
  {
    kind: 'plain',
    id: 'joinAsOf',
    method: 'post',
    path: '/v1/asof',
    tag: 'views',
    summary: 'As-of join: for each row the views as they were known at its own time',
    description: 'One line a row, in their order. A row without a value stays, with the reason. knownAt later than the row\'s time is refused in its row.',
    body: { description: 'the rows and what is wanted of them', content: { 'application/json': asofBody } },
    answers: { 200: { description: 'a line a row', contentType: 'application/x-ndjson', schema: asofRow, more: TABLE_CONTENT } },
    async handle(tracker, req, res) {
      const { rows, format = 'ndjson', ...wanted } = bodyBy(asofBody, req.body);
      const join = asofJoin(tracker, wanted);
      if (format !== 'ndjson') {
        await sendAsofTable(tracker, req, res, format, wanted, rows);
        return;
      }
      const gone = untilGone(req, res);
      res.status(200).set({ 'Cache-Control': 'no-store', ...checkpointHeaders(tracker) }).type('application/x-ndjson');
      for (const [i, row] of rows.entries()) {
        if (gone.aborted) return;
        await writeTo(res, `${JSON.stringify(join(row))}\n`, gone);
        // Others are served between: a row may take a millisecond.
        if (i % 50 === 49) await setImmediate();
      }
      res.end();
    },
  },
  {
    kind: 'plain',
    id: 'getReplay',
    method: 'get',
    path: '/v1/replay',
    tag: 'events',
    summary: 'Stored events again, in order, filtered and paced, one a line',
    description: 'NDJSON; with `Accept: text/event-stream` server-sent events whose id is the cursor. The same query up to the same head gives the same bytes. The end of a replay that does not follow is the end of the answer; a failure on the way is a last line {"problem"} and a broken connection.',
    query: replayQuery,
    answers: { 200: { description: 'events', contentType: 'application/x-ndjson', schema: stepSchema } },
    handle: send,
  },
];

async function sendAsofTable(tracker: Tracker, req: Request, res: Response, format: Format, wanted: AsofOptions, rows: z.infer<typeof asofBody>['rows']): Promise<void> {
  const header = (['instrument', 'entity', 'time', 'knownAt'] as const).filter((name) => rows.some((row) => row[name] !== undefined));
  async function* labels(): AsyncGenerator<Labelled[]> {
    for (let start = 0; start < rows.length; start += 50) {
      yield rows.slice(start, start + 50).map((row) => ({ own: header.map((name) => row[name] ?? null), label: row }));
      // Others are served between: a row may take a millisecond.
      await setImmediate();
    }
  }
  const table = await asofTable(header, asofColumns(wanted).map(({ name }) => name), labels(), asofJoin(tracker, wanted));
  await sendTable(tracker, req, res, table, format, {});
}

async function send(tracker: Tracker, req: Request, res: Response): Promise<void> {
  const query = replayQuery.parse(req.query);
  const order: ReplayOrder = query.order ?? 'log';
  const follow = query.follow === 'true';
  const gone = untilGone(req, res);
  const events = req.accepts(['application/x-ndjson', 'text/event-stream']) === 'text/event-stream';
  const after = query.after ?? (events ? req.get('last-event-id') : undefined);
  const pace = query.speed === undefined && query.rate === undefined ? undefined : pacer({ ...query, longestWait: query.longestWait && query.longestWait * 1000 }, machineClock, gone);
  const steps = replay(tracker, { ...selectionOf(tracker, query), order, follow, signal: gone, ...(after === undefined ? {} : { after }), ...(query.limit === undefined ? {} : { limit: query.limit }), ...(pace ? { pacer: pace } : {}) });
  // The first step is awaited before anything is sent, unless it may be long in coming: a bad cursor is then a problem of its own.
  const paused = follow || pace !== undefined;
  const first = paused ? null : await steps.next();
  res.status(200).set({ 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no', ...checkpointHeaders(tracker) }).type(events ? 'text/event-stream' : 'application/x-ndjson');
  res.flushHeaders();
  const beat = events ? setInterval(() => res.write(': still here\n\n'), HEARTBEAT_MS).unref() : null;
  try {
    for (let next = first ?? (await steps.next()); !next.done; next = await steps.next()) {
      await writeTo(res, written(next.value, events), gone);
    }
    res.end();
  } catch (error) {
    res.write(events ? `event: problem\ndata: ${JSON.stringify({ problem: (error as Error).message })}\n\n` : `${JSON.stringify({ problem: (error as Error).message })}\n`);
    res.destroy();
  } finally {
    if (beat) clearInterval(beat);
    await steps.return(undefined);
  }
}

function written({ at, cursor, event, typed }: Step, events: boolean): string {
  const line = JSON.stringify({ at, cursor, event: presentEvent(event), ...(isRejected(typed) ? { rejected: typed.problems } : {}) });
  return events ? `id: ${cursor}\ndata: ${line}\n\n` : `${line}\n`;
}
