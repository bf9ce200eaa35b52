/** Market value: a summary, a chart for each measured instrument or one for all, and the claims that have no level. */
import type { Claim, MarketValueView, Point } from './api.js';
import type { ChartContext } from './chart-base.js';
import { dashOf, indexChart } from './chart-index.js';
import { valueChart } from './chart-value.js';
import { baseWords, placeClaims } from './claims.js';
import { eventLink, fold, h, sourceLink, valuesTable, type Child } from './dom.js';
import { capital, day, knownWords, moneyRange, price, signed, span } from './format.js';
import type { Picture } from './load.js';
import type { PageState } from './state.js';

export function marketSection(picture: Picture, state: PageState, context: ChartContext, set: (change: Partial<PageState>) => void): HTMLElement {
  const measured = picture.markets.filter((view) => view.points.length > 0);
  const unknown = picture.markets.filter((view) => view.points.length === 0);
  const relative = measured.filter((view) => view.points.some((point) => point.relative !== null));
  const measure = relative.length === 0 ? 'value' : state.measure;
  const choose = (name: 'measure' | 'range', label: string, options: [string, string][], current: string): HTMLElement =>
    h(
      'div',
      { class: 'segmented', role: 'group', 'aria-label': label },
      options.map(([value, text]) => h('button', { type: 'button', 'aria-pressed': String(value === current), 'data-focus': `${name}-${value}`, onclick: () => set({ [name]: value }) }, text)),
    );
  return h(
    'section',
    { 'aria-labelledby': 'market' },
    h(
      'div',
      { class: 'section-head' },
      h('h2', { id: 'market' }, 'Market value'),
      relative.length === 0 ? null : choose('measure', 'Scale', [['value', 'Market value'], ['index', 'Before = 100']], measure),
      measured.length === 0 ? null : choose('range', 'Stretch of time', [['window', picture.chosen ? 'Around it' : 'Two months'], ['all', 'Whole range']], state.range),
    ),
    picture.chosen && !picture.ownMarkets && measured.length > 0 ? h('p', { class: 'notice' }, 'No effect known at this time is about an instrument: these are the instruments of the store.') : null,
    glance(relative, picture),
    measured.length === 0 ? h('p', { class: 'notice' }, 'No measured close is known at this time.') : legend(measure, context.marker !== null),
    measure === 'index' ? indexFigure(relative, context) : h('div', { class: 'figures' }, measured.map((view) => valueFigure(view, context))),
    unknown.length === 0 ? null : h('div', { class: 'unknown' }, h('h3', {}, 'Level unknown'), unknown.map((view) => h('article', {}, h('h4', {}, `${view.name} (${view.symbol})`), h('p', { class: 'quiet' }, `Level unknown: ${view.reason ?? 'no close is stored'}.`), claimList(view.claims, [])))),
  );
}

function legend(measure: string, dated: boolean): Child {
  if (measure === 'index') return null;
  const key = (name: string, text: string): HTMLElement => h('li', {}, h('span', { class: `key ${name}`, 'aria-hidden': 'true' }), text);
  return h('ul', { class: 'legend' }, key('derived', 'market value: close × shares outstanding (a band where the count is a range)'), key('close', 'measured close (right scale)'), key('claimed', 'claimed by a source: as long as its time, as high as its figure, an arrow where the figure is open'), dated ? key('public', 'became public') : null);
}

interface Reaction {
  before: Point | undefined;
  after: Point | undefined;
  last: Point | undefined;
}

function reactionOf(view: MarketValueView, context: { window: { from: number; to: number } }, publicBy: number | null): Reaction {
  const at = (point: Point): number => Date.parse(point.time ?? '') / 1000;
  return {
    before: publicBy === null ? undefined : view.points.findLast((point) => at(point) <= publicBy),
    after: publicBy === null ? undefined : view.points.find((point) => at(point) > publicBy),
    last: view.points.findLast((point) => at(point) <= context.window.to),
  };
}

/** What happened, in one row an instrument. */
function glance(views: readonly MarketValueView[], picture: Picture): Child {
  const by = picture.chosen?.publicBy ? Date.parse(picture.chosen.publicBy) / 1000 : null;
  if (by === null || views.length === 0) return null;
  const percent = (point: Point | undefined): Child => (point?.relative === null || point === undefined ? '–' : h('span', { class: 'delta' }, `${signed(point.relative - 100)} %`));
  const rows = views.map((view) => {
    const { before, after, last } = reactionOf(view, picture, by);
    return [h('span', {}, view.name, ' ', h('small', {}, view.symbol)), before ? price(before.price) : '–', after ? price(after.price) : '–', percent(after), last && last !== before ? [percent(last), ' ', h('small', {}, day(Date.parse(last.date), false))] : '–'];
  });
  return h('div', { class: 'glance' }, valuesTable('The reaction at a glance', ['Instrument', 'Close before', 'First close after', 'Change', 'Last shown'], rows));
}

function describe(view: MarketValueView, context: ChartContext): string {
  const { before, after, last } = reactionOf(view, context, context.marker?.to ?? null);
  const unit = view.currency ?? '';
  const value = (point: Point): string => `${price(point.price)} ${unit}`.trim() + (point.marketValueLo === null ? '' : ` (market value ${moneyRange(point.marketValueLo, point.marketValueHi, unit)})`);
  const parts = [
    before && `last close before the announcement ${value(before)} on ${day(Date.parse(before.date))}`,
    after && `first close after it ${value(after)} on ${day(Date.parse(after.date))}`,
    last && last !== after && last !== before && `last close shown ${value(last)} on ${day(Date.parse(last.date))}`,
  ].filter(Boolean);
  return `${view.name}: ${parts.length === 0 ? 'no close in this window' : parts.join('; ')}. ${view.claims.length} claim${view.claims.length === 1 ? '' : 's'} by sources.`;
}

function inWindow(view: MarketValueView, { window }: ChartContext): Point[] {
  return view.points.filter((point) => Date.parse(point.time ?? '') / 1000 >= window.from && Date.parse(point.time ?? '') / 1000 <= window.to);
}

function valueFigure(view: MarketValueView, context: ChartContext): HTMLElement {
  const summary = describe(view, context);
  const points = inWindow(view, context);
  const shown = view.level?.marketValueLo === null || view.level === null ? `measured close; ${view.reason ?? 'no market value is known'}` : `market value in ${view.currency ?? 'its currency'}, derived from the close`;
  return h(
    'figure',
    { class: 'card' },
    h('figcaption', {}, h('h3', {}, view.name, ' ', h('small', {}, view.symbol)), h('p', { class: 'quiet' }, capital(shown), view.adjustment && view.currency ? `; adjusted for ${view.adjustment}s` : '')),
    valueChart(view, context, summary),
    view.claims.length === 0 ? null : fold(`claims-${view.instrument}`, `${view.claims.length} claim${view.claims.length === 1 ? '' : 's'} by sources`, claimList(view.claims, placeClaims(view.claims, view.points).map((one) => one.claim))),
    fold(
      `values-${view.instrument}`,
      `Values (${points.length} closes)`,
      valuesTable(
        `${view.name}: closes`,
        ['Day', 'Close', 'Shares', 'Market value', 'Index', 'Event'],
        [...points].reverse().map((point) => [
          day(Date.parse(point.date)),
          price(point.price),
          moneyRange(point.sharesLo, point.sharesHi, ''),
          moneyRange(point.marketValueLo, point.marketValueHi, view.currency ?? ''),
          point.relative === null ? '–' : point.relative.toFixed(2),
          eventLink(point.event, 'close'),
        ]),
      ),
    ),
  );
}

function claimList(claims: readonly Claim[], placed: readonly Claim[]): HTMLElement {
  if (claims.length === 0) return h('p', { class: 'quiet' }, 'Nothing is claimed of it either.');
  return h(
    'ul',
    { class: 'rows' },
    claims.map((claim) =>
      h(
        'li',
        {},
        h('span', { class: 'what' }, claim.kind === 'value-change' || claim.measure === 'market-value' ? `Market value ${claim.text}` : capital(claim.text), claim.priceText === null ? '' : ` (${claim.priceText})`, ' ', h('small', {}, [baseWords(claim.base), { pre: 'before the open', post: 'after the close' }[claim.session] ?? ''].filter(Boolean).join(', '))),
        h('span', { class: 'meta' }, h('span', { title: claim.note ?? claim.when }, capital(span(claim.possibleFrom, claim.certainFrom))), claim.status === 'possible' ? badge('possible') : null, placed.includes(claim) ? null : badge('not drawn', 'what it is counted from is not known'), ' · ', capital(knownWords(claim)), claim.estimated ? badge('estimated') : null, ' · ', sourceLink(claim), ' · ', eventLink(claim.event)),
      ),
    ),
  );
}

export function badge(text: string, title = ''): HTMLElement {
  return h('span', { class: `badge ${text.replace(/ .*/, '')}`, title: title || null }, text);
}

function indexFigure(views: readonly MarketValueView[], context: ChartContext): HTMLElement {
  const summary = `Closes with the last before the announcement as 100: ${views.map((view) => `${view.name} ends at ${reactionOf(view, context, null).last?.relative?.toFixed(1) ?? 'unknown'}`).join(', ')}`;
  const days = [...new Set(views.flatMap((view) => inWindow(view, context).map((point) => point.date)))].sort().reverse();
  return h(
    'figure',
    { class: 'card wide' },
    h('figcaption', {}, h('h3', {}, 'Relative to the last close before the announcement'), h('p', { class: 'quiet' }, 'Measured closes; before = 100')),
    h('ul', { class: 'legend' }, views.map((view, index) => h('li', {}, h('span', { class: `key line series-${(index % 8) + 1} ${dashOf(index) ? 'dashed' : ''}`, 'aria-hidden': 'true' }), `${view.name} `, h('small', {}, view.symbol)))),
    indexChart(views, context, summary),
    fold('values-index', `Values (${days.length} days)`, valuesTable('Index by day', ['Day', ...views.map((view) => view.symbol)], days.map((date) => [day(Date.parse(date)), ...views.map((view) => view.points.find((point) => point.date === date)?.relative?.toFixed(2) ?? '–')]))),
  );
}
