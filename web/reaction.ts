/** The reaction of one share to the announcement: abnormal returns by day, cumulated with their interval, the tests and what was refused. */
import uPlot from './vendor/uPlot.js';
import type { ReactionView } from './api.js';
import { drawLevel, faint, palette, valueAxis, type Palette } from './chart-base.js';
import { chartElement } from './chart-element.js';
import { eventLink, fold, h, sourceLink, valuesTable, type Child } from './dom.js';
import { explain, whyButton } from './explain.js';
import { capital, day } from './format.js';
import type { Picture } from './load.js';
import { badge } from './market.js';
import { pagedTable } from './paged-table.js';
import type { PageState } from './state.js';
import { watermarkOf } from './world.js';

const MODELS: [string, string][] = [['market-model', 'Market model'], ['market-adjusted', 'Return less the benchmark'], ['mean-adjusted', 'Return less its mean']];
const WINDOWS: [string, string][] = [['0:0,0:1', 'Day 0, days 0 to 1'], ['0:0,-1:1', 'Day 0, days −1 to 1'], ['0:1,0:5', 'Days 0 to 1, days 0 to 5'], ['0:0,0:1,0:10', 'Day 0, days 0 to 1, days 0 to 10']];

export function reactionSection(picture: Picture, state: PageState, set: (change: Partial<PageState>) => void): Child {
  const { reaction, studied } = picture;
  if (picture.chosen === null || studied.shares.length === 0) return null;
  const choose = (name: 'share' | 'benchmark' | 'model' | 'windows', label: string, options: readonly (readonly [string, string])[], current: string): HTMLElement =>
    h('label', { class: 'field' }, `${label} `, h('select', { 'data-focus': `study-${name}`, name, onchange: (event) => { set({ [name]: (event.target as HTMLSelectElement).value }); } }, options.map(([value, text]) => h('option', { value, selected: value === current }, text))));
  const names = (list: typeof studied.shares): [string, string][] => list.map((view) => [view.instrument, `${view.name} (${view.symbol})`]);
  return h(
    'section',
    { 'aria-labelledby': 'reaction' },
    h('div', { class: 'section-head' }, h('h2', { id: 'reaction' }, 'Reaction')),
    h('p', { class: 'quiet intro' }, 'What the share did beyond what its benchmark, by their relation before, lets expect. One announcement is one observation: the interval says how little that is.'),
    h('div', { class: 'controls study', role: 'group', 'aria-label': 'The study' }, choose('share', 'Share', names(studied.shares), studied.share), choose('benchmark', 'Benchmark', names(studied.benchmarks), studied.benchmark), choose('model', 'Model', MODELS, state.model), choose('windows', 'Windows', WINDOWS.some(([value]) => value === state.windows) ? WINDOWS : [...WINDOWS, [state.windows, state.windows]], state.windows)),
    reaction === null ? h('p', { class: 'notice' }, 'There is no study of this.') : 'problem' in reaction ? missing(reaction.problem, studied.share) : reaction.refused !== null ? missing(reaction.reason ?? reaction.refused, studied.share) : figure(reaction, watermarkOf(picture)),
  );
}

/** Why there is none, and what to do about it. */
function missing(reason: string, share: string): HTMLElement {
  return h('div', { class: 'notice', 'data-study': 'missing' }, h('p', {}, capital(reason)), h('p', {}, 'Prices come in from a file: ', h('code', {}, `npm run -s tracker -- import prices FILE.csv --adjustment split --map SYMBOL=${share}`)));
}

const percent = (ratio: number | null): string => (ratio === null ? '–' : `${ratio < 0 ? '−' : '+'}${Math.abs(ratio * 100).toFixed(2)} %`);
const statistic = (t: number | null): string => (t === null ? '–' : t.toFixed(2));
const probability = (p: number | null): string => (p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3));
const windowName = (from: number, to: number): string => (from === to ? `day ${signedDay(from)}` : `days ${signedDay(from)} to ${signedDay(to)}`);
const signedDay = (n: number): string => String(n).replace('-', '−');

function figure(view: ReactionView, watermark: string | null): HTMLElement {
  const [lead] = view.windows;
  const told = lead === undefined ? '' : lead.refused === null ? `${capital(windowName(lead.from, lead.to))}: ${percent(lead.car)} abnormal, 95 % interval ${percent(lead.lo)} to ${percent(lead.hi)}, p ${probability(lead.p)}` : `${capital(windowName(lead.from, lead.to))}: ${lead.reason ?? lead.refused}`;
  const tainted = view.windows.filter(({ contaminatedBy }) => contaminatedBy.length > 0);
  return h(
    'figure',
    { class: 'card wide', 'data-study': view.instrument },
    h('figcaption', {}, h('h3', {}, view.title, ' ', h('small', {}, `${view.symbol} against ${view.benchmarkSymbol}`)), h('p', { class: 'quiet' }, `${told}. Day 0 is ${day(Date.parse(view.day0))}; estimated over ${view.estimationDays ?? 0} days, ${day(Date.parse(view.estimationFrom))} to ${day(Date.parse(view.estimationTo))}`)),
    tainted.length === 0 ? null : h('p', { class: 'notice contaminated', role: 'note' }, h('strong', {}, 'Contaminated: '), `in ${tainted.map(({ from, to }) => windowName(from, to)).join(' and ')} there was also ${[...new Set(tainted.flatMap(({ contaminatedBy }) => contaminatedBy))].join('; ')}. What the announcement did can’t be told from that.`),
    h('ul', { class: 'legend' }, h('li', {}, h('span', { class: 'key derived', 'aria-hidden': 'true' }), 'abnormal return of the day (left)'), h('li', {}, h('span', { class: 'key claimed', 'aria-hidden': 'true' }), 'cumulated, with its 95 % interval (right)')),
    reactionChart(view, told, watermark),
    windowTable(view),
    view.confounders.length === 0 ? null : fold(`confounders-${view.instrument}`, `${view.confounders.length} other thing${view.confounders.length === 1 ? '' : 's'} that touched the share in these days`, h('ul', { class: 'rows' }, view.confounders.map((one) => h('li', {}, h('span', { class: 'what' }, capital(one.label), one.counts ? '' : badge('counts not', 'trusted too little to contaminate a window')), h('span', { class: 'meta' }, one.dates.map((date) => day(Date.parse(date))).join(', '), ' · ', sourceLink(one), ' · ', eventLink(one.event)))))),
    fold(`refusals-${view.instrument}`, `${view.refusals.length} tests that one announcement does not allow`, h('ul', { class: 'rows' }, view.refusals.map(({ test, reason }) => h('li', {}, h('span', { class: 'what' }, capital(test)), h('span', { class: 'meta' }, capital(reason)))))),
    fold(`sensitivity-${view.instrument}`, `Other choices (${view.sensitivity.length})`, valuesTable('What other choices would have given', ['Model', 'Benchmark', 'Estimated over', 'Window', 'Cumulated', 't', 'p'], view.sensitivity.map((one) => [one.model, one.benchmark ?? '–', one.estimation, one.window, one.refused ?? percent(one.car), statistic(one.t), probability(one.p)]))),
    fold(`days-${view.instrument}`, `Values (${view.days.length} days)`, pagedTable('Abnormal returns by day', ['Day', 'Date', 'Return', 'Expected', 'Abnormal', 't', 'p'], view.days.length, (index) => {
      const one = view.days[index] as ReactionView['days'][number];
      return [signedDay(one.relative), day(Date.parse(one.date)), percent(one.return), percent(one.expected), whyButton(view, `/days/${index}/ar`, percent(one.ar)), statistic(one.t), probability(one.p)];
    })),
    fold(`assumptions-${view.instrument}`, 'What it assumes', h('ul', { class: 'rows' }, view.assumptions.map((text) => h('li', {}, text)))),
  );
}

function windowTable(view: ReactionView): HTMLElement {
  return valuesTable(
    'The windows',
    ['Window', 'Cumulated', '95 % interval', 't', 'p', 'p (Holm)', 'Raw', 'Beside'],
    view.windows.map((one, i) =>
      one.refused === null
        ? [capital(windowName(one.from, one.to)), whyButton(view, `/windows/${i}`, h('strong', {}, percent(one.car))), `${percent(one.lo)} to ${percent(one.hi)}`, whyButton(view, `/windows/${i}/t`, statistic(one.t)), whyButton(view, `/windows/${i}/p`, probability(one.p)), whyButton(view, `/windows/${i}/pHolm`, probability(one.pHolm)), whyButton(view, `/windows/${i}/raw`, percent(one.raw)), one.contaminatedBy.length === 0 ? '' : h('span', { class: 'badge contaminated', title: one.contaminatedBy.join('; ') }, 'contaminated')]
        : [capital(windowName(one.from, one.to)), h('span', { class: 'badge refused' }, 'refused'), one.reason ?? one.refused, '', '', '', '', ''],
    ),
  );
}

function reactionChart(view: ReactionView, summary: string, watermark: string | null): HTMLElement {
  const colours = palette();
  const days = view.days.map((one) => one.relative);
  const path = new Map(view.path.map((one) => [one.relative, one]));
  const of = (pick: (one: ReactionView['path'][number]) => number | null): (number | null)[] => days.map((relative) => {
    const found = path.get(relative);
    return found ? pick(found) : null;
  });
  const bars = view.days.map((one) => one.ar);
  const [lo, hi, car] = [of((one) => one.lo), of((one) => one.hi), of((one) => one.car)];
  const span = (values: readonly (number | null)[]): [number, number] => {
    const known = values.filter((value) => value !== null);
    const most = Math.max(0.005, ...known.map(Math.abs)) * 1.1;
    return [-most, most];
  };
  const edge: uPlot.Series = { scale: 'car', stroke: faint(colours.claimed, 0.5), width: 1, points: { show: false } };
  return chartElement(
    {
      key: `reaction-${view.instrument}`,
      height: 280,
      summary: `Abnormal returns of ${view.title} by trading day. ${summary}`,
      data: [days, bars, hi, lo, car],
      series: [{ scale: 'ar', stroke: colours.measured, fill: faint(colours.measured, 0.55), width: 1, paths: uPlot.paths.bars?.({ size: [0.5, 48] }), points: { show: false } } as uPlot.Series, edge, edge, { scale: 'car', stroke: colours.claimed, width: 2, points: { show: true, size: 5 } }],
      bands: [{ series: [2, 3], fill: faint(colours.claimed, 0.14) }],
      // Both have zero at the same height.
      scales: { ar: { range: () => span(bars) }, car: { range: () => span([...lo, ...hi, ...car]) } },
      axes: (narrow, scheme) => [dayAxis(scheme), valueAxis(scheme, 'ar', (value) => `${(value * 100).toFixed(1)} %`, 58), ...(narrow ? [] : [valueAxis(scheme, 'car', (value) => `${(value * 100).toFixed(0)} %`, 52, { side: 1, grid: { show: false } })])],
      rightAxis: true,
      ownAxis: true,
      draw: (chart, scheme) => { drawLevel(chart, 0, 'ar', scheme); },
      explain: (index) => void explain(view, `/days/${index ?? view.days.findIndex(({ relative }) => relative === 0)}`),
      readout(index) {
        const one = view.days[index ?? view.days.findIndex(({ relative }) => relative === 0)];
        if (one === undefined) return 'No day';
        const upTo = path.get(one.relative);
        return `Day ${signedDay(one.relative)}, ${day(Date.parse(one.date))} · abnormal ${percent(one.ar)}${upTo === undefined || upTo.car === null ? '' : ` · cumulated ${percent(upTo.car)} (${percent(upTo.lo)} to ${percent(upTo.hi)})`}`;
      },
    },
    { window: { from: (days[0] ?? 0) - 0.6, to: (days.at(-1) ?? 0) + 0.6 }, marker: null, sessions: null, zoomTo: null, zoomed: false, watermark },
  );
}

/** Trading days from day 0. */
function dayAxis(colours: Palette): uPlot.Axis {
  return { ...valueAxis(colours, 'x', (value) => (Number.isInteger(value) ? signedDay(value) : ''), 30), side: 2, incrs: [1, 2, 5, 10], space: 30 };
}
