/**
 * Interval arithmetic rounded outward: every finite end that an operation computed is moved one double away from the
 * inside, so that what is shown to be impossible is impossible, whatever was rounded on the way.
 */
import { add, intersect, multiply, negate, type Interval } from '../../events/index.js';

export const ANYTHING: Interval = { lo: null, hi: null, loClosed: false, hiClosed: false };
export const POSITIVE: Interval = { lo: 0, hi: null, loClosed: false, hiClosed: false };
export const ONE: Interval = { lo: 1, hi: 1, loClosed: true, hiClosed: true };

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** Which of the two words is the lower one: the machine's order of bytes. */
const [LOW, HIGH] = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? [0, 1] : [1, 0];

/** The next double above: its bits are a number, with a sign, that is one larger. */
export function nextUp(x: number): number {
  if (!Number.isFinite(x)) return x;
  if (x === 0) return Number.MIN_VALUE;
  double[0] = x;
  const low = words[LOW] as number;
  if (x > 0) {
    words[LOW] = low + 1;
    if (low === 0xffffffff) words[HIGH] = (words[HIGH] as number) + 1;
  } else {
    words[LOW] = low - 1;
    if (low === 0) words[HIGH] = (words[HIGH] as number) - 1;
  }
  return double[0];
}

/** A zero stays: sums and products of the sizes met here give it only where it is exact, and its sign is information. */
export function widened(x: Interval): Interval {
  return { ...x, lo: x.lo === null || x.lo === 0 ? x.lo : -nextUp(-x.lo), hi: x.hi === null || x.hi === 0 ? x.hi : nextUp(x.hi) };
}

/** A decimal text read as a double is off by up to half of its last bit; a whole number is not. */
export function asStated(x: Interval): Interval {
  const outer = widened(x);
  return { ...x, lo: Number.isSafeInteger(x.lo) ? x.lo : outer.lo, hi: Number.isSafeInteger(x.hi) ? x.hi : outer.hi };
}

export function plus(a: Interval, b: Interval): Interval {
  return widened(add(a, b));
}

export function minus(a: Interval, b: Interval): Interval {
  return plus(a, negate(b));
}

export function times(a: Interval, b: Interval): Interval {
  return widened(multiply(a, b));
}

/** Quotient; anything where the divisor may be zero on both of its sides, or where both may be zero. */
export function over(a: Interval, b: Interval): Interval {
  if (includesZero(b) && (includesZero(a) || straddlesZero(b))) return ANYTHING;
  if (straddlesZero(b) || (b.lo === 0 && b.hi === 0)) return ANYTHING;
  return widened(multiply(a, widened(reciprocal(b))));
}

/** Of an interval that does not straddle zero. */
function reciprocal(b: Interval): Interval {
  return { lo: inverse(b.hi), hi: inverse(b.lo), loClosed: b.hi !== null && b.hi !== 0 && b.hiClosed, hiClosed: b.lo !== null && b.lo !== 0 && b.loClosed };
}

function inverse(end: number | null): number | null {
  return end === null ? 0 : end === 0 ? null : 1 / end;
}

function includesZero(x: Interval): boolean {
  return (x.lo === null || x.lo < 0 || (x.lo === 0 && x.loClosed)) && (x.hi === null || x.hi > 0 || (x.hi === 0 && x.hiClosed));
}

function straddlesZero(x: Interval): boolean {
  return (x.lo === null || x.lo < 0) && (x.hi === null || x.hi > 0);
}

/** Does every value of `inner` lie in `outer`? */
export function inside(inner: Interval, outer: Interval): boolean {
  const both = intersect(inner, outer);
  return both !== null && sameInterval(both, inner);
}

export function sameInterval(a: Interval, b: Interval): boolean {
  return a.lo === b.lo && a.hi === b.hi && a.loClosed === b.loClosed && a.hiClosed === b.hiClosed;
}

/** `agree`: one lies inside the other; `compatible`: they only overlap; `conflict`: they exclude each other. */
export function relate(a: Interval, b: Interval): 'agree' | 'compatible' | 'conflict' {
  if (intersect(a, b) === null) return 'conflict';
  return inside(a, b) || inside(b, a) ? 'agree' : 'compatible';
}

/** What lies between two intervals that exclude each other: the end of `a` that would have to move, and where to. */
export interface Gap {
  end: 'lo' | 'hi';
  from: number;
  to: number;
  /** Is `to` itself reached, or must the end go beyond it? */
  reached: boolean;
  size: number;
}

export function gapBetween(a: Interval, b: Interval): Gap | null {
  if (intersect(a, b) !== null) return null;
  if (a.hi !== null && b.lo !== null && a.hi <= b.lo) return { end: 'hi', from: a.hi, to: b.lo, reached: b.loClosed, size: b.lo - a.hi };
  if (a.lo !== null && b.hi !== null) return { end: 'lo', from: a.lo, to: b.hi, reached: b.hiClosed, size: a.lo - b.hi };
  return null;
}

/** `a` with one end moved out to a value, which then belongs to it. */
export function stretched(a: Interval, end: 'lo' | 'hi', to: number): Interval {
  return end === 'hi' ? { ...a, hi: to, hiClosed: true } : { ...a, lo: to, loClosed: true };
}
