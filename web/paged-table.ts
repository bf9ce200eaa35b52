/** A table of a page at a time: whoever hears it, or leafs through it, is not lost in thousands of rows. */
import { h, valuesTable, type Child } from './dom.js';

const ROWS_A_PAGE = 25;
/** A redraw leaves each table at its page. */
const pages = new Map<string, number>();

/**
 * @param caption names the table; of all on the page no other has it
 * @param rowAt a row, made when it is shown
 */
export function pagedTable(caption: string, heads: readonly string[], count: number, rowAt: (index: number) => readonly Child[]): HTMLElement {
  const last = Math.max(0, Math.ceil(count / ROWS_A_PAGE) - 1);
  const place = h('div', { class: 'paged' });
  const show = (page: number): void => {
    pages.set(caption, page);
    const from = page * ROWS_A_PAGE;
    const to = Math.min(from + ROWS_A_PAGE, count);
    const table = valuesTable(caption, heads, Array.from({ length: to - from }, (_, index) => rowAt(from + index)));
    place.replaceChildren(table, ...(last === 0 ? [] : [pager(page, last, `Rows ${from + 1} to ${to} of ${count.toLocaleString('en')}`, show)]));
  };
  show(Math.min(pages.get(caption) ?? 0, last));
  return place;
}

function pager(page: number, last: number, text: string, show: (page: number) => void): HTMLElement {
  const to = (label: string, next: number): HTMLButtonElement => {
    const button = h('button', { type: 'button', disabled: next < 0 || next > last || next === page }, label);
    button.addEventListener('click', () => {
      const nav = button.closest('.paged');
      show(next);
      // The button that was pressed, or where it is of no more use the other one.
      const again = [...(nav?.querySelectorAll<HTMLButtonElement>('.pager button') ?? [])];
      (again.find((one) => one.textContent === label && !one.disabled) ?? again.find((one) => !one.disabled))?.focus();
    });
    return button;
  };
  return h('nav', { class: 'pager', 'aria-label': 'Pages of the table' }, to('First', 0), to('Earlier rows', page - 1), h('span', { role: 'status' }, text), to('Later rows', page + 1), to('Last', last));
}
