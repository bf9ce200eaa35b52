/**
 * Answers that still hold: what was asked before, by the same address to the letter, is not checked, put together, written
 * and compressed again while nothing that it read has changed. What holds is what followers go by (stillHolds), so no poll
 * can see what a stream does not.
 */
import type { Request, RequestHandler } from 'express';
import type { Tracker } from '../tracker.js';
import { stillHolds, type Answer } from '../views/context.js';
import { isGrid } from '../views/grid.js';
import { hasScope } from './access.js';
import { textOf } from './compress.js';
import { checkpointHeaders, sendAnswer } from './respond.js';
import { wantsStream } from './sse.js';

const MOST = 500;
/** Of text; the objects behind it take a few times as much. */
const MOST_BYTES = 16 * 1024 * 1024;

/** An answer with its tag, and the operation that it is of. */
export interface OneKept {
  answer: Answer<unknown>;
  etag: string;
  route: string;
}

interface Kept {
  answers: Map<string, OneKept & { bytes: number }>;
  bytes: number;
}

/** Of each world its own: a scenario's go with it. */
const worlds = new WeakMap<Tracker, Kept>();

/** The address as it came. Null for what is not kept: a pinned answer is immutable where it was given, a grid is too much, and `minPosition` is to be waited for. */
export function keyOf(req: Request, query: Readonly<Record<string, unknown>>): string | null {
  return isGrid(query) || query['basis'] !== undefined || query['minPosition'] !== undefined ? null : req.url;
}

/** Gives what is kept before it is looked for which operation it is of. Scenarios' answers, streams and those who wait go the long way. */
export function answerKept(tracker: Tracker): RequestHandler {
  return (req, res, next) => {
    const kept = req.method !== 'GET' || req.headers.prefer !== undefined || wantsStream(req) || !hasScope(res, 'read') ? null : keptAnswer(tracker, req.url);
    if (kept === null) {
      next();
      return;
    }
    res.locals['route'] = kept.route;
    sendAnswer(tracker, req, res, kept.answer, { etag: kept.etag, pinned: false }).catch(next);
  };
}

/** The answer as of now, if it is known without working it out. */
export function keptAnswer(tracker: Tracker, key: string): OneKept | null {
  const kept = worlds.get(tracker);
  const found = kept?.answers.get(key);
  if (!kept || !found) return null;
  drop(kept, key);
  if (!stillHolds(tracker.runner, found.answer)) return null;
  // Who was asked for last goes last.
  hold(kept, key, found);
  return { ...found, answer: { ...found.answer, basis: checkpointHeaders(tracker)['Tracker-Checkpoint'] } };
}

/** Keeps an answer that was given at the head. */
export function keepAnswer(tracker: Tracker, key: string, one: OneKept): void {
  const { answer } = one;
  if (answer.read === undefined || answer.stale.length > 0) return;
  const bytes = textOf(answer.body).plain.length;
  if (bytes > MOST_BYTES / 4) return;
  let kept = worlds.get(tracker);
  if (!kept) worlds.set(tracker, (kept = { answers: new Map(), bytes: 0 }));
  drop(kept, key);
  hold(kept, key, { ...one, bytes });
  for (const oldest of kept.answers.keys()) {
    if (kept.answers.size <= MOST && kept.bytes <= MOST_BYTES) break;
    drop(kept, oldest);
  }
}

function hold(kept: Kept, key: string, one: OneKept & { bytes: number }): void {
  kept.answers.set(key, one);
  kept.bytes += one.bytes;
}

function drop(kept: Kept, key: string): void {
  kept.bytes -= kept.answers.get(key)?.bytes ?? 0;
  kept.answers.delete(key);
}
