/**
 * Which tests are shown for how many events, and which are refused with the reason: one table, so that nobody picks the
 * test that pleases. Sizes behind the limits: docs/event-study.md.
 */
import { tTwoSided, normalTwoSided, fUpper } from '../distributions.js';
import { fit, type Model } from '../fit.js';
import { buyAndHold, cumulate, type Window } from '../one-event.js';
import type { Fitted, Refusal, Sample } from '../types.js';
import { jointF, portfolioOf } from './joint.js';
import { panelOf, refuse, type Panel } from './panel.js';
import { adjustedBmp, adjustedPatell, bmp, crossSectionT, crudeDependence, j1, meanCorrelation, patell, patell1976 } from './parametric.js';
import { corrado, corradoZivney, grank, rankWindow } from './rank.js';
import { generalisedSign, signFlips, signTest, wilcoxon } from './sign.js';
import { skewnessAdjusted, skewnessBootstrap } from './skew.js';

export interface Shown {
  test: string;
  statistic: number | null;
  law: string;
  df: number | null;
  p: number;
  n: number;
  paper: string;
  warnings: string[];
}

export type Entry = Shown | (Refusal & { test: string; paper: string });

export interface CrossSection {
  window: Window;
  n: number;
  caar: number | null;
  left: Panel['left'];
  shared: boolean;
  meanCorrelation: number | null;
  /** The test that stands at the head, by rule and not by result. */
  headline: string | null;
  entries: Entry[];
}

interface Rule {
  test: string;
  paper: string;
  /** Fewer events are refused. */
  least: number;
  /** Fewer events are warned of. */
  sound?: number;
  /** Suffers where events share dates. */
  independent?: boolean;
  /** Suffers where the event raises the variance. */
  stableVariance?: boolean;
  run: (panel: Panel, setting: Setting) => Omit<Shown, 'test' | 'paper' | 'warnings' | 'n'> | Refusal;
}

interface Setting {
  samples: readonly Sample[];
  model: Model;
  names: readonly string[];
  r: number | Refusal;
  seed: number;
}

const normal = (statistic: number): Omit<Shown, 'test' | 'paper' | 'warnings' | 'n'> => ({ statistic, law: 'normal', df: null, p: normalTwoSided(statistic) });
const student = (statistic: number, df: number): Omit<Shown, 'test' | 'paper' | 'warnings' | 'n'> => ({ statistic, law: 't', df, p: tTwoSided(statistic, df) });
const exact = (statistic: number | null, p: number): Omit<Shown, 'test' | 'paper' | 'warnings' | 'n'> => ({ statistic, law: 'exact', df: null, p });
/** Takes a refusal through. */
function of<T, R>(value: T | Refusal, then: (value: T) => R): R | Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value ? (value) : then(value);
}

const RULES: readonly Rule[] = [
  { test: 'portfolio-t', paper: 'the equally weighted portfolio as one event', least: 2, run: (_panel, { samples, model, names }) => of(portfolioOf(samples), (sample) => of(fit(sample, model, names), (fitted) => of(cumulate(fitted, _panel.window), ({ t, df }) => student(t, df)))) },
  { test: 'joint-f', paper: 'Schipper and Thompson 1983', least: 2, run: (panel) => (panel.length > 1 ? refuse('one-day', 'the joint F is of one day') : of(jointF(panel, panel.window.from), ({ f, df1, df2 }) => ({ statistic: f, law: 'f', df: df2, p: fUpper(f, df1, df2) }))) },
  { test: 'crude-dependence', paper: 'Brown and Warner 1980', least: 2, stableVariance: true, run: (panel) => of(crudeDependence(panel), ({ t, df }) => student(t, df)) },
  { test: 'cross-section-t', paper: 'Brown and Warner 1980', least: 3, independent: true, run: (panel) => student(crossSectionT(panel), panel.members.length - 1) },
  { test: 'j1', paper: 'Campbell, Lo and MacKinlay 1997', least: 3, independent: true, stableVariance: true, run: (panel) => normal(j1(panel)) },
  { test: 'patell', paper: 'Patell 1976, with covariances', least: 3, independent: true, stableVariance: true, run: (panel) => normal(patell(panel)) },
  { test: 'patell-1976', paper: 'Patell 1976, as published', least: 3, independent: true, stableVariance: true, run: (panel) => normal(patell1976(panel)) },
  { test: 'bmp', paper: 'Boehmer, Musumeci and Poulsen 1991', least: 3, sound: 10, independent: true, run: (panel) => student(bmp(panel), panel.members.length - 1) },
  { test: 'adjusted-patell', paper: 'Kolari and Pynnönen 2010', least: 3, stableVariance: true, run: (panel, { r }) => of(r, (mean) => of(adjustedPatell(panel, mean), normal)) },
  { test: 'adjusted-bmp', paper: 'Kolari and Pynnönen 2010', least: 3, sound: 10, run: (panel, { r }) => of(r, (mean) => of(adjustedBmp(panel, mean), (t) => student(t, panel.members.length - 1))) },
  { test: 'corrado', paper: 'Corrado 1989', least: 3, stableVariance: true, run: (panel) => (panel.length > 1 ? refuse('one-day', 'Corrado\'s test is of one day: rank-window is its form for several') : of(corrado(panel, panel.window.from), normal)) },
  { test: 'rank-window', paper: 'Cowan 1992, adjusted', least: 3, stableVariance: true, run: (panel) => of(rankWindow(panel, true), normal) },
  { test: 'corrado-zivney', paper: 'Corrado and Zivney 1992', least: 10, sound: 20, run: (panel) => (panel.length > 1 ? refuse('one-day', 'the standardised rank test is of one day: grank is its form for several') : of(corradoZivney(panel, panel.window.from), normal)) },
  { test: 'grank-t', paper: 'Kolari and Pynnönen 2011', least: 10, sound: 30, run: (panel) => of(grank(panel), ({ t, df }) => student(t, df)) },
  { test: 'grank-z', paper: 'Kolari and Pynnönen 2011', least: 10, sound: 30, independent: true, run: (panel) => of(grank(panel), ({ z }) => normal(z)) },
  { test: 'generalised-sign', paper: 'Cowan 1992', least: 6, sound: 10, independent: true, run: (panel) => (({ z, exact: p }) => (panel.members.length < 30 ? exact(z, p) : normal(z)))(generalisedSign(panel)) },
  { test: 'sign', paper: 'binomial', least: 6, sound: 10, independent: true, run: (panel) => (({ positive, p }) => exact(positive, p))(signTest(panel)) },
  { test: 'wilcoxon', paper: 'Wilcoxon 1945', least: 6, sound: 10, independent: true, run: (panel) => (({ w, p }) => exact(w, p))(wilcoxon(panel)) },
  { test: 'sign-flips', paper: 'permutation of signs', least: 6, sound: 10, independent: true, run: (panel, { seed }) => (({ p }) => exact(null, p))(signFlips(panel, { seed })) },
  { test: 'skewness-adjusted-t', paper: 'Johnson 1978; Lyon, Barber and Tsai 1999', least: 20, independent: true, run: (panel, { seed }) => skewed(panel, seed) },
];

function skewed(panel: Panel, seed: number): Omit<Shown, 'test' | 'paper' | 'warnings' | 'n'> | Refusal {
  const held = panel.members.map(({ fitted }) => buyAndHold(fitted, panel.window));
  const values = held.filter((value): value is number => typeof value === 'number');
  if (values.length < held.length) return refuse('missing-day', 'buying and holding is undefined for an event');
  return { statistic: skewnessAdjusted(values).t, law: 'bootstrap', df: null, p: skewnessBootstrap(values, { seed }) };
}

/**
 * Every test of a window, shown or refused.
 * @param samples of the same events, in the same order: for the portfolio
 */
export function crossSection(fitted: readonly Fitted[], samples: readonly Sample[], window: Window, { model, names = ['market'], seed = 1 }: { model: Model; names?: readonly string[]; seed?: number }): CrossSection {
  const panel = panelOf(fitted, window);
  const n = panel.members.length;
  const r = n < 2 ? refuse('too-few-events', 'one event has no correlation') : meanCorrelation(panel);
  const kept = new Set(panel.members.map((member) => member.fitted.event));
  const setting: Setting = { samples: samples.filter(({ event }) => kept.has(event)), model, names, r, seed };
  const entries = RULES.map((rule): Entry => {
    const { test, paper, least } = rule;
    if (n < least) return { test, paper, refused: 'too-few-events', reason: `${test} needs ${least} events; there ${n === 1 ? 'is 1' : `are ${n}`}` };
    const result = rule.run(panel, setting);
    if ('refused' in result) return { test, paper, ...result };
    if (!Number.isFinite(result.p)) return { test, paper, refused: 'undefined', reason: 'the statistic is undefined for these events: they do not vary' };
    return { test, paper, ...result, n, warnings: warningsOf(rule, panel) };
  });
  return { window, n, caar: n === 0 ? null : panel.members.reduce((total, { car }) => total + car, 0) / n, left: panel.left, shared: panel.shared, meanCorrelation: typeof r === 'number' ? r : null, headline: headlineOf(n, panel.shared, entries), entries };
}

function warningsOf({ sound, independent, stableVariance }: Rule, panel: Panel): string[] {
  const n = panel.members.length;
  return [
    ...(sound !== undefined && n < sound ? [`with fewer than ${sound} events it rejects too often or seldom`] : []),
    ...(independent && panel.shared ? ['events share dates: it takes them to be independent and rejects too often'] : []),
    ...(stableVariance ? ['a variance that the event itself raises makes it reject too often'] : []),
  ];
}

/** By the number of events and their dates alone. */
function headlineOf(n: number, shared: boolean, entries: readonly Entry[]): string | null {
  const wanted = n >= 30 ? ['adjusted-bmp', 'grank-t', 'bmp'] : n >= 3 ? (shared ? ['portfolio-t', 'adjusted-patell'] : ['bmp', 'adjusted-bmp']) : n === 2 ? ['portfolio-t'] : [];
  return wanted.find((test) => entries.some((entry) => entry.test === test && !('refused' in entry))) ?? null;
}
