/**
 * Events again, in one of three orders: as they were recorded, as the world came to know them, or as they were true.
 * Position breaks ties, never a timestamp. A replay is of the log up to one head, so that it ends, and the same cursor
 * always goes on alike.
 */
import { compareInstants, isRejected, readRecorded, type Instant, type RejectedEvent, type TypedEvent } from '../../events/index.js';
import { validTimesOf } from '../../projections/index.js';
import { openGate, pass } from '../projecting/gate.js';
import type { EventStore, Position, RecordedEvent } from '../store/port.js';
import type { Cursor, ReplayOrder } from './cursor.js';
import { inRange, selects, type Selection } from './selection.js';
import { sorter } from './sorting.js';

export interface Delivered {
  /** As stored. */
  event: RecordedEvent;
  /** As projections see it, or why its schema rejects it. */
  typed: TypedEvent | RejectedEvent;
  /** On the clock that orders the replay. */
  at: Instant;
  cursor: Cursor;
}

export interface DeliverOptions {
  order: ReplayOrder;
  selection: Selection;
  after: Cursor | null;
  /** The last event that may be delivered; null: the store's end, as it is read. */
  head: Position | null;
}

export interface Log {
  store: EventStore;
  /** What the streams' names begin with. */
  prefixes: readonly string[];
}

/** @throws LogInvariantError, and what the store's reads throw */
export async function* deliver(log: Log, options: DeliverOptions): AsyncGenerator<Delivered> {
  if (options.order === 'log') yield* inLogOrder(typedLog(log, options.after, options.head), log.prefixes, options);
  else yield* sorted(log, options);
}

/** The time of an event on the clock of an order; one that its schema rejects has only the time of its recording. */
export function timeOf(order: ReplayOrder, typed: TypedEvent | RejectedEvent): Instant {
  if (order === 'log' || isRejected(typed)) return typed.recorded;
  return order === 'published' ? typed.known.from : validTimesOf(typed).at;
}

export interface Read {
  event: RecordedEvent;
  typed: TypedEvent | RejectedEvent;
}

export type Place = Pick<Cursor, 'position' | 'place' | 'recorded'>;

/** The log from a place on, typed, with the recorded clock running. */
export async function* typedLog({ store, prefixes }: Log, after: Place | null, head: Position | null): AsyncGenerator<Read> {
  const gate = openGate(after?.position ?? null, after?.recorded ?? { ms: -Infinity, ns: 0 });
  let place = after?.place ?? 0;
  for await (const batch of store.readAll({ direction: 'forwards', from: after?.position ?? 'start', streamPrefixes: prefixes })) {
    for (const event of batch) {
      if (head !== null && event.position > head) return;
      pass(gate, event);
      place += 1;
      yield { event, typed: readRecorded(event, place, gate.recorded) };
    }
  }
}

async function* inLogOrder(events: AsyncIterable<Read>, prefixes: readonly string[], { order, selection, head }: DeliverOptions): AsyncGenerator<Delivered> {
  for await (const { event, typed } of events) {
    const at = typed.recorded;
    // The recorded clock only rises: nothing that is wanted comes after its end.
    if (selection.to !== undefined && !inRange({ to: selection.to }, at)) return;
    if (selects(selection, prefixes, event, typed) && inRange(selection, at)) yield deliveredOf(order, event, typed, at, head);
  }
}

export function deliveredOf(order: ReplayOrder, event: RecordedEvent, typed: TypedEvent | RejectedEvent, at: Instant, head: Position | null): Delivered {
  return { event, typed, at, cursor: { order, position: event.position, place: typed.order, recorded: typed.recorded, at, head } };
}

/** So many events are held at once; of more than that the rest waits on disk. */
const HELD = 5000;

/** In the order of their times: the log is read once, and position breaks ties. */
async function* sorted(log: Log, { order, selection, after, head }: DeliverOptions, most = HELD): AsyncGenerator<Delivered> {
  const waiting = sorter(most);
  for await (const { event, typed } of typedLog(log, null, head)) {
    const at = timeOf(order, typed);
    if (!selects(selection, log.prefixes, event, typed) || !inRange(selection, at)) continue;
    const { order: place, recorded } = typed;
    if (after !== null && !isAfter(at, place, after)) continue;
    await waiting.add({ a: at.ms, b: at.ns, c: place, text: JSON.stringify([event, recorded.ms, recorded.ns]) });
  }
  for await (const { a, b, c, text } of waiting.inOrder()) {
    const [event, ms, ns] = JSON.parse(text) as [RecordedEvent, number, number];
    yield deliveredOf(order, event, readRecorded(event, c, { ms, ns }), { ms: a, ns: b }, head);
  }
}

function isAfter(at: Instant, place: number, cursor: Cursor): boolean {
  return (compareInstants(at, cursor.at) || place - cursor.place) > 0;
}

/** For tests: the same with fewer events held at once. */
export const deliverHolding = (log: Log, options: DeliverOptions, most: number): AsyncGenerator<Delivered> => sorted(log, options, most);
