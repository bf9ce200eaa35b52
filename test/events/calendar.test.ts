/** The US calendar against published lists of the exchanges (NYSE Group, holidays and early closings 2024 to 2027). */
import { describe, expect, it } from 'vitest';
import { CalendarRangeError, formatInstant, nextSession, parseInstant, previousSession, sessionOn, sessionsBetween, usHalfDays, usHolidays, type Instant } from '../../events/index.js';

const HOLIDAYS: Record<number, string[]> = {
  2024: ['01-01', '01-15', '02-19', '03-29', '05-27', '06-19', '07-04', '09-02', '11-28', '12-25'],
  2025: ['01-01', '01-20', '02-17', '04-18', '05-26', '06-19', '07-04', '09-01', '11-27', '12-25'],
  2026: ['01-01', '01-19', '02-16', '04-03', '05-25', '06-19', '07-03', '09-07', '11-26', '12-25'],
  2027: ['01-01', '01-18', '02-15', '03-26', '05-31', '06-18', '07-05', '09-06', '11-25', '12-24'],
};
const HALF_DAYS: Record<number, string[]> = {
  2024: ['07-03', '11-29', '12-24'],
  2025: ['07-03', '11-28', '12-24'],
  2026: ['11-27', '12-24'],
  2027: ['11-26'],
};

describe('the US calendar', () => {
  it.each([2024, 2025, 2026, 2027])('has the published holidays and half days of %i', (year) => {
    expect([...usHolidays(year)].map((day) => day.slice(5)).sort()).toEqual(HOLIDAYS[year]);
    const early = sessionsBetween('US', `${year}-01-01`, `${year}-12-31`).filter((session) => session.early);
    expect(early.map((session) => session.date.slice(5))).toEqual(HALF_DAYS[year]);
    expect(usHalfDays(year).size).toBeGreaterThanOrEqual(HALF_DAYS[year]?.length ?? 0);
  });

  it('has the number of sessions that the exchanges counted', () => {
    expect([2024, 2025].map((year) => sessionsBetween('US', `${year}-01-01`, `${year}-12-31`).length)).toEqual([252, 250]);
  });

  it('knows an unscheduled closure only from its declaration', () => {
    const before = parseInstant('2024-12-30T12:00:00Z') as Instant;
    const after = parseInstant('2024-12-31T12:00:00Z') as Instant;
    expect(sessionOn('US', '2025-01-09', before)).not.toBeNull();
    expect(sessionOn('US', '2025-01-09', after)).toBeNull();
    expect(sessionOn('US', '2025-01-09')).toBeNull();
  });

  it('closes at 13:00 in New York on half days', () => {
    expect(formatInstant(sessionOn('US', '2025-11-28')?.close as Instant)).toBe('2025-11-28T18:00:00Z');
    expect(formatInstant(sessionOn('US', '2025-07-03')?.close as Instant)).toBe('2025-07-03T17:00:00Z');
  });

  it('steps over weekends and holidays', () => {
    expect(nextSession('US', '2025-11-26').date).toBe('2025-11-28');
    expect(previousSession('US', '2025-11-03').date).toBe('2025-10-31');
  });

  it('says which years it covers when asked about another', () => {
    expect(() => sessionOn('US', '2019-01-02')).toThrow(CalendarRangeError);
    expect(() => sessionOn('US', '2019-01-02')).toThrow(/2024 to 2027/);
  });
});
