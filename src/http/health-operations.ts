/** Is it up, is it ready, how far are the projections, what does the API look like. */
import { z } from 'zod';
import { eventLink, rejections, rowCount } from '../../projections/index.js';
import { stateHash } from '../projecting/state-hash.js';
import type { ProjectionState } from '../projecting/fold.js';
import type { Runner } from '../projecting/runner.js';
import type { Tracker } from '../tracker.js';
import type { Metrics } from './metrics.js';
import type { PlainOperation } from './operations.js';
import { checkpointHeaders } from './respond.js';

const projectionSchema = z
  .object({
    name: z.string(),
    version: z.number(),
    status: z.enum(['catching-up', 'live', 'backing-off', 'stopped', 'closed', 'faulted', 'folding']),
    problem: z.string().nullable(),
    order: z.number().meta({ description: 'events folded' }),
    rows: z.number(),
    behind: z.number().meta({ description: 'events that the tracker has read and this projection has not folded' }),
    serving: z.number().meta({ description: 'the version that answers: an older one while this one folds anew' }),
    hash: z.string().nullable().meta({ description: 'state hash, with ?hash=true' }),
  })
  .meta({ id: 'ProjectionStatus' });

const projectionsSchema = z.object({ store: z.string(), events: z.number(), rejected: z.array(z.object({ event: z.string(), type: z.string(), problems: z.array(z.string()) })), rejectedCount: z.number(), projections: z.array(projectionSchema) }).meta({ id: 'Projections' });
const readySchema = z.object({ ready: z.boolean(), state: z.string(), problems: z.array(z.string()) }).meta({ id: 'Readiness' });
const MAX_LISTED = 100;

export type ProjectionsStatus = z.infer<typeof projectionsSchema>;

/** @param withHash hashing reads every row: only on demand */
export function projectionsStatus({ runner, store }: Tracker, withHash: boolean): ProjectionsStatus {
  const events = runner.events();
  const bad = runner.states.get('rejected')?.ledger;
  return {
    store: store.id,
    events,
    rejectedCount: bad ? rowCount(bad) : 0,
    rejected: bad ? rejections(bad, MAX_LISTED).map((row) => ({ event: eventLink(row), type: row.value.type, problems: row.value.problems.map((problem) => `${problem.path}: ${problem.expected}`) })) : [],
    projections: [...runner.states.values()].map((state) => ({
      name: state.projection.name,
      version: state.projection.version,
      status: state.fault ? 'faulted' : state.order < events ? 'folding' : runner.phase(),
      problem: state.fault?.message ?? runner.problem()?.message ?? null,
      order: state.order,
      rows: rowCount(state.ledger),
      behind: events - state.order,
      serving: runner.stale.get(state.projection.name)?.version ?? state.projection.version,
      hash: withHash ? stateHash(state) : null,
    })),
  };
}

function problemOf(runner: Runner, { projection: { name, version }, order, fault }: ProjectionState): string | null {
  const old = runner.stale.get(name);
  const serves = old ? `version ${old.version} serves, as of event ${old.order}` : `what it had by event ${order} is served`;
  if (fault) return `projection ${name} stopped: ${fault.message}; ${serves}`;
  if (order === runner.events()) return null;
  return `projection ${name}@${version} folds anew: ${order} of ${runner.events()} events${old ? `; ${serves}` : ''}`;
}

export const healthOperations: readonly PlainOperation[] = [
  {
    kind: 'plain',
    id: 'getMetrics',
    method: 'get',
    path: '/metrics',
    tag: 'operations',
    scope: 'admin',
    summary: 'Figures of the tracker, for Prometheus',
    answers: { 200: { description: 'in its text format', contentType: 'text/plain', schema: z.string() } },
    async handle(_tracker, req, res) {
      const metrics = req.app.locals['metrics'] as Metrics;
      res.set({ 'Cache-Control': 'no-store', 'Content-Type': metrics.contentType }).end(await metrics.text());
    },
  },
  {
    kind: 'plain',
    id: 'getProjections',
    method: 'get',
    path: '/v1/projections',
    tag: 'operations',
    summary: 'The projections: version, state, how far they are, what was rejected',
    query: z.object({ hash: z.enum(['true', 'false']).optional() }),
    answers: { 200: { description: 'their state', schema: projectionsSchema } },
    handle(tracker, req, res) {
      res.set({ 'Cache-Control': 'no-cache', ...checkpointHeaders(tracker) }).type('application/json').end(`${JSON.stringify(projectionsStatus(tracker, req.query['hash'] === 'true'))}\n`);
    },
  },
  {
    kind: 'plain',
    id: 'getHealth',
    method: 'get',
    path: '/healthz',
    tag: 'operations',
    scope: null,
    summary: 'Is the process up?',
    answers: { 200: { description: 'it is', schema: z.object({ ok: z.literal(true) }) } },
    handle(_tracker, _req, res) {
      res.set('Cache-Control', 'no-store').type('application/json').end('{"ok":true}\n');
    },
  },
  {
    kind: 'plain',
    id: 'getReadiness',
    method: 'get',
    path: '/readyz',
    tag: 'operations',
    scope: null,
    summary: 'Does it serve current answers?',
    answers: { 200: { description: 'every projection is live, or folds anew while an older version serves', schema: readySchema }, 503: { description: 'not yet, or not any more: says why', schema: readySchema } },
    handle(tracker, _req, res) {
      const { runner } = tracker;
      const problems = [...runner.states.values()].flatMap((state) => problemOf(runner, state) ?? []);
      const own = runner.problem();
      if (own) problems.push(own.message);
      // An older version that serves is what a new program is started beside: it may be sent requests.
      const ready = runner.phase() === 'live' && own === null && [...runner.states.values()].every((state) => !state.fault && (state.order === runner.events() || runner.stale.has(state.projection.name)));
      res.status(ready ? 200 : 503).set('Cache-Control', 'no-store').type('application/json').end(`${JSON.stringify({ ready, state: runner.phase(), problems })}\n`);
    },
  },
];
