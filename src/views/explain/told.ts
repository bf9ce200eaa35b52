/**
 * How a value of a view is told: what it says, from what it was made, and by which formula. Each view has a table from
 * the place of a value (`/points/*\/price`) to the rule that tells it; the rules work on the answer itself, so what is
 * explained is what was served.
 */
import type { ViewContext } from '../context.js';

export type Plain = string | number | boolean | null;

/** What a value was made from: a field of a stored event, another value of the same answer, or a parameter. */
export interface Input {
  name: string;
  value: Plain;
  /** Where in the same answer it stands. */
  at?: string;
  /** The link of the event that holds it, and the place in that event's payload. */
  event?: string;
  field?: string;
}

/**
 * `stored`: the event holds it as it is; `printed`: an end of the interval that the printed figure allows, by the
 * quantity rule; `computed`: by the formula; `derived`: by constraint propagation, a step a line; `counted`: how many
 * inputs there are; `given`: asked with, or a version.
 */
export type How = 'stored' | 'printed' | 'computed' | 'derived' | 'counted' | 'given';

export interface Told {
  says: string;
  how: How;
  formula?: string;
  inputs: Input[];
  /** Further lines of working. */
  steps?: readonly string[];
  /** Recomputed from the inputs: must be the value. */
  result?: Plain;
  /** Of `printed`: which end. */
  end?: 'lo' | 'hi';
}

export type Fields = Record<string, unknown>;

/** A value in its answer. */
export interface Scope {
  context: ViewContext;
  body: Fields;
  /** Objects from the body down to the one that holds the value. */
  owners: readonly Fields[];
  owner: Fields;
  /** Pointer of the owner, and the value's own name in it. */
  base: string;
  key: string;
  value: Plain;
}

export type Rule = (scope: Scope) => Told;
export type Table = Readonly<Record<string, Rule>>;

/** A table below a place. */
export function under(prefix: string, table: Table): Table {
  return Object.fromEntries(Object.entries(table).map(([place, rule]) => [`${prefix}${place}`, rule]));
}

/** One rule for several fields of an object. */
export function each(names: readonly string[], rule: Rule): Table {
  return Object.fromEntries(names.map((name) => [`/${name}`, rule]));
}

export function given(says: string): Rule {
  return ({ key, value }) => ({ says, how: 'given', inputs: [{ name: key, value }], result: value });
}

/** Of answers with points left out. */
export const THINNED: Table = { '/thinned/points': given('points that there are in all'), '/thinned/kept': given('points of them in this answer, as asked for with maxPoints') };

/** The event holds the number itself. `link` names the owner's field with the event's link. */
export function stored(says: string, field: string, link = 'event'): Rule {
  return ({ owner, key, value }) => ({ says, how: 'stored', inputs: [{ name: key, value, ...at(owner, link, field) }] });
}

/** An end of the interval that a printed figure allows. */
export function printed(says: string, field: string | ((owner: Fields) => string), end: 'lo' | 'hi', link = 'event'): Rule {
  return ({ owner, key, value }) => ({ says: `${says}: the ${end === 'lo' ? 'lower' : 'upper'} end of what the printed figure allows`, how: 'printed', end, inputs: [{ name: key, value, ...at(owner, link, typeof field === 'string' ? field : field(owner)) }] });
}

/** Computed from other fields of the same object, by name. */
export function computed(says: string, formula: string, names: readonly string[], compute: (...values: number[]) => number | null): Rule {
  return ({ owner, base }) => {
    const inputs = names.map((name): Input => ({ name, value: plain(owner[name]), at: `${base}/${name}` }));
    const numbers = inputs.map((input) => (typeof input.value === 'number' ? input.value : NaN));
    return { says, how: 'computed', formula, inputs: inputs.map((input) => withEvent(input, owner)), result: compute(...numbers) };
  };
}

/** How many there are of something. */
export function counted(says: string, of: (scope: Scope) => Input[]): Rule {
  return (scope) => {
    const inputs = of(scope);
    return { says, how: 'counted', inputs, result: inputs.length };
  };
}

export function plain(value: unknown): Plain {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The events behind an object of an answer, as its own fields name them. */
export function linksOf(owner: Fields): string[] {
  const found = Object.values(owner).flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
  return [...new Set(found.filter((value): value is string => typeof value === 'string' && value.startsWith('/v1/events/')))];
}

function at(owner: Fields, link: string, field: string): Pick<Input, 'event' | 'field'> {
  const event = owner[link];
  return typeof event === 'string' ? { event, field } : {};
}

/** A field of the same object rests on the object's own event, shares on theirs. */
function withEvent(input: Input, owner: Fields): Input {
  const link = input.name.startsWith('shares') ? owner['sharesEvent'] : owner['event'];
  return typeof link === 'string' ? { ...input, event: link } : input;
}
