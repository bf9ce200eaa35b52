/**
 * Follows a view: a snapshot, then changes, each from the answer that the follower has to the one that there is. An
 * answer is a pure function of its basis, so whoever comes back with the last id gets the difference from there, however
 * long he was away and whichever server he meets; nothing is kept for him meanwhile. Where no difference leads on (another
 * question, another version of the projections, another store) that is said, and a snapshot begins anew.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner } from '../../projecting/runner.js';
import type { Position } from '../../store/port.js';
import { decodeToken, encodeToken } from '../context.js';
import type { Body, Change, Keys } from './changes.js';
import { followView, type Held, type LiveView, type Question } from './live-view.js';

export type LiveMessage =
  | { kind: 'snapshot'; id: string; basis: string; keys: Keys; body: Body }
  | ({ kind: 'change'; id: string; basis: string } & Change)
  | { kind: 'reset'; reason: string }
  /** The view can't be answered now; the follower keeps what it has. */
  | { kind: 'problem'; error: unknown }
  /** Nothing else to tell: the answer that the follower has is that of this basis too. */
  | { kind: 'progress'; id: string | null; basis: string; state: ReturnType<Runner['phase']> }
  | { kind: 'end'; basis: string };

export interface FollowAnswerOptions {
  /** Id of the last message that the follower has. */
  after: string | null;
  /** Ends when the answer is as of here. */
  until: Position | null;
  /** The longest silence. */
  quietMs: number;
  signal: AbortSignal;
}

const TAG_AFTER = '~';

/** @throws at the first message what the view throws */
export async function* followAnswer(runner: Runner, question: Question, { after, until, quietMs, signal }: FollowAnswerOptions): AsyncGenerator<LiveMessage, void> {
  const live = followView(runner, question);
  const idOf = ({ basis, tag }: Held): string => basis + TAG_AFTER + tag;
  try {
    let now: Held | null = live.current();
    let { held, reset } = resume(runner, live, after, now);
    let problem: string | null = null;
    let toldAt = after === null ? performance.now() : -Infinity;
    for (;;) {
      const isQuiet = performance.now() - toldAt >= quietMs;
      if (reset !== null) yield { kind: 'reset', reason: reset };
      if (now !== null) {
        if (held === null) yield { kind: 'snapshot', id: idOf(now), basis: now.basis, keys: question.keys, body: now.body };
        else if (now.body !== held.body) yield { kind: 'change', id: idOf(now), basis: now.basis, ...live.change(held, now) };
        if (held?.body !== now.body || reset !== null) toldAt = performance.now();
        held = now;
      }
      if (isQuiet && performance.now() - toldAt >= quietMs) {
        yield { kind: 'progress', id: now && idOf(now), basis: now?.basis ?? encodeToken(runner.store.id, runner.position()), state: runner.phase() };
        toldAt = performance.now();
      }
      const reached = now && decodeToken(now.basis, runner.store.id);
      if (now !== null && until !== null && reached !== null && reached >= until) {
        yield { kind: 'end', basis: now.basis };
        return;
      }
      const moved = await runner.moved(now?.events ?? runner.events(), Math.max(0, quietMs - (performance.now() - toldAt)), signal);
      if (signal.aborted || runner.phase() === 'closed') return;
      if (moved) await sleep(live.pause(), undefined, { signal }).catch(() => undefined);
      [now, reset] = [null, null];
      try {
        now = live.current();
        problem = null;
      } catch (error) {
        if ((error as Error).message !== problem) {
          yield { kind: 'problem', error };
          toldAt = performance.now();
        }
        problem = (error as Error).message;
      }
      // A newer version of a projection took over.
      if (now !== null && held !== null && now.tag !== held.tag) [held, reset] = [null, 'a projection has another version now'];
    }
  } finally {
    live.release();
  }
}

function resume(runner: Runner, live: LiveView, after: string | null, now: Held): { held: Held | null; reset: string | null } {
  if (after === null) return { held: null, reset: null };
  const [basis = '', tag] = after.split(TAG_AFTER);
  if (tag !== now.tag) return { held: null, reset: 'the last id is of another question, or of other versions of the projections' };
  try {
    decodeToken(basis, runner.store.id, 'the last id');
    const held = live.at(basis);
    return { held: JSON.stringify(held.body) === JSON.stringify(now.body) ? { ...held, body: now.body } : held, reset: null };
  } catch (error) {
    return { held: null, reset: (error as Error).message };
  }
}
