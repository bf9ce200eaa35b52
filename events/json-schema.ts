/** JSON Schemas (2020-12) of the language, from the same zod schemas that guard it. */
import { z } from 'zod';
import { metadataSchema } from './envelope.js';
import { eventDefinitions } from './types/index.js';

/** The schema of one event type as it is sent: `{id?, type, data, metadata}`. Undefined for an unknown type. */
export function inputSchemaOf(type: string): z.ZodType | undefined {
  const definition = eventDefinitions.get(type);
  return (
    definition &&
    z
      .strictObject({
        id: z.uuid().optional(),
        type: z.literal(definition.type),
        streamId: z.string().optional(),
        data: definition.data,
        metadata: metadataSchema.partial({ schemaVersion: true, occurredAt: true }).omit({ recordedAt: true }),
      })
      .meta({ id: definition.type, description: definition.says })
  );
}

/** One JSON Schema for each event type, by name. */
export function eventJsonSchemas(): Record<string, unknown> {
  return Object.fromEntries([...eventDefinitions.keys()].sort().map((type) => [type, z.toJSONSchema(inputSchemaOf(type) ?? z.never(), { io: 'input', unrepresentable: 'any' })]));
}
