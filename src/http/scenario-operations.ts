/** Scenarios: worlds of synthetic events. What is asked of one is asked of the other operations, with `scenario=`. */
import type { Response } from 'express';
import { z } from 'zod';
import { SCENARIO_KINDS, slug, text } from '../../events/index.js';
import { inState, SCENARIO_STATES, scenarioFields, scenarioSchema, type ScenarioState } from '../synthetic/catalogue.js';
import { diff, diffRowSchema, DIFF_VIEWS, type DiffQuery, type DiffRow } from '../synthetic/diff.js';
import { FAULTS, parseFaults } from '../synthetic/faults.js';
import type { Filled } from '../synthetic/fill.js';
import { generateBody, generatorNames } from '../synthetic/generators/index.js';
import { inspect } from '../synthetic/inspect.js';
import type { Worlds } from '../synthetic/worlds.js';
import { encodeToken, ViewError } from '../views/context.js';
import { truthSchema } from '../synthetic/truth.js';
import type { PlainOperation } from './operations.js';
import { bodyBy } from './problem.js';
import { sendTagged } from './respond.js';

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
const params = z.object({ id: slug.meta({ examples: ['flash-crash'] }) });

const MOST_GENERATED = 200_000;
const MOST_REFUSED_SHOWN = 100;

/** What chooses the generator; its parameters are checked by itself. */
const generateForm = z.looseObject({ generator: z.enum(generatorNames), faults: z.string().optional(), faultSeed: z.int().nonnegative().optional() });

export const filledSchema = z
  .object({
    scenario: z.string(),
    stored: z.number(),
    known: z.number().meta({ description: 'they were there before, or came twice' }),
    refused: z.array(z.object({ index: z.number(), faults: z.array(z.enum(FAULTS)), problem: z.string() })).meta({ description: `the first ${MOST_REFUSED_SHOWN}` }),
    refusedCount: z.number(),
    lost: z.array(z.object({ index: z.number(), fault: z.enum(['gaps', 'drops']) })).meta({ description: 'places of the events that faults took away' }),
    faults: z.partialRecord(z.enum(FAULTS), z.number()).meta({ description: 'how many deliveries each met' }),
    truths: z.number(),
    basis: z.string().nullable().meta({ description: 'token: as minPosition it waits until all of it is projected' }),
  })
  .meta({ id: 'Filled' });

/** Once it is projected, or some seconds later. */
export async function sendFilled(res: Response, worlds: Worlds, id: string, { stored, known, refused, lost, faults, position }: Filled, truths: number): Promise<void> {
  const basis = await worlds.use(id, async ({ runner, store }) => {
    if (position !== null) await runner.waitFor(position, FOLDED_WITHIN_MS);
    return position && encodeToken(store.id, position);
  }, FOLDED_WITHIN_MS);
  send(res, 200, { scenario: id, stored, known, refused: refused.slice(0, MOST_REFUSED_SHOWN), refusedCount: refused.length, lost, faults, truths, basis } satisfies z.infer<typeof filledSchema>);
}

function refuseMany(generator: string, { firms, days }: Readonly<Record<string, unknown>>): void {
  if (generator === 'market' && Number(firms ?? 50) * Number(days ?? 500) > MOST_GENERATED) throw new ViewError('bad-parameter', 400, `market: expected firms × days of at most ${MOST_GENERATED.toLocaleString('en')} in one request, got ${Number(firms ?? 50) * Number(days ?? 500)}: tracker synth market makes more`);
}

function send(res: Response, status: number, body: unknown): void {
  res.status(status).set('Cache-Control', 'no-cache').type('application/json').end(`${JSON.stringify(body)}\n`);
}

/** How long a scenario may take to be folded, and what was stored to be projected, until the client is told to come again. */
export const FOLDED_WITHIN_MS = 5000;

export const scenarioOperations: readonly PlainOperation[] = [
  {
    kind: 'plain',
    id: 'listScenarios',
    method: 'get',
    path: '/v1/scenarios',
    tag: 'scenarios',
    summary: 'Scenarios, in the order in which they were opened',
    query: z.object({ state: z.enum(SCENARIO_STATES).optional().meta({ description: 'default open' }) }),
    answers: { 200: { description: 'the scenarios', schema: listSchema } },
    tagged: 'bytes',
    async handle(_tracker, req, res, worlds) {
      const state = (req.query['state'] ?? 'open') as ScenarioState;
      const scenarios = (await worlds.list()).filter((scenario) => inState(scenario, state));
      await sendTagged(req, res, { scenarios: scenarios.map(scenarioFields) });
    },
  },
  {
    kind: 'plain',
    id: 'openScenario',
    method: 'post',
    path: '/v1/scenarios',
    tag: 'scenarios',
    scope: 'scenario',
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
    id: 'diffScenario',
    method: 'get',
    path: '/v1/scenarios/{id}/diff',
    tag: 'scenarios',
    summary: 'A scenario beside the real world: every value of every view that its events are about, before and after, and which events caused it',
    description: 'An overlay is held against the real world that it lies on; against=now against the real world as it is. Both are asked at one moment: asOf, or the later of those that they would take of themselves.',
    params,
    query: z.object({
      view: z.enum(DIFF_VIEWS).optional().meta({ description: 'only this one' }),
      subject: z.string().optional().meta({ description: 'only of this instrument, entity or announcement (ids)' }),
      asOf: z.string().optional(),
      knownAt: z.string().optional(),
      against: z.enum(['base', 'now']).optional().meta({ description: 'default base' }),
      benchmark: z.string().optional().meta({ description: 'of reactions, such as INDEX:SPX; without one they are not compared' }),
      limit: z.coerce.number().int().min(1).max(10_000).optional().meta({ description: 'at most so many rows, default 1000' }),
    }),
    answers: { 200: { description: 'the differences', schema: z.object({ scenario: z.string(), rows: z.array(diffRowSchema), more: z.boolean().meta({ description: 'there are more: narrow it by view or subject, or raise limit; tracker scenario diff has all' }) }).meta({ id: 'ScenarioDiff' }) } },
    async handle(real, req, res, worlds) {
      const id = String(req.params['id']);
      const { limit = '1000', ...query } = req.query as DiffQuery & { limit?: string };
      const scenario = await worlds.find(id);
      const rows: DiffRow[] = [];
      await worlds.use(id, async (world) => {
        for await (const row of diff(real, world, scenario, query)) if (rows.push(row) > Number(limit) || res.closed) return;
      }, FOLDED_WITHIN_MS);
      send(res, 200, { scenario: id, rows: rows.slice(0, Number(limit)), more: rows.length > Number(limit) });
    },
  },
  {
    kind: 'plain',
    id: 'generateEvents',
    method: 'post',
    path: '/v1/scenarios/{id}/generate',
    tag: 'scenarios',
    scope: 'scenario',
    summary: 'Fill a scenario from a generator; what is true of the events is kept beside it',
    description: `The same again stores nothing twice. At most ${MOST_GENERATED.toLocaleString('en')} events in one request; tracker synth makes as many as are wanted.`,
    params,
    body: { description: 'the generator, its seed and parameters, and faults on the way', content: { 'application/json': generateBody } },
    answers: { 200: { description: 'what was stored', schema: filledSchema } },
    async handle(_tracker, req, res, worlds) {
      const id = String(req.params['id']);
      const { generator, faults, faultSeed, ...given } = bodyBy(generateForm, req.body);
      refuseMany(generator, given);
      const filled = await worlds.generate(id, generator, given, { faults: faults === undefined ? undefined : { seed: faultSeed ?? 1, rates: parseFaults(faults) } });
      await sendFilled(res, worlds, id, filled, filled.truths.length);
    },
  },
  {
    kind: 'plain',
    id: 'archiveScenario',
    method: 'post',
    path: '/v1/scenarios/{id}/archive',
    tag: 'scenarios',
    scope: 'scenario',
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
