/** Where two replays part: the first line that is not the same, and the field in it. */

export interface Parting {
  /** 1-based. */
  line: number;
  /** Ids of the events there; null: that replay had ended. */
  a: string | null;
  b: string | null;
  /** The first field that differs, such as `event.data.close`; null where only the bytes do. */
  path: string | null;
}

/**
 * @param ignore fields that may differ, such as `event.position`: places are of a store
 * @returns null where both are the same to the end; `lines` compared
 */
export async function compareReplays(a: AsyncIterable<string>, b: AsyncIterable<string>, ignore: readonly string[] = []): Promise<{ lines: number; parting: Parting | null }> {
  const [left, right] = [a[Symbol.asyncIterator](), b[Symbol.asyncIterator]()];
  for (let line = 1; ; line += 1) {
    const [x, y] = await Promise.all([left.next(), right.next()]);
    if (x.done && y.done) return { lines: line - 1, parting: null };
    if (!x.done && !y.done && x.value === y.value) continue;
    const [own, other] = [x.done ? null : parsed(x.value), y.done ? null : parsed(y.value)];
    if (ignore.length > 0 && own !== null && other !== null && difference(own, other, '', ignore) === null) continue;
    return { lines: line - 1, parting: { line, a: idOf(own), b: idOf(other), path: own === null || other === null ? null : difference(own, other, '', ignore) } };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function idOf(line: unknown): string | null {
  if (line === null) return null;
  const event = (line as { event?: { id?: unknown } }).event;
  return typeof event?.id === 'string' ? event.id : 'no event';
}

function difference(a: unknown, b: unknown, path: string, ignore: readonly string[]): string | null {
  if (Object.is(a, b) || ignore.includes(path)) return null;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return path === '' ? 'the line' : path;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = [...new Set([...Object.getOwnPropertyNames(left), ...Object.getOwnPropertyNames(right)])].filter((name) => name !== 'length');
  for (const name of names) {
    const found = difference(left[name], right[name], Array.isArray(a) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`, ignore);
    if (found !== null) return found;
  }
  return null;
}
