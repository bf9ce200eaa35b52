/** Places in an answer: JSON pointers, the values below one, and the table entry that tells a value. */
import { ViewError, type ViewContext } from '../context.js';
import { plain, type Fields, type Rule, type Scope, type Table } from './told.js';

/** `/level/price`, or as commands and people write it: `level.price`. */
export function pointerOf(given: string): string {
  return given === '' || given.startsWith('/') ? given : `/${given.replaceAll('.', '/')}`;
}

/**
 * Every value at or below a place. Below it empty values are left out; a place that names one gives it.
 * @throws ViewError bad-parameter, with what there is, for a place that the answer does not have
 */
export function valuesBelow(context: ViewContext, body: Fields, pointer: string): Scope[] {
  const parts = pointer === '' ? [] : pointer.slice(1).split('/');
  let owners: Fields[] = [];
  let here: unknown = body;
  for (const [index, part] of parts.entries()) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) throw new ViewError('bad-parameter', 400, `at: the answer has nothing at ${parts.slice(0, index + 1).join('/')}; ${namesIn(here, parts.slice(0, index))}`);
    owners = [...owners, here as Fields];
    here = (here as Fields)[part];
  }
  const found: Scope[] = [];
  const visit = (value: unknown, path: readonly string[], above: readonly Fields[]): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, below] of Object.entries(value)) visit(below, [...path, name], [...above, value as Fields]);
      return;
    }
    if (value === null && path.length > parts.length) return;
    found.push({ context, body, owners: above, owner: above.at(-1) ?? body, base: path.slice(0, -1).map((part) => `/${part}`).join(''), key: path.at(-1) ?? '', value: plain(value) });
  };
  visit(here, parts, owners);
  return found;
}

export function placeOf({ base, key }: Pick<Scope, 'base' | 'key'>): string {
  return `${base}/${key}`;
}

export function ruleFor(table: Table, scope: Scope): Rule | undefined {
  const place = placeOf(scope);
  return table[place] ?? table[place.replaceAll(/\/\d+(?=\/|$)/g, '/*')];
}

function namesIn(here: unknown, path: readonly string[]): string {
  const where = path.length === 0 ? 'it' : path.join('/');
  if (Array.isArray(here)) return here.length === 0 ? `${where} is empty` : `${where} has 0 to ${here.length - 1}`;
  return typeof here === 'object' && here !== null ? `${where} has ${Object.keys(here).join(', ')}` : `${where} is ${here === null ? 'empty: nothing is known of it' : 'a value'}`;
}
