/** Looking at projections from outside: what snapshots there are, and how two versions' rows differ at one position. */
import { readRecorded, sortedEntries } from '../../events/index.js';
import { allRows, type Ledger, type Projection, type Row } from '../../projections/index.js';
import type { EventStore } from '../store/port.js';
import { foldInto, newState, packState, type ProjectionState } from './fold.js';
import { openGate, pass } from './gate.js';

/**
 * Folds one projection from the start of the log, up to an order or all of it, with no snapshot.
 * @param watch told how many events were folded, now and then
 */
export async function foldAlone(store: EventStore, prefix: string, projection: Projection, upTo = Infinity, watch: (order: number) => void = () => {}): Promise<ProjectionState> {
  const state = newState(projection);
  const gate = openGate(null, { ms: -Infinity, ns: 0 });
  for await (const batch of store.readAll({ streamPrefixes: [prefix] })) {
    for (const event of batch) {
      if (state.order >= upTo || state.fault) return state;
      pass(gate, event);
      foldInto(state, readRecorded(event, state.order + 1, gate.recorded));
    }
    packState(state);
    watch(state.order);
  }
  return state;
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

