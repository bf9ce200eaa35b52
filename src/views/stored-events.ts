/** Stored events as the API and the commands show them: the tracker's own, page by page. */
import type { Direction, Position, RecordedEvent } from '../store/port.js';
import type { Tracker } from '../tracker.js';
import { ViewError } from './context.js';

export interface EventsPage {
  events: PresentedEvent[];
  /** Where the next page begins; null: this was the end for now. */
  next: Position | null;
}

export interface PresentedEvent {
  id: string;
  type: string;
  schemaVersion: number | null;
  streamId: string;
  revision: number;
  position: Position;
  recordedAt: string;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

export interface EventsQuery {
  after: Position | null;
  stream?: string | undefined;
  direction: Direction;
  limit: number;
}

/**
 * Reads a page of the tracker's events.
 * @throws ViewError not-found for a stream outside the prefix; ForeignPositionError for a malformed cursor
 */
export async function readEvents(tracker: Tracker, query: EventsQuery): Promise<EventsPage> {
  const { stream, direction, limit, after } = query;
  if (stream !== undefined) return readOneStream(tracker, stream, query);
  const events: RecordedEvent[] = [];
  for await (const batch of tracker.store.readAll({ direction, from: after ?? (direction === 'forwards' ? 'start' : 'end'), streamPrefixes: tracker.prefixes })) {
    events.push(...batch);
    if (events.length > limit) break;
  }
  return page(events, limit, (event) => event.position);
}

async function readOneStream(tracker: Tracker, stream: string, { after, direction, limit }: EventsQuery): Promise<EventsPage> {
  if (!tracker.prefixes.some((prefix) => stream.startsWith(prefix))) throw new ViewError('not-found', 404, `no stream ${JSON.stringify(stream)}: the tracker's streams begin with ${tracker.prefixes.join(' or ')}`);
  const revision = after === null ? undefined : Number(/^r(\d+)$/.exec(after)?.[1] ?? NaN);
  if (Number.isNaN(revision)) throw new ViewError('bad-parameter', 400, 'after: this cursor is not one of a stream');
  const events = await tracker.store.readStream(stream, { ...(revision === undefined ? {} : { from: revision }), direction, limit: limit + 1 });
  return page(events, limit, (event) => `r${event.revision}`);
}

function page(events: readonly RecordedEvent[], limit: number, cursor: (event: RecordedEvent) => string): EventsPage {
  const shown = events.slice(0, limit);
  const last = shown.at(-1);
  return { events: shown.map(presentEvent), next: events.length > limit && last ? cursor(last) : null };
}

export function presentEvent(event: RecordedEvent): PresentedEvent {
  const { id, type, streamId, revision, position, recordedAt, data, metadata } = event;
  const version = metadata['schemaVersion'];
  return { id, type, schemaVersion: typeof version === 'number' ? version : null, streamId, revision, position, recordedAt, data, metadata };
}
