/** The form of a generator: from parameters and a seed to events as they are sent, and to what is true of them. */
import { z } from 'zod';
import { scenarioEventId } from '../../ids.js';
import type { Tracker } from '../../tracker.js';
import { ViewError } from '../../views/context.js';
import type { Truth } from '../truth.js';

/** As it is sent: `{id, type, data, metadata}`. */
export interface SyntheticEvent {
  id: string;
  type: string;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** Events that belong together, mostly of one stream, and what is true of them. */
export interface Piece {
  events: SyntheticEvent[];
  truths: Omit<Truth, 'scenario' | 'generator' | 'seed'>[];
}

export interface Generator {
  readonly name: string;
  readonly says: string;
  /** It looks at the world that it fills. */
  readonly looks?: true;
  /** The parameters, all with a default or a description of what they must be. */
  readonly params: z.ZodObject;
  generate(params: never, where: Where): Iterable<Piece>;
}

/** Where the events go. */
export interface Where {
  /** What the streams begin with. */
  prefix: string;
  /** Only a generator that changes what is there looks at it. */
  world: Tracker | null;
}

export const seedParam = z.coerce.number().int().min(0).max(2_147_483_647).default(1).meta({ description: 'the same seed and parameters give the same bytes' });

/** @throws ViewError bad-parameter */
export function refuseParam(name: string, expected: string, got: unknown): never {
  throw new ViewError('bad-parameter', 400, `${name}: ${expected}, got ${JSON.stringify(got)}`);
}

/** Ids of a generator's events: of the generator, its seed, and what the event is. */
export function idsOf(generator: string, seed: number): (...parts: readonly (string | number)[]) => string {
  return (...parts) => scenarioEventId('synth', generator, String(seed), ...parts.map(String));
}

/** What every synthetic event names as its source. */
export function sourceOf(generator: string, seed: number): { document: string } {
  return { document: `synthetic: ${generator}, seed ${seed}` };
}
