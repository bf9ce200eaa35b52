/**
 * What only EventStoreDB has: soft delete, tombstones, links; and with TLS users, passwords and rights. Each on the
 * stand-in, and on the server at EVENTSTOREDB_URL when there is one; rights want its URL with the user admin.
 */
import { randomUUID } from 'node:crypto';
import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { describe, expect, it } from 'vitest';
import { parseConnectionString } from '../../src/store/eventstoredb/connection-string.js';
import { PASSWORD } from '../support/eventstoredb-stand-in/access.js';
import type { StandIn } from '../support/eventstoredb-stand-in/stand-in.js';
import { all, event, events } from '../contract/store-contract.js';
import { cleanUpAfterEach, following, standInFor, storeOn } from './with-stand-in.js';

const URL_OF_SERVER = process.env['EVENTSTOREDB_URL'];
const secured = URL_OF_SERVER !== undefined && parseConnectionString(URL_OF_SERVER).credentials?.username === 'admin';

/** A server, and what its own tools do to it: the stand-in's are functions, a real one's are calls of the bare client. */
interface Server {
  url: string;
  softDelete(streamId: string): Promise<void>;
  tombstone(streamId: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  /** Gives $all, or a stream, to these users alone; null: as it was. */
  allow(streamId: string, users: string[] | null): Promise<void>;
  close(): Promise<void>;
}

function onStandIn(standIn: StandIn): Server {
  const { log } = standIn;
  return {
    url: standIn.url.replace('esdb://', standIn.access ? `esdb://admin:${PASSWORD}@` : 'esdb://'),
    softDelete: async (streamId) => log.truncate(streamId, log.stream(streamId)?.length ?? 0),
    tombstone: async (streamId) => log.tombstone(streamId),
    link: async (from, to) => void log.write(from, [{ id: randomUUID(), type: '$>', contentType: 'application/octet-stream', data: Buffer.from(`0@${to}`), custom: Buffer.alloc(0) }]),
    allow: async (streamId, users) => void standIn.access?.allowed.set(streamId, new Set(users ?? ['admin'])),
    close: async () => undefined,
  };
}

function onServer(url: string): Server {
  const client = EventStoreDBClient.connectionString(url.replace(/^kurrentdb/, 'esdb'));
  return {
    url,
    softDelete: async (streamId) => void (await client.deleteStream(streamId)),
    tombstone: async (streamId) => void (await client.tombstoneStream(streamId)),
    link: async (from, to) => void (await client.appendToStream(from, binaryEvent({ type: '$>', data: Buffer.from(`0@${to}`) }))),
    allow: async (streamId, users) => void (await client.setStreamMetadata(streamId, users === null ? {} : { acl: { readRoles: users, writeRoles: users } })),
    close: () => client.dispose(),
  };
}

async function using(server: Server, work: (server: Server, name: string) => Promise<void>): Promise<void> {
  try {
    await work(server, `only-${randomUUID()}.`);
  } finally {
    await server.close();
  }
}

const places: [string, string | false, (tls: boolean) => Promise<Server>][] = [
  ['the stand-in', false, async (tls) => onStandIn(await standInFor({ tls }))],
  ['a real server', URL_OF_SERVER === undefined && 'set EVENTSTOREDB_URL to a server that can be thrown away', async () => onServer(URL_OF_SERVER ?? '')],
];

describe.each(places)('on %s', (_, missing, open) => {
  cleanUpAfterEach();

  it('a stream deleted softly reads as empty, takes appends as a new one, and goes on with its revisions', async (context) => {
    if (missing) return context.skip(missing);
    await using(await open(false), async (server, name) => {
      const store = await storeOn(server.url);
      await store.append(`${name}s`, events(3), { expectedRevision: 'no_stream' });
      await server.softDelete(`${name}s`);
      expect(await store.readStream(`${name}s`)).toEqual([]);
      expect((await store.append(`${name}s`, events(2), { expectedRevision: 'no_stream' })).lastRevision).toBe(4);
      expect((await store.readStream(`${name}s`)).map(({ revision }) => revision)).toEqual([3, 4]);
    });
  });

  it('a tombstoned stream can be neither read nor appended to, and says so', async (context) => {
    if (missing) return context.skip(missing);
    await using(await open(false), async (server, name) => {
      const store = await storeOn(server.url);
      await store.append(`${name}s`, [event()], { expectedRevision: 'no_stream' });
      await server.tombstone(`${name}s`);
      await expect(store.readStream(`${name}s`)).rejects.toMatchObject({ name: 'StreamDeletedError', streamId: `${name}s` });
      for (const expectedRevision of ['any', 'no_stream', 0] as const) await expect(store.append(`${name}s`, [event()], { expectedRevision })).rejects.toMatchObject({ name: 'StreamDeletedError' });
    });
  });

  it('a link is not followed: what it leads to is read once, where it was appended', async (context) => {
    if (missing) return context.skip(missing);
    await using(await open(false), async (server, name) => {
      const store = await storeOn(server.url);
      const start = (await store.head()) ?? '';
      const follower = following(store, { after: start, streamPrefixes: [name] });
      const [first, last] = [event({ n: 1 }), event({ n: 2 })];
      await store.append(`${name}s`, [first], { expectedRevision: 'no_stream' });
      await server.link(`${name}links`, `${name}s`);
      await store.append(`${name}s`, [last], { expectedRevision: 0 });
      await follower.reached(2);
      const read = await all(store, { from: start, streamPrefixes: [name] });
      for (const seen of [read, follower.seen]) expect(seen.map(({ id, streamId }) => [id, streamId])).toEqual([[first.id, `${name}s`], [last.id, `${name}s`]]);
      expect(await store.readStream(`${name}links`)).toMatchObject([{ type: '$>', revision: 0, streamId: `${name}links` }]);
    });
  });

  const insecure = missing || (_ === 'a real server' && !secured && 'give EVENTSTOREDB_URL the user admin, and TLS');
  const as = (url: string, user: string): string => url.replace(/\/\/[^@]*@/, user === '' ? '//' : `//${user}@`);

  it('with TLS the whole way goes: append, read, follow', async (context) => {
    if (insecure) return context.skip(insecure);
    await using(await open(true), async ({ url }, name) => {
      const store = await storeOn(url);
      const follower = following(store, { after: (await store.head()) ?? '', streamPrefixes: [name] });
      const batch = events(20);
      await store.append(`${name}s`, batch, { expectedRevision: 'no_stream' });
      await follower.reached(20);
      expect((await store.readStream(`${name}s`)).map(({ id }) => id)).toEqual(batch.map(({ id }) => id));
    });
  });

  it('a certificate of an unknown authority is refused with what to do', async (context) => {
    if (insecure) return context.skip(insecure);
    await using(await open(true), async ({ url }) => {
      await expect(storeOn(url.replace(/([?&])tlsCAFile=[^&]*&?/, '$1'), { patienceMs: 0 })).rejects.toThrow(/certificate.*tlsCAFile/);
    });
  });

  it('a wrong password is told at once, and not shown', async (context) => {
    if (insecure) return context.skip(insecure);
    await using(await open(true), async ({ url }) => {
      const error = await storeOn(as(url, 'admin:wrong-one')).catch((reason: unknown) => reason as Error);
      expect(error).toMatchObject({ name: 'StoreOpenError', message: expect.stringMatching(/access denied/) as string });
      expect(String((error as Error).message)).not.toContain('wrong-one');
    });
  });

  it('a user who may not read $all, and nobody at all, are told which right is missing; with it, it works', async (context) => {
    if (insecure) return context.skip(insecure);
    await using(await open(true), async (server, name) => {
      await (await storeOn(server.url)).append(`${name}s`, [event()], { expectedRevision: 'no_stream' });
      for (const user of ['ops:changeit', '']) await expect(storeOn(as(server.url, user), { patienceMs: 0 })).rejects.toThrow(/\$all.*admin.*ACL.*\$r/);
      await server.allow('$all', ['ops', '$admins', 'admin']);
      try {
        const store = await storeOn(as(server.url, 'ops:changeit'));
        expect(await store.readStream(`${name}s`)).toHaveLength(1);
        await server.allow(`${name}s`, ['$admins', 'admin']);
        await expect(store.append(`${name}s`, [event()], { expectedRevision: 0 })).rejects.toMatchObject({ name: 'AccessDeniedError', message: expect.stringContaining(`${name}s`) as string });
        await expect(store.readStream(`${name}s`)).rejects.toMatchObject({ name: 'AccessDeniedError' });
        expect((await store.append(`${name}t`, [event()], { expectedRevision: 'no_stream' })).lastRevision).toBe(0);
      } finally {
        await server.allow('$all', null);
      }
    });
  });
});

