/** What is looked at, and how much of it was known: the announcement, the two times, steps through what was known. */
import { listenToChooser, showAnnouncements } from './chooser.js';
import { byId, h } from './dom.js';
import { moment } from './format.js';
import type { Picture } from './load.js';
import { fromField, toField, type PageState } from './state.js';

export function listenToControls(current: () => PageState, set: (change: Partial<PageState>) => void): void {
  const knownAt = byId<HTMLInputElement>('knownAt');
  const asOf = byId<HTMLInputElement>('asOf');
  const apply = (): void => {
    const state = current();
    // A field that still shows what the link says keeps the link's own text, to the nanosecond.
    const kept = (field: HTMLInputElement, was: string | null): string | null => (field.value === toField(was) ? was : fromField(field.value));
    const change = { knownAt: kept(knownAt, state.knownAt), asOf: kept(asOf, state.asOf) };
    if (change.knownAt !== state.knownAt || change.asOf !== state.asOf) set(change);
  };
  listenToChooser((announcement) => { set({ announcement, share: null, benchmark: null, entity: null, from: null, to: null }); });
  // A change by keys comes with each digit: taken when the field is left, or by the button.
  for (const field of [knownAt, asOf]) field.addEventListener('blur', apply);
  byId('controls').addEventListener('submit', (event) => {
    event.preventDefault();
    apply();
  });
}

export function showControls(state: PageState, picture: Picture | null, set: (change: Partial<PageState>) => void): void {
  for (const name of ['knownAt', 'asOf'] as const) {
    const field = byId<HTMLInputElement>(name);
    if (document.activeElement !== field) field.value = toField(state[name]);
  }
  if (!picture) return;
  showAnnouncements(picture.announcements, picture.announcements.find(({ announcement }) => announcement === picture.chosen?.announcement) ?? null, state.announcement !== null ? `${state.announcement}: not known then` : 'none is known then');
  showPresets(state, picture, set);
}

const HOUR_MS = 3_600_000;

/** Steps through what was known: before it became public, then later and later. */
function showPresets(state: PageState, picture: Picture, set: (change: Partial<PageState>) => void): void {
  const place = byId('presets');
  const one = picture.chosen ?? picture.knownLater.find((later) => later.announcement === state.announcement) ?? picture.knownLater[0];
  const by = Date.parse(one?.publicBy ?? '');
  const from = Date.parse(one?.publicFrom ?? one?.publicBy ?? '');
  const at = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
  const dated: [string, string][] = Number.isNaN(by) ? [] : [['just before', at(from - 1000)], ['a day after', at(by + 24 * HOUR_MS)], ['a week after', at(by + 7 * 24 * HOUR_MS)]];
  const steps: [string, string | null][] = [...dated, ['everything known today', null]];
  place.replaceChildren(
    h('span', {}, 'What was known'),
    ...steps.map(([text, knownAt]) => h('button', { type: 'button', 'aria-pressed': String(state.knownAt === knownAt && (knownAt !== null || state.asOf === null)), title: knownAt === null ? 'everything stored' : moment(knownAt), 'data-focus': `preset-${text}`, onclick: () => set({ knownAt, announcement: state.announcement ?? one?.announcement ?? null, ...(knownAt === null ? { asOf: null } : {}) }) }, text)),
  );
}
