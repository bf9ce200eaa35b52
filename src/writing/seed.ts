/** Seeds a store: what is there already is not written again. */
import type { AcceptedEvent } from '../../events/index.js';
import type { EventStore } from '../store/port.js';
import { appendAccepted } from './accept.js';

export interface Seeded {
  stored: number;
  known: number;
}

/** @throws IdConflictError when a fact was changed without raising its document's edition */
export async function seedStore(store: EventStore, events: readonly AcceptedEvent[]): Promise<Seeded> {
  const { events: results } = await appendAccepted(store, events);
  const known = results.filter((result) => result.status === 'known').length;
  return { stored: results.length - known, known };
}
