/** Plain tables and figures for people at a terminal. */
import { once } from 'node:events';

/** Data for programs: one line of JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** A line of many: a reader that is slow is waited for. */
export function printSlowly(text: string): Promise<void> {
  return writeSlowly(`${text}\n`);
}

/** A piece of many, as it is. */
export async function writeSlowly(piece: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

export interface Column<T> {
  title: string;
  of: (row: T) => string;
  right?: boolean;
}

/** A table whose last column may be long: it is not padded. */
export function printTable<T>(rows: readonly T[], columns: readonly Column<T>[]): void {
  const cells = rows.map((row) => columns.map((column) => column.of(row)));
  const widths = columns.map((column, i) => Math.max(column.title.length, ...cells.map((line) => line[i]?.length ?? 0)));
  const line = (texts: readonly string[]): string => texts.map((text, i) => (columns[i]?.right ? text.padStart(widths[i] ?? 0) : i === columns.length - 1 ? text : text.padEnd(widths[i] ?? 0))).join('  ').trimEnd();
  print(line(columns.map((column) => column.title)));
  for (const texts of cells) print(line(texts));
}

/** A large number in words: 2.611 trillion. */
export function large(value: number): string {
  const size = Math.abs(value);
  for (const [scale, word] of [[1e12, 'trillion'], [1e9, 'billion'], [1e6, 'million']] as const) {
    if (size >= scale) return `${(value / scale).toFixed(3)} ${word}`;
  }
  return String(value);
}

/** Two ends as one figure, or as a range. */
export function range(lo: number | null, hi: number | null, format: (value: number) => string): string {
  if (lo === null && hi === null) return 'unknown';
  if (lo !== null && lo === hi) return format(lo);
  if (lo === null) return `up to ${format(hi ?? 0)}`;
  return hi === null ? `from ${format(lo)}` : `${format(lo)} to ${format(hi)}`;
}

export function signed(value: number | null): string {
  return value === null ? '–' : `${value > 0 ? '+' : value < 0 ? '−' : ' '}${Math.abs(value).toFixed(2)}`;
}

/** A ratio in per cent, with its sign. */
export function percent(ratio: number | null | undefined): string {
  if (typeof ratio !== 'number') return '–';
  return `${ratio < 0 ? '−' : '+'}${Math.abs(ratio * 100).toFixed(2)} %`;
}

/** The line that says how the answer was asked for. */
export function askedLine(asked: { asOf: string | null; knownAt: string | null; clock: string; imprecise: string; scenario?: string | undefined }): string {
  const known = asked.knownAt === null ? 'everything stored' : `what was ${asked.clock} by ${asked.knownAt}`;
  return `${asked.scenario === undefined ? '' : `scenario ${asked.scenario} (synthetic), `}as of ${asked.asOf ?? 'any time'}, from ${known}${asked.imprecise === 'earliest' ? ' (imprecise publications from their earliest bound)' : ''}`;
}

export interface Progress {
  show: (text: string) => void;
  /** Takes the line back. */
  done: () => void;
}

/** One line on stderr that is written over again and again; nothing where that is no terminal. */
export function progressLine(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: () => undefined, done: () => undefined };
  let shown = 0;
  return {
    show(text) {
      stderr.write(`\r${text.padEnd(shown)}`);
      shown = text.length;
    },
    done() {
      if (shown > 0) stderr.write(`\r${' '.repeat(shown)}\r`);
      shown = 0;
    },
  };
}

export interface StepProgress {
  step: string;
  done: number;
  /** null: it cannot be told. */
  total: number | null;
  /** Of what; `bytes` are shown as MB. */
  unit: string;
}

/** Rate and time left, from the beginning of each step; shown ten times a second. */
export function showSteps(show: (text: string) => void): (progress: StepProgress) => void {
  let step = '';
  let began = 0;
  let shown = 0;
  return ({ step: now, done, total, unit }) => {
    const at = performance.now();
    if (now !== step) [step, began, shown] = [now, at, 0];
    if (at - shown < 100 && done !== total) return;
    shown = at;
    const seconds = (at - began) / 1000;
    const rate = seconds > 0.2 ? done / seconds : null;
    const figure = (n: number): string => (unit === 'bytes' ? `${(n / 1e6).toFixed(1)} MB` : Math.round(n).toLocaleString('en'));
    const left = rate !== null && total !== null && rate > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : '';
    show(`${now}: ${figure(done)}${total === null ? '' : ` of ${figure(total)}`}${unit === 'bytes' ? '' : ` ${unit}`}${rate === null ? '' : `, ${figure(rate)} a second`}${left}`);
  };
}

/** 1,560 events */
export function counted(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}
