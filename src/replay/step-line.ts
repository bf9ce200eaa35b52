/** A step of a replay as a line of JSON. */
import { formatInstant, isRejected, type Instant, type RejectedEvent, type TypedEvent } from '../../events/index.js';
import type { RecordedEvent } from '../store/port.js';
import { presentEvent } from '../views/stored-events.js';
import { encodeCursor } from './cursor.js';

/** @param at on the clock of the replay */
export function lineOf(at: string, cursor: string, event: RecordedEvent, typed: TypedEvent | RejectedEvent): string {
  return JSON.stringify({ at, cursor, event: presentEvent(event), ...(isRejected(typed) ? { rejected: typed.problems } : {}) });
}

/** In log order, of a replay that follows: the same for whoever follows. */
export function stepLine(storeId: string, event: RecordedEvent, typed: TypedEvent | RejectedEvent): { cursor: string; line: string } {
  const cursor = followCursor(storeId, { position: event.position, place: typed.order, recorded: typed.recorded });
  return { cursor, line: lineOf(formatInstant(typed.recorded) ?? '', cursor, event, typed) };
}

/** Where one stands that follows the log. */
export function followCursor(storeId: string, { position, place, recorded }: { position: string; place: number; recorded: Instant }): string {
  return encodeCursor(storeId, { order: 'log', position, place, recorded, at: recorded, head: null });
}
