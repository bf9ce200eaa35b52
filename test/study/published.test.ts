/** Published numbers, with their source: least squares, p values of several tests, signed ranks, and the laws. */
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, chiSquareUpper, fit, fUpper, holm, regression, tInverse, wilcoxon, type Fitted, type Panel, type Sample } from '../../src/study/index.js';

const noDays = { dates: [], relative: [], returns: [], regressors: [] };
const sampleOf = (y: readonly number[], x: readonly (readonly number[])[]): Sample => ({ event: 'e', firm: 'f', estimation: { dates: y.map((_, i) => `day ${i}`), returns: [...y], regressors: x.map((row) => [...row]) }, window: noDays });

/** NIST Statistical Reference Datasets, linear regression: Norris (J. Norris, calibration of ozone monitors). */
const NORRIS_X = [0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0, 447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5];
const NORRIS_Y = [0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2];

/** The same, Longley (1967), of the higher level of difficulty: employment on six series that nearly depend on each other. */
const LONGLEY = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947], [61122, 88.5, 259426, 2325, 1456, 108632, 1948], [60171, 88.2, 258054, 3682, 1616, 109773, 1949], [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951], [63639, 98.1, 346999, 1932, 3594, 113270, 1952], [64989, 99.0, 365385, 1870, 3547, 115094, 1953], [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955], [67857, 104.6, 419180, 2822, 2857, 118734, 1956], [68169, 108.4, 442769, 2936, 2798, 120445, 1957], [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959], [69564, 114.2, 502601, 3931, 2514, 125368, 1960], [69331, 115.7, 518173, 4806, 2572, 127852, 1961], [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
] as const;

/** Digits that agree, as NIST counts them. */
const digits = (found: number | undefined, certified: number): number => -Math.log10(Math.abs(((found ?? NaN) - certified) / certified));

describe('least squares agree with the certified values of NIST', () => {
  it('for Norris, a market model, to ten digits and more', () => {
    const fitted = fit(sampleOf(NORRIS_Y, NORRIS_X.map((x) => [x])), 'market-model') as Fitted;
    expect(digits(fitted.coefficients['alpha'], -0.262323073774029)).toBeGreaterThan(10);
    expect(digits(fitted.coefficients['beta'], 1.00211681802045)).toBeGreaterThan(12);
    expect(digits(Math.sqrt(fitted.s2), 0.884796396144373)).toBeGreaterThan(11);
    expect(fitted.df).toBe(34);
    // The variance of a prediction at x holds those of both coefficients: their certified deviations give it back.
    const centre = NORRIS_X.reduce((a, b) => a + b, 0) / 36;
    const slope = 0.000429796848199937;
    for (const [i, h] of fitted.residuals.h.entries()) expect(h * fitted.s2).toBeCloseTo(fitted.s2 / 36 + (slope * ((NORRIS_X[i] ?? NaN) - centre)) ** 2, 10);
    expect(digits(Math.sqrt(fitted.s2 / 36 + (slope * centre) ** 2), 0.232818234301152)).toBeGreaterThan(9);
  });
  it('for Longley, a model of six factors, to eight digits', () => {
    const names = ['b1', 'b2', 'b3', 'b4', 'b5', 'b6'];
    const fitted = fit(sampleOf(LONGLEY.map(([y]) => y), LONGLEY.map(([, ...x]) => x)), 'factors', names) as Fitted;
    const certified: Record<string, number> = { alpha: -3482258.63459582, b1: 15.0618722713733, b2: -0.035819179292591, b3: -2.02022980381683, b4: -1.03322686717359, b5: -0.0511041056535807, b6: 1829.15146461355 };
    for (const [name, value] of Object.entries(certified)) expect([name, digits(fitted.coefficients[name], value) > 8]).toEqual([name, true]);
    expect(digits(Math.sqrt(fitted.s2), 304.854073561965)).toBeGreaterThan(9);
    expect(fitted.df).toBe(9);
  });
});

describe('several tests', () => {
  // Benjamini and Hochberg 1995, section 4.1: fifteen endpoints of a trial of two thrombolytic drugs.
  const TRIAL = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
  it('of the trial in Benjamini and Hochberg (1995): the false discovery rate finds four, control of every error three', () => {
    expect(benjaminiHochberg(TRIAL).filter((p) => p <= 0.05)).toHaveLength(4);
    expect(holm(TRIAL).filter((p) => p <= 0.05)).toHaveLength(3);
    expect(benjaminiHochberg(TRIAL)[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
  });
});

describe('signed ranks', () => {
  // Hollander and Wolfe 1973, table A.4, as in R's manual of wilcox.test: Hamilton depression scores of nine patients.
  const FIRST = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
  const SECOND = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  it('of Hollander and Wolfe\'s depression scores: W⁺ is 40 of 45, one-sided p 0.01953', () => {
    const panel = { members: FIRST.map((x, i) => ({ car: x - (SECOND[i] ?? NaN) })) } as unknown as Panel;
    const found = wilcoxon(panel);
    expect([found.w, found.exact]).toEqual([40, true]);
    expect(found.p / 2).toBeCloseTo(0.01953, 5);
  });
});

describe('laws', () => {
  // Tables of percentage points, as printed in any textbook (Pearson and Hartley 1966).
  it.each([[0.975, 1, 12.706], [0.975, 10, 2.228], [0.995, 10, 3.169], [0.975, 30, 2.042], [0.975, 120, 1.98]])('t: %d quantile of %d degrees of freedom is %d', (p, df, t) => {
    expect(tInverse(p, df)).toBeCloseTo(t, 3);
  });
  it('F and χ²: their 5 % points', () => {
    expect(fUpper(4.96, 1, 10)).toBeCloseTo(0.05, 3);
    expect(fUpper(3.33, 5, 10)).toBeCloseTo(0.05, 3);
    expect(chiSquareUpper(3.841, 1)).toBeCloseTo(0.05, 4);
    expect(chiSquareUpper(18.307, 10)).toBeCloseTo(0.05, 4);
  });
});

it('HC3 of a mean is its ordinary error, a little larger: n/(n − 1) twice (MacKinnon and White 1985)', () => {
  const y = [3, -1, 4, 1, -5, 9, 2, 6];
  const [intercept] = regression(y, {}, []) as { error: number }[];
  const n = y.length;
  const centre = y.reduce((a, b) => a + b, 0) / n;
  const squares = y.reduce((total, value) => total + (value - centre) ** 2, 0);
  expect(intercept?.error).toBeCloseTo(Math.sqrt(squares / n / n) * (n / (n - 1)), 12);
});
