/** The Express application: every operation of the list, the OpenAPI document, the page. */
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { problemsOf } from '../../events/index.js';
import type { Logger } from '../logger.js';
import type { Tracker } from '../tracker.js';
import type { Format } from '../exporting/formats.js';
import type { Worlds } from '../synthetic/worlds.js';
import { answer, answerFrom, decodeToken, ViewError, type Answer, type ViewContext } from '../views/context.js';
import { answerGrid, isGrid } from '../views/grid.js';
import { calendarOperations } from './calendar-operations.js';
import { allowOrigins, checkScope, identify, knowSenders, limitRate, scopeOf } from './access.js';
import { appendOperation } from './append-operation.js';
import { eventOperations } from './event-operations.js';
import { sendText } from './compress.js';
import { explainOperations } from './explain-operations.js';
import { isFeed } from './feed.js';
import { fieldsOf, pickFields } from './fields.js';
import { sendLive } from './live-operations.js';
import { wantsStream } from './sse.js';
import { guard } from './guard.js';
import { answerKept, keepAnswer, keptAnswer, keyOf } from './kept-answers.js';
import { healthOperations } from './health-operations.js';
import { whenChanged } from './long-poll.js';
import type { Metrics } from './metrics.js';
import { openApiDocument } from './openapi.js';
import { isOfAWorld, queryOf } from './query-of.js';
import type { Operation, PlainOperation, ViewOperation } from './operations.js';
import { pages } from './pages.js';
import { problemHandler, RequestError, sendProblem } from './problem.js';
import { etagOf, sendAnswer } from './respond.js';
import { leave } from './streaming.js';
import { logRequests } from './request-log.js';
import { replayOperations } from './replay-operations.js';
import { FOLDED_WITHIN_MS, scenarioOperations } from './scenario-operations.js';
import { studyOperations } from './study-operations.js';
import { formatAsked, sendTable } from './tables.js';
import { thinned, thinningOf } from './thinning.js';
import { viewOperations } from './view-operations.js';
import type { Tokens } from './tokens.js';
import { tableOf } from './view-tables.js';

const documentOperation: PlainOperation = {
  kind: 'plain',
  id: 'getOpenApi',
  method: 'get',
  path: '/openapi.json',
  tag: 'operations',
  summary: 'This document',
  answers: { 200: { description: 'OpenAPI 3.1', schema: z.record(z.string(), z.unknown()) } },
  scope: null,
  async handle(_tracker, req, res) {
    await sendText(req, res.set('Cache-Control', 'no-cache').type('application/json'), document());
  },
};

// Explanations first: /v1/announcements/explain is not an announcement.
export const operations: readonly Operation[] = [...explainOperations, ...viewOperations, ...studyOperations, ...replayOperations, ...eventOperations, appendOperation, ...scenarioOperations, ...calendarOperations, ...healthOperations, documentOperation];

let documentText: string | undefined;
function document(): string {
  documentText ??= `${JSON.stringify(openApiDocument(operations), null, 2)}\n`;
  return documentText;
}

const BODY_LIMIT = '8mb';
/** A body that is read whole must have come by then; a feed may take as long as it goes on. */
const BODY_WITHIN_MS = 30_000;

export interface AppOptions {
  worlds: Worlds;
  /** Told of requests and of unexpected errors. */
  logger: Logger;
  metrics: Metrics;
  /** Whether the server listens on loopback alone. */
  loopback: boolean;
  /** Who may ask; null: whoever reaches the server. */
  tokens: Tokens | null;
  /** Requests a minute of one token, or one address; null: as many as come. */
  rateLimit: number | null;
  /** Pages of other sites that may ask; names beside the own ones by which the server may be asked. */
  cors: readonly string[];
  allowedHosts: readonly string[];
}

export function createApp(tracker: Tracker, options: AppOptions): Express {
  const { worlds, logger, metrics, loopback, tokens, rateLimit, cors, allowedHosts } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.locals['metrics'] = metrics;
  app.use(logRequests(logger), metrics.requests);
  app.use(guard({ loopback, tokens: tokens !== null, hosts: allowedHosts, origins: cors }));
  if (cors.length > 0) app.use(allowOrigins(cors));
  app.use(identify(tokens, () => Date.now()));
  if (rateLimit !== null) app.use(limitRate(rateLimit));
  app.use(answerKept(tracker), knowSenders);
  app.use(readWithin(BODY_WITHIN_MS));
  app.use(express.json({ limit: BODY_LIMIT, strict: false }));
  app.use(express.text({ type: (req) => !isFeed(req as Request) && (req as Request).is('application/x-ndjson') !== false, limit: BODY_LIMIT }));
  for (const operation of operations) addRoute(app, tracker, worlds, operation);
  app.use(pages());
  app.use((req: Request, res: Response) => {
    sendProblem(res, { status: 404, kind: 'not-found', title: 'Not found', detail: `nothing is served at ${req.method} ${req.path}; /openapi.json lists what is` });
  });
  app.use(problemHandler(logger));
  return app;
}

/** Who sends a byte now and then holds a connection, and what was read of it, no longer than this; `app.locals.bodyWithinMs` may say otherwise. */
function readWithin(defaultMs: number): RequestHandler {
  return (req, res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD' || isFeed(req)) {
      next();
      return;
    }
    const ms = (req.app.locals['bodyWithinMs'] as number | undefined) ?? defaultMs;
    const timer = setTimeout(() => {
      sendProblem(res, { status: 408, kind: 'request-timeout', title: 'The body did not come', detail: `the body was not there after ${ms / 1000} seconds` });
      leave(req);
    }, ms).unref();
    const come = (): void => { clearTimeout(timer); };
    req.once('end', come);
    res.once('close', come);
    next();
  };
}

function addRoute(app: Express, real: Tracker, worlds: Worlds, operation: Operation): void {
  const query = queryOf(operation).strict();
  const handler = async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    res.locals['route'] = operation.path;
    try {
      // Express reads the address anew each time that it is asked for.
      const asked = req.query as Asked;
      checkScope(res, scopeOf(operation, asked));
      checkParameters(query, asked, 'query');
      if (operation.params) checkParameters(operation.params, req.params, 'path');
      const work = async (tracker: Tracker): Promise<void> => {
        if (typeof asked['minPosition'] === 'string') await awaitPosition(tracker, asked['minPosition']);
        if (operation.kind === 'plain') await operation.handle(tracker, req, res, worlds);
        else await sendView(tracker, operation, req, res, asked);
      };
      const { scenario } = asked;
      if (typeof scenario !== 'string' || !isOfAWorld(operation)) await work(real);
      else {
        // On refusals too: whoever reads the headers alone knows which world it was.
        res.set('Tracker-Scenario', scenario);
        await worlds.use(scenario, work, FOLDED_WITHIN_MS);
      }
    } catch (error) {
      next(error);
    }
  };
  app[operation.method](operation.path.replaceAll(/\{(\w+)\}/g, ':$1'), handler);
}

async function awaitPosition({ runner, store }: Tracker, token: string): Promise<void> {
  const position = decodeToken(token, store.id, 'minPosition');
  if (position !== null && !(await runner.waitFor(position, FOLDED_WITHIN_MS))) throw new ViewError('basis-ahead', 503, 'minPosition: what was stored up to there is not projected yet; try again in a moment');
}

/** What a request asks for beside its path. */
type Asked = Record<string, string | undefined>;

/** One answer, or a grid of them; of a grid nothing more is computed once the client has gone. */
async function sendView(tracker: Tracker, operation: ViewOperation, req: Request, res: Response, query: Asked): Promise<void> {
  const live = wantsStream(req);
  if (query['until'] !== undefined && !live) throw new RequestError(400, 'bad-parameter', 'until: goes with Accept: text/event-stream');
  const format = formatAsked(query);
  if (format !== null) {
    if (live) throw new RequestError(400, 'bad-parameter', 'format: a table is not followed; leave it out, or ask without Accept: text/event-stream');
    await sendViewTable(tracker, operation, req, res, query, format);
    return;
  }
  if (query['versions'] !== undefined) throw new RequestError(400, 'bad-parameter', 'versions: goes with format=csv and its like');
  const fields = typeof query['fields'] === 'string' ? fieldsOf(query['fields'], operation.answer) : null;
  const thinBy = thinningOf(operation, query);
  const view = (context: ViewContext): Answer<unknown> => {
    const found = operation.view(context, req.params as Record<string, string>, query);
    const left = thinned(found, thinBy);
    return fields ? { ...left, body: pickFields(left.body, fields) } : left;
  };
  if (live) {
    await sendLive(tracker, operation, view, req, res);
    return;
  }
  const key = keyOf(req, query);
  const look = async (): Promise<Answer<unknown> | null> => {
    if (isGrid(query)) return answerGrid(tracker.runner, query, view, () => res.closed);
    const kept = key === null ? null : keptAnswer(tracker, key);
    if (kept !== null) return kept.answer;
    const made = answerFrom(tracker.runner, query, view);
    if (key !== null) keepAnswer(tracker, key, { answer: made, etag: etagOf(tracker.store.id, made, req), route: operation.path });
    return made;
  };
  const first = await look();
  const found = first && (await whenChanged(tracker, req, res, first, look));
  if (found !== null) await sendAnswer(tracker, req, res, found);
}

async function sendViewTable(tracker: Tracker, operation: ViewOperation, req: Request, res: Response, query: Asked, format: Format): Promise<void> {
  const ofJson = (['fields', 'maxPoints', 'thin'] as const).find((name) => query[name] !== undefined);
  if (ofJson !== undefined) throw new RequestError(400, 'bad-parameter', `${ofJson}: of JSON answers; a table is whole and has its own columns`);
  if (isGrid(query)) throw new RequestError(400, 'bad-parameter', 'format: a table is of one asOf and one knownAt; each row has its own ts_known');
  const { format: _format, ...asked } = query;
  const params = req.params as Record<string, string>;
  const table = answerFrom(tracker.runner, query, (context) => answer(context, tableOf(operation.id, context, params['id'] ?? '', query, () => operation.view(context, params, query).body))).body;
  await sendTable(tracker, req, res, table, format, asked);
}

function checkParameters(schema: z.ZodObject, given: unknown, where: string): void {
  const result = schema.safeParse(given);
  if (result.success) return;
  const problems = problemsOf(result.error, given);
  const detail = problems.map((problem) => (problem.expected === 'expected no such field' ? `${where} parameter ${problem.path} is not known here (${Object.keys(schema.shape).join(', ') || 'there is none'})` : `${where} parameter ${problem.path}: ${problem.expected}, got ${problem.received}`)).join('; ');
  throw new RequestError(400, 'bad-parameter', detail, problems);
}
