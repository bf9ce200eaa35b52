/**
 * A feed over HTTP: NDJSON of any length, stored as it comes. What was read is stored before more is taken, so a sender
 * that is faster waits; a line that is wrong ends it, or is told beside the others.
 */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Tracker } from '../tracker.js';
import { encodeToken } from '../views/context.js';
import { feedLines, FeedRefusedError, storeFeed } from '../writing/feed.js';
import { send } from './event-operations.js';
import { RequestError, sendProblem } from './problem.js';
import { leave, untilGone } from './streaming.js';

export const feedQuery = z.object({
  feed: z.literal('true').optional().meta({ description: 'with NDJSON: of any length, stored as it comes; a wrong line ends it, and what came before is stored' }),
  keepGood: z.literal('true').optional().meta({ description: 'with feed: goes on after a wrong line; the answer lists the first of them' }),
});

export const fedSchema = z
  .object({
    lines: z.number().meta({ description: 'up to this line everything is stored, was there, or was refused' }),
    stored: z.number(),
    known: z.number().meta({ description: 'the same event was stored before' }),
    refused: z.number(),
    refusals: z.array(z.string()).meta({ description: 'why, the first of them' }),
    basis: z.string().meta({ description: 'views asked with this basis see all of it' }),
  })
  .meta({ id: 'Fed' });

const MOST_REFUSALS = 100;
const LONGEST_LINE = 2 * 1024 * 1024;
/** So many lines are checked and stored together. */
const BATCH = 500;
const PROJECTED_WITHIN_MS = 10_000;

/** Does a request bring a feed? It is then not read by whoever reads bodies whole. */
export function isFeed(req: Request): boolean {
  return req.method === 'POST' && req.query['feed'] === 'true' && req.is('application/x-ndjson') !== false;
}

/** @throws RequestError */
export async function takeFeed(tracker: Tracker, req: Request, res: Response): Promise<void> {
  if (req.headers['content-encoding'] !== undefined && req.headers['content-encoding'] !== 'identity') throw new RequestError(415, 'unsupported-media-type', 'Content-Encoding: a feed is taken as it is, not compressed');
  const beside = ['faults', 'seed'].find((name) => req.query[name] !== undefined) ?? ['if-match', 'if-none-match'].find((name) => req.headers[name] !== undefined);
  if (beside !== undefined) throw new RequestError(400, 'bad-parameter', `${beside}: goes without feed`);
  const refusals: string[] = [];
  const done = { stored: 0, known: 0 };
  const options = {
    keepGood: req.query['keepGood'] === 'true',
    idempotencyKey: req.get('idempotency-key'),
    signal: untilGone(req, res),
    tell: (message: string) => { if (refusals.length < MOST_REFUSALS) refusals.push(message); },
    stored: (events: readonly { status: 'stored' | 'known' }[]) => { for (const { status } of events) done[status] += 1; },
  };
  try {
    // A request that is cut off has no end: its reading throws, and half a line is not taken.
    const { last, stored, known, refused } = await storeFeed(tracker, feedLines(req.setEncoding('utf8') as AsyncIterable<string>, () => false, { longest: LONGEST_LINE, together: BATCH }), options);
    const head = await tracker.store.head();
    if (head !== null) await tracker.runner.waitFor(head, PROJECTED_WITHIN_MS);
    send(tracker, res, stored > 0 ? 201 : 200, { lines: last, stored, known, refused, refusals, basis: encodeToken(tracker.store.id, head) });
  } catch (error) {
    if (!(error instanceof FeedRefusedError)) throw error;
    leave(req);
    const [refusal = ''] = refusals;
    sendProblem(res, { status: 400, kind: 'invalid-event', title: 'A line is not valid; those before it are stored', detail: `${refusal}. The lines before it are stored, it and those after it are not: mend it and send the rest, or use keepGood=true`, extra: { line: Number(/^line (\d+)/.exec(refusal)?.[1] ?? 0), ...done } });
  }
}
