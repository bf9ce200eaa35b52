/** Answers that still hold are given again; each is what working it out anew gives, at every moment of any history. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepAnswer, keptAnswer } from '../../src/http/kept-answers.js';
import { answerFrom, ViewError, type Asked } from '../../src/views/context.js';
import { anyHistory } from '../support/any-history.js';
import { seededTracker, served } from '../support/in-process.js';
import { track } from '../support/track.js';
import { ask, pathOf, VIEW_CALLS } from '../support/view-calls.js';

const ASKED: Asked[] = [{}, { knownAt: '2025-11-05T12:00:00Z' }, { clock: 'recorded', knownAt: '2025-11-06T12:00:00Z' }, { asOf: '2025-11-04T21:00:00Z', imprecise: 'earliest', knownAt: '2025-11-10T00:00:00Z' }];

describe('an answer that is kept', () => {
  it('is the answer that there is, with its tag and basis, however long ago it was worked out', async () => {
    let [held, made] = [0, 0];
    await fc.assert(
      fc.asyncProperty(anyHistory(), fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 }), async (history, steps) => {
        const { tracker, add } = await track([]);
        try {
          for (let at = 0, turn = 0; at < history.length; turn += 1) {
            const count = steps[turn % steps.length] as number;
            await add(history.slice(at, at + count));
            at += count;
            for (const call of VIEW_CALLS) {
              for (const asked of ASKED) {
                const key = `${pathOf(call)} ${JSON.stringify(asked)}`;
                try {
                  const fresh = answerFrom(tracker.runner, asked, (context) => ask(call, context));
                  const kept = keptAnswer(tracker, key);
                  if (kept === null) {
                    made += 1;
                    keepAnswer(tracker, key, { answer: fresh, etag: '', route: '' });
                  } else {
                    held += 1;
                    expect([key, JSON.stringify(kept.answer.body), kept.answer.lastChange, kept.answer.basis, kept.answer.versions]).toEqual([key, JSON.stringify(fresh.body), fresh.lastChange, fresh.basis, fresh.versions]);
                  }
                } catch (error) {
                  if (!(error instanceof ViewError)) throw error;
                }
              }
            }
          }
        } finally {
          await tracker.close();
        }
      }),
      { numRuns: 12 },
    );
    expect([held > 100, made > 100]).toEqual([true, true]);
  });

  it('is given to a poll while other things happen, with the basis of now; an event that concerns it makes another', async () => {
    const api = await served(await seededTracker());
    const ask = async (path: string): Promise<{ etag: string | null; basis: string | null; text: string }> => {
      const response = await fetch(api.url + path);
      return { etag: response.headers.get('etag'), basis: response.headers.get('tracker-basis'), text: await response.text() };
    };
    const post = async (data: object, occurredAt: object): Promise<void> => {
      const response = await fetch(`${api.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type: 'BarClosed', data: { session: { date: '2026-08-27', calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split', ...data }, metadata: { occurredAt, source: { document: 'test' } } }) });
      expect([response.status, response.ok ? '' : await response.text()]).toEqual([201, '']);
    };
    try {
      const path = '/v1/instruments/XNAS:AMZN/market-value?from=2026-01-01T00:00:00Z';
      const other = '/v1/instruments/XNAS:AMZN/market-value?from=2026-01-02T00:00:00Z';
      const first = await ask(path);
      expect((await ask(other)).etag).not.toBe(first.etag);
      await post({ instrument: 'nvidia-common', close: 100 }, { throughout: '2026-08-27', calendar: 'US' });
      const second = await ask(path);
      expect([second.etag, second.text, second.basis === first.basis]).toEqual([first.etag, first.text, false]);
      // That basis gives these bytes, too.
      expect((await ask(`${path}&basis=${second.basis ?? ''}`)).text).toBe(first.text);
      await post({ instrument: 'amazon-common', close: 200 }, { throughout: '2026-08-27', calendar: 'US' });
      const third = await ask(path);
      expect([third.etag === first.etag, JSON.parse(third.text)]).toEqual([false, expect.objectContaining({ points: [expect.objectContaining({ close: 200 })] })]);
    } finally {
      await api.close();
    }
  });

  it('is of its own world: a scenario has its own, and the real one none of it', async () => {
    const api = await served(await seededTracker());
    const level = async (query: string): Promise<unknown> => ((await (await fetch(`${api.url}/v1/instruments/XNAS:AMZN/market-value${query}`)).json()) as { level: { close: number } }).level.close;
    const send = (path: string, body: object): Promise<Response> => fetch(api.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    try {
      await send('/v1/scenarios', { scenario: 'fall', kind: 'overlay' });
      const before = [await level(''), await level('?scenario=fall')];
      expect(before[0]).toBe(before[1]);
      await send('/v1/scenarios/fall/generate', { generator: 'shock', instrument: 'XNAS:AMZN', date: '2025-11-04', effect: -0.1 });
      expect(await level('')).toBe(before[0]);
      expect(await level('?scenario=fall')).not.toBe(before[0]);
      expect(await level('')).toBe(before[0]);
    } finally {
      await api.close();
    }
  });
});
