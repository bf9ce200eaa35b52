/**
 * Runs the projections: one subscription to the store, every event read once and folded into each ledger in turn. It
 * begins with what snapshots hold, lets those that are behind catch up, and saves snapshots as it goes. A projection
 * that throws is faulted and keeps its last good state; the others go on. The subscription is taken up again at the last
 * event whenever it ends unasked.
 */
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { isRejected, readRecorded, type RejectedEvent, type TypedEvent } from '../../events/index.js';
import { rejected, type Projection } from '../../projections/index.js';
import { DamagedStoreError, type EventStore, type Position, type RecordedEvent } from '../store/port.js';
import { behind, catchUp } from './catch-up.js';
import { foldInto, newState, type ProjectionState } from './fold.js';
import type { Fork } from './fork.js';
import { LogInvariantError, openGate, pass } from './gate.js';
import { emptyLogIndex, lastOrder, orderAt, positionOf, pushEvent, type LogIndex } from './log-index.js';
import { createSaver, type Saver } from './saver.js';
import { restoreAll, type StaleState } from './restore-all.js';
import type { Snapshots } from './snapshots.js';

export interface Runner {
  readonly store: EventStore;
  /** The scenario that it folds; null: the real world. */
  readonly scenario: string | null;
  readonly log: LogIndex;
  /** How many events were read: the last order. */
  events(): number;
  /** By name; `rejected` is among them. */
  readonly states: ReadonlyMap<string, ProjectionState>;
  /** Older versions that serve while the new one folds, by name. */
  readonly stale: ReadonlyMap<string, StaleState>;
  /** Position up to which everything was read; null before the first event. */
  position(): Position | null;
  phase(): 'catching-up' | 'live' | 'backing-off' | 'stopped' | 'closed';
  /** Why the subscription is backing off, or null. */
  problem(): Error | null;
  /** Resolves when everything up to the position is read; false when `timeoutMs` passed first. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  /** Resolves when more events were read than so many, nobody waits any more, or it was closed; false when `timeoutMs` passed first. */
  moved(events: number, timeoutMs: number, signal: AbortSignal): Promise<boolean>;
  /** Is told of each event once it is folded. @returns ends it */
  listen(listener: Listener): () => void;
  /** Is told when nothing more will be folded. @returns ends it */
  onClose(told: () => void): () => void;
  /** Resolves with null when the head was reached for the first time; with what is in the way, where waiting does not help. */
  caughtUp(): Promise<Error | null>;
  /** The same, and no projection is behind, faulted ones left out. */
  settled(): Promise<Error | null>;
  /** Saves a snapshot now, where they are kept. */
  save(): Promise<void>;
  close(): Promise<void>;
}

export type Listener = (event: RecordedEvent, typed: TypedEvent | RejectedEvent) => void;

export interface RunnerOptions {
  /** What the streams' names begin with. */
  prefix: string;
  /** Of a scenario: its id, its streams and those below it, and where it begins. What begins with a fork is not saved. */
  scenario?: { id: string; prefixes: readonly string[]; fork: Fork | null };
  projections: readonly Projection[];
  /** Where to begin, and where to save; the runner closes it. */
  snapshots?: Snapshots | null;
  /** Names of projections that are folded anew whatever snapshot they have. */
  anew?: ReadonlySet<string>;
  /** Told of faults and retries, in sentences. */
  log?: (message: string) => void;
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 10_000;

export function startRunner(store: EventStore, options: RunnerOptions): Runner {
  const { prefix, snapshots = null, scenario = null } = options;
  const prefixes = scenario?.prefixes ?? [prefix];
  const tell = options.log ?? (() => {});
  const fork = scenario?.fork ?? null;
  const log = fork?.log ?? emptyLogIndex();
  const states = fork?.states ?? new Map<string, ProjectionState>([...options.projections, rejected].map((projection) => [projection.name, newState(projection)]));
  let stale = new Map<string, StaleState>();
  const stop = new AbortController();
  const waiting = new Set<() => void>();
  const listeners = new Set<Listener>();
  const closing = new Set<() => void>();
  let gate = openGate(fork?.position ?? null, fork?.recorded ?? { ms: -Infinity, ns: 0 });
  let position: Position | null = fork?.position ?? null;
  let phase: ReturnType<Runner['phase']> = 'catching-up';
  let problem: Error | null = null;
  let lastId = '';
  let saver: Saver | null = null;
  let catchingUp: Promise<void> | null = null;
  // What no retry gets past: damage, or a store that breaks its promises.
  let obstacle: Error | null = null;
  let wasLive = false;
  const wake = (): void => {
    for (const check of [...waiting]) check();
  };

  function faulted(state: ProjectionState, event: TypedEvent | RejectedEvent): void {
    tell(`projection ${state.projection.name} stopped at ${event.streamId}/${event.revision}: ${state.fault?.message}`);
  }

  /** Lets one event through the gate, into the log index. */
  function admit(event: RecordedEvent): TypedEvent | RejectedEvent {
    try {
      pass(gate, event);
    } catch (error) {
      if (error instanceof LogInvariantError) error.beyondRepair = isUnknown(log, event.position, gate.position);
      throw error;
    }
    pushEvent(log, event.position, gate.recorded);
    position = event.position;
    lastId = event.id;
    const typed = readRecorded(event, lastOrder(log), gate.recorded);
    if (isRejected(typed)) tell(`rejected ${event.streamId}/${event.revision} (${event.type}): ${typed.problems.map((p) => `${p.path}: ${p.expected}`).join('; ')}`);
    return typed;
  }

  /** Folds what follows. @throws LogInvariantError; what the gate let through before that is folded */
  function fold(events: readonly RecordedEvent[]): void {
    const before = lastOrder(log);
    const typed: (TypedEvent | RejectedEvent)[] = [];
    try {
      for (const event of events) typed.push(admit(event));
    } finally {
      for (const state of states.values()) {
        // One that is behind is in catchUp's hands until it is in step.
        const fault = state.order === before ? foldInto(state, typed) : null;
        if (fault) faulted(state, fault);
      }
      for (const listener of listeners) typed.forEach((one, i) => listener(events[i] as RecordedEvent, one));
    }
  }

  async function begin(): Promise<void> {
    if (snapshots === null) return;
    const restored = await restoreAll({ snapshots, store, prefix, states, log, anew: options.anew ?? new Set(), tell });
    saver = createSaver({ snapshots, storeId: store.id, prefix, states, log, lastId: () => lastId, savedLog: restored?.saved ?? null, tell });
    if (!restored) return;
    stale = restored.stale;
    lastId = restored.eventId;
    position = restored.position;
    gate = openGate(position, restored.recorded);
    help();
  }

  function meet(error: unknown): void {
    if (!(error instanceof DamagedStoreError)) return;
    obstacle = error;
    wake();
  }

  /** Lets those that are behind catch up; tries again as long as the store fails. */
  function help(): void {
    catchingUp ??= (async () => {
      let delay = FIRST_RETRY_MS;
      while (behind(states.values(), log).length > 0 && !stop.signal.aborted) {
        try {
          await catchUp({ store, prefixes, log, states: states.values(), faulted, signal: stop.signal, progressed: () => (saver?.changed(), dropStale(), wake()) });
        } catch (error) {
          meet(error);
          tell(`catching up: ${(error as Error).message}; trying again in ${delay} ms`);
          await sleep(delay, undefined, { signal: stop.signal }).catch(() => undefined);
          delay = Math.min(LAST_RETRY_MS, delay * 2);
        }
      }
      catchingUp = null;
      dropStale();
      wake();
    })();
  }

  /** An older version is let go once the new one has passed it. */
  function dropStale(): void {
    for (const [name, old] of stale) if ((states.get(name)?.order ?? 0) >= Math.max(old.order, lastOrder(log))) stale.delete(name);
  }

  async function follow(): Promise<void> {
    await begin();
    let delay = FIRST_RETRY_MS;
    while (!stop.signal.aborted) {
      try {
        for await (const message of store.subscribe({ after: position ?? 'start', streamPrefixes: prefixes, signal: stop.signal })) {
          if (message.kind === 'events') {
            fold(message.events);
            saver?.changed();
            // Requests are answered between batches while a long log is folded.
            if (phase !== 'live') await breathe();
          } else if (message.position !== null && (position === null || message.position > position)) {
            position = message.position;
          }
          if (message.kind === 'caughtUp') {
            phase = 'live';
            wasLive = true;
          }
          problem = null;
          obstacle = null;
          delay = FIRST_RETRY_MS;
          wake();
        }
        if (!stop.signal.aborted) throw new Error('the subscription ended unasked');
      } catch (error) {
        if (stop.signal.aborted) break;
        problem = error as Error;
        if (error instanceof LogInvariantError && error.beyondRepair) {
          phase = 'stopped';
          saver = null;
          obstacle = error;
          wake();
          tell(`${problem.message}; nothing more is folded. Check the store (tracker verify), then start again with --snapshots off`);
          return;
        }
        phase = 'backing-off';
        meet(error);
        tell(`subscription: ${problem.message}; trying again from ${position ?? 'the start'} in ${delay} ms`);
        await sleep(delay, undefined, { signal: stop.signal }).catch(() => undefined);
        delay = Math.min(LAST_RETRY_MS, delay * 2);
      }
    }
    phase = 'closed';
    wake();
    for (const told of closing) told();
  }

  /** Resolves with true when the condition holds, asked whenever something was folded; with false after `timeoutMs`. */
  function when(holds: () => boolean, timeoutMs = Infinity): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (result: boolean): void => {
        clearTimeout(timer);
        waiting.delete(check);
        resolve(result);
      };
      const check = (): void => {
        if (holds()) finish(true);
      };
      const timer = timeoutMs === Infinity ? undefined : setTimeout(() => finish(false), timeoutMs);
      waiting.add(check);
      check();
    });
  }

  const done = follow();
  return {
    store,
    scenario: scenario?.id ?? null,
    log,
    events: () => lastOrder(log),
    states,
    get stale() {
      return stale;
    },
    position: () => position,
    phase: () => phase,
    problem: () => problem,
    caughtUp: async () => ((await when(() => wasLive || obstacle !== null)) && wasLive ? null : obstacle),
    settled: async () => {
      const settled = (): boolean => wasLive && behind(states.values(), log).length === 0;
      await when(() => settled() || obstacle !== null);
      return settled() ? null : obstacle;
    },
    moved(events, timeoutMs, signal) {
      signal.addEventListener('abort', wake, { once: true });
      return when(() => signal.aborted || phase === 'closed' || lastOrder(log) > events, timeoutMs).finally(() => signal.removeEventListener('abort', wake));
    },
    onClose(told) {
      closing.add(told);
      return () => closing.delete(told);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    waitFor: (target, timeoutMs) => when(() => position !== null && position >= target, timeoutMs),
    save: async () => saver?.save(),
    async close() {
      stop.abort();
      await done;
      await catchingUp;
      await saver?.save();
      await snapshots?.close();
    },
  };
}

/** Does a position lie before the last one without being in the index? */
function isUnknown(log: LogIndex, position: Position, last: Position | null): boolean {
  if (last === null || position > last) return false;
  const order = orderAt(log, position);
  return order === 0 || positionOf(log, order) !== position;
}
