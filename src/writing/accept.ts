/** The one way in for events from outside: parse all, refuse all if one is bad, then append each stream once. */
import { randomUUID } from 'node:crypto';
import { InvalidEventInputError, parseNewEvent, referenceSchema, scenarioOf, timeBounds, type AcceptedEvent, type EventReference, type Problem, type TimeRef } from '../../events/index.js';
import { idempotentEventId } from '../ids.js';
import { appendOnce } from '../store/append-once.js';
import type { AppendToStream } from '../store/remembering.js';
import type { EventStore, JsonObject, Position, RecordedEvent } from '../store/port.js';
import type { Tracker } from '../tracker.js';

/** Thrown when events of a batch are not valid; `problems` has every fault with its place. Nothing was stored. */
export class BatchRefusedError extends Error {
  override readonly name = 'BatchRefusedError';
  constructor(readonly problems: readonly Problem[], readonly bad: ReadonlySet<number>) {
    super(`${bad.size} of the events ${bad.size === 1 ? 'is' : 'are'} not valid: ${problems.slice(0, 5).map((p) => `${p.path}: ${p.expected}, got ${p.received}`).join('; ')}${problems.length > 5 ? `; and ${problems.length - 5} more` : ''}`);
  }
}

export interface Stored {
  id: string;
  streamId: string;
  revision: number;
  /** `known`: the same event was there already. */
  status: 'stored' | 'known';
}

/** With its place in what was given, 0-based; `place` names that for whoever sent it. */
export interface StoredAt extends Stored {
  index: number;
  place?: string;
}

export interface StoredBatch {
  events: Stored[];
  /** Position of the last event; ask for it by `minPosition` or wait for it. */
  position: Position;
}

/** Thrown when a later stream's append was refused after others were stored; `stored` says which. A repetition stores the rest. */
export class PartlyStoredError extends Error {
  override readonly name = 'PartlyStoredError';
  constructor(readonly stored: readonly StoredAt[], override readonly cause: Error) {
    super(`${cause.message}; ${stored.length} events of other streams were stored before that`);
  }
}

export type AcceptTarget = Pick<Tracker, 'store' | 'prefix' | 'now'> & Partial<Pick<Tracker, 'prefixes'>>;

export interface AcceptOptions {
  /** Ids of events without one are made from the key and the index, so that a repetition stores nothing. */
  idempotencyKey?: string;
  /** The index that counts for the i-th input (default: i). */
  indexOf?: (index: number) => number;
}

export interface AppendOptions {
  /** How far back a known id is looked for; absent: the whole stream. */
  depth?: number;
  /** In place of appendOnce. */
  append?: AppendToStream;
}

/**
 * Checks every event.
 * @param pathOf names the i-th input in problems, such as `events[3]` or `line 4`
 * @throws BatchRefusedError
 */
export async function acceptInputs(tracker: AcceptTarget, inputs: readonly unknown[], pathOf: (index: number) => string, options: AcceptOptions = {}): Promise<AcceptedEvent[]> {
  // The same key means other events in another world.
  const world = scenarioOf(tracker.prefix);
  const problems: Problem[] = [];
  const bad = new Set<number>();
  const accepted: AcceptedEvent[] = [];
  for (const [index, input] of inputs.entries()) {
    const newId = (): string => (options.idempotencyKey === undefined ? randomUUID() : idempotentEventId(options.idempotencyKey, options.indexOf?.(index) ?? index, world));
    try {
      accepted.push(parseNewEvent(await completed(tracker, input), { prefix: tracker.prefix, ...(tracker.prefixes ? { reads: tracker.prefixes } : {}), now: tracker.now(), newId }));
    } catch (error) {
      if (!(error instanceof InvalidEventInputError)) throw error;
      bad.add(index);
      problems.push(...error.problems.map((problem) => ({ ...problem, path: [pathOf(index), problem.path].filter(Boolean).join('.') })));
    }
  }
  if (bad.size > 0) throw new BatchRefusedError(problems, bad);
  return accepted;
}

/**
 * Appends accepted events, each stream's together. Streams are appended one after the other: should one be refused
 * (IdConflictError), those before it are stored, and a repetition stores what is missing.
 * @throws what appendOnce throws; PartlyStoredError when other streams' events were stored before that
 */
export async function appendAccepted(store: EventStore, accepted: readonly AcceptedEvent[], { depth, append = (streamId, events) => appendOnce(store, streamId, events, depth === undefined ? {} : { depth }) }: AppendOptions = {}): Promise<StoredBatch> {
  const streams = new Map<string, { event: AcceptedEvent; index: number }[]>();
  for (const [index, event] of accepted.entries()) {
    const group = streams.get(event.streamId);
    if (group) group.push({ event, index });
    else streams.set(event.streamId, [{ event, index }]);
  }
  const stored: Stored[] = [];
  let position: Position = '';
  for (const [streamId, group] of streams) {
    const events = group.map(({ event: { id, type, data, metadata } }) => ({ id, type, data: data as JsonObject, metadata: metadata as JsonObject }));
    const result = await append(streamId, events).catch((error: Error) => {
      const before = stored.map((event, index): StoredAt => ({ ...event, index })).filter((event) => event.status === 'stored');
      throw before.length === 0 ? error : new PartlyStoredError(before, error);
    });
    if (result.position > position) position = result.position;
    for (const [i, { index }] of group.entries()) {
      const ref = result.refs[i];
      if (ref) stored[index] = { id: ref.id, streamId, revision: ref.revision, status: ref.known ? 'known' : 'stored' };
    }
  }
  return { events: stored, position };
}

/** Thrown when events that go at one revision are of several streams. */
export class SeveralStreamsError extends Error {
  override readonly name = 'SeveralStreamsError';
}

/**
 * Appends accepted events of one stream where that is at the expected revision, all or none; the same again is known.
 * @throws SeveralStreamsError, WrongExpectedRevisionError with the current revision, and what the store's append throws
 */
export async function appendAt(store: EventStore, accepted: readonly AcceptedEvent[], expected: number | 'no_stream'): Promise<StoredBatch> {
  const streams = [...new Set(accepted.map(({ streamId }) => streamId))];
  const [streamId] = streams;
  if (streamId === undefined || streams.length > 1) throw new SeveralStreamsError(`expectedRevision: expected events of one stream, these are of ${streams.slice(0, 5).join(', ')}${streams.length > 5 ? ` and ${streams.length - 5} more` : ''}`);
  const events = accepted.map(({ id, type, data, metadata }) => ({ id, type, data: data as JsonObject, metadata: metadata as JsonObject }));
  const first = expected === 'no_stream' ? 0 : expected + 1;
  const [there] = await store.readStream(streamId, { ...(first === 0 ? {} : { from: first - 1 }), direction: 'forwards', limit: 1 });
  const { position } = await store.append(streamId, events, { expectedRevision: expected });
  const status = there?.id === events[0]?.id ? 'known' : 'stored';
  return { events: events.map(({ id }, i) => ({ id, streamId, revision: first + i, status })), position };
}

/**
 * A correction takes its valid time, and what it belongs to, from the event it names, where that is stored.
 * @throws InvalidEventInputError when it gives another valid time
 */
async function completed({ store, prefix, prefixes = [prefix] }: AcceptTarget, input: unknown): Promise<unknown> {
  const { type, data, metadata } = (input ?? {}) as { type?: unknown; data?: { corrects?: EventReference; retracts?: EventReference }; metadata?: Record<string, unknown> };
  const name = type === 'ObservationCorrected' ? 'corrects' : 'retracts';
  const reference = referenceSchema.safeParse(type === 'ObservationCorrected' ? data?.corrects : type === 'ObservationRetracted' ? data?.retracts : undefined);
  // What is malformed is for the gate to refuse.
  if (!reference.success || typeof metadata !== 'object' || metadata === null || !prefixes.some((one) => reference.data.streamId.startsWith(one))) return input;
  const original = await find(store, reference.data);
  if (!original) return input;
  const { occurredAt, $correlationId, $causationId } = original.metadata;
  const earlier = (original.data['original'] ?? original.data['corrects'] ?? original.data['retracts']) as EventReference | undefined;
  if (type === 'ObservationCorrected') refuseOtherSubject(original, data as unknown as Correction);
  const given = metadata['occurredAt'];
  if (type === 'ObservationCorrected' && given !== undefined && JSON.stringify(timeKey(given)) !== JSON.stringify(timeKey(occurredAt))) {
    throw new InvalidEventInputError([{ path: 'metadata.occurredAt', expected: `expected the valid time of the event it corrects, ${JSON.stringify(occurredAt)}, or nothing`, received: JSON.stringify(given) }]);
  }
  const inherited = Object.fromEntries(Object.entries({ occurredAt, $correlationId, $causationId }).filter(([, value]) => value !== undefined));
  // A correction of a correction belongs to the fact that the first one was of.
  const fact = earlier && data && !('original' in data) ? { data: { ...data, [name]: reference.data, original: earlier } } : {};
  return { ...(input as object), ...fact, metadata: { ...inherited, ...metadata } };
}

interface Correction {
  type?: unknown;
  data?: Record<string, unknown>;
}

/** A correction says what the same fact should have said: of the same type, about the same subject. */
function refuseOtherSubject(original: RecordedEvent, correction: Correction): void {
  // Nothing can be compared with a retraction.
  if (original.type === 'ObservationRetracted') return;
  const [type, payload] = original.type === 'ObservationCorrected' ? [original.data['type'], original.data['data'] as Record<string, unknown>] : [original.type, original.data];
  if (correction.type !== type) {
    throw new InvalidEventInputError([{ path: 'data.type', expected: `expected ${JSON.stringify(type)}, the type of what it corrects`, received: JSON.stringify(correction.type) }]);
  }
  for (const subject of ['instrument', 'entity', 'announcement', 'factors']) {
    if (correction.data?.[subject] !== payload[subject]) {
      throw new InvalidEventInputError([{ path: `data.data.${subject}`, expected: `expected ${JSON.stringify(payload[subject])}, as in what it corrects: retract that and publish another`, received: JSON.stringify(correction.data?.[subject]) ?? 'nothing' }]);
    }
  }
}

async function find(store: EventStore, reference: EventReference): Promise<RecordedEvent | null> {
  if (typeof reference.revision === 'number' && Number.isInteger(reference.revision) && reference.revision >= 0) {
    const [event] = await store.readStream(reference.streamId, { from: reference.revision + 1, direction: 'backwards', limit: 1 });
    return event?.id === reference.id ? event : null;
  }
  let from: number | 'end' = 'end';
  for (;;) {
    const page: RecordedEvent[] = await store.readStream(reference.streamId, { from, direction: 'backwards', limit: 1000 });
    const found = page.find((event) => event.id === reference.id);
    if (found || page.length < 1000) return found ?? null;
    from = page.at(-1)?.revision ?? 0;
  }
}

/** A time by what it means, so that another spelling of it is not taken for another time. */
function timeKey(ref: unknown): unknown {
  try {
    return timeBounds(ref as TimeRef) ?? ref;
  } catch {
    return ref;
  }
}
