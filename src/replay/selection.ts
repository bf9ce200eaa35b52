/** Which events a replay delivers. Corrections and retractions belong where what they amend belongs. */
import { compareInstants, isRejected, type Instant, type RejectedEvent, type TypedEvent } from '../../events/index.js';
import type { RecordedEvent } from '../store/port.js';

export interface Selection {
  /** Of these types; a correction is of its own type. */
  types?: readonly string[];
  /** Streams that begin so. */
  stream?: string;
  /** Ids: events about this instrument, entity or announcement (also those that say they belong to it). */
  instrument?: string;
  entity?: string;
  announcement?: string;
  /** On the clock that orders the replay: from (inclusive) to (exclusive). */
  from?: Instant;
  to?: Instant;
}

/** Is the event one of the selection, its time apart? @param prefixes of the streams' names */
export function selects({ types, stream, instrument, entity, announcement }: Selection, prefixes: readonly string[], event: RecordedEvent, typed: TypedEvent | RejectedEvent): boolean {
  if (types !== undefined && !types.includes(event.type)) return false;
  if (stream !== undefined && !event.streamId.startsWith(stream)) return false;
  if (instrument === undefined && entity === undefined && announcement === undefined) return true;
  // A retraction says only which event it is of: it goes by its stream.
  const data = (isRejected(typed) ? event.data : typed.observedData) as Record<string, unknown>;
  const about = (name: string, id: string): boolean => data[name] === id || prefixes.some((prefix) => event.streamId === `${prefix}${name}-${id}`);
  return (
    (instrument === undefined || about('instrument', instrument)) &&
    (entity === undefined || about('entity', entity) || data['other'] === entity) &&
    (announcement === undefined || about('announcement', announcement) || event.metadata['$correlationId'] === announcement)
  );
}

export function inRange({ from, to }: Selection, at: Instant): boolean {
  return (from === undefined || compareInstants(at, from) >= 0) && (to === undefined || compareInstants(at, to) < 0);
}
