/** Errors as RFC 9457 problem details: what was wrong, where, and what to do. */
import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';
import { CalendarRangeError, InvalidEventInputError, describeProblem, problemsOf, type Problem } from '../../events/index.js';
import type { Logger } from '../logger.js';
import { DamagedSnapshotError } from '../projecting/snapshots.js';
import { AsofError } from '../replay/asof.js';
import { CursorError } from '../replay/cursor.js';
import { ScenarioRefusedError } from '../synthetic/catalogue.js';
import { AppendTooLargeError, DamagedStoreError, ForeignPositionError, InvalidEventError, StoreClosedError, StoreFullError, WrongExpectedRevisionError } from '../store/port.js';
import { IdConflictError } from '../store/append-once.js';
import { problemType, ViewError } from '../views/context.js';
import { BatchRefusedError, PartlyStoredError } from '../writing/accept.js';
import { LineTooLongError } from '../writing/feed.js';
import { requestId } from './request-log.js';

export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'names the kind of problem' }),
    title: z.string(),
    status: z.number(),
    detail: z.string().meta({ description: 'what was wrong here, and what to do' }),
    instance: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), expected: z.string(), received: z.string() })).optional(),
  })
  .loose()
  .meta({ id: 'Problem' });

/** Thrown by routes for what is wrong with the request itself. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(readonly status: number, readonly kind: string, message: string, readonly errors: readonly Problem[] = []) {
    super(message);
  }
}

/**
 * The body of a request by its schema.
 * @throws RequestError with every fault
 */
export function bodyBy<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problems = problemsOf(result.error, body);
  throw new RequestError(400, 'bad-parameter', problems.map(({ path, expected, received }) => `${path}: ${expected}, got ${received}`).join('; '), problems);
}

interface Described {
  status: number;
  kind: string;
  title: string;
  detail: string;
  extra?: Record<string, unknown>;
}

function describe(error: unknown): Described | null {
  if (error instanceof RequestError) return { status: error.status, kind: error.kind, title: 'The request is not valid', detail: error.message, ...(error.errors.length > 0 ? { extra: { errors: error.errors } } : {}) };
  if (error instanceof ViewError) return { status: error.status, kind: error.kind, title: TITLES[error.kind], detail: error.message, extra: error.extra };
  if (error instanceof ScenarioRefusedError) return { status: error.kind === 'scenario-not-openable' ? 400 : 409, kind: error.kind, title: REFUSALS[error.kind], detail: error.message };
  if (error instanceof PartlyStoredError) {
    const cause = describe(error.cause);
    return cause && { ...cause, detail: error.message, extra: { ...cause.extra, stored: error.stored } };
  }
  if (error instanceof LineTooLongError) return { status: 413, kind: 'entity.too.large', title: 'The request is not valid', detail: error.message };
  if (error instanceof BatchRefusedError) return { status: 400, kind: 'invalid-event', title: 'An event is not valid; nothing was stored', detail: error.message, extra: { errors: error.problems } };
  if (error instanceof InvalidEventInputError) return { status: 400, kind: 'invalid-event', title: 'An event is not valid; nothing was stored', detail: error.problems.map(describeProblem).join('; '), extra: { errors: error.problems } };
  if (error instanceof InvalidEventError) return { status: 400, kind: 'invalid-event', title: 'An event is not valid; nothing was stored', detail: error.message };
  if (error instanceof IdConflictError) return { status: 409, kind: 'id-conflict', title: 'This id is taken by another event', detail: error.message };
  if (error instanceof WrongExpectedRevisionError) return { status: 409, kind: 'wrong-expected-revision', title: 'The stream moved on', detail: error.message, extra: { expected: error.expected, actual: error.actual } };
  if (error instanceof AppendTooLargeError) return { status: 413, kind: 'append-too-large', title: 'The append is too large', detail: error.message };
  if (error instanceof CursorError || error instanceof AsofError) return { status: 400, kind: 'bad-parameter', title: TITLES['bad-parameter'], detail: error.message };
  if (error instanceof ForeignPositionError) return { status: 400, kind: 'bad-parameter', title: 'The position is not valid', detail: error.message };
  if (error instanceof CalendarRangeError) return { status: 400, kind: 'bad-parameter', title: 'Outside the calendar', detail: error.message };
  if (error instanceof StoreFullError) return { status: 507, kind: 'store-full', title: 'The store is full', detail: error.message };
  if (error instanceof DamagedStoreError) return { status: 500, kind: 'damaged-store', title: 'Stored events are damaged', detail: error.message };
  if (error instanceof DamagedSnapshotError) return { status: 500, kind: 'damaged-snapshot', title: 'A snapshot is damaged', detail: error.message };
  if (error instanceof StoreClosedError) return { status: 503, kind: 'closing', title: 'The tracker is shutting down', detail: error.message };
  const failure = error instanceof Error ? STORE_FAILURES[error.name] : undefined;
  return failure ? { ...failure, detail: (error as Error).message } : bodyError(error);
}

/** What only a store on a server can meet; by name, since its adapter is loaded only where it is used. */
const STORE_FAILURES: Record<string, Omit<Described, 'detail'>> = {
  EventStoreUnavailableError: { status: 503, kind: 'store-unavailable', title: 'The store does not answer' },
  AppendOutcomeUnknownError: { status: 503, kind: 'outcome-unknown', title: 'The store did not say whether the events are stored: send them again, with the same ids or Idempotency-Key' },
  StreamDeletedError: { status: 410, kind: 'stream-deleted', title: 'The stream was deleted' },
  AccessDeniedError: { status: 502, kind: 'store-denied', title: 'The store does not let the tracker do this' },
  EventStoreDbError: { status: 502, kind: 'store-failed', title: 'The store refused' },
};

const INTERNAL: Described = { status: 500, kind: 'internal', title: 'The tracker failed', detail: 'an unexpected error; the log has it' };

const REFUSALS: Record<ScenarioRefusedError['kind'], string> = {
  'scenario-exists': 'There is another scenario of this id',
  'scenario-archived': 'The scenario is archived',
  'scenario-not-openable': 'The scenario can not be opened as asked',
};

const TITLES: Record<ViewError['kind'], string> = {
  'not-found': 'Not found',
  'ambiguous-symbol': 'The symbol stands for several instruments',
  'foreign-basis': 'The token belongs to another store',
  'basis-ahead': 'The projections are not that far yet',
  'bad-parameter': 'A parameter is not valid',
  'other-result': 'The same events give another result here',
  folding: 'A projection folds anew',
  faulted: 'A projection stopped',
};

/** What express's body parsers throw carries a status and a type of its own. */
function bodyError(error: unknown): Described | null {
  const { status, type, message } = error as { status?: unknown; type?: unknown; message?: unknown };
  if (typeof status !== 'number' || status < 400 || status > 499) return null;
  const detail = type === 'entity.too.large' ? 'the body is larger than 8 MiB: send it in parts' : type === 'entity.parse.failed' ? `the body is not JSON: ${String(message)}` : String(message);
  return { status, kind: typeof type === 'string' ? type : 'bad-request', title: 'The request is not valid', detail };
}

/** An error as a problem, for where its status is sent already. */
export function problemBody(error: unknown): Record<string, unknown> {
  const { status, kind, title, detail, extra } = describe(error) ?? INTERNAL;
  return { type: problemType(kind), title, status, detail, ...extra };
}

export function sendProblem(res: Response, problem: Described): void {
  const { status, kind, title, detail, extra } = problem;
  const body = { type: problemType(kind), title, status, detail, instance: res.req.originalUrl.slice(0, 500), ...extra };
  res.status(status).set('Cache-Control', 'no-store').type('application/problem+json').end(`${JSON.stringify(body)}\n`);
}

/** The last handler: known errors are told, unknown ones are logged and hidden. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const known = describe(error);
    if (!known) logger.error({ err: error as Error, request: requestId(res) }, `${req.method} ${req.path} failed`);
    sendProblem(res, known ?? { ...INTERNAL, detail: `an unexpected error; the log has it as request ${requestId(res)}` });
  };
}
