/** Sentiment: the formulas, checked by hand and by the properties that they must have. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, type Instant } from '../../events/index.js';
import { combine, curveMeasures, expressions, measure, methodOf, prepare, scoredBy, sentiment, weigh, type Measures, type Weighted } from '../../projections/index.js';
import { given, testId, type Happened } from '../support/given.js';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const T = parseInstant('2025-11-10T00:00:00Z') as Instant;

interface Said {
  who: string;
  kind: string;
  score: unknown;
  daysBefore: number;
  relevance?: number;
  confidence?: number;
  claim?: string;
  repeats?: string;
  method?: [name: string, version: number];
}

function said(list: Said[]): Happened[] {
  return list.map(({ who, kind, score, daysBefore, relevance = 1, confidence = 1, claim = `${who} ${daysBefore}`, repeats, method: [name, version] = ['rubric', 1] }, index) => {
    const moment = new Date(T.ms - daysBefore * DAY).toISOString();
    return {
      input: {
        id: testId(index + 1),
        type: 'SentimentExpressed',
        data: { entity: 'acme', holder: { name: who, kind }, aspect: 'revenue', claim, score, relevance, method: { name, version, item: 'test' } },
        metadata: { occurredAt: { at: moment }, publishedAt: { at: moment }, source: { document: 'test' }, confidence, ...(repeats === undefined ? {} : { repeats: { id: repeats, streamId: 'market.entity-acme' } }) },
      },
    };
  });
}

function weighted(list: Said[], t = T, halfLife = WEEK): Weighted[] {
  return weigh(prepare(expressions(given(...said(list)).reader(sentiment), 'acme')), t, halfLife);
}

const measured = (list: Said[], t = T): Measures => measure(weighted(list, t));

describe('a point of the curve', () => {
  it('has the same mass, net and shrunk as the full measures', () => {
    const list = [0, 1, 3, 9].map((daysBefore, i) => ({ who: `h${i % 2}`, kind: 'press', score: (i - 1) / 2, daysBefore }));
    const prepared = prepare(expressions(given(...said(list)).reader(sentiment), 'acme'));
    const { mass, net, shrunk, mean } = measure(weigh(prepared, T, WEEK));
    expect(curveMeasures(prepared, T, WEEK)).toEqual({ mass, net, shrunk, mean });
  });
});

describe('one expression', () => {
  it('weighs relevance times confidence, halved each half-life', () => {
    expect(weighted([{ who: 'a', kind: 'investor', score: -0.5, daysBefore: 7, relevance: 0.8, confidence: 0.5 }])[0]?.weight).toBeCloseTo(0.2, 15);
  });
  it('gives mean, mass, net and shrunk as the table has them', () => {
    const m = measured([{ who: 'a', kind: 'investor', score: -0.5, daysBefore: 7 }]);
    expect([m.mean, m.mass, m.net, m.shrunk, m.n, m.nEff, m.disagreement, m.balance]).toEqual([-0.5, 0.5, -0.25, -0.25 / 1.5, 1, 1, 0, -1]);
  });
  it('of a direction alone keeps its bounds', () => {
    const m = measured([{ who: 'a', kind: 'investor', score: 'negative', daysBefore: 0 }]);
    expect([m.meanLo, m.meanHi, m.mean]).toEqual([-1, 0, -0.5]);
    expect([m.netLo, m.netHi, m.shrunkLo, m.shrunkHi]).toEqual([-1, 0, -0.5, 0]);
  });
  it('is stale, not neutral, once its mass is gone', () => {
    const m = measured([{ who: 'a', kind: 'investor', score: 1, daysBefore: 7 * 5 }]);
    expect([m.mean, m.reason, m.mass > 0]).toEqual([null, 'stale', true]);
  });
  it('to come has no weight', () => {
    expect(measured([{ who: 'a', kind: 'investor', score: 1, daysBefore: -1 }]).reach).toBe(0);
  });
});

describe('repetition', () => {
  const claim = 'the same claim';
  it('within a day counts for three quarters, then nine sixteenths', () => {
    const list = [0.3, 0.2, 0.1].map((daysBefore) => ({ who: 'a', kind: 'press', score: 1, daysBefore, claim }));
    expect(weighted(list).map((entry) => entry.novelty)).toEqual([1, 0.75, 0.5625]);
  });
  it('after a day is a statement of its own', () => {
    const list = [2, 0.5].map((daysBefore) => ({ who: 'a', kind: 'press', score: 1, daysBefore, claim }));
    expect(weighted(list).map((entry) => entry.novelty)).toEqual([1, 1]);
  });
  it('as a pure reprint is reach without weight', () => {
    const m = measured([{ who: 'a', kind: 'press', score: 1, daysBefore: 0.2 }, { who: 'b', kind: 'press', score: 1, daysBefore: 0.1, repeats: testId(1) }]);
    expect([m.reach, m.n]).toEqual([2, 1]);
  });
});

describe('holder kinds', () => {
  it('are heard alike: ten voices of the press do not drown one investor', () => {
    const press = Array.from({ length: 10 }, (_, i) => ({ who: `paper ${i}`, kind: 'press', score: 0.5, daysBefore: 0 }));
    const all = weighted([...press, { who: 'fund', kind: 'investor', score: -0.5, daysBefore: 0 }]);
    expect(combine(all).mean).toBe(0);
    expect(measure(all).mean).toBeCloseTo(4.5 / 11, 15);
  });
  it('may be weighed otherwise, and a stale one is left out', () => {
    const all = weighted([{ who: 'paper', kind: 'press', score: 0.5, daysBefore: 0 }, { who: 'fund', kind: 'investor', score: -0.5, daysBefore: 0 }, { who: 'old', kind: 'analyst', score: 1, daysBefore: 60 }]);
    expect(combine(all, { investor: 3 }).mean).toBe(-0.25);
    expect(combine(all).kinds.map((kind) => kind.kind)).toEqual(['investor', 'press']);
  });
  it('hear a holder that speaks ten times once', () => {
    const talker = Array.from({ length: 10 }, (_, i) => ({ who: 'fund', kind: 'investor', score: 1, daysBefore: 0, claim: `claim ${i}` }));
    expect(combine(weighted([...talker, { who: 'other', kind: 'investor', score: -1, daysBefore: 0 }])).mean).toBe(0);
  });
});

describe('holder kinds that disagree', () => {
  it('show it between them, also where each is of one mind', () => {
    const all = weighted([{ who: 'fund', kind: 'investor', score: -0.5, daysBefore: 0 }, { who: 'chief', kind: 'management', score: 0.5, daysBefore: 0 }]);
    expect(combine(all).disagreement).toBe(1);
    expect(combine(all.slice(0, 1)).disagreement).toBeNull();
    expect(combine(weighted([{ who: 'fund', kind: 'investor', score: 0.75, daysBefore: 0 }, { who: 'chief', kind: 'management', score: -0.25, daysBefore: 0 }])).disagreement).toBe(0.5);
  });
});

describe('a statement that was scored again', () => {
  const claim = 'cannot pay for it';
  const scored = (list: Said[], asked: string | null): unknown[] => {
    const rows = expressions(given(...said(list)).reader(sentiment), 'acme');
    return scoredBy(rows, asked).map((row) => [methodOf(row), row.value.score]);
  };
  const twice: Said[] = [{ who: 'a', kind: 'investor', score: -0.5, daysBefore: 1, claim }, { who: 'a', kind: 'investor', score: -0.25, daysBefore: 1, claim, method: ['rubric', 2] }];

  it('counts once, by the latest version', () => {
    expect(scored(twice, null)).toEqual([['rubric@2', -0.25]]);
    expect(scored(twice, 'rubric')).toEqual([['rubric@2', -0.25]]);
  });
  it('counts by the version that is asked for', () => {
    expect(scored(twice, 'rubric@1')).toEqual([['rubric@1', -0.5]]);
    expect(scored(twice, 'model')).toEqual([]);
  });
  it('by another method counts by the one that scored more of the subject', () => {
    const list: Said[] = [...twice.slice(0, 1), { who: 'a', kind: 'investor', score: 0.9, daysBefore: 1, claim, method: ['a-model', 7] }, { who: 'b', kind: 'press', score: 0.25, daysBefore: 0 }];
    expect(scored(list, null)).toEqual([['rubric@1', -0.5], ['rubric@1', 0.25]]);
    expect(scored(list, 'a-model')).toEqual([['a-model@7', 0.9]]);
  });
  it('is no repetition of itself, and no second statement where the same was said on two days', () => {
    const list: Said[] = [...twice, { who: 'a', kind: 'investor', score: -0.5, daysBefore: 3, claim }];
    expect(prepare(scoredBy(expressions(given(...said(list)).reader(sentiment), 'acme'), null)).map(({ novelty }) => novelty)).toEqual([1, 1]);
  });
});

describe('the measures of any expressions', () => {
  const expression = fc.record({ who: fc.constantFrom('a', 'b', 'c', 'd'), kind: fc.constantFrom('press', 'investor', 'management'), score: fc.integer({ min: -4, max: 4 }).map((q) => q / 4), daysBefore: fc.integer({ min: 0, max: 30 }), relevance: fc.integer({ min: 1, max: 4 }).map((q) => q / 4) });
  const several = fc.array(expression, { minLength: 1, maxLength: 12 });

  it('do not depend on the order of arrival, to the last bit', () => {
    fc.assert(
      fc.property(several, (list) => {
        const forwards = said(list);
        const reader = (history: Happened[]): Measures => measure(weigh(prepare(expressions(given(...history).reader(sentiment), 'acme')), T, WEEK));
        expect(reader([...forwards].reverse())).toEqual(reader(forwards));
      }),
    );
  });
  it('halve the net in one half-life without news, and leave the mean', () => {
    fc.assert(
      fc.property(several, (list) => {
        const now = measured(list);
        const later = measured(list, { ms: T.ms + WEEK, ns: 0 });
        expect(later.net).toBeCloseTo(now.net / 2, 12);
        if (now.mean !== null && later.mean !== null) expect(later.mean).toBeCloseTo(now.mean, 12);
      }),
    );
  });
  it('move the shrunk line towards neutral without news', () => {
    fc.assert(
      fc.property(several, (list) => {
        expect(Math.abs(measured(list, { ms: T.ms + WEEK, ns: 0 }).shrunk)).toBeLessThanOrEqual(Math.abs(measured(list).shrunk) + 1e-15);
      }),
    );
  });
  it('stay within −1 and 1, the mean within its bounds', () => {
    fc.assert(
      fc.property(several, (list) => {
        const m = measured(list);
        if (m.mean === null) return;
        expect(m.mean).toBeGreaterThanOrEqual((m.meanLo ?? 0) - 1e-12);
        expect(m.mean).toBeLessThanOrEqual((m.meanHi ?? 0) + 1e-12);
        expect(Math.abs(m.mean)).toBeLessThanOrEqual(1);
        expect(m.disagreement === null || (m.disagreement >= -1e-12 && m.disagreement <= 1 + 1e-12)).toBe(true);
      }),
    );
  });
  it('of all weights scaled alike keep the mean, and scale mass and net', () => {
    fc.assert(
      fc.property(several, (list) => {
        const full = measured(list.map((entry) => ({ ...entry, confidence: 1 })));
        const half = measured(list.map((entry) => ({ ...entry, confidence: 0.5 })));
        expect(half.mass).toBeCloseTo(full.mass / 2, 12);
        expect(half.net).toBeCloseTo(full.net / 2, 12);
        if (half.mean !== null && full.mean !== null) expect(half.mean).toBeCloseTo(full.mean, 12);
      }),
    );
  });
});
