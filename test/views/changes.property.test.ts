/** The difference between two answers: applied to the first it gives the second, to the byte. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange, changeBetween, ForeignChangeError, type Body, type Keys } from '../../src/views/live/changes.js';

const keys: Keys = { points: ['date'], claims: ['event', 'kind'] };
const point = fc.record({ date: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), close: fc.integer({ min: 0, max: 3 }) });
const claim = fc.record({ event: fc.constantFrom('/1', '/2', '/3'), kind: fc.constantFrom('price', 'move'), lo: fc.integer({ min: 0, max: 2 }) });
const unique = (list: fc.Arbitrary<Record<string, unknown>[]>, key: readonly string[]): fc.Arbitrary<Record<string, unknown>[]> => list.map((items) => [...new Map(items.map((item) => [JSON.stringify(key.map((name) => item[name])), item])).values()]);
const body: fc.Arbitrary<Body> = fc
  .record(
    {
      asOf: fc.constantFrom(null, '2025', '2026'),
      level: fc.option(point),
      points: fc.oneof(unique(fc.array(point), ['date']), fc.array(point)),
      claims: unique(fc.array(claim), ['event', 'kind']),
      scenario: fc.constantFrom('one', 'two'),
    },
    { requiredKeys: ['asOf', 'points'] },
  )
  .chain((made) => fc.shuffledSubarray(Object.entries(made), { minLength: Object.keys(made).length }).chain((shuffled) => fc.constantFrom(made, Object.fromEntries(shuffled))));

describe('A change', () => {
  it('makes any answer of any other, to the byte, and touches neither', () => {
    fc.assert(
      fc.property(body, body, (before, now) => {
        const [old, fresh] = [JSON.stringify(before), JSON.stringify(now)];
        expect(JSON.stringify(applyChange(before, changeBetween(before, now, keys), keys))).toBe(fresh);
        expect([JSON.stringify(before), JSON.stringify(now)]).toEqual([old, fresh]);
      }),
      { numRuns: 2000 },
    );
  });

  it('names only what is different: one close among many is one item', () => {
    const points = Array.from({ length: 500 }, (_, i) => ({ date: String(i).padStart(4, '0'), close: i }));
    const before = { asOf: '2025', points };
    const now = { asOf: '2025', points: [...points.slice(0, 250), { date: '0249x', close: 1 }, ...points.slice(250, 499), { date: '0499', close: -1 }] };
    expect(changeBetween(before, now, keys)).toEqual({
      retractions: [],
      upserts: [
        { field: 'points', key: ['0249x'], after: ['0249'], value: { date: '0249x', close: 1 } },
        { field: 'points', key: ['0499'], after: ['0498'], value: { date: '0499', close: -1 } },
      ],
    });
    expect(changeBetween(now, before, keys).retractions).toEqual([{ field: 'points', key: ['0249x'] }]);
  });

  it.each([
    ['what goes is not there', { upserts: [], retractions: [{ field: 'points', key: ['z'] }] }],
    ['what comes comes after what is not there', { upserts: [{ field: 'points', key: ['z'], after: ['y'], value: {} }], retractions: [] }],
    ['it is of a list that has no keys', { upserts: [{ field: 'other', key: ['z'], after: null, value: {} }], retractions: [] }],
  ])('that is of another answer is refused: %s', (_why, change) => {
    expect(() => applyChange({ points: [{ date: 'a' }], other: [] }, change, keys)).toThrow(ForeignChangeError);
  });
});
