/** Writes the JSON Schemas (events and the seed format) from the built program; a test holds that they are current. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { eventJsonSchemas } from '../dist/events/index.js';
import { seedJsonSchema } from '../dist/src/seeding/format.js';

mkdirSync('docs/schemas', { recursive: true });
for (const [type, schema] of Object.entries(eventJsonSchemas())) writeFileSync(`docs/schemas/${type}.json`, `${JSON.stringify(schema, null, 2)}\n`);
writeFileSync('seeds/seed.schema.json', `${JSON.stringify(seedJsonSchema(), null, 2)}\n`);
