/**
 * The calendar's table. EXCEPTIONS is what the rules of calendar.ts can't say: closures and early closes that were
 * declared for one day. Each row says when it was declared (nobody knew it before) and by whom it was reported; where
 * the hour of a declaration was not found, `declaredAt` is the latest day that it can have been. PUBLISHED is what the exchanges announced of the days that the rules do say, for the span of
 * the seeds: it changes no answer, and a test holds the rules to it.
 */

export const FIRST_YEAR = 1998;
export const LAST_YEAR = 2027;

export type CalendarException =
  | { date: string; kind: 'closed'; declaredAt: string; source: string; reason: string }
  | { date: string; kind: 'early'; close: string; declaredAt: string; source: string; reason: string };

const CLOSURES = 'https://www.elitetrader.com/et/threads/nyse-atypical-unplanned-closures.363312/';
const ATTACKS = 'attacks of 11 September';
const MOURNING = 'national day of mourning for a former president';

export const EXCEPTIONS: readonly CalendarException[] = [
  { date: '2001-09-11', kind: 'closed', declaredAt: '2001-09-11', source: CLOSURES, reason: ATTACKS },
  { date: '2001-09-12', kind: 'closed', declaredAt: '2001-09-11', source: CLOSURES, reason: ATTACKS },
  { date: '2001-09-13', kind: 'closed', declaredAt: '2001-09-12', source: CLOSURES, reason: ATTACKS },
  { date: '2001-09-14', kind: 'closed', declaredAt: '2001-09-13', source: CLOSURES, reason: ATTACKS },
  { date: '2003-12-26', kind: 'early', close: '13:00', declaredAt: '2003-12-25', source: 'https://github.com/rsheftel/pandas_market_calendars', reason: 'the day after Christmas' },
  { date: '2004-06-11', kind: 'closed', declaredAt: '2004-06-10', source: 'http://echelonwealthstrategies.blogspot.com/2018/12/remembering-bush.html', reason: MOURNING },
  { date: '2007-01-02', kind: 'closed', declaredAt: '2006-12-29', source: 'https://www.crainsnewyork.com/article/20061229/FREE/61229002/nyse-to-shut-on-january-2-in-honor-of-ford', reason: MOURNING },
  { date: '2012-10-29', kind: 'closed', declaredAt: '2012-10-28', source: 'http://time-price-research-astrofin.blogspot.com/2012/10/what-does-it-take-to-close-wall-street.html', reason: 'hurricane' },
  { date: '2012-10-30', kind: 'closed', declaredAt: '2012-10-29', source: 'https://news.rediff.com/commentary/2012/oct/29/ny-stock-exchange-to-be-shut-on-tuesday-as-well/5c77cf6f9f34983fb112f44c01fbb210', reason: 'hurricane' },
  { date: '2018-12-05', kind: 'closed', declaredAt: '2018-12-03', source: 'http://echelonwealthstrategies.blogspot.com/2018/12/remembering-bush.html', reason: MOURNING },
  {
    date: '2025-01-09',
    kind: 'closed',
    declaredAt: '2024-12-30',
    source: 'https://www.ibtimes.com/nyse-nasdaq-markets-closed-jan-9-day-mourning-jimmy-carter-3757298',
    reason: MOURNING,
  },
];

/** New York's clock, in every session that does not close early. */
export const REGULAR_HOURS = { open: '09:30', close: '16:00', source: 'https://www.sakshipost.com/news/international/10-stock-market-holidays-2025-and-2026us-market-holidays-421923' } as const;

const NOTICE_OF_2021 = 'https://mondovisione.com/media-and-resources/news/nyse-group-announces-2022-2023-and-2024-holiday-and-early-closings-calendar/';
const NOTICE_OF_2022 = 'https://www.businesswire.com/news/home/20221221005578/en/NYSE-Group-Announces-2023-2024-and-2025-Holiday-and-Early-Closings-Calendar';
const NOTICE_OF_2022_REPRINTED = 'http://stocks.observer-reporter.com/observerreporter/article/bizwire-2022-12-21-nyse-group-announces-2023-2024-and-2025-holiday-and-early-closings-calendar';

/** Where only a report was found and not the notice, `declaredAt` is the day of the report. */
export const PUBLISHED: readonly CalendarException[] = [
  { date: '2024-09-02', kind: 'closed', declaredAt: '2021-12-27', source: NOTICE_OF_2021, reason: 'Labor Day' },
  { date: '2024-11-28', kind: 'closed', declaredAt: '2021-12-27', source: NOTICE_OF_2021, reason: 'Thanksgiving' },
  { date: '2024-11-29', kind: 'early', close: '13:00', declaredAt: '2022-12-21', source: NOTICE_OF_2022_REPRINTED, reason: 'day after Thanksgiving' },
  { date: '2024-12-24', kind: 'early', close: '13:00', declaredAt: '2024-12-01', source: 'https://www.livemint.com/market/stock-market-news/wall-street-holiday-nasdaq-nyse-to-remain-closed-on-these-days-in-december-11733039558027.html', reason: 'Christmas Eve' },
  { date: '2024-12-25', kind: 'closed', declaredAt: '2021-12-27', source: NOTICE_OF_2021, reason: 'Christmas' },
  { date: '2025-01-01', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: 'New Year' },
  { date: '2025-01-20', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: 'Martin Luther King Day' },
  { date: '2025-02-17', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: "Washington's Birthday" },
  { date: '2025-04-18', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: 'Good Friday' },
  { date: '2025-05-26', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: 'Memorial Day' },
  { date: '2025-06-19', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: 'Juneteenth' },
  { date: '2025-07-03', kind: 'early', close: '13:00', declaredAt: '2022-12-21', source: NOTICE_OF_2022_REPRINTED, reason: 'day before Independence Day' },
  { date: '2025-07-04', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: 'Independence Day' },
  { date: '2025-09-01', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: 'Labor Day' },
  { date: '2025-11-27', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: 'Thanksgiving' },
  { date: '2025-11-28', kind: 'early', close: '13:00', declaredAt: '2022-12-21', source: NOTICE_OF_2022_REPRINTED, reason: 'day after Thanksgiving' },
  { date: '2025-12-24', kind: 'early', close: '13:00', declaredAt: '2025-06-24', source: 'https://www.sakshipost.com/news/international/10-stock-market-holidays-2025-and-2026us-market-holidays-421923', reason: 'Christmas Eve' },
  { date: '2025-12-25', kind: 'closed', declaredAt: '2022-12-21', source: NOTICE_OF_2022, reason: 'Christmas' },
];
