/** A list of an answer as a table: its columns are the fields of the list's schema, named as in the API; what is nested is JSON. */
import { z } from 'zod';
import { parseInstant } from '../../events/index.js';
import { inOneBatch, type Cell, type Column, type Kind, type Table } from './table.js';

/** Texts that are instants, in every view. */
const TIMES = new Set(['time', 'knownFrom', 'possibleFrom', 'certainFrom']);

/** @param schema of one item @param items as the view answers them */
export function itemsTable(name: string, schema: z.ZodObject, items: readonly Readonly<Record<string, unknown>>[]): Table {
  const columns = Object.entries(schema.shape as Record<string, z.ZodType>).map(([field, type]): Column => ({ name: field, kind: TIMES.has(field) ? 'time' : kindOf(type) }));
  return { name, columns, rows: inOneBatch(items.map((item) => columns.map(({ name: field, kind }) => cellOf(kind, item[field] ?? null)))) };
}

function kindOf(type: z.ZodType): Kind {
  if (type instanceof z.ZodNullable || type instanceof z.ZodOptional) return kindOf(type.unwrap() as z.ZodType);
  if (type instanceof z.ZodNumber) return 'float';
  if (type instanceof z.ZodBoolean) return 'flag';
  return type instanceof z.ZodString || type instanceof z.ZodEnum || type instanceof z.ZodLiteral ? 'text' : 'json';
}

function cellOf(kind: Kind, value: unknown): Cell {
  if (value === null) return null;
  // A list is nested as an object is; a text where others are nested stays one.
  if (kind === 'json') return typeof value === 'object' ? (value as Cell) : (value as string | number | boolean);
  return kind === 'time' ? parseInstant(value as string) : (value as Cell);
}
