/** One event: the golden numbers, least squares by another way, and the mistakes of the packages people use. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareUpper, fUpper, normalInverse, normalTwoSided, tInverse, tTwoSided } from '../../src/study/distributions.js';
import { fit, isRefusal, type Model } from '../../src/study/fit.js';
import { buyAndHold, cumulate, leastDetectable, placebo, sampleQuantile, sampleQuantileWindow, type Cumulated } from '../../src/study/one-event.js';
import { returnsOf } from '../../src/study/returns.js';
import { fowlerRorkeWeight } from '../../src/study/thin-trading.js';
import type { Fitted, Refusal, Sample } from '../../src/study/types.js';
import { goldenReturns, goldenSamples } from '../support/golden-sample.js';

const [ONE] = goldenSamples() as [Sample];
const fitted = (sample: Sample, model: Model = 'market-model'): Fitted => {
  const found = fit(sample, model);
  if (isRefusal(found)) throw new Error(found.reason);
  return found;
};
const sure = <T extends object | number>(value: T | Refusal): T => {
  if (typeof value === 'object' && 'refused' in value) throw new Error((value).reason);
  return value;
};
/** To ten digits, as the golden numbers are printed. */
const near = (value: number, golden: number): void => expect(Math.abs(value / golden - 1)).toBeLessThan(2e-11);

describe('the golden sample', () => {
  it('is drawn as printed', () => {
    const { market, firms } = goldenReturns();
    near(market[0] ?? 0, -0.0287994996178893);
    near(market[69] ?? 0, -0.012439408350568);
    near(firms[0]?.[0] ?? 0, -0.0436190973948124);
    near(firms[5]?.[69] ?? 0, -0.0433565472521431);
  });
  it('gives the market model, its variances and t as printed', () => {
    const one = fitted(ONE);
    near(one.coefficients['alpha'] ?? 0, -0.0015199410617);
    near(one.coefficients['beta'] ?? 0, 1.15130103427);
    near(one.s2, 0.000289635249015);
    const day = sure(cumulate(one, { from: 0, to: 0 }));
    near(day.car, 0.0164598754396);
    near(day.variance, 0.000297803833799);
    near(day.t, 0.953808969506);
    expect(day.df).toBe(58);
    near(day.p, 0.344138745975);
    const car = sure(cumulate(one, { from: -2, to: 2 }));
    near(car.car, 0.055930255399);
    near(car.variance, 0.00160043318067);
    near(car.t, 1.39806714289);
    near(car.p, 0.167416697745);
  });
  it('gives the cumulated returns of all six firms', () => {
    const cars = goldenSamples().map((sample) => sure(cumulate(fitted(sample), { from: -2, to: 2 })).car);
    [0.0559302554, -0.02210105418, -0.04752788919, 0.005861002307, 0.09262256874, 0.1007291031].forEach((golden, i) => expect(Math.abs((cars[i] ?? 0) / golden - 1)).toBeLessThan(1e-9));
  });
  it('gives buy-and-hold, quantile tests, Scholes–Williams and Dimson as printed', () => {
    near(sure(buyAndHold(fitted(ONE), { from: -2, to: 2 })), 0.0552604721523);
    near(sure(sampleQuantile(fitted(ONE), 0)).p, 0.311475409836);
    near(sure(sampleQuantile(fitted(ONE), 0, true)).p, 0.327868852459);
    const sw = fitted(ONE, 'scholes-williams');
    near(sw.coefficients['beta'] ?? 0, 1.19755704301);
    near(sw.s2, 0.000299110258914);
    near(sure(cumulate(sw, { from: 0, to: 0 })).variance, 0.000314671543412);
    near(fitted(ONE, 'dimson').coefficients['beta'] ?? 0, 1.21308796112);
    near(fowlerRorkeWeight(ONE.estimation.regressors.map(([x]) => x as number)), 0.912619235825);
    near(fitted(ONE, 'dimson-fowler-rorke').coefficients['beta'] ?? 0, 1.2014529154);
  });
});

describe('least squares with a dummy for each day of the window (Karafiath 1988)', () => {
  it('gives the same abnormal returns and the same t', () => {
    // The dummies' coefficients by elimination on the whole design: another way to the same numbers.
    const { estimation, window } = ONE;
    const y = [...estimation.returns, ...window.returns] as number[];
    const m = [...estimation.regressors, ...window.regressors].map(([x]) => x as number);
    const T = estimation.dates.length;
    const L = window.dates.length;
    const X = y.map((_, t) => [1, m[t] as number, ...Array.from({ length: L }, (_unused, j) => (t === T + j ? 1 : 0))]);
    const { beta, inner } = solve(X, y);
    const residual = y.map((value, t) => value - (X[t] as number[]).reduce((sum, x, j) => sum + x * (beta[j] as number), 0));
    const s2 = residual.reduce((sum, e) => sum + e * e, 0) / (T - 2);
    const one = fitted(ONE);
    one.window.forEach((day, j) => {
      expect(day.ar).toBeCloseTo(beta[2 + j] as number, 12);
      expect(day.variance).toBeCloseTo(s2 * ((inner[2 + j] as number[])[2 + j] as number), 12);
      one.covariance[j]?.forEach((cell, k) => expect(cell).toBeCloseTo(s2 * ((inner[2 + j] as number[])[2 + k] as number), 12));
    });
  });
});

/** Normal equations by Gauss–Jordan, for the oracle alone. */
function solve(X: number[][], y: number[]): { beta: number[]; inner: number[][] } {
  const k = X[0]?.length ?? 0;
  const A = Array.from({ length: k }, (_, i) => [...Array.from({ length: k }, (_u, j) => X.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0)), ...Array.from({ length: k }, (_u, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < k; i += 1) {
    const pivot = (A[i] as number[])[i] as number;
    A[i] = (A[i] as number[]).map((x) => x / pivot);
    for (let r = 0; r < k; r += 1) {
      if (r === i) continue;
      const factor = (A[r] as number[])[i] as number;
      A[r] = (A[r] as number[]).map((x, c) => x - factor * ((A[i] as number[])[c] as number));
    }
  }
  const inner = A.map((row) => row.slice(k));
  const Xy = Array.from({ length: k }, (_, i) => X.reduce((sum, row, t) => sum + (row[i] as number) * (y[t] as number), 0));
  return { inner, beta: inner.map((row) => row.reduce((sum, x, j) => sum + x * (Xy[j] as number), 0)) };
}

describe('the variance of a prediction', () => {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  it('has 1/T and the distance of the market from its mean; a cumulated one L²/T', () => {
    const one = fitted(ONE);
    const market = ONE.estimation.regressors.map(([x]) => x as number);
    const bar = mean(market);
    const smm = market.reduce((sum, x) => sum + (x - bar) * (x - bar), 0);
    const window = ONE.window.regressors.map(([x]) => (x as number) - bar);
    const total = window.reduce((a, b) => a + b, 0);
    expect(sure(cumulate(one, { from: -2, to: 2 })).variance).toBeCloseTo(one.s2 * (5 + 25 / 60 + (total * total) / smm), 15);
    expect(sure(cumulate(one, { from: -2, to: 2 }, { asymptotic: true })).variance).toBeCloseTo(one.s2 * 5, 15);
  });
  it('of the mean-adjusted model is s²(L + L²/T), and of the market-adjusted one, which estimates nothing, s²L', () => {
    const mean1 = fitted(ONE, 'mean-adjusted');
    expect([mean1.k, mean1.df]).toEqual([1, 59]);
    expect(sure(cumulate(mean1, { from: -2, to: 2 })).variance).toBeCloseTo(mean1.s2 * (5 + 25 / 60), 15);
    const adjusted = fitted(ONE, 'market-adjusted');
    expect(sure(cumulate(adjusted, { from: -2, to: 2 })).variance).toBeCloseTo(adjusted.s2 * 5, 15);
    expect(adjusted.df).toBe(59);
  });
});

describe('what is missing', () => {
  const without = (index: number, where: 'estimation' | 'window'): Sample => ({ ...ONE, [where]: { ...ONE[where], returns: ONE[where].returns.map((r, i) => (i === index ? null : r)) } });
  it('in the window leaves its cumulated return undefined, never 0', () => {
    const found = fitted(without(2, 'window'));
    expect(found.window[2]).toMatchObject({ ar: null, variance: null });
    expect(cumulate(found, { from: -2, to: 2 })).toMatchObject({ refused: 'missing-day' });
    expect(sure(cumulate(found, { from: 1, to: 2 })).days).toBe(2);
  });
  it('may be summed over by choice: then with the variance of the days that are there', () => {
    const found = fitted(without(2, 'window'));
    const some = sure(cumulate(found, { from: -2, to: 2 }, { sumAvailable: true }));
    expect(some.days).toBe(4);
    expect(some.variance).toBeLessThan(sure(cumulate(fitted(ONE), { from: -2, to: 2 })).variance);
  });
  it('in the estimation window is left out: T and the degrees of freedom fall', () => {
    expect([fitted(without(3, 'estimation')).t, fitted(without(3, 'estimation')).df]).toEqual([59, 57]);
  });
  it('is refused with the reason where too little is left, nothing varies, or regressors depend on each other', () => {
    const short: Sample = { ...ONE, estimation: { dates: ONE.estimation.dates.slice(0, 4), returns: ONE.estimation.returns.slice(0, 4), regressors: ONE.estimation.regressors.slice(0, 4) } };
    expect(fit(short, 'market-model')).toMatchObject({ refused: 'too-few-days', reason: expect.stringContaining('4 usable days of 4') as unknown });
    expect(fit({ ...ONE, estimation: { ...ONE.estimation, returns: ONE.estimation.returns.map(() => 0) } }, 'market-model')).toMatchObject({ refused: 'zero-variance' });
    expect(fit({ ...ONE, estimation: { ...ONE.estimation, regressors: ONE.estimation.regressors.map(() => [0.01]) } }, 'market-model')).toMatchObject({ refused: 'regressors-dependent' });
    const twice = (rows: Sample['window']['regressors']): Sample['window']['regressors'] => rows.map(([x]) => [x ?? null, (x ?? 0) * 2]);
    expect(fit({ ...ONE, estimation: { ...ONE.estimation, regressors: twice(ONE.estimation.regressors) }, window: { ...ONE.window, regressors: twice(ONE.window.regressors) } }, 'factors', ['a', 'b'])).toMatchObject({ refused: 'regressors-dependent' });
  });
  it('a window beyond the fitted days is refused', () => {
    expect(cumulate(fitted(ONE), { from: 0, to: 9 })).toMatchObject({ refused: 'window-outside' });
  });
});

describe('a return', () => {
  it('over a gap spans more than one day and is missing, on the next day too where its base is', () => {
    expect(returnsOf([100, 110, null, 121, 133.1], 'simple').map((r) => (r === null ? null : Number(r.toFixed(6))))).toEqual([null, 0.1, null, null, 0.1]);
  });
  it('divides by the earlier price, or is a logarithm: those sum to that of the whole', () => {
    expect(returnsOf([100, 90], 'simple')[1]).toBeCloseTo(-0.1, 15);
    const logs = returnsOf([100, 110, 99], 'log') as number[];
    expect((logs[1] ?? 0) + (logs[2] ?? 0)).toBeCloseTo(Math.log(0.99), 15);
  });
});

describe('tests of one event', () => {
  it('refuse a quantile that cannot reach 5 %, and a placebo with fewer than 19 controls', () => {
    expect(sampleQuantileWindow(fitted(ONE), { from: -2, to: 2 })).toMatchObject({ refused: 'too-few-days' });
    const own = sure(cumulate(fitted(ONE), { from: 0, to: 0 }));
    expect(placebo(own, [own])).toMatchObject({ refused: 'too-few-controls' });
    expect(placebo(own, Array.from({ length: 19 }, (): Cumulated => ({ ...own, t: 0 })))).toEqual({ p: 0.05, n: 19 });
  });
  it('say what effect they would have seen', () => {
    const day = sure(cumulate(fitted(ONE), { from: 0, to: 0 }));
    expect(leastDetectable(day)).toBeCloseTo((tInverse(0.975, 58) + tInverse(0.8, 58)) * Math.sqrt(day.variance), 15);
    expect(leastDetectable(day, { power: 0.9 })).toBeGreaterThan(leastDetectable(day));
  });
  it('bound the effect by the t law: zero is inside of the interval exactly where p is above 5 %', () => {
    for (const sample of goldenSamples()) {
      const car = sure(cumulate(fitted(sample), { from: -2, to: 2 }));
      expect(car.lo < 0 && car.hi > 0).toBe(car.p > 0.05);
    }
  });
});

describe('a fit', () => {
  const scale = fc.double({ min: 0.1, max: 10, noNaN: true });
  it('of returns scaled alike scales abnormal returns and leaves every t', () => {
    fc.assert(fc.property(scale, (factor) => {
      const times = (days: Sample['estimation']): Sample['estimation'] => ({ ...days, returns: days.returns.map((r) => (r ?? 0) * factor), regressors: days.regressors.map((row) => row.map((x) => (x ?? 0) * factor)) });
      const scaled = fitted({ ...ONE, estimation: times(ONE.estimation), window: { ...ONE.window, ...times(ONE.window) } });
      const [a, b] = [sure(cumulate(scaled, { from: -2, to: 2 })), sure(cumulate(fitted(ONE), { from: -2, to: 2 }))];
      expect(a.t).toBeCloseTo(b.t, 9);
      expect(a.car).toBeCloseTo(b.car * factor, 9);
    }), { numRuns: 30 });
  });
  it('does not depend on the order of its estimation days, and not on a drift of the firm', () => {
    fc.assert(fc.property(fc.double({ min: -0.01, max: 0.01, noNaN: true }), fc.infiniteStream(fc.nat()), (drift, dice) => {
      const order = ONE.estimation.dates.map((_, i) => ({ i, key: Number(dice.next().value ?? 0) })).sort((a, b) => a.key - b.key).map(({ i }) => i);
      const pick = <T>(list: readonly T[]): T[] => order.map((i) => list[i] as T);
      const moved = fitted({ ...ONE, estimation: { dates: pick(ONE.estimation.dates), returns: pick(ONE.estimation.returns).map((r) => (r ?? 0) + drift), regressors: pick(ONE.estimation.regressors) }, window: { ...ONE.window, returns: ONE.window.returns.map((r) => (r ?? 0) + drift) } });
      expect(sure(cumulate(moved, { from: -2, to: 2 })).t).toBeCloseTo(sure(cumulate(fitted(ONE), { from: -2, to: 2 })).t, 9);
    }), { numRuns: 30 });
  });
  it('of one factor is the market model, and its cumulated variance is the sum of its covariances', () => {
    const factors = fit(ONE, 'factors', ['market']) as Fitted;
    expect(factors.coefficients).toEqual(fitted(ONE).coefficients);
    const car = sure(cumulate(factors, { from: -2, to: 2 }));
    expect(car.variance).toBeCloseTo(factors.covariance.flat().reduce<number>((sum, cell) => sum + (cell ?? 0), 0), 15);
  });
});

describe('the laws', () => {
  it('hold far out, where 1 − cdf has lost every digit', () => {
    const close = (value: number, reference: number, digits = 1e-12): void => expect(Math.abs(value / reference - 1)).toBeLessThan(digits);
    // References to sixty digits, from docs/event-study.md.
    close(normalTwoSided(8), 2 * 6.22096057427178e-16, 1e-13);
    close(normalTwoSided(10), 2 * 7.61985302416052e-24, 1e-13);
    close(tTwoSided(8, 100), 2 * 1.136432403864046e-12, 1e-12);
  });
  it('agree with each other: a squared t is an F, a squared normal a χ²', () => {
    fc.assert(fc.property(fc.double({ min: 0.01, max: 12, noNaN: true }), fc.integer({ min: 3, max: 300 }), (x, df) => {
      expect(Math.abs(fUpper(x * x, 1, df) / tTwoSided(x, df) - 1)).toBeLessThan(1e-9);
      expect(Math.abs(chiSquareUpper(x * x, 1) / normalTwoSided(x) - 1)).toBeLessThan(1e-9);
    }));
  });
  it('turn back: quantiles of probabilities', () => {
    for (const p of [1e-6, 0.025, 0.4, 0.975]) expect(normalTwoSided(normalInverse(p))).toBeCloseTo(2 * Math.min(p, 1 - p), 10);
  });
});
