/** The reaction as a view: from stored closes to a study that says what it rests on, what is beside it and what it refuses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInstant, type Instant } from '../../events/index.js';
import { openContext, type Asked, type ViewContext } from '../../src/views/context.js';
import { announcementReactionView, dayReactionView, type ReactionQuery } from '../../src/views/reaction.js';
import type { ReactionView } from '../../src/views/reaction-schema.js';
import { sessionFor, sessionsFor } from '../../src/views/study-days.js';
import { eventsStudyView } from '../../src/views/study-events.js';
import type { EventsStudy } from '../../src/views/study-events-schema.js';
import type { Tracker } from '../../src/tracker.js';
import { bar, type Happened } from '../support/given.js';
import { seededTracker, trackerOf } from '../support/in-process.js';

let tracker: Tracker;
beforeAll(async () => {
  tracker = await seededTracker();
}, 60_000);
afterAll(() => tracker.close());

const ask = (asked: Asked = {}): ViewContext => openContext(tracker.runner, asked);
const SPX = 'INDEX:SPX';
const amazon = (query: Partial<ReactionQuery> = {}, asked: Asked = {}): ReactionView => announcementReactionView(ask(asked), 'openai-aws', { instrument: 'XNAS:AMZN', benchmark: SPX, ...query }).body;

describe('the reaction of Amazon to the deal', () => {
  it('is +3.78 % on 2025-11-03, t 2.76 with 248 degrees of freedom, as computed by hand from the price file', () => {
    const { days, windows, day0, estimationFrom, estimationTo, estimationDays, beta } = amazon();
    expect([day0, estimationFrom, estimationTo, estimationDays]).toEqual(['2025-11-03', '2024-10-18', '2025-10-17', 250]);
    expect(beta).toBeCloseTo(1.383827579831562, 12);
    expect(days.find(({ relative }) => relative === 0)).toMatchObject({ date: '2025-11-03', ar: expect.closeTo(0.03775397266156627, 14) as number, t: expect.closeTo(2.7621891173151965, 12) as number });
    expect(windows[0]).toMatchObject({ from: 0, to: 0, headline: true, df: 248, contaminatedBy: [] });
  });
  it('has the reaction to the results on day −1: a window that reaches there is computed, marked, and does not lead', () => {
    const { windows, confounders, days } = amazon({ windows: '-1:1,0:0' });
    expect(windows[0]).toMatchObject({ headline: false, contaminatedBy: expect.arrayContaining([expect.stringContaining('results of the third quarter of 2025 (2025-10-31)')]) as unknown });
    expect(windows[0]?.car).toBeGreaterThan(0.12);
    expect(windows.map(({ headline }) => headline)).toEqual([false, false]);
    expect(confounders.find(({ label }) => label.includes('results'))).toMatchObject({ days: [-1], counts: true });
    expect(days.find(({ relative }) => relative === -1)?.ar).toBeGreaterThan(0.09);
  });
  it('has a second result without the results days of the estimation window, which say so', () => {
    const { withoutFlagged, flagged, windows } = amazon();
    expect(withoutFlagged.dropped.length).toBeGreaterThanOrEqual(4);
    expect(flagged.filter(({ label }) => label.includes('results')).length).toBeGreaterThanOrEqual(4);
    expect(withoutFlagged.windows[0]?.df).toBe((windows[0]?.df ?? 0) - withoutFlagged.dropped.length);
  });
  it('says what it rests on and what one event does not allow', () => {
    const { assumptions, refusals, adjustment } = amazon();
    expect(adjustment).toBe('split');
    expect(assumptions.join(' ')).toMatch(/Price return.*No test of one event survives a variance that the event itself raises; causality is not identified/);
    expect(refusals.map(({ test }) => test).join()).toMatch(/GRANK.*sign/);
  });
  it('shows what other models and windows would have given, and chooses none of them', () => {
    const { sensitivity } = amazon();
    expect(new Set(sensitivity.map(({ model }) => model)).size).toBe(6);
    expect(sensitivity.filter(({ window }) => window === '0:0').every(({ car }) => car !== null && car > 0.037 && car < 0.04)).toBe(true);
  });
  it('is the same result from the same inputs, and another one from other settings', () => {
    expect(amazon().result).toBe(amazon().result);
    expect(amazon({ returns: 'log' }).result).not.toBe(amazon().result);
  });
});

describe('what was known then', () => {
  it('bounds the study: before the close of 2025-11-03 was known there is no abnormal return of it', () => {
    const known = (knownAt: string): ReactionView => dayReactionView(ask({ knownAt }), { instrument: 'XNAS:AMZN', benchmark: SPX, date: '2025-11-03' }).body;
    const then = known('2025-11-03T20:59:59Z');
    expect(then.days.find(({ relative }) => relative === 0)).toMatchObject({ return: null, ar: null });
    expect(then.windows[0]).toMatchObject({ refused: 'missing-day', car: null, headline: false, reason: expect.stringContaining('2025-11-03') as unknown });
    expect(known('2025-11-03T21:00:00Z').windows[0]).toMatchObject({ refused: null });
  });
  it('is refused while the announcement is not dated', () => {
    expect(() => amazon({}, { knownAt: '2025-10-01T00:00:00Z' })).toThrow(/openai-aws/);
  });
});

describe('the session that reacts', () => {
  const at = (text: string): Instant => parseInstant(text) as Instant;
  it('is that of the day before its close, else the next; a day off counts for the next', () => {
    expect(sessionFor('US', at('2025-11-03T13:00:00Z')).date).toBe('2025-11-03');
    expect(sessionFor('US', at('2025-11-03T20:59:59Z')).date).toBe('2025-11-03');
    expect(sessionFor('US', at('2025-11-03T21:00:00Z')).date).toBe('2025-11-04');
    expect(sessionFor('US', at('2025-11-01T15:00:00Z')).date).toBe('2025-11-03');
    expect(sessionFor('US', at('2025-11-28T18:00:00Z')).date).toBe('2025-12-01');
  });
  it('is several where the time leaves it open', () => {
    expect(sessionsFor('US', { from: at('2025-11-03T05:00:00Z'), to: at('2025-11-04T05:00:00Z') }).map(({ date }) => date)).toEqual(['2025-11-03', '2025-11-04']);
    expect(sessionsFor('US', { from: at('2025-11-03T21:00:00Z'), to: at('2025-11-03T21:00:00Z') }).map(({ date }) => date)).toEqual(['2025-11-04']);
  });
});

describe('a study of a day', () => {
  it('needs no announcement, and a day off counts for the next session', () => {
    const of = (date: string): ReactionView => dayReactionView(ask(), { instrument: 'XNAS:AMZN', benchmark: SPX, date, estimation: '-200:-11' }).body;
    expect(of('2025-11-01').day0).toBe('2025-11-03');
    expect(of('2025-10-31').days.find(({ relative }) => relative === 0)?.ar).toBeGreaterThan(0.09);
  });
  it.each<[string, Partial<ReactionQuery>, RegExp]>([
    ['no benchmark', { benchmark: undefined }, /benchmark: expected an id or a symbol/],
    ['a share without prices', { instrument: 'XNAS:AMD' }, /XNAS:AMD has no prices that are known: import them/],
    ['an unknown model', { model: 'garch' }, /model: expected one of market-model/],
    ['a window that is none', { windows: '1:0' }, /windows: expected trading days from day 0 as FROM:TO/],
    ['an estimation window in the event', { estimation: '-100:0' }, /estimation: expected to end before the windows begin/],
    ['a window beyond the calendar', { date: '1998-06-01' }, /the windows reach beyond the calendar/],
    ['a date that is none', { date: '2025-02-30' }, /date: expected the day of the event/],
  ])('is refused with %s', (_what, wrong, message) => {
    expect(() => dayReactionView(ask(), { instrument: 'XNAS:AMZN', benchmark: SPX, date: '2025-11-03', ...wrong })).toThrow(message);
  });
  it('whose estimation window reaches before the first price uses the days that are there, and refuses where they are too few', () => {
    const early = dayReactionView(ask(), { instrument: 'XNAS:AMZN', benchmark: SPX, date: '2024-12-02', estimation: '-80:-11', windows: '0:0' }).body;
    expect(early.estimationDays).toBeLessThan(60);
    const none = dayReactionView(ask(), { instrument: 'XNAS:AMZN', benchmark: SPX, date: '2024-09-18', estimation: '-80:-11', windows: '0:0' }).body;
    expect(none).toMatchObject({ refused: 'too-few-days', windows: [{ refused: 'too-few-days', car: null }] });
  });
});

describe('a share that did not trade, or did not move', () => {
  const listed = (instrument: string, symbol: string): Happened => ({ input: { type: 'InstrumentListed', data: { instrument, symbol, name: instrument, kind: 'share', currency: 'USD', calendar: 'US' }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2024-01-02T00:00:00Z' }, source: { document: 'test' } } } });
  const dates = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2025, 2, 3 + i)).toISOString().slice(0, 10)).filter((date) => ![0, 6].includes(new Date(date).getUTCDay()) && date !== '2025-04-18');
  const index = dates.map((date, i) => bar(date, 100 + ((i * 7) % 5), { instrument: 'index' }));
  const study = async (own: Happened[]): Promise<ReactionView> => {
    const small = await trackerOf([listed('acme', 'XNYS:ACME'), listed('index', 'INDEX:X'), ...index, ...own]);
    try {
      return dayReactionView(openContext(small.runner, {}), { instrument: 'acme', benchmark: 'index', date: dates.at(-3), estimation: '-30:-2', windows: '0:0,0:1' }).body;
    } finally {
      await small.close();
    }
  };
  it('has no return over the days without a close, and none of several days at once', async () => {
    const { days, windows } = await study(dates.filter((date) => date !== dates.at(-3)).map((date, i) => bar(date, 50 + ((i * 3) % 7))));
    expect(days.filter(({ relative }) => relative >= 0).map(({ return: r, ar }) => [r, ar])).toEqual([[null, null], [null, null]]);
    expect(windows.map(({ refused }) => refused)).toEqual(['missing-day', 'missing-day']);
  });
  it('that was suspended at one price is refused: its residuals do not vary', async () => {
    expect(await study(dates.map((date) => bar(date, 50)))).toMatchObject({ refused: 'zero-variance', alpha: null });
  });
});

describe('many events', () => {
  const of = (events: [string, string][], query: ReactionQuery = {}): EventsStudy => eventsStudyView(ask(), events.map(([instrument, date], i) => ({ event: `e${i}`, instrument, date })), { benchmark: SPX, ...query }).body;
  it('on one date are led by their portfolio; what two or three do not allow is refused with the reason', () => {
    const { windows } = of([['XNAS:AMZN', '2025-11-03'], ['XNAS:NVDA', '2025-11-03'], ['XNAS:MSFT', '2025-11-03']]);
    expect(windows[0]).toMatchObject({ n: 3, shared: true, headline: 'portfolio-t' });
    const reason = (test: string): string | null | undefined => windows[0]?.tests.find((each) => each.test === test)?.reason;
    expect([reason('grank-t'), reason('wilcoxon'), reason('portfolio-t')]).toEqual(['grank-t needs 10 events; there are 3', 'wilcoxon needs 6 events; there are 3', null]);
    expect(windows[0]?.tests.find(({ test }) => test === 'cross-section-t')?.warnings).toEqual(['events share dates: it takes them to be independent and rejects too often']);
    expect(of([['XNAS:AMZN', '2025-11-03'], ['XNAS:NVDA', '2025-11-03']]).windows[0]?.tests.filter(({ p }) => p !== null).map(({ test }) => test)).toEqual(['portfolio-t', 'joint-f', 'crude-dependence']);
  });
  it('of one share are as many events, and one that cannot be studied says why beside the others', () => {
    const { events, windows } = of([['XNAS:AMZN', '2025-10-31'], ['XNAS:AMZN', '2025-11-03'], ['XNAS:NOPE', '2025-11-03'], ['XNAS:AMZN', 'soon']], { estimation: '-100:-11' });
    expect(windows[0]?.n).toBe(2);
    expect(events.map(({ reason }) => reason?.slice(0, 20) ?? 'ok')).toEqual(['ok', 'ok', 'no instrument "XNAS:', 'date: expected a day']);
  });
});

