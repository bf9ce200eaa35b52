/** The types of the API's paths, as src/client/paths.ts has them. */
import openapiTS, { astToString } from 'openapi-typescript';
import { operations } from '../dist/src/http/app.js';
import { openApiDocument } from '../dist/src/http/openapi.js';

export async function clientTypes() {
  const document = JSON.parse(JSON.stringify(openApiDocument(operations)));
  // Any JSON: a type that holds itself is more than TypeScript takes here.
  document.components.schemas['__schema0'] = {};
  return `/** Made from /openapi.json by scripts/client-types.mjs: not to be edited. */\n${astToString(await openapiTS(document))}`;
}
