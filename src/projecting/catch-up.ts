/**
 * Projections that are behind the log index (of a new version, mended, or without a snapshot) fold up to it from the
 * store, beside those that follow it live. One that gets there is in step from then on.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { readRecorded, type RejectedEvent, type TypedEvent } from '../../events/index.js';
import type { EventStore, RecordedEvent } from '../store/port.js';
import { foldInto, type ProjectionState } from './fold.js';
import { lastOrder, orderAt, positionOf, recordedAt, type LogIndex } from './log-index.js';

export interface CatchUpOptions {
  store: EventStore;
  prefixes: readonly string[];
  log: LogIndex;
  states: Iterable<ProjectionState>;
  /** Called after each batch. */
  progressed: () => void;
  /** Called when a projection throws. */
  faulted: (state: ProjectionState, event: TypedEvent | RejectedEvent) => void;
  signal: AbortSignal;
}

/** States that still have events to fold before they are in step. */
export function behind(states: Iterable<ProjectionState>, log: LogIndex): ProjectionState[] {
  return [...states].filter((state) => state.fault === null && state.order < lastOrder(log));
}

/** Folds until nobody is behind. @throws what the store throws */
export async function catchUp({ store, prefixes, log, states, progressed, faulted, signal }: CatchUpOptions): Promise<void> {
  for (;;) {
    const late = behind(states, log);
    if (late.length === 0 || signal.aborted) return;
    let order = Math.min(...late.map((state) => state.order));
    const target = lastOrder(log);
    for await (const batch of untilAborted(store.readAll({ from: order === 0 ? 'start' : positionOf(log, order), streamPrefixes: prefixes }), signal)) {
      const typed: (TypedEvent | RejectedEvent)[] = [];
      for (const event of batch) {
        if (order >= lastOrder(log)) break;
        order = nextOrder(log, order, event);
        typed.push(readRecorded(event, order, recordedAt(log, order)));
      }
      for (const state of late) {
        const fault = foldInto(state, typed);
        if (fault) faulted(state, fault);
      }
      progressed();
      if (signal.aborted || behind(late, log).length === 0) break;
      await breathe();
    }
    if (!signal.aborted && order < target && behind(late, log).length > 0) throw new Error('the log has fewer events than its index: delete the snapshots and start again');
  }
}

/** The order that the index gives an event: events that were scavenged since are passed over. */
function nextOrder(log: LogIndex, order: number, event: RecordedEvent): number {
  if (positionOf(log, order + 1) === event.position) return order + 1;
  const found = orderAt(log, event.position);
  if (found <= order || positionOf(log, found) !== event.position) throw new Error(`the log has an event at ${event.position} that its index lacks: delete the snapshots and start again`);
  return found;
}

/** Ends when the signal aborts, whatever the source is waiting for. */
async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const aborted = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
  try {
    for (;;) {
      const next = signal.aborted ? null : await Promise.race([iterator.next(), aborted]);
      if (next === null || next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a source that hangs would keep us here.
    void iterator.return?.()?.catch(() => undefined);
  }
}
