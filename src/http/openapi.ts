/** The OpenAPI 3.1 document, from the same list that makes the routes. */
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import { sortedEntries } from '../../events/index.js';
import { gridSchema } from '../views/schemas.js';
import { LONGEST_WAIT_S } from './long-poll.js';
import type { Operation } from './operations.js';
import { problemSchema } from './problem.js';
import { queryOf } from './query-of.js';
import { TABLE_CONTENT } from './tables.js';
import { hasTable } from './view-tables.js';

const problem = (description: string): { description: string; content: Record<string, { schema: z.ZodType }> } => ({ description, content: { 'application/problem+json': { schema: problemSchema } } });

const tables = Object.fromEntries(Object.entries(TABLE_CONTENT).map(([type, schema]) => [type, { schema }]));

const cacheHeaders = z.object({
  ETag: z.string().meta({ description: 'changes only when this answer does; a grid has one, which changes when any cell does' }),
  'Tracker-Basis': z.string().meta({ description: 'ask with ?basis= to get these bytes again' }),
  'Tracker-Checkpoint': z.string().meta({ description: 'how far the projections are' }),
  'Tracker-Stale': z.string().optional().meta({ description: 'projections (name@version) that stopped, or fold anew while an older version answers: the answer is as of its basis, which lies before the head' }),
  'Tracker-Scenario': z.string().optional().meta({ description: 'the answer is of this scenario: synthetic' }),
  'Tracker-State': z.string().meta({ description: 'live, or why the answer may be stale' }),
});

const pollHeaders = z.object({
  'If-None-Match': z.string().optional().meta({ description: 'the ETag of the answer that the client has: 304 while it is the same' }),
  Prefer: z.string().optional().meta({ description: `wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most ${LONGEST_WAIT_S}`, examples: ['wait=20'] }),
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
    paths,
  });
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const view = operation.kind === 'view';
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
    responses: {},
  };
  const misdirected = problem('asked by a name that is not of this machine: the server listens on loopback alone');
  const crossOrigin = problem('a page of another site may not write');
  const failures = { 421: misdirected, 400: problem('the request is not valid: says what, where and what to do'), 404: problem('not there'), 409: problem('it stands against what is stored, or is ambiguous'), 503: problem('not now') };
  if (view) {
    return { ...base, responses: { 200: { description: 'the view; asked at several asOf or knownAt, a grid of it', headers: cacheHeaders, content: { 'application/json': { schema: z.union([operation.answer, gridSchema(operation.answer)]) }, ...(hasTable(operation.id) ? tables : {}) } }, 304: { description: 'the client has it' }, ...failures } };
  }
  const answers = Object.fromEntries(Object.entries(operation.answers).map(([status, { description, schema, contentType, more = {} }]) => [status, { description, ...(operation.tagged && status === '200' ? { headers: cacheHeaders } : {}), content: { [contentType ?? 'application/json']: { schema }, ...Object.fromEntries(Object.entries(more).map(([type, other]) => [type, { schema: other }])) } }]));
  const writes = operation.method === 'post' ? { 403: crossOrigin, 413: problem('too large'), 415: problem('not a type that is read'), 507: problem('the store is full') } : {};
  return {
    ...base,
    ...(operation.body ? { requestBody: { description: operation.body.description, required: true, content: Object.fromEntries(Object.entries(operation.body.content).map(([type, schema]) => [type, { schema }])) } } : {}),
    responses: { ...answers, ...(operation.tagged ? { 304: { description: 'the client has it' } } : {}), ...(operation.path.startsWith('/v1') ? failures : { 400: failures[400], 421: misdirected }), ...writes, ...answers },
  };
}
