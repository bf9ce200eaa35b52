/** Deterministic event ids: UUID v5 over what identifies an event, so that replicas and repeats agree. */
import { v5 } from 'uuid';

/** Namespace of this program's ids (a fixed v4 UUID). */
const NAMESPACE = '6f1c9c1e-0a51-4b52-9d0e-7c3f3f6a7d21';

/** The id of one event of a seed: document, fact, edition and index of the event within the fact. */
export function seedEventId(document: string, fact: string, edition: number, index: number): string {
  return v5(JSON.stringify(['seed', document, fact, edition, index]), NAMESPACE);
}

/** The id of the index-th event sent under an Idempotency-Key. */
export function idempotentEventId(key: string, index: number): string {
  return v5(JSON.stringify(['key', key, index]), NAMESPACE);
}
