/** Why a value is what it is: its formula, what goes into it, the steps, and the events and sources behind, in a dialog. */
import { requestOf, type Api, type Explanation } from './api.js';
import { eventLink, h, sourceLink, type Child } from './dom.js';
import { capital } from './format.js';

let api: Api | null = null;

export function explainWith(own: Api): void {
  api = own;
}

/**
 * Opens the explanation of a place in an answer that the page has.
 * @param view the answer, as the API gave it
 * @param at JSON pointer, such as /points/3/marketValue
 */
export async function explain(view: object, at: string): Promise<void> {
  const request = requestOf(view);
  if (api === null || request === null) return;
  const body = h('div', { class: 'explained', 'aria-live': 'polite' }, h('p', { class: 'quiet' }, 'Looking it up…'));
  const dialog = h('dialog', { class: 'explanation', 'aria-label': 'How this comes about' }, h('div', { class: 'section-head' }, h('h2', {}, 'How this comes about'), h('button', { type: 'button', onclick: () => { dialog.close(); } }, 'Close')), body);
  dialog.addEventListener('close', () => { dialog.remove(); });
  document.body.append(dialog);
  dialog.showModal();
  const show = async (place: string): Promise<void> => {
    try {
      const told = await (api as Api).get<Explanation>(`${request.path}/explain`, { ...request.query, at: place });
      body.replaceChildren(...contents(told, show));
    } catch (error) {
      body.replaceChildren(h('p', { class: 'notice' }, (error as Error).message));
    }
  };
  await show(at);
}

/** Opens the explanation of a place. @param text a value, or unstated: why? */
export function whyButton(view: object, at: string, text: Child = 'why?'): HTMLElement {
  return h('button', { type: 'button', class: text === 'why?' ? 'link' : 'link figure', title: 'Explain', 'data-focus': `why-${requestOf(view)?.path ?? ''}-${at}`, onclick: () => { void explain(view, at); } }, text);
}

const MOST = 12;

function contents({ values, total, sources, versions }: Explanation, show: (at: string) => Promise<void>): Node[] {
  const told = values.filter(({ value }) => value !== null && value !== '').slice(0, MOST);
  return [
    ...told.map((one) =>
      h('section', { class: 'value' },
        h('h3', {}, capital(one.says), ': ', h('strong', {}, figure(one.value))),
        h('p', { class: 'quiet' }, one.formula === null ? one.how : `= ${one.formula}`, one.checked === true ? ' · computed again from its inputs, and the same' : one.checked === false ? ' · not computed again: an input is not known' : ''),
        one.inputs.length === 0 ? null : h('ul', { class: 'rows' }, one.inputs.map((input) => h('li', {}, h('span', { class: 'what' }, `${input.name} = ${figure(input.value)}`, input.printed === null ? '' : ` (printed “${input.printed}”)`), h('span', { class: 'meta' }, input.event === null ? null : eventLink(input.event), input.at === null ? null : [' ', h('button', { type: 'button', class: 'link', onclick: () => { void show(input.at as string); } }, 'why?')])))),
        one.steps.length === 0 ? null : h('ol', { class: 'steps' }, one.steps.map((step) => h('li', {}, step))))),
    told.length < total ? h('p', { class: 'quiet' }, `${total - told.length} more values stand there, empty ones among them.`) : null,
    h('h3', {}, sources.length === 0 ? 'No event stands behind it' : 'What it rests on'),
    h('ul', { class: 'rows' }, sources.map((source): Child => h('li', {}, h('span', { class: 'what' }, sourceLink({ document: source.document ?? source.type, locator: source.locator, address: source.address, event: source.event })), h('span', { class: 'meta' }, [source.occurredAt, source.publishedAt === null ? null : `published ${source.publishedAt}`, `confidence ${source.confidence}`].filter((text) => text !== null).join(' · '), ' · ', eventLink(source.event))))),
    h('p', { class: 'quiet' }, `By ${versions.join(', ')}`),
  ].filter((node) => node !== null);
}

function figure(value: Explanation['values'][number]['value']): string {
  return typeof value === 'number' ? value.toLocaleString('en', { maximumSignificantDigits: 12 }) : String(value);
}
