/**
 * Copies the events of one store to another: ids, revisions, the order across streams and the times of first recording
 * stay. First the source is looked through for what no store could take, then the target is compared with the source's
 * beginning, then what is missing is appended at exact revisions, in the log's order, so that a copy that was cut off is
 * itself a beginning and the same call goes on. In the end the whole target is read again and compared by count and hash.
 */
import { realpathSync } from 'node:fs';
import { APPEND_LIMIT_BYTES, checkEvents, jsonBytes } from './checks.js';
import { split } from './append-once.js';
import { factsHash, factText, toCopy } from './facts.js';
import { count, wrapped } from './log-checks.js';
import { folderOf, openStore } from './open.js';
import { type EventStore, type NewEvent, type Position, type RecordedEvent, WrongExpectedRevisionError } from './port.js';

export interface CopyOptions {
  /** Which streams are copied; empty: all of the application's. */
  streamPrefixes: readonly string[];
  /** Ends the copy between two appends. */
  signal?: AbortSignal;
  /** Told what is being done and how far it is. */
  progress?: (step: 'looking' | 'comparing' | 'copying' | 'verifying', events: number, total: number | null) => void;
  /** Told of reconnections, in sentences. */
  log?: (message: string) => void;
}

export interface CopyResult {
  /** How many events both stores hold now. */
  events: number;
  copied: number;
  /** How many were in the target before. */
  known: number;
  /** Hex SHA-256 of the facts, the same over source and target. */
  hash: string;
  /** Events of other streams, which were left out. */
  leftOut: number;
  /** Whether events were appended to the source meanwhile: the copy ends at the head as it stood. */
  sourceWentOn: boolean;
  /** What copying alone took, without looking, comparing and verifying. */
  milliseconds: number;
}

/** Thrown when a copy cannot be made: events that no store could take as they are, or a target that holds others. Nothing was written. */
export class CopyRefusedError extends Error {
  override readonly name = 'CopyRefusedError';
}

/** Thrown when a copy was cut off; the target holds a beginning, and the same call goes on from there. */
export class CopyInterruptedError extends Error {
  override readonly name = 'CopyInterruptedError';
  constructor(cause: Error | null, events: number, total: number) {
    super(`${cause ? cause.message : 'stopped'}; ${events.toLocaleString('en')} of ${count(total, 'event is', 'events are')} in the target: the same command goes on from there`, { cause });
  }
}

/** Thrown when the target does not hold what was copied to it: somebody else wrote to it meanwhile, or it lost something. */
export class CopyDiffersError extends Error {
  override readonly name = 'CopyDiffersError';
}

const SAME_STORE = 'source and target are the same store, or one is a backup of the other: copy to another one';
/** Faults that are told at once. */
const TOLD = 5;
/** Where a store keeps the order of appends that are not waited for, so many are made at a time. */
const WINDOW_APPENDS = 1000;
const WINDOW_BYTES = 2 * APPEND_LIMIT_BYTES;

/**
 * Copies between the stores at two URLs. The target is opened, and made where it is missing, only when the source can be copied.
 * @throws CopyRefusedError, CopyInterruptedError, CopyDiffersError, StoreOpenError, and what reading throws
 */
export async function copyAt(from: string, to: string, options: CopyOptions): Promise<CopyResult> {
  if (/^memory:/i.test(from)) throw new CopyRefusedError('a store in memory is empty when it is opened: there is nothing to copy from it');
  if (/^memory:/i.test(to)) throw new CopyRefusedError('a store in memory ends with this process: what were copied to it would be lost');
  if (isSameFolder(from, to)) throw new CopyRefusedError(SAME_STORE);
  const settings = options.log ? { log: options.log } : {};
  const source = await openStore(from, { readOnly: true, ...settings });
  let target: EventStore | undefined;
  try {
    return await copyStore(source, async () => (target = await openStore(to, settings)), options, !/^file:/i.test(from));
  } finally {
    await target?.close();
    await source.close();
  }
}

function isSameFolder(...urls: string[]): boolean {
  const [a, b] = urls.map((url) => {
    const folder = folderOf(url);
    try {
      return folder === null ? null : realpathSync(folder);
    } catch {
      return null;
    }
  });
  return a !== null && a === b;
}

/** @param shared whether others write to the source too, as to EventStoreDB: data may then be bytes, which is refused */
export async function copyStore(source: EventStore, openTarget: () => Promise<EventStore>, options: CopyOptions, shared = false): Promise<CopyResult> {
  const { streamPrefixes, signal, progress = () => undefined } = options;
  const head = await source.head();
  const { total, hash, leftOut } = await survey(source, head, options, shared);
  const target = await openTarget();
  if (target.id === source.id) throw new CopyRefusedError(SAME_STORE);
  const { known, at } = await compare(source, head, target, total, options);

  const started = performance.now();
  let done = known;
  try {
    for await (const runs of windows(source, at, head, streamPrefixes, target.appendsInOrder ?? false)) {
      if (signal?.aborted) throw new CopyInterruptedError(null, done, total);
      await appendRuns(target, runs);
      done += runs.reduce((sum, { events }) => sum + events.length, 0);
      progress('copying', done, total);
    }
  } catch (error) {
    throw error instanceof CopyInterruptedError ? error : new CopyInterruptedError(error as Error, done, total);
  }
  const milliseconds = performance.now() - started;
  await compareHashes(target, total, hash, options);
  const sourceWentOn = (await nextEvent(source, head, streamPrefixes)) !== undefined;
  return { events: total, copied: total - known, known, hash, leftOut, sourceWentOn, milliseconds };
}

/** Reads all that is to be copied, and refuses what could not be. */
async function survey(source: EventStore, head: Position | null, { streamPrefixes, signal, progress }: CopyOptions, shared: boolean): Promise<{ total: number; hash: string; leftOut: number }> {
  const facts = factsHash();
  const next = new Map<string, number>();
  const faults: string[] = [];
  let faulty = 0;
  let leftOut = 0;
  for await (const event of eventsUpTo(source, 'start', head, [], signal)) {
    if (!hasPrefix(event, streamPrefixes)) {
      leftOut++;
      continue;
    }
    const fault = faultOf(event, next.get(event.streamId) ?? 0, shared);
    if (fault !== null && ++faulty <= TOLD) faults.push(`${event.streamId}/${event.revision}: ${fault}`);
    next.set(event.streamId, event.revision + 1);
    facts.add(factText(event));
    if (facts.count() % 1000 === 0) progress?.('looking', facts.count(), null);
  }
  if (faulty > 0) throw new CopyRefusedError(`${count(faulty, 'event', 'events')} of the source cannot be copied; nothing was written. ${faults.join('. ')}${faulty > TOLD ? `. And ${faulty - TOLD} more` : ''}`);
  return { total: facts.count(), hash: facts.hex(), leftOut };
}

function faultOf(event: RecordedEvent, next: number, shared: boolean): string | null {
  if (event.revision !== next) {
    return next === 0 ? `its stream begins there, as one does that was truncated; a copy would begin at 0 and give every event another revision` : `revision ${next} is missing ahead of it`;
  }
  const bytes = shared ? wrapped(event) : null;
  if (bytes !== null) return bytes;
  if (event.type.startsWith('$')) return `${event.type} is the name of a system event`;
  const copy = toCopy(event);
  try {
    checkEvents([copy]);
  } catch (error) {
    return (error as Error).message.replace('events[0].', '');
  }
  const size = jsonBytes(copy);
  return size > APPEND_LIMIT_BYTES ? `with the time of its recording it holds ${size} bytes of JSON, the limit is ${APPEND_LIMIT_BYTES}` : null;
}

/**
 * Compares what the target holds with the source's beginning.
 * @returns how many events are there, and the source's position after the last of them
 */
async function compare(source: EventStore, head: Position | null, target: EventStore, total: number, { streamPrefixes, signal, progress }: CopyOptions): Promise<{ known: number; at: Position | 'start' }> {
  const originals = eventsUpTo(source, 'start', head, streamPrefixes, signal);
  let known = 0;
  let at: Position | 'start' = 'start';
  try {
    for await (const event of eventsUpTo(target, 'start', undefined, streamPrefixes, signal)) {
      const { value: original } = (await originals.next()) as { value: RecordedEvent | undefined };
      const place = `the target's event ${(known + 1).toLocaleString('en')}, ${event.streamId}/${event.revision}`;
      if (!original) throw new CopyRefusedError(`the target has gone on by itself: ${place}, comes after all ${total.toLocaleString('en')} of the source. Nothing was written`);
      if (factText(original) !== factText(event)) throw new CopyRefusedError(`the target holds other events: ${place}, is not the source's (${original.streamId}/${original.revision}). Copy to an empty store; nothing was written`);
      known++;
      at = original.position;
      if (known % 1000 === 0) progress?.('comparing', known, total);
    }
  } finally {
    await originals.return(undefined);
  }
  return { known, at };
}

async function compareHashes(target: EventStore, total: number, hash: string, { streamPrefixes, progress }: CopyOptions): Promise<void> {
  const facts = factsHash();
  for await (const event of eventsUpTo(target, 'start', undefined, streamPrefixes)) {
    facts.add(factText(event));
    if (facts.count() % 1000 === 0) progress?.('verifying', facts.count(), total);
  }
  if (facts.count() !== total || facts.hex() !== hash) {
    throw new CopyDiffersError(`the target holds ${count(facts.count(), 'event', 'events')} with the hash ${facts.hex()}, the source ${count(total, 'event', 'events')} with ${hash}: somebody else wrote to the target meanwhile. Copy to a store that nobody writes to`);
  }
}

interface Run {
  streamId: string;
  first: number;
  events: NewEvent[];
}

/** What is still to be copied, as appends: consecutive events of a stream together, and as many appends as may be made at once. */
async function* windows(source: EventStore, from: Position | 'start', head: Position | null, prefixes: readonly string[], many: boolean): AsyncGenerator<Run[]> {
  let runs: Run[] = [];
  let run: Run | undefined;
  let bytes = 0;
  for await (const event of eventsUpTo(source, from, head, prefixes)) {
    const copy = toCopy(event);
    const size = jsonBytes(copy);
    if (run?.streamId === event.streamId && bytes + size <= WINDOW_BYTES) run.events.push(copy);
    else {
      if (run && (!many || runs.length === WINDOW_APPENDS || bytes + size > WINDOW_BYTES)) {
        yield runs;
        runs = [];
        bytes = 0;
      }
      run = { streamId: event.streamId, first: event.revision, events: [copy] };
      runs.push(run);
    }
    bytes += size;
  }
  if (runs.length > 0) yield runs;
}

async function appendRuns(target: EventStore, runs: readonly Run[]): Promise<void> {
  const appends: (() => Promise<unknown>)[] = [];
  for (const { streamId, first, events } of runs) {
    let revision = first;
    for (const chunk of split(events)) {
      const expectedRevision = revision === 0 ? 'no_stream' : revision - 1;
      appends.push(() => target.append(streamId, chunk, { expectedRevision }));
      revision += chunk.length;
    }
  }
  if (!target.appendsInOrder) {
    for (const append of appends) await told(append());
    return;
  }
  const outcomes = await Promise.allSettled(appends.map((append) => append()));
  for (const outcome of outcomes) if (outcome.status === 'rejected') await told(Promise.reject(outcome.reason as Error));
}

async function told(append: Promise<unknown>): Promise<void> {
  try {
    await append;
  } catch (error) {
    if (error instanceof WrongExpectedRevisionError) throw new CopyDiffersError(`somebody else wrote to the target meanwhile: ${error.message}. Copy to a store that nobody writes to`, { cause: error });
    throw error;
  }
}

/** A store's events in log order, one by one, up to the head (null: of an empty log), or to the end where none is given. */
async function* eventsUpTo(store: EventStore, from: Position | 'start', head: Position | null | undefined, streamPrefixes: readonly string[], signal?: AbortSignal): AsyncGenerator<RecordedEvent, undefined> {
  if (head === null) return;
  for await (const batch of store.readAll({ from, streamPrefixes })) {
    if (signal?.aborted) throw new CopyRefusedError('stopped before anything was written');
    for (const event of batch) {
      if (head !== undefined && event.position > head) return;
      yield event;
    }
  }
}

async function nextEvent(source: EventStore, head: Position | null, streamPrefixes: readonly string[]): Promise<RecordedEvent | undefined> {
  for await (const [event] of source.readAll({ from: head ?? 'start', streamPrefixes })) return event;
  return undefined;
}

function hasPrefix({ streamId }: RecordedEvent, prefixes: readonly string[]): boolean {
  return prefixes.length === 0 || prefixes.some((prefix) => streamId.startsWith(prefix));
}
