/**
 * From a snapshot to a running state and back. A snapshot is taken up only where the log still has, at the snapshot's
 * end, the very event that it ended with; whatever is missing, damaged or of another log is left and folded anew.
 */
import type { Instant } from '../../events/index.js';
import { emptyNames, openChunk, packRows, rowCount, type Chunk, type ChunkSource, type Ledger, type Projection } from '../../projections/index.js';
import type { EventStore, Position } from '../store/port.js';
import { newState, type ProjectionState } from './fold.js';
import { emptyLogIndex, lastOrder, openEntries, packEntries, positionOf, recordedAt, type LogIndex } from './log-index.js';
import { snapshotKey, type Head, type Save, type SnapshotKey, type Snapshots } from './snapshots.js';
import { stateHash } from './state-hash.js';

/** What a snapshot of the log index has beside its chunks. */
interface LogRest {
  eventId: string;
  chunks: { first: Position; recorded: [ms: number, ns: number] }[];
}

export interface RestoredLog {
  log: LogIndex;
  /** Id of its last event. */
  eventId: string;
  /** How many of its chunks are in the snapshot. */
  saved: number;
}

const LOG = { name: 'log', version: 1 };

/** The key under which a store's log index is. */
export function logKey(store: string, prefix: string): SnapshotKey {
  return snapshotKey(store, prefix, LOG);
}

/**
 * The log index of a snapshot, or null when there is none or the store's log is not the one that it was made of.
 * @throws DamagedSnapshotError
 */
export async function restoreLog(snapshots: Snapshots, store: EventStore, prefix: string): Promise<RestoredLog | null> {
  const key = logKey(store.id, prefix);
  const head = findHead(snapshots.heads(), key);
  if (!head) return null;
  const log = restoreLogIndex(snapshots, head);
  const { eventId } = head.rest as LogRest;
  if (lastOrder(log) !== head.order || !(await isSameLog(store, prefix, log, eventId))) return null;
  return { log, eventId, saved: head.chunks };
}

/** The log index of a head. @throws DamagedSnapshotError */
export function restoreLogIndex(snapshots: Snapshots, head: Head): LogIndex {
  const rest = head.rest as LogRest;
  const log = emptyLogIndex();
  rest.chunks.forEach(({ first, recorded: [ms, ns] }, number) => log.chunks.push({ first, lastRecorded: { ms, ns }, bytes: () => snapshots.part(head, 'entries', number) }));
  Object.assign(log.tail, openEntries(snapshots.part(head, 'entries', 'tail')));
  return log;
}

/** Has the log, where the index ends, the event that it ended with? A store restored from a copy may have another, or none. */
async function isSameLog(store: EventStore, prefix: string, log: LogIndex, eventId: string): Promise<boolean> {
  const order = lastOrder(log);
  const position = positionOf(log, order);
  const head = await store.head();
  if (head === null || head < position) return false;
  for await (const [event] of store.readAll({ from: order === 1 ? 'start' : positionOf(log, order - 1), streamPrefixes: [prefix] })) return event?.position === position && event.id === eventId;
  return false;
}

/** The snapshots of one projection of one store, of whatever version. */
export function headsOf(heads: readonly Head[], { store, prefix, name }: Pick<SnapshotKey, 'store' | 'prefix' | 'name'>): Head[] {
  return heads.filter((head) => head.store === store && head.prefix === prefix && head.name === name);
}

export function findHead(heads: readonly Head[], key: SnapshotKey): Head | null {
  return headsOf(heads, key).find((head) => compareVersions(head, key) === 0) ?? null;
}

/** The newest snapshot of an older version whose rows today's queries can read, or null. */
export function findOlder(heads: readonly Head[], key: SnapshotKey, { readableSince = 1 }: Pick<Projection, 'readableSince'>): Head | null {
  const older = headsOf(heads, key).filter((head) => head.version >= readableSince && compareVersions(head, key) < 0);
  return older.sort(compareVersions).at(-1) ?? null;
}

/** By the projection's version, then the language's. */
function compareVersions(a: SnapshotKey, b: SnapshotKey): number {
  return a.version - b.version || a.language - b.language;
}

/**
 * The ledger of a snapshot. Values are read from it when rows are asked for.
 * @throws DamagedSnapshotError
 */
export function restoreLedger(snapshots: Snapshots, head: Head, initial: Ledger): Ledger {
  const ledger = { ...initial, names: emptyNames() };
  for (let number = 0; number < head.chunks; number += 1) ledger.chunks.push(openChunk(snapshots.part(head, 'index', number), ledger.names, sourceOf(snapshots, head, number)));
  // The tail's names are not the ledger's yet.
  const tail = openChunk(snapshots.part(head, 'index', 'tail'), { list: [...ledger.names.list], places: null }, sourceOf(snapshots, head, 'tail'));
  for (let row = 0; row < tail.rows; row += 1) ledger.tail.push(tail.row(row));
  return ledger;
}

/** Where a saved chunk's other parts are read. */
function sourceOf(snapshots: Snapshots, key: SnapshotKey, number: number | 'tail'): ChunkSource {
  return { details: () => snapshots.part(key, 'details', number), values: () => snapshots.part(key, 'values', number) };
}

/** @throws DamagedSnapshotError */
export function restoreState(snapshots: Snapshots, head: Head, projection: Projection): ProjectionState {
  return { ...newState(projection), ledger: restoreLedger(snapshots, head, projection.initial()), order: head.order, link: Buffer.from(head.link, 'hex'), saved: head.chunks };
}

/** A state as a save: the chunks that are not saved yet, and the tail as it is now. */
export function saveOf(key: SnapshotKey, state: ProjectionState, log: LogIndex, savedAt: string): Save {
  const { ledger, order, saved } = state;
  const firstChunk = saved ?? 0;
  const tail = packRows(ledger.tail, ledger.names);
  return {
    head: { ...key, order, position: positionOf(log, order), rows: rowCount(ledger), chunks: ledger.chunks.length, link: state.link.toString('hex'), hash: stateHash(state, tail), savedAt },
    replace: saved === null,
    firstChunk,
    chunks: ledger.chunks.slice(firstChunk).map(({ index, source }) => ({ index, details: source.details(), values: source.values() })),
    tail: { ...tail },
  };
}

export function saveOfLog(key: SnapshotKey, log: LogIndex, eventId: string, saved: number | null, savedAt: string): Save {
  const firstChunk = saved ?? 0;
  const order = lastOrder(log);
  const rest: LogRest = { eventId, chunks: log.chunks.map(({ first, lastRecorded: { ms, ns } }) => ({ first, recorded: [ms, ns] })) };
  return {
    head: { ...key, order, position: positionOf(log, order), rows: order, chunks: log.chunks.length, link: '', hash: '', savedAt, rest },
    replace: saved === null,
    firstChunk,
    chunks: log.chunks.slice(firstChunk).map((chunk) => ({ entries: chunk.bytes() })),
    tail: { entries: packEntries(log.tail) },
  };
}

/** What was saved need not stay in memory: it is read back when rows are asked for. */
export function releaseChunks(snapshots: Snapshots, key: SnapshotKey, chunks: readonly Chunk[], first: number): void {
  chunks.slice(first).forEach((chunk, index) => {
    chunk.source = sourceOf(snapshots, key, first + index);
  });
}

/** The recorded clock at the log's end. */
export function recordedClock(log: LogIndex): Instant {
  const order = lastOrder(log);
  return order === 0 ? { ms: -Infinity, ns: 0 } : recordedAt(log, order);
}

