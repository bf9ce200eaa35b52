/** Figures and times in words: UTC, day before month, the same in every browser. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

export function day(ms: number, withYear = true): string {
  const at = new Date(ms);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}${withYear ? ` ${at.getUTCFullYear()}` : ''}`;
}

export function month(ms: number): string {
  const at = new Date(ms);
  return `${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

export function clock(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}

/** 3 Nov 2025, 14:01 UTC */
export function moment(iso: string | null): string {
  if (iso === null) return 'not known';
  const ms = Date.parse(iso);
  return `${day(ms)}, ${clock(ms)} UTC`;
}

/** When something held: a moment, a range, or only a bound of it. */
export function span(from: string | null, to: string | null): string {
  if (to === null) return from === null ? 'time not known' : `after ${moment(from)}`;
  if (from === null) return `by ${moment(to)}`;
  if (from === to) return moment(to);
  const [a, b] = [Date.parse(from), Date.parse(to)];
  return day(a) === day(b) ? `${day(a)}, ${clock(a)} to ${clock(b)} UTC` : `${day(a)}, ${clock(a)} to ${day(b)}, ${clock(b)} UTC`;
}

function length(seconds: number): string {
  const s = Math.abs(seconds);
  const of = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (s < 90 * MINUTE) return of(Math.max(1, Math.round(s / MINUTE)), 'minute');
  if (s < 36 * HOUR) return of(Math.round(s / HOUR), 'hour');
  return of(Math.round(s / DAY), 'day');
}

function sided(seconds: number): string {
  return Math.abs(seconds) < 30 ? 'at the time' : `${length(seconds)} ${seconds < 0 ? 'before' : 'after'}`;
}

/** A time relative to the announcement, of which the earliest and the latest are known or not. */
export function relativeWords(from: number | null, to: number | null): string | null {
  if (to === null) return null;
  if (from === null) return to < 0 ? `${length(to)} before, or earlier` : `${sided(to)} at the latest`;
  if (from === to || sided(from) === sided(to)) return sided(to);
  if (from < 0 && to > 0) return `${length(from)} before to ${length(to)} after`;
  const [near, far] = Math.abs(from) < Math.abs(to) ? [from, to] : [to, from];
  const side = to > 0 ? 'after' : 'before';
  if (Math.abs(near) < 30) return `within ${length(far)} ${side}`;
  const [a, b] = [length(near), length(far)];
  const unit = b.replace(/^\d+ /, '');
  return a.replace(/^\d+ /, '').replace(/s$/, '') === unit.replace(/s$/, '') ? `${a.split(' ')[0]}–${b.split(' ')[0]} ${unit} ${side}` : `${a} to ${b} ${side}`;
}

/** ISO 8601 duration in words. */
export function duration(iso: string): string {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(iso);
  if (!match) return iso;
  const words = ['year', 'month', 'week', 'day'].flatMap((unit, index) => {
    const count = match[index + 1];
    return count === undefined ? [] : [`${count} ${unit}${count === '1' ? '' : 's'}`];
  });
  return words.length === 0 ? iso : words.join(' ');
}

const SCALES: [number, string, string][] = [[1e12, 'trillion', 'T'], [1e9, 'billion', 'bn'], [1e6, 'million', 'm']];

/** 2.72 trillion USD */
export function money(value: number, unit: string, digits = 2): string {
  for (const [size, word] of SCALES) if (Math.abs(value) >= size) return `${(value / size).toFixed(digits)} ${word} ${unit}`.trim();
  return `${price(value)} ${unit}`.trim();
}

/** The range of a figure: one figure where its ends read alike. */
export function moneyRange(lo: number | null, hi: number | null, unit: string): string {
  if (lo === null || hi === null) return 'unknown';
  const [a, b] = [money(lo, unit, 3), money(hi, unit, 3)];
  if (a === b) return money(lo, unit);
  const [first = ''] = a.split(' ');
  return a.replace(/^\S+/, '') === b.replace(/^\S+/, '') ? `${first}–${b}` : `${a} to ${b}`;
}

/** Ticks of an axis: 2.7T, 250bn; `step` decides the digits. */
export function compact(value: number, step: number): string {
  for (const [size, , letter] of SCALES) if (Math.abs(value) >= size) return `${(value / size).toFixed(decimals(step / size))} ${letter}`;
  return grouped(value, decimals(step));
}

function decimals(step: number): number {
  return step >= 1 ? 0 : Math.min(4, Math.ceil(-Math.log10(step) - 1e-9));
}

export function price(value: number): string {
  return grouped(value, 2);
}

function grouped(value: number, digits: number): string {
  const [whole = '', rest] = Math.abs(value).toFixed(digits).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${value < 0 ? '−' : ''}${text}${rest === undefined ? '' : `.${rest}`}`;
}

export function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}

/** A score or an interval of scores. */
export function score(lo: number, hi: number): string {
  return lo === hi ? signed(lo) : `${signed(lo)} to ${signed(hi)}`;
}

/** Some word of the language (kebab or camel case) as text. */
export function words(name: string): string {
  return name.replaceAll('-', ' ').replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** From when something was known, and how well that is itself known. */
export function knownWords(row: { knownFrom: string | null; knownPrecision: string; estimated: boolean }): string {
  if (row.knownFrom === null) return 'known: not dated';
  const text = row.knownPrecision === 'instant' ? moment(row.knownFrom) : day(Date.parse(row.knownFrom));
  if (row.knownPrecision === 'recorded') return `undated; known since it was stored, ${text}`;
  return `known ${row.knownPrecision === 'instant' ? 'from' : 'by'} ${text}`;
}
