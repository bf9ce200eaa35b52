/** Views that are followed: a snapshot, then what changes, as server-sent events (docs/live.md). */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { sortedEntries } from '../../events/index.js';
import type { Position } from '../store/port.js';
import type { Tracker } from '../tracker.js';
import { decodeToken, type Answer, type Asked, type ViewContext } from '../views/context.js';
import { isGrid } from '../views/grid.js';
import { followAnswer, type LiveMessage } from '../views/live/follow-answer.js';
import { keysOf } from '../views/live/live-view.js';
import type { ViewOperation } from './operations.js';
import { problemBody, RequestError } from './problem.js';
import { message, quietMsOf, sendStream } from './sse.js';
import { untilGone } from './streaming.js';

/** What a stream can be asked with beside its own. */
export const liveQuery = z.object({
  until: z.string().optional().meta({ description: 'with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it' }),
});

/** A stream as a text: what its messages hold is in docs/live.md. */
export const streamSchema = z.string().meta({ id: 'Stream', description: 'server-sent events: snapshot {basis, keys, body}, change {basis, upserts, retractions}, progress {basis, state}, reset {reason}, problem, end {basis}, dropped {reason} (docs/live.md)' });

/** @throws ViewError */
export function untilOf({ store, runner }: Tracker, text: string | undefined): Position | null {
  if (text === undefined) return null;
  return text === 'head' ? runner.position() : decodeToken(text, store.id, 'until');
}

/** @throws RequestError, and what the view asked once throws */
export async function sendLive(tracker: Tracker, operation: ViewOperation, view: (context: ViewContext) => Answer<unknown>, req: Request, res: Response): Promise<void> {
  const { until, minPosition: _done, scenario: _world, ...query } = req.query as Record<string, string | undefined>;
  if (isGrid(query)) throw new RequestError(400, 'bad-parameter', 'asOf and knownAt: a grid is not followed; follow one of its cells');
  if (query['basis'] !== undefined) throw new RequestError(400, 'bad-parameter', 'basis: what is followed goes on; leave it out, and give the last id (Last-Event-ID) to go on from there');
  const gone = untilGone(req, res);
  const after = req.get('last-event-id') ?? null;
  const question = { id: JSON.stringify([req.path, sortedEntries(query)]), asked: query as Asked, view, keys: keysOf(operation.answer) };
  const messages = followAnswer(tracker.runner, question, { after, until: untilOf(tracker, until), quietMs: quietMsOf(req), signal: gone });
  // What is refused is refused before anything is sent.
  const first = await messages.next();
  const second = first.value?.kind === 'progress' && until !== undefined ? await messages.next() : null;
  if (second?.value?.kind === 'end') {
    // It has all that it asked for: an EventSource does not come again after this.
    res.status(204).end();
    return;
  }
  async function* texts(): AsyncGenerator<string> {
    for (const told of [first, second]) if (told?.value) yield written(told.value);
    for await (const told of messages) yield written(told);
  }
  await sendStream(tracker, res, gone, texts());
}

function written(told: LiveMessage): string {
  switch (told.kind) {
    case 'snapshot':
    case 'change': {
      const { kind, id, ...data } = told;
      return message(kind, id, data);
    }
    case 'progress':
      return message('progress', told.id, { basis: told.basis, state: told.state });
    case 'reset':
      return message('reset', null, { reason: told.reason });
    case 'problem':
      return message('problem', null, problemBody(told.error));
    case 'end':
      return message('end', null, { basis: told.basis });
  }
}
