/** The claims ledger: open, met, missed, superseded, by rules that know no company. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsLedger, judge, statementsOn, type Judged } from '../../projections/index.js';
import { given, testId, type Happened } from '../support/given.js';
import { at, corrected, first, forecast, happened, judged, metric, outcome, usd, withdrawn, type Told } from '../support/stated.js';

describe('a figure of a year', () => {
  const about13 = forecast('2025-09-01T00:00:00Z', usd('13e9', 'about'), { notBefore: '2025', notAfter: '2025' });

  it('is open until the year is over, and after it until something is reported', () => {
    expect(outcome(first([about13], '2025-11-01T00:00:00Z'))).toEqual(['open', 'not-over']);
    expect(outcome(first([about13], '2026-11-01T00:00:00Z'))).toEqual(['open', 'nothing-reported']);
  });
  it('is met by a report of that year inside of what it allows, known from that report on', () => {
    const list = [about13, metric('2026-06-18T00:00:00Z', usd('13.07e9'), { period: '2025' })];
    expect(first(list, '2026-07-01T00:00:00Z')).toMatchObject({ state: 'met', since: at('2026-06-18T00:00:00Z') });
    expect(outcome(first(list, '2026-06-17T00:00:00Z', '2026-06-17T00:00:00Z'))).toEqual(['open', 'nothing-reported']);
  });
  it('is missed by a report outside, and not decided by one that only overlaps', () => {
    expect(outcome(first([about13, metric('2026-02-01T00:00:00Z', usd('14.1e9'), { period: '2025' })], '2026-03-01T00:00:00Z'))).toBe('missed');
    expect(outcome(first([about13, metric('2026-02-01T00:00:00Z', usd('1e10'), { period: '2025' })], '2026-03-01T00:00:00Z'))).toEqual(['open', 'not-decided']);
  });
  it('is not settled by another metric, another year, another currency, or a report with less than half of its confidence', () => {
    const list = [about13, metric('2026-02-01T00:00:00Z', usd('20e9'), { metric: 'annualised-revenue', period: '2025' }), metric('2026-02-01T00:00:00Z', usd('20e9'), { period: '2024' }), metric('2026-02-01T00:00:00Z', { as: 'rounded', value: '20e9', unit: 'EUR' }, { period: '2025' }), metric('2026-02-01T00:00:00Z', usd('20e9'), { period: '2025', confidence: 0.2 })];
    expect(first(list, '2026-03-01T00:00:00Z')).toMatchObject({ state: 'open', reason: 'nothing-reported', against: [{ standing: 'too-weak' }] });
  });
  it('goes by the most trusted report, then the sharpest, and shows the others', () => {
    const list = [about13, metric('2026-02-01T00:00:00Z', usd('13e9'), { period: '2025' }), metric('2026-06-01T00:00:00Z', usd('13.07e9'), { period: '2025' }), metric('2026-07-01T00:00:00Z', usd('15e9'), { period: '2025', confidence: 0.6 })];
    const { against, since, state } = first(list, '2026-08-01T00:00:00Z');
    expect([state, since, against.map(({ row, standing }) => [row.id, standing])]).toEqual(['met', at('2026-02-01T00:00:00Z'), [[testId(3), 'settles'], [testId(2), 'agrees'], [testId(4), 'differs']]]);
  });
  it('stated before the year is over is a claim itself; after it, a report', () => {
    const list = [metric('2025-11-01T00:00:00Z', usd('13e9', 'about'), { period: '2025' }), metric('2026-02-01T00:00:00Z', usd('13e9'), { period: '2025' })];
    expect(judged(list, '2026-03-01T00:00:00Z').map(({ kind, state }) => [kind, state])).toEqual([['figure', 'met']]);
  });
  it('is not missed by a level while the year lasts; after it the last level decides, and a report of the year before any level', () => {
    const users = (published: string, value: string, period?: string): Told => metric(published, { as: 'exact', value, unit: 'users' }, { metric: 'users', ...(period === undefined ? {} : { period }) });
    const claim = forecast('2025-09-01T00:00:00Z', { as: 'atLeast', value: '1000', unit: 'users' }, { notBefore: '2026', notAfter: '2026' }, { metric: 'users' });
    const list = [claim, users('2026-03-01T00:00:00Z', '900'), users('2026-12-01T00:00:00Z', '950')];
    expect([outcome(first(list, '2026-06-01T00:00:00Z')), outcome(first(list, '2027-02-01T00:00:00Z'))]).toEqual([['open', 'not-over'], 'missed']);
    expect(first(list, '2027-02-01T00:00:00Z').since?.ms).toBeGreaterThanOrEqual(Date.UTC(2027, 0, 1));
    expect(outcome(first([...list, { ...users('2027-01-20T00:00:00Z', '1100', '2026'), occurred: { within: '2026-12-31' } }], '2027-02-01T00:00:00Z'))).toBe('met');
  });
  it('is a claim that a reprint neither makes twice nor settles twice', () => {
    const report = metric('2026-02-01T00:00:00Z', usd('13.1e9'), { period: '2025' });
    const list: Told[] = [about13, { ...about13, published: '2025-09-02T00:00:00Z', repeats: 0 }, report, { ...report, published: '2026-02-02T00:00:00Z', repeats: 2 }];
    expect(judged(list, '2026-03-01T00:00:00Z').map(({ state, against }) => [state, against.length])).toEqual([['met', 1]]);
  });
  it('is settled since both are known, where the report was there first', () => {
    expect(first([{ ...about13, published: '2026-04-01T00:00:00Z' }, metric('2026-02-01T00:00:00Z', usd('13e9'), { period: '2025' })], '2026-05-01T00:00:00Z')).toMatchObject({ state: 'met', since: at('2026-04-01T00:00:00Z') });
  });
});

describe('a correction or a withdrawal', () => {
  const tenAndHalf = forecast('2025-09-01T00:00:00Z', usd('10.5e9', 'about'), { notBefore: '2025', notAfter: '2025' });
  const report = metric('2026-02-01T00:00:00Z', usd('13.07e9'), { period: '2025' });
  const list = [tenAndHalf, report];

  it('of the claim changes what has to be reached, from when it is known', () => {
    const amended = [...list, corrected(list, 0, { value: usd('13e9', 'about') }, '2026-03-01T00:00:00Z')];
    expect([first(amended, '2026-06-01T00:00:00Z', '2026-02-15T00:00:00Z').state, first(amended, '2026-06-01T00:00:00Z').state]).toEqual(['missed', 'met']);
    expect(judged(amended, '2026-06-01T00:00:00Z')).toHaveLength(1);
  });
  it('of the report settles anew', () => {
    const amended = [...list, corrected(list, 1, { value: usd('10.4e9') }, '2026-03-01T00:00:00Z')];
    expect([first(amended, '2026-06-01T00:00:00Z', '2026-02-15T00:00:00Z').state, first(amended, '2026-06-01T00:00:00Z')]).toMatchObject(['missed', { state: 'met', since: at('2026-03-01T00:00:00Z') }]);
  });
  it('of the report that settled it leaves the claim open again; of the claim, there is none', () => {
    expect(outcome(first([...list, withdrawn(1, '2026-03-01T00:00:00Z')], '2026-06-01T00:00:00Z'))).toEqual(['open', 'nothing-reported']);
    expect(first([...list, withdrawn(1, '2026-03-01T00:00:00Z')], '2026-06-01T00:00:00Z', '2026-02-28T00:00:00Z').state).toBe('missed');
    expect(judged([...list, withdrawn(0, '2026-03-01T00:00:00Z')], '2026-06-01T00:00:00Z')).toEqual([]);
  });
  it('of a later word lets the earlier one stand again', () => {
    const target = (published: string, value: string): Told => forecast(published, usd(value), null, { metric: 'price-target', by: { name: 'bank', kind: 'analyst' } });
    const moved = [target('2025-06-01T00:00:00Z', '175'), target('2025-07-01T00:00:00Z', '250'), withdrawn(1, '2025-08-01T00:00:00Z')];
    expect([first(moved, '2025-09-01T00:00:00Z', '2025-07-15T00:00:00Z').state, first(moved, '2025-09-01T00:00:00Z').state]).toEqual(['superseded', 'open']);
  });
  it('makes no report of a figure that was stated before its period was over', () => {
    const ahead = { ...metric('2025-11-01T00:00:00Z', usd('12e9', 'about'), { period: '2025' }), occurred: { unknown: true } };
    const amended = [ahead, corrected([ahead], 0, { value: usd('13e9', 'about') }, '2026-03-01T00:00:00Z')];
    expect(judged(amended, '2026-06-01T00:00:00Z').map(({ kind, state, reason }) => [kind, state, reason])).toEqual([['figure', 'open', 'nothing-reported']]);
  });
});

describe('a goal by a date', () => {
  const billion = forecast('2025-06-01T00:00:00Z', { as: 'rounded', value: '1e9', unit: 'users' }, { notAfter: '2025-12-31' }, { metric: 'users' });
  const users = (published: string, value: unknown): Told => metric(published, value, { metric: 'users' });

  it('is met at the figure that it names, however early', () => {
    expect(outcome(first([billion, users('2025-10-01T00:00:00Z', { as: 'exact', value: '1000000000', unit: 'users' })], '2025-11-01T00:00:00Z'))).toBe('met');
  });
  it('is missed by what is reported at its end, though that would round to it', () => {
    expect(outcome(first([billion, users('2025-12-31T20:00:00Z', { as: 'rounded', value: '910e6', unit: 'users' })], '2026-02-01T00:00:00Z'))).toBe('missed');
  });
  it('is not missed by what was reported long before', () => {
    expect(outcome(first([billion, users('2025-07-01T00:00:00Z', { as: 'rounded', value: '910e6', unit: 'users' })], '2026-02-01T00:00:00Z'))).toEqual(['open', 'nothing-reported']);
  });
  it('of a change is held against two reports of amounts', () => {
    const fifth = forecast('2025-11-03T00:00:00Z', { as: 'about', value: '20', unit: 'percent', direction: 'up' }, { notAfter: '2025-12-31' }, { metric: 'backlog', by: { name: 'bank', kind: 'analyst' } });
    const backlog = (published: string, value: string): Told => metric(published, usd(value), { metric: 'backlog' });
    expect(judged([fifth, backlog('2025-09-30T00:00:00Z', '200.1e9'), backlog('2025-12-30T00:00:00Z', '240.3e9')], '2026-02-01T00:00:00Z').find(({ kind }) => kind === 'forecast')).toMatchObject({ state: 'met' });
    expect(judged([fifth, backlog('2025-09-30T00:00:00Z', '200.1e9'), backlog('2025-12-30T00:00:00Z', '205.3e9')], '2026-02-01T00:00:00Z').find(({ kind }) => kind === 'forecast')).toMatchObject({ state: 'missed' });
  });
});

describe('"no profit before 2029"', () => {
  const notBefore = forecast('2025-11-01T00:00:00Z', null, { notBefore: '2029' }, { metric: 'profit' });
  const profit = (published: string, value: unknown, period: string): Told => metric(published, value, { metric: 'profit', period });

  it('stays open, also where losses are reported', () => {
    expect(outcome(first([notBefore, profit('2027-02-01T00:00:00Z', { as: 'rounded', value: '5e9', unit: 'USD', direction: 'down' }, '2026')], '2027-03-01T00:00:00Z'))).toEqual(['open', 'not-over']);
  });
  it('is missed by a profit of an earlier year, and met when the time comes without one', () => {
    expect(outcome(first([notBefore, profit('2028-02-01T00:00:00Z', usd('1e9'), '2027')], '2028-03-01T00:00:00Z'))).toBe('missed');
    expect(outcome(first([notBefore], '2029-01-02T00:00:00Z'))).toBe('met');
  });
});

describe('a level', () => {
  const users = (published: string, value: unknown): Told => metric(published, value, { metric: 'users' });
  it('is still true where a later one lies inside of it, and superseded by one that excludes it', () => {
    const list = [users('2025-11-01T00:00:00Z', { as: 'moreThan', value: '800e6', unit: 'users' }), users('2026-02-01T00:00:00Z', { as: 'rounded', value: '900e6', unit: 'users' })];
    expect(first(list, '2026-03-01T00:00:00Z')).toMatchObject({ state: 'met', stillTrue: true });
    expect(first([...list, users('2026-05-01T00:00:00Z', { as: 'rounded', value: '700e6', unit: 'users' })], '2026-06-01T00:00:00Z')).toMatchObject({ state: 'superseded' });
    expect(outcome(first(list, '2025-12-01T00:00:00Z'))).toEqual(['open', 'nothing-later']);
  });
  it('gives way only to one that is certainly of later: one of some time before its own publication may be the older', () => {
    const march = users('2026-03-29T00:00:00Z', { as: 'rounded', value: '910e6', unit: 'users' });
    const vague: Told = { ...users('2026-05-12T00:00:00Z', { as: 'rounded', value: '900e6', unit: 'users' }), occurred: { within: '../2026-05-12T00:00:00Z' } };
    expect(outcome(first([march, vague], '2026-06-01T00:00:00Z'))).toEqual(['open', 'not-decided']);
    expect(outcome(first([march, vague, users('2026-05-01T00:00:00Z', { as: 'rounded', value: '905e6', unit: 'users' })], '2026-06-01T00:00:00Z'))).toBe('superseded');
  });
});

describe('a later word', () => {
  const target = (published: string, value: string, name = 'bank'): Told => forecast(published, usd(value), null, { metric: 'price-target', by: { name, kind: 'analyst' } });
  it('of the same voice supersedes, one of another does not', () => {
    const [own, moved, others] = [target('2025-06-01T00:00:00Z', '175'), target('2025-07-01T00:00:00Z', '250'), target('2025-08-01T00:00:00Z', '300', 'other bank')];
    expect(judged([own, moved, others], '2025-09-01T00:00:00Z').map(({ state }) => state)).toEqual(['superseded', 'open', 'open']);
    expect(outcome(first([own, moved], '2025-06-15T00:00:00Z'))).toEqual(['open', 'nothing-later']);
  });
  it('of anybody in the management is the company\'s; one that fits the earlier supersedes nothing', () => {
    const spend = (published: string, value: string, notAfter: string, name: string): Told => forecast(published, usd(value, 'about'), { notAfter }, { metric: 'compute', by: { name, kind: 'management' } });
    const list = [spend('2025-11-06T00:00:00Z', '1.4e12', '2033', 'chief'), spend('2026-02-20T00:00:00Z', '6e11', '2030', 'treasurer')];
    expect(judged(list, '2026-03-01T00:00:00Z').map(({ state }) => state)).toEqual(['superseded', 'open']);
    const year = (published: string, value: unknown): Told => forecast(published, value, { notBefore: '2030', notAfter: '2030' });
    expect(judged([year('2025-11-06T00:00:00Z', { as: 'order', value: '1e11', unit: 'USD' }), year('2026-02-20T00:00:00Z', usd('2.8e11', 'moreThan'))], '2026-03-01T00:00:00Z').map(({ state }) => state)).toEqual(['open', 'open']);
  });
  it('for a later date leaves a goal for an earlier one', () => {
    const goal = (published: string, value: string, notAfter: string): Told => forecast(published, { as: 'rounded', value, unit: 'gigawatts' }, { notAfter }, { metric: 'capacity' });
    expect(judged([goal('2025-01-01T00:00:00Z', '10', '2025-12-31'), goal('2025-02-01T00:00:00Z', '30', '2030')], '2025-06-01T00:00:00Z').map(({ state }) => state)).toEqual(['open', 'open']);
  });
});

describe('any history of statements', () => {
  const one = fc.record({ kind: fc.constantFrom('forecast', 'metric'), month: fc.integer({ min: 1, max: 40 }), value: fc.integer({ min: 1, max: 4 }), horizon: fc.constantFrom(null, { notAfter: '2026-06-30' }, { notBefore: '2026', notAfter: '2026' }, { notBefore: '2027' }), period: fc.constantFrom(undefined, '2026', '2025'), trust: fc.constantFrom(0.2, 0.6, 1) });
  const history = fc.array(one, { minLength: 1, maxLength: 9 }).map((list) => list.map(({ kind, month, value, horizon, period, trust }, index): Told => {
    const published = new Date(Date.UTC(2025, month, 1 + index)).toISOString();
    const amount = usd(`${value}e9`);
    return { ...(kind === 'forecast' ? forecast(published, amount, horizon) : metric(published, amount, period === undefined ? {} : { period })), confidence: trust };
  }));
  const shown = (list: readonly Judged[]): string => JSON.stringify(list.map(({ row, state, reason, since, against }) => [row.id, state, reason, since, against.map((each) => [each.row.id, each.standing])]));

  it('gives the same states in whatever order it arrives', () => {
    fc.assert(fc.property(history, fc.integer({ min: 1, max: 40 }), (list, month) => {
      const asOf = at(new Date(Date.UTC(2025, month, 20)).toISOString());
      const events = list.map(happened);
      const read = (order: Happened[]): string => shown(judge(statementsOn(given(...order).reader(claimsLedger), 'acme'), asOf));
      expect(read([...events].reverse())).toEqual(read(events));
    }), { numRuns: 60 });
  });
  it('is judged at a time by what was known then alone: what comes later changes nothing', () => {
    fc.assert(fc.property(history, fc.integer({ min: 1, max: 40 }), (list, month) => {
      const known = new Date(Date.UTC(2025, month, 15)).toISOString();
      const then = list.filter(({ published }) => published <= known);
      expect(shown(judged(list, '2029-06-01T00:00:00Z', known))).toEqual(shown(judge(statementsOn(given(...list.map(happened).filter((_each, index) => then.includes(list[index] as Told))).reader(claimsLedger), 'acme'), at('2029-06-01T00:00:00Z'))));
    }), { numRuns: 60 });
  });
});
