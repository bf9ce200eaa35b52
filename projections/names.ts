/** The names of a ledger's packed rows (series and streams), each once, in the order of their first use. */

export interface Names {
  readonly list: string[];
  /** Made when first asked for: a ledger that was restored and only read needs none. */
  places: Map<string, number> | null;
}

export function emptyNames(): Names {
  return { list: [], places: null };
}

export function placeOf(names: Names, name: string): number | undefined {
  names.places ??= new Map(names.list.map((known, place) => [known, place]));
  return names.places.get(name);
}

export function addNames(names: Names, added: readonly string[]): void {
  for (const name of added) {
    names.places?.set(name, names.list.length);
    names.list.push(name);
  }
}
