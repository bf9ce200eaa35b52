/** The stretch of time that is seen: around the announcement, all of it, or what was zoomed into. Milliseconds. */
import type { AnnouncementDetail, MarketValueView } from './api.js';
import type { PageState } from './state.js';

export interface Stretch {
  from: number;
  to: number;
}

export const DAY_MS = 86_400_000;
const AROUND_DAYS = 31;
/** More than a wide screen has places for, and than half of one. */
export const MAX_POINTS = '2000';
export const FEWER_POINTS = '800';

const midnight = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;

/** The announcement's own window; null where it is not dated. */
export function windowAround(chosen: AnnouncementDetail | null): Stretch | null {
  const by = chosen?.publicBy ? Date.parse(chosen.publicBy) : null;
  if (by === null) return null;
  const from = Date.parse(chosen?.publicFrom ?? '') || by;
  return { from: midnight(from - AROUND_DAYS * DAY_MS), to: midnight(by + AROUND_DAYS * DAY_MS) };
}

export function zoomed({ from, to }: PageState): Stretch | null {
  return from === null || to === null ? null : { from: Date.parse(from), to: Date.parse(to) };
}

/** From the first close to where the curves end. */
export function wholeRange(views: readonly MarketValueView[], end: number): Stretch {
  const first = Math.min(...views.flatMap((view) => (view.points[0]?.time ? [Date.parse(view.points[0].time)] : [])));
  const from = Number.isFinite(first) ? first : end - AROUND_DAYS * DAY_MS;
  return { from, to: Math.max(end, from + DAY_MS) };
}

const STEPS: [string, number][] = [['PT10M', 600_000], ['PT1H', 3_600_000], ['PT12H', DAY_MS / 2], ['P1D', DAY_MS], ['P7D', 7 * DAY_MS]];
const LONGEST_STEP = 'P30D';
const MOST_STEPS = 500;

/** How far the points of a sentiment curve are apart. */
export function stepOf({ from, to }: Stretch): string {
  return STEPS.find(([, ms]) => (to - from) / ms <= MOST_STEPS)?.[0] ?? LONGEST_STEP;
}

const FEWEST_DAYS = 31;
const MOST_DAYS = 1500;

/** As many trading days as are seen, at least those around it. */
export function confounderDays(chosen: AnnouncementDetail | null, { from, to }: Stretch): string {
  const by = Date.parse(chosen?.publicBy ?? '');
  const days = (ms: number): number => Math.min(Math.max(Math.ceil((ms / DAY_MS) * (5 / 7)) + 3, FEWEST_DAYS), MOST_DAYS);
  return `-${days(by - from)}:${days(to - by)}`;
}
