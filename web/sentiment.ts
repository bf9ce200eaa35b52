/** Sentiment: a curve for each entity of which something was expressed, and who said what underneath. */
import type { Expression, SentimentView } from './api.js';
import type { ChartContext } from './chart-base.js';
import { kindIndex, sentimentChart } from './chart-sentiment.js';
import { eventLink, fold, h, sourceLink, type Child } from './dom.js';
import { whyButton } from './explain.js';
import { capital, day, duration, knownWords, moment, score, signed, span, words } from './format.js';
import type { Picture } from './load.js';
import { badge } from './market.js';
import { pagedTable } from './paged-table.js';

/** @param apart of whom it is shown elsewhere */
export function sentimentSection(picture: Picture, context: ChartContext, apart: string | null): Child {
  const others = picture.sentiments.filter((view) => view.entity !== apart);
  if (apart !== null && others.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'sentiment' },
    h('div', { class: 'section-head' }, h('h2', { id: 'sentiment' }, apart === null ? 'Sentiment' : 'Sentiment on others')),
    h('p', { class: 'quiet intro' }, 'By kind of holder, from −1 to 1: drawn towards 0 where little was said or it was long ago. Marks are single expressions, as high as their score is open.'),
    others.length === 0 ? h('p', { class: 'notice' }, 'Nothing expressed is known at this time.') : h('div', { class: 'figures' }, others.map((view) => h('figure', { class: 'card', 'data-sentiment': view.entity }, sentimentParts(view, context)))),
  );
}

const SHOWN = 5;

/** Its name, key and curves. @param key names its charts on the page */
export function sentimentCurves(view: SentimentView, context: ChartContext, key = view.entity): Child[] {
  const kinds = view.kinds.map((kind) => `${kind.holderKind} ${signed(kind.shrunk)}`);
  const summary = `Sentiment on ${view.name} at ${moment(view.asOf)}: ${kinds.length === 0 ? 'nothing certain yet' : kinds.join(', ')}; ${view.expressions.length} expressions, mass ${view.overall.mass.toFixed(2)}`;
  const present = [...new Set(view.expressions.map((one) => one.holderKind))].sort((a, b) => kindIndex(a) - kindIndex(b));
  return [
    h('h3', {}, view.name, ' ', h('small', {}, `sentiment; what was said fades by half in ${duration(view.halfLife)}`)),
    h('ul', { class: 'legend' }, present.map((kind) => h('li', { 'data-kind': kind }, h('span', { class: `key mark series-${kindIndex(kind) + 1} shape-${kindIndex(kind) % 4}`, 'aria-hidden': 'true' }), kind)), present.length > 1 ? h('li', {}, h('span', { class: 'key close', 'aria-hidden': 'true' }), 'all') : null),
    sentimentChart(view, context, summary, key),
  ];
}

/** The same, with who said what, and the values. */
export function sentimentParts(view: SentimentView, context: ChartContext): Child[] {
  const [first, rest] = [view.expressions.slice(0, SHOWN), view.expressions.slice(SHOWN)];
  return [
    sentimentCurves(view, context),
    h('ul', { class: 'rows' }, first.map((one) => expression(view, one))),
    rest.length === 0 ? null : fold(`expressions-${view.entity}`, `${rest.length} more expression${rest.length === 1 ? '' : 's'}`, h('ul', { class: 'rows' }, rest.map((one) => expression(view, one)))),
    valuesFold(view),
  ];
}

function valuesFold(view: SentimentView): HTMLElement {
  const lines = [...new Set(view.points.map((point) => point.line))];
  const places = new Map(view.points.map((point, index) => [`${point.line} ${point.time ?? ''}`, index]));
  const times = [...new Set(view.points.map((point) => point.time))].filter((time) => time !== null).reverse();
  return fold(
    `values-sentiment-${view.entity}`,
    `Values (${times.length} points)`,
    pagedTable(`Sentiment on ${view.name}`, ['Time', ...lines.flatMap((kind) => [capital(kind), 'mass'])], times.length, (index) => [
      moment(times[index] ?? null),
      ...lines.flatMap((line): Child[] => {
        const place = places.get(`${line} ${times[index] ?? ''}`);
        const point = place === undefined ? undefined : view.points[place];
        return point ? [whyButton(view, `/points/${place ?? 0}/shrunk`, signed(point.shrunk)), point.mass.toFixed(2)] : ['–', '–'];
      }),
    ]),
  );
}

function expression(view: SentimentView, one: Expression): HTMLElement {
  return h(
    'li',
    {},
    h('span', { class: 'score', title: `${one.rubricItem} (${one.method})` }, score(one.scoreLo, one.scoreHi)),
    h('span', { class: 'what' }, h('strong', {}, capital(one.holder)), ` (${one.holderKind}): ${one.claim} `, h('small', {}, `on ${words(one.aspect)}`)),
    h('span', { class: 'meta' }, h('span', { title: one.when }, one.when === 'not stated' ? `Time not stated; by ${day(Date.parse(one.certainFrom ?? ''))}` : capital(span(one.possibleFrom, one.certainFrom))), one.status === 'possible' ? badge('possible') : null, ' · ', capital(knownWords(one)), one.estimated ? badge('estimated') : null, ' · ', sourceLink(one), ' · ', eventLink(one.event), ' · ', whyButton(view, `/expressions/${view.expressions.indexOf(one)}`)),
  );
}
