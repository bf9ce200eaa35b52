/** The tracker itself: its projections, how far they are, and what was rejected; fetched while it is open. */
import type { Api } from './api.js';
import { fold, h, valuesTable, type Child } from './dom.js';

interface Status {
  store: string;
  events: number;
  rejectedCount: number;
  rejected: { event: string; type: string; problems: string[] }[];
  projections: { name: string; version: number; serving: number; status: string; problem: string | null; order: number; behind: number; rows: number }[];
}

const WORDS: Record<string, string> = {
  live: 'follows the store',
  'catching-up': 'reads what was stored before',
  'backing-off': 'the store does not answer; it tries again by itself',
  folding: 'folds anew; an older version answers meanwhile',
  faulted: 'stopped; its last good state is served. Mend the program and start it again',
  stopped: 'stopped: run tracker verify',
  closed: 'is shutting down',
};

let shown: Status | null = null;

export function operationsSection(api: Api): HTMLElement {
  const place = h('div', { class: 'operations' }, shown === null ? h('p', { class: 'quiet' }, 'Loading…') : tables(shown));
  const details = fold('operations', 'The tracker: store, projections, rejected events', place);
  const look = async (): Promise<void> => {
    try {
      shown = await api.get<Status>('/v1/projections');
      place.replaceChildren(...tables(shown));
    } catch (error) {
      place.replaceChildren(h('p', { class: 'notice' }, (error as Error).message));
    }
  };
  details.addEventListener('toggle', () => { if (details.open) void look(); });
  return h('section', { 'aria-label': 'The tracker' }, details);
}

function tables({ store, events, rejected, rejectedCount, projections }: Status): HTMLElement[] {
  const count = (n: number): string => n.toLocaleString('en');
  const words = (one: Status['projections'][number]): Child => [WORDS[one.status] ?? one.status, one.problem === null ? '' : `: ${one.problem}`];
  return [
    h('p', { class: 'quiet' }, 'Store ', h('code', {}, store), `, ${count(events)} events read`),
    valuesTable('Projections', ['Projection', 'Version', 'State', 'Events folded', 'Behind', 'Rows'], projections.map((one) => [one.name, one.serving === one.version ? String(one.version) : `${one.version} (${one.serving} answers)`, words(one), count(one.order), count(one.behind), count(one.rows)])),
    rejectedCount === 0 ? h('p', { class: 'quiet' }, 'No event was rejected by its schema.') : h('div', {}, h('p', { class: 'notice' }, `${count(rejectedCount)} stored events are not of the language and are in no view: append corrections.`), h('ul', { class: 'rows' }, rejected.map((one) => h('li', {}, h('span', { class: 'what' }, one.type), h('span', { class: 'meta' }, one.problems.join('; '), ' · ', h('a', { href: one.event }, 'event')))))),
  ];
}
