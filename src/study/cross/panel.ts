/**
 * Many events over one window: what every cross-section test is made from. Events whose window is not complete are left
 * out of it and named; N is always of those that are there.
 */
import { fsum } from 'd3-array';
import { cumulate, type Window } from '../one-event.js';
import type { Fitted, Refusal } from '../types.js';

export interface Member {
  fitted: Fitted;
  car: number;
  variance: number;
  /** CAR/√Var(CAR). */
  scar: number;
  /** AR/√Var(AR) of each day of the window, and its plain AR. */
  sar: number[];
  ar: number[];
}

export interface Panel {
  window: Window;
  /** Days of the window. */
  length: number;
  members: Member[];
  left: { event: string; reason: string }[];
  /** Do any two events share a day of their windows? Then they are not independent. */
  shared: boolean;
}

export function panelOf(fitted: readonly Fitted[], window: Window): Panel {
  const members: Member[] = [];
  const left: Panel['left'] = [];
  for (const each of fitted) {
    const cumulated = cumulate(each, window);
    if ('refused' in cumulated) {
      left.push({ event: each.event, reason: cumulated.reason });
      continue;
    }
    const days = each.window.filter(({ relative }) => relative >= window.from && relative <= window.to);
    members.push({ fitted: each, car: cumulated.car, variance: cumulated.variance, scar: cumulated.t, sar: days.map(({ ar, variance }) => (ar ?? NaN) / Math.sqrt(variance ?? NaN)), ar: days.map(({ ar }) => ar ?? NaN) });
  }
  return { window, length: window.to - window.from + 1, members, left, shared: sharesDays(members, window) };
}

/** The session dates of a member's window. */
export function datesOf({ fitted }: Member, { from, to }: Window): string[] {
  return fitted.window.filter(({ relative }) => relative >= from && relative <= to).map(({ date }) => date);
}

function sharesDays(members: readonly Member[], window: Window): boolean {
  const seen = new Set<string>();
  for (const member of members) {
    const dates = datesOf(member, window);
    if (dates.some((date) => seen.has(date))) return true;
    for (const date of dates) seen.add(date);
  }
  return false;
}

/** Ranks from 1, ties at their middle. */
export function midranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && order[end + 1]?.value === order[start]?.value) end += 1;
    for (let i = start; i <= end; i += 1) ranks[order[i]?.index ?? 0] = (start + end) / 2 + 1;
    start = end + 1;
  }
  return ranks;
}

export function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return fsum(items.map(of));
}

export function refuse(refused: string, reason: string): Refusal {
  return { refused, reason };
}
