/** Positions as text keep the order of commit and prepare, and come back as they were. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlace, toPosition } from '../../src/store/eventstoredb/position.js';
import { ForeignPositionError } from '../../src/store/port.js';

const u64 = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 300n }), fc.constantFrom(0n, 9n, 10n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n));
const place = fc.record({ commit: u64, prepare: u64 });

describe('positions', () => {
  it('sort as text as commit, then prepare, sort as numbers', () => {
    fc.assert(
      fc.property(place, place, fc.boolean(), (a, other, sameCommit) => {
        const b = sameCommit ? { ...other, commit: a.commit } : other;
        const order = a.commit === b.commit ? Number(a.prepare > b.prepare) - Number(a.prepare < b.prepare) : a.commit > b.commit ? 1 : -1;
        const [left, right] = [toPosition(a), toPosition(b)];
        expect(Number(left > right) - Number(left < right)).toBe(order);
      }),
    );
  });

  it('come back as they were, and pass through JSON', () => {
    fc.assert(fc.property(place, (a) => void expect(toPlace(JSON.parse(JSON.stringify(toPosition(a))) as string)).toEqual(a)));
  });

  it('are refused when they are anything else', () => {
    for (const text of ['', '0', '0000000000000001', 'F'.repeat(32), 'g'.repeat(32), '0'.repeat(31), '0'.repeat(33), `${'0'.repeat(32)}\n`]) expect(() => toPlace(text)).toThrow(ForeignPositionError);
    fc.assert(fc.property(fc.string(), (text) => void expect(() => toPlace(`${text}!`)).toThrow(ForeignPositionError)));
  });
});
