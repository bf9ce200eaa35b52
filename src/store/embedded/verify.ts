/**
 * Verifies an embedded store: each block's checksum, that blocks follow each other without gaps, what any log is checked
 * for, and the stream index against the log, both ways. Read only, and beside a running writer: a page of blocks at a
 * time in a transaction of its own, up to the head as it stood at the start.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { count, createLogChecks, emptyReport, find, type CheckReport, type LogChecks } from '../log-checks.js';
import { DamagedStoreError, type RecordedEvent } from '../port.js';
import { toPosition } from '../sequence-log.js';
import { decodeBlock } from './block.js';
import { openEnvironment, type Environment } from './environment.js';
import { blockAt, refresh, runAt, runFrom, streamBackwards, toRun, type Run } from './pages.js';

/** Blocks, or runs of the index, looked at in one turn. */
const PAGE = 256;
/** So many of the streams that a damaged block holds events of are named. */
const NAMED_STREAMS = 5;

/** Sequences that cannot be read, and why; what they held is found out from the index. */
interface Lost {
  first: number;
  last: number;
  reason: string;
  held: { streamId: string; first: number; last: number }[];
}

/**
 * @param progress told how many events were read, now and then
 * @throws StoreOpenError when it cannot be told: no store there, a newer format, no permission
 */
export async function verifyEmbedded(folder: string, progress: (events: number) => void = () => undefined): Promise<CheckReport[]> {
  const environment = openEnvironment(folder, true);
  try {
    return await verifyEnvironment(environment, progress);
  } finally {
    await environment.root.close();
  }
}

async function verifyEnvironment(environment: Environment, progress: (events: number) => void): Promise<CheckReport[]> {
  const blocks = emptyReport('blocks', 'blocks');
  const index = emptyReport('index', 'runs');
  const lost: Lost[] = [];
  const isLost = (sequence: number): boolean => lost.some(({ first, last }) => first <= sequence && sequence <= last);
  const log = createLogChecks({
    shared: false,
    isLost: (streamId, first, last) => {
      for (let revision = first; revision <= last; ) {
        const run = runAt(environment, streamId, revision);
        if (!run || run.revision + run.count <= revision || !isLost(run.sequence + revision - run.revision)) return false;
        revision = Math.min(run.revision + run.count, revision + 1);
      }
      return true;
    },
    findId: async (streamId, id, before) => findId(environment, streamId, id, before),
  });
  const runs = new Map<string, Run>();
  const see = (event: RecordedEvent, sequence: number): void => {
    log.see(event);
    const fault = indexFault(environment, runs, event, sequence);
    if (fault !== null) find(index, fault, event);
  };
  const end = await walkBlocks(environment, blocks, lost, see, () => progress(log.seen()));
  await walkIndex(environment, index, lost, log, end);
  for (const each of lost) find(blocks, describe(each), { position: toPosition(each.first) });
  return [blocks, ...(await log.reports()), index];
}

/**
 * Reads the log block by block.
 * @returns the sequence of the last event as far as blocks tell it
 */
async function walkBlocks(environment: Environment, report: CheckReport, lost: Lost[], see: (event: RecordedEvent, sequence: number) => void, progress: () => void): Promise<number> {
  const { blocks } = environment;
  refresh(environment);
  const head = blockAt(environment, Number.MAX_SAFE_INTEGER)?.first ?? 0;
  for (const stray of [...blocks.getKeys({ end: 1, limit: 1 }), ...blocks.getKeys({ start: Number.MAX_SAFE_INTEGER, limit: 1 })]) find(report, `a block lies under the key ${JSON.stringify(stray)}, which is no sequence`);
  let next = 1;
  let at = 1;
  let damaged: { first: number; reason: string } | undefined;

  const take = (first: number, value: Buffer): void => {
    try {
      const events = decodeBlock(first, value);
      for (let sequence = next; sequence < first + events.length; sequence++) see(events[sequence - first] as RecordedEvent, sequence);
      next = first + events.length;
    } catch (error) {
      if (!(error instanceof DamagedStoreError)) throw error;
      damaged = { first, reason: error.reason };
    }
  };
  const lose = (first: number, last: number, reason: string): void => {
    lost.push({ first, last, reason, held: [] });
    next = last + 1;
  };

  while (at <= head) {
    refresh(environment);
    // What followed a moment ago may have been merged into a block that begins before it.
    if (next >= at && !damaged && !blocks.doesExist(next)) {
      const cover = blockAt(environment, next);
      if (cover && cover.first < next) take(cover.first, cover.bytes);
      damaged = undefined;
    }
    let looked = 0;
    for (const { key, value } of blocks.getRange({ start: at, end: head + 1, limit: PAGE })) {
      looked++;
      at = key + 1;
      if (damaged) lose(damaged.first, key - 1, damaged.reason);
      damaged = undefined;
      if (key > next) lose(next, key - 1, 'no block holds them');
      if (key < next) find(report, `the block at ${toPosition(key)} begins before the one ahead of it ends`, { position: toPosition(key) });
      else take(key, value);
    }
    report.looked += looked;
    if (looked < PAGE) break;
    progress();
    await nextTurn();
  }
  // How far a damaged last block reaches is not known from itself; the index will tell.
  if (damaged) lose(damaged.first, damaged.first, damaged.reason);
  return next - 1;
}

/** What the index says of an event that the log holds, where it is wrong. */
function indexFault(environment: Environment, runs: Map<string, Run>, { streamId, revision }: RecordedEvent, sequence: number): string | null {
  let run = runs.get(streamId);
  if (!run || revision < run.revision || revision >= run.revision + run.count) {
    run = runFrom(environment, streamId, revision) ?? runAt(environment, streamId, revision);
    if (!run || revision >= run.revision + run.count) return `the index does not lead to ${streamId}/${revision}, which the log holds`;
    runs.set(streamId, run);
  }
  const said = run.sequence + revision - run.revision;
  return said === sequence ? null : `the index says that ${streamId}/${revision} is at ${toPosition(Math.max(said, 0))}, the log holds it elsewhere`;
}

/** Reads the index: its runs join, and name nothing that the log does not hold. Tells the lost blocks what they held. */
async function walkIndex(environment: Environment, report: CheckReport, lost: Lost[], log: LogChecks, end: number): Promise<void> {
  let start: [string, number] = ['', 0];
  let stream = '';
  let next = 0;
  for (let looked = PAGE; looked === PAGE; ) {
    refresh(environment);
    looked = 0;
    for (const { key, value } of environment.streams.getRange({ start, limit: PAGE })) {
      looked++;
      report.looked++;
      const fault = formFault(key, value);
      if (fault !== null) {
        find(report, fault);
        continue;
      }
      const [streamId, revision] = key;
      start = [streamId, revision + 1];
      const run = toRun(revision, value);
      // What was appended since the walk over the blocks began is not compared.
      if (run.sequence > end && !lost.some(({ last }) => last === end)) continue;
      if (streamId !== stream) [stream, next] = [streamId, 0];
      if (revision !== next) find(report, `${streamId}: the index goes from revision ${next - 1} to ${revision}`, { streamId, position: toPosition(run.sequence) });
      next = revision + run.count;
      const [position, unknown] = unheld(run, lost, streamId, log.nextRevision(streamId), end);
      if (unknown > 0) find(report, `the index names ${count(unknown, 'event', 'events')} of ${streamId} from revision ${revision} on that the log does not hold`, { streamId, position: toPosition(position) });
    }
    await nextTurn();
  }
}

function formFault(key: unknown, value: Buffer): string | null {
  const [streamId, revision] = Array.isArray(key) ? (key as unknown[]) : [];
  if (typeof streamId !== 'string' || !Number.isSafeInteger(revision) || (revision as number) < 0) return `the key ${JSON.stringify(key)} of the index is not a stream and a revision`;
  if (value.length !== 12) return `the run of ${streamId}/${String(revision)} has ${value.length} bytes, not 12`;
  const run = toRun(revision as number, value);
  if (!Number.isSafeInteger(run.sequence) || run.sequence < 1 || run.count < 1) return `the run of ${streamId}/${String(revision)} leads to no position`;
  return null;
}

/** How many of a run's events the log was not seen to hold, and the first one's sequence; those of lost blocks are noted there. */
function unheld(run: Run, lost: Lost[], streamId: string, seenUpTo: number, end: number): [number, number] {
  const last = run.sequence + run.count - 1;
  let missing = Math.max(0, run.revision + run.count - Math.max(seenUpTo, run.revision));
  for (const each of lost) {
    // The last block's reach is what the index says.
    if (each.last === end && last > each.last && run.sequence >= each.first) each.last = last;
    const first = Math.max(run.sequence, each.first);
    const until = Math.min(last, each.last);
    if (first > until) continue;
    const revisions = { first: run.revision + first - run.sequence, last: run.revision + until - run.sequence };
    each.held.push({ streamId, ...revisions });
    missing -= Math.max(0, revisions.last - Math.max(seenUpTo, revisions.first) + 1);
  }
  return [run.sequence, Math.max(0, missing)];
}

function describe({ first, last, reason, held }: Lost): string {
  const events = first === last ? `event ${first}` : `events ${first} to ${last}`;
  const named = held.slice(0, NAMED_STREAMS).map(({ streamId, first: from, last: to }) => `${streamId} ${from === to ? from : `${from}–${to}`}`);
  const more = held.length > NAMED_STREAMS ? ` and ${held.length - NAMED_STREAMS} more` : '';
  return `the block at ${toPosition(first)} (${events}) is damaged: ${reason}${named.length > 0 ? `. It holds ${named.join(', ')}${more}` : ''}`;
}

function findId(environment: Environment, streamId: string, id: string, before: number): number | null {
  for (let from = before - 1; from >= 0; ) {
    refresh(environment);
    try {
      const page = streamBackwards(environment, streamId, from, 1000);
      const found = page.find((event) => event.id === id);
      if (found || page.length === 0) return found?.revision ?? null;
      from = (page.at(-1)?.revision ?? 0) - 1;
    } catch (error) {
      // Damage is reported elsewhere; one event less is looked at.
      if (!(error instanceof DamagedStoreError)) throw error;
      return null;
    }
  }
  return null;
}
