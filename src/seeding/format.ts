/**
 * The seed format: a document's facts as events to be, with their sources. docs/seeds.md describes it; its JSON Schema
 * is seeds/seed.schema.json. Anybody's announcement is loaded the same way: nothing here knows a company by name.
 */
import { z } from 'zod';
import { CALENDARS, eventDefinitions, publishedSchema, slug, text, timeRefSchema } from '../../events/index.js';

const shared = {
  publishedAt: publishedSchema.optional(),
  address: z.url().optional().meta({ description: 'where the source can be read' }),
  locator: text.optional().meta({ description: 'paragraph, page or row' }),
  confidence: z.number().gt(0).lte(1).optional(),
  announcement: slug.optional().meta({ description: 'the announcement that this belongs to' }),
  causedBy: text.optional().meta({ description: 'the fact that caused it: `fact`, or `document#fact` in another file' }),
  repeats: text.optional().meta({ description: 'the report that it repeats: `fact` or `document#fact`' }),
};

const eventFields = {
  type: z.string(),
  schemaVersion: z.int().positive().optional(),
  occurredAt: timeRefSchema.optional().meta({ description: 'may be left out where data has `to` or a session' }),
  data: z.record(z.string(), z.json()),
};

const factFields = {
  id: text.meta({ description: 'names the fact within its document; event ids are made from it, so keep it' }),
  note: text.optional().meta({ description: 'for readers of the file; not stored' }),
  edition: z.int().positive().optional().meta({ description: 'default 1; raise it when the fact is changed: it becomes a new event beside the old one' }),
};

const factSchema = z.union([
  z.strictObject({ ...factFields, ...shared, ...eventFields }),
  z.strictObject({ ...factFields, ...shared, events: z.array(z.strictObject({ ...shared, ...eventFields })).min(1) }),
]);
export type SeedFact = z.infer<typeof factSchema>;

const barsSchema = z.strictObject({
  file: text.meta({ description: 'CSV beside this file: date, symbol, open, high, low, close, volume' }),
  instruments: z.record(text, slug).meta({ description: 'symbol in the file → instrument id' }),
  currency: z.record(slug, z.string().regex(/^[A-Z]{3}$/)).meta({ description: 'instrument id → currency; an index is left out' }),
  calendar: z.enum(CALENDARS),
  adjustment: z.enum(['none', 'split', 'total-return']),
});
export type SeedBars = z.infer<typeof barsSchema>;

export const seedSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(1),
  document: slug.meta({ description: 'names the document; ids are made from it, so keep it' }),
  about: text.optional(),
  defaults: z.strictObject(shared).partial().optional().meta({ description: 'what holds for every fact that does not say otherwise' }),
  facts: z.array(factSchema).default([]),
  bars: z.array(barsSchema).optional(),
});
export type Seed = z.infer<typeof seedSchema>;

/** The JSON Schema of the format, each fact's data by its event type. */
export function seedJsonSchema(): Record<string, unknown> {
  const events = [...eventDefinitions.values()].map((definition) => z.strictObject({ ...shared, ...eventFields, type: z.literal(definition.type), data: definition.data }));
  const facts = [...eventDefinitions.values()].map((definition) => z.strictObject({ ...factFields, ...shared, ...eventFields, type: z.literal(definition.type), data: definition.data }));
  const several = z.strictObject({ ...factFields, ...shared, events: z.array(z.union(events)).min(1) });
  const whole = seedSchema.extend({ facts: z.array(z.union([...facts, several])).default([]) });
  return { ...z.toJSONSchema(whole, { io: 'input', unrepresentable: 'any' }), title: 'market-reaction-tracker seed, format 1' };
}
