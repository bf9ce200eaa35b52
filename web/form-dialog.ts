/** A dialog with a form of a schema: sends what it says, shows faults at their places, and keeps what was typed. */
import { OfflineError, ProblemError } from './api.js';
import { h, type Child } from './dom.js';
import { FieldError, schemaField, type FormSetting, type Schema } from './schema-form.js';

export interface FormDialog {
  title: string;
  intro: Child;
  schema: Schema;
  setting: FormSetting;
  /** What the button says. */
  action: string;
  /** @returns what is said when it was taken; null: the dialog closes */
  send: (value: unknown) => Promise<Child>;
}

export function openForm({ title, intro, schema, setting, action, send }: FormDialog): void {
  const field = schemaField(schema, '', true, setting);
  const said = h('div', { class: 'said', 'aria-live': 'polite' });
  const button = h('button', { type: 'submit', class: 'primary' }, action);
  const form = h('form', { novalidate: true, onsubmit: (event) => { event.preventDefault(); void submit(); } }, field.element, said, h('p', { class: 'form-buttons' }, button));
  const dialog = h('dialog', { class: 'explanation form', 'aria-label': title }, h('div', { class: 'section-head' }, h('h2', {}, title), h('button', { type: 'button', onclick: () => { dialog.close(); } }, 'Close')), h('div', { class: 'quiet' }, intro), form);
  dialog.addEventListener('close', () => { dialog.remove(); });

  async function submit(): Promise<void> {
    for (const old of form.querySelectorAll<HTMLElement>('.fault')) old.hidden = true;
    said.replaceChildren();
    button.disabled = true;
    try {
      const answer = await send(field.read());
      if (answer === null) dialog.close();
      else said.replaceChildren(h('p', { class: 'notice good' }, answer));
    } catch (error) {
      said.replaceChildren(h('p', { class: 'notice bad' }, faultsOf(error)));
      form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
    button.disabled = false;
  }

  /** Those with a field are told there; here what is left. */
  function faultsOf(error: unknown): string {
    if (error instanceof FieldError) {
      const left = error.faults.filter(({ place, fault }) => !field.mark(place, fault));
      return left.length === 0 ? 'Nothing was sent: see the fields that are marked.' : error.message;
    }
    if (error instanceof OfflineError) return `The tracker does not answer (${error.message}). Nothing is lost: send it again.`;
    if (!(error instanceof ProblemError)) throw error;
    const left = error.errors.filter(({ path, expected, received }) => !field.mark(path, `expected ${expected.replace(/^expected /, '')}, got ${received}`));
    if (error.errors.length > 0 && left.length === 0) return 'Nothing was stored: see the fields that are marked.';
    return error.message;
  }

  document.body.append(dialog);
  dialog.showModal();
}
