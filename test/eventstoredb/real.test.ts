/**
 * The contract against a real EventStoreDB: the one at EVENTSTOREDB_URL, or a container when a Docker daemon answers.
 * Each test works under a stream prefix of its own, and leaves its streams behind: give it a server to throw away.
 */
import { afterAll, describe, it } from 'vitest';
import { openEventStoreDb } from '../../src/store/eventstoredb/eventstoredb-store.js';
import type { EventStore } from '../../src/store/port.js';
import { startContainer } from '../support/eventstoredb-server.js';
import { describeStore } from '../contract/store-contract.js';

const url = process.env['EVENTSTOREDB_URL'];
const container = url === undefined ? await startContainer({ EVENTSTORE_MEM_DB: 'true' }) : undefined;
const address = url ?? container?.url;
afterAll(async () => {
  await container?.remove();
});

if (address === undefined) {
  // A file with nothing but skipped tests is listed by its name alone: the reason is said here.
  console.info('the tests against a real EventStoreDB are skipped: no EVENTSTOREDB_URL is set, and no Docker daemon answers');
  describe('a real EventStoreDB', () => {
    it.skip('is not here: set EVENTSTOREDB_URL=esdb://localhost:2113?tls=false to one that can be thrown away, or start a Docker daemon, and run npx vitest run test/eventstoredb/real.test.ts', () => undefined);
  });
} else {
  // The contract's stores are empty of application events: each gets streams under a name of its own.
  let round = 0;
  const run = `run-${Date.now()}-`;
  describeStore('a real EventStoreDB', {
    injectedClock: false,
    open: async () => under(`${run}${round++}.`, await openEventStoreDb(address)),
  });
}

/** The store from now on, seen through a prefix of stream ids: what others stored is not there, nor is it read. */
async function under(prefix: string, store: EventStore): Promise<EventStore> {
  // Never null: opening has stored the store's id.
  const base = (await store.head()) ?? '';
  const mine = (prefixes: readonly string[] | undefined): string[] => (prefixes === undefined || prefixes.length === 0 ? [''] : prefixes).map((each) => prefix + each);
  const bare = <T extends { streamId: string }>(list: readonly T[]): T[] => list.map((each) => ({ ...each, streamId: each.streamId.slice(prefix.length) }));
  return {
    ...store,
    append: async (streamId, events, options) => {
      // What the store refuses, it refuses by the name that the caller gave.
      if (streamId === '' || streamId.startsWith('$')) return store.append(streamId, events, options);
      return store.append(prefix + streamId, events, options).catch((error: unknown) => {
        if (error instanceof Error && 'streamId' in error) Object.assign(error, { streamId });
        throw error;
      });
    },
    readStream: async (streamId, options) => bare(await store.readStream(prefix + streamId, options)),
    readAll: async function* ({ streamPrefixes, from, direction = 'forwards' } = {}) {
      const backwards = direction === 'backwards';
      const prefixes = mine(streamPrefixes);
      const place = from === undefined || from === 'start' ? (backwards ? 'end' : base) : from;
      if (from === 'start' && backwards) return;
      // Backwards every event is asked for, so that the reading ends where this store begins.
      for await (const events of store.readAll({ direction, from: place, ...(backwards ? {} : { streamPrefixes: prefixes }) })) {
        const found = events.filter(({ streamId, position }) => position > base && prefixes.some((each) => streamId.startsWith(each)));
        if (found.length > 0) yield bare(found);
        if (backwards && (events.at(-1)?.position ?? '') <= base) return;
      }
    },
    subscribe: ({ after, streamPrefixes, signal }) => {
      const messages = store.subscribe({ after: after === 'start' ? base : after, streamPrefixes: mine(streamPrefixes), signal });
      return (async function* () {
        for await (const message of messages) yield message.kind === 'events' ? { kind: 'events', events: bare(message.events) } : message;
      })();
    },
  };
}
