/**
 * What of an event is the same in every store: all but its position and the time at which that store took it. A copy keeps
 * the first store's time in `metadata.recordedAt`, and a copy of a copy keeps the first one's too.
 */
import { createHash } from 'node:crypto';
import type { JsonObject, NewEvent, RecordedEvent } from './port.js';

/** When the event was recorded first, by the store that it was appended to and not copied to. */
export function firstRecordedAt({ metadata, recordedAt }: Pick<RecordedEvent, 'metadata' | 'recordedAt'>): string {
  return typeof metadata['recordedAt'] === 'string' ? metadata['recordedAt'] : recordedAt;
}

/** The event as it is appended to another store. */
export function toCopy(event: RecordedEvent): NewEvent {
  const { id, type, data, metadata } = event;
  return { id, type, data, metadata: { ...metadata, recordedAt: firstRecordedAt(event) } };
}

/** What the metadata says apart from the time of first recording, which a copy alone writes there. */
export function withoutRecordedAt(metadata: JsonObject): JsonObject {
  if (!('recordedAt' in metadata)) return metadata;
  const { recordedAt: _, ...said } = metadata;
  return said;
}

/** The fact as text: equal for an event and its copies, on every store. */
export function factText(event: RecordedEvent): string {
  const { streamId, revision, id, type, data, metadata } = event;
  return JSON.stringify([streamId, revision, id, type, data, withoutRecordedAt(metadata), firstRecordedAt(event)]);
}

/** SHA-256 over facts in log order, and their number. */
export function factsHash(): { add(text: string): void; count(): number; hex(): string } {
  const hash = createHash('sha256');
  let count = 0;
  return {
    add(text) {
      hash.update(text).update('\n');
      count++;
    },
    count: () => count,
    hex: () => hash.copy().digest('hex'),
  };
}
