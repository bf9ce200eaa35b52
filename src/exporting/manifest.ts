/** What an export says of itself: of what log it was made, by which program, and what is in each file. */
import { z } from 'zod';
import { FORMATS } from './formats.js';
import { TABLES } from './table.js';

export const MANIFEST = 'manifest.json';

const instant = z.string().nullable();

const fileSchema = z.strictObject({
  /** From the manifest's folder, with slashes. */
  path: z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$)).+$/),
  rows: z.number(),
  bytes: z.number(),
  sha256: z.string(),
  /** Of ts_known. */
  minKnown: instant,
  maxKnown: instant,
});

const tableSchema = z.strictObject({
  name: z.enum(TABLES),
  columns: z.array(z.strictObject({ name: z.string(), kind: z.enum(['text', 'integer', 'float', 'flag', 'time', 'json']) })),
  rows: z.number(),
  /** SHA-256 over the rows in their order, without the day of a partition: the same in every format and layout. */
  rowsHash: z.string(),
  /** In the order of the rows. */
  files: z.array(fileSchema),
});

/** What an export is of. */
export const headSchema = z.strictObject({
  program: z.string(),
  version: z.string(),
  node: z.string(),
  command: z.string(),
  store: z.string(),
  /** Reproduces the views' answers (`--basis`). */
  basis: z.string(),
  prefix: z.string(),
  /** Of the first and last event of the log that it was made of. */
  positions: z.strictObject({ from: z.string().nullable(), to: z.string().nullable() }),
  clock: z.literal('published'),
  knownAt: instant,
  asOf: instant,
  scenario: z.string().nullable(),
  /** What chose the rows, as it was asked. */
  selection: z.record(z.string(), z.string()),
  projections: z.array(z.strictObject({ name: z.string(), version: z.number(), stateHash: z.string() })),
  /** SHA-256 over the language's version and the tables' columns. */
  schemaHash: z.string(),
  calendarVersion: z.number(),
  quantityRule: z.number(),
  /** Of what is drawn at random; nothing of an export is. */
  seed: z.number().nullable(),
});

export const manifestSchema = z.strictObject({
  ...headSchema.shape,
  format: z.enum(FORMATS),
  compression: z.string().nullable(),
  partition: z.literal('date').nullable(),
  /** SHA-256 over the facts in the order of the log, as copies of a store have it; null where events were chosen, or none are in it. */
  factsHash: z.string().nullable(),
  tables: z.array(tableSchema),
});

export type Head = z.infer<typeof headSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
export type TableEntry = z.infer<typeof tableSchema>;
export type FileEntry = z.infer<typeof fileSchema>;

/** The head's key fields, as Arrow and Parquet repeat them in their own metadata. */
export function metadataOf({ program, version, store, basis, positions, clock, knownAt, asOf, scenario, projections, schemaHash, calendarVersion, quantityRule }: Head, table: string): Record<string, string> {
  return { 'market-reaction-tracker': JSON.stringify({ table, program, version, store, basis, positions, clock, knownAt, asOf, scenario, projections, schemaHash, calendarVersion, quantityRule }) };
}
