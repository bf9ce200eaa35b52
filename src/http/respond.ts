/**
 * Answers of views: a strong ETag from what the view read, compared by ourselves. An event that concerns another view
 * leaves it as it was, so a poll gets 304 while the log grows.
 */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { sortedEntries } from '../../events/index.js';
import type { Tracker } from '../tracker.js';
import { encodeToken, RULES, type Answer } from '../views/context.js';

/**
 * Sends a view's answer, or 304 when the client has it.
 * @param pinned whether the same address answers the same bytes for ever
 */
export function sendAnswer(tracker: Tracker, req: Request, res: Response, answer: Answer<unknown>, pinned = typeof req.query['basis'] === 'string'): void {
  const etag = etagOf(tracker.store.id, answer, req);
  res.set({
    ETag: etag,
    'Cache-Control': pinned ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Tracker-Basis': answer.basis,
    ...(answer.stale.length === 0 ? {} : { 'Tracker-Stale': answer.stale.join(', ') }),
    ...checkpointHeaders(tracker),
  });
  if (matches(req.headers['if-none-match'], etag)) {
    res.status(304).end();
    return;
  }
  res.status(200).type('application/json');
  // Not res.send: that compares ETags again, by rules that miss some clients.
  res.end(req.method === 'HEAD' ? undefined : `${JSON.stringify(answer.body)}\n`);
}

/** Sends what was asked for by POST: it has a basis and no ETag, since the question is not in its address. */
export function sendResult(tracker: Tracker, res: Response, answer: Answer<unknown>): void {
  res.set({ 'Cache-Control': 'no-store', 'Tracker-Basis': answer.basis, ...(answer.stale.length === 0 ? {} : { 'Tracker-Stale': answer.stale.join(', ') }), ...checkpointHeaders(tracker) });
  res.status(200).type('application/json').end(`${JSON.stringify(answer.body)}\n`);
}

/** How far the projections are, and whether they follow the store. */
export function checkpointHeaders(tracker: Tracker): Record<string, string> {
  const { runner } = tracker;
  return { 'Tracker-Checkpoint': encodeToken(tracker.store.id, runner.position()), 'Tracker-State': runner.phase() };
}

export function etagOf(storeId: string, answer: Answer<unknown>, req: Request): string {
  const query = sortedEntries(req.query).filter(([name]) => name !== 'basis' && name !== 'minPosition');
  const hash = createHash('sha256').update(JSON.stringify([...RULES, storeId, answer.versions, answer.lastChange, req.path, query]));
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

/** RFC 9110 §13.1.2: any of a list, weak or strong, or a star. */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || [...header.matchAll(/(?:W\/)?("[^"]*")/g)].some((match) => match[1] === etag);
}
