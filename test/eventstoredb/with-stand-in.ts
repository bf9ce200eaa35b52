/** Stand-ins and stores for one test, closed after it; and what the tests here do again and again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect } from 'vitest';
import { openEventStoreDb, type EventStoreDbOptions, type EventStoreDbStore } from '../../src/store/eventstoredb/eventstoredb-store.js';
import type { RecordedEvent, SubscribeOptions, SubscriptionMessage } from '../../src/store/port.js';
import { startStandIn, type StandIn, type StandInOptions } from '../support/eventstoredb-stand-in/stand-in.js';

/** Short times, so that waiting for them does not take long; not so short that a busy machine looks like a silent server. */
export const QUICK: EventStoreDbOptions = { timeoutMs: 1500, patienceMs: 10_000, quietMs: 300 };

const standIns: StandIn[] = [];
const stores: EventStoreDbStore[] = [];
const followings: Following[] = [];
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

/** Closes everything after each test, and fails the test that leaves a rejection unhandled. */
export function cleanUpAfterEach(): void {
  beforeEach(() => {
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    for (const following of followings.splice(0)) following.stop();
    for (const store of stores.splice(0)) await store.close();
    for (const standIn of standIns.splice(0)) await standIn.stop();
    await sleep(10);
    process.off('unhandledRejection', note);
    expect(unhandled.splice(0)).toEqual([]);
  });
}

export async function standInFor(options: StandInOptions = {}): Promise<StandIn> {
  const standIn = await startStandIn(options);
  standIns.push(standIn);
  return standIn;
}

export async function storeOn(standIn: StandIn | string, options: EventStoreDbOptions = {}): Promise<EventStoreDbStore> {
  const store = await openEventStoreDb(typeof standIn === 'string' ? standIn : standIn.url, { ...QUICK, ...options });
  stores.push(store);
  return store;
}

export interface Following {
  readonly seen: RecordedEvent[];
  readonly messages: SubscriptionMessage[];
  readonly error: unknown;
  readonly done: Promise<void>;
  stop(): void;
  /** Resolves when so many events were seen; fails after some seconds. */
  reached(count: number): Promise<void>;
  caughtUp(): Promise<void>;
}

/** Follows a store in the background. */
export function following(store: EventStoreDbStore, options: Omit<SubscribeOptions, 'signal'> = { after: 'start', streamPrefixes: ['s'] }, onMessage: (message: SubscriptionMessage) => void | Promise<void> = () => undefined): Following {
  const stop = new AbortController();
  const result = { seen: [] as RecordedEvent[], messages: [] as SubscriptionMessage[], error: undefined as unknown };
  const done = (async () => {
    try {
      for await (const message of store.subscribe({ ...options, signal: stop.signal })) {
        result.messages.push(message);
        if (message.kind === 'events') result.seen.push(...message.events);
        await onMessage(message);
      }
    } catch (error) {
      result.error = error;
    }
  })();
  const following: Following = Object.assign(result, {
    done,
    stop: () => stop.abort(),
    reached: (count: number) => until(() => result.seen.length >= count || result.error !== undefined, `${count} events`),
    caughtUp: () => until(() => result.messages.some(({ kind }) => kind === 'caughtUp') || result.error !== undefined, 'caughtUp'),
  });
  followings.push(following);
  return following;
}

export async function until(condition: () => boolean, what: string, milliseconds = 20_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited ${milliseconds} ms for ${what}`);
    await sleep(5);
  }
}
