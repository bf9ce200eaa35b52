/**
 * Constraint propagation over intervals: facts give variables their bounds, relations (a + b = c, a × b = c) carry them
 * on until nothing narrows any more. Pure and general: it knows no market.
 *
 * Each sweep applies the relations in one fixed order, so the result does not depend on the order of the facts, and
 * more facts only ever narrow. It is sound (a true value is never excluded) and, like any propagation of single
 * relations, not complete: what it lets stand may still be impossible for reasons that span several relations.
 */
import { intersect, type Interval } from '../../events/index.js';
import { ANYTHING, asStated, gapBetween, type Gap, minus, over, plus, sameInterval, stretched, times } from './outward.js';

/** `sum`: a + b = c; `product`: a × b = c. */
export interface Relation {
  kind: 'sum' | 'product';
  a: string;
  b: string;
  c: string;
}

export interface Fact {
  id: string;
  variable: string;
  allowed: Interval;
  /** Measured facts are not asked to give way while a claim can. */
  firm: boolean;
}

export interface Network {
  relations: readonly Relation[];
  /** What a variable is by its nature, such as a price: positive. */
  natural: ReadonlyMap<string, Interval>;
}

/** One narrowing: which operands gave what. */
export interface Step {
  variable: string;
  operation: '+' | '−' | '×' | '÷';
  left: Operand;
  right: Operand;
  result: Interval;
}

export interface Operand {
  variable: string;
  value: Interval;
}

export interface Propagated {
  /** What each variable can still be; null: the facts exclude each other. */
  domains: ReadonlyMap<string, Interval> | null;
  /** The last narrowing of each variable that was not given by a fact. */
  steps: ReadonlyMap<string, Step>;
}

/** Enough for any chain that the relations of a market form; a cycle that still narrows then has converged for all practical purposes. */
const SWEEPS = 64;

export function propagate(network: Network, facts: readonly Fact[]): Propagated {
  const { domains, steps } = narrow(network, facts);
  const { names } = compiled(network);
  const byName = <T>(list: readonly (T | undefined)[]): Map<string, T> => new Map(list.flatMap((value, at): [string, T][] => (value === undefined ? [] : [[names[at] as string, value]])));
  return { domains: domains && byName(domains), steps: byName(steps) };
}

/** The same by the variables' numbers. */
interface Narrowed {
  domains: readonly (Interval | undefined)[] | null;
  steps: readonly (NarrowStep | undefined)[];
}

interface NarrowStep extends Step {
  operands: readonly [number, number];
}

function narrow(network: Network, facts: readonly Fact[]): Narrowed {
  const { names, numbers, relations, natural } = compiled(network);
  const domains = [...natural];
  const steps: (NarrowStep | undefined)[] = [];
  /** When each variable last narrowed, and each relation was last applied: one whose variables stayed says nothing new. */
  const narrowed: number[] = new Array<number>(names.length).fill(0);
  const applied: number[] = new Array<number>(relations.length).fill(-1);
  for (const fact of facts) {
    const variable = numberOf(fact.variable, names, numbers);
    const both = intersect(domains[variable] ?? ANYTHING, asStated(fact.allowed));
    if (both === null) return { domains: null, steps };
    domains[variable] = both;
  }
  let clock = 0;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let changed = false;
    for (let index = 0; index < relations.length; index += 1) {
      const { variables, narrowings } = relations[index] as CompiledRelation;
      const last = applied[index] ?? -1;
      if (last >= 0 && variables.every((variable) => (narrowed[variable] ?? 0) <= last)) continue;
      let own = false;
      for (const { variable, left, operation, right } of narrowings) {
        const before = domains[variable] ?? ANYTHING;
        const [x, y] = [domains[left] ?? ANYTHING, domains[right] ?? ANYTHING];
        const after = intersect(before, OPERATIONS[operation](x, y));
        if (after === null) return { domains: null, steps };
        if (sameInterval(after, before)) continue;
        domains[variable] = after;
        steps[variable] = { variable: names[variable] as string, operation, left: { variable: names[left] as string, value: x }, right: { variable: names[right] as string, value: y }, result: after, operands: [left, right] };
        clock += 1;
        narrowed[variable] = clock;
        own = true;
      }
      // What it narrowed itself may still narrow its other variables: it is applied again unless nothing came of it.
      applied[index] = own ? clock - 1 : clock;
      changed ||= own;
    }
    if (!changed) break;
  }
  return { domains, steps };
}

const OPERATIONS: Record<Step['operation'], (x: Interval, y: Interval) => Interval> = { '+': plus, '−': minus, '×': times, '÷': over };

interface CompiledRelation {
  variables: readonly number[];
  narrowings: readonly { variable: number; left: number; operation: Step['operation']; right: number }[];
}

/** A network with its variables as numbers: relaxations ask one network thousands of times. */
interface Compiled {
  names: string[];
  numbers: Map<string, number>;
  relations: CompiledRelation[];
  natural: (Interval | undefined)[];
}

const known = new WeakMap<Network, Compiled>();

function compiled(network: Network): Compiled {
  const found = known.get(network);
  if (found) return found;
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const of = (name: string): number => numberOf(name, names, numbers);
  const natural: (Interval | undefined)[] = [];
  for (const [name, allowed] of network.natural) natural[of(name)] = allowed;
  const relations = network.relations.map(({ kind, ...relation }): CompiledRelation => {
    const [a, b, c] = [of(relation.a), of(relation.b), of(relation.c)];
    const [forth, back] = kind === 'sum' ? (['+', '−'] as const) : (['×', '÷'] as const);
    return { variables: [a, b, c], narrowings: [{ variable: c, left: a, operation: forth, right: b }, { variable: a, left: c, operation: back, right: b }, { variable: b, left: c, operation: back, right: a }] };
  });
  const made = { names, numbers, relations, natural };
  known.set(network, made);
  return made;
}

/** Of a variable that no relation has, too: facts may be of any. */
function numberOf(name: string, names: string[], numbers: Map<string, number>): number {
  const found = numbers.get(name);
  if (found !== undefined) return found;
  numbers.set(name, names.length);
  return names.push(name) - 1;
}

/** What facts say of each variable, without how; null where they exclude each other. */
export function valuesBy(network: Network, facts: readonly Fact[]): ((variable: string) => Interval) | null {
  const { domains } = narrow(network, facts);
  const { names, numbers } = compiled(network);
  return domains && ((variable) => domains[numberOf(variable, names, numbers)] ?? ANYTHING);
}

export interface Implied {
  value: Interval;
  /** From the facts to the variable, each narrowing after those it rests on. */
  steps: Step[];
}

/** What facts say of a variable; null where they exclude each other. */
export function impliedBy(network: Network, facts: readonly Fact[], variable: string): Implied | null {
  const { domains, steps } = narrow(network, facts);
  if (domains === null) return null;
  const { names, numbers } = compiled(network);
  const own = numberOf(variable, names, numbers);
  const path: Step[] = [];
  const told = new Set<number>();
  const tell = (at: number): void => {
    const step = steps[at];
    if (!step || told.has(at)) return;
    told.add(at);
    const { operands, ...shown } = step;
    operands.forEach(tell);
    path.push(shown);
  };
  tell(own);
  return { value: domains[own] ?? ANYTHING, steps: path };
}

/** The fewest of the facts that still imply the same of a variable: dropped one by one, later ones first. */
export function supportOf(network: Network, facts: readonly Fact[], variable: string): Fact[] {
  const { names, numbers } = compiled(network);
  const own = numberOf(variable, names, numbers);
  const { domains: whole } = narrow(network, facts);
  if (whole === null) return [...facts];
  return dropped(facts, (rest) => {
    const { domains: less } = narrow(network, rest);
    return less !== null && sameInterval(less[own] ?? ANYTHING, whole[own] ?? ANYTHING);
  });
}

/** A set of facts that exclude each other, of which none can be left out; null where the facts can all hold. */
export function minimalConflict(network: Network, facts: readonly Fact[]): Fact[] | null {
  const contradicts = (some: readonly Fact[]): boolean => narrow(network, some).domains === null;
  return contradicts(facts) ? dropped(facts, contradicts) : null;
}

function dropped(facts: readonly Fact[], still: (rest: readonly Fact[]) => boolean): Fact[] {
  let kept = [...facts];
  for (const fact of [...facts].reverse()) {
    const rest = kept.filter((other) => other !== fact);
    if (still(rest)) kept = rest;
  }
  return kept;
}

/** How far one fact would have to be stretched for a conflict to end, the others as they are. */
export interface Relaxation {
  fact: Fact;
  /** What the others imply of its variable. */
  implied: Implied;
  end: 'lo' | 'hi';
  from: number;
  to: number;
  /** false: `to` itself does not do, the end must go beyond it. */
  reached: boolean;
  by: number;
  /** `by` as a part of the end's size: by this relaxations of different units are compared. Infinity for an end at zero. */
  relative: number;
}

const DOUBLINGS = 64;

/**
 * The least stretch of one fact of a conflict. What the others imply is where it begins; where single relations are too
 * weak to see that this is not yet enough, it is widened until it is, then narrowed again by halves.
 * @param conflict as minimalConflict gives it
 * @returns null where no stretch of this fact alone helps
 */
export function relaxationOf(network: Network, conflict: readonly Fact[], fact: Fact): Relaxation | null {
  const others = conflict.filter((other) => other !== fact);
  const implied = impliedBy(network, others, fact.variable);
  const gap = implied && gapBetween(fact.allowed, implied.value);
  if (!implied || !gap) return null;
  const resolves = (to: number): boolean => narrow(network, [...others, { ...fact, allowed: stretched(fact.allowed, gap.end, to) }]).domains !== null;
  let { to, reached } = gap;
  if (!resolves(to + (to - gap.from) * 1e-9)) {
    const found = leastThatResolves(gap, resolves);
    if (found === null) return null;
    to = found;
    reached = true;
  }
  const by = Math.abs(to - gap.from);
  return { fact, implied, end: gap.end, from: gap.from, to, reached, by, relative: gap.from === 0 ? Infinity : by / Math.abs(gap.from) };
}

function leastThatResolves(gap: Gap, resolves: (to: number) => boolean): number | null {
  const at = (stretch: number): number => (gap.end === 'hi' ? gap.to + stretch : gap.to - stretch);
  let stretch = gap.size || Math.abs(gap.to) || 1;
  let bad = 0;
  for (let i = 0; !resolves(at(stretch)); i += 1) {
    if (i === DOUBLINGS) return null;
    bad = stretch;
    stretch *= 2;
  }
  for (let i = 0; i < DOUBLINGS; i += 1) {
    const middle = (bad + stretch) / 2;
    if (resolves(at(middle))) stretch = middle;
    else bad = middle;
  }
  return at(stretch);
}

/** Every relaxation that would end a conflict, the least first: of claims where there are any, else of what was measured. */
export function relaxationsOf(network: Network, conflict: readonly Fact[]): Relaxation[] {
  const soft = conflict.filter((fact) => !fact.firm);
  const found = (soft.length > 0 ? soft : conflict).flatMap((fact) => relaxationOf(network, conflict, fact) ?? []);
  return found.sort((x, y) => x.relative - y.relative || (x.fact.id < y.fact.id ? -1 : 1));
}
