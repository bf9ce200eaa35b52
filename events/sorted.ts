/** Object entries in code-unit order of their keys: insertion order differs between equal objects. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  // eslint-disable-next-line no-restricted-properties -- the one place where keys are listed, and then sorted
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Has the record no key but these? */
export function hasOnly(record: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>): boolean {
  // eslint-disable-next-line no-restricted-syntax -- whether, not in which order; for…in is the one that allocates nothing
  for (const key in record) if (!keys.has(key)) return false;
  return true;
}
