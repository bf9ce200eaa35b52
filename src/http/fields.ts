/** A part of an answer: the fields that are asked for, wherever lists are on the way to them, and how it was asked. */
import { z } from 'zod';
import { askedSchema } from '../views/schemas.js';
import { RequestError } from './problem.js';

type Fields = Record<string, unknown>;

/** What an answer says of how it was asked stays in it: without that nobody knows what the rest is of. */
const KEPT = new Set<string>([...askedSchema.keyof().options, 'thinned']);

export const fieldsQuery = z.object({ fields: z.string().optional().meta({ description: 'only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close', examples: ['level.close,points.date,points.close'] }) });

/**
 * Reads `level.close,points.date` for an answer of a schema.
 * @throws RequestError for a field that the answer never has
 */
export function fieldsOf(text: string, answer: z.ZodType): string[][] {
  const paths = text.split(',').map((path) => path.trim()).filter((path) => path !== '').map((path) => path.split('.'));
  if (paths.length === 0) throw new RequestError(400, 'bad-parameter', 'fields: expected some, such as level.close,points.date');
  for (const path of paths) {
    let schema: z.ZodType | null = answer;
    for (const [i, name] of path.entries()) {
      const shape: z.ZodObject | null = objectIn(schema);
      const next: unknown = shape && Object.hasOwn(shape.shape, name) ? shape.shape[name] : undefined;
      if (next === undefined) throw new RequestError(400, 'bad-parameter', `fields: the answer has no ${JSON.stringify(path.join('.').slice(0, 80))}${shape ? `; ${i === 0 ? 'it' : path.slice(0, i).join('.')} has ${shape.keyof().options.join(', ')}` : ''}`);
      schema = next as z.ZodType;
    }
  }
  return paths;
}

/** The object that a schema is of, through lists and what may be absent; null where there is none. */
function objectIn(schema: z.ZodType): z.ZodObject | null {
  if (schema instanceof z.ZodObject) return schema;
  if (schema instanceof z.ZodArray) return objectIn(schema.element as z.ZodType);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return objectIn(schema.unwrap() as z.ZodType);
  return null;
}

/** The part of a body. */
export function pickFields(body: unknown, paths: readonly (readonly string[])[]): unknown {
  return pick(body, [...paths, ...[...KEPT].map((name) => [name])]);
}

function pick(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, paths));
  if (typeof value !== 'object' || value === null) return value;
  const picked: Fields = {};
  // In the order of the answer itself.
  for (const [name, inner] of Object.entries(value)) {
    const below = paths.filter(([first]) => first === name).map((path) => path.slice(1));
    if (below.length > 0) picked[name] = below.some((path) => path.length === 0) ? inner : pick(inner, below);
  }
  return picked;
}
