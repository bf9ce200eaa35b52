/**
 * What the memory and the embedded store have in common: a log whose events are numbered 1, 2, 3 … without gaps.
 * Their positions, their readAll and their subscriptions are the same code over four functions.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ForeignPositionError, type Position, type ReadAllOptions, type RecordedEvent, type SubscribeOptions, type SubscriptionMessage } from './port.js';

export interface SequenceLog {
  /** Sequence of the last event, 0 when there is none. Throws StoreClosedError after close. */
  last(): number;
  /** The events that follow `after`, in order and without gaps, as many as make a page; empty at the end. */
  pageAfter(after: number): RecordedEvent[];
  /** The events before `before`, the latest first, as many as make a page; empty at the start. */
  pageBefore(before: number): RecordedEvent[];
  /** Resolves when the log may have grown beyond `after`, when the signal aborts, or when the store closes. */
  changed(after: number, signal: AbortSignal): Promise<void>;
}

// Positions are made for every event read: the leading digits are kept from one to the next.
const lastDigits = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'));
let leading = -1;
let leadingText = '';

/** A sequence as a position: 16 digits, so that positions sort as text. */
export function toPosition(sequence: number): Position {
  const high = Math.floor(sequence / 10_000);
  if (high !== leading) {
    leading = high;
    leadingText = String(high).padStart(12, '0');
  }
  return leadingText + (lastDigits[sequence - high * 10_000] ?? '');
}

/**
 * A position as a sequence.
 * @throws ForeignPositionError when it is malformed or lies beyond `last`, and so cannot be this store's
 */
export function toSequence(position: Position, last: number): number {
  if (typeof position !== 'string' || !/^\d{16}$/.test(position)) throw new ForeignPositionError(String(position), 'not a position of this kind of store');
  const sequence = Number(position);
  if (sequence < 1 || sequence > last) throw new ForeignPositionError(position, 'this store has no such event: the position is from another store');
  return sequence;
}

/** The events whose stream begins with one of the prefixes; all, when there are no prefixes. */
export function withPrefixes(events: RecordedEvent[], prefixes: readonly string[] | undefined): RecordedEvent[] {
  if (prefixes === undefined || prefixes.length === 0) return events;
  return events.filter((event) => prefixes.some((prefix) => event.streamId.startsWith(prefix)));
}

/** readAll of the port, page by page; the process's other work gets its turn between two pages. */
export async function* readLog(log: SequenceLog, options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent[]> {
  const { direction = 'forwards', streamPrefixes } = options;
  const from = options.from ?? (direction === 'forwards' ? 'start' : 'end');
  const last = log.last();
  if (direction === 'forwards') {
    let after = from === 'start' ? 0 : from === 'end' ? last : toSequence(from, last);
    while (after < last) {
      const page = log.pageAfter(after);
      if (page.length === 0) return;
      after += page.length;
      const events = withPrefixes(page, streamPrefixes);
      if (events.length > 0) yield events;
      await nextTurn();
    }
    return;
  }
  let before = from === 'end' ? last + 1 : from === 'start' ? 1 : toSequence(from, last);
  while (before > 1) {
    const page = log.pageBefore(before);
    if (page.length === 0) return;
    before -= page.length;
    const events = withPrefixes(page, streamPrefixes);
    if (events.length > 0) yield events;
    await nextTurn();
  }
}

/**
 * subscribe of the port. Backfill, the change to live and live itself are one loop that always reads on from the last
 * sequence it delivered. Nothing is buffered between appends and readers, so nothing can be lost or doubled there, and a
 * slow reader costs no memory: it just reads later.
 */
export function followLog(log: SequenceLog, options: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
  // 'end' means the end as of this call, not as of the first message asked for.
  const start = options.after === 'end' ? log.last() : options.after;
  return follow(log, start, options);
}

async function* follow(log: SequenceLog, start: number | Position, { streamPrefixes, signal }: SubscribeOptions): AsyncGenerator<SubscriptionMessage> {
  let after = typeof start === 'number' ? start : start === 'start' ? 0 : toSequence(start, log.last());
  let caughtUpAt = -1;
  while (!signal.aborted) {
    const page = log.pageAfter(after);
    if (page.length === 0) {
      if (caughtUpAt === after) await log.changed(after, signal);
      else {
        caughtUpAt = after;
        yield { kind: 'caughtUp', position: after === 0 ? null : toPosition(after) };
      }
      continue;
    }
    after += page.length;
    const events = withPrefixes(page, streamPrefixes);
    if (events.length > 0) yield { kind: 'events', events };
    if (events.at(-1) !== page.at(-1) && !isAborted(signal)) yield { kind: 'checkpoint', position: toPosition(after) };
    await nextTurn();
  }
}

/** Asked anew after each yield: the compiler would take the loop's own test for granted. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Wakes those who wait for the log to grow. */
export interface Bell {
  /** Wakes everybody. */
  ring(): void;
  /** Wakes those whose `after` lies below `last`. */
  ringFor(last: number): void;
  wait(after: number, signal: AbortSignal): Promise<void>;
  readonly waiting: number;
}

export function createBell(): Bell {
  const waiters = new Set<{ after: number; wake: () => void }>();
  const ringFor = (last: number): void => {
    for (const waiter of [...waiters]) if (waiter.after < last) waiter.wake();
  };
  return {
    ring: () => ringFor(Infinity),
    ringFor,
    wait: (after, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const waiter = {
          after,
          wake: () => {
            waiters.delete(waiter);
            signal.removeEventListener('abort', waiter.wake);
            resolve();
          },
        };
        waiters.add(waiter);
        signal.addEventListener('abort', waiter.wake);
      }),
    get waiting() {
      return waiters.size;
    },
  };
}
