/** One listener of the feed: what came since it began to keep, bounded; a listener who is too slow reads the log instead. */
import type { Position, RecordedEvent } from '../port.js';
import { hasPrefix } from './records.js';

export type FeedItem = { kind: 'event'; event: RecordedEvent } | { kind: 'checkpoint'; position: Position } | { kind: 'caughtUp' };

export interface Member {
  /** Forgets what was kept and keeps from now on. */
  restart(): void;
  /** Where a reader must have come so that nothing lies between it and what is kept; undefined: not known yet. */
  goal(): Position | 'start' | undefined;
  /** What was kept, which is then forgotten; null: there was too much to keep. Throws when the feed failed. */
  take(): FeedItem[] | null;
  /** Resolves when there is something to take, or the signal aborts. */
  changed(signal: AbortSignal): Promise<void>;
  leave(): void;
}

export interface MemberControl {
  member: Member;
  offer(item: FeedItem): void;
  setGoal(goal: Position | 'start'): void;
  fail(error: Error): void;
}

export function createMember(prefixes: readonly string[], backlog: number, lastRecord: () => Position | 'start' | undefined, onLeave: () => void): MemberControl {
  let items: FeedItem[] = [];
  let overflowed = false;
  let goal = lastRecord();
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const member: Member = {
    restart: () => {
      items = [];
      overflowed = false;
      goal = lastRecord();
    },
    goal: () => {
      if (failure) throw failure;
      return goal;
    },
    take: () => {
      if (failure) throw failure;
      if (overflowed) return null;
      const taken = items;
      items = [];
      return taken;
    },
    changed: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted || failure || overflowed || items.length > 0) return resolve();
        wake = () => {
          wake = undefined;
          signal.removeEventListener('abort', aborted);
          resolve();
        };
        const aborted = (): void => wake?.();
        signal.addEventListener('abort', aborted);
      }),
    leave: onLeave,
  };
  return {
    member,
    offer: (item) => {
      if (overflowed || (item.kind === 'event' && !hasPrefix(item.event, prefixes))) return;
      if (items.length >= backlog) {
        items = [];
        overflowed = true;
      } else items.push(item);
      wake?.();
    },
    setGoal: (reached) => {
      goal = reached;
      wake?.();
    },
    fail: (error) => {
      failure = error;
      wake?.();
    },
  };
}
