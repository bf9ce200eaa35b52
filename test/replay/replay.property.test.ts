/** Replay over random histories of every event type: the order is the one that is told, nothing is left out, nothing is foreseen. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareInstants, formatInstant, type Instant, type TypedEvent } from '../../events/index.js';
import { validTimesOf } from '../../projections/index.js';
import { ORDERS, type ReplayOrder } from '../../src/replay/cursor.js';
import { deliverHolding } from '../../src/replay/deliver.js';
import { LookAheadError, replay, type ReplayOptions, type Step } from '../../src/replay/replay.js';
import type { Tracker } from '../../src/tracker.js';
import { answerFrom, ViewError } from '../../src/views/context.js';
import { anyHistory, type Arrival } from '../support/any-history.js';
import { track } from '../support/track.js';
import { ask, VIEW_CALLS } from '../support/view-calls.js';

const order = fc.constantFrom(...ORDERS);
const real = (arrivals: readonly Arrival[]): (Arrival & { typed: TypedEvent })[] => arrivals.filter((arrival): arrival is Arrival & { typed: TypedEvent } => arrival.typed !== null);

/** Of every event, told from it alone. */
function timeOf(by: ReplayOrder, typed: TypedEvent): Instant {
  return by === 'log' ? typed.recorded : by === 'published' ? typed.known.from : validTimesOf(typed).at;
}

async function steps(tracker: Tracker, options: ReplayOptions): Promise<Step[]> {
  const all: Step[] = [];
  for await (const step of replay(tracker, options)) all.push(step);
  return all;
}

const ids = (all: readonly { event: { id: string } }[]): string[] => all.map(({ event }) => event.id);

describe('a replay', () => {
  it('has every event once, in its order, ties in that of the log', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(), order, async (history, by) => {
        const { tracker } = await track(history);
        const expected = [...real(history)].map((arrival, place) => ({ arrival, place })).sort((a, b) => compareInstants(timeOf(by, a.arrival.typed), timeOf(by, b.arrival.typed)) || a.place - b.place);
        const all = await steps(tracker, { order: by });
        expect(ids(all)).toEqual(expected.map(({ arrival }) => arrival.event.id));
        expect(all.map(({ at }) => at)).toEqual(expected.map(({ arrival }) => formatInstant(timeOf(by, arrival.typed))));
        await tracker.close();
      }),
      { numRuns: 60 },
    );
  });

  it('goes on from each cursor with what is left, whatever was appended meanwhile, and holds few events at once as it does many', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(), order, fc.nat(), fc.integer({ min: 1, max: 5 }), async (history, by, at, most) => {
        const cut = Math.floor(history.length * 0.7);
        const tracked = await track(history.slice(0, cut));
        const { tracker } = tracked;
        const all = await steps(tracker, { order: by });
        await tracked.add(history.slice(cut));
        const place = all.length === 0 ? 0 : at % all.length;
        const from = all[place];
        if (from) {
          const rest = await steps(tracker, { order: by, after: from.cursor });
          expect(ids(rest)).toEqual(ids(all.slice(place + 1)));
          expect(rest.map(({ cursor }) => cursor)).toEqual(all.slice(place + 1).map(({ cursor }) => cursor));
        }
        if (by !== 'log') {
          const few: string[] = [];
          for await (const { event } of deliverHolding(tracker, { order: by, selection: {}, after: null, head: await tracker.store.head() }, most)) few.push(event.id);
          expect(few).toEqual(ids(await steps(tracker, { order: by })));
        }
        await tracker.close();
      }),
      { numRuns: 60 },
    );
  });

  it('of a selection is the whole one with the others left out', async () => {
    const wish = fc.record({ types: fc.subarray(['BarClosed', 'SentimentExpressed', 'ObservationCorrected', 'ObservationRetracted'], { minLength: 1 }), instrument: fc.constant('acme-common'), entity: fc.constant('acme'), announcement: fc.constant('deal'), from: fc.constant(Date.parse('2025-10-31T00:00:00Z')), to: fc.constant(Date.parse('2025-11-04T12:00:00Z')) }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(anyHistory(), order, wish, async (history, by, { from, to, ...rest }) => {
        const { tracker } = await track(history);
        const selection = { ...rest, ...(from === undefined ? {} : { from: { ms: from, ns: 0 } }), ...(to === undefined ? {} : { to: { ms: to, ns: 0 } }) };
        const whole = await steps(tracker, { order: by });
        const about = ({ event, typed }: Step, name: string, id: string): boolean => (typed as TypedEvent).observedData !== null && ((typed as TypedEvent).observedData as Record<string, unknown>)[name] === id || event.streamId === `market.${name}-${id}`;
        const expected = whole.filter((step) => {
          const at = timeOf(by, step.typed as TypedEvent).ms;
          return (rest.types === undefined || rest.types.includes(step.event.type)) && (rest.instrument === undefined || about(step, 'instrument', rest.instrument)) && (rest.entity === undefined || about(step, 'entity', rest.entity) || ((step.typed as TypedEvent).observedData as Record<string, unknown>)['other'] === rest.entity) && (rest.announcement === undefined || about(step, 'announcement', rest.announcement) || step.event.metadata['$correlationId'] === rest.announcement) && (from === undefined || at >= from) && (to === undefined || at < to);
        });
        expect(ids(await steps(tracker, { order: by, ...selection }))).toEqual(ids(expected));
        await tracker.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe('the views at a step', () => {
  const seen = (step: Step, call: (typeof VIEW_CALLS)[number]): unknown => {
    try {
      return step.view((context) => ask(call, context));
    } catch (error) {
      if (error instanceof ViewError) return error.kind;
      throw error;
    }
  };

  it('in published order do not change with anything that was published later: nothing is foreseen', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(20), fc.constantFrom(...VIEW_CALLS), fc.nat(), async (history, call, pick) => {
        const whole = await track(history);
        const all = await steps(whole.tracker, { order: 'published' });
        const step = all[pick % Math.max(1, all.length)];
        if (step) {
          const until = timeOf('published', step.typed as TypedEvent);
          // The same arrivals without what nobody could know yet: later events leave gaps that no answer may show.
          const alone = await track(history.filter(({ typed }) => typed === null || compareInstants(typed.known.from, until) <= 0));
          const [then] = (await steps(alone.tracker, { order: 'published' })).filter(({ event }) => event.id === step.event.id);
          const plain = (answer: unknown, of: typeof whole): string => JSON.stringify(typeof answer === 'object' ? { ...answer, again: null } : answer).replaceAll(/\/v1\/events\/[^"/]+\/\d+/g, (link) => of.ids.get(link) ?? link);
          expect(plain(then && seen(then, call), alone)).toBe(plain(seen(step, call), whole));
          await alone.tracker.close();
        }
        await whole.tracker.close();
      }),
      { numRuns: 80 },
    );
  });

  it('in log order are those of the store as it was when the event had been recorded', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(20), fc.constantFrom(...VIEW_CALLS), fc.nat(), async (history, call, pick) => {
        const whole = await track(history);
        const events = real(history);
        const place = pick % Math.max(1, events.length);
        const all = await steps(whole.tracker, {});
        const alone = await track(history.slice(0, history.indexOf(events[place] as Arrival) + 1));
        const answer = ((): unknown => {
          try {
            return answerFrom(alone.tracker.runner, {}, (context) => ask(call, context)).body;
          } catch (error) {
            if (error instanceof ViewError) return error.kind;
            throw error;
          }
        })();
        const plain = (body: unknown): string => JSON.stringify(typeof body === 'object' ? { ...body, again: null } : body);
        expect(plain(all[place] && seen(all[place], call))).toBe(plain(answer));
        await whole.tracker.close();
        await alone.tracker.close();
      }),
      { numRuns: 60 },
    );
  });

  it('refuse whatever is later than the clock', async () => {
    const [history] = fc.sample(anyHistory(), { numRuns: 1, seed: 3 }) as [Arrival[]];
    const { tracker } = await track(history);
    for (const by of ORDERS) {
      const [step] = await steps(tracker, { order: by, limit: 1 });
      expect(() => step?.view((context) => ask({ of: 'listInstruments' }, context), { asOf: '2031-01-01T00:00:00Z' })).toThrow(LookAheadError);
      expect(() => step?.view((context) => ask({ of: 'listInstruments' }, context), { knownAt: '2031-01-01T00:00:00Z' })).toThrow(/knownAt: 2031-01-01T00:00:00Z is later than the replay's clock/);
    }
    await tracker.close();
  });
});
