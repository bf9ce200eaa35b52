/** What a scenario on the seeds is filled with: a copy of each kind of real event that says of itself that it is synthetic, corrections and retractions of real ones, and one that its schema rejects. */
import { readTyped } from './typed-log.js';
import type { Tracker } from '../../src/tracker.js';

/** Stands in every synthetic event's source: where it is not asked for, no answer may hold it. */
export const MARK = 'entirely-synthetic';

const EACH = 8;

/** As they are sent, `{type, data, metadata}`. */
export async function syntheticCopies(real: Tracker): Promise<Record<string, unknown>[]> {
  const counts = new Map<string, number>();
  const copies: Record<string, unknown>[] = [];
  for (const { stored, typed } of await readTyped(real)) {
    const count = counts.get(typed.type) ?? 0;
    counts.set(typed.type, count + 1);
    if (typed.type === 'ObservationCorrected' || typed.type === 'ObservationRetracted' || count >= EACH) continue;
    const metadata = Object.fromEntries(Object.entries(stored.metadata).filter(([name]) => name !== 'source' && name !== 'recordedAt' && name !== 'repeats'));
    const source = { document: MARK, locator: stored.id };
    copies.push({ type: typed.type, data: stored.data, metadata: { ...metadata, source } });
    const reference = { id: stored.id, streamId: stored.streamId };
    if (count % 3 === 1) copies.push({ type: 'ObservationRetracted', data: { retracts: reference }, metadata: { occurredAt: { unknown: true }, source } });
    if (count % 3 === 2) copies.push({ type: 'ObservationCorrected', data: { corrects: reference, type: typed.type, schemaVersion: stored.metadata['schemaVersion'], data: stored.data }, metadata: { source } });
  }
  return copies;
}
