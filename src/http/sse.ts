/**
 * Server-sent events: what is written is waited for, somebody who does not read is let go with the reason, and nothing
 * on the way is to hold it back or keep it.
 */
import type { Request, Response } from 'express';
import type { Tracker } from '../tracker.js';
import type { Metrics } from './metrics.js';
import { problemBody } from './problem.js';
import { checkpointHeaders } from './respond.js';
import { SlowClientError, writeAll } from './streaming.js';

/** The longest silence of a stream: proxies close what is silent for a minute or so. */
const QUIET_MS = 15_000;
/** When a client comes back that was cut off: long enough for a server to start again, short enough for a page. */
const RETRY_MS = 2000;
const LAST_WORDS_WITHIN_MS = 2000;

/** A browser that asks for a page, or for anything, gets no stream. */
export function wantsStream(req: Request): boolean {
  return /\btext\/event-stream\b/.test(req.headers.accept ?? '');
}

/** The longest silence of streams; `app.locals.quietMs` may say otherwise. */
export function quietMsOf(req: Request): number {
  return (req.app.locals['quietMs'] as number | undefined) ?? QUIET_MS;
}

/** @param data as JSON, or written as JSON already */
export function message(event: string | null, id: string | null, data: object | string): string {
  return `${event === null ? '' : `event: ${event}\n`}${id === null ? '' : `id: ${id}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

/** @param texts what is sent, as `message` makes it; what it throws is told, and breaks the connection */
export async function sendStream(tracker: Tracker, res: Response, gone: AbortSignal, texts: AsyncIterable<string | Uint8Array>): Promise<void> {
  const metrics = res.app.locals['metrics'] as Metrics;
  metrics.streamed(res);
  res.status(200).set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-store, no-transform', 'X-Accel-Buffering': 'no', Vary: 'Accept', ...checkpointHeaders(tracker) });
  res.setTimeout(0);
  res.write(`retry: ${RETRY_MS}\n\n`);
  try {
    await writeAll(res, texts, gone);
  } catch (error) {
    const slow = error instanceof SlowClientError;
    if (slow) metrics.dropped();
    res.end(slow ? message('dropped', null, { reason: error.message }) : message('problem', null, problemBody(error)));
    // Who reads again gets the reason; who never does must not hold the connection.
    setTimeout(() => res.destroy(), slow ? LAST_WORDS_WITHIN_MS : 50).unref();
  }
}
