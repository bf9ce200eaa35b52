/** The pace of a replay: as fast as it goes, so many times the speed of its clock, or so many events a second; paused, stepped, stopped. */
import { compareInstants, type Instant } from '../../events/index.js';

export interface Pace {
  /** Times the speed at which it happened; absent: full speed. */
  speed?: number | undefined;
  /** Events a second, whatever their times. */
  rate?: number | undefined;
  /** No wait between two events is longer, in ms: nights and weekends pass quickly. */
  longestWait?: number | undefined;
}

/** A clock that is given: nothing here reads the machine's. */
export interface PaceClock {
  /** Milliseconds from anywhere, never backwards. */
  now: () => number;
  /** Resolves after so long, or at once when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Pacer {
  /** Resolves when the event of that time is due; at once when the signal aborts. */
  due: (at: Instant) => Promise<void>;
  pause: () => void;
  resume: () => void;
  /** Lets one more event through while paused. */
  step: () => void;
  /** Lets what lies before a moment of the clock through at once, paused or not; an earlier moment takes another replay. */
  seek: (to: Instant) => void;
  /** The time of the event that was let through last. */
  readonly at: Instant | null;
  readonly paused: boolean;
}

/** @param paused whether it begins paused, to be stepped */
export function pacer({ speed, rate, longestWait = Infinity }: Pace, clock: PaceClock, signal: AbortSignal, paused = false): Pacer {
  /** When the event before was due, and its own time: what is late is made up for, so that a pace holds over a million events. */
  let last: { due: number; at: number } | null = null;
  let halted = paused;
  let steps = 0;
  let target: Instant | null = null;
  let passed: Instant | null = null;
  /** Ends the wait for an event that a seek lets through. */
  let cut = new AbortController();
  let wake: () => void = () => undefined;
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      signal.addEventListener('abort', () => {
        resolve();
      }, { once: true });
    });
  const gap = (at: number): number => {
    if (last === null) return 0;
    if (rate !== undefined) return 1000 / rate;
    return speed === undefined ? 0 : Math.min(longestWait, Math.max(0, at - last.at) / speed);
  };
  return {
    get paused() {
      return halted;
    },
    get at() {
      return passed;
    },
    async due(at) {
      const skipped = (): boolean => target !== null && compareInstants(at, target) < 0;
      while (halted && steps === 0 && !skipped() && !signal.aborted) {
        await change();
        // The time that it stood still is not made up for.
        last = null;
      }
      passed = at;
      if (skipped()) {
        last = null;
        return;
      }
      target = null;
      if (steps > 0) {
        steps -= 1;
        last = null;
      }
      const due = last === null ? clock.now() : last.due + gap(at.ms);
      last = { due, at: at.ms };
      const left = due - clock.now();
      if (left > 0 && !signal.aborted) await clock.wait(left, AbortSignal.any([signal, cut.signal]));
    },
    pause() {
      halted = true;
    },
    resume() {
      halted = false;
      wake();
    },
    step() {
      steps += 1;
      wake();
    },
    seek(to) {
      target = to;
      cut.abort();
      cut = new AbortController();
      wake();
    },
  };
}
