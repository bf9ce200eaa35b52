/**
 * The last events that were folded, kept while somebody follows the log: each is typed and written out once for all who
 * follow. Whoever falls behind what is kept reads on from the store, so that nobody is held in memory.
 */
import { bisector } from 'd3-array';
import type { RejectedEvent, TypedEvent } from '../../events/index.js';
import { machineClock } from '../machine-clock.js';
import type { Runner } from '../projecting/runner.js';
import type { Position, RecordedEvent } from '../store/port.js';
import { stepLine } from './step-line.js';

export interface TailEvent {
  event: RecordedEvent;
  typed: TypedEvent | RejectedEvent;
  /** Cursor and JSON of the step, as a replay in log order that follows writes them. */
  cursor: string;
  line: string;
}

export interface Tail {
  /** What was folded after a position; null where not all of that is kept. */
  after(position: Position | null): readonly TailEvent[] | null;
  /** Resolves when something was folded after a position, after `ms`, when the signal aborts, or the runner is closed. */
  news(position: Position | null, ms: number, signal: AbortSignal): Promise<void>;
  release(): void;
}

const MOST_EVENTS = 8192;
const MOST_CHARACTERS = 16 * 1024 * 1024;
/** What comes within so short a time is told together, to all at once. */
const TOGETHER_MS = 20;

interface Kept {
  followers: number;
  /** Everything that was folded after this position is in `events`. */
  from: Position | null;
  events: TailEvent[];
  characters: number;
  /** What is cut out of them last: all who stand at one place get the same. */
  cut: { after: Position | null; events: readonly TailEvent[] } | null;
  waiting: Set<() => void>;
  ticking: boolean;
  unlisten: () => void;
}

const byPosition = bisector(({ event }: TailEvent) => event.position);
const tails = new WeakMap<Runner, Kept>();

/** Keeps what is folded from now on until it is released by all who follow. */
export function followTail(runner: Runner): Tail {
  let kept = tails.get(runner);
  if (!kept) {
    const fresh: Kept = { followers: 0, from: runner.position(), events: [], characters: 0, cut: null, waiting: new Set(), ticking: false, unlisten: () => undefined };
    const unlisten = runner.listen((event, typed) => {
      keep(runner.store.id, fresh, event, typed);
      tick(fresh);
    });
    const unwait = runner.onClose(() => { wake(fresh); });
    fresh.unlisten = () => {
      unlisten();
      unwait();
    };
    tails.set(runner, fresh);
    kept = fresh;
  }
  const own = kept;
  own.followers += 1;
  const after = (position: Position | null): readonly TailEvent[] | null => {
    if (own.from !== null && (position === null || position < own.from)) return null;
    if (position === null) return own.events.slice();
    if (own.cut?.after !== position) own.cut = { after: position, events: own.events.slice(byPosition.right(own.events, position)) };
    return own.cut.events;
  };
  return {
    after,
    news(position, ms, signal) {
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          own.waiting.delete(done);
          resolve();
        };
        const timer = ms === Infinity ? undefined : setTimeout(done, ms);
        signal.addEventListener('abort', done);
        own.waiting.add(done);
        if (signal.aborted || after(position)?.length !== 0) done();
      });
    },
    release() {
      own.followers -= 1;
      if (own.followers > 0) return;
      own.unlisten();
      tails.delete(runner);
    },
  };
}

function keep(storeId: string, kept: Kept, event: RecordedEvent, typed: TypedEvent | RejectedEvent): void {
  const { cursor, line } = stepLine(storeId, event, typed);
  kept.events.push({ event, typed, cursor, line });
  kept.cut = null;
  kept.characters += line.length;
  if (kept.events.length <= MOST_EVENTS && kept.characters <= MOST_CHARACTERS) return;
  // Half goes at once: one by one would move the rest each time.
  const gone = kept.events.splice(0, Math.ceil(kept.events.length / 2));
  kept.from = gone.at(-1)?.event.position ?? kept.from;
  for (const { line: text } of gone) kept.characters -= text.length;
}

/** One moment for all who wait. */
function tick(kept: Kept): void {
  if (kept.ticking || kept.waiting.size === 0) return;
  kept.ticking = true;
  void machineClock.wait(TOGETHER_MS, NEVER).then(() => {
    kept.ticking = false;
    wake(kept);
  });
}

function wake(kept: Kept): void {
  for (const done of [...kept.waiting]) done();
}

const NEVER = new AbortController().signal;
