/** The axis of trading hours, and what a zoom makes of a stretch: pure functions of the page. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaled } from '../../web/chart-zoom.js';
import { sessionScale } from '../../web/sessions.js';
import { stepOf } from '../../web/stretch.js';

const HOUR = 3600;
/** Sessions of some hours, with nights and weekends between. */
const sessions = fc.array(fc.record({ night: fc.integer({ min: 1, max: 90 }), hours: fc.integer({ min: 1, max: 12 }) }), { minLength: 1, maxLength: 40 }).map((list) => {
  let at = 1_700_000_000;
  return list.map(({ night, hours }) => {
    const open = at + night * HOUR;
    at = open + hours * HOUR;
    return { open, close: at };
  });
});

describe('the axis of trading hours', () => {
  it('keeps the order of all moments, and each comes back from its place', () => {
    fc.assert(
      fc.property(sessions, fc.array(fc.integer({ min: 1_699_900_000, max: 1_700_000_000 + 4500 * HOUR }), { minLength: 2, maxLength: 30 }), (list, times) => {
        const scale = sessionScale(list);
        const sorted = [...new Set(times)].sort((a, b) => a - b);
        const places = sorted.map((time) => scale?.fwd(time) ?? NaN);
        places.forEach((place, index) => {
          if (index > 0) expect(place).toBeGreaterThan(places[index - 1] ?? Infinity);
          expect(Math.abs((scale?.bwd(place) ?? NaN) - (sorted[index] ?? NaN))).toBeLessThan(0.01);
        });
      }),
    );
  });
  it('gives each session the same width, however long it was, and what lies between nearly none', () => {
    fc.assert(
      fc.property(sessions, (list) => {
        const scale = sessionScale(list);
        list.forEach(({ open, close }, index) => {
          expect((scale?.fwd(close) ?? NaN) - (scale?.fwd(open) ?? NaN)).toBeCloseTo(1, 9);
          const next = list[index + 1];
          if (next) expect((scale?.fwd(next.open) ?? NaN) - (scale?.fwd(close) ?? NaN)).toBeCloseTo(0.08, 9);
        });
      }),
    );
  });
  it('marks openings, no more than there is room for; without sessions there is no such axis', () => {
    const list = Array.from({ length: 22 }, (_, index) => ({ open: index * 86_400, close: index * 86_400 + 23_400 }));
    expect(sessionScale(list)?.splits(0, 22 * 86_400, 8)).toEqual([0, 3, 6, 9, 12, 15, 18, 21].map((day) => day * 86_400));
    expect(sessionScale([])).toBe(null);
  });
});

describe('a stretch that is zoomed', () => {
  const clock = { place: (seconds: number): number => seconds, time: (place: number): number => place };
  it('keeps what is under the pointer where it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.3, max: 3, noNaN: true }), (around, factor) => {
        const before = { from: 0, to: 5_000_000 };
        const after = scaled(before, factor, around, clock);
        expect(after.from + (after.to - after.from) * around).toBeCloseTo(5_000_000 * around, 3);
        expect(after.to - after.from).toBeCloseTo(5_000_000 * factor, 3);
      }),
    );
  });
  it('goes no deeper than ten minutes', () => {
    expect(scaled({ from: 0, to: 700 }, 0.5, 0.5, clock)).toEqual({ from: 0, to: 700 });
  });
  it('asks for points of sentiment as close as it can show them', () => {
    const days = (count: number): string => stepOf({ from: 0, to: count * 86_400_000 });
    expect([1, 3, 10, 62, 400, 3000, 20_000].map(days)).toEqual(['PT10M', 'PT10M', 'PT1H', 'PT12H', 'P1D', 'P7D', 'P30D']);
  });
});
