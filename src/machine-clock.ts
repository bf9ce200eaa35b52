/** The machine's clock, for what is paced by it: given to code that may not read one itself. */
import { setTimeout as wait } from 'node:timers/promises';

export const machineClock = {
  /** Milliseconds from anywhere, never backwards. */
  now: (): number => performance.now(),
  /** Resolves after so long, or at once when the signal aborts. */
  wait: (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal }).catch(() => undefined),
};
