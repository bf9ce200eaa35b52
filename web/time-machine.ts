/** The time machine: what was true by a moment, and how much of it was known by another; play tells it as it happened. */
import { byId, h } from './dom.js';
import { moment } from './format.js';
import type { Picture } from './load.js';
import type { PageState } from './state.js';

type Set = (change: Partial<PageState>, how?: 'push' | 'replace') => Promise<void>;

const HOUR_S = 3600;
const DAY_S = 86_400;
const AROUND_DAYS = 31;
const SPEEDS: [string, number][] = [['6 hours a second', 6], ['1 day a second', 24], ['3 days a second', 72]];
/** A picture takes some of it to load; what is left is waited for. */
const BEAT_MS = 1000;

let playing = false;
let hours = 24;
/** A slider that is moved is not moved back by the picture of a moment ago. */
let held: string | null = null;

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

export function showTimeMachine(state: PageState, picture: Picture, set: Set): void {
  const place = byId('machine');
  const [from, to] = bounds(state, picture);
  if (place.childElementCount === 0) build(place, set);
  for (const name of ['asOf', 'knownAt'] as const) {
    const slider = byId<HTMLInputElement>(`slide-${name}`);
    Object.assign(slider, { min: String(from), max: String(to) });
    // All the way to the right is: no bound.
    const at = state[name] === null ? to : Math.min(Math.max(Date.parse(state[name]) / 1000, from), to);
    if (held !== name) slider.value = String(at);
    say(name, Number(slider.value), to);
  }
  byId<HTMLSelectElement>('clock').value = state.clock;
  setPlaying(playing);
}

/** Whole hours around the announcement, known or not yet; by this store's clock, around what it recorded last. */
function bounds(state: PageState, { chosen, knownLater, window, lastRecorded }: Picture): [number, number] {
  const whole = (seconds: number): number => Math.ceil(seconds / HOUR_S) * HOUR_S;
  if (state.clock === 'recorded' && lastRecorded !== null) return [whole(Date.parse(lastRecorded) / 1000 - 7 * DAY_S), whole(Date.parse(lastRecorded) / 1000)];
  const one = chosen ?? knownLater.find(({ announcement }) => announcement === state.announcement) ?? knownLater[0];
  const by = Date.parse(one?.publicBy ?? '') / 1000;
  return Number.isNaN(by) ? [whole(window.from), whole(window.to)] : [whole(by - AROUND_DAYS * DAY_S), whole(by + AROUND_DAYS * DAY_S)];
}

function setPlaying(now: boolean): void {
  playing = now;
  const button = byId<HTMLButtonElement>('play');
  button.textContent = playing ? 'Pause' : 'Play';
  button.setAttribute('aria-pressed', String(playing));
}

function say(name: 'asOf' | 'knownAt', value: number, to: number): void {
  const unbounded = value >= to;
  const text = unbounded ? (name === 'asOf' ? 'the latest' : 'everything stored') : moment(iso(value));
  byId(`said-${name}`).textContent = text;
  byId(`slide-${name}`).setAttribute('aria-valuetext', text);
}

function build(place: HTMLElement, set: Set): void {
  const slider = (name: 'asOf' | 'knownAt', label: string): HTMLElement => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const input = h('input', { type: 'range', id: `slide-${name}`, step: HOUR_S, 'aria-label': label, 'data-focus': `slide-${name}` });
    const take = (): void => {
      held = null;
      const value = Number(input.value);
      void set({ [name]: value >= Number(input.max) ? null : iso(value) }, 'replace');
    };
    input.addEventListener('input', () => {
      held = name;
      setPlaying(false);
      say(name, Number(input.value), Number(input.max));
      clearTimeout(timer);
      timer = setTimeout(take, 200);
    });
    return h('label', { class: 'field slide' }, h('span', {}, `${label}: `, h('output', { id: `said-${name}`, for: `slide-${name}` })), input);
  };
  place.replaceChildren(
    slider('asOf', 'As of'),
    slider('knownAt', 'Known by'),
    h('label', { class: 'field' }, 'Known to ', h('select', { id: 'clock', 'data-focus': 'clock', onchange: (event) => { void set({ clock: (event.target as HTMLSelectElement).value as PageState['clock'] }); } }, h('option', { value: 'published' }, 'the world (published)'), h('option', { value: 'recorded' }, 'this store (recorded)'))),
    h('div', { class: 'play' },
      h('button', { type: 'button', id: 'play', 'data-focus': 'play', onclick: () => { if (playing) setPlaying(false); else void play(set); } }, 'Play'),
      h('label', { class: 'field' }, 'Speed ', h('select', { id: 'speed', 'data-focus': 'speed', onchange: (event) => { hours = Number((event.target as HTMLSelectElement).value); } }, SPEEDS.map(([text, value]) => h('option', { value, selected: value === hours }, text))))),
  );
}

/** From where the slider stands, or from the beginning where it stands at the end. */
async function play(set: Set): Promise<void> {
  const slider = byId<HTMLInputElement>('slide-knownAt');
  setPlaying(true);
  let at = Number(slider.value) >= Number(slider.max) ? Number(slider.min) : Number(slider.value);
  while (playing && at < Number(slider.max)) {
    const began = Date.now();
    await set({ knownAt: iso(at) }, 'replace');
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, BEAT_MS - (Date.now() - began))));
    at += (hours * HOUR_S * Math.max(BEAT_MS, Date.now() - began)) / 1000;
    at = Math.round(at / HOUR_S) * HOUR_S;
  }
  if (!playing) return;
  setPlaying(false);
  await set({ knownAt: null }, 'replace');
}

/** Whatever else is chosen ends it. */
export function stopPlaying(): void {
  playing = false;
}
