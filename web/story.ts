/** The picture in the middle: one share, what happened, and sentiment on one axis of time, with what followed beside it. */
import type { ChartContext } from './chart-base.js';
import { laneChart } from './chart-lane.js';
import { indexChart, indexLegend } from './chart-index.js';
import { valueChart } from './chart-value.js';
import { h, type Child } from './dom.js';
import type { Picture } from './load.js';
import { confoundersOf, describe, indexFold, levelWords, summaryOfIndex, valueFolds } from './market.js';
import { sentimentParts } from './sentiment.js';
import type { PageState } from './state.js';
import { chooseNodes, timelineSection } from './timeline.js';

type Set = (change: Partial<PageState>) => void;

/** @returns null where there is nothing to draw */
export function storySection(picture: Picture, state: PageState, context: ChartContext, set: Set): Child {
  const share = shareOf(picture);
  const sentiment = sentimentOf(picture, state);
  const { timeline, markets } = picture;
  const relative = markets.filter((view) => view.points.some((point) => point.relative !== null));
  const asIndex = state.measure === 'index' && relative.length > 0;
  const confounders = share ? confoundersOf(picture, share.instrument) : [];
  const pick = (name: 'share' | 'entity', label: string, options: readonly [string, string][], current: string): Child =>
    options.length < 2 ? null : h('label', { class: 'field' }, `${label} `, h('select', { name: `story-${name}`, 'data-focus': `story-${name}`, onchange: (event) => { set({ [name]: (event.target as HTMLSelectElement).value }); } }, options.map(([value, text]) => h('option', { value, selected: value === current }, text))));
  const charts = [
    asIndex
      ? [h('h3', {}, 'Relative to the last close before the announcement ', h('small', {}, 'measured closes; before = 100')), indexLegend(relative), indexChart(relative, context, summaryOfIndex(relative, context))]
      : share && [h('h3', {}, share.name, ' ', h('small', {}, share.symbol)), h('p', { class: 'quiet' }, levelWords(share)), valueChart(share, context, { summary: describe(share, context), confounders, height: 300 })],
    timeline || confounders.length > 0 ? laneChart(timeline?.nodes ?? [], confounders, context, chooseNodes) : null,
    sentiment && h('div', { class: 'part', 'data-sentiment': sentiment.entity }, sentimentParts(sentiment, context)),
    asIndex ? indexFold(relative, context) : share && valueFolds(share, context),
  ];
  if (!share && !sentiment && !asIndex) return timeline ? timelineSection(timeline) : null;
  return h(
    'div',
    { class: `story ${timeline ? 'beside' : ''}` },
    h(
      'figure',
      { class: 'card', 'aria-label': 'Market value, what happened, and sentiment on one axis' },
      h('div', { class: 'controls study' }, asIndex ? null : pick('share', 'Share', picture.markets.filter((view) => view.status === 'measured').map((view) => [view.instrument, `${view.name} (${view.symbol})`]), share?.instrument ?? ''), pick('entity', 'Sentiment on', picture.sentiments.map((view) => [view.entity, view.name]), sentiment?.entity ?? '')),
      charts,
    ),
    timeline ? timelineSection(timeline) : null,
  );
}

/** The share in the middle: that of the link, else a party's own; an index where there is no share. */
export function shareOf({ markets, studied }: Picture): Picture['markets'][number] | null {
  return markets.find((view) => view.instrument === studied.share) ?? markets.find((view) => view.status === 'measured') ?? null;
}

/** Whose sentiment stands under it: of the link, else of whom most was said. */
export function sentimentOf({ sentiments }: Picture, state: PageState): Picture['sentiments'][number] | null {
  return sentiments.find((view) => view.entity === state.entity) ?? sentiments[0] ?? null;
}
