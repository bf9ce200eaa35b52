/** A tracker for one test: in this process, in memory, on a clock that the test sets, served on a free port of loopback. */
import { formatInstant, parseInstant } from '../../events/index.js';
import { serve } from '../http/server.js';
import { openMemoryStore } from '../store/memory/memory-store.js';
import { openWorlds, type Worlds } from '../synthetic/worlds.js';
import { startTracker, type Tracker } from '../tracker.js';
import { answerFrom, type Answer, type Asked, type ViewContext } from '../views/context.js';
import { acceptInputs, appendAccepted, type Stored } from '../writing/accept.js';

export interface TestTrackerOptions {
  /** Its clock at first, an instant; default 2026-01-01T00:00:00Z. */
  now?: string;
  /** What the streams' names begin with; default `market.`. */
  prefix?: string;
}

export interface TestTracker {
  readonly tracker: Tracker;
  /** Its scenarios; see `scenario`. */
  readonly worlds: Worlds;
  /** Of its API, such as http://127.0.0.1:41234. */
  readonly url: string;
  /** What it told beside, such as events that their schema rejects. */
  readonly log: readonly string[];
  /** Sets its clock: when events are recorded, and from when on a publication lies in the future. */
  setNow(instant: string): void;
  /**
   * Lets events in as the API does, and resolves when they are projected.
   * @throws BatchRefusedError with every fault, and what appending throws
   */
  append(...inputs: readonly unknown[]): Promise<Stored[]>;
  /** A view's answer. @throws ViewError */
  ask<T>(view: (context: ViewContext) => Answer<T>, asked?: Asked): T;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** How long projections may take to see what was appended. */
const PROJECTED_WITHIN_MS = 10_000;

/** Close it after the test, or declare it with `await using`. @throws RangeError for a clock that is no instant */
export async function createTracker({ now = '2026-01-01T00:00:00Z', prefix }: TestTrackerOptions = {}): Promise<TestTracker> {
  let clock = dateOf(now);
  const log: string[] = [];
  const settings = { now: () => clock, log: (message: string) => log.push(message) };
  const tracker = startTracker(openMemoryStore({ now: settings.now }), { ...settings, ...(prefix === undefined ? {} : { prefix }) });
  const worlds = openWorlds(tracker, settings.log);
  const server = await serve(tracker, { host: '127.0.0.1', port: 0, log: settings.log });
  const close = async (): Promise<void> => {
    await server.close();
    await worlds.close();
    await tracker.close();
  };
  return {
    tracker,
    worlds,
    url: server.url,
    log,
    setNow(instant) {
      clock = dateOf(instant);
    },
    async append(...inputs) {
      const { events, position } = await appendAccepted(tracker.store, await acceptInputs(tracker, inputs, (index) => `events[${index}]`));
      if (!(await tracker.runner.waitFor(position, PROJECTED_WITHIN_MS))) throw new Error(`the projections did not see the events: ${tracker.runner.problem()?.message ?? log.at(-1) ?? 'they are behind'}`);
      return events;
    },
    ask: (view, asked = {}) => answerFrom(tracker.runner, asked, view).body,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function dateOf(text: string): Date {
  const at = parseInstant(text);
  if (!at) throw new RangeError(`expected an instant with its zone, such as ${formatInstant({ ms: 0, ns: 0 }) ?? ''}, got ${JSON.stringify(text)}`);
  return new Date(at.ms);
}
