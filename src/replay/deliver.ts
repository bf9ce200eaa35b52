/**
 * Events again, in one of three orders: as they were recorded, as the world came to know them, or as they were true.
 * Position breaks ties, never a timestamp. A replay is of the log up to one head, so that it ends, and the same cursor
 * always goes on alike.
 */
import { isRejected, readRecorded, type Instant, type RejectedEvent, type TypedEvent } from '../../events/index.js';
import { validTimesOf } from '../../projections/index.js';
import { openGate, pass } from '../projecting/gate.js';
import type { EventStore, Position, RecordedEvent } from '../store/port.js';
import type { Cursor, ReplayOrder } from './cursor.js';
import { inRange, selects, type Selection } from './selection.js';

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
  prefix: string;
}

/** @throws LogInvariantError, and what the store's reads throw */
export async function* deliver(log: Log, options: DeliverOptions): AsyncGenerator<Delivered> {
  if (options.order === 'log') yield* inLogOrder(typedLog(log, options.after, options.head), log.prefix, options);
  else yield* sorted(log, options);
}

/** The time of an event on the clock of an order; one that its schema rejects has only the time of its recording. */
export function timeOf(order: ReplayOrder, typed: TypedEvent | RejectedEvent): Instant {
  if (order === 'log' || isRejected(typed)) return typed.recorded;
  return order === 'published' ? typed.known.from : validTimesOf(typed).at;
}

/** The batches of a log from a cursor on, as a subscription brings them, in log order. */
export function deliverBatches(batches: AsyncIterable<RecordedEvent[]>, prefix: string, options: DeliverOptions): AsyncGenerator<Delivered> {
  return inLogOrder(typedEvents(batches, options.after, options.head), prefix, options);
}

interface Read {
  event: RecordedEvent;
  typed: TypedEvent | RejectedEvent;
}

type Place = Pick<Cursor, 'position' | 'place' | 'recorded'>;

function typedLog({ store, prefix }: Log, after: Place | null, head: Position | null): AsyncGenerator<Read> {
  return typedEvents(store.readAll({ direction: 'forwards', from: after?.position ?? 'start', streamPrefixes: [prefix] }), after, head);
}

/** Events from a place on, typed, with the recorded clock running. */
async function* typedEvents(batches: AsyncIterable<RecordedEvent[]>, after: Place | null, head: Position | null): AsyncGenerator<Read> {
  const gate = openGate(after?.position ?? null, after?.recorded ?? { ms: -Infinity, ns: 0 });
  let place = after?.place ?? 0;
  for await (const batch of batches) {
    for (const event of batch) {
      if (head !== null && event.position > head) return;
      pass(gate, event);
      place += 1;
      yield { event, typed: readRecorded(event, place, gate.recorded) };
    }
  }
}

async function* inLogOrder(events: AsyncIterable<Read>, prefix: string, { order, selection, head }: DeliverOptions): AsyncGenerator<Delivered> {
  for await (const { event, typed } of events) {
    const at = typed.recorded;
    // The recorded clock only rises: nothing that is wanted comes after its end.
    if (selection.to !== undefined && !inRange({ to: selection.to }, at)) return;
    if (selects(selection, prefix, event, typed) && inRange(selection, at)) yield deliveredOf(order, event, typed, at, head);
  }
}

function deliveredOf(order: ReplayOrder, event: RecordedEvent, typed: TypedEvent | RejectedEvent, at: Instant, head: Position | null): Delivered {
  return { event, typed, at, cursor: { order, position: event.position, place: typed.order, recorded: typed.recorded, at, head } };
}

/** At most so many events are held at once; more are read again from the log, so many at a time. */
const HELD = 50_000;

/** Keys of all events that are wanted, by columns: a million take some tens of megabytes. */
interface Index {
  ms: number[];
  ns: number[];
  positions: Position[];
  places: number[];
  recordedMs: number[];
  recordedNs: number[];
}

async function* sorted(log: Log, { order, selection, after, head }: DeliverOptions, most = HELD): AsyncGenerator<Delivered> {
  const index: Index = { ms: [], ns: [], positions: [], places: [], recordedMs: [], recordedNs: [] };
  let held: Map<number, Read> | null = new Map();
  for await (const { event, typed } of typedLog(log, null, head)) {
    const at = timeOf(order, typed);
    if (!selects(selection, log.prefix, event, typed) || !inRange(selection, at)) continue;
    held?.set(index.ms.length, { event, typed });
    if (held !== null && held.size > most) held = null;
    index.ms.push(at.ms);
    index.ns.push(at.ns);
    index.positions.push(event.position);
    index.places.push(typed.order);
    index.recordedMs.push(typed.recorded.ms);
    index.recordedNs.push(typed.recorded.ns);
  }
  const numbers = Uint32Array.from(index.ms.keys()).sort((a, b) => compareKeys(index, a, b));
  const first = after === null ? 0 : numbers.findIndex((number) => isAfter(index, number, after));
  if (first === -1) return;
  for (let start = first; start < numbers.length; start += most) {
    const chunk = [...numbers.subarray(start, start + most)];
    const reads = held ?? (await readAgain(log, index, chunk));
    for (const number of chunk) {
      const { event, typed } = reads.get(number) as Read;
      yield deliveredOf(order, event, typed, { ms: index.ms[number] ?? NaN, ns: index.ns[number] ?? NaN }, head);
    }
  }
}

/** Numbers are in log order, so they are the last tie-break. */
function compareKeys({ ms, ns }: Index, a: number, b: number): number {
  return (ms[a] as number) - (ms[b] as number) || (ns[a] as number) - (ns[b] as number) || a - b;
}

function isAfter({ ms, ns, positions }: Index, number: number, { at, position }: Cursor): boolean {
  return ((ms[number] as number) - at.ms || (ns[number] as number) - at.ns || ((positions[number] as Position) > position ? 1 : -1)) > 0;
}

/** The events of some numbers, in one pass over that part of the log. */
async function readAgain(log: Log, index: Index, chunk: readonly number[]): Promise<Map<number, Read>> {
  const wanted = [...chunk].sort((a, b) => a - b);
  const reads = new Map<number, Read>();
  const before = (wanted[0] ?? 0) - 1;
  const after = before < 0 ? null : { position: index.positions[before] as Position, place: index.places[before] as number, recorded: { ms: index.recordedMs[before] as number, ns: index.recordedNs[before] as number } };
  let next = 0;
  for await (const read of typedLog(log, after, index.positions[wanted.at(-1) ?? 0] as Position)) {
    if (read.event.position !== index.positions[wanted[next] as number]) continue;
    reads.set(wanted[next] as number, read);
    next += 1;
  }
  return reads;
}

/** For tests: the same with fewer events held at once. */
export const deliverHolding = (log: Log, options: DeliverOptions, most: number): AsyncGenerator<Delivered> => sorted(log, options, most);
