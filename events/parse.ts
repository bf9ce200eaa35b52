/**
 * The gate of the language. `parseNewEvent` lets events in (API, library, seeds, import alike); `readRecorded` reads
 * stored ones, upcast to today's schema, and tells a bad one apart instead of failing.
 */
import { z } from 'zod';
import { metadataSchema, uuid, type EventReference, type Metadata } from './envelope.js';
import { describeProblem, problemsOf, type Problem } from './issues.js';
import { compareInstants, type Instant } from './instant.js';
import { knownFrom, publicationBounds, type Known } from './known.js';
import { isPlainMetadata, plainNewBar } from './quick.js';
import { scenarioOf, subjectOf } from './scenario.js';
import { timeBounds, type Bounds, type TimeRef } from './time.js';
import type { EventDefinition } from './types/define.js';
import { eventDefinitions, eventTypeNames, type DataOf, type EventType } from './types/index.js';
import { upcasterFor } from './upcasters.js';

/** Thrown when an event is not of the language; `problems` lists each field, what was expected and what came. */
export class InvalidEventInputError extends Error {
  override readonly name = 'InvalidEventInputError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('; '));
  }
}

/** An event let in: its stream, and what is to be stored. Structurally the store port's NewEvent. */
export interface AcceptedEvent {
  streamId: string;
  id: string;
  type: EventType;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

interface Common {
  id: string;
  streamId: string;
  revision: number;
  /** 1-based place among the events folded from this log. */
  order: number;
  /** The recorded clock: the running maximum of recordedAt. */
  recorded: Instant;
  metadata: Metadata;
  /** What is observed: the event's own type and data, or, in a correction, those that stand in place of what it corrects. */
  observedType: EventType;
  observedData: unknown;
  /** Bounds of metadata.occurredAt; null for relative and unknown times. */
  occurred: Bounds | null;
  known: Known;
}

/** A stored event as projections see it: valid, current schema version, with the times that views go by. */
export type TypedEvent<T extends EventType = EventType> = { [K in T]: Common & { type: K; data: DataOf<K> } }[T];

/** A stored event that its schema rejects. */
export interface RejectedEvent extends Pick<Common, 'id' | 'streamId' | 'revision' | 'order' | 'recorded'> {
  type: string;
  problems: Problem[];
}

/** Structurally the store port's RecordedEvent. */
export interface StoredEvent {
  id: string;
  type: string;
  streamId: string;
  revision: number;
  recordedAt: string;
  data: unknown;
  metadata: unknown;
}

const inputSchema = z.strictObject({
  id: uuid.optional(),
  type: z.enum(eventTypeNames),
  streamId: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()),
});

/** Five minutes of grace for clocks that differ. */
const CLOCK_SKEW = 5 * 60_000;

/**
 * Checks one event and finds its stream.
 * @param input `{id?, type, data, metadata}` as in the JSON Schema; `streamId`, where given, must be the one it belongs to
 * @param options prefix of the streams: one of a scenario's labels the event; `reads` are the prefixes of what it may amend
 * (default: its own); `now` is the clock that refuses publications from the future; `newId` makes missing ids
 * @throws InvalidEventInputError
 */
export function parseNewEvent(input: unknown, options: { prefix: string; reads?: readonly string[]; now: Instant; newId: () => string }): AcceptedEvent {
  const scenario = scenarioOf(options.prefix);
  const label = scenario === null ? {} : { scenario };
  const bar = plainNewBar(input, options.now.ms + CLOCK_SKEW);
  if (bar) return { id: bar.id ?? options.newId(), type: 'BarClosed', streamId: `${options.prefix}instrument-${bar.instrument}`, data: bar.data, metadata: { ...bar.metadata, ...label } };
  const outer = check(inputSchema, input, '');
  const definition = definitionOf(outer.type);
  const raw = fillOccurredAt(outer.type, outer.data, { schemaVersion: definition.version, ...outer.metadata });
  if ('recordedAt' in raw) throw new InvalidEventInputError([{ path: 'metadata.recordedAt', expected: 'expected no such field: the store sets it', received: JSON.stringify(raw['recordedAt']) }]);
  const refuse = (path: string, expected: string, received: unknown): never => {
    throw new InvalidEventInputError([{ path, expected, received: JSON.stringify(received) }]);
  };
  if (raw['scenario'] !== undefined && raw['scenario'] !== scenario) refuse('metadata.scenario', scenario === null ? 'expected no such field: a synthetic event belongs in its scenario' : `expected ${JSON.stringify(scenario)}, or nothing`, raw['scenario']);
  const { metadata, data } = checkBoth(definition, outer, { ...raw, ...label });
  checkOwnTime(outer.type, data, metadata);
  const streamId = streamOf(definition, data, options.prefix, options.reads ?? [options.prefix]);
  if (outer.streamId !== undefined && outer.streamId !== streamId) refuse('streamId', `expected ${streamId}, where this event belongs`, outer.streamId);
  const { observed } = observedIn(definition, data, metadata);
  checkTimes(observed, metadata, options.now, refuse);
  return { id: outer.id ?? options.newId(), type: outer.type, streamId, data: outer.data, metadata: { ...metadata } };
}

/**
 * Reads a stored event.
 * @param order its place in the fold, 1-based; `recorded` the running maximum of recordedAt up to and with it
 */
export function readRecorded(event: StoredEvent, order: number, recorded: Instant): TypedEvent | RejectedEvent {
  try {
    const definition = eventDefinitions.get(event.type);
    if (!definition) throw new InvalidEventInputError([{ path: 'type', expected: 'expected a type of this version of the language', received: JSON.stringify(event.type) }]);
    const metadata = isPlainMetadata(event.metadata) ? (event.metadata as Metadata) : check(metadataSchema, event.metadata, 'metadata');
    checkLabel(event.streamId, metadata);
    // The definition's own text: whoever compares it with a type need not read the characters.
    const { type } = definition;
    const data = checkData(definition, metadata.schemaVersion, event.data);
    checkOwnTime(type, data, metadata);
    const { observed, observedData } = observedIn(definition, data, metadata);
    const occurred = timeBounds(metadata.occurredAt);
    const known = knownFrom(observed, metadata, occurred, recorded, event.type === 'ObservationCorrected');
    const { id, streamId, revision } = event;
    return { id, type, streamId, revision, order, recorded, metadata, data, observedType: observed.type, observedData, occurred, known } as unknown as TypedEvent;
  } catch (error) {
    if (!(error instanceof InvalidEventInputError)) throw error;
    return { id: event.id, type: event.type, streamId: event.streamId, revision: event.revision, order, recorded, problems: [...error.problems] };
  }
}

export function isRejected(event: TypedEvent | RejectedEvent): event is RejectedEvent {
  return 'problems' in event;
}

function check<S extends z.ZodType>(schema: S, input: unknown, path: string): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidEventInputError(problemsOf(result.error, input).map((problem) => ({ ...problem, path: path === '' ? problem.path : problem.path === '' ? path : `${path}${problem.path.startsWith('[') ? '' : '.'}${problem.path}` })));
}

/** Metadata and data together, so that a fault in one does not hide those in the other. */
function checkBoth(definition: EventDefinition, outer: z.infer<typeof inputSchema>, raw: Record<string, unknown>): { metadata: Metadata; data: Record<string, unknown> } {
  const problems: Problem[] = [];
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof InvalidEventInputError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const metadata = attempt(() => check(metadataSchema, raw, 'metadata'));
  const data = attempt(() => checkData(definition, metadata?.schemaVersion ?? definition.version, outer.data));
  if (metadata && data) return { metadata, data };
  // A time that was taken over from data is told of where it was written.
  const own = outer.metadata['occurredAt'] === undefined && !data;
  throw new InvalidEventInputError(problems.filter((problem) => !(own && problem.path.startsWith('metadata.occurredAt'))));
}

/** Validates data by its own version's schema and upcasts it to the current one. */
function checkData(definition: EventDefinition, version: number, input: unknown, path = 'data'): Record<string, unknown> {
  const { type } = definition;
  if (version > definition.version) {
    throw new InvalidEventInputError([{ path: 'metadata.schemaVersion', expected: `expected at most ${definition.version} for ${type}: this event was written by a newer program`, received: String(version) }]);
  }
  if (version === definition.version && definition.quick?.(input)) return input as Record<string, unknown>;
  let data = input;
  for (let v = version; v < definition.version; v += 1) {
    const upcaster = upcasterFor(type, v);
    if (!upcaster) throw new InvalidEventInputError([{ path: 'metadata.schemaVersion', expected: `expected a known version of ${type} (${definition.version} is current)`, received: String(version) }]);
    data = upcaster.up(check(upcaster.schema, data, path));
  }
  return check(definition.data, data, path) as Record<string, unknown>;
}

/** What an event observes. A correction's payload is checked by the schema of what it corrects, and upcast. */
function observedIn(definition: EventDefinition, data: Record<string, unknown>, metadata: Metadata): { observed: EventDefinition; observedData: Record<string, unknown> } {
  return definition.type === 'ObservationCorrected' ? checkCorrection(data as DataOf<'ObservationCorrected'>, metadata) : { observed: definition, observedData: data };
}

function checkCorrection(data: DataOf<'ObservationCorrected'>, metadata: Metadata): { observed: EventDefinition; observedData: Record<string, unknown> } {
  const definition = eventDefinitions.get(data.type);
  if (!definition || Array.isArray(definition.about) && definition.about.length === 0) {
    throw new InvalidEventInputError([{ path: 'data.type', expected: 'expected the type of an observation, not of a correction (name the original event in data.original)', received: JSON.stringify(data.type) }]);
  }
  if ('publishedAt' in data.data) {
    throw new InvalidEventInputError([{ path: 'data.data.publishedAt', expected: 'expected no such field: when something was published is never corrected; retract the event and publish it again', received: JSON.stringify(data.data['publishedAt']) }]);
  }
  const payload = checkData(definition, data.schemaVersion, data.data, 'data.data');
  checkOwnTime(data.type, payload, metadata);
  if (data.original !== undefined && subjectOf(data.original.streamId) !== subjectOf(data.corrects.streamId)) {
    throw new InvalidEventInputError([{ path: 'data.original.streamId', expected: `expected ${data.corrects.streamId}: a fact stays in one stream`, received: JSON.stringify(data.original.streamId) }]);
  }
  return { observed: definition, observedData: payload };
}

/** What an event's own data says of when it was true: a move's end, a report's date, the session of a bar or of factors. */
function ownTime(type: string, data: Record<string, unknown>): TimeRef | undefined {
  if (type === 'BarClosed' || type === 'FactorReturnsReported') {
    const session = data['session'] as { date?: string; calendar?: 'US' } | null | undefined;
    return session ? ({ throughout: session.date, calendar: session.calendar } as TimeRef) : undefined;
  }
  return (type === 'AnnouncementDated' ? data['when'] : data['to']) as TimeRef | undefined;
}

/** What makes an event synthetic is its stream, and it says so itself: where the two differ, nobody sees it. */
function checkLabel(streamId: string, { scenario }: Metadata): void {
  const world = scenarioOf(streamId);
  if (world === (scenario ?? null)) return;
  throw new InvalidEventInputError([{ path: 'metadata.scenario', expected: world === null ? 'expected no such field outside of a scenario' : `expected ${JSON.stringify(world)}, the scenario of its stream`, received: scenario === undefined ? 'nothing' : JSON.stringify(scenario) }]);
}

/** Two times in one event must agree, or a close would be known on another day than its own. */
function checkOwnTime(type: string, data: Record<string, unknown>, metadata: Metadata): void {
  const own = ownTime(type, data);
  if (own === undefined || sameTime(own, metadata.occurredAt)) return;
  throw new InvalidEventInputError([{ path: 'metadata.occurredAt', expected: `expected ${JSON.stringify(own)}, as data has it, or nothing`, received: JSON.stringify(metadata.occurredAt) }]);
}

function checkTimes(definition: EventDefinition, metadata: Metadata, now: Instant, refuse: (path: string, expected: string, received: unknown) => never): void {
  const published = metadata.publishedAt && publicationBounds(metadata.publishedAt);
  if (published && published.lo.ms > now.ms + CLOCK_SKEW) refuse('metadata.publishedAt', `expected a publication that has begun by now (${new Date(now.ms).toISOString()})`, metadata.publishedAt);
  if (definition.observes !== 'end') return;
  const occurred = timeBounds(metadata.occurredAt);
  if (!occurred) return;
  if (!metadata.publishedAt && Number.isFinite(occurred.hi.ms) && occurred.hi.ms > now.ms + CLOCK_SKEW) refuse('metadata.occurredAt', `expected an observation that is over by now (${new Date(now.ms).toISOString()})`, metadata.occurredAt);
  if (published && definition.type === 'BarClosed' && compareInstants(occurred.hi, published.hi) > 0) refuse('metadata.publishedAt', `expected a publication that ends at or after the close, ${new Date(occurred.hi.ms).toISOString()}`, metadata.publishedAt);
  if (published && compareInstants(occurred.lo, published.hi) > 0) refuse('metadata.occurredAt', 'expected a time before the end of its publication: what is still to come is a ForecastMade', metadata.occurredAt);
}

/** A move ends where its `to` says, a date report is of its `when`, a bar is its session: none need be written twice. */
function fillOccurredAt(type: EventType, data: Record<string, unknown>, metadata: Record<string, unknown>): Record<string, unknown> {
  if (metadata['occurredAt'] !== undefined) return metadata;
  const own = ownTime(type, data);
  return own === undefined ? metadata : { ...metadata, occurredAt: own };
}

/** An amendment is stored where its world's events of that subject are: in a scenario's stream, also where it amends a real one. */
function streamOf(definition: EventDefinition, data: Record<string, unknown>, prefix: string, reads: readonly string[]): string {
  for (const name of ['original', 'corrects', 'retracts']) {
    const reference = data[name] as EventReference | undefined;
    if (reference === undefined) continue;
    const known = reads.find((one) => reference.streamId.startsWith(one));
    if (known === undefined) throw new InvalidEventInputError([{ path: `data.${name}.streamId`, expected: `expected a stream that begins with ${reads.join(' or ')}`, received: JSON.stringify(reference.streamId) }]);
    if (name !== 'original') return `${prefix}${reference.streamId.slice(known.length)}`;
  }
  const subjects = typeof definition.about === 'string' ? [definition.about] : definition.about;
  const subject = subjects.find((name) => data[name] !== undefined);
  return `${prefix}${subject}-${String(data[subject ?? ''])}`;
}

function definitionOf(type: string): EventDefinition {
  const definition = eventDefinitions.get(type);
  if (!definition) throw new InvalidEventInputError([{ path: 'type', expected: `expected one of ${eventTypeNames.join(', ')}`, received: JSON.stringify(type) }]);
  return definition;
}

type AnyTime = Partial<Record<'at' | 'within' | 'throughout' | 'relative' | 'side' | 'unknown' | 'zone' | 'calendar', unknown>>;

function sameTime(a: AnyTime, b: AnyTime): boolean {
  return a.throughout === b.throughout && a.calendar === b.calendar && a.at === b.at && a.within === b.within && a.zone === b.zone && a.relative === b.relative && a.side === b.side && a.unknown === b.unknown;
}

