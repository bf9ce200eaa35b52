/**
 * What makes one answer of a view another: fields and items of lists that come or change, and those that go. Applied to
 * the first answer it gives the second, to the byte. Pure, and used by server and clients alike.
 */

export type Body = Readonly<Record<string, unknown>>;
/** By the name of a list in the body: the fields that tell its items apart. */
export type Keys = Readonly<Record<string, readonly string[]>>;

export interface Upsert {
  /** Name of a field of the body. */
  field: string;
  /** Of an item of a list: the values of its key fields; absent: the whole field. */
  key?: readonly unknown[];
  /** Key of the item that it comes after, once what stands before it in `upserts` is done; null: it is the first. */
  after?: readonly unknown[] | null;
  value: unknown;
}

export interface Retraction {
  field: string;
  key?: readonly unknown[];
}

export interface Change {
  /** In the order in which they are to be done, after the retractions. */
  upserts: Upsert[];
  retractions: Retraction[];
}

type Item = Readonly<Record<string, unknown>>;

export function changeBetween(before: Body, now: Body, keys: Keys): Change {
  const change: Change = { upserts: [], retractions: [] };
  const fields = Object.keys(now);
  const kept = Object.keys(before).filter((field) => Object.hasOwn(now, field));
  // New fields go to the end: where that is not their place, all come anew.
  const sameOrder = kept.every((field, i) => field === fields[i]);
  for (const field of Object.keys(before)) if (!sameOrder || !Object.hasOwn(now, field)) change.retractions.push({ field });
  for (const field of fields) {
    const value = now[field];
    if (sameOrder && Object.hasOwn(before, field)) {
      const old = before[field];
      if (old === value) continue;
      const key = keys[field];
      const items = key && changeOfList(field, old, value, key);
      if (!items && JSON.stringify(old) === JSON.stringify(value)) continue;
      if (items) {
        change.upserts.push(...items.upserts);
        change.retractions.push(...items.retractions);
        continue;
      }
    }
    change.upserts.push({ field, value });
  }
  return change;
}

/** Null where its items can't be told apart, or those that stay changed places: the list then goes whole. */
function changeOfList(field: string, previous: unknown, now: unknown, key: readonly string[]): Change | null {
  const [old, fresh] = [keyed(previous, key), keyed(now, key)];
  if (!old || !fresh) return null;
  const stays = [...old.keys()].filter((id) => fresh.has(id));
  const stayed = [...fresh.keys()].filter((id) => old.has(id));
  if (stays.some((id, i) => id !== stayed[i])) return null;
  const upserts: Upsert[] = [];
  let after: readonly unknown[] | null = null;
  for (const [id, item] of fresh) {
    const own = valuesOf(item, key);
    const before = old.get(id);
    if (before === undefined || textOf(before) !== textOf(item)) upserts.push({ field, key: own, after, value: item });
    after = own;
  }
  return { upserts, retractions: [...old].filter(([id]) => !fresh.has(id)).map(([, item]) => ({ field, key: valuesOf(item, key) })) };
}

/** An item is compared when it comes, and once more with what comes after it. */
const texts = new WeakMap<Item, string>();

function textOf(item: Item): string {
  let text = texts.get(item);
  if (text === undefined) {
    text = JSON.stringify(item);
    texts.set(item, text);
  }
  return text;
}

/** Its items by key, in order; null where two have the same, or one has none. */
function keyed(list: unknown, key: readonly string[]): Map<string, Item> | null {
  if (!Array.isArray(list)) return null;
  const found = new Map<string, Item>();
  for (const item of list as unknown[]) {
    if (typeof item !== 'object' || item === null || key.some((name) => !Object.hasOwn(item, name))) return null;
    const id = JSON.stringify(valuesOf(item as Item, key));
    if (found.has(id)) return null;
    found.set(id, item as Item);
  }
  return found;
}

function valuesOf(item: Item, key: readonly string[]): unknown[] {
  return key.map((name) => item[name]);
}

/**
 * Thrown where a change is not one of this body: something was lost on the way. Take a fresh snapshot.
 */
export class ForeignChangeError extends Error {
  override readonly name = 'ForeignChangeError';
}

/**
 * The body after a change; the one before stays as it was.
 * @throws ForeignChangeError
 */
export function applyChange(before: Body, { upserts, retractions }: Change, keys: Keys): Body {
  const body = new Map(Object.entries(before));
  const lists = new Map<string, Map<string, Item>>();
  const listOf = (field: string): Map<string, Item> => {
    let list = lists.get(field);
    if (!list) {
      const own = keyed(body.get(field), keys[field] ?? []);
      if (!own || keys[field] === undefined) throw new ForeignChangeError(`${field}: a change of its items, and it is no list of such`);
      list = own;
      lists.set(field, list);
    }
    return list;
  };
  for (const { field, key } of retractions) {
    if (key === undefined) body.delete(field);
    else if (!listOf(field).delete(JSON.stringify(key))) throw new ForeignChangeError(`${field}: ${JSON.stringify(key)} goes, and is not there`);
  }
  const moved = new Map<string, { order: string[]; items: Map<string, Item> }>();
  for (const { field, key, after, value } of upserts) {
    if (key === undefined) {
      body.set(field, value);
      continue;
    }
    let own = moved.get(field);
    if (!own) {
      const items = listOf(field);
      own = { order: [...items.keys()], items };
      moved.set(field, own);
    }
    place(own, field, JSON.stringify(key), after === null || after === undefined ? null : JSON.stringify(after), value as Item);
  }
  for (const [field, items] of lists) {
    const order = moved.get(field)?.order ?? [...items.keys()];
    body.set(field, order.map((id) => items.get(id)));
  }
  return Object.fromEntries(body);
}

function place({ order, items }: { order: string[]; items: Map<string, Item> }, field: string, id: string, after: string | null, value: Item): void {
  if (items.has(id)) {
    // What stays keeps its place.
    items.set(id, value);
    return;
  }
  items.set(id, value);
  // Mostly at the end.
  const at = after === null ? 0 : order.at(-1) === after ? order.length : order.indexOf(after) + 1;
  if (after !== null && at === 0) throw new ForeignChangeError(`${field}: ${id} comes after ${after}, which is not there`);
  order.splice(at, 0, id);
}
