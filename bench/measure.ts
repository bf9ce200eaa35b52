/** Interleaved measurement: what is compared runs in turn, so that what disturbs the machine disturbs both. */

/** One line of the table: how many of something a second, of ours and of what it is measured against. */
export interface Comparison {
  name: string;
  unit: string;
  ours: number[];
  baseline: number[];
}

export interface Contender {
  /** Does the work once; the result is how many it did. Preparation belongs elsewhere. */
  run(): Promise<number>;
}

/** Rates of two contenders over `rounds` rounds, after one that does not count. */
export async function compare(name: string, unit: string, rounds: number, ours: Contender, baseline: Contender): Promise<Comparison> {
  const comparison: Comparison = { name, unit, ours: [], baseline: [] };
  for (let round = 0; round <= rounds; round++) {
    // Who goes first changes: the second one finds the caches warm and the heap full.
    const order = round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const);
    for (const side of order) {
      globalThis.gc?.();
      const start = performance.now();
      const count = await (side === 'ours' ? ours : baseline).run();
      const rate = (count / (performance.now() - start)) * 1000;
      if (round > 0) comparison[side].push(rate);
    }
  }
  return comparison;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** A line for the table: median rates, and the median, lowest and highest ratio of the rounds. */
export function row({ name, unit, ours, baseline }: Comparison): string[] {
  const ratios = ours.map((rate, round) => rate / (baseline[round] ?? NaN));
  const whole = (rate: number): string => (rate < 10 ? rate.toPrecision(2) : Math.round(rate).toLocaleString('en'));
  const times = (ratio: number): string => (ratio < 1000 ? ratio.toFixed(2) : Math.round(ratio).toLocaleString('en'));
  return [name, `${whole(median(ours))} ${unit}`, `${whole(median(baseline))} ${unit}`, `${times(median(ratios))}×`, `${times(Math.min(...ratios))}–${times(Math.max(...ratios))}`];
}

/** The lines as a Markdown table. */
export function table(rows: string[][], heads = ['what', 'here', 'compared with', 'ratio (median)', 'lowest–highest']): string {
  const lines = [heads, ...rows];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = (line: string[]): string => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [text(lines[0] ?? []), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.slice(1).map(text)].join('\n');
}
