/**
 * Faults: what goes wrong on the way from a source to a tracker, by name, rate and seed. Events go in and deliveries come
 * out, each saying which faults it has, so that a test knows what it must find.
 */
import { sortedEntries } from '../../events/index.js';
import { ViewError } from '../views/context.js';
import { draws, type Draws } from './random.js';

export const FAULTS = ['duplicates', 'reordering', 'late', 'gaps', 'drops', 'corrupt', 'skew', 'bursts', 'schema'] as const;
export type Fault = (typeof FAULTS)[number];

/** What each does; the rate is the chance of each event to be met by it (of gaps and bursts: to begin one). */
export const FAULTS_SAY: Readonly<Record<Fault, string>> = {
  duplicates: 'delivered a second time, up to ten places later, with the same id',
  reordering: 'changes places with one up to five places later',
  late: 'delivered after everything else; when it was published stays',
  gaps: 'one to five events in a row never come',
  drops: 'never comes',
  corrupt: 'one value of its data is garbled; the gate may or may not see it',
  skew: 'its source\'s clock is up to two hours off: occurredAt and publishedAt, where they are instants',
  bursts: 'it and up to twenty that follow come at once, in one piece',
  schema: 'a field that its schema needs is missing: the gate refuses it',
};

export interface FaultPlan {
  seed: number;
  rates: Partial<Record<Fault, number>>;
}

export interface Delivery<E> {
  event: E;
  /** Place of the event in what was given, 0-based. */
  index: number;
  faults: Fault[];
  /** Comes in one piece with the delivery before it. */
  burst: boolean;
}

export interface Faulted<E> {
  deliveries: Delivery<E>[];
  /** Places of the events that never come, by what took them. */
  lost: { index: number; fault: 'gaps' | 'drops' }[];
}

/** The least that faults look at. */
export interface FaultyEvent {
  id?: string;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/**
 * Reads `duplicates:0.1,late:0.05`, or all at one rate as `all:0.02`.
 * @throws ViewError bad-parameter
 */
export function parseFaults(text: string): FaultPlan['rates'] {
  const rates: FaultPlan['rates'] = {};
  for (const part of text.split(',').map((one) => one.trim()).filter((one) => one !== '')) {
    const [name = '', rateText = ''] = part.split(':');
    const rate = Number(rateText);
    const known = name === 'all' ? FAULTS : FAULTS.filter((fault) => fault === name);
    if (known.length === 0 || rateText === '' || !(rate >= 0 && rate <= 1)) throw new ViewError('bad-parameter', 400, `faults: expected NAME:RATE with commas between, NAME one of ${FAULTS.join(', ')} (or all), RATE from 0 to 1, got ${JSON.stringify(part)}`);
    for (const fault of known) rates[fault] = rate;
  }
  return rates;
}

/**
 * The same events and the same plan give the same deliveries; each fault draws for itself, so that one more changes
 * nothing of the others. Without any rate the deliveries are the events.
 */
export function injectFaults<E extends FaultyEvent>(events: readonly E[], { seed, rates }: FaultPlan): Faulted<E> {
  const lost: Faulted<E>['lost'] = [];
  const missing = missingOf(events.length, { seed, rates }, lost);
  let deliveries = events.map((event, index): Delivery<E> => ({ event, index, faults: [], burst: false })).filter(({ index }) => !missing.has(index));
  for (const [fault, alter] of ALTERATIONS) {
    const rate = rates[fault] ?? 0;
    const random = draws(seed, `fault ${fault}`);
    if (rate > 0) deliveries = deliveries.map((one) => (random.chance(rate) ? met(one, fault, alter(one.event, random)) : one));
  }
  for (const [fault, move] of MOVES) {
    const rate = rates[fault] ?? 0;
    if (rate > 0) deliveries = move(deliveries, rate, draws(seed, `fault ${fault}`));
  }
  return { deliveries, lost };
}

function met<E>(delivery: Delivery<E>, fault: Fault, event: E = delivery.event): Delivery<E> {
  return { ...delivery, event, faults: [...delivery.faults, fault] };
}

function missingOf(count: number, { seed, rates }: FaultPlan, lost: Faulted<unknown>['lost']): Set<number> {
  const missing = new Set<number>();
  const lose = (index: number, fault: 'gaps' | 'drops'): void => {
    if (missing.has(index) || index >= count) return;
    missing.add(index);
    lost.push({ index, fault });
  };
  const [gaps, drops] = [draws(seed, 'fault gaps'), draws(seed, 'fault drops')];
  for (let index = 0; index < count; index += 1) {
    if ((rates.gaps ?? 0) > 0 && gaps.chance(rates.gaps ?? 0)) for (let last = index + gaps.whole(0, 4), i = index; i <= last; i += 1) lose(i, 'gaps');
    if ((rates.drops ?? 0) > 0 && drops.chance(rates.drops ?? 0)) lose(index, 'drops');
  }
  lost.sort((a, b) => a.index - b.index);
  return missing;
}

type Alter = <E extends FaultyEvent>(event: E, random: Draws) => E;

const HOURS = 3_600_000;
const SKEW_MS = 2 * HOURS;

const ALTERATIONS: readonly [Fault, Alter][] = [
  ['skew', (event, random) => ({ ...event, metadata: skewed(event.metadata, Math.round((2 * random.uniform() - 1) * SKEW_MS)) })],
  ['corrupt', (event, random) => ({ ...event, data: garbled(event.data, random) })],
  ['schema', (event) => ({ ...event, data: withoutSubject(event.data) })],
];

/** Instants alone: a day or a session is the same on a clock that is off. */
function skewed(metadata: Record<string, unknown>, ms: number): Record<string, unknown> {
  const shifted = (time: unknown): unknown => {
    const at = (time as { at?: unknown } | undefined)?.at;
    return typeof at === 'string' && Number.isFinite(Date.parse(at)) ? { ...(time as object), at: new Date(Date.parse(at) + ms).toISOString() } : time;
  };
  return Object.fromEntries(sortedEntries(metadata).map(([name, value]) => [name, name === 'occurredAt' || name === 'publishedAt' ? shifted(value) : value]));
}

/** A digit too many, a sign, or a text turned about. */
function garbled(data: Record<string, unknown>, random: Draws): Record<string, unknown> {
  const entries = sortedEntries(data).filter(([, value]) => typeof value === 'number' || typeof value === 'string');
  if (entries.length === 0) return data;
  const [name, value] = entries[random.whole(0, entries.length - 1)] as [string, number | string];
  const wrong = typeof value === 'number' ? (random.chance(0.5) ? value * 10 : -value) : [...value].reverse().join('');
  // What reads the same backwards, and zero, would stay as they are.
  return { ...data, [name]: wrong === value || wrong === 0 ? 'garbled' : wrong };
}

const SUBJECTS = ['instrument', 'entity', 'announcement', 'set', 'corrects', 'retracts'];

/** Every event is about something; without that none is valid. */
function withoutSubject(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(sortedEntries(data).filter(([name]) => !SUBJECTS.includes(name)));
}

type Move = <E>(deliveries: readonly Delivery<E>[], rate: number, random: Draws) => Delivery<E>[];

const MOVES: readonly [Fault, Move][] = [
  [
    'reordering',
    (deliveries, rate, random) => {
      const moved = [...deliveries];
      for (let i = 0; i < moved.length - 1; i += 1) {
        if (!random.chance(rate)) continue;
        const other = Math.min(moved.length - 1, i + random.whole(1, 5));
        const [a, b] = [moved[i] as (typeof moved)[number], moved[other] as (typeof moved)[number]];
        moved[i] = b;
        moved[other] = met(a, 'reordering');
      }
      return moved;
    },
  ],
  [
    'duplicates',
    (deliveries, rate, random) => {
      const placed = deliveries.flatMap((one, place) => (random.chance(rate) ? [{ one, place }, { one: met(one, 'duplicates'), place: place + random.whole(1, 10) + 0.5 }] : [{ one, place }]));
      return placed.sort((a, b) => a.place - b.place).map(({ one }) => one);
    },
  ],
  [
    'late',
    (deliveries, rate, random) => {
      const late: typeof deliveries[number][] = [];
      const others = deliveries.filter((one) => {
        if (!random.chance(rate)) return true;
        late.push(met(one, 'late'));
        return false;
      });
      return [...others, ...late];
    },
  ],
  [
    'bursts',
    (deliveries, rate, random) => {
      let left = 0;
      return deliveries.map((one, i) => {
        if (left > 0) {
          left -= 1;
          return { ...met(one, 'bursts'), burst: i > 0 };
        }
        if (!random.chance(rate)) return one;
        left = random.whole(1, 20);
        return met(one, 'bursts');
      });
    },
  ],
];
