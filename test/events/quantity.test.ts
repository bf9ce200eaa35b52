/** Figures as printed, and what they allow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, bounds, contains, describeQuantity, formatInterval, interval, multiply, negate, point, quantitySchema, subtract, type Interval, type Quantity } from '../../events/index.js';

const of = (quantity: Quantity): string => formatInterval(bounds(quantitySchema.parse(quantity)));

describe('the bounds of a printed figure', () => {
  it.each<[string, Quantity, string]>([
    ['4.7 % rounded allows half of its last digit either way', { as: 'rounded', value: '4.7', unit: 'percent' }, '[0.0465, 0.0475)'],
    ['5 % allows 4.5 to 5.5', { as: 'rounded', value: '5', unit: 'percent' }, '[0.045, 0.055)'],
    ['20 % is printed to the per cent', { as: 'rounded', value: '20', unit: 'percent' }, '[0.195, 0.205)'],
    ['258.38 is printed to the cent', { as: 'rounded', value: '258.38', unit: 'USD' }, '[258.375, 258.385)'],
    ['254.00 keeps its zeros', { as: 'rounded', value: '254.00', unit: 'USD' }, '[253.995, 254.005)'],
    ['24.3 billion is printed to a tenth of a billion', { as: 'rounded', value: '24.3e9', unit: 'shares' }, '[24250000000, 24350000000)'],
    ['an exact figure is one number', { as: 'exact', value: '10690216011', unit: 'shares' }, '[10690216011, 10690216011]'],
    ['about 140 billion allows half of the digit 4', { as: 'about', value: '140e9', unit: 'USD' }, '[135000000000, 145000000000]'],
    ['about 222.69 allows 2.5 %, which is more', { as: 'about', value: '222.69', unit: 'USD' }, '[217.12275, 228.25725]'],
    ['about 13 billion allows half a billion', { as: 'about', value: '13e9', unit: 'USD' }, '[12500000000, 13500000000]'],
    ['more than 4.7 % has no upper bound', { as: 'moreThan', value: '4.7', unit: 'percent' }, '(0.047, ∞)'],
    ['at least includes the figure', { as: 'atLeast', value: '3', unit: 'users' }, '[3, ∞)'],
    ['less than and at most differ in the end', { as: 'lessThan', value: '3', unit: 'users' }, '(−∞, 3)'],
    ['at most includes the figure', { as: 'atMost', value: '3', unit: 'users' }, '(−∞, 3]'],
    ['nearly 6 % lies below 6', { as: 'nearly', value: '6', unit: 'percent' }, '[0.055, 0.06)'],
    ['tens of billions', { as: 'order', value: '1e10', unit: 'USD', direction: 'up' }, '[10000000000, 100000000000)'],
    ['a gain is all that is positive', { as: 'direction', direction: 'up' }, '(0, ∞)'],
    ['a loss is all that is negative', { as: 'direction', direction: 'down' }, '(−∞, 0)'],
    ['down more than 12 % is below −12 %', { as: 'moreThan', value: '12', unit: 'percent', direction: 'down' }, '(−∞, -0.12)'],
    ['down about 7 % is signed after it is bounded', { as: 'about', value: '7', unit: 'percent', direction: 'down' }, '[-0.075, -0.065]'],
    ['a rounded loss turns its open end', { as: 'rounded', value: '2.1', unit: 'percent', direction: 'down' }, '(-0.0215, -0.0205]'],
    ['a minus sign says the same as down', { as: 'rounded', value: '-2.1', unit: 'percent' }, '(-0.0215, -0.0205]'],
    ['a range is as given', { as: 'range', from: '2', to: '3', unit: 'percent' }, '[0.02, 0.03]'],
  ])('%s', (_, quantity, expected) => {
    expect(of(quantity)).toBe(expected);
  });

  it('holds the figure itself, wherever the wording does', () => {
    const decimalText = fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9 })).map(([digits, places, power]) => `${(digits / 10 ** places).toFixed(places)}${power === 0 ? '' : `e${power}`}`);
    fc.assert(
      fc.property(decimalText, fc.constantFrom('exact', 'rounded', 'about', 'atLeast', 'atMost'), fc.constantFrom('up', 'down'), (value, as, direction) => {
        const allowed = bounds({ as, value, unit: 'USD', direction });
        expect(contains(allowed, (direction === 'down' ? -1 : 1) * Number(value))).toBe(true);
      }),
    );
  });

  it('is described in words', () => {
    expect(describeQuantity({ as: 'moreThan', value: '4.7', unit: 'percent', direction: 'up' })).toBe('up more than 4.7 %');
    expect(describeQuantity({ as: 'about', value: '140e9', unit: 'USD', direction: 'up' })).toBe('up about 140 billion USD');
    expect(describeQuantity({ as: 'rounded', value: '2.38e12', unit: 'USD' })).toBe('2.38 trillion USD');
    expect(describeQuantity({ as: 'order', value: '1e10', unit: 'USD', direction: 'up' })).toBe('up tens of billions USD');
    expect(describeQuantity({ as: 'exact', value: '10690216011', unit: 'shares' })).toBe('10,690,216,011 shares');
  });
});

describe('interval arithmetic', () => {
  const end = fc.option(fc.integer({ min: -50, max: 50 }), { nil: null });
  const anInterval = fc.tuple(end, end, fc.boolean(), fc.boolean()).map(([a, b, loClosed, hiClosed]): Interval => {
    if (a !== null && b !== null && a === b) return point(a);
    return a !== null && b !== null && a > b ? interval(b, a, loClosed, hiClosed) : interval(a, b, loClosed, hiClosed);
  });
  /** A number in the interval, by a share of its width. */
  const member = (x: Interval, share: number): number => {
    const lo = x.lo ?? (x.hi ?? 0) - 100;
    const hi = x.hi ?? lo + 100;
    const value = lo + (hi - lo) * share;
    return contains(x, value) ? value : (lo + hi) / 2;
  };

  it('contains the result for every pair of members', () => {
    fc.assert(
      fc.property(anInterval, anInterval, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (x, y, s, t) => {
        const [a, b] = [member(x, s), member(y, t)];
        expect(contains(widened(add(x, y)), a + b)).toBe(true);
        expect(contains(widened(subtract(x, y)), a - b)).toBe(true);
        expect(contains(widened(multiply(x, y)), a * b)).toBe(true);
        expect(contains(negate(x), -a)).toBe(true);
      }),
    );
  });

  it('attains an end of a product only where both factors attain theirs', () => {
    expect(formatInterval(multiply(interval(1, 2, true, false), interval(3, 4, true, true)))).toBe('[3, 8)');
    expect(formatInterval(multiply(interval(-1, 2, false, true), interval(-3, null, true, false)))).toBe('(−∞, ∞)');
    expect(formatInterval(multiply(interval(0, 2, true, true), interval(1, null, true, false)))).toBe('[0, ∞)');
    expect(formatInterval(multiply(interval(0, 2, false, true), interval(1, 5, true, true)))).toBe('(0, 10]');
  });

  /** Members and ends round differently by an ulp. */
  function widened(x: Interval): Interval {
    return interval(x.lo === null ? null : x.lo - 1e-9, x.hi === null ? null : x.hi + 1e-9, true, true);
  }
});
