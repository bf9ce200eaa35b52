/** Who may ask what: a token's scopes, how often, and which pages of other sites. */
import cors from 'cors';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Operation } from './operations.js';
import { RequestError, sendProblem } from './problem.js';
import { leave } from './streaming.js';
import type { Scope, Tokens } from './tokens.js';

export interface Caller {
  name: string;
  scopes: readonly Scope[];
}

/** What an operation needs; null: nothing. Writing into a scenario is not writing into the real world. */
export function scopeOf(operation: Pick<Operation, 'scope'>, query: Readonly<Record<string, unknown>> = {}): Scope | null {
  const { scope = 'read' } = operation;
  return scope === 'append' && query['scenario'] !== undefined ? 'scenario' : scope;
}

/** Whether who asks has a scope. */
export function hasScope(res: Response, scope: Scope): boolean {
  return res.locals['open'] === true || (res.locals['caller'] as Caller | null)?.scopes.includes(scope) === true;
}

const CHALLENGE = 'Bearer realm="market-reaction-tracker"';

/** Finds out who asks. Without tokens whoever reaches the server may do all. */
export function identify(tokens: Tokens | null, nowMs: () => number): RequestHandler {
  return (req, res, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
    const entry = token === undefined ? null : (tokens?.find(token, nowMs()) ?? null);
    res.locals['caller'] = entry satisfies Caller | null;
    res.locals['open'] = tokens === null;
    next();
  };
}

/** @throws RequestError 401 where nobody known asks, 403 where he may not */
export function checkScope(res: Response, scope: Scope | null): void {
  if (scope === null || hasScope(res, scope)) return;
  const caller = res.locals['caller'] as Caller | null;
  if (caller === null) throw unauthenticated(res, `a token with the scope ${scope}`);
  res.set('WWW-Authenticate', `${CHALLENGE}, error="insufficient_scope", scope="${scope}"`);
  throw new RequestError(403, 'insufficient-scope', `the token ${caller.name} has ${caller.scopes.join(', ')}; this needs ${scope}`);
}

function unauthenticated(res: Response, needed: string): RequestError {
  res.set('WWW-Authenticate', CHALLENGE);
  return new RequestError(401, 'unauthenticated', `${needed} is needed: Authorization: Bearer mrt_…${res.req.headers.authorization === undefined ? '' : '; the one that came is not known, or its time is over'}`);
}

/** Nobody's body is read before it is known whose it is: every operation that has one needs a token. */
export const knowSenders: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD' || res.locals['open'] === true || res.locals['caller'] !== null) {
    next();
    return;
  }
  leave(req);
  next(unauthenticated(res, 'a token'));
};

/** @param perMinute requests of one token, or of one address that has none */
export function limitRate(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: 'requests',
    keyGenerator: (req: Request, res: Response) => (res.locals['caller'] as Caller | null)?.name ?? ipKeyGenerator(req.ip ?? ''),
    skip: ({ path }) => path === '/healthz' || path === '/readyz',
    handler: (_req, res) => {
      sendProblem(res, { status: 429, kind: 'too-many-requests', title: 'Too many requests', detail: `at most ${perMinute} a minute: wait for as many seconds as Retry-After says; Prefer: wait=20 and live streams need few` });
    },
  });
}

const EXPOSED = ['ETag', 'Link', 'Location', 'Preference-Applied', 'Retry-After', 'RateLimit', 'Tracker-Basis', 'Tracker-Checkpoint', 'Tracker-Recorded', 'Tracker-Scenario', 'Tracker-Stale', 'Tracker-State', 'X-Request-Id'];

/** @param origins of pages that may ask from a browser, such as https://dashboard.example; `*` for all */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return cors({ origin: origins.includes('*') ? '*' : [...origins], methods: ['GET', 'HEAD', 'POST'], exposedHeaders: EXPOSED, maxAge: 600 });
}
