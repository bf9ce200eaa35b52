/**
 * Runs the projections: one subscription to the store, every event read once and folded into each ledger in turn. A
 * projection that throws is faulted and keeps its last good state; the others go on. The subscription is taken up again
 * at the last position whenever it ends unasked.
 */
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { isRejected, parseInstant, readRecorded, type Instant, type RejectedEvent } from '../../events/index.js';
import type { Ledger, Projection } from '../../projections/index.js';
import type { EventStore, Position, RecordedEvent } from '../store/port.js';
import { emptyLogIndex, type LogIndex } from './log-index.js';

export interface ProjectionState {
  projection: Projection;
  ledger: Ledger;
  /** The last order that it folded. */
  order: number;
  fault: Error | null;
}

export interface Runner {
  readonly store: EventStore;
  readonly log: LogIndex;
  readonly states: ReadonlyMap<string, ProjectionState>;
  readonly rejected: readonly RejectedEvent[];
  /** Position up to which everything was folded; null before the first. */
  position(): Position | null;
  phase(): 'catching-up' | 'live' | 'backing-off' | 'closed';
  /** Why the subscription is backing off, or null. */
  problem(): Error | null;
  /** Resolves when everything up to the position is folded; false when `timeoutMs` passed first. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  /** Resolves when the head was reached for the first time. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

export interface RunnerOptions {
  /** Stream prefixes that belong to the tracker. */
  prefixes: readonly string[];
  projections: readonly Projection[];
  /** Told of faults and retries, in sentences. */
  log?: (message: string) => void;
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 10_000;

export function startRunner(store: EventStore, options: RunnerOptions): Runner {
  const log = emptyLogIndex();
  const states = new Map<string, ProjectionState>(options.projections.map((projection) => [projection.name, { projection, ledger: projection.initial(), order: 0, fault: null }]));
  const rejected: RejectedEvent[] = [];
  const stop = new AbortController();
  const waiting = new Set<() => void>();
  let position: Position | null = null;
  let recorded: Instant = { ms: -Infinity, ns: 0 };
  let lastRecordedAt = '';
  let phase: ReturnType<Runner['phase']> = 'catching-up';
  let problem: Error | null = null;
  let reached: () => void = () => {};
  const first = new Promise<void>((resolve) => (reached = resolve));
  const wake = (): void => {
    for (const check of [...waiting]) check();
  };

  function fold(event: RecordedEvent): void {
    const text = typeof event.metadata['recordedAt'] === 'string' ? event.metadata['recordedAt'] : event.recordedAt;
    if (text !== lastRecordedAt) {
      lastRecordedAt = text;
      const at = parseInstant(text);
      if (at && at.ms > recorded.ms) recorded = at;
    }
    log.positions.push(event.position);
    log.recorded.push(recorded.ms);
    const order = log.positions.length;
    const typed = readRecorded(event, order, recorded);
    if (isRejected(typed)) {
      rejected.push(typed);
      options.log?.(`rejected ${event.streamId}/${event.revision} (${event.type}): ${typed.problems.map((p) => `${p.path}: ${p.expected}`).join('; ')}`);
    }
    for (const state of states.values()) {
      if (state.fault) continue;
      const rows = state.ledger.rows.length;
      try {
        if (!isRejected(typed)) state.projection.evolve(state.ledger, typed);
        state.order = order;
      } catch (error) {
        // What the failing event added goes: the last good state is what is served.
        state.ledger.rows.length = rows;
        state.fault = error as Error;
        options.log?.(`projection ${state.projection.name} stopped at ${event.streamId}/${event.revision}: ${(error as Error).message}`);
      }
    }
  }

  async function follow(): Promise<void> {
    let delay = FIRST_RETRY_MS;
    while (!stop.signal.aborted) {
      try {
        for await (const message of store.subscribe({ after: position ?? 'start', streamPrefixes: options.prefixes, signal: stop.signal })) {
          if (message.kind === 'events') {
            for (const event of message.events) fold(event);
            position = message.events.at(-1)?.position ?? position;
            // Requests are answered between batches while a long log is folded.
            if (phase !== 'live') await breathe();
          } else if (message.position !== null && (position === null || message.position > position)) {
            position = message.position;
          }
          if (message.kind === 'caughtUp') {
            phase = 'live';
            reached();
          }
          problem = null;
          delay = FIRST_RETRY_MS;
          wake();
        }
        if (!stop.signal.aborted) throw new Error('the subscription ended unasked');
      } catch (error) {
        if (stop.signal.aborted) break;
        phase = 'backing-off';
        problem = error as Error;
        options.log?.(`subscription: ${problem.message}; trying again from ${position ?? 'the start'} in ${delay} ms`);
        await sleep(delay, undefined, { signal: stop.signal }).catch(() => undefined);
        delay = Math.min(LAST_RETRY_MS, delay * 2);
      }
    }
    phase = 'closed';
  }

  const done = follow();
  return {
    store,
    log,
    states,
    rejected,
    position: () => position,
    phase: () => phase,
    problem: () => problem,
    caughtUp: () => first,
    waitFor(target, timeoutMs) {
      return new Promise((resolve) => {
        const finish = (result: boolean): void => {
          clearTimeout(timer);
          waiting.delete(check);
          resolve(result);
        };
        const check = (): void => {
          if (position !== null && position >= target) finish(true);
        };
        const timer = setTimeout(() => finish(false), timeoutMs);
        waiting.add(check);
        check();
      });
    },
    async close() {
      stop.abort();
      await done;
    },
  };
}
