/**
 * Mistakes that packages for event studies make, read from their source: each stands here as what must hold instead.
 * Those that the golden numbers catch by themselves (T − 2, forecast errors, Patell's covariances) are in the other files.
 */
import { describe, expect, it } from 'vitest';
import { crossSection, cumulate, fit, generalisedSign, isRefusal, panelOf, returnsOf, signFlips, wilcoxon, type Cumulated, type Fitted, type Sample } from '../../src/study/index.js';
import { goldenSamples } from '../support/golden-sample.js';

const samples = goldenSamples();
const fitted = samples.map((sample) => fit(sample, 'market-model') as Fitted);
const [first] = fitted as [Fitted];
const over = (from: number, to: number, of = first): Cumulated => cumulate(of, { from, to }) as Cumulated;

describe('what packages get wrong', () => {
  it('cumulating begins with the first day of the window: it is not set to zero', () => {
    expect(over(-2, -2).car).toBe(first.window[0]?.ar);
    expect(over(-2, 2).car).toBeCloseTo(first.window.reduce((sum, { ar }) => sum + (ar ?? NaN), 0), 15);
  });

  it('the share of positive residuals is of each event, and not of each firm', () => {
    // One firm with two events whose estimation windows differ: both shares count.
    const mirrored: Sample = { ...(samples[0] as Sample), event: 'later', estimation: { ...(samples[0] as Sample).estimation, returns: (samples[0] as Sample).estimation.returns.map((r) => (r ?? 0) * (r !== null && r > 0 ? 3 : 1)) } };
    const two = panelOf([first, fit(mirrored, 'market-model') as Fitted], { from: 0, to: 0 });
    const share = (of: Fitted): number => of.residuals.e.filter((e) => e > 0).length / of.residuals.e.length;
    const [a, b] = two.members.map((member) => share(member.fitted)) as [number, number];
    expect(a).not.toBe(b);
    expect(generalisedSign(two).share).toBeCloseTo((a + b) / 2, 15);
  });

  it('a firm that is absent on a day is absent: nothing is scaled up in its place', () => {
    const gone = samples.map((sample, i) => (i === 0 ? { ...sample, window: { ...sample.window, returns: sample.window.returns.map(() => null) } } : sample));
    const with5 = crossSection(gone.map((sample) => fit(sample, 'market-model') as Fitted), gone, { from: 0, to: 0 }, { model: 'market-model' });
    const only5 = crossSection(fitted.slice(1), samples.slice(1), { from: 0, to: 0 }, { model: 'market-model' });
    expect(with5.n).toBe(5);
    expect(with5.left.map(({ event }) => event)).toEqual(['event-1']);
    expect(with5.entries).toEqual(only5.entries);
  });

  it('Wilcoxon and flips have as much in one tail as in the other: all signs turned give the same p', () => {
    const panel = panelOf(fitted, { from: 0, to: 0 });
    const turned = { ...panel, members: panel.members.map((member) => ({ ...member, car: -member.car })) };
    expect(wilcoxon(turned).p).toBe(wilcoxon(panel).p);
    expect(signFlips(turned, {}).p).toBe(signFlips(panel, {}).p);
  });

  it('what is drawn is drawn from a seed: the same seed, the same p', () => {
    const many = Array.from({ length: 4 }, (_, round) => samples.map((sample) => ({ ...sample, event: `${sample.event}-${round}`, window: { ...sample.window, returns: sample.window.returns.map((r) => (r ?? 0) * (1 + round / 3)) } }))).flat();
    const of = (seed: number): unknown => crossSection(many.map((sample) => fit(sample, 'market-model') as Fitted), many, { from: 0, to: 0 }, { model: 'market-model', seed }).entries.filter(({ test }) => test === 'sign-flips' || test === 'skewness-adjusted-t');
    expect(of(7)).toEqual(of(7));
    expect(of(8)).not.toEqual(of(7));
  });

  it('a model that estimates nothing has no term 1/T in its variance', () => {
    const adjusted = fit(samples[0] as Sample, 'market-adjusted') as Fitted;
    expect(adjusted.window[0]?.variance).toBe(adjusted.s2);
    expect(over(-2, 2, adjusted).variance).toBeCloseTo(5 * adjusted.s2, 18);
  });

  it('the variance is over T − k, k with each factor', () => {
    const wide: Sample = { ...(samples[0] as Sample), estimation: { ...(samples[0] as Sample).estimation, regressors: (samples[0] as Sample).estimation.regressors.map(([m], i) => [m ?? null, ((i * 37) % 11) / 1000]) }, window: { ...(samples[0] as Sample).window, regressors: (samples[0] as Sample).window.regressors.map(([m]) => [m ?? null, 0.001]) } };
    const factors = fit(wide, 'factors', ['market', 'other']) as Fitted;
    expect([factors.k, factors.df]).toEqual([3, 57]);
    expect(factors.s2).toBeCloseTo(factors.residuals.e.reduce((sum, e) => sum + e * e, 0) / 57, 17);
  });

  it('a return divides by the earlier price', () => {
    expect(returnsOf([100, 110], 'simple')[1]).toBeCloseTo(0.1, 15);
  });

  it('a missing return is not 0: it makes the window undefined, and says which day', () => {
    const gap = fit({ ...(samples[0] as Sample), window: { ...(samples[0] as Sample).window, returns: [0.01, 0.01, null, 0.01, 0.01] } }, 'market-model') as Fitted;
    const found = cumulate(gap, { from: -2, to: 2 });
    expect(isRefusal(found) && found.reason).toContain(gap.window[2]?.date ?? '?');
    expect(cumulate(gap, { from: -2, to: -1 })).toMatchObject({ days: 2 });
  });

  it('each event has a date of its own', () => {
    const shifted = samples.map((sample, i) => ({ ...sample, window: { ...sample.window, dates: sample.window.dates.map((date) => `${date}+${i}`) }, estimation: { ...sample.estimation, dates: sample.estimation.dates.map((date) => `${date}+${i}`) } }));
    const apart = crossSection(shifted.map((sample) => fit(sample, 'market-model') as Fitted), shifted, { from: 0, to: 0 }, { model: 'market-model' });
    expect([apart.shared, apart.n, apart.meanCorrelation ?? 0]).toEqual([false, 6, 0]);
  });
});
