/** Sentiment: a figure for each entity of which something was expressed, and who said what underneath. */
import type { Expression, SentimentView } from './api.js';
import type { ChartContext } from './chart-base.js';
import { kindIndex, sentimentChart } from './chart-sentiment.js';
import { eventLink, fold, h, sourceLink, valuesTable } from './dom.js';
import { capital, day, duration, knownWords, moment, score, signed, span, words } from './format.js';
import type { Picture } from './load.js';
import { badge } from './market.js';

export function sentimentSection(picture: Picture, context: ChartContext): HTMLElement {
  return h(
    'section',
    { 'aria-labelledby': 'sentiment' },
    h('div', { class: 'section-head' }, h('h2', { id: 'sentiment' }, 'Sentiment')),
    h('p', { class: 'quiet intro' }, 'By kind of holder, from −1 to 1: drawn towards 0 where little was said or it was long ago. Marks are single expressions, as high as their score is open.'),
    picture.sentiments.length === 0 ? h('p', { class: 'notice' }, 'Nothing expressed is known at this time.') : h('div', { class: 'figures' }, picture.sentiments.map((view) => figure(view, context))),
  );
}

function figure(view: SentimentView, context: ChartContext): HTMLElement {
  const kinds = view.kinds.map((kind) => `${kind.holderKind} ${signed(kind.shrunk)}`);
  const summary = `Sentiment on ${view.name} at ${moment(view.asOf)}: ${kinds.length === 0 ? 'nothing certain yet' : kinds.join(', ')}; ${view.expressions.length} expressions, mass ${view.overall.mass.toFixed(2)}`;
  const present = [...new Set(view.expressions.map((one) => one.holderKind))].sort((a, b) => kindIndex(a) - kindIndex(b));
  const pointKinds = [...new Set(view.points.map((point) => point.line))];
  const byTime = [...new Set(view.points.map((point) => point.time))].filter((time) => time !== null).reverse();
  return h(
    'figure',
    { class: 'card', 'data-sentiment': view.entity },
    h('figcaption', {}, h('h3', {}, view.name), h('p', { class: 'quiet' }, `What was said fades by half in ${duration(view.halfLife)}`)),
    h('ul', { class: 'legend' }, present.map((kind) => h('li', { 'data-kind': kind }, h('span', { class: `key mark series-${kindIndex(kind) + 1} shape-${kindIndex(kind) % 4}`, 'aria-hidden': 'true' }), kind)), present.length > 1 ? h('li', {}, h('span', { class: 'key close', 'aria-hidden': 'true' }), 'all') : null),
    sentimentChart(view, context, summary),
    h('ul', { class: 'rows' }, view.expressions.map(expression)),
    fold(
      `values-sentiment-${view.entity}`,
      `Values (${byTime.length} points)`,
      valuesTable(`Sentiment on ${view.name}`, ['Time', ...pointKinds.flatMap((kind) => [capital(kind), 'mass'])], byTime.map((time) => [moment(time), ...pointKinds.flatMap((kind) => {
        const point = view.points.find((one) => one.time === time && one.line === kind);
        return [point ? signed(point.shrunk) : '–', point ? point.mass.toFixed(2) : '–'];
      })])),
    ),
  );
}

function expression(one: Expression): HTMLElement {
  return h(
    'li',
    {},
    h('span', { class: 'score', title: `${one.rubricItem} (${one.method})` }, score(one.scoreLo, one.scoreHi)),
    h('span', { class: 'what' }, h('strong', {}, capital(one.holder)), ` (${one.holderKind}): ${one.claim} `, h('small', {}, `on ${words(one.aspect)}`)),
    h('span', { class: 'meta' }, h('span', { title: one.when }, one.when === 'not stated' ? `Time not stated; by ${day(Date.parse(one.certainFrom ?? ''))}` : capital(span(one.possibleFrom, one.certainFrom))), one.status === 'possible' ? badge('possible') : null, ' · ', capital(knownWords(one)), one.estimated ? badge('estimated') : null, ' · ', sourceLink(one), ' · ', eventLink(one.event)),
  );
}
