/** Scenarios: worlds of synthetic events. What is asked of one is asked of the other operations, with `scenario=`. */
import type { Response } from 'express';
import { z } from 'zod';
import { SCENARIO_KINDS, slug, text } from '../../events/index.js';
import { scenarioFields, scenarioSchema } from '../synthetic/catalogue.js';
import { inspect } from '../synthetic/inspect.js';
import { truthSchema } from '../synthetic/truth.js';
import type { PlainOperation } from './operations.js';
import { bodyBy } from './problem.js';

const detailSchema = z
  .object({
    ...scenarioSchema.shape,
    events: z.number().meta({ description: 'its own' }),
    types: z.array(z.object({ type: z.string(), events: z.number() })),
    streams: z.number(),
    firstRecordedAt: z.string().nullable(),
    lastRecordedAt: z.string().nullable(),
    rejected: z.number().meta({ description: 'events that their schema rejects: no view sees them' }),
    truths: z.number().meta({ description: 'what generators left as ground truth' }),
    checkpoint: z.string().meta({ description: 'token: up to where it is projected' }),
  })
  .meta({ id: 'ScenarioDetail' });

const listSchema = z.object({ scenarios: z.array(scenarioSchema) }).meta({ id: 'Scenarios' });
const openBody = z.strictObject({ scenario: slug.meta({ examples: ['flash-crash'] }), kind: z.enum(SCENARIO_KINDS), title: text.optional(), note: text.optional(), basis: z.string().optional().meta({ description: 'of an overlay: Tracker-Basis of an earlier answer; unstated: the real world as it is now' }) });
const archiveBody = z.strictObject({ note: text.optional() });
const STATES = ['open', 'archived', 'all'] as const;
const params = z.object({ id: slug.meta({ examples: ['flash-crash'] }) });

function send(res: Response, status: number, body: unknown): void {
  res.status(status).set('Cache-Control', 'no-cache').type('application/json').end(`${JSON.stringify(body)}\n`);
}

/** How long to wait until a scenario is folded, until the client is told to come again. */
const FOLDED_WITHIN_MS = 5000;

export const scenarioOperations: readonly PlainOperation[] = [
  {
    kind: 'plain',
    id: 'listScenarios',
    method: 'get',
    path: '/v1/scenarios',
    tag: 'scenarios',
    summary: 'Scenarios, in the order in which they were opened',
    query: z.object({ state: z.enum(STATES).optional().meta({ description: 'default open' }) }),
    answers: { 200: { description: 'the scenarios', schema: listSchema } },
    async handle(_tracker, req, res, worlds) {
      const state = (req.query['state'] ?? 'open') as (typeof STATES)[number];
      const scenarios = (await worlds.list()).filter(({ archivedAt }) => state === 'all' || (archivedAt !== null) === (state === 'archived'));
      send(res, 200, { scenarios: scenarios.map(scenarioFields) });
    },
  },
  {
    kind: 'plain',
    id: 'openScenario',
    method: 'post',
    path: '/v1/scenarios',
    tag: 'scenarios',
    summary: 'Open a scenario',
    description: 'The same again is known and changes nothing. An id stands for one scenario for ever.',
    body: { description: 'what it is', content: { 'application/json': openBody } },
    answers: { 201: { description: 'opened', schema: scenarioSchema }, 200: { description: 'it was open as asked', schema: scenarioSchema } },
    async handle(_tracker, req, res, worlds) {
      const { scenario, known } = await worlds.open(bodyBy(openBody, req.body));
      send(res, known ? 200 : 201, scenarioFields(scenario));
    },
  },
  {
    kind: 'plain',
    id: 'getScenario',
    method: 'get',
    path: '/v1/scenarios/{id}',
    tag: 'scenarios',
    summary: 'One scenario: what is in it',
    params,
    answers: { 200: { description: 'the scenario', schema: detailSchema } },
    async handle(_tracker, req, res, worlds) {
      const id = String(req.params['id']);
      const scenario = await worlds.find(id);
      const detail = await worlds.use(id, (world) => inspect(world), FOLDED_WITHIN_MS);
      send(res, 200, { ...scenarioFields(scenario), ...detail, truths: (await worlds.truths(id)).length });
    },
  },
  {
    kind: 'plain',
    id: 'getScenarioTruth',
    method: 'get',
    path: '/v1/scenarios/{id}/truth',
    tag: 'scenarios',
    summary: 'Ground truth: what the generators know of what they made. Nothing in the scenario sees it',
    params,
    answers: { 200: { description: 'the truths', schema: z.object({ truths: z.array(truthSchema) }) } },
    async handle(_tracker, req, res, worlds) {
      send(res, 200, { truths: await worlds.truths(String(req.params['id'])) });
    },
  },
  {
    kind: 'plain',
    id: 'archiveScenario',
    method: 'post',
    path: '/v1/scenarios/{id}/archive',
    tag: 'scenarios',
    summary: 'Archive a scenario: it is read as before, and takes no more events',
    params,
    body: { description: 'why, if there is something to say', content: { 'application/json': archiveBody } },
    answers: { 200: { description: 'archived', schema: scenarioSchema } },
    async handle(_tracker, req, res, worlds) {
      const { note } = bodyBy(archiveBody, req.body ?? {});
      const { scenario } = await worlds.archive(String(req.params['id']), note);
      send(res, 200, scenarioFields(scenario));
    },
  },
];
