/** Answers that are written bit by bit: who reads slowly is waited for, who left is not. */
import { once } from 'node:events';
import type { Request, Response } from 'express';

/** Aborts when the client leaves, or when the server stops: it does not wait for those who would read for ever. */
export function untilGone(req: Request, res: Response): AbortSignal {
  const left = new AbortController();
  res.once('close', () => {
    left.abort();
  });
  const stopping = req.app.locals['stopping'] as AbortSignal | undefined;
  return stopping ? AbortSignal.any([left.signal, stopping]) : left.signal;
}

/** Waits for a slow reader; not for one that left, to whom nothing drains any more. */
export async function writeTo(res: Response, chunk: string | Uint8Array, gone: AbortSignal): Promise<void> {
  if (!res.write(chunk) && !gone.aborted) await once(res, 'drain', { signal: gone }).catch(() => undefined);
}
