/** What the parts of the store contract share: events to append, ways to read a store, and the store under test. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { EventStore, JsonObject, NewEvent, ReadAllOptions, RecordedEvent, SubscriptionMessage } from '../../src/store/port.js';

/** What a part of the contract is given. */
export interface Bench {
  /** A new, empty store, closed after the test. */
  open: () => Promise<EventStore>;
  /** The same log opened again; absent where a store dies with its process. */
  reopen?: ((store: EventStore) => Promise<EventStore>) | undefined;
  /** The clock that stores are opened with, and a way to move it. */
  clock: { now(): Date; advance(milliseconds: number): void; injected: boolean };
}

export function event(data: JsonObject = {}, more: Partial<NewEvent> = {}): NewEvent {
  return { id: randomUUID(), type: 'ThingHappened', data, metadata: {}, ...more };
}

export function events(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, n) => event({ n }));
}

/** Everything readAll gives, in one array. */
export async function all(store: EventStore, options?: ReadAllOptions): Promise<RecordedEvent[]> {
  const read: RecordedEvent[] = [];
  for await (const batch of store.readAll(options)) {
    expect(batch.length).toBeGreaterThan(0);
    read.push(...batch);
  }
  return read;
}

/** Follows the store until `enough` says so; fails the test's promise if the subscription fails. */
export async function follow(store: EventStore, options: Omit<Parameters<EventStore['subscribe']>[0], 'signal'>, enough: (seen: RecordedEvent[], message: SubscriptionMessage) => boolean): Promise<{ seen: RecordedEvent[]; messages: SubscriptionMessage[] }> {
  const stop = new AbortController();
  const seen: RecordedEvent[] = [];
  const messages: SubscriptionMessage[] = [];
  for await (const message of store.subscribe({ ...options, signal: stop.signal })) {
    messages.push(message);
    if (message.kind === 'events') seen.push(...message.events);
    if (enough(seen, message)) stop.abort();
  }
  return { seen, messages };
}

export const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
export const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
