/** A tracker's log, each event as it is stored and as projections see it. */
import { isRejected, parseInstant, readRecorded, type Instant, type TypedEvent } from '../../events/index.js';
import type { RecordedEvent } from '../../src/store/port.js';
import type { Tracker } from '../../src/tracker.js';

export async function readTyped({ store, prefixes }: Tracker): Promise<{ stored: RecordedEvent; typed: TypedEvent }[]> {
  const found: { stored: RecordedEvent; typed: TypedEvent }[] = [];
  for await (const batch of store.readAll({ streamPrefixes: prefixes })) {
    for (const stored of batch) {
      const typed = readRecorded(stored, found.length + 1, parseInstant(stored.recordedAt) as Instant);
      if (!isRejected(typed)) found.push({ stored, typed });
    }
  }
  return found;
}
