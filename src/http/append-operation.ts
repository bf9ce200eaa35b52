/** Adding events: one, a list, or NDJSON; whatever is there, at an expected revision, or with faults into a scenario. */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { eventDefinitions, inputSchemaOf, sortedEntries } from '../../events/index.js';
import { idempotentEventId } from '../ids.js';
import { WrongExpectedRevisionError } from '../store/port.js';
import { parseFaults, type FaultyEvent } from '../synthetic/faults.js';
import { fillWith } from '../synthetic/fill.js';
import type { Worlds } from '../synthetic/worlds.js';
import type { Tracker } from '../tracker.js';
import { encodeToken } from '../views/context.js';
import { acceptInputs, appendAccepted, appendAt, PartlyStoredError, SeveralStreamsError, type StoredBatch } from '../writing/accept.js';
import { send } from './event-operations.js';
import { fedSchema, feedQuery, isFeed, takeFeed } from './feed.js';
import type { PlainOperation } from './operations.js';
import { problemSchema, RequestError, sendProblem } from './problem.js';
import { filledSchema, sendFilled } from './scenario-operations.js';

const receiptSchema = z
  .object({
    events: z.array(z.object({ id: z.string(), streamId: z.string(), revision: z.number(), status: z.enum(['stored', 'known']).meta({ description: 'known: the same event was stored before' }) })),
    basis: z.string().meta({ description: 'views asked with this basis see these events' }),
  })
  .meta({ id: 'Receipt' });

const newEventSchema = z.union([...eventDefinitions.keys()].map((type) => inputSchemaOf(type) ?? z.never())).meta({ id: 'NewEvent' });
const expectedSchema = z.union([z.int().nonnegative(), z.literal('no_stream')]).meta({ description: 'the revision that the last event of their stream must have; no_stream: there must be none yet' });
const expectingSchema = z.strictObject({ events: z.array(newEventSchema).min(1), expectedRevision: expectedSchema }).meta({ id: 'NewEventsAtRevision', description: 'events of one stream, stored where it is as expected, or not at all' });
const batchSchema = z.union([newEventSchema, z.array(newEventSchema).min(1), expectingSchema]);
type Expected = z.infer<typeof expectedSchema>;

/** How far back a repeated id is looked for in its stream. */
const REPEAT_DEPTH = 1000;
const MAX_BATCH = 10_000;
/** How long a writer waits for the projections before it is told where they are. */
const PROJECTED_WITHIN_MS = 2000;

export const appendOperation: PlainOperation = {
  kind: 'plain',
  id: 'appendEvents',
  method: 'post',
  path: '/v1/events',
  tag: 'events',
  scope: 'append',
  summary: 'Add an event, a list of them, or NDJSON',
  description:
    'All are checked before any is stored. Each stream is appended at once; a repetition (the same ids, or the same Idempotency-Key) stores nothing twice. Should a later stream be refused, the problem lists in `stored` what was stored before, each with its place in what was sent. Events of one stream may say at which revision they go (the body as {events, expectedRevision}, or If-Match: "5", or If-None-Match: * for a stream that must not be there yet): 409, or 412 for a header, with the current revision where it is another. With feed=true NDJSON of any length is stored as it comes; the sender waits where that is slower.',
  query: z.object({
    faults: z.string().optional().meta({ description: 'into a scenario alone: faults on the way, as duplicates:0.1,late:0.05; what is refused is told, and the rest stored' }),
    seed: z.coerce.number().int().min(0).optional().meta({ description: 'of the faults, default 1' }),
    ...feedQuery.shape,
  }),
  headers: z.object({
    'Idempotency-Key': z.string().min(1).max(200).optional().meta({ description: 'makes the ids of events that have none, so that a repetition is recognised' }),
    'If-Match': z.string().optional().meta({ description: 'the revision that the last event of the stream must have, quoted: "5"; the ETag of a receipt' }),
    'If-None-Match': z.literal('*').optional().meta({ description: 'the stream must not be there yet' }),
  }),
  body: { description: 'one event, a list, a list with the revision it goes at, or one event a line', content: { 'application/json': batchSchema, 'application/x-ndjson': z.string() } },
  answers: { 201: { description: 'stored', schema: z.union([receiptSchema, fedSchema]) }, 200: { description: 'all of them were stored before; or, with faults, what became of them', schema: z.union([receiptSchema, filledSchema, fedSchema]) }, 412: { description: 'the stream is not as If-Match or If-None-Match expects: the problem has `actual`, its last revision', contentType: 'application/problem+json', schema: problemSchema } },
  async handle(tracker, req, res, worlds) {
    if (isFeed(req)) {
      await takeFeed(tracker, req, res);
      return;
    }
    const ofFeed = (['feed', 'keepGood'] as const).find((name) => req.query[name] !== undefined);
    if (ofFeed !== undefined) throw new RequestError(400, 'bad-parameter', `${ofFeed}: of a feed: feed=true with Content-Type application/x-ndjson`);
    const { inputs, pathOf, expected: inBody } = inputsOf(req);
    const inHeader = expectedBy(req);
    if (inBody !== null && inHeader !== null) throw new RequestError(400, 'bad-parameter', 'expectedRevision: in the body or by If-Match, not both');
    const expected = inBody ?? inHeader;
    const key = req.get('idempotency-key');
    if (key !== undefined && (key.length === 0 || key.length > 200)) throw new RequestError(400, 'bad-parameter', 'Idempotency-Key: expected 1 to 200 characters');
    if (req.query['faults'] !== undefined) {
      if (expected !== null) throw new RequestError(400, 'bad-parameter', 'faults: events that come late or twice go at no revision; leave it out');
      await appendWithFaults(tracker, req.query as Record<string, string>, res, worlds, inputs.map((input, index) => withId(input, key, index, tracker.runner.scenario)));
      return;
    }
    if (req.query['seed'] !== undefined) throw new RequestError(400, 'bad-parameter', 'seed: goes with faults');
    const accepted = await acceptInputs(tracker, inputs, pathOf, key === undefined ? {} : { idempotencyKey: key });
    let stored: StoredBatch;
    try {
      stored = expected === null ? await appendAccepted(tracker.store, accepted, { depth: REPEAT_DEPTH }) : await appendAt(tracker.store, accepted, expected);
    } catch (error) {
      if (error instanceof SeveralStreamsError) throw new RequestError(400, 'bad-parameter', error.message);
      if (error instanceof PartlyStoredError) throw new PartlyStoredError(error.stored.map((one) => ({ ...one, place: pathOf(one.index) || 'event' })), error.cause);
      if (!(error instanceof WrongExpectedRevisionError) || inHeader === null) throw error;
      sendProblem(res, { status: 412, kind: 'wrong-expected-revision', title: 'The stream moved on', detail: error.message, extra: { expected: error.expected, actual: error.actual } });
      return;
    }
    await tracker.runner.waitFor(stored.position, PROJECTED_WITHIN_MS);
    const fresh = stored.events.some((event) => event.status === 'stored');
    // Of one stream it is what If-Match asks for next.
    if (new Set(stored.events.map(({ streamId }) => streamId)).size === 1) res.set('ETag', `"${Math.max(...stored.events.map(({ revision }) => revision))}"`);
    send(tracker, res, fresh ? 201 : 200, { events: stored.events, basis: encodeToken(tracker.store.id, stored.position) });
  },
};

/** What a header expects of the stream; null: nothing. @throws RequestError */
function expectedBy(req: Request): Expected | null {
  const [match, none] = [req.get('if-match'), req.get('if-none-match')];
  if (match === undefined && none === undefined) return null;
  if (match !== undefined && none !== undefined) throw new RequestError(400, 'bad-parameter', 'If-Match: goes without If-None-Match');
  if (none !== undefined) {
    if (none.trim() !== '*') throw new RequestError(400, 'bad-parameter', `If-None-Match: expected * (the stream must not be there yet), got ${JSON.stringify(none.slice(0, 40))}`);
    return 'no_stream';
  }
  const [, revision] = /^"?(\d{1,15})"?$/.exec((match ?? '').trim()) ?? [];
  if (revision === undefined) throw new RequestError(400, 'bad-parameter', `If-Match: expected the last revision of the stream, as "5", got ${JSON.stringify((match ?? '').slice(0, 40))}`);
  return Number(revision);
}

async function appendWithFaults(tracker: Tracker, { faults = '', seed = '1' }: Readonly<Record<string, string>>, res: Response, worlds: Worlds, events: FaultyEvent[]): Promise<void> {
  const { scenario } = tracker.runner;
  if (scenario === null) throw new RequestError(400, 'bad-parameter', 'faults: go into a scenario alone; name it with scenario=');
  const filled = await fillWith(tracker, events, { seed: Number(seed), rates: parseFaults(faults) });
  await sendFilled(res, worlds, scenario, filled, 0);
}

/** A duplicate is one by its id: it has one before faults meet it. */
function withId(input: unknown, key: string | undefined, index: number, scenario: string | null): FaultyEvent {
  const event = (typeof input === 'object' && input !== null ? input : {}) as Partial<FaultyEvent>;
  return { id: key === undefined ? randomUUID() : idempotentEventId(key, index, scenario), ...event, data: event.data ?? {}, metadata: event.metadata ?? {} };
}

interface Inputs {
  inputs: unknown[];
  /** Names an event in problems. */
  pathOf: (index: number) => string;
  expected: Expected | null;
}

function inputsOf(req: Request): Inputs {
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
  if (Array.isArray(body)) return limited(body, (index) => `[${index}]`);
  const { events, expectedRevision, ...more } = (typeof body === 'object' && body !== null ? body : {}) as { events?: unknown; expectedRevision?: unknown };
  // An event has neither: whoever sends one of them means a list.
  if (events === undefined && expectedRevision === undefined) return { inputs: [body], pathOf: () => '', expected: null };
  const strange = sortedEntries(more as Record<string, unknown>)[0]?.[0];
  if (!Array.isArray(events) || strange !== undefined) throw new RequestError(400, 'bad-parameter', strange === undefined ? 'events: expected a list of events beside expectedRevision' : `${strange}: expected no such field beside events and expectedRevision`);
  const expected = expectedSchema.safeParse(expectedRevision);
  if (!expected.success) throw new RequestError(400, 'bad-parameter', `expectedRevision: expected the last revision of the stream, or "no_stream", got ${JSON.stringify(expectedRevision)?.slice(0, 40) ?? 'nothing'}`);
  return { ...limited(events, (index) => `events[${index}]`), expected: expected.data };
}

function limited(inputs: unknown[], pathOf: (index: number) => string): Inputs {
  if (inputs.length === 0) throw new RequestError(400, 'invalid-event', 'expected at least one event');
  if (inputs.length > MAX_BATCH) throw new RequestError(413, 'entity.too.large', `expected at most ${MAX_BATCH} events at once, got ${inputs.length}`);
  return { inputs, pathOf, expected: null };
}

