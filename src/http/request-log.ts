/** Each request has an id, which its answer and whatever is logged of it carry. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from '../logger.js';
import type { Caller } from './access.js';

/** A client's own id is taken where it can do no harm in a log or a header. */
const TAKEN = /^[\w.:-]{1,100}$/;

/** Polls are many: they are told at `debug`, refusals at `info`, failures at `error`. The query may hold what is nobody's business, the path does not. */
export function logRequests(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const began = performance.now();
    const given = req.get('x-request-id');
    const request = given !== undefined && TAKEN.test(given) ? given : randomUUID();
    res.locals['request'] = request;
    res.set('X-Request-Id', request);
    res.once('close', () => {
      const level = res.statusCode >= 500 ? 'error' : res.statusCode >= 400 ? 'info' : 'debug';
      if (!logger.isLevelEnabled(level)) return;
      const caller = (res.locals['caller'] as Caller | null | undefined)?.name;
      const ms = Math.round((performance.now() - began) * 10) / 10;
      logger[level]({ request, method: req.method, path: req.path, status: res.statusCode, ms, ...(caller === undefined ? {} : { caller }), ...(res.writableFinished ? {} : { cut: true }) }, `${req.method} ${req.path} ${res.statusCode} ${ms} ms`);
    });
    next();
  };
}

/** The id of the request that is answered. */
export function requestId(res: Response): string {
  return String(res.locals['request'] ?? '');
}
