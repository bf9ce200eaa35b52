/**
 * Random histories of every event type, as a store would hold them: late arrivals, corrections of corrections,
 * amendments that come before what they name, publications by the instant, day and month, estimated and missing, in
 * several zones, repeats, and a scenario's streams beside the real ones. What the gate refuses is left out.
 */
import fc from 'fast-check';
import { instant, InvalidEventInputError, isRejected, parseInstant, parseNewEvent, readRecorded, type Instant, type TypedEvent } from '../../events/index.js';
import type { JsonObject, NewEvent } from '../../src/store/port.js';
import { aFact, SESSIONS, statementOf, type Fact } from './any-facts.js';
import { testId } from './given.js';

/** An event as it arrives at the store. */
export interface Arrival {
  streamId: string;
  event: NewEvent;
  recordedAt: string;
  /** As projections see it; null in a scenario's stream. */
  typed: TypedEvent | null;
}

interface Step {
  role: 'observe' | 'correct' | 'retract';
  fact: Fact;
  /** Which of the events before is amended, caused this one or is repeated by it. */
  target: number;
  published: Record<string, unknown> | undefined;
  /** In a scenario's stream instead. */
  scenario: boolean;
  /** Where it comes among the others: most arrive as they were told, some earlier or later. */
  place: number;
  hoursLater: number;
}

const day = fc.constantFrom(...SESSIONS, '2025-11-08', '2025-11-10', '2025-11-12');
const zone = fc.constantFrom('America/New_York', 'Asia/Tokyo', 'Pacific/Auckland');
const hour = fc.integer({ min: 0, max: 23 }).map((h) => String(h).padStart(2, '0'));
const published = fc.oneof(
  fc.tuple(day, hour).map(([d, h]) => ({ at: `${d}T${h}:00:00Z` })),
  fc.tuple(day, hour).map(([d, h]) => ({ at: `${d}T${h}:00:00.000000001+01:00` })),
  day.map((d) => ({ within: d })),
  fc.tuple(day, zone).map(([d, name]) => ({ within: d, zone: name })),
  fc.constantFrom({ within: '2025-11' }, { within: '2025-11', zone: 'America/New_York' }, { within: '2025-10-30/2025-11-04' }),
  day.map((d) => ({ within: d, basis: 'estimated', reason: 'undated' })),
  fc.constant(undefined),
);

const step: fc.Arbitrary<Step> = fc.record({
  role: fc.constantFrom<Step['role']>('observe', 'observe', 'observe', 'observe', 'observe', 'correct', 'correct', 'retract'),
  fact: aFact,
  target: fc.nat(20),
  published,
  scenario: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  place: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -12, max: 12 })),
  hoursLater: fc.integer({ min: 0, max: 40 }),
});

interface Plan {
  steps: Step[];
  begin: string;
}

/** What views need to have anything to say, known early more often than not. */
const foundations = fc.tuple(
  ...(['EntityRegistered', 'InstrumentListed', 'AnnouncementMade', 'AnnouncementDated', 'BarClosed', 'SharesOutstandingReported'] as const).map((type) =>
    fc.tuple(step, fc.oneof({ weight: 3, arbitrary: fc.constantFrom({ at: '2025-10-30T21:00:00Z' }, { within: '2025-10-30' }, { within: '2025-10', zone: 'America/New_York' }) }, { weight: 1, arbitrary: published })).map(([s, when]): Step => ({ ...s, role: 'observe', scenario: false, published: when, fact: { ...s.fact, type, subject: 0, ...(type === 'BarClosed' ? { day: 0 } : {}) } })),
  ),
);

/** Steps are recorded from early November on, while things happen, or all of them long after. */
const plan = (maxLength: number): fc.Arbitrary<Plan> => fc.record({ steps: fc.tuple(foundations, fc.array(step, { minLength: 1, maxLength, size: 'max' })).map(([first, rest]) => [...first, ...rest]), begin: fc.constantFrom('2025-10-31T00:00:00Z', '2025-11-05T00:00:00Z', '2025-12-02T00:00:00Z', '2025-12-02T00:00:00Z') });

/** An event before it arrives, and what an amendment needs to know of it. */
interface Told {
  id: string;
  original: string;
  fact: Fact;
  scenario: boolean;
  streamId: string;
  input: Record<string, unknown>;
}

const prefixOf = (scenario: boolean): string => (scenario ? 'scenario.what-if.' : 'market.');

function tell(s: Step, id: string, before: readonly Told[]): Told | null {
  const named = before[s.target % Math.max(1, before.length)];
  const common = { source: { document: `source ${s.fact.teller % 3}` }, ...(s.published === undefined ? {} : { publishedAt: s.published }), confidence: [0.25, 0.5, 1][s.fact.teller % 3] };
  if (s.role === 'observe' || !named) {
    const { data, occurredAt } = statementOf(s.fact);
    const streamId = parseNewEvent({ type: s.fact.type, data, metadata: { occurredAt, source: common.source } }, { prefix: prefixOf(s.scenario), now: instant(Date.parse('2030-01-01T00:00:00Z')), newId: () => id }).streamId;
    const belongs = { ...(s.fact.hour % 5 === 0 ? {} : { $correlationId: s.fact.hour % 5 === 1 ? 'other' : 'deal' }), ...(named && s.fact.hour % 2 === 0 ? { $causationId: named.id } : {}), ...(named && s.fact.value % 6 === 0 ? { repeats: { id: named.id, streamId: named.streamId } } : {}) };
    return { id, original: id, fact: s.fact, scenario: s.scenario, streamId, input: { id, type: s.fact.type, data, metadata: { occurredAt, ...common, ...belongs } } };
  }
  const reference = (of: string): unknown => ({ id: of, streamId: named.streamId });
  const first = before.find((told) => told.id === named.original) as Told;
  const original = named.id === named.original ? {} : { original: reference(named.original) };
  const amended = { id, original: named.original, fact: first.fact, scenario: named.scenario, streamId: named.streamId };
  if (s.role === 'retract') return { ...amended, input: { id, type: 'ObservationRetracted', data: { retracts: reference(named.id), ...original }, metadata: { occurredAt: { unknown: true }, ...common } } };
  const { data, occurredAt } = statementOf(first.fact, s.fact.value);
  const { $correlationId, $causationId } = first.input['metadata'] as { $correlationId?: string; $causationId?: string };
  return {
    ...amended,
    input: { id, type: 'ObservationCorrected', data: { corrects: reference(named.id), ...original, type: first.fact.type, schemaVersion: first.fact.type === 'BarClosed' ? 2 : 1, data }, metadata: { occurredAt, ...common, ...($correlationId === undefined ? {} : { $correlationId }), ...($causationId === undefined ? {} : { $causationId }) } },
  };
}

function arrive({ steps, begin }: Plan): Arrival[] {
  const told: (Told & { place: number })[] = [];
  for (const [index, s] of steps.entries()) {
    const one = tell(s, testId(1000 + index), told);
    if (one) told.push({ ...one, place: index + s.place });
  }
  const arrived = told.map((one, index) => ({ one, index })).sort((a, b) => a.one.place - b.one.place || a.index - b.index).map(({ one }) => one);
  let clock = Date.parse(begin);
  return arrived.flatMap((one, index): Arrival[] => {
    clock += (steps[index]?.hoursLater ?? 0) * 3_600_000;
    try {
      const { streamId, id, type, data, metadata } = parseNewEvent(one.input, { prefix: prefixOf(one.scenario), now: instant(clock), newId: () => one.id });
      return [{ streamId, event: { id, type, data: data as JsonObject, metadata: metadata as JsonObject }, recordedAt: new Date(clock).toISOString(), typed: null }];
    } catch (error) {
      if (error instanceof InvalidEventInputError) return [];
      throw error;
    }
  });
}

/**
 * Arrivals in their order, each with what projections see of it there.
 * @throws Error where one is rejected: what went through the gate is valid
 */
export function inOrder(arrivals: readonly Arrival[]): Arrival[] {
  let [order, recorded] = [0, { ms: -Infinity, ns: 0 } as Instant];
  const revisions = new Map<string, number>();
  return arrivals.map((arrival) => {
    const { streamId, event, recordedAt } = arrival;
    if (!streamId.startsWith('market.')) return { ...arrival, typed: null };
    const now = parseInstant(recordedAt) as Instant;
    if (now.ms > recorded.ms) recorded = now;
    const revision = revisions.get(streamId) ?? 0;
    revisions.set(streamId, revision + 1);
    const typed = readRecorded({ ...event, streamId, revision, recordedAt }, ++order, recorded);
    if (isRejected(typed)) throw new Error(`${event.type} is rejected: ${JSON.stringify(typed.problems)}`);
    return { ...arrival, typed };
  });
}

/** A history of at most so many events beside its foundations. */
export function anyHistory(maxLength = 30): fc.Arbitrary<Arrival[]> {
  return plan(maxLength).map((drawn) => inOrder(arrive(drawn)));
}

/** A moment: somewhere in those weeks, or at a bound of one of the events, or just before it. */
export interface Moment {
  day: string;
  hour: string;
  event: number;
  bound: number;
}

export const anyMoment: fc.Arbitrary<Moment> = fc.record({ day: fc.constantFrom('2025-10-29', ...SESSIONS, '2025-11-09', '2025-11-13', '2025-12-01', '2025-12-05', '2026-01-01'), hour, event: fc.nat(60), bound: fc.nat(9) });

export function momentIn(arrivals: readonly Arrival[], { day: onDay, hour: atHour, event, bound }: Moment): Instant {
  const elsewhere = parseInstant(`${onDay}T${atHour}:30:00Z`) as Instant;
  const typed = arrivals.flatMap((arrival) => arrival.typed ?? []);
  const { known, occurred } = typed[event % Math.max(1, typed.length)] ?? {};
  const exact = [known?.from, known?.earliest, occurred?.lo, occurred?.hi][bound >> 1];
  if (!exact || !Number.isFinite(exact.ms)) return elsewhere;
  return bound % 2 === 0 ? exact : exact.ns > 0 ? { ms: exact.ms, ns: exact.ns - 1 } : { ms: exact.ms - 1, ns: 999_999 };
}
