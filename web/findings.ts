/** Which claims fit: what holds claims against measurements and each other, in plain words, conflicts first. */
import type { FindingView, ReconciliationView } from './api.js';
import { eventLink, fold, h, sourceLink, type Child } from './dom.js';
import { whyButton } from './explain.js';
import { badge } from './market.js';

const WORDS: Record<FindingView['verdict'], [string, string]> = {
  conflict: ['conflict', 'exclude each other'],
  'different-moments': ['different moments', 'are of different moments, and so not held against one another'],
  incomparable: ['incomparable', 'can’t be compared'],
  compatible: ['compatible', 'overlap'],
  agree: ['agree', 'agree'],
};
/** What a reader must see; the rest is there to be opened. */
const SHOWN: readonly FindingView['verdict'][] = ['conflict', 'different-moments'];

export function findingsSection(view: ReconciliationView): Child {
  const { findings, verdicts, unchecked } = view;
  if (findings.length + unchecked.length === 0) return null;
  const counts = (Object.keys(WORDS) as FindingView['verdict'][]).filter((verdict) => verdicts[verdict] > 0).map((verdict) => `${verdicts[verdict]} ${WORDS[verdict][1].replace(/, and so.*/, '')}`);
  const of = (verdict: FindingView['verdict']): FindingView[] => findings.filter((one) => one.verdict === verdict);
  return h(
    'section',
    { 'aria-labelledby': 'findings' },
    h('div', { class: 'section-head' }, h('h2', { id: 'findings' }, 'Which claims fit')),
    h('p', { class: 'quiet intro' }, `Claims held against what was measured and against each other: ${counts.join(', ')}.`),
    SHOWN.some((verdict) => of(verdict).length > 0) ? list(view, SHOWN.flatMap(of)) : h('p', {}, 'No two of them exclude each other.'),
    ...(['incomparable', 'compatible', 'agree'] as const).map((verdict) => (of(verdict).length === 0 ? null : fold(`findings-${verdict}`, `${of(verdict).length} that ${WORDS[verdict][1]}`, list(view, of(verdict))))),
    unchecked.length === 0 ? null : fold('findings-unchecked', `${unchecked.length} that nothing measured can be held against`, h('ul', { class: 'rows' }, unchecked.map((one) => h('li', {}, h('span', { class: 'what' }, one.sentence), h('span', { class: 'meta' }, one.subjectName, ' · ', eventLink(one.event)))))),
  );
}

function list(view: ReconciliationView, findings: readonly FindingView[]): HTMLElement {
  return h('ul', { class: 'rows findings' }, findings.map((one) => h('li', { 'data-verdict': one.verdict }, h('span', { class: 'what' }, badge(WORDS[one.verdict][0]), ' ', one.sentence), one.steps.length === 0 ? null : fold(`steps-${one.id}`, 'How that is reckoned', h('ol', { class: 'steps' }, one.steps.map((step) => h('li', {}, step)))), h('span', { class: 'meta' }, one.subjectName, sources(one), ' · ', whyButton(view, `/findings/${view.findings.indexOf(one)}`)))));
}

function sources({ evidence }: FindingView): Child {
  return evidence.slice(0, 6).map((piece) => [' · ', piece.document === null ? null : sourceLink({ document: piece.document, locator: piece.locator, address: piece.address, event: piece.event ?? '' }), ' ', piece.event === null ? null : eventLink(piece.event)]);
}
