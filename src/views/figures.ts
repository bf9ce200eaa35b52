/** Figures and intervals in words, for sentences: 2.611 trillion USD, below 2.13 trillion, +4.65 % to +4.75 %. */
import { formatInstant, instant, type Interval } from '../../events/index.js';

const SCALES = [[1e12, 'trillion', 3, 2], [1e9, 'billion', 1, 1], [1e6, 'million', 1, 1]] as const;
const NEXT_DIGIT = 1e-9;

/** @param end of an interval rather than a point: said a little shorter, a percentage a little finer */
export function figure(value: number, unit: string, { end = false, signed = false } = {}): string {
  const sign = value < 0 ? '−' : signed ? '+' : '';
  const size = Math.abs(value);
  if (unit === 'ratio') return `${sign}${(size * 100).toFixed(end ? 2 : 1)} %`;
  if (unit === 'seconds') return formatInstant(instant(Math.round(value * 1000))) ?? 'open';
  if (unit === 'shares') return `${sign}${grouped(size)} shares`;
  if (unit === 'years') return `${sign}${Number(size.toFixed(2))} ${size === 1 ? 'year' : 'years'}`;
  const suffix = unit === '' ? '' : ` ${unit}`;
  for (const [scale, word, exact, rough] of SCALES) if (size >= scale * (1 - NEXT_DIGIT)) return `${sign}${(size / scale).toFixed(end ? rough : exact)} ${word}${suffix}`;
  return `${sign}${grouped(size, 2)}${suffix}`;
}

/** Thousands apart. */
function grouped(size: number, digits = 0): string {
  const [whole = '', fraction] = size.toFixed(digits).split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
}

/** @param positive the quantity is so by its nature: a lower end at zero says nothing */
export function intervalText(x: Interval, unit: string, { positive = false, signed = false } = {}): string {
  const lo = positive && x.lo === 0 ? null : x.lo;
  const write = (value: number, end: boolean): string => figure(value, unit, { end, signed });
  if (lo !== null && x.hi !== null) {
    if (x.hi - lo <= Math.abs(x.hi) * NEXT_DIGIT) return write((lo + x.hi) / 2, false);
    const [low, high] = [write(lo, true), write(x.hi, true)];
    return low === high ? low : `${low} to ${high}`;
  }
  if (lo !== null) return `${x.loClosed ? 'at least' : 'more than'} ${write(lo, true)}`;
  if (x.hi !== null) return `${x.hiClosed ? 'at most' : 'below'} ${write(x.hi, true)}`;
  return 'anything';
}

/** A distance between two figures in their own unit; of percentages in percentage points. */
export function distance(size: number, unit: string): string {
  if (unit === 'ratio') return `${(size * 100).toFixed(2)} percentage points`;
  if (unit === 'seconds') return spanOf(size);
  return figure(size, unit, { end: true });
}

/** Seconds in the two largest units. */
export function spanOf(seconds: number): string {
  const size = Math.abs(Math.round(seconds));
  const [days, hours, minutes] = [Math.floor(size / 86_400), Math.floor(size / 3600) % 24, Math.floor(size / 60) % 60];
  if (days > 0) return `${days} d${hours > 0 ? ` ${hours} h` : ''}`;
  if (hours > 0) return `${hours} h${minutes > 0 ? ` ${minutes} min` : ''}`;
  return minutes > 0 ? `${minutes} min${size % 60 > 0 ? ` ${size % 60} s` : ''}` : `${size} s`;
}
