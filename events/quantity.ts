/**
 * Figures as printed, and the one versioned rule for what they allow. An event keeps the text ("4.7", "2.38e12": the
 * exponent carries how far it was printed); a better rule reads old events anew and never edits one.
 */
import { z } from 'zod';
import { interval, negate, point, type Interval } from './interval.js';

/** Raised when the rule below changes; answers name it. */
export const QUANTITY_RULE = 1;

const decimalText = z.string().regex(/^-?\d{1,30}(\.\d{1,30})?(e\d{1,2})?$/, { error: 'expected a decimal number as text, as printed, such as "4.7" or "38e9"' }).meta({ examples: ['4.7', '258.38', '38e9'] });
const unit = z.string().regex(/^[A-Za-z][A-Za-z0-9 /-]{0,31}$/, { error: 'expected a unit such as USD, percent or shares' }).meta({ description: 'a currency code, percent, ratio, shares, users …' });
const direction = z.enum(['up', 'down']);

const figure = z.strictObject({
  as: z.enum(['exact', 'rounded', 'about', 'moreThan', 'atLeast', 'lessThan', 'atMost', 'nearly']).meta({ description: 'how the source says it; a bare printed figure is `rounded`' }),
  value: decimalText,
  unit,
  direction: direction.optional(),
}).refine((q) => q.direction === undefined || !q.value.startsWith('-'), { path: ['value'], error: 'with a direction the value is a magnitude: leave out the sign' });
const order = z.strictObject({
  as: z.literal('order'),
  value: z.string().regex(/^1(0*|e\d{1,2})$/, { error: 'expected the power of ten that begins the order, such as "1e10" for tens of billions' }),
  unit,
  direction: direction.optional(),
});
const range = z.strictObject({ as: z.literal('range'), from: decimalText, to: decimalText, unit, direction: direction.optional() }).refine((q) => toNumber(decimal(q.from)) < toNumber(decimal(q.to)), { path: ['to'], error: 'expected a range whose end lies above its start' });
const directed = z.strictObject({ as: z.literal('direction'), direction, unit: unit.optional() });

export const quantitySchema = z.union([figure, order, range, directed]).meta({ id: 'Quantity', description: 'A figure as printed' });
export type Quantity = z.infer<typeof quantitySchema>;

/** value = digits × 10^exponent. */
interface Decimal {
  digits: bigint;
  exponent: number;
}

/** Reads a decimal text that the schema let through. */
export function decimal(text: string): Decimal {
  const [mantissa = '', power = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** The nearest double: the text is parsed once, so 4.65 % is 0.0465 and not 0.046500000000000005. */
export function toNumber(x: Decimal): number {
  return Number(`${x.digits}e${x.exponent}`);
}

/**
 * What a printed figure allows, in the unit's base (percent becomes a ratio). Bounds are taken of the magnitude, then
 * signed: down and moreThan x is (−∞, −x).
 */
export function bounds(quantity: Quantity): Interval {
  if (quantity.as === 'direction') return quantity.direction === 'up' ? interval(0, null, false, false) : interval(null, 0, false, false);
  const shift = quantity.unit === 'percent' ? -2 : 0;
  const read = (text: string): Decimal => {
    const { digits, exponent } = decimal(text);
    return { digits: digits < 0n ? -digits : digits, exponent: exponent + shift };
  };
  let allowed: Interval;
  if (quantity.as === 'range') {
    const signed = (text: string): number => (text.startsWith('-') ? -1 : 1) * toNumber(read(text));
    allowed = interval(signed(quantity.from), signed(quantity.to), true, true);
    return quantity.direction === 'down' ? negate(allowed) : allowed;
  }
  const x = read(quantity.value);
  const value = toNumber(x);
  switch (quantity.as) {
    case 'exact': allowed = point(value); break;
    case 'rounded': allowed = interval(toNumber(plusTenths(x, -5n)), toNumber(plusTenths(x, 5n)), true, false); break;
    case 'about': allowed = about(x); break;
    case 'moreThan': allowed = interval(value, null, false, false); break;
    case 'atLeast': allowed = interval(value, null, true, false); break;
    case 'lessThan': allowed = interval(null, value, false, false); break;
    case 'atMost': allowed = interval(null, value, false, true); break;
    case 'nearly': allowed = interval(toNumber(plusTenths(x, -5n)), value, true, false); break;
    case 'order': allowed = interval(value, toNumber({ ...x, exponent: x.exponent + 1 }), true, false); break;
  }
  return quantity.direction === 'down' || quantity.value.startsWith('-') ? negate(allowed) : allowed;
}

/** x plus so many tenths of its last printed digit: exact. */
function plusTenths(x: Decimal, tenths: bigint): Decimal {
  return { digits: x.digits * 10n + tenths, exponent: x.exponent - 1 };
}

/** ± 2.5 % or half of the last significant (last non-zero) digit, whichever is larger. */
function about(x: Decimal): Interval {
  let { digits, exponent } = x;
  while (digits !== 0n && digits % 10n === 0n) {
    digits /= 10n;
    exponent += 1;
  }
  // Both margins in thousandths of the last significant digit's place: 2.5 % of it, and a half.
  const margin = digits * 25n > 500n ? digits * 25n : 500n;
  const thousandths = digits * 1000n;
  return interval(toNumber({ digits: thousandths - margin, exponent: exponent - 3 }), toNumber({ digits: thousandths + margin, exponent: exponent - 3 }), true, true);
}

const WORDS: Record<string, string> = { exact: '', rounded: '', about: 'about ', moreThan: 'more than ', atLeast: 'at least ', lessThan: 'less than ', atMost: 'at most ', nearly: 'nearly ' };

/** A figure in words: "more than 4.7 %", "about 140 billion USD", "down". */
export function describeQuantity(quantity: Quantity): string {
  const sign = quantity.direction === undefined ? '' : `${quantity.direction} `;
  if (quantity.as === 'direction') return quantity.direction;
  if (quantity.as === 'order') return `${sign}${orderWord(quantity.value)} ${quantity.unit}`;
  if (quantity.as === 'range') return `${sign}${figureText(quantity.from, '')} to ${figureText(quantity.to, quantity.unit)}`;
  return `${sign}${WORDS[quantity.as] ?? ''}${figureText(quantity.value, quantity.unit)}`;
}

const SCALES: [number, string][] = [[12, 'trillion'], [9, 'billion'], [6, 'million']];

function figureText(text: string, unitName: string): string {
  const suffix = unitName === 'percent' ? ' %' : unitName === '' ? '' : ` ${unitName}`;
  const [mantissa = '', power] = text.split('e');
  if (power === undefined) {
    if (mantissa.includes('.')) return mantissa + suffix;
    return mantissa.replace(/\B(?=(\d{3})+$)/g, ',') + suffix;
  }
  for (const [exponent, word] of SCALES) {
    const rest = Number(power) - exponent;
    if (rest >= 0 && rest < 3) return `${toNumber(decimal(`${mantissa}e${rest}`))} ${word}${suffix}`;
  }
  return text + suffix;
}

function orderWord(value: string): string {
  const exponent = value.includes('e') ? Number(value.split('e')[1]) : value.length - 1;
  for (const [scale, word] of SCALES) {
    if (exponent >= scale) return `${['', 'tens of ', 'hundreds of '][exponent - scale] ?? `10^${exponent - scale} `}${word}s`;
  }
  return `the order of 10^${exponent}`;
}
