/** Events of one date together: the joint F of Schipper and Thompson (1983), and the portfolio of all as one event. */
import { form, inverse, mean } from '../linear.js';
import type { Cell, Refusal, Sample } from '../types.js';
import { refuse, sum, type Panel } from './panel.js';

/**
 * That every abnormal return of day 0 is nothing: F(N, T − k − N + 1), exact under normal residuals that are correlated
 * between firms. Not that their mean is nothing.
 */
export function jointF({ members }: Panel, day: number): { f: number; df1: number; df2: number } | Refusal {
  const [first] = members;
  if (!first) return refuse('too-few-events', 'there is no event');
  const { df, residuals } = first.fitted;
  const n = members.length;
  const dates = residuals.dates.join();
  if (members.some(({ fitted }) => fitted.residuals.dates.join() !== dates)) return refuse('dates-differ', 'the joint test needs the same estimation days for all events');
  if (df < n) return refuse('too-few-days', `${df} degrees of freedom are fewer than ${n} events`);
  const e = members.map(({ fitted }) => [...fitted.residuals.e]);
  const s = e.map((a) => e.map((b) => sum(a.map((x, t) => x * (b[t] ?? NaN)), (x) => x) / df));
  const inner = inverse(s);
  if (inner === null) return refuse('residuals-dependent', 'the residuals of the events depend on each other exactly: one firm twice?');
  const today = members.map(({ fitted }) => fitted.window.find(({ relative }) => relative === day));
  const own = today.map((each) => each?.ar ?? null);
  const variance = today[0]?.variance ?? null;
  if (own.some((ar) => ar === null) || variance === null) return refuse('missing-day', `an event has no usable return on day ${day}`);
  const h = variance / first.fitted.s2 - 1;
  const t2 = form(own as number[], inner, own as number[]) / (1 + h);
  return { f: ((df - n + 1) / (n * df)) * t2, df1: n, df2: df - n + 1 };
}

/**
 * The equally weighted portfolio of events of one date, as one sample: fitted like any event it gives an exact t(T − k),
 * whatever the firms have in common.
 * @returns a refusal where the dates or the regressors differ
 */
export function portfolioOf(samples: readonly Sample[]): Sample | Refusal {
  const [first] = samples;
  if (!first) return refuse('too-few-events', 'there is no event');
  const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((date, i) => date === b[i]);
  if (samples.some((sample) => !same(sample.estimation.dates, first.estimation.dates) || !same(sample.window.dates, first.window.dates))) return refuse('dates-differ', 'a portfolio needs the same dates for all events');
  const average = (part: 'estimation' | 'window'): Cell[] => first[part].dates.map((_, i) => {
    const cells = samples.map((sample) => sample[part].returns[i] ?? null);
    return cells.every((cell): cell is number => cell !== null) ? mean(cells) : null;
  });
  return { event: 'portfolio', firm: 'portfolio', estimation: { ...first.estimation, returns: average('estimation') }, window: { ...first.window, returns: average('window') } };
}
