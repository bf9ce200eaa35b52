/** The announcements as a list that is searched as one types (the combobox of the ARIA practices). */
import type { Announcements } from './api.js';
import { byId, h } from './dom.js';
import { day } from './format.js';

type Announcement = Announcements['announcements'][number];

const MOST_SHOWN = 100;

let all: readonly Announcement[] = [];
/** What the field shows while nobody types in it. */
let resting = '';
let active = -1;

const field = (): HTMLInputElement => byId<HTMLInputElement>('announcement');
const list = (): HTMLElement => byId('announcements');
const shown = (): HTMLElement[] => [...list().querySelectorAll<HTMLElement>('[role="option"]')];

export function showAnnouncements(announcements: readonly Announcement[], chosen: Announcement | null, otherwise: string): void {
  all = [...announcements].sort((a, b) => ((a.publicBy ?? '') < (b.publicBy ?? '') ? 1 : -1));
  resting = chosen === null ? otherwise : nameOf(chosen);
  field().disabled = all.length === 0;
  if (document.activeElement !== field()) field().value = resting;
}

/** @param choose told of the one that was chosen */
export function listenToChooser(choose: (announcement: string) => void): void {
  const input = field();
  const take = (option: HTMLElement | undefined): void => {
    if (!option) return;
    close();
    const id = option.dataset['announcement'] ?? '';
    const found = all.find(({ announcement }) => announcement === id);
    if (found) resting = nameOf(found);
    input.value = resting;
    choose(id);
  };
  input.addEventListener('focus', () => { input.select(); });
  input.addEventListener('click', () => { open(''); });
  input.addEventListener('input', () => { open(input.value); });
  input.addEventListener('blur', () => {
    close();
    input.value = resting;
  });
  input.addEventListener('keydown', (event) => {
    const opened = !list().hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!opened) open('');
      point(active + step);
    } else if (event.key === 'Enter' && opened) {
      event.preventDefault();
      take(shown()[Math.max(active, 0)]);
    } else if (event.key === 'Escape' && opened) {
      event.preventDefault();
      close();
      input.value = resting;
    }
  });
  // Before the field loses its focus, and with it the list.
  list().addEventListener('pointerdown', (event) => { event.preventDefault(); });
  list().addEventListener('click', (event) => { take((event.target as HTMLElement).closest<HTMLElement>('[role="option"]') ?? undefined); });
}

/** Those that have every word somewhere: in title, parties, amount, purpose, day, or id. */
function matching(announcements: readonly Announcement[], text: string): readonly Announcement[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return announcements.filter((one) => {
    const all = [one.announcement, one.title, one.amount, one.purpose, ...one.parties.flatMap(({ name, entity, role }) => [name, entity, role]), dayOf(one)].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function open(text: string): void {
  const found = matching(all, text);
  const place = list();
  place.replaceChildren(
    ...found.slice(0, MOST_SHOWN).map((one, index) => h('li', { role: 'option', id: `announcement-${index}`, 'data-announcement': one.announcement, 'aria-selected': 'false' }, h('span', {}, one.title), h('small', {}, [dayOf(one), one.amount, one.parties.map(({ name }) => name).join(', '), `${one.effects} effect${one.effects === 1 ? '' : 's'}`].filter((part) => part !== null && part !== '').join(' · ')))),
    ...(found.length === 0 ? [h('li', { class: 'quiet', role: 'presentation' }, `None of ${all.length} has all of these words.`)] : found.length > MOST_SHOWN ? [h('li', { class: 'quiet', role: 'presentation' }, `${found.length - MOST_SHOWN} more: type to find them`)] : []),
  );
  place.hidden = false;
  field().setAttribute('aria-expanded', 'true');
  byId('speaker').textContent = `${found.length} announcement${found.length === 1 ? '' : 's'}`;
  active = -1;
  field().removeAttribute('aria-activedescendant');
}

function point(index: number): void {
  const options = shown();
  if (options.length === 0) return;
  options[active]?.setAttribute('aria-selected', 'false');
  active = (index + options.length) % options.length;
  const option = options[active];
  option?.setAttribute('aria-selected', 'true');
  option?.scrollIntoView({ block: 'nearest' });
  field().setAttribute('aria-activedescendant', option?.id ?? '');
}

function close(): void {
  list().hidden = true;
  field().setAttribute('aria-expanded', 'false');
  field().removeAttribute('aria-activedescendant');
}

function dayOf({ publicBy }: Announcement): string {
  return publicBy === null ? 'not dated' : day(Date.parse(publicBy));
}

function nameOf(one: Announcement): string {
  return `${one.title}${one.amount === null ? '' : ` (${one.amount})`}${one.publicBy === null ? '' : `, ${dayOf(one)}`}`;
}
