/** Reads back what an explanation rests on: the events behind its inputs, and the fields that they name. */
import { bounds, describeQuantity, isRejected, parseInstant, quantitySchema, readRecorded, type Instant, type TypedEvent } from '../../../events/index.js';
import type { RecordedEvent } from '../../store/port.js';
import type { Tracker } from '../../tracker.js';
import { describeTime } from '../evidence.js';
import type { InputView, SourceView } from './schema.js';
import type { Input, Plain } from './told.js';

export interface Read {
  stored: RecordedEvent;
  /** In the current version of its schema, as projections see it. */
  event: TypedEvent;
}

/** The events behind links, read from the store; what is not there, or rejected, is left out. */
export async function readEvents({ store }: Tracker, links: ReadonlySet<string>): Promise<Map<string, Read>> {
  const found = new Map<string, Read>();
  for (const link of links) {
    const [, stream = '', revision = ''] = /^\/v1\/events\/([^?]+)\/(\d+)(?:\?.*)?$/.exec(link) ?? [];
    const [stored] = await store.readStream(stream, { ...(Number(revision) === 0 ? {} : { from: Number(revision) - 1 }), direction: 'forwards', limit: 1 });
    const event = stored && readRecorded(stored, 1, parseInstant(stored.recordedAt) as Instant);
    if (stored && event && !isRejected(event)) found.set(link, { stored, event });
  }
  return found;
}

export interface ReadInput {
  view: InputView;
  /** What the printed figure allows, where the field holds one. */
  lo: number | null;
  hi: number | null;
  /** What the field itself holds. */
  held: unknown;
}

export function readInput(input: Input, events: ReadonlyMap<string, Read>): ReadInput {
  const { name, at = null, field = null } = input;
  const read = input.event === undefined ? undefined : events.get(input.event);
  const held = read && field !== null ? fieldOf(read.event, field) : undefined;
  const quantity = quantitySchema.safeParse(held);
  const allowed = quantity.success ? bounds(quantity.data) : null;
  const value = input.value ?? plainOf(held);
  return { view: { name, value, printed: quantity.success ? describeQuantity(quantity.data) : null, at, event: read ? (input.event ?? null) : null, field: read && field !== null ? placeIn(read.event, field) : null }, lo: allowed?.lo ?? null, hi: allowed?.hi ?? null, held };
}

function plainOf(held: unknown): Plain {
  return typeof held === 'string' || typeof held === 'number' || typeof held === 'boolean' ? held : null;
}

/** A correction holds the payload that stands in place of the one it corrects. */
function placeIn(event: TypedEvent, field: string): string {
  return event.type === 'ObservationCorrected' && field.startsWith('/data/') ? `/data${field}` : field;
}

function fieldOf({ observedData, metadata }: TypedEvent, field: string): unknown {
  return field.slice(1).split('/').reduce<unknown>((here, part) => (typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[part] : undefined), { data: observedData, metadata });
}

export function sourceFields(link: string, { stored, event: { metadata } }: Read): SourceView {
  const { source, confidence, occurredAt, publishedAt } = metadata;
  const published = publishedAt && ('at' in publishedAt ? publishedAt.at : publishedAt.within);
  return { event: link, eventId: stored.id, type: stored.type, document: source.document, locator: source.locator ?? null, address: source.address ?? null, confidence, occurredAt: describeTime(occurredAt), publishedAt: published === undefined ? null : `${published}${publishedAt?.basis === 'estimated' ? ' (estimated)' : ''}`, recordedAt: stored.recordedAt };
}
