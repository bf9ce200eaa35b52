/**
 * The stand-in's log: what an EventStoreDB server keeps, in memory, with its rules for revisions, repetitions, deleted
 * streams and positions. Positions are bytes, as on the server: they rise by more than one, and system events use some.
 */
import { randomUUID } from 'node:crypto';

export interface ServerRecord {
  id: string;
  streamId: string;
  revision: number;
  type: string;
  contentType: string;
  data: Uint8Array;
  custom: Uint8Array;
  /** .NET ticks since 1970: 100 ns. */
  created: bigint;
  commit: bigint;
  prepare: bigint;
}
export type Proposed = Pick<ServerRecord, 'id' | 'type' | 'contentType' | 'data' | 'custom'>;

/** -1: no stream, -2: any, -4: the stream exists; else the exact last revision. */
export const NO_STREAM = -1;
export const ANY = -2;
export const STREAM_EXISTS = -4;

export type AppendOutcome = { kind: 'written'; lastRevision: number; record: ServerRecord } | { kind: 'wrong'; current: number } | { kind: 'deleted' };

export interface LogOptions {
  now?: () => Date;
  /** The events of one append share their commit position, as in old explicit transactions. */
  sharedCommit?: boolean;
}

export function createServerLog({ now = () => new Date(), sharedCommit = false }: LogOptions = {}) {
  const records: ServerRecord[] = [];
  const streams = new Map<string, ServerRecord[]>();
  const truncatedBefore = new Map<string, number>();
  const tombstones = new Set<string>();
  /** The server recognises repetitions with 'any' only while it has the ids in its cache. */
  const recentIds = new Map<string, ServerRecord>();
  const listeners = new Set<() => void>();
  let bytes = 1000n;

  function write(streamId: string, proposed: readonly Proposed[]): ServerRecord {
    const stream = streams.get(streamId) ?? [];
    streams.set(streamId, stream);
    const commit = bytes + BigInt(proposed.length) * 1000n;
    for (const event of proposed) {
      bytes += BigInt(50 + event.data.length);
      const record = { ...event, streamId, revision: stream.length, created: BigInt(now().getTime()) * 10_000n + 1234n, commit: sharedCommit ? commit : bytes, prepare: bytes };
      stream.push(record);
      records.push(record);
      recentIds.set(event.id, record);
    }
    if (sharedCommit && bytes < commit) bytes = commit;
    for (const listener of [...listeners]) listener();
    return records.at(-1) as ServerRecord;
  }

  function repeated(streamId: string, expected: number, proposed: readonly Proposed[]): ServerRecord | 'none' | 'part' {
    let last: ServerRecord | undefined;
    for (const [index, { id }] of proposed.entries()) {
      const stored = expected < NO_STREAM ? recentIds.get(id) : streams.get(streamId)?.[expected + 1 + index];
      if (stored?.id !== id || stored.streamId !== streamId) return index === 0 ? 'none' : 'part';
      last = stored;
    }
    return last ?? 'none';
  }

  function append(streamId: string, expected: number, proposed: readonly Proposed[]): AppendOutcome {
    if (tombstones.has(streamId)) return { kind: 'deleted' };
    const current = (streams.get(streamId)?.length ?? 0) - 1;
    const wrong: AppendOutcome = { kind: 'wrong', current };
    if (expected === STREAM_EXISTS && current < 0) return wrong;
    if (expected < NO_STREAM || expected < current) {
      const repetition = repeated(streamId, expected, proposed);
      if (repetition === 'part') return wrong;
      if (repetition !== 'none') return { kind: 'written', lastRevision: repetition.revision, record: repetition };
      const softDeleted = (truncatedBefore.get(streamId) ?? 0) > current;
      if (expected >= NO_STREAM && !(expected === NO_STREAM && softDeleted)) return wrong;
    } else if (expected > current) return wrong;
    const record = write(streamId, proposed);
    return { kind: 'written', lastRevision: record.revision, record };
  }

  /** System events, as a real server writes them all the time. */
  function writeSystemEvents(count: number): void {
    for (let n = 0; n < count; n++) write('$stats-127.0.0.1:2113', [{ id: randomUUID(), type: '$statsCollected', contentType: 'application/json', data: Buffer.from('{"proc":1}'), custom: Buffer.alloc(0) }]);
  }

  return {
    records,
    append,
    write,
    writeSystemEvents,
    /** What a stream holds, undefined when it has none or all of it is truncated. */
    stream(streamId: string): ServerRecord[] | undefined {
      const kept = streams.get(streamId)?.slice(truncatedBefore.get(streamId) ?? 0);
      return kept?.length ? kept : undefined;
    },
    /** What a link (`3@stream`) leads to. */
    target(record: ServerRecord): ServerRecord | undefined {
      const [revision, streamId = ''] = Buffer.from(record.data).toString().split('@');
      return record.type === '$>' ? streams.get(streamId)?.[Number(revision)] : undefined;
    },
    truncate: (streamId: string, before: number): void => void truncatedBefore.set(streamId, before),
    tombstone: (streamId: string): void => void tombstones.add(streamId),
    isTombstoned: (streamId: string): boolean => tombstones.has(streamId),
    forgetRecentIds: (): void => recentIds.clear(),
    onAppend(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
export type ServerLog = ReturnType<typeof createServerLog>;

/** The order of two records' places in the log. */
export function comparePlaces(a: { commit: bigint; prepare: bigint }, b: { commit: bigint; prepare: bigint }): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  return a.prepare === b.prepare ? 0 : a.prepare < b.prepare ? -1 : 1;
}
