/** How fresh the page is: the badge at the top, and the basis of its answers in the footer. */
import type { Served } from './api.js';
import { byId, h } from './dom.js';
import { moment } from './format.js';
import { writeState, type PageState } from './state.js';

export interface Freshness {
  /** Wall clock of this browser, ms. */
  answered: number | null;
  /** When the first picture was drawn, and when a poll last brought another. */
  opened: number | null;
  changed: number | null;
  offline: string | null;
  lastRecorded: string | null;
}

const STALE_MS = 45_000;

/** @param stream how the page hears of news: where it does not hear of them by itself, it polls */
export function showStatus(state: PageState, served: Served, freshness: Freshness, stream: 'open' | 'connecting' | 'off'): void {
  const [kind, text] = phase(state, served, freshness);
  const place = byId('status');
  const changed = freshness.changed === null ? (freshness.opened === null ? '' : `, no change since ${time(freshness.opened)}`) : `, data last changed ${time(freshness.changed)}`;
  const detail = kind === 'pinned' ? '' : kind === 'offline' ? `, last answer ${freshness.answered === null ? 'never' : time(freshness.answered)}; it tries again every 15 seconds` : changed;
  const way = kind !== 'live' || stream === 'open' ? '' : stream === 'connecting' ? ' (reconnecting, asks every 15 seconds meanwhile)' : ' (asks every 15 seconds)';
  const line = `${text}${way}${detail}`;
  if (place.dataset['line'] === line) return;
  place.dataset['line'] = line;
  place.dataset['kind'] = kind;
  place.replaceChildren(h('span', { class: 'dot', 'aria-hidden': 'true' }), h('strong', {}, text), h('span', { class: 'detail' }, way, detail));
}

function phase(state: PageState, served: Served, { answered, offline }: Freshness): [string, string] {
  if (offline !== null) return ['offline', 'Offline'];
  if (state.basis !== null) return ['pinned', 'Pinned'];
  if (served.state !== null && served.state !== 'live') return ['stale', `Stale (${served.state})`];
  if (served.stale.size > 0) return ['stale', `Stale (${[...served.stale.keys()].join(', ')})`];
  if (answered === null) return ['loading', 'Loading'];
  if (Date.now() - answered > STALE_MS) return ['stale', 'Stale'];
  return ['live', 'Live'];
}

function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 19)} UTC`;
}

export function showFooter(state: PageState, served: Served, freshness: Freshness, set: (change: Partial<PageState>) => void): void {
  const basis = state.basis ?? served.basis;
  const pinned = state.basis !== null;
  byId('footer').replaceChildren(
    h(
      'dl',
      {},
      row('Basis', basis === null ? 'none' : h('code', { title: basis }, basis), pinned ? ' pinned: the same answers for ever' : ''),
      row('Checkpoint', served.checkpoint === null ? 'none' : h('code', { title: served.checkpoint }, served.checkpoint), `${served.state === null ? '' : ` the tracker is ${served.state}`}`),
      row('Last event stored', moment(freshness.lastRecorded), ''),
    ),
    h(
      'p',
      { class: 'links' },
      pinned
        ? h('button', { type: 'button', 'data-focus': 'pin', onclick: () => set({ basis: null }) }, 'Follow the tracker again')
        : basis === null
          ? null
          : h('a', { href: writeState({ ...state, basis }), 'data-focus': 'pin', onclick: (event) => { event.preventDefault(); set({ basis }); } }, 'Link to exactly this picture'),
      h('a', { href: '/openapi.json' }, 'API'),
      h('a', { href: '/v1/projections' }, 'Projections'),
    ),
  );
}

function row(term: string, value: Node | string, note: string): HTMLElement {
  return h('div', {}, h('dt', {}, term), h('dd', {}, value, note === '' ? null : h('small', {}, note)));
}
