/** Writes the types of the client from the OpenAPI document of the built program; a test holds that they are current. */
import { writeFileSync } from 'node:fs';
import { clientTypes } from './client-types-of.mjs';

writeFileSync('src/client/paths.ts', await clientTypes());
