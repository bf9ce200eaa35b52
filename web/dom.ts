/** Makes elements from data: text is always text, and only http(s) addresses become links. */

export type Child = Node | string | number | null | undefined | false | readonly Child[];
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** An element with attributes (`on…` functions listen; null, undefined and false are left out) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (typeof child === 'string' || typeof child === 'number') element.append(String(child));
    else if (child instanceof Node) element.append(child);
    else append(element, child);
  }
}

/** The element of the page with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

export interface Sourced {
  document: string;
  locator: string | null;
  address: string | null;
  event: string;
}

/** Where something was read: a link when the address is one for a browser, else in words. */
export function sourceLink(source: Sourced): Node {
  const place = source.locator !== null && source.locator.length <= 40 ? `, ${source.locator}` : '';
  const url = webAddress(source.address);
  if (url) return h('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer', title: source.locator ?? url.href }, url.hostname.replace(/^www\./, ''));
  return h('span', { title: source.address ?? source.locator ?? '' }, `${source.document}${place}`);
}

/** The stored event behind a value. */
export function eventLink(event: string, text = 'event'): Node {
  if (!event.startsWith('/v1/events/')) return document.createTextNode('');
  return h('a', { href: event, target: '_blank', rel: 'noopener noreferrer', class: 'event', title: `The stored event: ${event}` }, text);
}

function webAddress(address: string | null): URL | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/** A table of values, scrollable in itself so that the page never is. */
export function valuesTable(caption: string, heads: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  return h(
    'div',
    { class: 'table-wrap', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', { class: 'visually-hidden' }, caption), h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))), h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell) => h('td', {}, cell)))))),
  );
}

/** A fold that keeps its state over a redraw: `key` names it. */
export function fold(key: string, summary: string, ...children: Child[]): HTMLDetailsElement {
  return h('details', { 'data-key': key }, h('summary', {}, summary), ...children);
}
