/** The choices of a study: factors, control firms, the firm's weight in its benchmark, volume, and running it again. */
import { mean } from 'd3-array';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionsBetween } from '../../events/index.js';
import { importFactors } from '../../src/importing/factors.js';
import { uniform } from '../../src/study/random.js';
import { cumulate, fit, type Fitted } from '../../src/study/index.js';
import { answerFrom, openContext, type Asked } from '../../src/views/context.js';
import { againView, dayReactionView, type ReactionQuery } from '../../src/views/reaction.js';
import type { ReactionView } from '../../src/views/reaction-schema.js';
import { decodeAgain, encodeAgain } from '../../src/views/study-again.js';
import { eventsStudyView, type EventsQuery } from '../../src/views/study-events.js';
import type { EventsStudy } from '../../src/views/study-events-schema.js';
import { importing, type Importing } from '../importing/given-import.js';

const DAYS = sessionsBetween('US', '2025-02-03', '2025-11-10').map(({ date }) => date);
const EVENT = '2025-11-03';
const WEIGHT = 0.25;
const FIRMS = ['SUBJ', ...Array.from({ length: 20 }, (_, i) => `C${i}`)];
/** Returns of each day by series, from a seed; prices are what they make of 100. */
const random = uniform(20251103);
const draw = (): number => Array.from({ length: 12 }, random).reduce((a, b) => a + b, -6);
const FACTORS = DAYS.map((date) => ({ date, 'Mkt-RF': Math.round(80 * draw()) / 100, SMB: Math.round(50 * draw()) / 100, Mom: Math.round(50 * draw()) / 100, RF: 0.02 }));
const returns = new Map<string, number[]>(FIRMS.map((firm, i) => [firm, FACTORS.map((f) => (f['Mkt-RF'] * (0.8 + i / 40) + f.SMB * 0.5 + f.RF) / 100 + 0.01 * draw() + (firm === 'SUBJ' && f.date === EVENT ? 0.05 : 0))]));
const rest = FACTORS.map((f) => (f['Mkt-RF'] + f.RF) / 100 + 0.002 * draw());
returns.set('REST', rest);
returns.set('INDEX', rest.map((r, i) => (1 - WEIGHT) * r + WEIGHT * (returns.get('SUBJ')?.[i] ?? NaN)));
const pricesOf = (own: readonly number[]): number[] => own.reduce<number[]>((prices, r) => [...prices, (prices.at(-1) ?? 100) * (1 + r)], []);
const volumeOf = (firm: string, i: number): number => (firm === 'SUBJ' ? Math.round(1_000_000 * Math.exp(0.2 * draw()) * (DAYS[i] === EVENT ? 4 : 1)) : 5);
const PRICES = ['date,symbol,close,volume', ...[...returns].flatMap(([symbol, own]) => pricesOf(own).map((price, i) => `${DAYS[i] ?? ''},${symbol},${price},${symbol === 'C0' ? '' : volumeOf(symbol, i)}`))].join('\n') + '\n';
const FRENCH = `words\n\n,Mkt-RF,SMB,RF\n${FACTORS.map((f) => `${f.date.replaceAll('-', '')},${f['Mkt-RF']},${f.SMB},${f.RF}`).join('\n')}\n\nmore words\n`;
const MOMENTUM = `words\n\n,Mom   \n${FACTORS.map((f) => `${f.date.replaceAll('-', '')},${f.date === '2025-06-02' ? -99.99 : f.Mom}`).join('\n')}\n`;

let at: Importing;
beforeAll(async () => {
  at = await importing({});
  await at.prices(PRICES, { register: { kind: 'share', currency: 'USD' }, exchange: 'XNYS' });
  const factors = async (text: string, set: string): Promise<unknown> => importFactors(at.target, await at.file(text, `${set}.csv`), { set, document: set, publishedAt: '2025-11-20T00:00:00Z' });
  await factors(FRENCH, 'three');
  await factors(MOMENTUM, 'momentum');
  await at.listed();
}, 60_000);
afterAll(() => at.close());

const SETTING = { instrument: 'SUBJ', benchmark: 'INDEX', date: EVENT, estimation: '-120:-11', windows: '0:0,0:2' };
const study = (query: Partial<ReactionQuery> = {}, asked: Asked = {}): ReactionView => dayReactionView(openContext(at.tracker.runner, asked), { ...SETTING, ...query }).body;

describe('factors', () => {
  const ofFactors = (names: readonly ('Mkt-RF' | 'SMB' | 'Mom')[]): Fitted => {
    const zero = DAYS.indexOf(EVENT);
    const part = (from: number, to: number): { dates: string[]; returns: number[]; regressors: number[][] } => {
      const places = Array.from({ length: to - from + 1 }, (_, i) => zero + from + i);
      const prices = pricesOf(returns.get('SUBJ') ?? []);
      return { dates: places.map((i) => DAYS[i] ?? ''), returns: places.map((i) => (prices[i] ?? NaN) / (prices[i - 1] ?? NaN) - 1 - (FACTORS[i]?.RF ?? NaN) / 100), regressors: places.map((i) => names.map((name) => (FACTORS[i]?.[name] ?? NaN) / 100)) };
    };
    return fit({ event: 'e', firm: 'f', estimation: part(-120, -11), window: { ...part(-5, 2), relative: Array.from({ length: 8 }, (_, i) => i - 5) } }, 'factors', names.map((name) => name.toLowerCase())) as Fitted;
  };
  it('are what the returns beyond the riskless rate are regressed on; returns and expected returns are shown with it', () => {
    const view = study({ model: 'factors', factors: 'three' });
    const own = ofFactors(['Mkt-RF', 'SMB']);
    expect(view.coefficients.map(({ name }) => name)).toEqual(['alpha', 'mkt-rf', 'smb']);
    for (const { name, value } of view.coefficients) expect(value).toBeCloseTo(own.coefficients[name] ?? NaN, 11);
    for (const [i, day] of view.days.entries()) {
      expect(day.ar).toBeCloseTo(own.window[i]?.ar ?? NaN, 11);
      expect(day.return).toBeCloseTo(returns.get('SUBJ')?.[DAYS.indexOf(day.date)] ?? NaN, 10);
      expect((day.return ?? NaN) - (day.expected ?? NaN)).toBeCloseTo(day.ar ?? NaN, 14);
    }
    expect(view.windows[1]).toMatchObject({ df: 107 });
    expect(view.windows[1]?.t).toBeCloseTo((cumulate(own, { from: 0, to: 2 }) as { t: number }).t, 9);
  });
  it('of several sets stand side by side; a day that one of them lacks is not used', () => {
    const view = study({ model: 'factors', factors: 'three,momentum' });
    expect(view.factors).toEqual({ sets: ['three', 'momentum'], names: ['mkt-rf', 'smb', 'mom'] });
    expect(view.estimationDays).toBe(109);
    expect(view.windows[0]?.df).toBe(109 - 4);
  });
  it('stand in the sensitivity where they are named and another model leads', () => {
    expect(study({ factors: 'three' }).sensitivity.filter(({ model }) => model === 'factors').map(({ estimation, benchmark, refused }) => [estimation, benchmark, refused])).toEqual([['-120:-11', null, null], ['-120:-11', null, null], ['-65:-11', null, null], ['-65:-11', null, null]]);
  });
  it.each([
    [{ model: 'factors' }, {}, /factors: expected the set/],
    [{ model: 'factors', factors: 'five' }, {}, /nothing of five is known; there is momentum, three/],
    [{ model: 'factors', factors: 'three' }, { knownAt: '2025-11-19T00:00:00Z' }, /nothing of three is known then: it was published or recorded later/],
    [{ model: 'factors', factors: 'momentum' }, {}, /none of momentum has a riskless rate/],
    [{ model: 'factors', factors: 'three', returns: 'log' }, {}, /returns: expected simple with factors/],
  ])('%j with %j are refused', (query, asked, says) => {
    expect(() => study(query, asked)).toThrow(says);
  });
});

it('of shares that were imported later finds what was known then', () => {
  const then = study({}, { knownAt: '2025-11-04T21:00:00Z' });
  expect(then.days.filter(({ ar }) => ar === null).map(({ relative }) => relative)).toEqual([2]);
  expect(then.windows[0]?.car).toBe(study().windows[0]?.car);
});

describe('a placebo', () => {
  const controls = FIRMS.slice(1);
  it('is the place of the event among firms on which nothing was announced, fitted alike', () => {
    const view = study({ controls: controls.join(',') });
    const [window] = view.windows;
    const larger = controls.filter((firm) => Math.abs(study({ instrument: firm }).windows[0]?.t ?? NaN) >= Math.abs(window?.t ?? NaN)).length;
    expect(window).toMatchObject({ placeboFirms: 20, placeboP: (1 + larger) / 21 });
    expect(view.refusals.map(({ test }) => test)).not.toContain('placebo');
  });
  it('of too few says so, and the share itself is no control', () => {
    expect(study({ controls: 'C1,C2' }).windows[0]).toMatchObject({ placeboP: null, placeboFirms: 2, placeboReason: '2 control firms cannot reach 5 %: 19 are needed' });
    expect(() => study({ controls: 'C1,SUBJ' })).toThrow(/SUBJ is the share itself/);
  });
});

describe('a benchmark that holds the firm', () => {
  it('is taken without it where its weight is given: as against the rest alone', () => {
    const { withoutFirm } = study({ weight: String(WEIGHT) });
    const alone = study({ benchmark: 'REST' });
    for (const [i, window] of withoutFirm.windows.entries()) {
      expect(window.car).toBeCloseTo(alone.windows[i]?.car ?? NaN, 9);
      expect(window.t).toBeCloseTo(alone.windows[i]?.t ?? NaN, 7);
    }
    expect(Math.abs(study().windows[0]?.car ?? NaN)).toBeLessThan(Math.abs(withoutFirm.windows[0]?.car ?? NaN));
    expect(withoutFirm.windows.every(({ headline }) => !headline)).toBe(true);
  });
  it.each(['0', '1', 'much', '-0.1'])('%j is no weight', (weight) => {
    expect(() => study({ weight })).toThrow(/weight: expected the share of the benchmark/);
  });
});

describe('volume', () => {
  it('is so many times the usual one, on a log scale, and judged by its place', () => {
    const { volume } = study();
    const zero = DAYS.indexOf(EVENT);
    const traded = (i: number): number => Number(PRICES.split('\n')[1 + i]?.split(',')[3]);
    const usual = mean(Array.from({ length: 110 }, (_, i) => Math.log(1 + traded(zero - 120 + i)))) ?? NaN;
    const day = volume.days.find(({ relative }) => relative === 0);
    expect(volume).toMatchObject({ measure: 'shares traded', estimationDays: 110 });
    expect(volume.mean).toBeCloseTo(usual, 12);
    expect(day?.times).toBeCloseTo((1 + traded(zero)) / Math.exp(usual), 9);
    expect(day?.quantileP).toBeCloseTo(1 / 111, 12);
  });
  it('is not there where the bars have none, and does not vary where they are all alike', () => {
    expect(study({ instrument: 'C0' }).volume).toMatchObject({ measure: null, reason: 'the bars have no volumes', days: [] });
    expect(study({ instrument: 'C1' }).volume).toMatchObject({ measure: null, days: [], reason: expect.stringContaining('do not vary') as string });
  });
});

describe('a study', () => {
  it('runs again from what its answer carries, to the byte, whatever was stored since', async () => {
    const asked = { asOf: '2025-11-10T21:00:00Z' };
    const first = study({ weight: '0.1', controls: 'C1,C2' }, asked);
    await at.prices('date,symbol,close\n2025-11-12,SUBJ,1\n2025-11-12,INDEX,1\n');
    await at.listed();
    const again = decodeAgain(first.again);
    expect(JSON.stringify(answerFrom(at.tracker.runner, again.asked, againView(again)).body)).toBe(JSON.stringify(first));
    expect(() => answerFrom(at.tracker.runner, again.asked, againView(decodeAgain(encodeAgain({ ...again, result: 'x' }))))).toThrow(/gave x there: another version of the statistics/);
    expect(() => decodeAgain('bm90aGluZw')).toThrow(/expected what a study gave as "again"/);
  });
  it('says the same under each benchmark asked for, and leads with the first', () => {
    const both = study({ benchmark: 'INDEX,REST' });
    expect(both.windows).toEqual(study().windows);
    const other = study({ benchmark: 'REST' }).windows[0];
    expect(both.sensitivity.find(({ model, benchmark, window, estimation }) => model === 'market-model' && benchmark === 'XNYS:REST' && window === '0:0' && estimation === '-120:-11')).toMatchObject({ car: other?.car, t: other?.t });
  });
  it('cumulates its path from the first day shown, and has Holm\'s p beside its own', () => {
    const { path, days, windows } = study();
    expect(path.at(-1)?.car).toBeCloseTo(days.reduce((sum, { ar }) => sum + (ar ?? NaN), 0), 14);
    const p = windows.map((window) => window.p ?? NaN);
    expect(windows.map(({ pHolm }) => pHolm)).toEqual(p.map((own, i) => Math.min(1, own === Math.min(...p) ? 2 * own : Math.max(own, 2 * (p[1 - i] ?? NaN)))));
  });
});

describe('many events', () => {
  const many = (query: EventsQuery = {}): EventsStudy => eventsStudyView(openContext(at.tracker.runner, {}), FIRMS.map((instrument, i) => ({ event: instrument, instrument, date: DAYS.at(-10 - i) ?? '', values: { size: i * i } })), { benchmark: 'INDEX', estimation: '-100:-11', windows: '0:0', ...query }).body;
  it('have their own p values, adjusted for each other, and an interval of their mean from a seed', () => {
    const view = many();
    const p = view.events.map((event) => event.p[0] ?? NaN);
    expect(Math.min(...view.events.map((event) => event.holm[0] ?? NaN))).toBeCloseTo(Math.min(1, 21 * Math.min(...p)), 12);
    view.events.forEach(({ bh, holm }, i) => expect([bh[0] ?? NaN >= (p[i] ?? NaN), (holm[0] ?? NaN) >= (bh[0] ?? NaN)]).toEqual([expect.anything(), true]));
    const [window] = view.windows;
    expect(window?.lo).toBeLessThan(window?.caar ?? NaN);
    expect(window?.hi).toBeGreaterThan(window?.caar ?? NaN);
    expect(many()).toEqual(view);
    expect(many({ seed: 2 }).windows[0]?.lo).not.toBe(window?.lo);
  });
  it('may be regressed on what they are like', () => {
    expect(many({ regress: 'size' }).windows[0]?.regression).toMatchObject({ n: 21, errors: 'HC3', reason: null, coefficients: [{ name: 'intercept' }, { name: 'size' }] });
    expect(many().windows[0]?.regression).toBeNull();
  });
  it('of one name are refused: tests are keyed by it', () => {
    expect(() => eventsStudyView(openContext(at.tracker.runner, {}), [{ event: 'a', instrument: 'SUBJ', date: EVENT }, { event: 'a', instrument: 'C1', date: EVENT }], { benchmark: 'INDEX' })).toThrow(/"a" names two events/);
  });
  it('may be given as instants: after the close they count for the next session', () => {
    const { events } = eventsStudyView(openContext(at.tracker.runner, {}), [{ instrument: 'SUBJ', date: '2025-11-03T21:00:00Z' }], { benchmark: 'INDEX', estimation: '-100:-11' }).body;
    expect(events[0]?.day0).toBe('2025-11-04');
  });
  it('take the factors model too', () => {
    expect(many({ model: 'factors', factors: 'three' }).windows[0]?.tests.find(({ test }) => test === 'bmp')?.p).not.toBeNull();
  });
});
