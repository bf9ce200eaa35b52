/**
 * One subscription of the client to $all, with its signals in the order in which they belong. The client tells of
 * caughtUp and checkpoints as soon as it reads them, ahead of events that it still holds: they are queued behind those.
 */
import { START, streamNameFilter, type AllStreamSubscription, type ResolvedEvent } from '@eventstore/db-client';
import type { Position } from '../port.js';
import type { Lease } from './connection.js';
import { toPlace, toPosition } from './position.js';
import { toScanned, type Scanned } from './records.js';

export interface SourceListener {
  opened(): void;
  event(scanned: Scanned): void;
  caughtUp(): void;
  checkpoint(position: Position): void;
  /** Once, and nothing after it; without an error: the server ended it unasked. */
  over(error?: Error): void;
}

/** How many records the server looks through between two checkpoints; 32 unless it is told otherwise. */
const SEARCH_WINDOW = 1000;

/**
 * Subscribes after a position.
 * @param prefixes streams to hear of; null: all of them, system streams included (a filter cannot leave those out by prefix)
 * @returns lets go of it
 */
export function openSource(lease: Lease, after: Position | 'start', prefixes: readonly string[] | null, listener: SourceListener): () => void {
  let over = false;
  let delivered = 0;
  const waiting: { behind: number; tell: () => void }[] = [];
  /** A listener that throws ends this; the client would stop reading for ever, or end the process. */
  const guarded = (tell: () => void): void => {
    try {
      tell();
    } catch (error) {
      finish(error as Error);
    }
  };
  const behindEvents = (tell: () => void): void => {
    const behind = delivered + subscription.readableLength;
    if (behind === delivered && waiting.length === 0) guarded(tell);
    else waiting.push({ behind, tell });
  };
  const finish = (error?: Error): void => {
    if (over) return;
    over = true;
    release();
    listener.over(error);
  };
  const release = (): void => {
    // Cancelling may fail or never answer; nobody waits for it.
    subscription.unsubscribe().catch(() => undefined).finally(() => lease.release());
    subscription.destroy();
  };

  const filter = prefixes && {
    ...streamNameFilter({ prefixes: [...prefixes], maxSearchWindow: SEARCH_WINDOW, checkpointInterval: 1 }),
    checkpointReached: (_: AllStreamSubscription, { commit, prepare }: { commit: bigint; prepare: bigint }): void => {
      if (!over) behindEvents(() => listener.checkpoint(toPosition({ commit, prepare })));
    },
  };
  const subscription: AllStreamSubscription = lease.client.subscribeToAll({ fromPosition: after === 'start' ? START : toPlace(after), resolveLinkTos: false, ...(filter ? { filter } : {}) });
  // Stays on for good: an error that nobody hears ends the process.
  subscription.on('error', (error: Error) => finish(error));
  subscription.on('confirmation', () => over || listener.opened());
  subscription.on('caughtUp', () => over || behindEvents(() => listener.caughtUp()));
  subscription.on('end', () => finish());
  subscription.on('close', () => finish());
  subscription.on('data', (resolved: ResolvedEvent) => {
    delivered++;
    const scanned = toScanned(resolved);
    if (!over && scanned) guarded(() => listener.event(scanned));
    while (!over && (waiting[0]?.behind ?? Infinity) <= delivered) guarded(() => waiting.shift()?.tell());
  });
  return () => {
    if (over) return;
    over = true;
    release();
  };
}
