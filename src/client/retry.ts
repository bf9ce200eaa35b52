/** When and how a client tries again. Without Node's timers: it runs in browsers too. */
import { ApiError } from './problem.js';

export interface Retry {
  /** Waits before the next try, each time twice as long and never quite as long as others do. */
  wait(): Promise<void>;
  /** It worked: the next failure is a first one. */
  worked(): void;
}

const LONGEST_MS = 30_000;
/** What may be otherwise in a moment. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** @param firstMs the first wait */
export function retrying(firstMs: number, signal: AbortSignal): Retry {
  let ms = firstMs;
  return {
    async wait() {
      await pause(ms * (0.5 + Math.random() / 2), signal);
      ms = Math.min(LONGEST_MS, ms * 2);
    },
    worked() {
      ms = firstMs;
    },
  };
}

/** Does the server refuse for good? */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && !PASSING.has(error.status);
}

/** Resolves after so long, or when the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener('abort', over);
  });
}
