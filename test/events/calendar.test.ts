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

  it('has the number of sessions that were counted in each year since 1998', () => {
    // A published table of trading days (visualfoodie.com, historical-data-for-u-s-stock-trading-days-per-year); 2001 also by CRSP (iangow.github.io).
    const counted = { 1998: 252, 1999: 252, 2000: 252, 2001: 248, 2002: 252, 2003: 252, 2004: 252, 2005: 252, 2006: 251, 2007: 251, 2008: 253, 2009: 252, 2010: 252, 2011: 252, 2012: 250, 2013: 252, 2014: 252, 2015: 252, 2016: 252, 2017: 251, 2018: 251, 2019: 252, 2020: 253, 2021: 252, 2022: 251, 2023: 250, 2024: 252, 2025: 250 };
    expect(Object.fromEntries(Object.keys(counted).map((year) => [year, sessionsBetween('US', `${year}-01-01`, `${year}-12-31`).length]))).toEqual(counted);
  });

  it('has the ten unscheduled closures since 1998, each known only from its declaration', () => {
    const closures = ['2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14', '2004-06-11', '2007-01-02', '2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09'];
    for (const date of closures) {
      expect([date, sessionOn('US', date)]).toEqual([date, null]);
      const twoDaysBefore = { ms: Date.parse(`${date}T00:00:00Z`) - 48 * 3_600_000, ns: 0 };
      if (date !== '2007-01-02' && date !== '2025-01-09') expect([date, sessionOn('US', date, twoDaysBefore)?.date]).toEqual([date, date]);
    }
    expect(sessionOn('US', '2007-01-02', parseInstant('2006-12-29T12:00:00Z') as Instant)?.date).toBe('2007-01-02');
  });

  it('closes early before or after 4 July as it did then, and on the day after Christmas of 2003 alone', () => {
    const early = (year: number): string[] => sessionsBetween('US', `${year}-01-01`, `${year}-12-31`).filter((session) => session.early).map(({ date }) => date.slice(5));
    // Against the lists of two open calendars (pandas_market_calendars and finCal).
    expect(early(1998)).toEqual(['11-27', '12-24']);
    expect(early(2001)).toEqual(['07-03', '11-23', '12-24']);
    expect(early(2002)).toEqual(['07-05', '11-29', '12-24']);
    expect(early(2003)).toEqual(['07-03', '11-28', '12-24', '12-26']);
    expect(early(2010)).toEqual(['11-26']);
    expect(early(2013)).toEqual(['07-03', '11-29', '12-24']);
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
    expect(() => sessionOn('US', '1997-12-31')).toThrow(CalendarRangeError);
    expect(() => sessionOn('US', '2028-01-03')).toThrow(/1998 to 2027/);
  });
});
