/** What followed, as a tree: causes above their effects, each with its time relative to the announcement. */
import type { TimelineNode, TimelineView } from './api.js';
import { pointAt } from './chart-element.js';
import { eventLink, h, sourceLink } from './dom.js';
import { whyButton } from './explain.js';
import { capital, knownWords, relativeWords, span, words } from './format.js';
import { badge } from './market.js';

export function timelineSection(timeline: TimelineView): HTMLElement {
  const children = new Map<string | null, TimelineNode[]>();
  const ids = new Set(timeline.nodes.map((node) => node.id));
  for (const node of timeline.nodes) {
    const parent = node.parent !== null && ids.has(node.parent) ? node.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const list = (parent: string | null): HTMLElement | null => {
    const nodes = children.get(parent);
    return nodes ? h('ol', { class: 'tree' }, nodes.map((node) => h('li', { 'data-node': node.id, class: node.status }, item(timeline, node), list(node.id)))) : null;
  };
  return h(
    'section',
    { 'aria-labelledby': 'timeline', class: 'followed' },
    h('div', { class: 'section-head' }, h('h2', { id: 'timeline' }, 'What followed')),
    timeline.axis === 'relative' ? h('p', { class: 'notice' }, 'The announcement is not dated yet: times stand as their sources give them.') : null,
    timeline.nodes.length === 0 ? h('p', { class: 'notice' }, 'Nothing is known of it at this time.') : h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'What followed, as a tree' }, list(null)),
  );
}

const KINDS: Record<string, string> = {
  AnnouncementMade: 'announcement',
  MarketMoveReported: 'market move',
  PriceObserved: 'price',
  MarketValueReported: 'market value',
  MarketValueChangeReported: 'market value',
  SharesOutstandingReported: 'shares',
  SentimentExpressed: 'sentiment',
  MetricReported: 'metric',
  ForecastMade: 'forecast',
  RelationshipDisclosed: 'relationship',
  AnnouncementAmended: 'amendment',
  ScheduledEventRecorded: 'event',
  CorporateActionTaken: 'corporate action',
};

/** Shows nodes of the list to whom a chart was asked: the first in sight, all of them marked. */
export function chooseNodes(ids: readonly string[]): void {
  for (const old of document.querySelectorAll('[data-node].pointed')) old.classList.remove('pointed');
  const found = ids.flatMap((id) => document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`) ?? []);
  for (const one of found) one.classList.add('pointed');
  found[0]?.scrollIntoView({ block: 'nearest' });
}

function item(timeline: TimelineView, node: TimelineNode): HTMLElement {
  const kind = KINDS[node.type] ?? words(node.type).toLowerCase();
  const relative = node.type === 'AnnouncementMade' ? 'the announcement' : (relativeWords(node.relativeFromSeconds, node.relativeSeconds) ?? placeWords(node));
  const at = Date.parse(node.certainFrom ?? node.possibleFrom ?? '') / 1000;
  const there = node.when === 'not stated' || Number.isNaN(at) ? null : at;
  return h(
    'div',
    { class: 'node', onmouseenter: () => { pointAt(there); }, onmouseleave: () => { pointAt(null); } },
    h('span', { class: 'when', title: node.when }, capital(relative)),
    h('span', { class: 'what' }, h('span', { class: `kind kind-${kind.replaceAll(' ', '-')}` }, kind), ' ', capital(node.label)),
    h('span', { class: 'meta' }, node.when === 'not stated' ? 'Time not stated' : capital(span(node.possibleFrom, node.certainFrom)), badge(node.status), ' · ', capital(knownWords(node)), node.estimated ? badge('estimated', 'the publication time is an estimate') : null, ' · ', sourceLink(node), ' · ', eventLink(node.event), ' · ', whyButton(timeline, `/nodes/${timeline.nodes.indexOf(node)}`)),
  );
}

function placeWords(node: TimelineNode): string {
  if (node.side !== null) return `${node.side} it, hour not given`;
  return node.when === 'not stated' ? 'time not stated' : node.when;
}
