/**
 * Followers of every view, over random histories of every event type: whoever comes back with his last id has in the end
 * what a fresh request gives, however much came meanwhile; and an answer that is said to hold still is the answer.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewOperations } from '../../src/http/view-operations.js';
import { answerFrom, stillHolds, ViewError, type Answer } from '../../src/views/context.js';
import type { Body, Change, Keys } from '../../src/views/live/changes.js';
import { applyChange } from '../../src/views/live/changes.js';
import { followAnswer } from '../../src/views/live/follow-answer.js';
import { keysOf, type Question } from '../../src/views/live/live-view.js';
import { anyHistory } from '../support/any-history.js';
import { track, type Tracked } from '../support/track.js';
import { ask, pathOf, VIEW_CALLS } from '../support/view-calls.js';

const questions: Question[] = VIEW_CALLS.map((call) => ({ id: pathOf(call), asked: {}, view: (context) => ask(call, context), keys: keysOf((viewOperations.find(({ id }) => id === call.of) as (typeof viewOperations)[number]).answer) }));

interface Follower {
  body: Body | null;
  keys: Keys;
  id: string | null;
}

/** The answer now; null where there is none. */
function fresh({ tracker }: Tracked, { asked, view }: Question): Answer<unknown> | null {
  try {
    return answerFrom(tracker.runner, asked, view);
  } catch (error) {
    if (error instanceof ViewError) return null;
    throw error;
  }
}

/** Comes back with its last id and stays until it is at the head. As over a wire: everything is JSON. @returns what it was told */
async function comeBack({ tracker }: Tracked, question: Question, follower: Follower): Promise<string[]> {
  const kinds: string[] = [];
  for await (const told of followAnswer(tracker.runner, question, { after: follower.id, until: tracker.runner.position(), quietMs: 60_000, signal: new AbortController().signal })) {
    kinds.push(told.kind);
    const sent = JSON.parse(JSON.stringify(told)) as { id?: string; body?: Body; keys?: Keys } & Change;
    if (told.kind === 'snapshot') Object.assign(follower, { body: sent.body, keys: sent.keys });
    if (told.kind === 'change') follower.body = applyChange(follower.body as Body, sent, follower.keys);
    if (sent.id !== undefined) follower.id = sent.id;
  }
  return kinds;
}

describe('A follower of any view', () => {
  it('who comes back now and then has what a fresh request gives, from one snapshot on', async () => {
    let [changes, held] = [0, 0];
    await fc.assert(
      fc.asyncProperty(anyHistory(), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }), fc.nat(4), async (history, steps, patience) => {
        const tracked = await track([]);
        const followers = questions.map((): Follower => ({ body: null, keys: {}, id: null }));
        const last: (Answer<unknown> | null)[] = questions.map(() => null);
        try {
          for (let at = 0, turn = 0; at < history.length; turn += 1) {
            const count = steps[turn % steps.length] as number;
            await tracked.add(history.slice(at, at + count));
            at += count;
            for (const [i, question] of questions.entries()) {
              const now = fresh(tracked, question);
              const before = last[i];
              if (before && stillHolds(tracked.tracker.runner, before)) {
                held += 1;
                expect([question.id, JSON.stringify(now?.body)]).toEqual([question.id, JSON.stringify(before.body)]);
              }
              last[i] = now;
              const follower = followers[i] as Follower;
              // Not each comes back each time.
              if (now === null || ((turn + i) % (patience + 1) !== 0 && at < history.length)) continue;
              const first = follower.id === null;
              const kinds = await comeBack(tracked, question, follower);
              expect([question.id, kinds]).toEqual([question.id, first ? ['snapshot', 'end'] : [expect.stringMatching(/change|progress/), 'end']]);
              if (kinds[0] === 'change') changes += 1;
              expect([question.id, JSON.stringify(follower.body)]).toEqual([question.id, JSON.stringify(now.body)]);
            }
          }
        } finally {
          await tracked.tracker.close();
        }
      }),
      { numRuns: 40 },
    );
    expect([changes > 100, held > 100]).toEqual([true, true]);
  });
});
