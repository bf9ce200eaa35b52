/** The table of events: every stored event, in the order in which the world came to know them. */
import { isRejected, parseInstant, publicationBounds, type Instant, type Metadata } from '../../events/index.js';
import { deliver, type Delivered } from '../replay/deliver.js';
import type { Selection } from '../replay/selection.js';
import { firstRecordedAt } from '../store/facts.js';
import type { Position } from '../store/port.js';
import type { Tracker } from '../tracker.js';
import { justAfter } from './moments.js';
import { columnsOf, timeCell, type Cell, type Row, type Table } from './table.js';

const COLUMNS = columnsOf([
  ['event_id', 'text'],
  ['type', 'text'],
  ['schema_version', 'integer'],
  ['stream', 'text'],
  ['revision', 'integer'],
  // As the API gives it: it belongs to one store, and is no number in each of them.
  ['position', 'text'],
  ['seq', 'integer'],
  ['ts_event_lo', 'time'],
  ['ts_event_hi', 'time'],
  ['time_kind', 'text'],
  ['ts_published_lo', 'time'],
  ['ts_published_hi', 'time'],
  ['ts_known', 'time'],
  ['known_precision', 'text'],
  ['ts_recorded', 'time'],
  ['source_document', 'text'],
  ['source_locator', 'text'],
  ['source_address', 'text'],
  ['confidence', 'float'],
  ['scenario', 'text'],
  ['correlation_id', 'text'],
  ['causation_id', 'text'],
  ['payload', 'json'],
  // Without it an import could not give back what was stored: a time "in October" is more than its two ends.
  ['metadata', 'json'],
]);

const BATCH = 1000;

export interface EventsRequest {
  selection: Selection;
  /** Only what was known by then. */
  knownAt: Instant | null;
  /** The last event that is in it. */
  head: Position | null;
}

export function eventsTable({ store, prefixes }: Pick<Tracker, 'store' | 'prefixes'>, request: EventsRequest): Table {
  return { name: 'events', columns: COLUMNS, rows: rowsOf(store, prefixes, request) };
}

async function* rowsOf(store: Tracker['store'], prefixes: readonly string[], { selection, knownAt, head }: EventsRequest): AsyncGenerator<Row[]> {
  if (head === null) return;
  const to = knownAt && justAfter(knownAt);
  let batch: Row[] = [];
  for await (const delivered of deliver({ store, prefixes }, { order: 'published', selection: { ...selection, ...(to ? { to } : {}) }, after: null, head })) {
    batch.push(rowOf(delivered));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function rowOf({ event, typed, at }: Delivered): Cell[] {
  const { id, type, streamId, revision, position, data, metadata } = event;
  const whole = isRejected(typed) ? null : typed;
  const said = whole?.metadata ?? null;
  const published = said?.publishedAt ? publicationBounds(said.publishedAt) : null;
  const version = metadata['schemaVersion'];
  return [
    id,
    type,
    typeof version === 'number' ? version : null,
    streamId,
    revision,
    position,
    typed.order,
    timeCell(whole?.occurred?.lo),
    timeCell(whole?.occurred?.hi),
    said && kindOf(said.occurredAt),
    timeCell(published?.lo),
    timeCell(published?.hi),
    at,
    whole?.known.precision ?? 'recorded',
    parseInstant(firstRecordedAt(event)),
    said?.source.document ?? null,
    said?.source.locator ?? null,
    said?.source.address ?? null,
    said?.confidence ?? null,
    typeof metadata['scenario'] === 'string' ? metadata['scenario'] : null,
    said?.$correlationId ?? null,
    said?.$causationId ?? null,
    data,
    metadata,
  ];
}

function kindOf(occurredAt: Metadata['occurredAt']): string {
  if ('relative' in occurredAt) return 'relative';
  if ('unknown' in occurredAt) return 'unknown';
  return 'at' in occurredAt ? 'at' : 'within' in occurredAt ? 'within' : 'throughout';
}
