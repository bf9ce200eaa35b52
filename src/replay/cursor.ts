/** Where a replay stands: opaque, and enough to go on from there, to the byte, in another process. */
import { z } from 'zod';
import type { Instant } from '../../events/index.js';
import type { Position } from '../store/port.js';

export const ORDERS = ['log', 'published', 'valid'] as const;
export type ReplayOrder = (typeof ORDERS)[number];

export interface Cursor {
  order: ReplayOrder;
  /** The event that was delivered last: its position, its place in the fold, and the recorded clock at it. */
  position: Position;
  place: number;
  recorded: Instant;
  /** Its time on the clock that orders the replay. */
  at: Instant;
  /** Events beyond this are not of this replay; null: it follows the log. */
  head: Position | null;
}

/** Thrown for a cursor that is none, is of another store, or of a replay in another order; and where an order can't be followed. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

const cursorSchema = z.tuple([z.literal(1), z.string(), z.enum(ORDERS), z.string(), z.int(), z.number(), z.number(), z.number(), z.number(), z.string().nullable()]);

export function encodeCursor(storeId: string, { order, position, place, recorded, at, head }: Cursor): string {
  return Buffer.from(JSON.stringify([1, storeId, order, position, place, recorded.ms, recorded.ns, at.ms, at.ns, head])).toString('base64url');
}

/** @throws CursorError */
export function decodeCursor(text: string, storeId: string, order: ReplayOrder): Cursor {
  let parsed: z.infer<typeof cursorSchema>;
  try {
    parsed = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw new CursorError(`after: expected a cursor that a replay gave, got ${JSON.stringify(text.slice(0, 40))}`);
  }
  const [, store, own, position, place, recordedMs, recordedNs, ms, ns, head] = parsed;
  if (store !== storeId) throw new CursorError('after: this cursor is of another store');
  if (own !== order) throw new CursorError(`after: this cursor is of a replay in ${own} order, and this one is in ${order} order`);
  return { order, position, place, recorded: { ms: recordedMs, ns: recordedNs }, at: { ms, ns }, head };
}
