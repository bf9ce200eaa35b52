/**
 * A feed: lines that come one after the other, for ever. What is there of it is stored before more is taken, a server
 * that is away is waited for, and no line is stored twice.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { AcceptedEvent } from '../../events/index.js';
import { IdConflictError } from '../store/append-once.js';
import { rememberingAppender, type AppendToStream } from '../store/remembering.js';
import { acceptInputs, appendAccepted, BatchRefusedError, PartlyStoredError, type AcceptTarget, type Stored } from './accept.js';

export interface Line {
  /** 1-based. */
  number: number;
  text: string;
}

/** Thrown when a line of a feed is longer than is taken. */
export class LineTooLongError extends Error {
  override readonly name = 'LineTooLongError';
}

/**
 * Whole lines as they come, those of each piece of the input as a batch; the last may have no end.
 * @param isCut whether the input was cut off: a last line without its end may then be half of one
 * @param limits the longest line, and how many lines are a batch at most; default: any
 * @throws LineTooLongError, and what the pieces throw
 */
export async function* feedLines(pieces: AsyncIterable<string>, isCut: () => boolean, { longest = Infinity, together = Infinity }: { longest?: number; together?: number } = {}): AsyncGenerator<Line[]> {
  let rest = '';
  let number = 0;
  for await (const piece of pieces) {
    const texts = (rest + piece).split('\n');
    rest = texts.pop() ?? '';
    if (rest.length > longest) throw new LineTooLongError(`line ${number + texts.length + 1} is longer than ${longest / 1024 / 1024} MiB`);
    for (let at = 0; at < texts.length; at += together) yield texts.slice(at, at + together).map((text) => ({ number: (number += 1), text }));
  }
  if (rest !== '' && !isCut()) yield [{ number: number + 1, text: rest }];
}

export interface FeedOptions {
  /** Ids of events without one are made from the key and the number of their line. */
  idempotencyKey?: string | undefined;
  /** Go on after a line that is refused. */
  keepGood: boolean;
  signal: AbortSignal;
  /** Told of what is refused and of waiting, in sentences. */
  tell: (message: string) => void;
  /** Told of what was stored, batch by batch. */
  stored: (events: readonly Stored[]) => void;
}

export interface FeedResult {
  stored: number;
  known: number;
  refused: number;
  /** Up to this line everything is stored or was refused. */
  last: number;
}

/** Thrown when a line is refused and the feed was not to go on after it; what came before is stored. */
export class FeedRefusedError extends Error {
  override readonly name = 'FeedRefusedError';
}

const AWAY = new Set(['EventStoreUnavailableError', 'AppendOutcomeUnknownError']);
const FIRST_WAIT_MS = 200;
const LAST_WAIT_MS = 5000;

/**
 * Stores a feed in order.
 * @param batches lines as they come; the next are asked for when these are stored
 * @throws FeedRefusedError, and what appending throws but for a server that is away
 */
export async function storeFeed(target: AcceptTarget, batches: AsyncIterable<readonly Line[]>, options: FeedOptions): Promise<FeedResult> {
  const { keepGood, signal, tell, stored } = options;
  const append = rememberingAppender(target.store);
  const result: FeedResult = { stored: 0, known: 0, refused: 0, last: 0 };
  for await (const batch of batches) {
    const faults = new Map<number, string>();
    const receipts = await storeBatch(target, append, batch, faults, options);
    if (receipts === null) return result;
    for (const { status } of receipts) result[status] += 1;
    stored(receipts);
    const [first] = [...faults.keys()].sort((a, b) => a - b);
    for (const [number, fault] of [...faults].sort(([a], [b]) => a - b)) if (keepGood || number === first) tell(fault);
    if (first !== undefined && !keepGood) throw new FeedRefusedError(`line ${first} was refused: the lines before it are stored, it and those after it are not; mend it and send the rest, or use --keep-good to go on`);
    result.refused += faults.size;
    result.last = batch.at(-1)?.number ?? result.last;
    if (signal.aborted) return result;
  }
  return result;
}

export interface ParsedLine {
  number: number;
  input: unknown;
}

interface Accepted {
  number: number;
  event: AcceptedEvent;
}

/**
 * Stores what is good of a batch; without `keepGood` only what comes before the first that is not.
 * @param faults takes what is wrong, by line
 * @returns null where it was stopped before all was stored
 */
async function storeBatch(target: AcceptTarget, append: AppendToStream, batch: readonly Line[], faults: Map<number, string>, options: FeedOptions): Promise<Stored[] | null> {
  const { keepGood, signal, tell } = options;
  const wanted = <T extends { number: number }>(lines: readonly T[]): T[] => lines.filter(({ number }) => !faults.has(number) && (keepGood || faults.size === 0 || number < Math.min(...faults.keys())));
  const parsed = parseLines(batch, faults);
  let accepted: Accepted[] | null = null;
  for (let lines = wanted(parsed); accepted === null; lines = wanted(parsed)) {
    try {
      const events = await patiently(() => acceptInputs(target, lines.map(({ input }) => input), (index) => `line ${lines[index]?.number}`, acceptOptions(options, lines)), signal, tell);
      if (events === null) return null;
      accepted = events.map((event, index) => ({ number: lines[index]?.number ?? 0, event }));
    } catch (error) {
      if (!(error instanceof BatchRefusedError)) throw error;
      for (const index of error.bad) noteFault(faults, lines[index]?.number ?? 0, error);
    }
  }
  const receipts: Stored[] = [];
  for (let lines = accepted; lines.length > 0; ) {
    const head = untilRepeated(lines);
    try {
      const receipt = await patiently(() => appendAccepted(target.store, head.map(({ event }) => event), { append }), signal, tell);
      if (receipt === null) return null;
      receipts.push(...receipt.events);
      lines = lines.slice(head.length);
    } catch (error) {
      const conflict = causeOf(error);
      if (!(conflict instanceof IdConflictError)) throw error;
      const bad = head.find(({ event }) => event.id === conflict.id && event.streamId === conflict.streamId);
      faults.set(bad?.number ?? 0, `line ${bad?.number}: ${conflict.message}`);
      if (error instanceof PartlyStoredError) receipts.push(...error.stored);
      const done = new Set(receipts.map(({ streamId, id }) => `${streamId} ${id}`));
      lines = wanted(lines).filter(({ event }) => !done.has(`${event.streamId} ${event.id}`));
    }
  }
  return receipts;
}

/** The lines before the first whose event is among them already: one append has each event once. */
function untilRepeated(lines: readonly Accepted[]): Accepted[] {
  const seen = new Set<string>();
  const end = lines.findIndex(({ event: { streamId, id } }) => seen.size === seen.add(`${streamId} ${id}`).size);
  return lines.slice(0, end === -1 ? lines.length : end);
}

/** The lines that are JSON; empty ones are passed over. @param faults takes what the others are, by line */
export function parseLines(batch: readonly Line[], faults: Map<number, string>): ParsedLine[] {
  const parsed: ParsedLine[] = [];
  for (const { number, text } of batch) {
    if (text.trim() === '') continue;
    try {
      parsed.push({ number, input: JSON.parse(text) });
    } catch (error) {
      faults.set(number, `line ${number}: not JSON: ${(error as Error).message}`);
    }
  }
  return parsed;
}

function noteFault(faults: Map<number, string>, number: number, { problems }: BatchRefusedError): void {
  const own = problems.filter(({ path }) => path === `line ${number}` || path.startsWith(`line ${number}.`));
  faults.set(number, own.map((problem) => `${problem.path}: ${problem.expected}, got ${problem.received}`).join('; '));
}

/** An event without an id gets one by the number of its line, whatever is left out before it. */
export function acceptOptions({ idempotencyKey }: Pick<FeedOptions, 'idempotencyKey'>, lines: readonly ParsedLine[]): { idempotencyKey?: string; indexOf: (index: number) => number } {
  return { ...(idempotencyKey === undefined ? {} : { idempotencyKey }), indexOf: (index) => (lines[index]?.number ?? 1) - 1 };
}

/** Where other streams' events were stored before, that is said around what went wrong. */
function causeOf(error: unknown): Error {
  return error instanceof PartlyStoredError ? error.cause : (error as Error);
}

/** Tries until the server is there again. @returns null where it was stopped meanwhile */
async function patiently<T>(work: () => Promise<T>, signal: AbortSignal, tell: (message: string) => void): Promise<T | null> {
  for (let pause = FIRST_WAIT_MS, told = false; ; pause = Math.min(pause * 2, LAST_WAIT_MS)) {
    try {
      const done = await work();
      if (told) tell('it is there again');
      return done;
    } catch (error) {
      const cause = causeOf(error);
      if (!AWAY.has(cause.name)) throw error;
      if (!told) tell(`${cause.message}; waiting for it`);
      told = true;
      await wait(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return null;
    }
  }
}
