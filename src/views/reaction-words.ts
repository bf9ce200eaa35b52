/** The sentences of an event study: what it rests on, and what it refuses. */
import { compareInstants, formatInstant, type Instant, type Session } from '../../events/index.js';
import type { ReactionView } from './reaction-schema.js';

export function readingText({ date, open, close }: Session, { from, to }: { from: Instant; to: Instant }): string {
  const at = compareInstants(from, to) === 0 ? `at ${formatInstant(to)}` : `between ${formatInstant(from)} and ${formatInstant(to)}`;
  const place = compareInstants(to, open) <= 0 ? 'before the open' : compareInstants(from, open) >= 0 && compareInstants(to, close) < 0 ? 'in the session' : 'before the close';
  return `${at}: ${place} of ${date}, whose close is the first that can reflect it`;
}

/** By the table of docs/event-study.md. */
export function refusalsOf(controls: number): ReactionView['refusals'] {
  return [
    { test: 'cross-section tests, BMP, Kolari–Pynnönen, GRANK', reason: 'one event has no cross-section' },
    { test: 'sign, Wilcoxon, sign flips', reason: 'one event cannot reach 5 %: six are needed' },
    { test: 'bootstrap over events', reason: 'there is one event to draw' },
    ...(controls === 0 ? [{ test: 'placebo', reason: 'no control firms were given: 19 are needed' }] : []),
  ];
}

interface Rests {
  series: string;
  benchmark: { symbol: string };
  headline: boolean;
  readings: number;
  open: boolean;
  asOf: string | null;
  weight: number | null;
  /** The model, where it is estimated on factors. */
  factors: string | null;
  controls: number;
  windows: number;
}

export function assumptionsOf({ series, benchmark, headline, readings, open, asOf, weight, factors, controls, windows }: Rests): string[] {
  return [
    series === 'total-return' ? 'Total returns, dividends included.' : `Price return: the closes in the store are adjusted for ${series === 'split' ? 'splits and not for dividends' : 'nothing'}.`,
    'Daily closes; a return over a missing day is missing, never one day and never 0.',
    'Exact prediction variance: t is Student\'s under residuals that are independent, normal and of one variance.',
    'No test of one event survives a variance that the event itself raises; causality is not identified.',
    weight === null
      ? `The benchmark ${benchmark.symbol} may hold the firm: the larger its weight, the smaller the abnormal return comes out.`
      : `The firm is ${(weight * 100).toFixed(1)} % of ${benchmark.symbol}: the windows without it are against (R_index − w·R_firm)/(1 − w), with one weight for all days.`,
    ...(factors === null ? [] : ['Returns beyond the riskless rate on the factors, as simple returns; what the vendor revised later counts where it was known.']),
    ...(controls === 0 ? [] : [`Placebo: the place of |t| among ${controls} firms that were named as untouched; that they were is not checked.`]),
    ...(windows > 1 ? [`Holm's p takes the ${windows} windows as one family; the first one was chosen before.`] : []),
    ...(headline ? [] : ['No window stands at the head: the first one is contaminated, or could not be computed.']),
    ...(readings > 1 ? [`The time leaves ${readings} sessions open: the first is day 0, and the window over all of them leads.`] : []),
    ...(open ? ['Only by when it was public is known, and not from when: day 0 is the last session that it can be.'] : []),
    ...(asOf === null ? [] : [`Only closes up to ${asOf}.`]),
  ];
}
