/** The token of a server that asks for one: asked of the reader, and kept for as long as the tab is open. */
import { h } from './dom.js';

const KEY = 'tracker-token';
let asking: Promise<void> | null = null;

/** The header that says who asks; nothing where no token was given. */
export function tokenHeader(): Record<string, string> {
  const token = sessionStorage.getItem(KEY);
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}

/**
 * Resolves when another token was given. All who ask at once wait for one.
 * @param reason why the last one did not do
 */
export function askToken(reason: string): Promise<void> {
  asking ??= new Promise<void>((resolve) => {
    const input = h('input', { type: 'password', name: 'token', required: true, autocomplete: 'off', spellcheck: 'false', placeholder: 'mrt_…' });
    const dialog = h('dialog', { class: 'token', 'aria-label': 'Token' },
      h('form', { onsubmit: (event) => {
        event.preventDefault();
        sessionStorage.setItem(KEY, input.value.trim());
        dialog.close();
        dialog.remove();
        asking = null;
        resolve();
      } },
        h('p', {}, 'This tracker asks for a token with the scope read. It is kept until this tab is closed.'),
        sessionStorage.getItem(KEY) === null ? null : h('p', { class: 'notice' }, reason),
        h('label', { class: 'field' }, 'Token ', input),
        h('button', { type: 'submit', class: 'primary' }, 'Show')));
    // There is nothing to see without it.
    dialog.addEventListener('cancel', (event) => { event.preventDefault(); });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
