/** Verifies snapshots: every part by its checksum, and the state that they hold against a fold of the log. */
import { compareInstants } from '../../events/index.js';
import type { Projection } from '../../projections/index.js';
import type { EventStore } from '../store/port.js';
import type { CheckReport, Finding } from '../store/verify.js';
import { foldAnew } from './inspect.js';
import { lastOrder, positionOf, recordedAt } from './log-index.js';
import { findHead, logKey, restoreLogIndex, restoreState } from './restore.js';
import { snapshotKey, type Snapshots } from './snapshots.js';
import { nextLink, stateHash, firstLink } from './state-hash.js';

/**
 * Reads the snapshots of this store and this program's versions, and folds the log as far as each goes.
 * @returns one report; what it names can be deleted without loss
 */
export async function verifySnapshots(store: EventStore, prefix: string, snapshots: Snapshots, projections: readonly Projection[]): Promise<CheckReport> {
  const findings: Finding[] = [];
  const find = (message: string): void => void findings.push({ position: null, streamId: null, message });
  const advice = `delete ${snapshots.folder}, which costs a fold and nothing else`;
  const attempt = <T>(what: string, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      find(`${what}: ${(error as Error).message}`);
      return null;
    }
  };
  const heads = snapshots.heads();
  const logHead = findHead(heads, logKey(store.id, prefix));
  const log = logHead && attempt('the log index', () => restoreLogIndex(snapshots, logHead));
  const saved = projections.flatMap((projection) => {
    const head = findHead(heads, snapshotKey(store.id, prefix, projection));
    const state = head && attempt(`${projection.name}@${head.version}`, () => restoreState(snapshots, head, projection));
    if (!head || !state) return [];
    // Values are read when rows are asked for, so that alone would leave them unseen.
    const link = attempt(`${projection.name}@${head.version}`, () => state.ledger.chunks.reduce((before, chunk) => nextLink(before, { index: chunk.index, details: chunk.source.details(), values: chunk.source.values() }), firstLink(projection)));
    if (link && !link.equals(state.link)) find(`${projection.name}@${head.version} has chunks that are not those of its hash: ${advice}`);
    return [{ projection, head, state }];
  });
  if (saved.length === 0) return { check: 'snapshots', looked: 0, unit: 'states', findings, found: findings.length };
  // An object, since the compiler does not see that the fold sets it.
  const wrong = { order: 0 };
  const folded = await foldAnew(store, prefix, saved.map(({ projection, head }) => ({ projection, upTo: head.order })), (event, order, recorded) => {
    if (!log || wrong.order > 0 || order > lastOrder(log)) return;
    if (positionOf(log, order) !== event.position || compareInstants(recordedAt(log, order), recorded) !== 0) wrong.order = order;
  });
  if (wrong.order > 0) find(`the log index has event ${wrong.order} at another place or time than the log: ${advice}`);
  saved.forEach(({ projection, head, state }, i) => {
    const now = folded[i];
    if (!now) return;
    if (now.order < head.order) find(`${projection.name}@${head.version} has ${head.order} events, a fold of the log ${now.order}: ${advice}`);
    else if (stateHash(now) !== stateHash(state)) find(`${projection.name}@${head.version} is not what a fold of the log gives (tracker projections diff ${projection.name} shows the rows): ${advice}`);
  });
  return { check: 'snapshots', looked: saved.length, unit: 'states', findings, found: findings.length };
}
