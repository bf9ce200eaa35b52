/** Is it up, is it ready, how far are the projections, what does the API look like. */
import { z } from 'zod';
import { stateHash } from '../projecting/state-hash.js';
import type { Tracker } from '../tracker.js';
import type { PlainOperation } from './operations.js';
import { checkpointHeaders } from './respond.js';

const projectionSchema = z
  .object({
    name: z.string(),
    version: z.number(),
    status: z.enum(['catching-up', 'live', 'backing-off', 'closed', 'faulted']),
    problem: z.string().nullable(),
    order: z.number().meta({ description: 'events folded' }),
    rows: z.number(),
    behind: z.number().meta({ description: 'events that the tracker has read and this projection has not folded' }),
    hash: z.string().nullable().meta({ description: 'state hash, with ?hash=true' }),
  })
  .meta({ id: 'ProjectionStatus' });

const projectionsSchema = z.object({ store: z.string(), events: z.number(), rejected: z.array(z.object({ event: z.string(), type: z.string(), problems: z.array(z.string()) })), rejectedCount: z.number(), projections: z.array(projectionSchema) }).meta({ id: 'Projections' });
const readySchema = z.object({ ready: z.boolean(), state: z.string(), problems: z.array(z.string()) }).meta({ id: 'Readiness' });
const MAX_LISTED = 100;

export type ProjectionsStatus = z.infer<typeof projectionsSchema>;

/** @param withHash hashing reads every row: only on demand */
export function projectionsStatus({ runner, store }: Tracker, withHash: boolean): ProjectionsStatus {
  const events = runner.log.positions.length;
  return {
    store: store.id,
    events,
    rejectedCount: runner.rejected.length,
    rejected: runner.rejected.slice(-MAX_LISTED).map((event) => ({ event: `/v1/events/${event.streamId}/${event.revision}`, type: event.type, problems: event.problems.map((problem) => `${problem.path}: ${problem.expected}`) })),
    projections: [...runner.states.values()].map((state) => ({
      name: state.projection.name,
      version: state.projection.version,
      status: state.fault ? 'faulted' : runner.phase(),
      problem: state.fault?.message ?? runner.problem()?.message ?? null,
      order: state.order,
      rows: state.ledger.rows.length,
      behind: events - state.order,
      hash: withHash ? stateHash(state.projection.name, state.projection.version, state.ledger) : null,
    })),
  };
}

export const healthOperations: readonly PlainOperation[] = [
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
    summary: 'Does it serve current answers?',
    answers: { 200: { description: 'every projection is live', schema: readySchema }, 503: { description: 'not yet, or not any more: says why', schema: readySchema } },
    handle(tracker, _req, res) {
      const { runner } = tracker;
      const problems = [...runner.states.values()].flatMap((state) => (state.fault ? [`projection ${state.projection.name} stopped: ${state.fault.message}`] : []));
      const own = runner.problem();
      if (own) problems.push(own.message);
      const ready = runner.phase() === 'live' && problems.length === 0;
      res.status(ready ? 200 : 503).set('Cache-Control', 'no-store').type('application/json').end(`${JSON.stringify({ ready, state: runner.phase(), problems })}\n`);
    },
  },
];
