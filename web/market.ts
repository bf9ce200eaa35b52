/** Market value: a summary, a chart for each measured instrument or one for all, and the claims that have no level. */
import type { Claim, MarketValueView, Point } from './api.js';
import type { ChartContext } from './chart-base.js';
import { valueChart } from './chart-value.js';
import { baseWords, placeClaims } from './claims.js';
import { eventLink, fold, h, sourceLink, valuesTable, type Child } from './dom.js';
import { whyButton } from './explain.js';
import { capital, day, knownWords, moneyRange, price, signed, span } from './format.js';
import type { Picture } from './load.js';
import { pagedTable } from './paged-table.js';
import type { PageState } from './state.js';

/** @param story what stands in the middle, of one share */
export function marketSection(picture: Picture, state: PageState, context: ChartContext, set: (change: Partial<PageState>) => void, story: { share: string | null; element: Child }): HTMLElement {
  const measured = picture.markets.filter((view) => view.status === 'measured');
  const unknown = picture.markets.filter((view) => view.status !== 'measured');
  const relative = picture.around.filter((view) => view.points.some((point) => point.relative !== null));
  const measure = relative.length === 0 ? 'value' : state.measure;
  const others = measured.filter((view) => view.instrument !== story.share);
  const choose = (name: 'measure' | 'range' | 'axis', label: string, options: [string, string][], current: string): HTMLElement =>
    h(
      'div',
      { class: 'segmented', role: 'group', 'aria-label': label },
      options.map(([value, text]) => h('button', { type: 'button', 'aria-pressed': String(value === current), 'data-focus': `${name}-${value}`, onclick: () => set({ [name]: value, ...(name === 'range' ? { from: null, to: null } : {}) }) }, text)),
    );
  const zoomed = state.from !== null;
  return h(
    'section',
    { 'aria-labelledby': 'market' },
    h(
      'div',
      { class: 'section-head' },
      h('h2', { id: 'market' }, 'Market value and sentiment'),
      relative.length === 0 ? null : choose('measure', 'Scale', [['value', 'Market value'], ['index', 'Before = 100']], measure),
      measured.length === 0 ? null : choose('range', 'Stretch of time', [['window', picture.chosen ? 'Around it' : 'Two months'], ['all', 'Whole range']], zoomed ? 'zoomed' : state.range),
      measured.length === 0 ? null : choose('axis', 'Axis', [['time', 'All hours'], ['sessions', 'Trading hours']], state.axis),
    ),
    zoomed ? h('p', { class: 'notice' }, `Zoomed to ${span(state.from, state.to)}. `, h('button', { type: 'button', class: 'link', 'data-focus': 'zoom-reset', onclick: () => { set({ from: null, to: null }); } }, 'Show all of it')) : null,
    state.axis === 'sessions' && picture.sessions === null ? h('p', { class: 'notice' }, 'The exchange’s calendar does not reach this stretch of time: all hours are shown.') : null,
    picture.chosen && !picture.ownMarkets && measured.length > 0 ? h('p', { class: 'notice' }, 'No effect known at this time is about an instrument: these are the instruments of the store.') : null,
    glance(relative, picture),
    measured.length === 0 ? h('p', { class: 'notice' }, 'No measured close is known at this time.') : legend(measure, context.marker !== null, (picture.confounders?.confounders.length ?? 0) > 0),
    story.element,
    measure === 'index' || others.length === 0 ? null : [h('h3', {}, 'The other instruments'), h('div', { class: 'figures' }, others.map((view) => valueFigure(view, picture, context, set)))],
    picture.undrawn.length === 0 ? null : fold('undrawn', `${picture.undrawn.length.toLocaleString('en')} more instruments, which are not drawn`, pagedTable('Instruments that are not drawn', ['Instrument', 'Symbol', ''], picture.undrawn.length, (index) => [picture.undrawn[index]?.name, picture.undrawn[index]?.symbol, h('button', { type: 'button', class: 'link', onclick: () => { set({ share: picture.undrawn[index]?.instrument ?? null }); } }, 'Put it in the middle')])),
    unknown.length === 0 ? null : h('div', { class: 'unknown' }, h('h3', {}, 'Level unknown'), unknown.map((view) => h('article', {}, h('h4', {}, `${view.name} (${view.symbol})`), h('p', { class: 'quiet' }, `Level unknown: ${view.reason ?? 'no close is stored'}.`), claimList(view, [])))),
  );
}

function legend(measure: string, dated: boolean, confounded: boolean): Child {
  const key = (name: string, text: string): HTMLElement => h('li', {}, h('span', { class: `key ${name}`, 'aria-hidden': 'true' }), text);
  return h('ul', { class: 'legend' }, measure === 'index' ? null : [key('derived', 'market value: close × shares outstanding (a band where the count is a range)'), key('close', 'measured close (right scale)'), key('claimed', 'claimed by a source: as long as its time, as high as its figure, an arrow where the figure is open'), confounded ? key('confounder', 'something else touched the share: results, corporate actions, other announcements') : null], dated ? key('public', 'became public') : null);
}

/** What else touched a share, as far as it is marked on its chart. */
export function confoundersOf({ confounders }: Picture, instrument: string): NonNullable<Picture['confounders']>['confounders'] {
  return (confounders?.confounders ?? []).filter((one) => one.instrument === instrument);
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
  const percent = (view: MarketValueView, point: Point | undefined): Child => (point?.relative === null || point === undefined ? '–' : whyButton(view, `/points/${view.points.indexOf(point)}/relative`, h('span', { class: 'delta' }, `${signed(point.relative - 100)} %`)));
  const close = (view: MarketValueView, point: Point | undefined): Child => (point === undefined ? '–' : whyButton(view, `/points/${view.points.indexOf(point)}/price`, price(point.price)));
  const rows = views.map((view) => {
    const { before, after } = reactionOf(view, picture, by);
    const shown = picture.markets.find(({ instrument }) => instrument === view.instrument) ?? view;
    const { last } = reactionOf(shown, picture, by);
    return [h('span', {}, view.name, ' ', h('small', {}, view.symbol)), close(view, before), close(view, after), percent(view, after), last && last.date !== before?.date ? [percent(shown, last), ' ', h('small', {}, day(Date.parse(last.date), false))] : '–'];
  });
  return h('div', { class: 'glance' }, valuesTable('The reaction at a glance', ['Instrument', 'Close before', 'First close after', 'Change', 'Last shown'], rows));
}

/** A chart in words. */
export function describe(view: MarketValueView, context: ChartContext): string {
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

export function levelWords(view: MarketValueView): string {
  const shown = view.level?.marketValueLo === null || view.level === null ? `measured close; ${view.reason ?? 'no market value is known'}` : `market value in ${view.currency ?? 'its currency'}, derived from the close`;
  const { thinned } = view;
  return `${capital(shown)}${view.adjustment && view.currency ? `; adjusted for ${view.adjustment}s` : ''}${thinned && thinned.kept < thinned.points ? `; ${thinned.kept.toLocaleString('en')} of ${thinned.points.toLocaleString('en')} closes are drawn, every extreme among them: zoom in for the others` : ''}`;
}

function valueFigure(view: MarketValueView, picture: Picture, context: ChartContext, set: (change: Partial<PageState>) => void): HTMLElement {
  return h(
    'figure',
    { class: 'card' },
    h('figcaption', {}, h('h3', {}, view.name, ' ', h('small', {}, view.symbol), ' ', h('button', { type: 'button', class: 'link', 'data-focus': `middle-${view.instrument}`, onclick: () => { set({ share: view.instrument }); } }, 'Put it in the middle')), h('p', { class: 'quiet' }, levelWords(view))),
    valueChart(view, context, { summary: describe(view, context), confounders: confoundersOf(picture, view.instrument) }),
    valueFolds(view, context),
  );
}

/** Its claims, and its values as a table. */
export function valueFolds(view: MarketValueView, context: ChartContext): Child {
  const points = inWindow(view, context).reverse();
  return [
    view.claims.length === 0 ? null : fold(`claims-${view.instrument}`, `${view.claims.length} claim${view.claims.length === 1 ? '' : 's'} by sources`, claimList(view, placeClaims(view.claims, view.points).map((one) => one.claim))),
    fold(
      `values-${view.instrument}`,
      `Values (${points.length.toLocaleString('en')} closes)`,
      pagedTable(`${view.name}: closes`, ['Day', 'Close', 'Shares', 'Market value', 'Index', 'Event'], points.length, (index) => {
        const point = points[index] as Point;
        const at = `/points/${view.points.indexOf(point)}`;
        return [
          day(Date.parse(point.date)),
          whyButton(view, `${at}/price`, price(point.price)),
          moneyRange(point.sharesLo, point.sharesHi, ''),
          point.marketValueLo === null ? 'unknown' : whyButton(view, `${at}/marketValueLo`, moneyRange(point.marketValueLo, point.marketValueHi, view.currency ?? '')),
          point.relative === null ? '–' : whyButton(view, `${at}/relative`, point.relative.toFixed(2)),
          eventLink(point.event, 'close'),
        ];
      }),
    ),
  ];
}

function claimList(view: MarketValueView, placed: readonly Claim[]): HTMLElement {
  if (view.claims.length === 0) return h('p', { class: 'quiet' }, 'Nothing is claimed of it either.');
  return h(
    'ul',
    { class: 'rows' },
    view.claims.map((claim, index) =>
      h(
        'li',
        {},
        h('span', { class: 'what' }, claim.kind === 'value-change' || claim.measure === 'market-value' ? `Market value ${claim.text}` : capital(claim.text), claim.priceText === null ? '' : ` (${claim.priceText})`, ' ', h('small', {}, [baseWords(claim.base), { pre: 'before the open', post: 'after the close' }[claim.session] ?? ''].filter(Boolean).join(', '))),
        h('span', { class: 'meta' }, h('span', { title: claim.note ?? claim.when }, capital(span(claim.possibleFrom, claim.certainFrom))), claim.status === 'possible' ? badge('possible') : null, placed.includes(claim) ? null : badge('not drawn', 'what it is counted from is not known'), ' · ', capital(knownWords(claim)), claim.estimated ? badge('estimated') : null, ' · ', sourceLink(claim), ' · ', eventLink(claim.event), ' · ', whyButton(view, `/claims/${index}`)),
      ),
    ),
  );
}

export function badge(text: string, title = ''): HTMLElement {
  return h('span', { class: `badge ${text.replace(/ .*/, '')}`, title: title || null }, text);
}

export function summaryOfIndex(views: readonly MarketValueView[], context: ChartContext): string {
  return `Closes with the last before the announcement as 100: ${views.map((view) => `${view.name} ends at ${reactionOf(view, context, null).last?.relative?.toFixed(1) ?? 'unknown'}`).join(', ')}`;
}

/** Every index of every day as a table. */
export function indexFold(views: readonly MarketValueView[], context: ChartContext): HTMLElement {
  const byDate = views.map((view) => new Map(inWindow(view, context).map((point) => [point.date, point])));
  const days = [...new Set(byDate.flatMap((map) => [...map.keys()]))].sort().reverse();
  return fold('values-index', `Values (${days.length.toLocaleString('en')} days)`, pagedTable('Index by day', ['Day', ...views.map((view) => view.symbol)], days.length, (index) => [day(Date.parse(days[index] ?? '')), ...byDate.map((map) => map.get(days[index] ?? '')?.relative?.toFixed(2) ?? '–')]));
}
