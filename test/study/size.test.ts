/**
 * Size and power by simulation from a seed: tests reject about 5 % where nothing happened and their assumptions hold, and
 * too much where theory says so. A harness that did not see the failures would be blind. 1,000 samples: the standard
 * error of 5 % is 0.69 points, so bounds are 2.3 points (3.3 of them); bench/size.bench.ts draws 10,000.
 */
import { describe, expect, it } from 'vitest';
import { rejections } from '../support/size.js';

const SAMPLES = 1000;
const EXACT = [2.7, 7.3] as const;
const between = (value: number | undefined, [lo, hi]: readonly [number, number], test: string): void => {
  expect([test, value !== undefined && value >= lo && value <= hi ? 'within' : value, lo, hi]).toEqual([test, 'within', lo, hi]);
};
/** Around a rate that theory gives, by the same 3.3 standard errors. */
const around = (rate: number): readonly [number, number] => {
  const error = 3.3 * Math.sqrt((rate * (100 - rate)) / SAMPLES);
  return [rate - error, rate + error];
};

describe('ten firms on one day, T = 60', () => {
  const size = rejections({ firms: 10, t: 60, l: 1 }, SAMPLES, 11);
  it('of independent normal residuals: every test keeps its 5 %', () => {
    for (const test of ['one-event-t', 'one-event-quantile', 'portfolio-t', 'cross-section-t', 'bmp', 'adjusted-bmp', 'patell', 'adjusted-patell', 'joint-f', 'rank-window', 'corrado', 'j1']) between(size[test], EXACT, test);
  });
  it('whose variance the event doubles: Patell fails as 2Φ(−1.96/√2) says, the tests by cross-section hold', () => {
    const raised = rejections({ firms: 10, t: 60, l: 1, eventVariance: 2 }, SAMPLES, 12);
    between(raised['patell'], around(16.6), 'patell');
    between(raised['one-event-t'], around(16.6), 'one-event-t');
    for (const test of ['cross-section-t', 'bmp']) between(raised[test], EXACT, test);
    expect(raised['joint-f']).toBeGreaterThan(25);
  });
  it('that move together at ρ = 0.1: Patell and BMP fail as theory says, what is adjusted or a portfolio holds', () => {
    const together = rejections({ firms: 10, t: 60, l: 1, common: 0.1 }, SAMPLES, 13);
    // 2Φ(−1.96/√(1 + 9ρ)) for Patell; BMP's own variance has lost the part that they share.
    between(together['patell'], around(15.5), 'patell');
    expect(together['bmp']).toBeGreaterThan(9);
    for (const test of ['adjusted-bmp', 'adjusted-patell', 'portfolio-t', 'joint-f']) between(together[test], EXACT, test);
  });
  it('with an effect: the power of every test rises with it', () => {
    const [some, more] = [0.3, 0.7].map((effect) => rejections({ firms: 10, t: 60, l: 1, effect }, 300, 14));
    for (const test of ['portfolio-t', 'bmp', 'patell', 'corrado', 'cross-section-t']) {
      expect([test, (some?.[test] ?? 0) > 8]).toEqual([test, true]);
      expect([test, (more?.[test] ?? 0) > (some?.[test] ?? 0) + 10]).toEqual([test, true]);
    }
  });
});

describe('a window of 21 days, T = 60', () => {
  it('needs the term L²/T: the exact tests keep 5 %, the forms without it reject twice as often', () => {
    const long = rejections({ firms: 6, t: 60, l: 21 }, SAMPLES, 15);
    for (const test of ['patell', 'bmp', 'portfolio-t', 'one-event-t']) between(long[test], EXACT, test);
    expect(long['patell-1976']).toBeGreaterThan(7.3);
    expect(long['crude-dependence']).toBeGreaterThan(7);
  });
});
