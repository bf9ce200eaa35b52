/** A form made from a JSON schema: what may be left out is left out when it is empty, and a choice of shapes is a choice. */
import { h, type Child } from './dom.js';
import { capital, words } from './format.js';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: string[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  description?: string;
  examples?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
}

export interface FormSetting {
  /** Named schemas. */
  schemas: Readonly<Record<string, Schema>>;
  /** Text by the place of a field, such as metadata.source.document. */
  initial: Readonly<Record<string, string>>;
  /** Places that are not asked for. */
  hidden: ReadonlySet<string>;
  /** What a field of this name can be, as far as it is known. */
  known: Readonly<Record<string, readonly string[]>>;
}

export interface Field {
  element: HTMLElement | null;
  /** undefined: left out. @throws FieldError */
  read(): unknown;
  /** Shows a fault at its place, or as near to it as there is a field. */
  mark(place: string, fault: string): boolean;
}

/** Thrown when fields can't be read as what they should be: all of them, each with its place. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  constructor(readonly faults: readonly { place: string; fault: string }[]) {
    super(faults.map(({ place, fault }) => `${place}: ${fault}`).join('; '));
  }
}

/** Reads each, and then tells of all that can't be read. @throws FieldError */
function readAll<T>(parts: readonly T[], read: (part: T) => unknown): unknown[] {
  const faults: { place: string; fault: string }[] = [];
  const values = parts.map((part) => {
    try {
      return read(part);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  });
  if (faults.length > 0) throw new FieldError(faults);
  return values;
}

/** @param place of this part in the whole; empty: it is the whole */
export function schemaField(schema: Schema, place: string, required: boolean, setting: FormSetting): Field {
  const resolved = resolve(schema, setting);
  if (setting.hidden.has(place)) return fixed(undefined);
  if (resolved.const !== undefined) return fixed(resolved.const);
  if (resolved.anyOf) return choiceField(resolved, resolved.anyOf, place, required, setting);
  if (resolved.properties) return objectField(resolved, resolved.properties, place, required, setting);
  if (resolved.type === 'array') return listField(resolved, place, required, setting);
  return inputField(resolved, place, required, setting);
}

function resolve(schema: Schema, { schemas }: FormSetting): Schema {
  const name = schema.$ref?.split('/').pop();
  return name === undefined ? schema : { ...schemas[name], ...(schema.description === undefined ? {} : { description: schema.description }) };
}

function fixed(value: unknown): Field {
  return { element: null, read: () => value, mark: () => false };
}

const nameOf = (place: string): string => place.split('.').pop() ?? place;
const labelOf = (place: string): string => capital(words(nameOf(place).replace(/^\$/, '')).replace(/^\d+$/, (index) => `No. ${Number(index) + 1}`));

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function hint(schema: Schema): Child {
  const [example] = schema.examples ?? [];
  const parts = [schema.description, example === undefined ? undefined : `such as ${shown(example)}`, schema.default === undefined ? undefined : `unstated: ${shown(schema.default)}`].filter((part) => part !== undefined);
  return parts.length === 0 ? null : h('small', {}, parts.join('; '));
}

/** A place for what is wrong with a field, or below it. */
function faultLine(): { element: HTMLElement; show: (text: string) => void } {
  const element = h('p', { class: 'fault', role: 'alert', hidden: true });
  return {
    element,
    show(text) {
      element.textContent = element.hidden ? text : `${element.textContent ?? ''}; ${text}`;
      element.hidden = false;
    },
  };
}

let lists = 0;

function inputField(schema: Schema, place: string, required: boolean, setting: FormSetting): Field {
  const fault = faultLine();
  const initial = setting.initial[place] ?? '';
  const type = [schema.type ?? 'json'].flat();
  const attributes = { name: place, required };
  const options = schema.enum ?? (type[0] === 'boolean' ? ['true', 'false'] : null);
  const known = setting.known[nameOf(place)];
  const list = options === null && known !== undefined && known.length > 0 ? h('datalist', { id: `known-${(lists += 1)}` }, known.map((value) => h('option', { value }))) : null;
  const numeric = (type[0] === 'number' || type[0] === 'integer') && type.length === 1;
  const input = options
    ? h('select', attributes, required && initial !== '' ? null : h('option', { value: '' }, required ? 'choose' : 'left out'), options.map((value) => h('option', { value, selected: value === initial }, value)))
    : h('input', { ...attributes, type: numeric ? 'number' : 'text', step: numeric ? 'any' : null, min: schema.minimum, max: schema.maximum, value: initial, list: list?.id, autocomplete: 'off', spellcheck: 'false' });
  return {
    element: h('div', { class: 'form-field' }, h('label', { class: 'field' }, h('span', {}, labelOf(place), required ? '' : ' (may be left out)'), input), list, hint(schema), fault.element),
    read() {
      fault.element.hidden = true;
      const text = input.value.trim();
      if (text === '') {
        if (required) throw new FieldError([{ place, fault: 'expected a value' }]);
        return undefined;
      }
      return valueOf(text, type, place);
    },
    mark(at, text) {
      if (at !== place) return false;
      fault.show(text);
      input.setAttribute('aria-invalid', 'true');
      input.addEventListener('input', () => { input.removeAttribute('aria-invalid'); }, { once: true });
      return true;
    },
  };
}

function valueOf(text: string, type: readonly string[], place: string): unknown {
  if (type.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (type.includes('string')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new FieldError([{ place, fault: `expected ${type.join(' or ')}, got ${JSON.stringify(text)}` }]);
  }
}

/** Where one may be left out it is folded, and is there when it is opened. */
function optional(place: string, required: boolean, setting: FormSetting, schema: Schema, content: Child): { element: HTMLElement; there: () => boolean } {
  if (place === '') return { element: h('div', { class: 'form-group' }, content), there: () => true };
  if (required) return { element: h('fieldset', {}, h('legend', {}, labelOf(place)), hint(schema), content), there: () => true };
  const given = Object.keys(setting.initial).some((name) => name.startsWith(`${place}.`));
  const details = h('details', { open: given, class: 'form-optional' }, h('summary', {}, `${labelOf(place)} (open to give it)`), hint(schema), content);
  return { element: details, there: () => details.open };
}

function objectField(schema: Schema, properties: Readonly<Record<string, Schema>>, place: string, required: boolean, setting: FormSetting): Field {
  const must = new Set(schema.required);
  const fault = faultLine();
  const names = Object.keys(properties).sort((a, b) => Number(must.has(b)) - Number(must.has(a)));
  const fields = names.map((name) => ({ name, field: schemaField(properties[name] as Schema, place === '' ? name : `${place}.${name}`, must.has(name), setting) }));
  const { element, there } = optional(place, required, setting, schema, [fields.map(({ field }) => field.element), fault.element]);
  return {
    element: fields.every(({ field }) => field.element === null) ? null : element,
    read() {
      fault.element.hidden = true;
      if (!there()) return undefined;
      const values = readAll(fields, ({ field }) => field.read());
      return Object.fromEntries(fields.flatMap(({ name }, index): [string, unknown][] => (values[index] === undefined ? [] : [[name, values[index]]])));
    },
    mark(at, text) {
      if (fields.some(({ field }) => field.mark(at, text))) return true;
      if (at !== place && !(place !== '' && at.startsWith(`${place}.`))) return false;
      fault.show(at === place ? text : `${at}: ${text}`);
      return true;
    },
  };
}

function choiceField(schema: Schema, variants: readonly Schema[], place: string, required: boolean, setting: FormSetting): Field {
  const shapes = variants.map((variant) => resolve(variant, setting));
  const labels = shapes.map((shape, index) => shapeName(shape, shapes) ?? `shape ${index + 1}`);
  const given = Math.max(0, labels.findIndex((label) => Object.keys(setting.initial).some((name) => name === `${place}.${label}` || setting.initial[place] === label)));
  const body = h('div', { class: 'form-choice' });
  let field = fixed(undefined);
  const show = (index: number): void => {
    field = schemaField(shapes[index] ?? {}, place, true, { ...setting, hidden: new Set([...setting.hidden].filter((one) => one !== place)) });
    body.replaceChildren(...(field.element ? [field.element] : []));
  };
  const select = h('select', { name: `${place}-shape`, onchange: (event) => { show((event.target as HTMLSelectElement).selectedIndex); } }, labels.map((label, index) => h('option', { selected: index === given }, label)));
  show(given);
  const head = h('label', { class: 'field' }, h('span', {}, place === '' ? 'Kind' : `${labelOf(place)}, given as`), select);
  const { element, there } = optional(place, place === '' ? true : required, setting, schema, [head, body]);
  return { element, read: () => (there() ? field.read() : undefined), mark: (at, text) => field.mark(at, text) };
}

/** What tells a shape from the others: a fixed value in it, its first field, or its type. */
function shapeName(shape: Schema, all: readonly Schema[]): string | null {
  const fixedValues = Object.values(shape.properties ?? {}).flatMap(({ const: value }) => (typeof value === 'string' ? [value] : []));
  if (fixedValues[0] !== undefined) return fixedValues[0];
  const own = shape.required?.find((name) => all.every((other) => other === shape || !other.required?.includes(name)));
  if (own !== undefined) return own;
  if (shape.enum) return shape.enum.join(' or ');
  if (shape.properties) return Object.values(shape.properties)[0]?.enum?.[0] === undefined ? (shape.required ?? []).join(' and ') : 'figure';
  return shape.type === undefined ? null : [shape.type].flat().join(' or ');
}

function listField(schema: Schema, place: string, required: boolean, setting: FormSetting): Field {
  const fields: { field: Field; row: HTMLElement }[] = [];
  const rows = h('div', { class: 'form-list' });
  const add = (): void => {
    const field = schemaField(schema.items ?? {}, `${place}.${fields.length}`, true, setting);
    const row = h('div', { class: 'form-row' }, field.element);
    fields.push({ field, row });
    rows.append(row);
  };
  const least = required ? Math.max(1, schema.minItems ?? 0) : 0;
  for (let count = 0; count < least; count += 1) add();
  const remove = (): void => { if (fields.length > least) fields.pop()?.row.remove(); };
  const fault = faultLine();
  return {
    element: h('fieldset', {}, h('legend', {}, labelOf(place), required ? '' : ' (may be left out)'), hint(schema), rows, h('p', { class: 'form-buttons' }, h('button', { type: 'button', onclick: add }, 'One more'), h('button', { type: 'button', onclick: remove }, 'One less')), fault.element),
    read: () => (fields.length === 0 ? undefined : readAll(fields, ({ field }) => field.read())),
    mark(at, text) {
      if (fields.some(({ field }) => field.mark(at, text))) return true;
      if (at !== place && !at.startsWith(`${place}.`)) return false;
      fault.show(text);
      return true;
    },
  };
}
