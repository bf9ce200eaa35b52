/** Many events: the golden numbers, exact laws by enumeration, and what each test must not do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, holm, regression } from '../../src/study/cross/adjust.js';
import { jointF, portfolioOf } from '../../src/study/cross/joint.js';
import { panelOf, midranks, type Panel } from '../../src/study/cross/panel.js';
import { adjustedBmp, adjustedPatell, bmp, crossSectionT, crudeDependence, j1, meanCorrelation, patell, patell1976 } from '../../src/study/cross/parametric.js';
import { corrado, corradoZivney, grank, rankWindow } from '../../src/study/cross/rank.js';
import { generalisedSign, signFlips, signTest, wilcoxon } from '../../src/study/cross/sign.js';
import { bootstrapInterval, skewnessAdjusted, skewnessBootstrap } from '../../src/study/cross/skew.js';
import { fUpper } from '../../src/study/distributions.js';
import { fit } from '../../src/study/fit.js';
import { buyAndHold, cumulate } from '../../src/study/one-event.js';
import type { Fitted, Refusal, Sample } from '../../src/study/types.js';
import { goldenSamples } from '../support/golden-sample.js';

const samples = goldenSamples();
const fitted = samples.map((sample) => fit(sample, 'market-model') as Fitted);
const day = panelOf(fitted, { from: 0, to: 0 });
const window = panelOf(fitted, { from: -2, to: 2 });
const near = (value: unknown, golden: number): void => expect(Math.abs((value as number) / golden - 1)).toBeLessThan(5e-11);
const sure = <T>(value: T | Refusal): T => {
  if (typeof value === 'object' && value !== null && 'refused' in value) throw new Error((value).reason);
  return value;
};

describe('the golden sample over six firms', () => {
  it('gives J1, Patell both ways, cross-section t and BMP as printed', () => {
    near(window.members.reduce((total, { car }) => total + car, 0) / 6, 0.0309189976971);
    near(j1(window), 1.52698119815);
    near(patell(day), 1.75372390154);
    near(patell1976(window), 1.40438179559);
    near(patell(window), 1.36687347011);
    near(crossSectionT(day), 1.46124714046);
    near(crossSectionT(window), 1.23186557044);
    near(bmp(day), 1.44641108252);
    near(bmp(window), 1.14989163959);
  });
  it('gives the mean correlation and what Kolari and Pynnönen make of it as printed', () => {
    const r = sure(meanCorrelation(window));
    near(r, 0.0815283575437);
    near(adjustedBmp(day, r), 1.16836500734);
    near(adjustedBmp(window, r), 0.928846003854);
    near(adjustedPatell(window, r), 1.15207894269);
  });
  it('gives the crude adjustment and the joint F as printed', () => {
    near(sure(crudeDependence(day)).t, 1.54253884872);
    near(sure(crudeDependence(window)).t, 1.37509295653);
    const { f, df1, df2 } = sure(jointF(day, 0));
    near(f, 1.4199272395);
    expect([df1, df2]).toEqual([6, 53]);
    near(fUpper(f, df1, df2), 0.224429973135);
  });
  it('gives the rank tests as printed', () => {
    near(corrado(window, 0), 1.13881619876);
    near(corradoZivney(window, 0), 1.11940687239);
    near(rankWindow(window, false), 0.864991544352);
    near(rankWindow(window, true), 0.893359425569);
    const { t, df, z } = sure(grank(window));
    near(t, 0.848363892362);
    near(z, 0.997038625884);
    expect(df).toBe(59);
  });
  it('gives the sign tests, Wilcoxon and the skewness-adjusted t as printed', () => {
    const sign = generalisedSign(window);
    near(sign.share, 0.505555555556);
    near(sign.z, 0.789328753731);
    expect([sign.positive, signTest(window).p]).toEqual([4, 0.6875]);
    expect(wilcoxon(window)).toEqual({ w: 16, n: 6, p: 0.3125, exact: true });
    const bhar = fitted.map((each) => sure(buyAndHold(each, { from: -2, to: 2 })));
    const { t, skewness } = skewnessAdjusted(bhar);
    near(bhar.reduce((a, b) => a + b, 0) / 6, 0.0294852045404);
    near(skewness, -0.0541999146815);
    near(t, 1.17588972404);
  });
});

/** A panel with chosen cumulated returns: the tests that use nothing else. */
function panelWith(cars: readonly number[]): Panel {
  return { ...window, members: cars.map((car) => ({ ...(window.members[0] as Panel['members'][number]), car, scar: car })) };
}

describe('exact laws', () => {
  it('of Wilcoxon are those of all signs, counted', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 9 }), fc.integer({ min: 0, max: 511 }), (sizes, mask) => {
      const cars = sizes.map((size, i) => (mask & (1 << i) ? -size : size));
      const ranks = midranks(sizes);
      const all = Array.from({ length: 1 << sizes.length }, (_, m) => ranks.reduce((total, rank, i) => total + (m & (1 << i) ? 0 : rank), 0));
      const { w, p } = wilcoxon(panelWith(cars));
      const [low, high] = [all.filter((value) => value <= w).length, all.filter((value) => value >= w).length];
      expect(p).toBeCloseTo(Math.min(1, (2 * Math.min(low, high)) / all.length), 12);
    }));
  });
  it('of flips go through every sign up to 20 events, and are drawn alike from one seed beyond', () => {
    expect(signFlips(panelWith([1, 2, 3, 4, 5, 6]))).toEqual({ p: 2 / 64, exact: true });
    const many = panelWith(Array.from({ length: 25 }, (_, i) => (i % 3 === 0 ? -1 : 1) * (i + 1)));
    expect(signFlips(many, { seed: 7, draws: 500 })).toEqual(signFlips(many, { seed: 7, draws: 500 }));
    expect(signFlips(panelWith(Array.from({ length: 25 }, () => 1)), { draws: 99 }).p).toBeGreaterThanOrEqual(0.01);
  });
});

describe('dependence between events', () => {
  it('is taken out by r̄: the adjusted t of equally correlated events has the variance 1 that the plain one lacks', () => {
    // E[s²] = σ²(1 − r) and Var(mean) = σ²(1 + (N − 1)r)/N: the factor is their ratio.
    fc.assert(fc.property(fc.double({ min: 0, max: 0.9, noNaN: true }), (r) => {
      const plain = bmp(day);
      expect(sure(adjustedBmp(day, r))).toBeCloseTo((plain * Math.sqrt(1 - r)) / Math.sqrt(1 + 5 * r), 12);
      if (r > 0.01) expect(Math.abs(sure(adjustedBmp(day, r)))).toBeLessThan(Math.abs(plain));
    }));
    expect(Math.abs(sure(adjustedBmp(day, -0.1)))).toBeGreaterThan(Math.abs(bmp(day)));
    expect(adjustedBmp(day, -0.25)).toMatchObject({ refused: 'correlation-out-of-range' });
  });
  it('counts only where windows share days: of events apart it is nothing', () => {
    const moved = fitted.map((each, i): Fitted => ({ ...each, window: each.window.map((one) => ({ ...one, date: `${one.date}-${i}` })) }));
    const apart = panelOf(moved, { from: -2, to: 2 });
    expect([apart.shared, window.shared, meanCorrelation(apart)]).toEqual([false, true, 0]);
  });
  it('leaves the portfolio exact: the mean of abnormal returns is the abnormal return of the mean', () => {
    const portfolio = sure(cumulate(fit(sure(portfolioOf(samples)), 'market-model') as Fitted, { from: -2, to: 2 }));
    expect(portfolio.car).toBeCloseTo(window.members.reduce((total, { car }) => total + car, 0) / 6, 14);
    expect(portfolio.df).toBe(58);
  });
});

describe('a panel', () => {
  it('is keyed by the event: one firm with two announcements is two events', () => {
    const twice = panelOf([fitted[0] as Fitted, { ...(fitted[0] as Fitted), event: 'another' }], { from: 0, to: 0 });
    expect(twice.members).toHaveLength(2);
  });
  it('leaves out an event with a missing day, names it, and divides by those that are there', () => {
    const [first, ...rest] = samples as [Sample, ...Sample[]];
    const gap: Sample = { ...first, window: { ...first.window, returns: [null, ...first.window.returns.slice(1)] } };
    const panel = panelOf([gap, ...rest].map((sample) => fit(sample, 'market-model') as Fitted), { from: -2, to: 2 });
    expect(panel.members.map(({ fitted: { event } }) => event)).toEqual(['event-2', 'event-3', 'event-4', 'event-5', 'event-6']);
    expect(panel.left).toMatchObject([{ event: 'event-1' }]);
    expect(patell(panel)).toBeCloseTo(patell(panelOf(fitted.slice(1), { from: -2, to: 2 })), 12);
  });
});

describe('the skewness adjustment', () => {
  it('has γ̂ in both of its terms, and n once', () => {
    const values = [0.1, -0.02, 0.03, 0.4, -0.05, 0.01, 0.02];
    const n = values.length;
    const bar = values.reduce((a, b) => a + b, 0) / n;
    const sigma = Math.sqrt(values.reduce((total, x) => total + (x - bar) * (x - bar), 0) / (n - 1));
    const gamma = values.reduce((total, x) => total + (x - bar) * (x - bar) * (x - bar), 0) / (n * sigma * sigma * sigma);
    const s = bar / sigma;
    expect(skewnessAdjusted(values).t).toBeCloseTo(Math.sqrt(n) * (s + (gamma * s * s) / 3 + gamma / (6 * n)), 12);
    expect(skewnessAdjusted(values).t).not.toBeCloseTo(Math.sqrt(n) * (s + (s * s) / 3 + gamma / (6 * n)), 3);
  });
  it('and the bootstrap give the same from one seed, and never a p of 0', () => {
    const values = Array.from({ length: 24 }, (_, i) => 0.02 + Math.sin(i) / 10);
    expect(skewnessBootstrap(values, { seed: 5 })).toBe(skewnessBootstrap(values, { seed: 5 }));
    expect(skewnessBootstrap(values.map((x) => x + 5), { seed: 5 })).toBeGreaterThan(0);
    const { lo, hi } = bootstrapInterval(values, { seed: 3 });
    expect(lo).toBeLessThan(0.02);
    expect(hi).toBeGreaterThan(lo);
  });
});

describe('p values of several tests', () => {
  it('by Holm and by Benjamini and Hochberg, as worked by hand', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(6)))).toEqual([0.02, 0.04, 0.04, 0.02]);
  });
  it('only ever rise, keep their order, and Holm is the stricter', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (p) => {
      const [strict, mild] = [holm(p), benjaminiHochberg(p)];
      p.forEach((value, i) => {
        expect(strict[i]).toBeGreaterThanOrEqual((mild[i] ?? 0) - 1e-15);
        expect(mild[i]).toBeGreaterThanOrEqual(value - 1e-15);
        p.forEach((other, j) => {
          if (value < other) expect(strict[i]).toBeLessThanOrEqual((strict[j] ?? 0) + 1e-15);
        });
      });
    }));
  });
});

describe('the regression of cumulated returns', () => {
  it('has HC3 errors: residuals over 1 − h, squared', () => {
    const x = [1, 2, 3, 4, 5, 9];
    const y = [1.1, 1.9, 3.2, 3.9, 5.3, 8.2];
    const [intercept, slope] = sure(regression(y, { x }, ['x']));
    const bar = x.reduce((a, b) => a + b, 0) / 6;
    const sxx = x.reduce((total, v) => total + (v - bar) * (v - bar), 0);
    const beta = x.reduce((total, v, i) => total + (v - bar) * (y[i] as number), 0) / sxx;
    const alpha = y.reduce((a, b) => a + b, 0) / 6 - beta * bar;
    const variance = x.reduce((total, v, i) => {
      const u = (y[i] as number) - alpha - beta * v;
      const h = 1 / 6 + ((v - bar) * (v - bar)) / sxx;
      const weight = ((v - bar) / sxx) * (u / (1 - h));
      return total + weight * weight;
    }, 0);
    expect(intercept?.value).toBeCloseTo(alpha, 12);
    expect(slope?.value).toBeCloseTo(beta, 12);
    expect(slope?.error).toBeCloseTo(Math.sqrt(variance), 12);
  });
  it('is refused where columns depend on each other, events are few, or dates to cluster by', () => {
    expect(regression([1, 2, 3, 4], { a: [1, 2, 3, 4], b: [2, 4, 6, 8] }, ['a', 'b'])).toMatchObject({ refused: 'regressors-dependent' });
    expect(regression([1, 2], { a: [1, 2] }, ['a'])).toMatchObject({ refused: 'too-few-events' });
    expect(regression([1, 2, 3, 4], { a: [1, 2, 3, 5] }, ['a'], ['d1', 'd1', 'd2', 'd2'])).toMatchObject({ refused: 'too-few-clusters' });
  });
});
