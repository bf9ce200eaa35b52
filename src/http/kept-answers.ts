/**
 * Answers that still hold: what was asked before is not put together again, nor written and compressed again, while nothing
 * that it read has changed. What holds is what followers go by (stillHolds), so no poll can see what a stream does not.
 */
import type { Request } from 'express';
import { sortedEntries } from '../../events/index.js';
import type { Tracker } from '../tracker.js';
import { encodeToken, stillHolds, type Answer } from '../views/context.js';
import { textOf } from './compress.js';

const MOST = 500;
/** Of text; the objects behind it take a few times as much. */
const MOST_BYTES = 16 * 1024 * 1024;

interface Kept {
  answers: Map<string, { answer: Answer<unknown>; bytes: number }>;
  bytes: number;
}

/** Of each world its own: a scenario's go with it. */
const worlds = new WeakMap<Tracker, Kept>();

/** The same question has the same key. */
export function keyOf({ path, query }: Pick<Request, 'path' | 'query'>): string {
  return JSON.stringify([path, sortedEntries(query).filter(([name]) => name !== 'minPosition')]);
}

/** The answer as of now, if it is known without working it out. */
export function keptAnswer(tracker: Tracker, key: string): Answer<unknown> | null {
  const kept = worlds.get(tracker);
  const found = kept?.answers.get(key);
  if (!kept || !found) return null;
  drop(kept, key);
  if (!stillHolds(tracker.runner, found.answer)) return null;
  // Who was asked for last goes last.
  hold(kept, key, found);
  return { ...found.answer, basis: encodeToken(tracker.store.id, tracker.runner.position()) };
}

/** Keeps an answer that was given at the head. */
export function keepAnswer(tracker: Tracker, key: string, answer: Answer<unknown>): void {
  if (answer.read === undefined || answer.stale.length > 0) return;
  const bytes = textOf(answer.body).plain.length;
  if (bytes > MOST_BYTES / 4) return;
  let kept = worlds.get(tracker);
  if (!kept) worlds.set(tracker, (kept = { answers: new Map(), bytes: 0 }));
  drop(kept, key);
  hold(kept, key, { answer, bytes });
  for (const oldest of kept.answers.keys()) {
    if (kept.answers.size <= MOST && kept.bytes <= MOST_BYTES) break;
    drop(kept, oldest);
  }
}

function hold(kept: Kept, key: string, one: { answer: Answer<unknown>; bytes: number }): void {
  kept.answers.set(key, one);
  kept.bytes += one.bytes;
}

function drop(kept: Kept, key: string): void {
  kept.bytes -= kept.answers.get(key)?.bytes ?? 0;
  kept.answers.delete(key);
}
