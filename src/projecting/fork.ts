/**
 * Forks a folded log: a scenario on the real world begins with the rows that are there, and folds its own events after
 * them. Packed chunks are shared, since they never change; of a chunk that the fork cuts, and of the tail, the rows are.
 * So nothing is folded again, and nothing that the fork adds is ever in the ledger that it came from.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Instant } from '../../events/index.js';
import type { Chunk, Home, Ledger, Row } from '../../projections/index.js';
import type { Position } from '../store/port.js';
import { newState, type ProjectionState } from './fold.js';
import { forkLog, lastOrder, orderAt, positionOf, recordedAt, type LogIndex } from './log-index.js';
import type { Runner } from './runner.js';
import { firstLink, nextLink } from './state-hash.js';

/** What a runner can begin with in place of nothing. */
export interface Fork {
  readonly log: LogIndex;
  readonly states: Map<string, ProjectionState>;
  readonly position: Position | null;
  /** The recorded clock there. */
  readonly recorded: Instant;
}

/**
 * Everything that a runner folded up to a position. Ask only where each projection has come that far, or stopped.
 * @param home the fork's own streams, and those that they go on from
 */
export async function forkAt(runner: Runner, position: Position, home: Home): Promise<Fork> {
  const order = orderAt(runner.log, position);
  const log = forkLog(runner.log, order);
  // All of it is taken in one turn; the hashes, which may need bytes from disk, are of chunks that stay as they are.
  const forked = [...runner.states.values()].map((state) => forkState(state, order, home));
  const states = new Map<string, ProjectionState>();
  for (const { state, base, chunks } of forked) {
    if (chunks.length === base.chunks) state.link = base.link;
    else await linkOf(state, chunks);
    states.set(state.projection.name, state);
  }
  return { log, states, position: order === 0 ? null : positionOf(log, order), recorded: lastOrder(log) === 0 ? { ms: -Infinity, ns: 0 } : recordedAt(log, order) };
}

function forkState(base: ProjectionState, order: number, home: Home): { state: ProjectionState; base: { chunks: number; link: Buffer }; chunks: readonly Chunk[] } {
  const { projection, ledger } = base;
  const whole = ledger.chunks.filter((chunk) => (chunk.orders[chunk.rows - 1] as number) <= order);
  const cut = ledger.chunks[whole.length];
  const tail: Row[] = [];
  for (let row = 0; cut && row < cut.rows && (cut.orders[row] as number) <= order; row += 1) tail.push(cut.row(row));
  if (!cut) for (const row of ledger.tail) if (row.order <= order) tail.push(row);
  const forked: Ledger = { ...ledger, chunks: [...whole], tail, names: { list: ledger.names.list.slice(0, namesOf(whole)), places: null }, home };
  const state = { ...newState(projection), ledger: forked, order: Math.min(base.order, order), fault: base.order < order ? base.fault : null };
  return { state, base: { chunks: ledger.chunks.length, link: base.link }, chunks: whole };
}

/** How many names packed rows use: those of later chunks are not the fork's. */
function namesOf(chunks: readonly Chunk[]): number {
  let count = 0;
  for (const { series, streams } of chunks) for (const column of [series, streams]) for (const place of column) if (place >= count) count = place + 1;
  return count;
}

async function linkOf(state: ProjectionState, chunks: readonly Chunk[]): Promise<void> {
  let link = firstLink(state.projection);
  for (const { index, source } of chunks) {
    link = nextLink(link, { index, details: source.details(), values: source.values() });
    await breathe();
  }
  state.link = link;
}
