/** The form in which each event type says what it is; see index.ts for the list. */
import type { z } from 'zod';

/** What an event is about decides its stream: `<prefix>instrument-<id>`, `entity-…`, `announcement-…` or `factors-…`. */
export type Subject = 'instrument' | 'entity' | 'announcement' | 'factors';

export interface EventDefinition {
  readonly type: string;
  /** Current schema version; older ones are listed in upcasters.ts. */
  readonly version: number;
  /** Names the field of data whose value is the subject's id; with two, the first that is present. */
  readonly about: Subject | readonly Subject[];
  /**
   * What bounds `knownFrom` from below: the end of what it observes, its start (a commitment counts from there), or
   * nothing (a forecast).
   */
  readonly observes: 'end' | 'start' | 'nothing';
  /** One sentence for readers of the JSON Schema. */
  readonly says: string;
  readonly data: z.ZodType;
  /** A quick yes for data that the schema accepts unchanged; see quick.ts. */
  readonly quick?: (data: unknown) => boolean;
}

/** Keeps the literal types of a definition. */
export function define<const D extends EventDefinition>(definition: D): D {
  return definition;
}
