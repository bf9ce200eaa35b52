/** Looking at projections from outside: what snapshots there are, and how two versions' rows differ at one position. */
import { readRecorded, sortedEntries, type Instant, type RejectedEvent, type TypedEvent } from '../../events/index.js';
import { allRows, type Ledger, type Projection, type Row } from '../../projections/index.js';
import type { EventStore, RecordedEvent } from '../store/port.js';
import { foldInto, newState, type ProjectionState } from './fold.js';
import { openGate, pass } from './gate.js';

/** A projection to be folded, and up to which order. */
export interface FoldTarget {
  projection: Projection;
  upTo: number;
}

/**
 * Folds projections from the start of the log, each up to its own order, with no snapshot.
 * @param watch shown every event with its order and the recorded clock
 * @returns their states, in the order given
 */
export async function foldAnew(store: EventStore, prefix: string, targets: readonly FoldTarget[], watch: (event: RecordedEvent, order: number, recorded: Instant) => void = () => {}): Promise<ProjectionState[]> {
  const states = targets.map(({ projection }) => newState(projection));
  const last = Math.max(...targets.map(({ upTo }) => upTo));
  const gate = openGate(null, { ms: -Infinity, ns: 0 });
  let order = 0;
  for await (const batch of store.readAll({ streamPrefixes: [prefix] })) {
    const typed: (TypedEvent | RejectedEvent)[] = [];
    for (const event of batch) {
      if (order >= last) break;
      order += 1;
      pass(gate, event);
      watch(event, order, gate.recorded);
      typed.push(readRecorded(event, order, gate.recorded));
    }
    for (const [i, state] of states.entries()) foldInto(state, typed, (targets[i] as FoldTarget).upTo);
    if (order >= last) break;
  }
  return states;
}

/** One row that two versions of a projection have differently. */
export interface RowDifference {
  order: number;
  streamId: string;
  revision: number;
  kind: 'added' | 'removed' | 'changed';
  series: string;
  /** Paths of what changed, such as `value.close`. */
  paths: string[];
  before: Row | null;
  after: Row | null;
}

/** The rows that differ, in log order: rows of one event are compared in the order that it added them. */
export function* diffLedgers(before: Ledger, after: Ledger): Generator<RowDifference> {
  const old = allRows(before);
  const now = allRows(after);
  let left = old.next();
  let right = now.next();
  while (!left.done || !right.done) {
    const leftOrder = left.done ? Infinity : left.value.order;
    const rightOrder = right.done ? Infinity : right.value.order;
    if (!left.done && leftOrder < rightOrder) yield difference('removed', left.value, null, []);
    else if (!right.done && rightOrder < leftOrder) yield difference('added', null, right.value, []);
    else if (!left.done && !right.done) {
      const paths = pathsOf(left.value, right.value, '');
      if (paths.length > 0) yield difference('changed', left.value, right.value, paths);
    }
    if (leftOrder <= rightOrder) left = old.next();
    if (rightOrder <= leftOrder) right = now.next();
  }
}

function difference(kind: RowDifference['kind'], before: Row | null, after: Row | null, paths: string[]): RowDifference {
  const { order, streamId, revision, series } = (after ?? before) as Row;
  return { order, streamId, revision, kind, series, paths, before, after };
}

/** Where two JSON values differ; members that are undefined count as absent. */
function pathsOf(a: unknown, b: unknown, path: string): string[] {
  if (Object.is(a, b)) return [];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return [path];
  const left = new Map(sortedEntries(a as Record<string, unknown>));
  const right = new Map(sortedEntries(b as Record<string, unknown>));
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => pathsOf(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`));
}
