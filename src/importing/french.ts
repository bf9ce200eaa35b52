/**
 * Factor files in Ken French's form: some lines of words, a header that begins with the delimiter, days as YYYYMMDD with
 * returns in per cent, −99.99 and −999 where there is none, and words again. Monthly tables are refused, not resampled.
 */
import { CalendarRangeError, parseDay, sessionOn, type Instant } from '../../events/index.js';
import type { Fault } from './csv.js';
import { ImportError } from './import-error.js';

export interface FactorLine {
  line: number;
  date: string;
  /** Factor → ratio; those that are missing are left out. */
  returns: Record<string, number>;
  riskFree: number | undefined;
}

export interface FactorFile {
  names: string[];
  days: FactorLine[];
  faults: Fault[];
  notes: string[];
}

const HEADER = /^\s*(?:date|day)?\s*[,;\t]/i;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const MISSING = new Set(['-99.99', '-999', '-999.0', '-999.00', '-99.990']);
const RISK_FREE = new Set(['rf', 'risk-free']);

/**
 * @param name of the file, for what is said
 * @throws ImportError where there is no table of days
 */
export async function readFrench(text: AsyncIterable<string>, name: string, now: Instant): Promise<FactorFile> {
  let whole = '';
  for await (const piece of text) whole += piece;
  const lines = whole.replace(/^\uFEFF/, '').split(/\r?\n/);
  const head = lines.findIndex((line) => HEADER.test(line));
  if (head === -1) throw new ImportError([`${name}: found no header of factors: expected a line such as ",Mkt-RF,SMB,HML,RF"`]);
  const delimiter = /[,;\t]/.exec(lines[head] ?? '')?.[0] ?? ',';
  const names = (lines[head] ?? '').split(delimiter).slice(1).map((title) => title.trim().toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, ''));
  if (names.some((title) => title === '')) throw new ImportError([`${name}: line ${head + 1}: a factor has no name`]);
  const twice = names.find((title, index) => names.indexOf(title) !== index);
  if (twice !== undefined) throw new ImportError([`${name}: line ${head + 1}: the factor ${twice} stands there twice`]);
  const file: FactorFile = { names: names.filter((title) => !RISK_FREE.has(title)), days: [], faults: [], notes: [] };
  if (file.names.length === 0) throw new ImportError([`${name}: line ${head + 1}: has no factor beside the riskless rate`]);
  const seen = new Map<string, number>();
  for (let index = head + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '') {
      // A table ends at a blank line; what follows is another one, or words.
      if (file.days.length + file.faults.length === 0) continue;
      const other = lines.findIndex((next, at) => at > index && HEADER.test(next));
      if (other !== -1) file.notes.push(`another table begins at line ${other + 1} and is left: one table a file is read`);
      break;
    }
    const day = dayOf(line.split(delimiter), names, index + 1, now, seen, name);
    if (typeof day === 'string') file.faults.push({ line: index + 1, reason: day });
    else if (day) file.days.push(day);
  }
  if (file.days.length + file.faults.length === 0) throw new ImportError([`${name}: has a header at line ${head + 1} and no day after it`]);
  return file;
}

/** A day, why the line is none, or null where the vendor has no return of any factor. */
function dayOf(cells: readonly string[], names: readonly string[], line: number, now: Instant, seen: Map<string, number>, file: string): FactorLine | string | null {
  const [first = '', ...values] = cells.map((cell) => cell.trim());
  if (/^\d{6}$/.test(first)) throw new ImportError([`${file}: line ${line}: ${first} is a month: a daily study needs the daily file`]);
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(first);
  const date = parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : '';
  if (!parts || parseDay(date) === null) return `date: expected a day such as 20251103, got ${JSON.stringify(first.slice(0, 40))}`;
  if (values.length !== names.length) return `expected ${names.length + 1} fields, as the header has, got ${values.length + 1}`;
  try {
    const session = sessionOn('US', date);
    if (!session) return `date: the exchange was closed on ${date}`;
    if (session.close.ms > now.ms) return `date: the session of ${date} is not over yet`;
  } catch (error) {
    if (error instanceof CalendarRangeError) return `date: ${error.message}`;
    throw error;
  }
  const same = seen.get(date);
  if (same !== undefined) return `date: ${date} stands at line ${same} already`;
  const returns: Record<string, number> = {};
  let riskFree: number | undefined;
  for (const [index, value] of values.entries()) {
    const title = names[index] ?? '';
    if (MISSING.has(value)) continue;
    if (!NUMBER.test(value)) return `${title}: expected per cent such as 0.09, got ${JSON.stringify(value.slice(0, 40))}`;
    // As decimals are moved on paper: dividing by 100 would miss the nearest number by a rounding.
    const ratio = Number(`${value}e-2`);
    if (!(ratio > -1 && ratio < 1e3)) return `${title}: ${value} per cent is no return`;
    if (RISK_FREE.has(title)) riskFree = ratio;
    else returns[title] = ratio;
  }
  seen.set(date, line);
  return Object.keys(returns).length === 0 ? null : { line, date, returns, riskFree };
}
