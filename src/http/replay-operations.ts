/** Replay over HTTP: NDJSON, or server-sent events for a browser; as fast as the client reads, or paced. */
import { setImmediate } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { machineClock } from '../machine-clock.js';
import { asofTable, type Labelled } from '../exporting/asof-table.js';
import { FORMATS, type Format } from '../exporting/formats.js';
import { ASOF_VIEWS, asofColumns, asofJoin, type AsofOptions } from '../replay/asof.js';
import { recordedAt } from '../projecting/log-index.js';
import { decodeCursor, ORDERS, type ReplayOrder } from '../replay/cursor.js';
import { followLog, type FollowedBatch, type FollowOptions } from '../replay/follow.js';
import { lineOf } from '../replay/step-line.js';
import type { TailEvent } from '../replay/tail.js';
import { pacer } from '../replay/pace.js';
import { replay, type Step } from '../replay/replay.js';
import type { Tracker } from '../tracker.js';
import { selectionOf } from '../replay/selection-query.js';
import { storedEventSchema } from './event-operations.js';
import type { PlainOperation } from './operations.js';
import { compressed, encodingFor } from './compress.js';
import { streamSchema, untilOf } from './live-operations.js';
import { bodyBy, RequestError } from './problem.js';
import { checkpointHeaders } from './respond.js';
import { message, quietMsOf, sendStream, wantsStream } from './sse.js';
import { untilGone, writeAll, writeTo } from './streaming.js';
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
  after: z.string().optional().meta({ description: 'cursor of the last event that was read; the header Last-Event-ID does the same, and goes before it in a stream. With follow also head: only what comes from now on' }),
  limit: z.coerce.number().int().min(1).optional(),
  follow: z.enum(['true', 'false']).optional().meta({ description: 'true: goes on with what is appended; in log order' }),
  until: z.string().optional().meta({ description: 'with follow: a token (Tracker-Basis, the basis of a receipt), or head: ends once everything up to there was delivered' }),
  speed: positive.meta({ description: 'times as fast as it happened, on the clock of the order' }),
  rate: positive.meta({ description: 'events a second' }),
  longestWait: positive.meta({ description: 'seconds; with speed: no wait is longer' }),
});

const stepSchema = z.object({ at: z.string().meta({ description: 'on the clock of the order' }), cursor: z.string(), event: storedEventSchema, rejected: z.array(z.unknown()).optional().meta({ description: 'why its schema rejects it' }) }).meta({ id: 'ReplayStep' });

const MOST_ROWS = 10_000;

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
    description: 'NDJSON; with `Accept: text/event-stream` server-sent events whose id is the cursor; with follow=true also `progress` (how far everything was looked at, at least every 15 seconds) and, with until, `end`. The same query up to the same head gives the same bytes. The end of a replay that does not follow is the end of the answer; a failure on the way is a last line {"problem"} and a broken connection.',
    query: replayQuery,
    answers: { 200: { description: 'events', contentType: 'application/x-ndjson', schema: stepSchema, more: { 'text/event-stream': streamSchema } } },
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
  const stream = wantsStream(req);
  if (query.until !== undefined && !follow) throw new RequestError(400, 'bad-parameter', 'until: goes with follow=true; a replay that does not follow ends at the head by itself');
  const gone = untilGone(req, res);
  // An EventSource asks the same address again, with the last id that it has.
  const after = (stream ? req.get('last-event-id') : undefined) ?? query.after;
  const pace = query.speed === undefined && query.rate === undefined ? undefined : pacer({ ...query, longestWait: query.longestWait && query.longestWait * 1000 }, machineClock, gone);
  if (follow && !pace && order === 'log' && query.limit === undefined) {
    const cursor = after === undefined || after === '' ? null : after === 'head' ? placeNow(tracker) : decodeCursor(after, tracker.store.id, order);
    const until = untilOf(tracker, query.until);
    if (stream && until !== null && cursor !== null && cursor.position >= until) {
      // It has all that it asked for: an EventSource does not come again after this.
      res.status(204).end();
      return;
    }
    const batches = followLog(tracker, { selection: selectionOf(tracker, query), after: cursor, signal: gone, quietMs: quietMsOf(req), until });
    await (stream ? sendStream(tracker, res, gone, streamed(tracker, batches, gone)) : sendLines(tracker, res, gone, lined(batches)));
    return;
  }
  if (query.until !== undefined) throw new RequestError(400, 'bad-parameter', 'until: goes without limit, speed and rate');
  const steps = replay(tracker, { ...selectionOf(tracker, query), order, follow, signal: gone, ...(after === undefined ? {} : { after }), ...(query.limit === undefined ? {} : { limit: query.limit }), ...(pace ? { pacer: pace } : {}) });
  // The first step is awaited before anything is sent, unless it may be long in coming: a bad cursor is then a problem of its own.
  const first = follow || pace !== undefined ? null : await steps.next();
  if (stream && first?.done === true && after !== undefined) {
    res.status(204).end();
    return;
  }
  const texts = written(steps, first, stream);
  if (stream) return sendStream(tracker, res, gone, texts);
  // What may pause is not held back by a compressor.
  const encoding = follow || pace !== undefined ? null : encodingFor(req);
  if (encoding !== null) res.set('Content-Encoding', encoding);
  await sendLines(tracker, res.vary('Accept-Encoding'), gone, encoding === null ? texts : compressed(texts, encoding));
}

/** Where one begins that wants nothing of what was before; null: nothing was. */
function placeNow({ runner }: Tracker): FollowOptions['after'] {
  const [position, place] = [runner.position(), runner.events()];
  return position === null || place === 0 ? null : { position, place, recorded: recordedAt(runner.log, place) };
}

async function* written(steps: AsyncGenerator<Step, void>, first: IteratorResult<Step, void> | null, stream: boolean): AsyncGenerator<string> {
  try {
    for (let next = first ?? (await steps.next()); !next.done; next = await steps.next()) {
      const { at, cursor, event, typed } = next.value;
      const line = lineOf(at, cursor, event, typed);
      yield stream ? message(null, cursor, line) : `${line}\n`;
    }
    if (stream) yield message('end', null, {});
  } finally {
    await steps.return(undefined);
  }
}

/** Events, how far all was looked at, and the end, as server-sent events. */
async function* streamed({ runner }: Tracker, batches: AsyncIterable<FollowedBatch>, gone: AbortSignal): AsyncGenerator<string | Uint8Array> {
  let reached: string | null = null;
  for await (const batch of batches) {
    ({ reached } = batch);
    if (batch.events.length > 0) yield bytesOf(batch.events);
    // Also where nothing was selected: whoever comes back goes on from there.
    if (batch.caughtUp || batch.events.length === 0) yield message('progress', reached, { cursor: reached, state: runner.phase() });
  }
  if (!gone.aborted) yield message('end', reached, { cursor: reached });
}

/** The same events for all who stand at one place: written once. */
const asMessages = new WeakMap<readonly TailEvent[], Buffer>();

function bytesOf(events: readonly TailEvent[]): Buffer {
  let bytes = asMessages.get(events);
  if (!bytes) {
    bytes = Buffer.from(events.map(({ cursor, line }) => message(null, cursor, line)).join(''));
    asMessages.set(events, bytes);
  }
  return bytes;
}

async function* lined(batches: AsyncIterable<FollowedBatch>): AsyncGenerator<string> {
  for await (const { events } of batches) if (events.length > 0) yield events.map(({ line }) => `${line}\n`).join('');
}

async function sendLines(tracker: Tracker, res: Response, gone: AbortSignal, texts: AsyncIterable<string | Uint8Array>): Promise<void> {
  res.status(200).vary('Accept').set({ 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no', ...checkpointHeaders(tracker) }).type('application/x-ndjson').setTimeout(0);
  res.flushHeaders();
  try {
    await writeAll(res, texts, gone);
  } catch (error) {
    res.write(`${JSON.stringify({ problem: (error as Error).message })}\n`);
    res.destroy();
  }
}
