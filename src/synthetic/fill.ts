/** Fills a scenario: what a generator makes, or what somebody sends, with faults on the way or without. */
import type { Position } from '../store/port.js';
import { IdConflictError } from '../store/append-once.js';
import type { Tracker } from '../tracker.js';
import { acceptInputs, appendAccepted, BatchRefusedError, PartlyStoredError, type AcceptTarget, type Stored } from '../writing/accept.js';
import { FAULTS, injectFaults, type Delivery, type Fault, type FaultPlan, type FaultyEvent } from './faults.js';
import type { Generator, Piece } from './generators/index.js';
import type { Truth } from './truth.js';

export interface FillOptions {
  faults?: FaultPlan | undefined;
  signal?: AbortSignal | undefined;
  /** Is a truth recorded already? Of a generator that looks at its world what is there already is not made again on top of itself. */
  recorded?: (subject: string) => boolean;
  /** Told how many events are stored so far. */
  progress?: (events: number) => void;
}

export interface Refused {
  /** Place of the event in what was given, 0-based. */
  index: number;
  faults: Fault[];
  problem: string;
}

export interface Filled {
  stored: number;
  /** They were there before, or came twice. */
  known: number;
  refused: Refused[];
  /** Places of events that faults took away. */
  lost: { index: number; fault: 'gaps' | 'drops' }[];
  /** How many deliveries each fault met. */
  faults: Partial<Record<Fault, number>>;
  /** Of the last event; null where none was stored. */
  position: Position | null;
}

/** So many events with faults are held at once. */
const MOST_WITH_FAULTS = 200_000;
const BATCH = 500;

/**
 * Stores the pieces of a generator, each as it is made; with faults all of them are made first.
 * @returns what was stored, and the truths, which are for the caller to record
 * @throws BatchRefusedError where an event is refused that no fault met: that is a fault of the generator
 */
export async function fillFrom(target: AcceptTarget & Partial<Pick<Tracker, 'runner'>>, generator: Generator, params: { seed: number } & Record<string, unknown>, scenario: string, options: FillOptions = {}): Promise<Filled & { truths: Truth[] }> {
  const world = target.runner ? (target as Tracker) : null;
  const truths: Truth[] = [];
  const events: Piece['events'] = [];
  const filled = nothing();
  for (const piece of generator.generate(params as never, { prefix: target.prefix, world })) {
    if (generator.looks && piece.truths.every(({ subject }) => options.recorded?.(subject))) {
      filled.known += piece.events.length;
      continue;
    }
    truths.push(...piece.truths.map((truth) => ({ scenario, generator: generator.name, seed: params.seed, ...truth })));
    if (options.faults) {
      events.push(...piece.events);
      if (events.length > MOST_WITH_FAULTS) throw new RangeError(`faults: expected at most ${MOST_WITH_FAULTS} events at once`);
      continue;
    }
    const { events: receipts, position } = await appendAccepted(target.store, await acceptInputs(target, piece.events, (index) => `${generator.name} event ${index}`));
    note(filled, receipts, position);
    options.progress?.(filled.stored + filled.known);
    if (options.signal?.aborted) break;
  }
  return { ...(options.faults ? await fillWith(target, events, options.faults, options) : filled), truths };
}

/**
 * Delivers events with faults. What is refused is told and left, as a source would find it; all else is stored.
 * @throws what appending throws but for refusals
 */
export async function fillWith(target: AcceptTarget, events: readonly FaultyEvent[], plan: FaultPlan, { signal, progress }: Omit<FillOptions, 'faults'> = {}): Promise<Filled> {
  const { deliveries, lost } = injectFaults(events, plan);
  const filled = { ...nothing(), lost };
  for (const fault of FAULTS) {
    const count = deliveries.filter(({ faults }) => faults.includes(fault)).length + lost.filter((one) => one.fault === fault).length;
    if (count > 0) filled.faults[fault] = count;
  }
  for (const group of groupsOf(deliveries)) {
    await deliver(target, group, filled);
    progress?.(filled.stored + filled.known);
    if (signal?.aborted) break;
  }
  return filled;
}

function nothing(): Filled {
  return { stored: 0, known: 0, refused: [], lost: [], faults: {}, position: null };
}

function note(filled: Filled, receipts: readonly Stored[], position: Position): void {
  for (const { status } of receipts) filled[status] += 1;
  if (receipts.length > 0 && (filled.position === null || position > filled.position)) filled.position = position;
}

/** One append has each event once; a burst comes in one piece with what it follows, as far as that goes. */
function* groupsOf<E extends FaultyEvent>(deliveries: readonly Delivery<E>[]): IterableIterator<Delivery<E>[]> {
  let group: Delivery<E>[] = [];
  let ids = new Set<string>();
  for (const delivery of deliveries) {
    const { id } = delivery.event;
    if (group.length > 0 && ((id !== undefined && ids.has(id)) || (group.length >= BATCH && !delivery.burst))) {
      yield group;
      [group, ids] = [[], new Set()];
    }
    group.push(delivery);
    if (id !== undefined) ids.add(id);
  }
  if (group.length > 0) yield group;
}

async function deliver(target: AcceptTarget, group: readonly Delivery<FaultyEvent>[], filled: Filled): Promise<void> {
  let left = [...group];
  for (;;) {
    try {
      const accepted = await acceptInputs(target, left.map(({ event }) => event), (index) => `event ${left[index]?.index}`);
      const { events, position } = await appendAccepted(target.store, accepted);
      note(filled, events, position);
      return;
    } catch (error) {
      if (error instanceof BatchRefusedError) {
        for (const index of error.bad) refuse(filled, left[index] as Delivery<FaultyEvent>, problemOf(error, left[index]?.index ?? 0));
        left = left.filter((_, index) => !error.bad.has(index));
      } else if (isConflict(error) && left.length === 1) {
        refuse(filled, left[0] as Delivery<FaultyEvent>, (error as Error).message);
        return;
      } else if (isConflict(error)) {
        // Which of them it is is found one by one; what was stored before is known then.
        for (const one of left) await deliver(target, [one], filled);
        return;
      } else throw error;
      if (left.length === 0) return;
    }
  }
}

function refuse(filled: Filled, { index, faults }: Delivery<FaultyEvent>, problem: string): void {
  filled.refused.push({ index, faults, problem });
}

/** The same id with other content: one that was garbled on its second way. */
function isConflict(error: unknown): boolean {
  return error instanceof IdConflictError || (error instanceof PartlyStoredError && error.cause instanceof IdConflictError);
}

function problemOf({ problems }: BatchRefusedError, index: number): string {
  const place = `event ${index}`;
  return problems.filter(({ path }) => path === place || path.startsWith(`${place}.`)).map(({ path, expected, received }) => `${path}: ${expected}, got ${received}`).join('; ');
}
