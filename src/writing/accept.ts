/** The one way in for events from outside: parse all, refuse all if one is bad, then append each stream once. */
import { randomUUID } from 'node:crypto';
import { InvalidEventInputError, parseNewEvent, timeBounds, type AcceptedEvent, type EventReference, type Problem, type TimeRef } from '../../events/index.js';
import { idempotentEventId } from '../ids.js';
import { appendOnce } from '../store/append-once.js';
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

export interface StoredBatch {
  events: Stored[];
  /** Position of the last event; ask for it by `minPosition` or wait for it. */
  position: Position;
}

export interface AcceptOptions {
  /** Ids of events without one are made from the key and the index, so that a repetition stores nothing. */
  idempotencyKey?: string;
  /** How far back a known id is looked for; absent: the whole stream. */
  depth?: number;
}

/**
 * Checks every event.
 * @param pathOf names the i-th input in problems, such as `events[3]` or `line 4`
 * @throws BatchRefusedError
 */
export async function acceptInputs(tracker: Tracker, inputs: readonly unknown[], pathOf: (index: number) => string, options: AcceptOptions = {}): Promise<AcceptedEvent[]> {
  const problems: Problem[] = [];
  const bad = new Set<number>();
  const accepted: AcceptedEvent[] = [];
  for (const [index, input] of inputs.entries()) {
    const newId = (): string => (options.idempotencyKey === undefined ? randomUUID() : idempotentEventId(options.idempotencyKey, index));
    try {
      accepted.push(parseNewEvent(await completed(tracker.store, input), { prefix: tracker.prefix, now: tracker.now(), newId }));
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
 */
export async function appendAccepted(store: EventStore, accepted: readonly AcceptedEvent[], options: AcceptOptions = {}): Promise<StoredBatch> {
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
    const result = await appendOnce(store, streamId, events, options.depth === undefined ? {} : { depth: options.depth });
    if (result.position > position) position = result.position;
    for (const [i, { index }] of group.entries()) {
      const ref = result.refs[i];
      if (ref) stored[index] = { id: ref.id, streamId, revision: ref.revision, status: ref.known ? 'known' : 'stored' };
    }
  }
  return { events: stored, position };
}

/**
 * A correction takes its valid time, and what it belongs to, from the event it names, where that is stored.
 * @throws InvalidEventInputError when it gives another valid time
 */
async function completed(store: EventStore, input: unknown): Promise<unknown> {
  const { type, data, metadata } = (input ?? {}) as { type?: unknown; data?: { corrects?: EventReference; retracts?: EventReference }; metadata?: Record<string, unknown> };
  const reference = type === 'ObservationCorrected' ? data?.corrects : type === 'ObservationRetracted' ? data?.retracts : undefined;
  if (typeof reference?.streamId !== 'string' || typeof reference.id !== 'string' || typeof metadata !== 'object') return input;
  const original = await find(store, reference);
  if (!original) return input;
  const { occurredAt, $correlationId, $causationId } = original.metadata;
  const given = metadata['occurredAt'];
  if (type === 'ObservationCorrected' && given !== undefined && JSON.stringify(timeKey(given)) !== JSON.stringify(timeKey(occurredAt))) {
    throw new InvalidEventInputError([{ path: 'metadata.occurredAt', expected: `expected the valid time of the event it corrects, ${JSON.stringify(occurredAt)}, or nothing`, received: JSON.stringify(given) }]);
  }
  const inherited = Object.fromEntries(Object.entries({ occurredAt, $correlationId, $causationId }).filter(([, value]) => value !== undefined));
  return { ...(input as object), metadata: { ...inherited, ...metadata } };
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
