/** The OpenAPI 3.1 document, from the same list that makes the routes. */
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import { z } from 'zod';
import { sortedEntries } from '../../events/index.js';
import { gridSchema } from '../views/schemas.js';
import { scopeOf } from './access.js';
import { streamSchema } from './live-operations.js';
import { LONGEST_WAIT_S } from './long-poll.js';
import type { Operation } from './operations.js';
import { problemSchema } from './problem.js';
import { queryOf } from './query-of.js';
import { TABLE_CONTENT } from './tables.js';
import { SCOPES } from './tokens.js';
import { hasTable } from './view-tables.js';

const problem = (id: string, description: string): ZodOpenApiResponseObject => ({ id, description, content: { 'application/problem+json': { schema: problemSchema } } });

const PROBLEMS = {
  400: problem('BadRequest', 'the request is not valid: says what, where and what to do'),
  401: problem('Unauthenticated', 'a token is needed, and none that is known came'),
  403: problem('Forbidden', 'the token has not the scope that this needs (insufficient-scope), or a page of another site would write (cross-origin)'),
  404: problem('NotFound', 'not there'),
  408: problem('RequestTimeout', 'the body did not come in time'),
  409: problem('Conflict', 'it stands against what is stored, or is ambiguous'),
  413: problem('TooLarge', 'too large'),
  415: problem('UnsupportedMediaType', 'not a type that is read'),
  421: problem('Misdirected', 'asked by a name that is not of this server'),
  429: problem('TooManyRequests', 'more than the limit allows; Retry-After says for how many seconds'),
  503: problem('NotNow', 'not now'),
  507: problem('StoreFull', 'the store is full'),
};
/** What any request can be refused with. */
const ALWAYS = { 400: PROBLEMS[400], 421: PROBLEMS[421], 429: PROBLEMS[429] };
const WITH_TOKEN = { 401: PROBLEMS[401], 403: PROBLEMS[403] };
const OF_STORE = { 404: PROBLEMS[404], 409: PROBLEMS[409], 503: PROBLEMS[503] };
const OF_WRITES = { 408: PROBLEMS[408], 413: PROBLEMS[413], 415: PROBLEMS[415], 507: PROBLEMS[507] };
const NOT_MODIFIED: ZodOpenApiResponseObject = { id: 'NotModified', description: 'the client has it' };
const HAS_ALL: ZodOpenApiResponseObject = { id: 'HasAll', description: 'of a stream: everything up to `until` is with the client' };

const tables = Object.fromEntries(Object.entries(TABLE_CONTENT).map(([type, schema]) => [type, { schema }]));

const header = (id: string, description: string): z.ZodString => z.string().meta({ header: { id }, description });
const cacheHeaders = z.object({
  ETag: header('ETag', 'changes only when this answer does; a grid has one, which changes when any cell does'),
  'Tracker-Basis': header('Basis', 'ask with ?basis= to get these bytes again'),
  'Tracker-Checkpoint': header('Checkpoint', 'how far the projections are'),
  'Tracker-Recorded': header('Recorded', 'when the last event that they read was stored; of an empty store absent').optional(),
  'Tracker-Stale': header('Stale', 'projections (name@version) that stopped, or fold anew while an older version answers: the answer is as of its basis, which lies before the head').optional(),
  'Tracker-Scenario': header('Scenario', 'the answer is of this scenario: synthetic').optional(),
  'Tracker-State': header('State', 'live, or why the answer may be stale'),
});

const pollHeaders = z.object({
  'If-None-Match': z.string().optional().meta({ description: 'the ETag of the answer that the client has: 304 while it is the same' }),
  Prefer: z.string().optional().meta({ description: `wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most ${LONGEST_WAIT_S}`, examples: ['wait=20'] }),
  'Last-Event-ID': z.string().optional().meta({ description: 'of a stream: id of the last message that the client has' }),
});

export function openApiDocument(operations: readonly Operation[]): unknown {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'market-reaction-tracker',
      version: '1',
      description: 'Announcements and the market\'s reaction to them. Every view is a function of asOf, knownAt, clock and basis; every value names the events behind it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'views', description: 'What was true, as known then' },
      { name: 'events', description: 'The immutable log' },
      { name: 'scenarios', description: 'Worlds of synthetic events, seen by nobody who does not ask for them' },
      { name: 'operations', description: 'The tracker itself' },
    ],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: `made by tracker token, with some of the scopes ${SCOPES.join(', ')}; a server without tokens asks for none` } } },
    paths,
  });
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const view = operation.kind === 'view';
  const scope = scopeOf(operation);
  const asked = queryOf(operation);
  const query = sortedEntries(asked.shape).length > 0 ? asked : undefined;
  const base: ZodOpenApiOperationObject = {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    requestParams: {
      ...(operation.params ? { path: operation.params } : {}),
      ...(query ? { query } : {}),
      ...(view ? { header: pollHeaders } : operation.headers ? { header: operation.headers } : {}),
    },
    // A server that has no tokens lets everybody in.
    security: scope === null ? [] : [{ token: [scope] }, {}],
    responses: {},
  };
  const refusals = { ...ALWAYS, ...(scope === null ? {} : WITH_TOKEN), ...(operation.path.startsWith('/v1') ? OF_STORE : {}), ...(operation.method === 'post' ? { ...OF_WRITES, 403: PROBLEMS[403] } : {}) };
  if (view) {
    const content = { 'application/json': { schema: z.union([operation.answer, gridSchema(operation.answer)]) }, 'text/event-stream': { schema: streamSchema }, ...(hasTable(operation.id) ? tables : {}) };
    return { ...base, responses: { 200: { description: 'the view; asked at several asOf or knownAt, a grid of it', headers: cacheHeaders, content }, 204: HAS_ALL, 304: NOT_MODIFIED, ...refusals } };
  }
  const answers = Object.fromEntries(Object.entries(operation.answers).map(([status, { description, schema, contentType, more = {} }]) => [status, { description, ...(operation.tagged && status === '200' ? { headers: operation.tagged === 'view' ? cacheHeaders : cacheHeaders.pick({ ETag: true }) } : {}), content: { [contentType ?? 'application/json']: { schema }, ...Object.fromEntries(Object.entries(more).map(([type, other]) => [type, { schema: other }])) } }]));
  return {
    ...base,
    ...(operation.body ? { requestBody: { description: operation.body.description, required: true, content: Object.fromEntries(Object.entries(operation.body.content).map(([type, schema]) => [type, { schema }])) } } : {}),
    responses: { ...answers, ...(operation.tagged ? { 304: NOT_MODIFIED } : {}), ...(operation.id === 'getReplay' ? { 204: HAS_ALL } : {}), ...refusals, ...answers },
  };
}
