/** A scenario beside the real world: the same charts on the same scales, and every value that is another, with its causes. */
import type { Api, MarketValueView, SentimentView } from './api.js';
import type { ChartContext } from './chart-base.js';
import { valueChart } from './chart-value.js';
import { eventLink, h, type Child } from './dom.js';
import { loadPicture, type Picture } from './load.js';
import { confoundersOf, describe } from './market.js';
import { pagedTable } from './paged-table.js';
import { sentimentCurves } from './sentiment.js';
import type { PageState } from './state.js';
import { sentimentOf, shareOf } from './story.js';

interface Difference {
  view: string;
  subject: string;
  key: string;
  before: unknown;
  after: unknown;
  causes: string[];
}

export interface Beside {
  /** The real world that the scenario lies on; of an isolated one as it is. */
  real: Picture;
  rows: Difference[];
  more: boolean;
}

const MOST_ROWS = 2000;

/** What stands beside the scenario; null where nothing is to be compared. */
export async function loadBeside(api: Api, state: PageState, { scenario, studied, chosen }: Picture): Promise<Beside | null> {
  if (!state.compare || scenario === null) return null;
  const real = await loadPicture(api, { ...state, scenario: null, compare: false, basis: scenario.basis ?? null, share: studied.share || null, announcement: chosen?.announcement ?? state.announcement });
  const { rows, more } = await api.get<{ rows: Difference[]; more: boolean }>(`/v1/scenarios/${encodeURIComponent(scenario.scenario)}/diff`, { limit: String(MOST_ROWS), asOf: state.asOf, knownAt: state.clock === 'published' ? state.knownAt : null });
  return { real, rows, more };
}

export function compareSection(picture: Picture, { real, rows, more }: Beside, state: PageState, context: ChartContext): HTMLElement {
  const share = shareOf(picture);
  const below = share && real.markets.find((view) => view.instrument === share.instrument && view.status === 'measured');
  const sentiment = sentimentOf(picture, state);
  const felt = sentiment && real.sentiments.find((view) => view.entity === sentiment.entity);
  const side = (name: string, world: Picture, view: MarketValueView | null | undefined, other: MarketValueView | null | undefined, mood: SentimentView | null | undefined, watermark: string | null): HTMLElement => {
    const own = { ...context, watermark };
    return h('figure', { class: 'card', 'data-side': name }, h('figcaption', {}, h('h3', {}, name)), view ? [h('h4', {}, view.name), valueChart(view, own, { summary: `${name}: ${describe(view, own)}`, confounders: confoundersOf(world, view.instrument), beside: other ?? null, key: `${name}-${view.instrument}` })] : h('p', { class: 'quiet' }, 'Nothing is known of this share here.'), mood ? sentimentCurves(mood, own, `${mood.entity}, ${name}`) : h('p', { class: 'quiet' }, 'Nothing was expressed on this subject here.'));
  };
  return h(
    'section',
    { 'aria-labelledby': 'compare' },
    h('div', { class: 'section-head' }, h('h2', { id: 'compare' }, 'Beside the real world')),
    h('p', { class: 'quiet intro' }, picture.scenario?.kind === 'overlay' ? 'The real world is shown as it was when the scenario was laid over it.' : 'The scenario is a world of its own: the real one is shown as it is.'),
    h('div', { class: 'figures sides' }, side('The real world', real, below, share, felt, null), side('The scenario', picture, share, below, sentiment, context.watermark)),
    h('h3', {}, rows.length === 0 ? 'No value differs' : `${more ? 'More than ' : ''}${rows.length.toLocaleString('en')} values differ`),
    rows.length === 0 ? null : pagedTable('What is different, and why', ['View', 'Of', 'Value', 'Real', 'Scenario', 'Because of'], rows.length, (index) => cellsOf(rows[index] as Difference)),
  );
}

function cellsOf({ view, subject, key, before, after, causes }: Difference): Child[] {
  return [view, subject, h('span', { class: 'note' }, key), plain(before), plain(after), h('span', {}, causes.slice(0, 3).map((cause, index) => [index === 0 ? '' : ', ', eventLink(cause, `event ${index + 1}`)]), causes.length > 3 ? ` and ${causes.length - 3} more` : '')];
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return value.toLocaleString('en', { maximumSignificantDigits: 8 });
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
