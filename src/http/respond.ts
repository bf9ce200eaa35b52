/**
 * Answers of views: a strong ETag from what the view read, compared by ourselves. An event that concerns another view
 * leaves it as it was, so a poll gets 304 while the log grows.
 */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { formatInstant, sortedEntries } from '../../events/index.js';
import { recordedAt } from '../projecting/log-index.js';
import type { Position } from '../store/port.js';
import type { Tracker } from '../tracker.js';
import { encodeToken, RULES, type Answer } from '../views/context.js';
import { plainTag, sendText, textOf } from './compress.js';

/**
 * Sends a view's answer, or 304 when the client has it.
 * @param etag as etagOf gives it, where it is known; `pinned`: whether the same address answers the same bytes for ever
 */
export async function sendAnswer(tracker: Tracker, req: Request, res: Response, answer: Answer<unknown>, { etag = etagOf(tracker.store.id, answer, req), pinned = typeof req.query['basis'] === 'string' }: { etag?: string; pinned?: boolean } = {}): Promise<void> {
  const held = heldTag(req.headers['if-none-match'], etag);
  res.vary('Accept, Accept-Encoding').set({
    ETag: held ?? etag,
    'Cache-Control': pinned ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Tracker-Basis': answer.basis,
    ...(answer.stale.length === 0 ? {} : { 'Tracker-Stale': answer.stale.join(', ') }),
    ...checkpointHeaders(tracker),
  });
  if (held !== null) {
    res.status(304).end();
    return;
  }
  // Not res.send: that compares ETags again, by rules that miss some clients.
  await sendText(req, res.status(200).type('application/json'), textOf(answer.body), etag);
}

/** Sends what was asked for by POST: it has a basis and no ETag, since the question is not in its address. */
export async function sendResult(tracker: Tracker, req: Request, res: Response, answer: Answer<unknown>): Promise<void> {
  res.set({ 'Cache-Control': 'no-store', 'Tracker-Basis': answer.basis, ...(answer.stale.length === 0 ? {} : { 'Tracker-Stale': answer.stale.join(', ') }), ...checkpointHeaders(tracker) });
  await sendText(req, res.status(200).type('application/json'), `${JSON.stringify(answer.body)}\n`);
}

/** Sends what is no view's answer with a tag of its bytes, or 304 when the client has them. */
export async function sendTagged(req: Request, res: Response, body: unknown): Promise<void> {
  const text = `${JSON.stringify(body)}\n`;
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  const held = heldTag(req.headers['if-none-match'], etag);
  res.vary('Accept-Encoding').set({ ETag: held ?? etag, 'Cache-Control': 'no-cache' });
  if (held === null) await sendText(req, res.status(200).type('application/json'), text, etag);
  else res.status(304).end();
}

/** How far the projections are, when the last event that they read was stored, and whether they follow the store. */
export function checkpointHeaders(tracker: Tracker): CheckpointHeaders {
  const { runner } = tracker;
  const [events, position, phase] = [runner.events(), runner.position(), runner.phase()];
  const known = lastCheckpoints.get(tracker);
  if (known?.position === position && known.phase === phase) return known.headers;
  const last = events === 0 ? null : formatInstant(recordedAt(runner.log, events));
  const headers: CheckpointHeaders = { ...(last === null ? {} : { 'Tracker-Recorded': last }), 'Tracker-Checkpoint': encodeToken(tracker.store.id, position), 'Tracker-State': phase };
  lastCheckpoints.set(tracker, { position, phase, headers });
  return headers;
}

export interface CheckpointHeaders extends Record<string, string> {
  'Tracker-Checkpoint': string;
  'Tracker-State': string;
}

/** Polls are many, and most find the log where the one before found it. */
const lastCheckpoints = new WeakMap<Tracker, { position: Position | null; phase: string; headers: CheckpointHeaders }>();

export function etagOf(storeId: string, answer: Answer<unknown>, req: Request): string {
  const query = sortedEntries(req.query).filter(([name]) => name !== 'basis' && name !== 'minPosition');
  const hash = createHash('sha256').update(JSON.stringify([...RULES, storeId, answer.versions, answer.lastChange, req.path, query]));
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

/** The tag by which a client says that it has the answer: any of a list, weak or strong, in any encoding, or a star (RFC 9110 §13.1.2). Null: it has not. */
export function heldTag(header: string | undefined, etag: string): string | null {
  if (header === undefined) return null;
  if (header.trim() === '*') return etag;
  return [...header.matchAll(/(?:W\/)?("[^"]*")/g)].find((match) => plainTag(match[1] as string) === etag)?.[1] ?? null;
}
