/** What the client reads, as the port's events; and which records are not the application's. */
import type { ResolvedEvent } from '@eventstore/db-client';
import type { Json, JsonObject, Position, RecordedEvent } from '../port.js';
import { toPosition } from './position.js';

/**
 * The stream whose first event holds the store's id. It is nobody's event: readAll and subscribe leave it out although
 * its name begins with `market.`, and append refuses it. readStream shows it.
 */
export const IDENTITY_STREAM = 'market.store';

/** A record of $all that was looked at; `event` is null when it is not the application's. */
export interface Scanned {
  position: Position;
  event: RecordedEvent | null;
}

export function toScanned(resolved: ResolvedEvent): Scanned | null {
  // Links are never resolved, so a link is the event itself: a system event of the type $>.
  const record = resolved.event ?? resolved.link;
  if (!record?.position) return null;
  const hidden = record.streamId.startsWith('$') || record.type.startsWith('$') || record.streamId === IDENTITY_STREAM;
  return { position: toPosition(record.position), event: hidden ? null : toRecorded(resolved) };
}

export function toRecorded(resolved: ResolvedEvent): RecordedEvent | null {
  const record = resolved.event ?? resolved.link;
  if (!record) return null;
  return {
    id: record.id,
    type: record.type,
    data: toObject(record.data),
    metadata: record.metadata === undefined ? {} : toObject(record.metadata),
    streamId: record.streamId,
    revision: Number(record.revision),
    position: record.position ? toPosition(record.position) : '',
    // Cut to milliseconds by the client; another leader's clock may be behind, so it may step back.
    recordedAt: record.created.toISOString(),
  };
}

export function hasPrefix(event: RecordedEvent, prefixes: readonly string[] | undefined): boolean {
  return prefixes === undefined || prefixes.length === 0 || prefixes.some((prefix) => event.streamId.startsWith(prefix));
}

/** The prefixes of both; null for everything. The same object when nothing is added. */
export function widen(present: string[] | null | undefined, wanted: readonly string[]): string[] | null {
  if (present === null || wanted.length === 0) return null;
  const missing = wanted.filter((prefix) => !present?.some((broader) => prefix.startsWith(broader)));
  return present !== undefined && missing.length === 0 ? present : [...(present ?? []), ...missing];
}

/** Other applications store what they like: bytes become { base64 }, JSON that is no object becomes { value }. */
function toObject(data: unknown): JsonObject {
  if (data instanceof Uint8Array) return { base64: Buffer.from(data).toString('base64') };
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as JsonObject;
  return { value: (data ?? null) as Json };
}
