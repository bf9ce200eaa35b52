/**
 * A view that is followed: answered anew when something that it read has changed, once for all who ask the same, and not
 * more often than it is worth. Each follower holds the answer that it has; what it is told next is the difference to the
 * one that there is then, so that one who is slow is told less often and holds nothing up.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Runner } from '../../projecting/runner.js';
import { answerFrom, encodeToken, RULES, stillHolds, type Answer, type Asked, type ViewContext } from '../context.js';
import { changeBetween, type Body, type Change, type Keys } from './changes.js';

/** An answer, and what it is an answer of. */
export interface Held {
  body: Body;
  /** Token that gives these bytes again. */
  basis: string;
  /** Events that were read by then. */
  events: number;
  /** Names the question and all that decides an answer beside the events: a difference makes sense between answers of one tag alone. */
  tag: string;
}

export interface Question {
  /** The same for the same question. */
  id: string;
  asked: Asked;
  view: (context: ViewContext) => Answer<unknown>;
  keys: Keys;
}

export interface LiveView {
  /** @throws what the view throws */
  current(): Held;
  /** Milliseconds until it is worth asking again. */
  pause(): number;
  /** The answer as it was at a basis, in today's words. @throws ViewError where that can't be told */
  at(basis: string): Held;
  change(from: Held, to: Held): Change;
  release(): void;
}

/** However fast events come, an answer is made no sooner. */
const AGAIN_MS = 100;
/** Of the time of the process an answer takes no more than one part in so many. */
const SHARE = 10;

interface Shared {
  followers: number;
  answer: Answer<unknown> | null;
  held: Held | null;
  madeAt: number;
  tookMs: number;
  last: { from: Body; to: Body; change: Change } | null;
}

const shared = new WeakMap<Runner, Map<string, Shared>>();

export function followView(runner: Runner, { id, asked, view, keys }: Question): LiveView {
  const views = shared.get(runner) ?? new Map<string, Shared>();
  shared.set(runner, views);
  const own = views.get(id) ?? { followers: 0, answer: null, held: null, madeAt: -Infinity, tookMs: 0, last: null };
  views.set(id, own);
  own.followers += 1;
  const pause = (): number => Math.max(0, own.madeAt + Math.max(AGAIN_MS, own.tookMs * SHARE) - performance.now());

  function make(): Held {
    const began = performance.now();
    const events = runner.events();
    own.answer = answerFrom(runner, asked, view);
    const body = latest(own.answer.body as Body);
    own.held = { body, basis: own.answer.basis, events, tag: tagOf(runner, id) };
    own.madeAt = performance.now();
    own.tookMs = own.madeAt - began;
    return own.held;
  }

  /** An answer of the same words stays the same object: nobody compares it again. */
  function latest(body: Body): Body {
    if (own.held === null) return body;
    const from = own.held.body;
    const change = changeBetween(from, body, keys);
    if (change.upserts.length + change.retractions.length === 0) return from;
    own.last = { from, to: body, change };
    return body;
  }

  return {
    pause,
    current() {
      const { held, answer } = own;
      if (held === null || answer === null) return make();
      if (held.tag === tagOf(runner, id) && (held.events === runner.events() || stillHolds(runner, answer))) {
        own.held = { ...held, basis: encodeToken(runner.store.id, runner.position()), events: runner.events() };
        return own.held;
      }
      return pause() > 0 ? held : make();
    },
    at(basis) {
      return { body: answerFrom(runner, { ...asked, basis }, view).body as Body, basis, events: 0, tag: tagOf(runner, id) };
    },
    change({ body: from }, { body: to }) {
      if (own.last?.from === from && own.last.to === to) return own.last.change;
      const change = changeBetween(from, to, keys);
      own.last = { from, to, change };
      return change;
    },
    release() {
      own.followers -= 1;
      if (own.followers === 0) views.delete(id);
    },
  };
}

function tagOf({ states, stale }: Runner, id: string): string {
  const serving = [...states].map(([name, { projection }]) => [name, stale.get(name)?.version ?? projection.version]);
  return createHash('sha256').update(JSON.stringify([RULES, id, serving])).digest('base64url').slice(0, 12);
}

/** The lists of a view's answer whose items can be told apart, by what its schema says. */
export function keysOf(schema: z.ZodType): Keys {
  if (!(schema instanceof z.ZodObject)) return {};
  return Object.fromEntries(Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([field, type]) => {
    const key: unknown = type.meta()?.['x-key'];
    return Array.isArray(key) ? [[field, key as string[]]] : [];
  }));
}
