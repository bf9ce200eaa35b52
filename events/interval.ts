/**
 * Intervals of real numbers with open, closed and unbounded ends, and the arithmetic on them. A figure that was printed
 * is one of these; nothing here turns it into a made-up point. Ends are doubles: each operation rounds once.
 */

export interface Interval {
  /** null: unbounded below. */
  readonly lo: number | null;
  /** null: unbounded above. */
  readonly hi: number | null;
  readonly loClosed: boolean;
  readonly hiClosed: boolean;
}

/** Thrown when an interval would be empty or an end is not a number. */
export class EmptyIntervalError extends Error {
  override readonly name = 'EmptyIntervalError';
}

/** @throws EmptyIntervalError */
export function interval(lo: number | null, hi: number | null, loClosed: boolean, hiClosed: boolean): Interval {
  const made: Interval = { lo, hi, loClosed: lo !== null && loClosed, hiClosed: hi !== null && hiClosed };
  if (Number.isNaN(lo ?? 0) || Number.isNaN(hi ?? 0)) throw new EmptyIntervalError('an end of the interval is not a number');
  if (lo !== null && hi !== null && (lo > hi || (lo === hi && !(loClosed && hiClosed)))) throw new EmptyIntervalError(`${formatInterval(made)} is empty`);
  return made;
}

export function point(x: number): Interval {
  return interval(x, x, true, true);
}

export function isPoint(x: Interval): boolean {
  return x.lo !== null && x.lo === x.hi;
}

export function negate(x: Interval): Interval {
  return { lo: x.hi === null ? null : zero(-x.hi), hi: x.lo === null ? null : zero(-x.lo), loClosed: x.hiClosed, hiClosed: x.loClosed };
}

export function add(a: Interval, b: Interval): Interval {
  return {
    lo: a.lo === null || b.lo === null ? null : a.lo + b.lo,
    hi: a.hi === null || b.hi === null ? null : a.hi + b.hi,
    loClosed: a.loClosed && b.loClosed,
    hiClosed: a.hiClosed && b.hiClosed,
  };
}

export function subtract(a: Interval, b: Interval): Interval {
  return add(a, negate(b));
}

/** Product. An end is attained only where both factors attain theirs (0 times an attained 0 is attained). */
export function multiply(a: Interval, b: Interval): Interval {
  let lo: End | null = null;
  let hi: End | null = null;
  for (const x of ends(a)) {
    for (const y of ends(b)) {
      // An attained 0 times anything, unbounded too, is an attained 0; an open 0 leaves 0 as an open end.
      const value = x.value === 0 || y.value === 0 ? 0 : x.value * y.value;
      const closed = (x.closed && y.closed) || (x.value === 0 && x.closed) || (y.value === 0 && y.closed);
      if (lo === null || value < lo.value || (value === lo.value && closed)) lo = { value, closed };
      if (hi === null || value > hi.value || (value === hi.value && closed)) hi = { value, closed };
    }
  }
  const low = lo as unknown as End;
  const high = hi as unknown as End;
  return {
    lo: low.value === -Infinity ? null : low.value,
    hi: high.value === Infinity ? null : high.value,
    loClosed: low.value !== -Infinity && low.closed,
    hiClosed: high.value !== Infinity && high.closed,
  };
}

export function contains(x: Interval, value: number): boolean {
  return (x.lo === null || value > x.lo || (x.loClosed && value === x.lo)) && (x.hi === null || value < x.hi || (x.hiClosed && value === x.hi));
}

/** What both allow, or null when they exclude each other. */
export function intersect(a: Interval, b: Interval): Interval | null {
  const lower = a.lo === null ? b : b.lo === null ? a : a.lo > b.lo || (a.lo === b.lo && !a.loClosed) ? a : b;
  const upper = a.hi === null ? b : b.hi === null ? a : a.hi < b.hi || (a.hi === b.hi && !a.hiClosed) ? a : b;
  if (lower.lo !== null && upper.hi !== null && (lower.lo > upper.hi || (lower.lo === upper.hi && !(lower.loClosed && upper.hiClosed)))) return null;
  return { lo: lower.lo, hi: upper.hi, loClosed: lower.loClosed, hiClosed: upper.hiClosed };
}

export function formatInterval(x: Interval): string {
  return `${x.loClosed ? '[' : '('}${x.lo ?? '−∞'}, ${x.hi ?? '∞'}${x.hiClosed ? ']' : ')'}`;
}

interface End {
  value: number;
  closed: boolean;
}

function ends(x: Interval): [End, End] {
  return [
    { value: x.lo ?? -Infinity, closed: x.loClosed },
    { value: x.hi ?? Infinity, closed: x.hiClosed },
  ];
}

/** No negative zero in answers. */
function zero(x: number): number {
  return x === 0 ? 0 : x;
}
