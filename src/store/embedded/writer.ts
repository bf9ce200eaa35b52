/**
 * The embedded store's one writer: appends queue up, and one transaction takes everything queued at the moment it holds
 * LMDB's write lock. Revisions are checked and sequences given inside it, since another process may append between any
 * two of ours. Appends of one such group share blocks, and each fails alone.
 */
import { repetitionStart, revisionMatches } from '../checks.js';
import { WrongExpectedRevisionError, type AppendResult, type ExpectedRevision, type NewEvent } from '../port.js';
import { toPosition } from '../sequence-log.js';
import { countOf, encodeBlocks, type StoredEvent } from './block.js';
import { writeTransaction, type Environment } from './environment.js';
import { endsWith, fromRun, soundHead, soundLastSequence, streamForwards, type Run } from './pages.js';

export interface Writer {
  append(streamId: string, events: readonly NewEvent[], sizes: readonly number[], expected: ExpectedRevision): Promise<AppendResult>;
  /** Runs a job in a write transaction of its own, between two groups. */
  run<T>(job: () => T): Promise<T>;
  /** Resolves when everything queued so far is done. */
  drained(): Promise<void>;
}

interface Pending {
  streamId: string;
  events: readonly NewEvent[];
  sizes: readonly number[];
  expected: ExpectedRevision;
  settle: (outcome: AppendResult | Error) => void;
}

/** A group ends here, so that one transaction stays short enough for other processes and for memory. */
const GROUP_APPENDS = 4096;
const GROUP_BYTES = 16 * 1024 * 1024;
/** Heads kept in memory; beyond this many streams they are read again. */
const MAX_HEADS = 100_000;

interface Plan {
  first: number;
  events: StoredEvent[];
  sizes: number[];
  runs: { streamId: string; run: Run }[];
  heads: Map<string, number>;
}

/** @param committed called after each group that stored something, with the log's last sequence */
export function createWriter(environment: Environment, now: () => Date, committed: (last: number, blocks: number) => void): Writer {
  let queue: Pending[] = [];
  const jobs: (() => Promise<void>)[] = [];
  let pumping: Promise<void> | undefined;
  // Last revisions by stream. They hold for the log that ends at `headsAt`, and are used only by a transaction that finds it
  // still ending there: a log that only grows is the same when its end is.
  const heads = new Map<string, number>();
  let headsAt = -1;
  let lastBlock = { first: 0, count: 0 };

  const headOf = (plan: Plan, streamId: string): number => {
    const known = plan.heads.get(streamId) ?? heads.get(streamId);
    if (known !== undefined) return known;
    const head = soundHead(environment, streamId);
    heads.set(streamId, head);
    return head;
  };

  function plan(target: Plan, { streamId, events, sizes, expected }: Pending, recordedAt: number): AppendResult {
    const actual = headOf(target, streamId);
    if (!revisionMatches(expected, actual)) {
      const repeated = findRepetition(environment, target, streamId, events, expected, actual);
      if (repeated) return repeated;
      throw new WrongExpectedRevisionError(streamId, expected, actual < 0 ? null : actual);
    }
    const sequence = target.first + target.events.length;
    target.runs.push({ streamId, run: { revision: actual + 1, sequence, count: events.length } });
    for (const [index, { id, type, data, metadata }] of events.entries()) {
      target.events.push({ id, type, data, metadata, streamId, revision: actual + 1 + index, recordedAt });
      target.sizes.push((sizes[index] ?? 0) + ENVELOPE_BYTES);
    }
    target.heads.set(streamId, actual + events.length);
    return { lastRevision: actual + events.length, position: toPosition(sequence + events.length - 1) };
  }

  /** The body of a group's transaction: first everything that may fail, then the puts. */
  function writeGroup(group: Pending[]): { outcomes: (AppendResult | Error)[]; target: Plan; blocks: number } {
    const last = headsAt > 0 && endsWith(environment, lastBlock) ? headsAt : soundLastSequence(environment);
    if (last !== headsAt || heads.size > MAX_HEADS) heads.clear();
    headsAt = last;
    const target: Plan = { first: last + 1, events: [], sizes: [], runs: [], heads: new Map() };
    const recordedAt = now().getTime();
    const outcomes = group.map((pending) => {
      try {
        return plan(target, pending, recordedAt);
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
      }
    });
    const blocks = encodeBlocks(target.first, target.events, target.sizes);
    let sequence = target.first;
    for (const block of blocks) {
      void environment.blocks.put(sequence, block);
      lastBlock = { first: sequence, count: countOf(block) };
      sequence += lastBlock.count;
    }
    for (const { streamId, run } of target.runs) void environment.streams.put([streamId, run.revision], fromRun(run));
    return { outcomes, target, blocks: blocks.length };
  }

  async function commitGroup(): Promise<void> {
    let group: Pending[] = [];
    try {
      const { outcomes, target, blocks } = await writeTransaction(environment, () => {
        if (group.length === 0) group = takeGroup();
        return writeGroup(group);
      });
      if (target.events.length > 0) {
        headsAt = target.first + target.events.length - 1;
        for (const [streamId, head] of target.heads) heads.set(streamId, head);
        committed(headsAt, blocks);
      }
      group.forEach((pending, index) => pending.settle(outcomes[index] as AppendResult | Error));
    } catch (error) {
      headsAt = -1;
      // Where the transaction never began, the whole queue met the same error.
      if (group.length === 0) group = takeGroup();
      for (const pending of group) pending.settle(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function takeGroup(): Pending[] {
    let bytes = 0;
    let count = 0;
    while (count < queue.length && count < GROUP_APPENDS && bytes < GROUP_BYTES) bytes += queue[count++]?.sizes.reduce((sum, size) => sum + size, 0) ?? 0;
    const group = queue.slice(0, count);
    queue = queue.slice(count);
    return group;
  }

  async function pump(): Promise<void> {
    for (;;) {
      if (queue.length > 0) await commitGroup();
      else {
        const job = jobs.shift();
        if (!job) break;
        await job();
      }
    }
    pumping = undefined;
  }
  const start = (): void => {
    pumping ??= pump();
  };

  return {
    append: (streamId, events, sizes, expected) =>
      new Promise((resolve, reject) => {
        queue.push({ streamId, events, sizes, expected, settle: (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)) });
        start();
      }),
    run: (job) =>
      new Promise((resolve, reject) => {
        jobs.push(() => writeTransaction(environment, job).then(resolve, reject));
        start();
      }),
    drained: async () => {
      while (pumping) await pumping;
    },
  };
}

/** About what id, times and numbers add to an event's type, data and metadata. */
const ENVELOPE_BYTES = 48;

/** The original's result when the stream already holds these very ids where this append would have put them. */
function findRepetition(environment: Environment, target: Plan, streamId: string, events: readonly NewEvent[], expected: ExpectedRevision, actual: number): AppendResult | undefined {
  const first = repetitionStart(expected, events.length, actual);
  if (first === null) return undefined;
  // The original may be in this very group: two callers retrying the same thing at the same time.
  const planned = target.events.flatMap((event, index) => (event.streamId === streamId && event.revision >= first ? [{ id: event.id, revision: event.revision, position: toPosition(target.first + index) }] : []));
  const stored = streamForwards(environment, streamId, first, events.length);
  const originals = [...stored, ...planned].slice(0, events.length);
  if (originals.length < events.length || !events.every((event, index) => originals[index]?.id === event.id)) return undefined;
  const last = originals.at(-1);
  return last && { lastRevision: last.revision, position: last.position };
}
