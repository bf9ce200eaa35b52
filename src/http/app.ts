/** The Express application: every operation of the list, the OpenAPI document, the page. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { problemsOf } from '../../events/index.js';
import type { Tracker } from '../tracker.js';
import type { Format } from '../exporting/formats.js';
import { openWorlds, type Worlds } from '../synthetic/worlds.js';
import { answer, answerFrom, decodeToken, ViewError, type Answer, type ViewContext } from '../views/context.js';
import { answerGrid, isGrid } from '../views/grid.js';
import { appendOperation } from './append-operation.js';
import { eventOperations } from './event-operations.js';
import { explainOperations } from './explain-operations.js';
import { fieldsOf, pickFields } from './fields.js';
import { sendLive } from './live-operations.js';
import { wantsStream } from './sse.js';
import { guard } from './guard.js';
import { healthOperations } from './health-operations.js';
import { whenChanged } from './long-poll.js';
import { openApiDocument } from './openapi.js';
import { isOfAWorld, queryOf } from './query-of.js';
import type { Operation, PlainOperation, ViewOperation } from './operations.js';
import { problemHandler, RequestError, sendProblem } from './problem.js';
import { sendAnswer } from './respond.js';
import { replayOperations } from './replay-operations.js';
import { FOLDED_WITHIN_MS, scenarioOperations } from './scenario-operations.js';
import { studyOperations } from './study-operations.js';
import { formatAsked, sendTable } from './tables.js';
import { viewOperations } from './view-operations.js';
import { tableOf } from './view-tables.js';

const documentOperation: PlainOperation = {
  kind: 'plain',
  id: 'getOpenApi',
  method: 'get',
  path: '/openapi.json',
  tag: 'operations',
  summary: 'This document',
  answers: { 200: { description: 'OpenAPI 3.1', schema: z.record(z.string(), z.unknown()) } },
  handle(_tracker, _req, res) {
    res.set('Cache-Control', 'no-cache').type('application/json').end(document());
  },
};

// Explanations first: /v1/announcements/explain is not an announcement.
export const operations: readonly Operation[] = [...explainOperations, ...viewOperations, ...studyOperations, ...replayOperations, ...eventOperations, appendOperation, ...scenarioOperations, ...healthOperations, documentOperation];

let documentText: string | undefined;
function document(): string {
  documentText ??= `${JSON.stringify(openApiDocument(operations), null, 2)}\n`;
  return documentText;
}

const BODY_LIMIT = '8mb';
const CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * @param log told of unexpected errors
 * @param options loopback: whether the server listens there alone, default true
 */
export function createApp(tracker: Tracker, log: (message: string) => void, { worlds = openWorlds(tracker, log), loopback = true }: { worlds?: Worlds; loopback?: boolean } = {}): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use((_req, res, next) => {
    res.set('X-Content-Type-Options', 'nosniff');
    next();
  });
  app.use(guard(loopback));
  app.use(express.json({ limit: BODY_LIMIT, strict: false }));
  app.use(express.text({ type: 'application/x-ndjson', limit: BODY_LIMIT }));
  for (const operation of operations) addRoute(app, tracker, worlds, operation);
  addPage(app);
  app.use((req: Request, res: Response) => {
    sendProblem(res, { status: 404, kind: 'not-found', title: 'Not found', detail: `nothing is served at ${req.method} ${req.path}; /openapi.json lists what is` });
  });
  app.use(problemHandler(log));
  return app;
}

function addRoute(app: Express, real: Tracker, worlds: Worlds, operation: Operation): void {
  const query = queryOf(operation).strict();
  const handler = async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    try {
      checkParameters(query, req.query, 'query');
      if (operation.params) checkParameters(operation.params, req.params, 'path');
      const work = async (tracker: Tracker): Promise<void> => {
        if (typeof req.query['minPosition'] === 'string') await awaitPosition(tracker, req.query['minPosition']);
        if (operation.kind === 'plain') await operation.handle(tracker, req, res, worlds);
        else await sendView(tracker, operation, req, res);
      };
      const { scenario } = req.query;
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

/** One answer, or a grid of them; of a grid nothing more is computed once the client has gone. */
async function sendView(tracker: Tracker, operation: ViewOperation, req: Request, res: Response): Promise<void> {
  const live = wantsStream(req);
  if (req.query['until'] !== undefined && !live) throw new RequestError(400, 'bad-parameter', 'until: goes with Accept: text/event-stream');
  const format = formatAsked(req.query);
  if (format !== null) {
    if (live) throw new RequestError(400, 'bad-parameter', 'format: a table is not followed; leave it out, or ask without Accept: text/event-stream');
    await sendViewTable(tracker, operation, req, res, format);
    return;
  }
  if (req.query['versions'] !== undefined) throw new RequestError(400, 'bad-parameter', 'versions: goes with format=csv and its like');
  const fields = typeof req.query['fields'] === 'string' ? fieldsOf(req.query['fields'], operation.answer) : null;
  const view = (context: ViewContext): Answer<unknown> => {
    const found = operation.view(context, req.params as Record<string, string>, req.query as Record<string, string | undefined>);
    return fields ? { ...found, body: pickFields(found.body, fields) } : found;
  };
  if (live) {
    await sendLive(tracker, operation, view, req, res);
    return;
  }
  const look = async (): Promise<Answer<unknown> | null> => (isGrid(req.query) ? answerGrid(tracker.runner, req.query, view, () => res.closed) : answerFrom(tracker.runner, req.query, view));
  const first = await look();
  const found = first && (await whenChanged(tracker, req, res, first, look));
  if (found !== null) sendAnswer(tracker, req, res, found);
}

async function sendViewTable(tracker: Tracker, operation: ViewOperation, req: Request, res: Response, format: Format): Promise<void> {
  if (req.query['fields'] !== undefined) throw new RequestError(400, 'bad-parameter', 'fields: a table has its own columns; they are of JSON answers');
  if (isGrid(req.query)) throw new RequestError(400, 'bad-parameter', 'format: a table is of one asOf and one knownAt; each row has its own ts_known');
  const query = req.query as Record<string, string | undefined>;
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

/** The built page: dist/web beside the compiled program, also when the program runs from source. */
function addPage(app: Express): void {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const folder = [path.resolve(here, '../../web'), path.resolve(here, '../../dist/web')].find((candidate) => existsSync(path.join(candidate, 'main.js')));
  if (folder === undefined) return;
  app.use(
    express.static(folder, {
      etag: true,
      cacheControl: false,
      setHeaders(res) {
        res.setHeader('Cache-Control', 'no-cache');
        res.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
        res.setHeader('Referrer-Policy', 'no-referrer');
      },
    }),
  );
}
