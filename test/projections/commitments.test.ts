/** Commitments of the claims ledger: what the parties made of them, change by change. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amended, at, committed, corrected, made, outcome, usd, withdrawn, type Told } from '../support/stated.js';
import type { Judged } from '../../projections/index.js';

const AFTER = '2028-01-01T00:00:00Z';
const standings = (list: readonly Told[]): unknown => committed(list, AFTER)?.against.map(({ row, standing }) => [Number(row.id.slice(-2)), standing]);
const state = (list: readonly Told[], asOf = AFTER, knownAt: string | null = null): unknown => outcome(committed(list, asOf, knownAt) as Judged);

describe('a commitment', () => {
  it('is superseded by an extension, with what it comes to, since that is known', () => {
    const list = [made, amended({ change: 'extended', added: usd('1e11', 'exact') })];
    expect(committed(list, AFTER)).toMatchObject({ state: 'superseded', found: { lo: 137.5e9, hi: 138.5e9 }, since: at('2026-02-27T12:00:00Z') });
    expect([state(list, AFTER, '2026-02-27T11:59:59Z'), state(list, AFTER, '2026-02-27T12:00:00Z')]).toEqual([['open', 'nothing-later'], 'superseded']);
  });
  it('stays open under a change of other terms, and under a report that is not trusted', () => {
    const list = [made, amended({ change: 'other' }), amended({ change: 'replaced', total: usd('1e11') }, { confidence: 0.2 })];
    expect([state(list), standings(list)]).toEqual([['open', 'nothing-later'], [[2, 'other-terms'], [3, 'too-weak']]]);
  });
  it('shows two readings of one change side by side: what agrees narrows, what excludes it differs', () => {
    const list = [made, amended({ change: 'extended', added: usd('1e11') }), amended({ change: 'extended', total: usd('138e9') }), amended({ change: 'replaced', total: usd('1e11') }, { confidence: 0.9 })];
    expect(standings(list)).toEqual([[2, 'settles'], [3, 'agrees'], [4, 'differs']]);
    expect(committed(list, AFTER)?.found).toMatchObject({ lo: 137.5e9, hi: 138.5e9 });
  });
  it('extended twice comes to all three together, and is superseded since the first', () => {
    const list = [made, amended({ change: 'extended', added: usd('1e11', 'exact') }), amended({ change: 'extended', added: usd('5e10', 'exact') }, { published: '2026-09-01T12:00:00Z' })];
    expect(committed(list, AFTER)).toMatchObject({ found: { lo: 187.5e9, hi: 188.5e9 }, since: at('2026-02-27T12:00:00Z') });
    expect(standings(list)).toEqual([[3, 'settles'], [2, 'settles']]);
    expect(committed(list, '2026-08-01T00:00:00Z')?.found).toMatchObject({ lo: 137.5e9 });
  });
  it('comes to nothing that can be told where it ended, or where the change gives no figure or another unit', () => {
    for (const change of [{ change: 'ended' }, { change: 'reduced' }, { change: 'replaced', total: { as: 'rounded', value: '3', unit: 'gigawatts' } }]) expect(committed([made, amended(change)], AFTER)).toMatchObject({ state: 'superseded', found: null });
  });
  it('stands again when its extension is withdrawn, and goes by the corrected figure', () => {
    const list = [made, amended({ change: 'extended', added: usd('1e11', 'exact') })];
    const back = [...list, withdrawn(1, '2026-03-10T12:00:00Z', 'announcement-deal')];
    expect([state(back), state(back, AFTER, '2026-03-10T11:59:59Z')]).toEqual([['open', 'nothing-later'], 'superseded']);
    expect(committed([...list, corrected(list, 1, { added: usd('2e11', 'exact') }, '2026-03-10T12:00:00Z', 'announcement-deal')], AFTER)?.found).toMatchObject({ lo: 237.5e9 });
  });
});

describe('any history of changes', () => {
  const change = fc.record({ change: fc.constantFrom('extended', 'reduced', 'replaced', 'ended', 'other'), day: fc.integer({ min: 1, max: 900 }), value: fc.integer({ min: 1, max: 9 }), trust: fc.constantFrom(0.2, 0.6, 1), figure: fc.constantFrom('added', 'total', null) });
  const history = fc.array(change, { maxLength: 7 }).map((list) => [made, ...list.map(({ change: kind, day, value, trust, figure }): Told => amended({ change: kind, ...(figure === null ? {} : { [figure]: usd(`${value}e9`) }) }, { published: new Date(Date.UTC(2025, 10, 3 + day)).toISOString(), confidence: trust }))]);
  const shown = (judged: Judged | null): unknown => judged && [judged.state, judged.since, judged.found, judged.against.map(({ row, standing }) => [row.value, standing])];

  it('is judged at a time by what was known then alone', () => {
    fc.assert(fc.property(history, fc.integer({ min: 0, max: 900 }), (list, day) => {
      const known = new Date(Date.UTC(2025, 10, 3 + day, 14)).toISOString();
      expect(shown(committed(list, AFTER, known))).toEqual(shown(committed(list.filter(({ published }) => Date.parse(published) <= Date.parse(known)), AFTER)));
    }), { numRuns: 80 });
  });
  it('is open at first, and superseded from `since` on, and not before', () => {
    fc.assert(fc.property(history, (list) => {
      const judged = committed(list, AFTER);
      if (judged?.state !== 'superseded' || !judged.since) return;
      expect(state(list, AFTER, new Date(judged.since.ms).toISOString())).toBe('superseded');
      expect(state(list, AFTER, new Date(judged.since.ms - 1).toISOString())).toEqual(['open', 'nothing-later']);
    }), { numRuns: 80 });
  });
});
