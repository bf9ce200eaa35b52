/**
 * Merges small blocks. A live feed writes blocks of one event, which take longer to decode and more room; neighbours are
 * put together into one block of the same events under the first one's key, in one transaction. Sequences, revisions and
 * the stream index stay as they are, so readers and other processes notice nothing.
 */
import { DamagedStoreError } from '../port.js';
import { countOf, decodeStored, encodeBlock, MAX_BLOCK_BYTES, MAX_BLOCK_EVENTS, type StoredEvent } from './block.js';
import type { Environment } from './environment.js';
import { refresh } from './pages.js';

/** Blocks looked at in one transaction: a few milliseconds, in which nobody else can append. */
const STEP = 512;
/** Fewer blocks than this since the last merge are left for later. */
export const WORTHWHILE = 2 * MAX_BLOCK_EVENTS;

interface Group {
  first: number;
  keys: number[];
  events: StoredEvent[];
  bytes: number;
}

/** Whether enough blocks have come since the last merge. */
export function mergeIsWorthwhile(environment: Environment): boolean {
  refresh(environment);
  let count = 0;
  for (const _ of environment.blocks.getKeys({ start: mergedTo(environment), limit: WORTHWHILE })) count++;
  return count === WORTHWHILE;
}

/**
 * One step, to be run inside a write transaction.
 * @returns how many blocks it did away with, and whether there is more to look at
 */
export function mergeStep(environment: Environment): { removed: number; more: boolean } {
  const start = mergedTo(environment);
  const found: { key: number; value: Buffer }[] = [];
  for (const { key, value } of environment.blocks.getRange({ start, limit: STEP })) found.push({ key, value });
  const groups: Group[] = [];
  let current: Group | undefined;
  for (const { key, value } of found) {
    const count = countOf(value);
    if (!current || current.events.length + count > MAX_BLOCK_EVENTS || current.bytes + value.length > MAX_BLOCK_BYTES) {
      current = { first: key, keys: [], events: [], bytes: 0 };
      groups.push(current);
    }
    try {
      current.events.push(...decodeStored(key, value));
    } catch (error) {
      if (!(error instanceof DamagedStoreError)) throw error;
      // A damaged block stays where it is, between the groups.
      if (current.keys.length === 0) groups.pop();
      current = undefined;
      continue;
    }
    current.keys.push(key);
    current.bytes += value.length;
  }
  // The last group may grow yet. In mid-log it is left to the next step, at the end it is merged and looked at again later.
  const more = found.length === STEP;
  const last = current;
  if (more && last) groups.pop();
  const merged = groups.filter((group) => group.keys.length > 1).map((group) => ({ ...group, block: encodeBlock(group.first, group.events) }));
  let removed = 0;
  for (const { first, keys, block } of merged) {
    for (const key of keys.slice(1)) void environment.blocks.remove(key);
    void environment.blocks.put(first, block);
    removed += keys.length - 1;
  }
  const lastKey = found.at(-1)?.key;
  const next = last?.first ?? (lastKey === undefined ? start : lastKey + 1);
  if (next !== start) void environment.meta.put('merged', next);
  return { removed, more };
}

function mergedTo({ meta }: Environment): number {
  const value = meta.get('merged');
  return typeof value === 'number' ? value : 1;
}
