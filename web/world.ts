/** Which world is looked at: the real one, or a scenario. Of a scenario the whole page says so, in words and in colour. */
import type { Api, Scenario } from './api.js';
import { byId, h } from './dom.js';
import { openForm } from './form-dialog.js';
import { moment } from './format.js';
import { addEvent, fillFromGenerator, schemasOf } from './inject.js';
import type { Picture } from './load.js';
import type { PageState } from './state.js';

type Set = (change: Partial<PageState>) => void;

const NEW = '+';

/** What is drawn over each chart of a scenario. */
export function watermarkOf(picture: Pick<Picture, 'scenario'>): string | null {
  return picture.scenario === null ? null : 'SYNTHETIC';
}

/** What another world starts with: moments and shares are kept, what is of one store's log is not. */
function into(scenario: string | null): Partial<PageState> {
  return { scenario, basis: null, compare: false };
}

export function showWorld(api: Api, state: PageState, picture: Picture | null, set: Set): void {
  document.documentElement.dataset['world'] = state.scenario === null ? 'real' : 'synthetic';
  if (picture === null) return;
  const chooser = byId<HTMLSelectElement>('world');
  const option = ({ scenario, title }: Scenario): HTMLElement => h('option', { value: scenario, selected: scenario === state.scenario }, title === null ? scenario : `${scenario}: ${title}`);
  const group = (label: string, list: readonly Scenario[]): HTMLElement | null => (list.length === 0 ? null : h('optgroup', { label }, list.map(option)));
  const [open, archived] = [picture.scenarios.filter((one) => one.archivedAt === null), picture.scenarios.filter((one) => one.archivedAt !== null)];
  chooser.replaceChildren(...[h('option', { value: '', selected: state.scenario === null }, 'The real world'), group('Scenarios (synthetic)', open), group('Archived scenarios', archived), h('option', { value: NEW }, 'New scenario…')].filter((node) => node !== null));
  showBanner(api, state, picture, set);
}

export function listenToWorld(api: Api, current: () => PageState, set: Set): void {
  const chooser = byId<HTMLSelectElement>('world');
  chooser.addEventListener('change', () => {
    const { value } = chooser;
    if (value !== NEW) {
      set(into(value || null));
      return;
    }
    chooser.value = current().scenario ?? '';
    void openScenario(api, set);
  });
}

async function openScenario(api: Api, set: Set): Promise<void> {
  const { schemas, bodyOf } = await schemasOf(api);
  openForm({
    title: 'New scenario',
    intro: 'A world of synthetic events beside the real one: nobody who does not name it sees any of it. An overlay lies on the real world as it is now; an isolated one is empty.',
    schema: bodyOf('/v1/scenarios'),
    setting: { schemas, initial: { kind: 'overlay' }, hidden: new Set(['basis']), known: {} },
    action: 'Open it',
    async send(value) {
      const { scenario } = await api.post<Scenario>('/v1/scenarios', value);
      set(into(scenario));
      return null;
    },
  });
}

function showBanner(api: Api, state: PageState, { scenario, ...picture }: Picture, set: Set): void {
  const place = byId('banner');
  if (scenario === null) {
    place.replaceChildren();
    return;
  }
  const button = (text: string, key: string, act: () => void, pressed?: boolean): HTMLElement => h('button', { type: 'button', 'data-focus': `world-${key}`, 'aria-pressed': pressed === undefined ? null : String(pressed), onclick: act }, text);
  const below = scenario.kind === 'overlay' ? `laid over the real world as it was at ${moment(scenario.openedAt)}` : 'a world of its own';
  place.replaceChildren(
    h('p', {}, h('strong', {}, 'SYNTHETIC'), ` Scenario ${scenario.scenario}${scenario.title === null ? '' : ` (${scenario.title})`}, ${below}. None of it is what happened.`),
    h('p', { class: 'banner-buttons' },
      button('Back to the real world', 'back', () => { set(into(null)); }),
      button('Beside the real world', 'compare', () => { set({ compare: !state.compare }); }, state.compare),
      ...(scenario.archivedAt === null
        ? [button('Add an event', 'inject', () => { void addEvent(api, state, { scenario, ...picture }, set); }), button('Fill from a generator', 'generate', () => { void fillFromGenerator(api, scenario.scenario, picture.studied.share, set); })]
        : [`It was archived at ${moment(scenario.archivedAt)} and takes no more events.`])),
  );
}
