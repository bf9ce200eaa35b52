/** What an import makes of a line: an event let in by the same gate as any other, or a correction of one that is stored. */
import { parseInstant, parseNewEvent } from '../../events/index.js';
import { importedEventId } from '../ids.js';
import type { JsonObject, NewEvent } from '../store/port.js';
import { ImportError } from './import-error.js';
import type { Standing, Stands } from './standing.js';
import type { Target } from './target.js';

/** What holds for every event of an import. */
export interface Origin {
  /** Names the source; ids are made from it, so that its next file goes on where this one ends. */
  document: string;
  address?: string | undefined;
  confidence?: number | undefined;
  /** Absent: known as the type of the event has it, a correction when it is recorded. */
  publishedAt?: string | undefined;
}

/** @throws ImportError for a time of publication that is none */
export function checkOrigin({ publishedAt }: Origin): void {
  if (publishedAt !== undefined && parseInstant(publishedAt) === null) throw new ImportError([`published-at: expected an instant with its zone, such as 2025-12-15T12:00:00Z, got ${JSON.stringify(publishedAt)}`]);
}

export function sourceOf({ document, address, confidence }: Origin, locator?: string): JsonObject {
  return { source: { document, ...(locator === undefined ? {} : { locator }), ...(address === undefined ? {} : { address }) }, ...(confidence === undefined ? {} : { confidence }) };
}

export function publicationOf({ publishedAt }: Origin): JsonObject {
  return publishedAt === undefined ? {} : { publishedAt: { at: publishedAt } };
}

/** @throws InvalidEventInputError */
export function eventOf({ prefix, now }: Target, input: { id: string } & Record<string, unknown>): NewEvent {
  const { id, type, data, metadata } = parseNewEvent(input, { prefix, now: now(), newId: () => input.id });
  return { id, type, data: data as JsonObject, metadata: metadata as JsonObject };
}

export interface Amendment {
  streamId: string;
  stands: Stands;
  type: string;
  schemaVersion: number;
  data: JsonObject;
  /** Session of the observation. */
  date: string;
  locator: string;
  /** What is given otherwise: `this bar`. */
  what: string;
}

/**
 * A correction has its own known time; its id goes by the fact, how often it was corrected, and what it says.
 * @throws InvalidEventInputError
 */
export function correctionOf(target: Target, origin: Origin, { streamId, stands: { original, latest, corrections }, type, schemaVersion, data, date, locator, what }: Amendment): NewEvent {
  const reference = ({ id, revision }: Standing): JsonObject => ({ id, streamId, revision });
  return eventOf(target, {
    id: importedEventId('correction', original.id, String(corrections), JSON.stringify(data)),
    type: 'ObservationCorrected',
    data: { corrects: reference(latest), ...(latest.id === original.id ? {} : { original: reference(original) }), type, schemaVersion, data, reason: `${origin.document} gives ${what} otherwise than before` },
    metadata: { occurredAt: { throughout: date, calendar: 'US' }, ...publicationOf(origin), ...sourceOf(origin, locator) },
  });
}
