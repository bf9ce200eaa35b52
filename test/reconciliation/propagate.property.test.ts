/** Propagation over intervals: sound, monotone, indifferent to order; conflicts are found, and their relaxation ends them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, interval, point, type Interval } from '../../events/index.js';
import { gapBetween, impliedBy, minimalConflict, propagate, relate, relaxationsOf, stretched, type Fact, type Network } from '../../projections/index.js';

const POSITIVE = interval(0, null, false, false);
/** Price × shares, before and after, and the change in both: every kind of cycle that reconciliation has. */
const NETWORK: Network = {
  relations: [
    { kind: 'product', a: 'P0', b: 'S', c: 'V0' },
    { kind: 'product', a: 'P1', b: 'S', c: 'V1' },
    { kind: 'sum', a: 'one', b: 'r', c: 'g' },
    { kind: 'product', a: 'P0', b: 'g', c: 'P1' },
    { kind: 'sum', a: 'V0', b: 'D', c: 'V1' },
    { kind: 'product', a: 'V0', b: 'r', c: 'D' },
  ],
  natural: new Map([...['P0', 'P1', 'V0', 'V1', 'S', 'g'].map((name) => [name, POSITIVE] as const), ['one', point(1)] as const]),
};
const NAMES = ['P0', 'P1', 'S', 'V0', 'V1', 'D', 'r'] as const;

interface World {
  values: Record<(typeof NAMES)[number], number>;
  facts: Fact[];
}

/** True values, and facts each of which holds of them: exact to a bit, rounded, one-sided. */
const aWorld: fc.Arbitrary<World> = fc
  .record({
    p0: fc.integer({ min: 1, max: 500_000 }),
    shares: fc.integer({ min: 1000, max: 20_000_000 }),
    move: fc.integer({ min: -900, max: 3000 }),
    facts: fc.array(fc.record({ name: fc.constantFrom(...NAMES), below: fc.double({ min: 1e-9, max: 0.5, noNaN: true }), above: fc.double({ min: 1e-9, max: 0.5, noNaN: true }), kind: fc.constantFrom('both', 'both', 'lo', 'hi'), firm: fc.boolean() }), { minLength: 1, maxLength: 8 }),
  })
  .map(({ p0, shares, move, facts }) => {
    const [P0, S, r] = [p0 / 100, shares * 1000, move / 1000];
    const [P1, V0] = [P0 * (1 + r), P0 * S];
    const values = { P0, S, r, P1, V0, V1: P1 * S, D: P1 * S - V0 };
    return {
      values,
      facts: facts.map(({ name, below, above, kind, firm }, index): Fact => {
        const value = values[name];
        const size = Math.abs(value) || 1;
        const allowed = interval(kind === 'hi' ? null : value - below * size, kind === 'lo' ? null : value + above * size, true, true);
        return { id: `f${index}`, variable: name, allowed, firm };
      }),
    };
  });

const within = (outer: Interval, inner: Interval): boolean => (outer.lo === null || (inner.lo !== null && inner.lo >= outer.lo)) && (outer.hi === null || (inner.hi !== null && inner.hi <= outer.hi));

describe('propagation', () => {
  it('never excludes what is true', () => {
    fc.assert(
      fc.property(aWorld, ({ values, facts }) => {
        const { domains } = propagate(NETWORK, facts);
        expect(domains).not.toBeNull();
        for (const name of NAMES) {
          const domain = domains?.get(name);
          // The values themselves are rounded products: a part in 10^12 of them is not theirs.
          const slack = Math.max(Math.abs(values[name]), name === 'D' ? values.V0 : 0, name === 'r' ? 1 : 0) * 1e-12;
          if (domain) expect(contains({ ...domain, lo: domain.lo === null ? null : domain.lo - slack, hi: domain.hi === null ? null : domain.hi + slack }, values[name])).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('only narrows as facts are added', () => {
    fc.assert(
      fc.property(aWorld, fc.nat(8), ({ facts }, count) => {
        const few = propagate(NETWORK, facts.slice(0, count)).domains;
        const all = propagate(NETWORK, facts).domains;
        for (const name of NAMES) expect(within(few?.get(name) ?? interval(null, null, false, false), all?.get(name) ?? interval(null, null, false, false))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same whatever order the facts come in', () => {
    fc.assert(
      fc.property(aWorld, fc.infiniteStream(fc.nat()), ({ facts }, dice) => {
        const shuffled = facts.map((fact) => ({ fact, key: Number(dice.next().value ?? 0) })).sort((a, b) => a.key - b.key).map(({ fact }) => fact);
        expect(propagate(NETWORK, shuffled).domains).toEqual(propagate(NETWORK, facts).domains);
      }),
      { numRuns: 300 },
    );
  });
});

/** A world with one fact of a value that can't be, far from what the exact ones allow. */
const aConflict = fc.record({ world: aWorld, name: fc.constantFrom('V0', 'V1', 'D', 'P1'), factor: fc.double({ min: 1.5, max: 10, noNaN: true }) }).filter(({ world }) => Math.abs(world.values.r) > 0.01).map(({ world: { values, facts }, name, factor }) => {
  const exact = (['P0', 'S', 'r'] as const).map((of): Fact => ({ id: `exact ${of}`, variable: of, allowed: point(values[of]), firm: of !== 'r' }));
  const value = values[name as 'V0'] * factor;
  const planted: Fact = { id: 'planted', variable: name, allowed: interval(Math.min(value * 0.99, value * 1.01), Math.max(value * 0.99, value * 1.01), true, true), firm: false };
  return { facts: [...exact, ...facts, planted], planted };
});

describe('a planted conflict', () => {
  it('is found, with a set of facts of which none can be left out', () => {
    fc.assert(
      fc.property(aConflict, ({ facts }) => {
        const conflict = minimalConflict(NETWORK, facts) ?? [];
        expect(conflict.length).toBeGreaterThan(0);
        expect(conflict.map((fact) => fact.id)).toContain('planted');
        expect(propagate(NETWORK, conflict).domains).toBeNull();
        for (const fact of conflict) expect(propagate(NETWORK, conflict.filter((other) => other !== fact)).domains).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('ends when one figure is stretched as its relaxation says, and not by half as much', () => {
    fc.assert(
      fc.property(aConflict, ({ facts }) => {
        const conflict = minimalConflict(NETWORK, facts) ?? [];
        const relaxations = relaxationsOf(NETWORK, conflict);
        expect(relaxations.length).toBeGreaterThan(0);
        expect([...relaxations].sort((a, b) => a.relative - b.relative)).toEqual(relaxations);
        for (const { fact, end, from, to, by } of relaxations) {
          const others = conflict.filter((other) => other !== fact);
          const at = (value: number): unknown => propagate(NETWORK, [...others, { ...fact, allowed: stretched(fact.allowed, end, value) }]).domains;
          expect(at(to + (end === 'hi' ? 1 : -1) * by * 1e-6)).not.toBeNull();
          expect(at((from + to) / 2)).toBeNull();
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the published case', () => {
  const stated: Fact[] = [
    { id: 'move', variable: 'r', allowed: interval(0.047, null, false, false), firm: false },
    { id: 'change', variable: 'D', allowed: interval(1e10, 1e11, true, false), firm: false },
  ];
  it('"more than 4.7 %" with "tens of billions" leaves a previous value below 2.13 trillion and no lower bound', () => {
    const implied = impliedBy(NETWORK, stated, 'V0');
    expect([implied?.value.lo, implied?.value.hi?.toPrecision(4), implied?.value.hiClosed]).toEqual([0, '2.128e+12', false]);
    expect(implied?.steps.map((step) => `${step.variable} = ${step.left.variable} ${step.operation} ${step.right.variable}`)).toEqual(['V0 = D ÷ r']);
  });
});

describe('two intervals', () => {
  it('agree when one lies inside the other, are compatible when they overlap, and conflict when they exclude each other', () => {
    expect(relate(interval(1, 2, true, true), interval(0, null, false, false))).toBe('agree');
    expect(relate(interval(1, 3, true, true), interval(2, 4, true, true))).toBe('compatible');
    expect(relate(interval(1, 2, true, false), interval(2, 3, true, true))).toBe('conflict');
    expect(relate(interval(1, 2, true, true), interval(2, 3, true, true))).toBe('compatible');
  });
  it('that exclude each other are a gap apart, measured from the end that faces the other', () => {
    expect(gapBetween(interval(10, 100, true, false), interval(122, null, false, false))).toEqual({ end: 'hi', from: 100, to: 122, reached: false, size: 22 });
    expect(gapBetween(interval(5, 6, true, true), interval(null, 4, false, true))).toEqual({ end: 'lo', from: 5, to: 4, reached: true, size: 1 });
    expect(gapBetween(interval(1, 3, true, true), interval(2, 4, true, true))).toBeNull();
  });
});
