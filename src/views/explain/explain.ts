/**
 * Explains the values of an answer: events, sources, steps, rules and versions, so that a number can be checked by hand.
 * Each explanation is checked as it is given: what is stored is read back from the store, what is printed or computed is
 * computed again from its inputs; `checked` says whether that gave the value.
 */
import { CALENDAR_VERSION, QUANTITY_RULE } from '../../../events/index.js';
import type { Tracker } from '../../tracker.js';
import { answer, answerFrom, ViewError, type Answer, type Asked, type ViewContext } from '../context.js';
import { isGrid } from '../grid.js';
import { readEvents, readInput, sourceFields, type Read, type ReadInput } from './evidence-read.js';
import { placeOf, pointerOf, ruleFor, valuesBelow } from './places.js';
import type { AskedFields, ExplainedView } from './schema.js';
import { linksOf, type Fields, type Input, type Scope, type Table, type Told } from './told.js';

export interface ExplainQuery {
  /** Place of a value, or of an object or list of them; unstated: all. */
  at?: string | undefined;
  limit?: number | undefined;
}

/** What is explained in one answer, unless asked otherwise: a page of a long series is many events to read. */
export const EXPLAINED = 100;

interface Pending {
  scope: Scope;
  told: Told;
}

/**
 * @param view the answer that is explained, as it is served
 * @param table a rule for each number of the view, by its place
 * @throws ViewError of the view, and bad-parameter for a place that the answer does not have
 */
export async function explain(tracker: Tracker, asked: Asked, view: (context: ViewContext) => Answer<unknown>, table: Table, query: ExplainQuery): Promise<Answer<ExplainedView>> {
  if (isGrid(asked)) throw new ViewError('bad-parameter', 400, 'asOf, knownAt: expected one moment each: a grid is explained cell by cell');
  const pointer = pointerOf(query.at ?? '');
  const told = answerFrom(tracker.runner, asked, (context) => {
    const viewed = view(context);
    const body = viewed.body as Fields & AskedFields;
    const scopes = valuesBelow(context, body, pointer).filter((scope) => typeof scope.value === 'number' || placeOf(scope) === pointer);
    const pending = scopes.slice(0, query.limit ?? EXPLAINED).map((scope): Pending => ({ scope, told: tell(table, scope) }));
    const closed = answer(context, { body, pending, total: scopes.length });
    // A view may name rules beside its projections.
    return { ...closed, versions: [...new Set([...closed.versions, ...viewed.versions])].sort() };
  });
  const { body, pending, total } = told.body;
  const { asOf, knownAt, clock, imprecise } = body;
  const events = await readEvents(tracker, new Set(pending.flatMap((each) => each.told.inputs.flatMap(({ event }) => event ?? []))));
  return {
    ...told,
    body: {
      asOf,
      knownAt,
      clock,
      imprecise,
      at: pointer,
      total,
      versions: told.versions,
      quantityRule: QUANTITY_RULE,
      calendar: CALENDAR_VERSION,
      values: pending.map((each) => explained(each, events)),
      sources: [...events].sort(([a], [b]) => (a < b ? -1 : 1)).map(([link, read]) => sourceFields(link, read)),
    },
  };
}

/** Thrown when a number of a view has no rule in its table: a fault of the program, which the walk over the seeds finds. */
export class UnexplainedError extends Error {
  override readonly name = 'UnexplainedError';
}

function tell(table: Table, scope: Scope): Told {
  const rule = ruleFor(table, scope);
  if (rule) {
    const told = rule(scope);
    return { ...told, inputs: told.inputs.map((input) => grounded(table, scope, input)) };
  }
  if (typeof scope.value === 'number') throw new UnexplainedError(`no rule explains ${placeOf(scope)}`);
  return textTold(scope);
}

/** An input that is itself stored or printed is shown in its event at once: nobody has to ask again for it. */
function grounded(table: Table, { context, body }: Scope, input: Input): Input {
  if (input.at === undefined || input.field !== undefined) return input;
  const [scope] = valuesBelow(context, body, input.at);
  const told = scope && ruleFor(table, scope)?.(scope);
  const [only] = told && (told.how === 'stored' || told.how === 'printed') ? told.inputs : [];
  return only?.event === undefined || only.field === undefined ? input : { ...input, event: only.event, field: only.field };
}

/** A text or an empty place rests on the events of the nearest object that names any. */
function textTold({ owners, key, value }: Scope): Told {
  const links = owners.toReversed().map(linksOf).find((found) => found.length > 0) ?? [];
  return { says: value === null ? 'unknown: nothing that is known then gives it' : 'in words, from the events below', how: 'given', inputs: links.map((event) => ({ name: key, value: null, event })), result: value };
}

function explained({ scope, told }: Pending, events: ReadonlyMap<string, Read>): ExplainedView['values'][number] {
  const inputs = told.inputs.map((input) => readInput(input, events));
  return { at: placeOf(scope), value: scope.value, says: told.says, how: told.how, formula: told.formula ?? null, steps: [...(told.steps ?? [])], inputs: inputs.map((input) => input.view), checked: holds(scope, told, inputs) };
}

/** Is the value what its explanation gives? null: what was derived in steps is for the reader to follow. */
function holds({ value }: Scope, told: Told, inputs: readonly ReadInput[]): boolean | null {
  if (told.inputs.some((input, index) => input.event !== undefined && inputs[index]?.view.event === null)) return false;
  if (told.how === 'derived') return null;
  const [first] = inputs;
  if (told.how === 'stored') return first !== undefined && (first.held ?? null) === value;
  return near(told.how === 'printed' ? first?.[told.end ?? 'lo'] : told.result, value);
}

/** Sums are rounded at the end here and there: equal but for the last digits. */
function near(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b), 1e-3);
}
