/** The announcement itself: title, parties, terms, and when it became public with every reading of that. */
import type { AnnouncementDetail } from './api.js';
import { eventLink, fold, h, sourceLink, valuesTable, type Child } from './dom.js';
import { whyButton } from './explain.js';
import { capital, duration, knownWords, moment, span, words } from './format.js';

export function headline(detail: AnnouncementDetail): HTMLElement {
  const unknown = detail.terms === 'not-known-yet';
  const unstated = unknown ? 'not known yet' : 'not stated';
  return h(
    'section',
    { class: 'headline', 'aria-labelledby': 'title' },
    h('h1', { id: 'title' }, detail.title),
    unknown ? h('p', { class: 'notice' }, 'Its terms are not known yet at this time: only a report of its date is.') : null,
    detail.purpose === null ? null : h('p', { class: 'lede' }, capital(detail.purpose), '.'),
    h(
      'dl',
      { class: 'facts' },
      fact('Amount', detail.amount === null ? unstated : whyButton(detail, '/amountLo', h('strong', { class: 'amount' }, detail.amount))),
      fact('Duration', detail.duration === null ? unstated : duration(detail.duration)),
      fact('Parties', detail.parties.length === 0 ? 'not known yet' : detail.parties.map((party, index) => [index > 0 ? ', ' : '', `${party.name} (${words(party.role)})`])),
      fact('Became public', publicWords(detail)),
      fact('Source', [sourceLink(detail), ' · ', eventLink(detail.event), h('small', {}, `${capital(knownWords(detail))}${detail.estimated ? ' (estimated)' : ''}`)]),
      fact('What followed', `${detail.effects} effect${detail.effects === 1 ? '' : 's'} recorded`),
    ),
    readings(detail),
  );
}

function fact(term: string, value: Child): HTMLElement {
  return h('div', {}, h('dt', {}, term), h('dd', {}, value));
}

function publicWords(detail: AnnouncementDetail): Child {
  if (detail.dated === 'undated' || detail.publicBy === null) return 'not dated yet';
  const text = detail.publicFrom === detail.publicBy ? `at ${moment(detail.publicBy)}` : detail.publicFrom === null ? `by ${moment(detail.publicBy)} at the latest` : `between ${span(detail.publicFrom, detail.publicBy).replace(' to ', ' and ')}`;
  return [capital(text.replace(/^between (\d+ \w+ \d+), (\d\d:\d\d and \d\d:\d\d UTC)$/, 'on $1, between $2')), detail.dated === 'conflict' ? h('small', {}, 'The readings disagree; the best ones are used.') : null];
}

const RELATIONS: Record<string, string> = { used: 'decides', agrees: 'agrees', overlaps: 'overlaps', disagrees: 'disagrees' };

function readings({ readings: all }: AnnouncementDetail): Child {
  if (all.length === 0) return null;
  const counts = ['used', 'agrees', 'overlaps', 'disagrees'].flatMap((relation) => {
    const count = all.filter((reading) => reading.relation === relation).length;
    if (count === 0) return [];
    return [relation === 'used' ? `${count} decide${count === 1 ? 's' : ''}` : `${count} ${count === 1 ? relation : relation.replace(/s$/, '')}`];
  });
  return fold(
    'readings',
    `How the time is known: ${all.length} reading${all.length === 1 ? '' : 's'} (${counts.join(', ')})`,
    valuesTable(
      'Readings of when it became public',
      ['When', 'Counts', 'Confidence', 'Note', 'Source'],
      all.map((reading) => [
        h('span', { title: reading.text }, reading.from === null && reading.to === null ? reading.text : capital(span(reading.from, reading.to))),
        RELATIONS[reading.relation] ?? reading.relation,
        reading.confidence.toFixed(2),
        h('span', { class: 'note' }, reading.note ?? ''),
        [sourceLink(reading), ' · ', eventLink(reading.event)],
      ]),
    ),
  );
}
