/** Answers that are written bit by bit: who reads slowly is waited for, who left or does not read at all is not. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';

/** Thrown when a client has not read for so long that it is let go. */
export class SlowClientError extends Error {
  override readonly name = 'SlowClientError';
}

/** A client that reads nothing for so long is let go; `app.locals.slowAfterMs` may say otherwise. */
const SLOW_AFTER_MS = 30_000;

/** Aborts when the client leaves, or when the server stops: it does not wait for those who would read for ever. */
export function untilGone(req: Request, res: Response): AbortSignal {
  const left = new AbortController();
  res.once('close', () => {
    left.abort();
  });
  const stopping = req.app.locals['stopping'] as AbortSignal | undefined;
  return stopping ? AbortSignal.any([left.signal, stopping]) : left.signal;
}

const LEFT_WITHIN_MS = 2000;

/** Reads no more of a request, whose answer is on its way: closed at once it would take the answer with it. */
export function leave(req: Request): void {
  req.resume();
  const timer = setTimeout(() => req.destroy(), LEFT_WITHIN_MS).unref();
  req.once('end', () => { clearTimeout(timer); });
}

/**
 * Waits for a slow reader; not for one that left, to whom nothing drains any more.
 * @throws SlowClientError
 */
export async function writeTo(res: Response, chunk: string | Uint8Array, gone: AbortSignal): Promise<void> {
  if (res.write(chunk) || gone.aborted) return;
  const ms = (res.app.locals['slowAfterMs'] as number | undefined) ?? SLOW_AFTER_MS;
  const waited = new AbortController();
  const drained = once(res, 'drain', { signal: AbortSignal.any([gone, waited.signal]) }).then(() => true, () => true);
  const late = sleep(ms, false, { signal: waited.signal, ref: false }).catch(() => true);
  const inTime = await Promise.race([drained, late]);
  waited.abort();
  if (!inTime) throw new SlowClientError(`the client read nothing for ${ms / 1000} seconds: it was let go; come back with the last id`);
}

/**
 * Writes pieces as they come, and ends the answer; of one whose client left no more is asked for.
 * @throws SlowClientError, and what the pieces throw
 */
export async function writeAll(res: Response, pieces: AsyncIterable<string | Uint8Array>, gone: AbortSignal): Promise<void> {
  for await (const piece of pieces) {
    if (!gone.aborted) await writeTo(res, piece, gone);
    if (gone.aborted) break;
  }
  res.end();
}
