/** Where two answers of one view differ: values by their place, lists by what their items are about and not by their order. */
import { sortedEntries } from '../../events/index.js';

export interface Difference {
  /** Place in the answer, such as `level.marketValueLo` or `points[date=2025-11-04].close`. */
  key: string;
  /** null: there is none. A whole item where a list has it on one side alone. */
  before: unknown;
  after: unknown;
  /** The objects that the place is in, from the outermost in: where their events are named. */
  beforeOwners: readonly Fields[];
  afterOwners: readonly Fields[];
}

type Fields = Record<string, unknown>;

/** How it was asked, and which events stand behind it: not what it says. */
const NOT_COMPARED = new Set(['asOf', 'knownAt', 'clock', 'imprecise', 'scenario', 'event', 'events', 'eventId', 'sharesEvent', 'splitEvents', 'also', 'knownFrom', 'knownPrecision', 'estimated', 'again', 'result', 'basis']);

/** What an item of a list is about: the first of these that all items have, each another. */
const IDENTITIES: readonly (readonly string[])[] = [
  ['id'], ['eventId'], ['time', 'line'], ['relative'], ['date'], ['at'], ['holderKind'], ['holder'], ['aspect'], ['method'], ['kind'], ['instrument'], ['entity'], ['announcement'],
  ['model', 'benchmark', 'estimation', 'window'], ['from', 'to'], ['name'], ['test'], ['event'], ['text', 'document'], ['text'],
];

export function* differences(before: unknown, after: unknown): Generator<Difference> {
  yield* compare(before, after, '', [], []);
}

function* compare(before: unknown, after: unknown, key: string, beforeOwners: readonly Fields[], afterOwners: readonly Fields[]): Generator<Difference> {
  if (Array.isArray(before) || Array.isArray(after)) {
    yield* compareLists(before as unknown[] | null, after as unknown[] | null, key, beforeOwners, afterOwners);
    return;
  }
  if (isFields(before) && isFields(after)) {
    const names = [...new Set([...sortedEntries(before), ...sortedEntries(after)].map(([name]) => name))];
    for (const name of names) if (!NOT_COMPARED.has(name)) yield* compare(before[name] ?? null, after[name] ?? null, key === '' ? name : `${key}.${name}`, [...beforeOwners, before], [...afterOwners, after]);
    return;
  }
  if (before !== after && !isLink(before) && !isLink(after)) yield { key, before, after, beforeOwners: isFields(before) ? [...beforeOwners, before] : beforeOwners, afterOwners: isFields(after) ? [...afterOwners, after] : afterOwners };
}

function* compareLists(before: readonly unknown[] | null, after: readonly unknown[] | null, key: string, beforeOwners: readonly Fields[], afterOwners: readonly Fields[]): Generator<Difference> {
  const lists = [before ?? [], after ?? []];
  const all = lists.flat();
  if (!all.every(isFields)) {
    if (JSON.stringify(before) !== JSON.stringify(after) && !all.some(isLink)) yield { key, before, after, beforeOwners, afterOwners };
    return;
  }
  const identity = IDENTITIES.find((names) => lists.every((list) => namesAll(list as Fields[], names)));
  const nameOf = (item: Fields, index: number): string => (identity ? identity.map((name) => `${name}=${String(item[name])}`).join(',') : String(index));
  const [left, right] = lists.map((list) => new Map((list as Fields[]).map((item, index) => [nameOf(item, index), item]))) as [Map<string, Fields>, Map<string, Fields>];
  for (const name of new Set([...left.keys(), ...right.keys()])) yield* compare(left.get(name) ?? null, right.get(name) ?? null, `${key}[${name}]`, beforeOwners, afterOwners);
}

function namesAll(list: readonly Fields[], names: readonly string[]): boolean {
  const seen = new Set<string>();
  return list.every((item) => names.every((name) => typeof item[name] === 'string' || typeof item[name] === 'number') && seen.size < seen.add(JSON.stringify(names.map((name) => item[name]))).size);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLink(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('/v1/events/');
}

/** The events that an object names. */
export function linksIn(owner: Fields): string[] {
  return sortedEntries(owner).flatMap(([, value]) => (Array.isArray(value) ? (value as unknown[]) : [value])).filter((value): value is string => isLink(value));
}
