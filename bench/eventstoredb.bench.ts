/**
 * The EventStoreDB adapter beside the bare client doing the same on the same server: EVENTSTOREDB_URL names it. What the
 * adapter adds is checks, positions, retries and the supervised feed; the aim is 0.9 of the bare client.
 */
import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, START, streamNameFilter, type JSONEventType } from '@eventstore/db-client';
import { openEventStoreDb } from '../src/store/eventstoredb/eventstoredb-store.js';
import type { NewEvent } from '../src/store/port.js';
import { sampleFact } from './fold.bench.js';
import { compare, type Comparison } from './measure.js';

const IN_FLIGHT = 32;
const BATCH = 500;

export async function eventStoreDbBench({ events, rounds, url }: { events: number; rounds: number; url: string }): Promise<Comparison[]> {
  const store = await openEventStoreDb(url);
  const client = EventStoreDBClient.connectionString(url.replace(/^kurrentdb/, 'esdb'));
  const count = Math.min(events, 20_000);
  const prefix = `bench-${randomUUID()}.`;
  let made = 0;
  const fresh = (n: number): NewEvent => {
    const { type, data, metadata } = sampleFact(n);
    return { id: randomUUID(), type, data, metadata };
  };
  const bare = (event: NewEvent): ReturnType<typeof jsonEvent<JSONEventType>> => jsonEvent<JSONEventType>({ id: event.id, type: event.type, data: event.data, metadata: event.metadata });
  const stream = (): string => `${prefix}s${++made}`;

  /** One at a time: a stream each, at the exact revision. */
  const single = (append: (name: string, event: NewEvent, revision: number) => Promise<unknown>, appends: number, lanes: number) => ({
    run: async () => {
      await Promise.all(
        Array.from({ length: lanes }, async () => {
          const name = stream();
          for (let revision = 0; revision < appends / lanes; revision += 1) await append(name, fresh(revision), revision);
        }),
      );
      return appends;
    },
  });
  const oursOne = (name: string, event: NewEvent, revision: number): Promise<unknown> => store.append(name, [event], { expectedRevision: revision === 0 ? 'no_stream' : revision - 1 });
  const bareOne = (name: string, event: NewEvent, revision: number): Promise<unknown> => client.appendToStream(name, bare(event), { expectedRevision: revision === 0 ? 'no_stream' : BigInt(revision - 1) });
  const batches = (append: (name: string, batch: NewEvent[], revision: number) => Promise<unknown>) => ({
    run: async () => {
      const name = stream();
      for (let first = 0; first < count; first += BATCH) await append(name, Array.from({ length: BATCH }, (_, n) => fresh(first + n)), first);
      return count;
    },
  });

  const comparisons = [
    await compare('EventStoreDB append, one by one', 'events/s', rounds, single(oursOne, count / 20, 1), single(bareOne, count / 20, 1)),
    await compare(`EventStoreDB append, ${IN_FLIGHT} in flight`, 'events/s', rounds, single(oursOne, count / 4, IN_FLIGHT), single(bareOne, count / 4, IN_FLIGHT)),
    await compare(
      `EventStoreDB append, batches of ${BATCH}`,
      'events/s',
      rounds,
      batches((name, batch, first) => store.append(name, batch, { expectedRevision: first === 0 ? 'no_stream' : first - 1 })),
      batches((name, batch, first) => client.appendToStream(name, batch.map(bare), { expectedRevision: first === 0 ? 'no_stream' : BigInt(first - 1) })),
    ),
  ];
  const mine = [prefix];
  const head = await store.head();
  let total = 0;
  for await (const batch of store.readAll({ streamPrefixes: mine })) total += batch.length;
  comparisons.push(
    await compare(
      'EventStoreDB read all',
      'events/s',
      rounds,
      {
        run: async () => {
          let n = 0;
          for await (const batch of store.readAll({ streamPrefixes: mine })) n += batch.length;
          return n;
        },
      },
      {
        run: async () => {
          let n = 0;
          for await (const { event } of client.readAll({ direction: 'forwards', fromPosition: START, resolveLinkTos: false })) if (event?.streamId.startsWith(prefix)) n += 1;
          return n;
        },
      },
    ),
    await compare(
      'EventStoreDB subscribe, from the start to the head',
      'events/s',
      rounds,
      {
        run: async () => {
          let n = 0;
          const stop = new AbortController();
          for await (const message of store.subscribe({ after: 'start', streamPrefixes: mine, signal: stop.signal })) {
            if (message.kind === 'events') n += message.events.length;
            if (message.kind === 'caughtUp' && message.position !== null && head !== null && message.position >= head) stop.abort();
          }
          return n;
        },
      },
      {
        run: async () => {
          let n = 0;
          const subscription = client.subscribeToAll({ fromPosition: START, resolveLinkTos: false, filter: streamNameFilter({ prefixes: mine, maxSearchWindow: 1000 }) });
          for await (const { event } of subscription) {
            if (event) n += 1;
            if (event && n === total) break;
          }
          await subscription.unsubscribe();
          return n;
        },
      },
    ),
  );
  await client.dispose();
  await store.close();
  return comparisons;
}
