/**
 * Long polls: a client that has an answer and prefers to wait (RFC 7240, `Prefer: wait=10` beside `If-None-Match`) is
 * told when the answer is another, or after so many seconds that it is not. Events that concern other views do not wake it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { Tracker } from '../tracker.js';
import type { Answer } from '../views/context.js';
import { etagOf, heldTag } from './respond.js';
import { untilGone } from './streaming.js';

/** A longer wait is cut to this; proxies close what is silent for a minute. */
export const LONGEST_WAIT_S = 55;
/** However fast events come, the answer is looked at again no sooner. */
const LOOK_AGAIN_MS = 100;

/** Seconds that the client prefers to wait; null: it does not, or not in a form that is known. */
export function waitPreferred(header: string | undefined): number | null {
  for (const preference of header?.split(',') ?? []) {
    const [, seconds] = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i.exec(preference) ?? [];
    if (seconds !== undefined) return Math.min(Number(seconds), LONGEST_WAIT_S);
  }
  return null;
}

/**
 * The answer, once it is another than the client's or the wait is over.
 * @param found the answer as it is now
 * @param look answers anew
 * @returns null when the client has gone
 */
export async function whenChanged(tracker: Tracker, req: Request, res: Response, found: Answer<unknown>, look: () => Promise<Answer<unknown> | null>): Promise<Answer<unknown> | null> {
  const seconds = waitPreferred(req.get('prefer'));
  if (seconds === null || typeof req.query['basis'] === 'string') return found;
  res.vary('Prefer').set('Preference-Applied', `wait=${seconds}`);
  const tag = req.headers['if-none-match'];
  const gone = untilGone(req, res);
  const until = performance.now() + seconds * 1000;
  let answer: Answer<unknown> | null = found;
  for (let left = seconds * 1000; answer !== null && left > 0 && heldTag(tag, etagOf(tracker.store.id, answer, req)) !== null; left = until - performance.now()) {
    const moved = await tracker.runner.moved(tracker.runner.events(), left, gone);
    if (gone.aborted) return res.closed ? null : answer;
    if (!moved) break;
    await sleep(Math.min(LOOK_AGAIN_MS, Math.max(0, until - performance.now())));
    answer = await look();
  }
  return answer;
}
