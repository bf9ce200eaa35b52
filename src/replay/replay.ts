/**
 * Replay for strategies: events one by one, and at each of them the views as they could be seen then. The same function
 * runs on history and, following the log, live. Whatever asks for later than the replay's clock gets an error.
 */
import { compareInstants, formatInstant, parseInstant, type Instant, type RejectedEvent, type TypedEvent } from '../../events/index.js';
import type { Position, RecordedEvent } from '../store/port.js';
import type { Tracker } from '../tracker.js';
import { answerFrom, encodeToken, type Answer, type Asked, type ViewContext } from '../views/context.js';
import { CursorError, decodeCursor, encodeCursor, type Cursor, type ReplayOrder } from './cursor.js';
import { deliver, deliveredOf, type Delivered } from './deliver.js';
import { followLog } from './follow.js';
import type { Pacer } from './pace.js';
import type { Selection } from './selection.js';

/** Thrown when a consumer of a replay asks for anything later than its clock. */
export class LookAheadError extends Error {
  override readonly name = 'LookAheadError';
}

export interface ReplayOptions extends Selection {
  /** `log`: as recorded (default); `published`: as the world came to know it; `valid`: as it was true. */
  order?: ReplayOrder;
  /** Cursor of an earlier step: goes on after it. */
  after?: string;
  /** In log order: goes on with what is appended. */
  follow?: boolean;
  /** At most so many events. */
  limit?: number;
  pacer?: Pacer;
  signal?: AbortSignal;
}

export interface Step {
  /** As stored. */
  event: RecordedEvent;
  /** As projections see it, at today's schema; or why its schema rejects it. */
  typed: TypedEvent | RejectedEvent;
  /** The replay's clock: when it was recorded, known, or true. */
  at: string;
  /** Goes on after this event. */
  cursor: string;
  /**
   * A view as it could be seen at this step.
   * @param view such as `(context) => marketValueView(context, 'XNAS:AMZN', {})`
   * @param asked asOf and knownAt, no later than the clock; unstated: the clock
   * @throws LookAheadError, ViewError
   */
  view: <T>(view: (context: ViewContext) => Answer<T>, asked?: Pick<Asked, 'asOf' | 'knownAt'>) => T;
}

/**
 * @throws CursorError at once, for a cursor that is not of this replay, or for following in another order than the log's
 */
export function replay(tracker: Tracker, options: ReplayOptions = {}): AsyncGenerator<Step, void> {
  const { order = 'log', follow = false } = options;
  if (follow && order !== 'log') throw new CursorError(`follow: only log order can be followed: in ${order} order what is stored next may belong before what was delivered`);
  return steps(tracker, options, options.after === undefined ? null : decodeCursor(options.after, tracker.store.id, order));
}

async function* steps(tracker: Tracker, options: ReplayOptions, after: Cursor | null): AsyncGenerator<Step, void> {
  const { order = 'log', follow = false, limit = Infinity, pacer, signal = new AbortController().signal } = options;
  if (limit <= 0) return;
  // The head is taken once: what is appended meanwhile is of the next replay, or of the live part of this one.
  const head = after?.head ?? (await tracker.store.head());
  if (head === null && !follow) return;
  let left = limit;
  const deliveries = follow ? followed(tracker, options, after, signal) : deliver(tracker, { order, selection: options, after, head });
  for await (const delivered of deliveries) {
    await pacer?.due(delivered.at);
    if (signal.aborted) return;
    yield stepOf(tracker, order, delivered, head);
    left -= 1;
    if (left === 0) return;
  }
}

async function* followed(tracker: Tracker, selection: Selection, after: Cursor | null, signal: AbortSignal): AsyncGenerator<Delivered> {
  for await (const { events } of followLog(tracker, { selection, after, signal })) {
    for (const { event, typed } of events) {
      if (signal.aborted) return;
      yield deliveredOf('log', event, typed, typed.recorded, null);
    }
  }
}

function stepOf(tracker: Tracker, order: ReplayOrder, { event, typed, at, cursor }: Delivered, head: Position | null): Step {
  const clock = formatInstant(at) ?? '';
  // In log order the store is as it was when the event had been recorded; else as it is, and what is known is bounded.
  const basis = encodeToken(tracker.store.id, order === 'log' ? event.position : head);
  return {
    event,
    typed,
    at: clock,
    cursor: encodeCursor(tracker.store.id, cursor),
    view(view, asked = {}) {
      for (const [name, text] of [['asOf', asked.asOf], ['knownAt', asked.knownAt]] as const) refuseLater(name, text, at, clock);
      const seen: Asked = order === 'log' ? { ...defined(asked), basis, ...(asked.knownAt === undefined ? {} : { clock: 'recorded' }) } : { asOf: clock, knownAt: clock, ...defined(asked), basis };
      return answerFrom(tracker.runner, seen, view).body;
    },
  };
}

function defined({ asOf, knownAt }: Pick<Asked, 'asOf' | 'knownAt'>): Pick<Asked, 'asOf' | 'knownAt'> {
  return { ...(asOf === undefined ? {} : { asOf }), ...(knownAt === undefined ? {} : { knownAt }) };
}

function refuseLater(name: string, text: string | undefined, at: Instant, clock: string): void {
  const asked = text === undefined ? null : parseInstant(text);
  if (asked !== null && compareInstants(asked, at) > 0) throw new LookAheadError(`${name}: ${text ?? ''} is later than the replay's clock, ${clock}`);
}

