/**
 * What the rules of calendar.ts can't say: closures and early closes that were declared for one day. Each row says when
 * it was declared (nobody knew it before) and by whom it was reported. Earlier years take the same form.
 */

export const FIRST_YEAR = 2024;
export const LAST_YEAR = 2027;

export type CalendarException =
  | { date: string; kind: 'closed'; declaredAt: string; source: string; reason: string }
  | { date: string; kind: 'early'; close: string; declaredAt: string; source: string; reason: string };

export const EXCEPTIONS: readonly CalendarException[] = [
  {
    date: '2025-01-09',
    kind: 'closed',
    declaredAt: '2024-12-30',
    source: 'https://www.ibtimes.com/nyse-nasdaq-markets-closed-jan-9-day-mourning-jimmy-carter-3757298',
    reason: 'national day of mourning for a former president',
  },
];
