/** Studies that are no view with an address of its own: many events at once, and one run again. */
import { z } from 'zod';
import { answerFrom, type Asked } from '../views/context.js';
import { againView } from '../views/reaction.js';
import { reactionSchema } from '../views/reaction-schema.js';
import { decodeAgain } from '../views/study-again.js';
import { eventsStudyView, MOST_EVENTS } from '../views/study-events.js';
import { eventsStudySchema, studyEventSchema } from '../views/study-events-schema.js';
import type { PlainOperation } from './operations.js';
import { bodyBy, RequestError } from './problem.js';
import { sendAnswer, sendResult } from './respond.js';
import { askedQuery, studyQuery } from './view-operations.js';

const bodySchema = studyQuery
  .extend({
    events: z.array(studyEventSchema).min(1).max(MOST_EVENTS),
    regress: z.string().optional().meta({ description: 'names of values that the cumulated returns are regressed on, with commas between' }),
    seed: z.int().nonnegative().optional().meta({ description: 'of sign flips and bootstraps, default 1' }),
  })
  .strict();

export const studyOperations: readonly PlainOperation[] = [
  {
    kind: 'plain',
    id: 'studyEvents',
    method: 'post',
    path: '/v1/reactions',
    tag: 'views',
    summary: 'Event study of many events: each by itself, and the tests over them that their number allows',
    description: 'Nothing is stored. The same body with the same basis gives the same bytes.',
    query: askedQuery,
    body: { description: 'the events and the settings', content: { 'application/json': bodySchema } },
    answers: { 200: { description: 'the study', schema: eventsStudySchema } },
    async handle(tracker, req, res) {
      if (!req.is('application/json')) throw new RequestError(415, 'unsupported-media-type', `expected Content-Type application/json, got ${req.get('content-type') ?? 'none'}`);
      const { events, ...query } = bodyBy(bodySchema, req.body);
      await sendResult(tracker, req, res, answerFrom(tracker.runner, req.query as Asked, (context) => eventsStudyView(context, events, query)));
    },
  },
  {
    kind: 'plain',
    id: 'getReactionAgain',
    method: 'get',
    path: '/v1/reactions/{again}',
    tag: 'views',
    tagged: 'view',
    summary: 'A study run again, on the events that it read',
    description: 'With what its answer has as `again`. 409 where this version of the program makes another result of the same events.',
    params: z.object({ again: z.string().meta({ description: 'as the answer has it' }) }),
    answers: { 200: { description: 'the study, as it was', schema: reactionSchema } },
    async handle(tracker, req, res) {
      const again = decodeAgain(String(req.params['again']));
      await sendAnswer(tracker, req, res, answerFrom(tracker.runner, again.asked, againView(again)), { pinned: true });
    },
  },
];
