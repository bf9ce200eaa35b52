/** The golden sample of docs/event-study.md: 70 days of a market and six firms, from a generator that is the same in any language with IEEE doubles. */
import type { Sample } from '../../src/study/types.js';

export interface Golden {
  market: number[];
  firms: number[][];
}

export function goldenReturns(): Golden {
  let x = 20251103;
  const uniform = (): number => {
    x = Number((16807n * BigInt(x)) % 2147483647n);
    return x / 2147483647;
  };
  const z = (): number => {
    let sum = 0;
    for (let i = 0; i < 12; i += 1) sum += uniform();
    return sum - 6;
  };
  const days = Array.from({ length: 70 }, (_, t) => t);
  const market = days.map(() => 0.0004 + 0.01 * z());
  const common = days.map(() => z());
  const firms = [1, 2, 3, 4, 5, 6].map((i) => days.map((t) => 0.0001 * i + (0.7 + 0.1 * i) * (market[t] as number) + 0.006 * (common[t] as number) + (0.012 + 0.002 * i) * z()));
  for (const firm of firms) firm[67] = (firm[67] as number) + 0.02;
  return { market, firms };
}

const date = (t: number): string => new Date(Date.UTC(2025, 0, 1 + t)).toISOString().slice(0, 10);

/** Each firm as an event: E = days 0 to 59, W = 65 to 69, day 0 is 67. */
export function goldenSamples({ market, firms }: Golden = goldenReturns()): Sample[] {
  const slice = (values: readonly number[], from: number, to: number): number[] => values.slice(from, to + 1);
  const dates = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => date(from + i));
  return firms.map((returns, i) => ({
    event: `event-${i + 1}`,
    firm: `firm-${i + 1}`,
    estimation: { dates: dates(0, 59), returns: slice(returns, 0, 59), regressors: slice(market, 0, 59).map((value) => [value]) },
    window: { dates: dates(65, 69), returns: slice(returns, 65, 69), regressors: slice(market, 65, 69).map((value) => [value]), relative: [-2, -1, 0, 1, 2] },
  }));
}
