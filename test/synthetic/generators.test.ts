/** Generators against their ground truth: what they say is true of their events is what the views find. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInstant } from '../../events/index.js';
import { claims as claimRows, openReader } from '../../projections/index.js';
import { draws } from '../../src/synthetic/random.js';
import { generators } from '../../src/synthetic/generators/index.js';
import { residuals, ERRORS } from '../../src/synthetic/generators/returns.js';
import { createTracker, scenario, synthesize, views, type TestScenario, type TestTracker } from '../../src/testing/index.js';
import { marketValueView } from '../../src/views/market-value.js';
import { SEEDED, syntheticHash } from '../support/synthetic-hashes.js';

let test: TestTracker;
beforeAll(async () => {
  test = await createTracker();
});
afterAll(() => test.close());

interface FirmTruth {
  symbol: string;
  day0: string;
  effect: number;
  abnormalReturn: number;
  thinDays: number;
  missingDays: number;
}

describe('the bytes of a generator', () => {
  const golden = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../fixtures/golden-synthetic.json'), 'utf8')) as Record<string, string>;
  it.each(Object.keys(SEEDED))('of %s are the same for the same seed, today and for ever, and others for another', (name) => {
    expect(syntheticHash(name, 7)).toBe(golden[name]);
    expect(syntheticHash(name, 8)).not.toBe(golden[name]);
  });
  it('of one firm do not change with how many there are', () => {
    const one = synthesize('market', { firms: 1, days: 40 });
    const three = synthesize('market', { firms: 3, days: 40 });
    expect(three.events.slice(0, one.events.length)).toEqual(one.events);
    expect(three.truths[1]).toEqual(one.truths[1]);
  });
  it('are valid for every generator, and each id is there once in its stream', async () => {
    await using own = await createTracker();
    for (const { name, looks } of generators) {
      if (looks) continue;
      const { events } = synthesize(name, name === 'market' ? { firms: 2, days: 30 } : {}, `all-${name}`);
      const world = await scenario(own, `all-${name}`);
      expect((await world.append(...events)).filter(({ status }) => status !== 'stored')).toEqual([]);
    }
  });
});

describe('residuals', () => {
  it.each(ERRORS)('of %s have mean 0 and variance 1', (errors) => {
    const draw = residuals(errors, draws(11, errors));
    const values = Array.from({ length: 40_000 }, draw);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length - mean * mean;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    // t(4) has no fourth moment: its sample variance converges slowly.
    expect(Math.abs(variance - 1)).toBeLessThan(errors === 'normal' ? 0.03 : 0.15);
  });
  it('have the tails that their names say', () => {
    const beyond = (errors: (typeof ERRORS)[number]): number => {
      const draw = residuals(errors, draws(3, errors));
      return Array.from({ length: 40_000 }, draw).filter((x) => Math.abs(x) > 4).length / 40_000;
    };
    expect(beyond('normal')).toBeLessThan(0.0005);
    // P(|t(4)| > 4√2) = 0.0048.
    expect(beyond('t4')).toBeGreaterThan(0.003);
    expect(beyond('t4')).toBeLessThan(0.007);
  });
});

describe('a market', () => {
  /** How many firms' 95 % intervals hold the effect that was added. */
  async function coverage(world: TestScenario): Promise<{ inside: number; of: number }> {
    const truths = (await world.truths()).slice(1).map(({ values }) => values as unknown as FirmTruth);
    let [inside, of] = [0, 0];
    for (const { symbol, day0, effect } of truths) {
      const { windows } = await world.ask(views.reactionOfDay({ instrument: symbol, date: day0, benchmark: 'INDEX:SYN', windows: '0:0' }));
      const [window] = windows;
      if (!window || window.lo === null || window.hi === null) continue;
      of += 1;
      if (window.lo <= effect && effect <= window.hi) inside += 1;
    }
    return { inside, of };
  }

  it.each([
    ['normal residuals', { firms: 250, errors: 'normal' }, 0.95],
    ['days without trades or bars', { firms: 120, errors: 'normal', thin: 0.05, missing: 0.05 }, 0.95],
  ])('with %s: the study\'s interval holds the injected return as often as it promises', async (name, params, promised) => {
    const world = await scenario(test, `covered-${name.replaceAll(' ', '-')}`);
    await world.generate('market', { days: 300, seed: 21, ...params });
    const { inside, of } = await coverage(world);
    expect(of).toBeGreaterThan(params.firms * 0.95);
    // Three standard errors of a share of so many.
    expect(Math.abs(inside / of - promised)).toBeLessThan(3 * Math.sqrt((promised * (1 - promised)) / of));
  });

  it('whose events double the variance of their day is found out by it: the interval holds less often', async () => {
    const world = await scenario(test, 'doubled');
    await world.generate('market', { firms: 120, days: 300, seed: 22, eventVariance: 2 });
    const { inside, of } = await coverage(world);
    // P(|N(0, 2)| < 1.96) = 0.834.
    expect(inside / of).toBeGreaterThan(0.72);
    expect(inside / of).toBeLessThan(0.92);
  });

  it('with one date and a common shock has residuals that move together on that day', async () => {
    const { truths } = synthesize('market', { firms: 300, days: 40, seed: 5, oneDate: true, common: 0.9, effect: 0 });
    const firms = truths.slice(1).map(({ values }) => values as unknown as FirmTruth & { sigma: number });
    expect(new Set(firms.map(({ day0 }) => day0)).size).toBe(1);
    const standardised = firms.map(({ abnormalReturn, sigma }) => abnormalReturn / sigma);
    const mean = standardised.reduce((sum, x) => sum + x, 0) / standardised.length;
    const variance = standardised.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / standardised.length;
    // What is left between firms is their own tenth.
    expect(variance).toBeLessThan(0.15);
  });

  it('leaves out what it says, and never around its event', async () => {
    const { events, truths } = synthesize('market', { firms: 3, days: 200, seed: 9, thin: 0.2, missing: 0.2 });
    for (const { values } of truths.slice(1)) {
      const { symbol, day0, missingDays, thinDays } = values as unknown as FirmTruth;
      const instrument = (values as { instrument: string }).instrument;
      const bars = events.filter(({ type, data }) => type === 'BarClosed' && data['instrument'] === instrument);
      expect([symbol, bars.length]).toEqual([symbol, 201 - missingDays]);
      expect(bars.filter(({ data }) => data['volume'] === 0)).toHaveLength(thinDays);
      expect(thinDays).toBeGreaterThan(10);
      const dates = bars.map(({ data }) => (data['session'] as { date: string }).date);
      expect(dates).toContain(day0);
    }
  });
});

describe('claims', () => {
  interface ClaimTruth {
    kind: string;
    claim: string;
    standing: { from: string; event: string | null; verdict: 'agree' | 'conflict' | null }[];
  }

  it('stand, and agree with the prices or not, as their truth says at every moment', async () => {
    const world = await scenario(test, 'claimed');
    await world.generate('claims', { claims: 25, seed: 3 });
    const truths = (await world.truths()).slice(1).map(({ values }) => values as unknown as ClaimTruth);
    expect(truths.filter(({ kind }) => kind === 'conflict')).toHaveLength(5);
    const moments = [...new Set(truths.flatMap(({ standing }) => standing.map(({ from }) => from)))].sort();
    const before = (time: string): string => new Date(Date.parse(time) - 1).toISOString();
    for (const knownAt of moments.flatMap((time) => [before(time), time])) {
      const expected = truths.map(({ standing }) => standing.filter(({ from }) => from <= knownAt).at(-1) ?? { event: null, verdict: null });
      const view = await world.ask(views.reconciliation('syn-claimed-news'), { knownAt });
      const verdicts = new Map(view.findings.flatMap((finding) => finding.evidence.filter(({ role }) => role === 'claim').map(({ eventId }) => [eventId, finding.verdict])));
      const stands = await test.worlds.use('claimed', ({ runner }) => {
        const state = runner.states.get('market-value');
        if (!state) throw new Error('no market values');
        return claimRows(openReader(state.ledger, { order: Infinity, known: parseInstant(knownAt), imprecise: 'latest' }), 'instrument-syn-claimed-common').map(({ id }) => id);
      });
      expect([knownAt, stands.sort()]).toEqual([knownAt, expected.flatMap(({ event }) => event ?? []).sort()]);
      for (const { event, verdict } of expected) if (event !== null) expect([knownAt, event, verdicts.get(event)]).toEqual([knownAt, event, verdict]);
    }
  });
});

describe('sentiment', () => {
  it('follows the known curve: its means are those of the truth', async () => {
    const world = await scenario(test, 'curved');
    await world.generate('sentiment', { expressions: 300, days: 30, seed: 5 });
    const [truth] = await world.truths();
    const { points, halfLife } = truth?.values as { points: { at: string; mean: number | null; mass: number; net: number; curve: number }[]; halfLife: string };
    expect(points.length).toBe(30);
    for (const { at, mean, mass, net } of points) {
      const { overall } = await world.ask(views.sentiment('syn-subject', { halfLife }), { asOf: at, knownAt: at });
      expect(overall.mass).toBeCloseTo(mass, 9);
      expect(overall.net).toBeCloseTo(net, 9);
      if (mean !== null && mass > 0.05) expect(overall.mean).toBeCloseTo(mean, 9);
    }
  });
});

describe('a shock', () => {
  it('changes the return of its session by as much as it says, and no other', async () => {
    const base = synthesize('market', { firms: 1, days: 60, seed: 4 }, 'shocked');
    const world = await scenario(test, 'shocked');
    await world.append(...base.events);
    const pointsOf = async (): Promise<{ date: string | null; move: number | null }[]> => (await world.ask((context) => marketValueView(context, 'SYN:F0001', {}))).points.map(({ date, change }) => ({ date, move: change }));
    const before = await pointsOf();
    const date = before[30]?.date ?? '';
    await world.generate('shock', { instrument: 'SYN:F0001', date, effect: -0.25 });
    const after = await pointsOf();
    for (const [i, { move }] of after.entries()) {
      const was = before[i]?.move ?? null;
      if (was === null || move === null) expect(move).toBe(was);
      else expect(move).toBeCloseTo(was + (i === 30 ? -0.25 : 0), 6);
    }
    // On top of it another one corrects the corrections.
    await world.generate('shock', { instrument: 'SYN:F0001', date, effect: 0.1 });
    expect((await pointsOf())[30]?.move).toBeCloseTo((before[30]?.move ?? 0) - 0.15, 6);
    // The same once more is known, and changes nothing.
    expect((await world.generate('shock', { instrument: 'SYN:F0001', date, effect: 0.1 })).stored).toBe(0);
    expect((await pointsOf())[30]?.move).toBeCloseTo((before[30]?.move ?? 0) - 0.15, 6);
    await expect(world.generate('shock', { instrument: 'SYN:F0001', date: '2019-01-01', effect: 0.1 })).rejects.toThrow('date: expected a session of which syn-firm-0001-common has a bar');
  });
});

it('a parameter that is wrong is told with what is expected', async () => {
  const world = await scenario(test, 'wrong');
  await expect(world.generate('market', { firms: 0, errors: 'cauchy', frims: 3 })).rejects.toThrow(/market: firms: .*errors: .*frims/s);
  await expect(world.generate('nothing')).rejects.toThrow('no generator "nothing"; there are market, claims, sentiment, shock');
  await expect(world.generate('market', { days: 7000, until: '2000-01-01' })).rejects.toThrow('days: expected at most');
});
