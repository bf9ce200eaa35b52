/** Market value: measured, derived and claimed apart. */
import { describe, expect, it } from 'vitest';
import { parseInstant, type Instant } from '../../events/index.js';
import { levelAt, levels, marketValue, statusAt, claims } from '../../projections/index.js';
import { bar, given, move, shares, testId } from '../support/given.js';

const at = (text: string): Instant => parseInstant(text) as Instant;

describe('the level of an instrument', () => {
  const history = given(shares('2025-07-23', '1000'), shares('2025-10-22', '1100'), bar('2025-10-20', 10), bar('2025-10-31', 12));

  it('is the last close times the total shares counted by then', () => {
    const reader = history.reader(marketValue);
    expect(levels(reader, 'acme', {}).map((level) => [level.bar.value.date, level.value?.lo, level.shares?.ageDays])).toEqual([
      ['2025-10-20', 10_000, 89],
      ['2025-10-31', 13_200, 9],
    ]);
  });

  it('is not there before the first close has ended', () => {
    expect(levelAt(history.reader(marketValue), 'acme', at('2025-10-20T19:59:59Z'))).toBeNull();
    expect(levelAt(history.reader(marketValue), 'acme', at('2025-10-20T20:00:00Z'))?.bar.value.close).toBe(10);
  });

  it('uses only the shares that were known', () => {
    const level = levelAt(history.reader(marketValue, { known: at('2025-10-22T21:59:59Z') }), 'acme', at('2025-11-03T00:00:00Z'));
    expect([level?.bar.value.close, level?.value?.lo]).toEqual([10, 10_000]);
  });

  it('is unknown without a total, whatever other counts there are', () => {
    const diluted = given(shares('2025-07-23', '1000', { basis: 'diluted' }), bar('2025-10-20', 10));
    expect(levelAt(diluted.reader(marketValue), 'acme', null)?.value).toBeNull();
  });

  it('does not use a count beyond the period it was given for', () => {
    const past = given(shares('2025-01-02', '1000', { occurredAt: { throughout: '2025-01-01/2025-03-31', zone: 'America/New_York' } }), bar('2025-03-31', 10), bar('2025-04-02', 10));
    expect(levels(past.reader(marketValue), 'acme', {}).map((level) => level.value?.lo ?? null)).toEqual([10_000, null]);
  });

  it('is an interval where the count was rounded', () => {
    const rounded = given(shares('2025-07-23', '24.3e9', { as: 'rounded' }), bar('2025-10-20', 200));
    expect(levelAt(rounded.reader(marketValue), 'acme', null)?.value).toEqual({ lo: 4.85e12, hi: 4.87e12, loClosed: true, hiClosed: false });
  });
});

describe('two reports of one filing', () => {
  const filing = '10-Q for the third quarter';
  it('are one claim: the narrower stands, also where the wider gives no date', () => {
    const vague = shares('2025-10-29', '7.43e9', { as: 'rounded', filing, occurredAt: { unknown: true } });
    const exact = shares('2025-10-23', '7432377655', { filing });
    for (const history of [given(vague, exact, bar('2025-11-03', 1)), given(exact, vague, bar('2025-11-03', 1))]) {
      expect(levelAt(history.reader(marketValue), 'acme', null)?.value?.lo).toBe(7_432_377_655);
    }
  });
  it('that exclude each other both stand', () => {
    const cover = shares('2025-10-23', '7432377655', { filing });
    const balance = shares('2025-09-30', '7434e6', { as: 'rounded', filing });
    expect(levels(given(cover, balance, bar('2025-10-01', 1), bar('2025-11-03', 1)).reader(marketValue), 'acme', {}).map((level) => level.value?.lo)).toEqual([7_433_500_000, 7_432_377_655]);
  });
});

describe('a claim', () => {
  it('whose time straddles asOf is possible, never silently in or out', () => {
    const [row] = claims(given(move('4.7', { id: testId(1), to: { within: '2025-11-03', calendar: 'US' } })).reader(marketValue), 'instrument-acme');
    if (!row) throw new Error('no claim');
    expect(statusAt(row, at('2025-11-03T14:29:59Z'))).toBeNull();
    expect(statusAt(row, at('2025-11-03T14:30:00Z'))).toBe('possible');
    expect(statusAt(row, at('2025-11-03T21:00:00Z'))).toBe('certain');
  });
});
