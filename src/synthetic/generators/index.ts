/** The generators there are, by name. */
import { z } from 'zod';
import { claims } from './claims.js';
import type { Generator } from './generator.js';
import { market } from './market.js';
import { sentiment } from './sentiment.js';
import { shock } from './shock.js';
import { ViewError } from '../../views/context.js';

export type { Generator, Piece, SyntheticEvent } from './generator.js';

export const generators: readonly Generator[] = [market, claims, sentiment, shock];

/**
 * A generator's parameters, checked and completed.
 * @throws ViewError bad-parameter with every fault
 */
export function paramsOf<P extends Record<string, unknown> & { seed: number }>(generator: Generator, given: Readonly<Record<string, unknown>>): P {
  const result = generator.params.safeParse(given);
  if (result.success) return result.data as P;
  throw new ViewError('bad-parameter', 400, `${generator.name}: ${result.error.issues.map((issue) => `${issue.path.join('.') || 'parameters'}: ${issue.message}`).join('; ')}`);
}

/** @throws ViewError not-found */
export function generatorOf(name: string): Generator {
  const found = generators.find((generator) => generator.name === name);
  if (!found) throw new ViewError('not-found', 404, `no generator ${JSON.stringify(name.slice(0, 40))}; there are ${generators.map((generator) => generator.name).join(', ')}`);
  return found;
}

export const generatorNames = generators.map(({ name }) => name) as [string, ...string[]];

/** The parameters of all of them, for the API's document. */
export const generateBody = z.union(generators.map(({ name, params }) => params.extend({ generator: z.literal(name), faults: z.string().optional().meta({ description: 'faults on the way, as duplicates:0.1,late:0.05' }), faultSeed: z.int().nonnegative().optional() })) as unknown as [z.ZodObject, z.ZodObject, ...z.ZodObject[]]);
