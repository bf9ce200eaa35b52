/** Opening, reading, clusters, restarts: what the first minutes and the bad days of a real server look like. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { parseConnectionString } from '../../src/store/eventstoredb/connection-string.js';
import { openConnection } from '../../src/store/eventstoredb/connection.js';
import { EventStoreUnavailableError } from '../../src/store/eventstoredb/errors.js';
import { ForeignPositionError, StoreClosedError, StoreOpenError } from '../../src/store/port.js';
import { refusal, refusals } from '../support/eventstoredb-stand-in/wire.js';
import { all, event, events } from '../contract/store-contract.js';
import { cleanUpAfterEach, following, standInFor, storeOn, until } from './with-stand-in.js';

const failureOf = (promise: Promise<unknown>): Promise<Error> => promise.then(() => new Error('it went through'), (reason: unknown) => reason as Error);

describe('EventStoreDB', () => {
  cleanUpAfterEach();

  it('says what to do when the user may not read $all', async () => {
    const standIn = await standInFor();
    standIn.fail('readAll', refusals.denied());
    const error = await failureOf(storeOn(standIn));
    expect(error).toBeInstanceOf(StoreOpenError);
    expect(error.message).toMatch(/\$all.*admin.*ACL.*\$r/);
  });

  it('gives the same id to all who open it at the same time, and to those who come later', async () => {
    const standIn = await standInFor();
    const stores = await Promise.all(Array.from({ length: 6 }, () => storeOn(standIn)));
    expect(new Set(stores.map(({ id }) => id)).size).toBe(1);
    expect(standIn.log.stream('market.store')).toHaveLength(1);
    expect((await storeOn(standIn)).id).toBe(stores[0]?.id);
  });

  it('makes no id when it is opened read-only, and refuses an id stream that is deleted or foreign', async () => {
    const fresh = await standInFor();
    expect((await failureOf(storeOn(fresh, { readOnly: true }))).message).toMatch(/without read-only/);
    fresh.log.tombstone('market.store');
    expect((await failureOf(storeOn(fresh))).message).toMatch(/deleted for ever/);
    const foreign = await standInFor();
    foreign.log.write('market.store', [{ id: event().id, type: 'ShopOpened', contentType: 'application/json', data: Buffer.from('{}'), custom: Buffer.alloc(0) }]);
    expect(await failureOf(storeOn(foreign))).toBeInstanceOf(StoreOpenError);
  });

  it('waits, within bounds, for a server that is not ready yet', async () => {
    const standIn = await standInFor();
    standIn.fail('readAll', refusals.notReady(), 3);
    standIn.fail('append', refusals.notReady(), 2);
    expect((await storeOn(standIn)).id).toMatch(/-/);
  });

  it('gives up by name on a server that takes calls and never answers: reads have no deadline of their own', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { timeoutMs: 500, patienceMs: 0 });
    standIn.fail('readAll', 'silent');
    standIn.fail('readStream', 'silent');
    for (const call of [() => store.head(), () => all(store), () => store.readStream('s')]) {
      const begun = performance.now();
      expect(await failureOf(call())).toBeInstanceOf(EventStoreUnavailableError);
      expect(performance.now() - begun).toBeLessThan(2500);
    }
    standIn.heal();
    expect(await store.readStream('s')).toEqual([]);
  });

  it('reads again when the connection breaks in the middle, and on a new connection after silence: a new client alone would share the old one', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    await store.append('s', events(1200), { expectedRevision: 'any' });
    standIn.fail('readAll', refusals.unavailable(), 2);
    expect(await all(store)).toHaveLength(1200);
    const { connections } = standIn;
    await store.readStream('s');
    expect(standIn.connections).toBe(connections);
    standIn.fail('readStream', 'silent', 1);
    expect(await store.readStream('s', { limit: 5000 })).toHaveLength(1200);
    expect(standIn.connections).toBe(connections + 1);
  });

  it('goes on with a long read where it was when the connection breaks under it, and lets go of one that nobody wants the rest of', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const batch = events(4000);
    await store.append('s', batch, { expectedRevision: 'any' });
    for (const direction of ['forwards', 'backwards'] as const) {
      const seen: string[] = [];
      let drops = 0;
      for await (const chunk of store.readAll({ direction, streamPrefixes: ['s'] })) {
        seen.push(...chunk.map(({ id }) => id));
        if (drops < 3 && seen.length > 500 * (drops + 1)) {
          drops++;
          standIn.dropConnections();
        }
      }
      const wanted = batch.map(({ id }) => id);
      expect(seen).toEqual(direction === 'forwards' ? wanted : wanted.reverse());
    }
    for await (const chunk of store.readAll()) {
      expect(chunk.length).toBeLessThan(4000);
      break;
    }
    await until(() => standIn.reads.size === 0, 'the read to be let go of');
  });

  it('comes back after a restart, with everything that waits for it', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const follower = following(store);
    await follower.caughtUp();
    standIn.refuseConnections();
    standIn.dropConnections();
    const appending = store.append('s', [event()], { expectedRevision: 'no_stream' });
    const reading = store.readStream('t');
    await sleep(300);
    standIn.heal();
    standIn.fail('append', refusals.notReady(), 2);
    expect((await appending).lastRevision).toBe(0);
    expect(await reading).toEqual([]);
    await follower.reached(1);
    expect(follower.seen).toHaveLength(1);
  });

  it('finds the leader of three nodes by gossip, and the next when that one is gone', async () => {
    const a = await standInFor();
    const b = await standInFor({ log: a.log });
    const c = await standInFor({ log: a.log });
    const nodes = [a, b, c];
    const elect = (leader: number): void => nodes.forEach((node) => (node.members = nodes.map(({ port }, n) => ({ host: '127.0.0.1', port, state: n === leader ? ('leader' as const) : ('follower' as const) }))));
    elect(1);
    const store = await storeOn(`esdb://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`, { patienceMs: 8000 });
    const follower = following(store);
    await follower.caughtUp();
    await store.append('s', [event()], { expectedRevision: 'any' });
    await follower.reached(1);
    expect([a.calls.append, b.calls.append, c.calls.append]).toEqual([0, 2, 0]);
    elect(2);
    b.refuseConnections();
    b.dropConnections();
    await store.append('s', [event()], { expectedRevision: 0 });
    await follower.reached(2);
    expect(follower.seen.map(({ revision }) => revision)).toEqual([0, 1]);
    expect(c.calls.append).toBeGreaterThan(0);
    expect(c.calls.subscribe).toBeGreaterThan(0);
  });

  it('survives a cluster in which no node can be found: the client would end the process', async () => {
    const nodes = [await standInFor(), await standInFor()];
    const [leader] = nodes as [(typeof nodes)[0], (typeof nodes)[0]];
    nodes.forEach((node) => (node.members = [{ host: '127.0.0.1', port: leader.port, state: 'leader' }]));
    const store = await storeOn(`esdb://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false&maxDiscoverAttempts=1&gossipTimeout=1`, { patienceMs: 300 });
    const followers = [following(store), following(store, { after: 'start' })];
    await Promise.all(followers.map((follower) => follower.caughtUp()));
    nodes.forEach((node) => (node.refuseConnections(), node.dropConnections()));
    const failures = await Promise.all([failureOf(store.head()), failureOf(store.readStream('s')), failureOf(store.append('s', [event()], { expectedRevision: 0 }))]);
    for (const { name } of failures) expect(name).toMatch(/^(EventStoreUnavailableError|AppendOutcomeUnknownError)$/);
    await Promise.all(followers.map((follower) => follower.done));
    nodes.forEach((node) => node.heal());
    expect(await store.head()).not.toBeNull();
  });

  it('does not leave the client’s reconnection to reject unheard while no node can be found', async () => {
    const connection = openConnection(parseConnectionString('esdb://127.0.0.1:1,127.0.0.1:2?tls=false&maxDiscoverAttempts=1'));
    const client = connection.lease().client as unknown as { getChannel(): Promise<unknown>; handleError(client: unknown, error: unknown): Promise<void> };
    // A stream of the lost channel fails while the next one is still being looked for.
    const looking = failureOf(client.getChannel());
    const lost = Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: '' });
    await expect(client.handleError({ getChannel: () => ({}) }, lost)).resolves.toBeUndefined();
    expect((await looking).message).toMatch(/Failed to discover/);
    await connection.close();
  });

  it('gives up in time on seeds that take the question and never answer, although the client would ask them for a minute', async () => {
    const [a, b] = [await standInFor(), await standInFor()];
    for (const node of [a, b]) node.members = [{ host: '127.0.0.1', port: a.port, state: 'leader' }];
    const store = await storeOn(`esdb://127.0.0.1:${a.port},127.0.0.1:${b.port}?tls=false`, { timeoutMs: 200, patienceMs: 600 });
    for (const node of [a, b]) {
      node.fail('gossip', 'silent');
      node.dropConnections();
    }
    await sleep(20);
    const begun = performance.now();
    a.fail('append', refusals.unavailable(), 1);
    for (const call of [() => store.append('s', [event()], { expectedRevision: 'no_stream' }), () => store.readStream('s')]) await failureOf(call());
    expect(performance.now() - begun).toBeLessThan(8000);
    for (const node of [a, b]) node.heal();
    expect((await store.append('s', [event()], { expectedRevision: 'any' })).lastRevision).toBe(0);
  });

  it('ends reads under way by name when it is closed: cut off, they would look complete', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { timeoutMs: 3000 });
    await store.append('s', events(10), { expectedRevision: 'any' });
    standIn.fail('readStream', { delayMs: 500 });
    standIn.fail('readAll', { delayMs: 500 });
    const reads = [failureOf(store.readStream('s')), failureOf(all(store)), failureOf(store.head())];
    await sleep(50);
    await store.close();
    for (const read of reads) expect(await read).toBeInstanceOf(StoreClosedError);
  });

  it('counts system events in its head, and positions that are bytes and no count', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const { position } = await store.append('s', events(2), { expectedRevision: 'any' });
    expect(await store.head()).toBe(position);
    standIn.log.writeSystemEvents(1);
    expect((await store.head()) ?? '').not.toBe(position);
    expect(((await store.head()) ?? '') > position).toBe(true);
    const [first, second] = await store.readStream('s');
    expect(BigInt(`0x${second?.position.slice(16)}`) - BigInt(`0x${first?.position.slice(16)}`)).toBeGreaterThan(1n);
  });

  it('reads a stream that begins above 0, and gives times cut to milliseconds', async () => {
    const standIn = await standInFor({ now: () => new Date('2025-11-03T14:30:00.123Z') });
    const store = await storeOn(standIn);
    await store.append('s', events(10), { expectedRevision: 'any' });
    standIn.log.truncate('s', 4);
    expect((await store.readStream('s', { limit: 2 })).map(({ revision }) => revision)).toEqual([4, 5]);
    expect((await store.readStream('s', { from: 1, limit: 1 }))[0]).toMatchObject({ revision: 4, recordedAt: '2025-11-03T14:30:00.123Z' });
    standIn.log.truncate('s', 10);
    expect(await store.readStream('s')).toEqual([]);
    expect((await store.append('s', [event()], { expectedRevision: 'no_stream' })).lastRevision).toBe(10);
  });

  it('shows events of other applications as JSON objects, whatever they hold', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const write = (contentType: string, data: string, custom = ''): unknown => standIn.log.write('s', [{ id: event().id, type: 'Foreign', contentType, data: Buffer.from(data), custom: Buffer.from(custom) }]);
    write('application/octet-stream', '\x01\x02');
    write('application/json', '[1]', 'not json');
    write('application/json', '{"broken"');
    expect((await store.readStream('s')).map(({ data, metadata }) => ({ data, metadata }))).toEqual([
      { data: { base64: 'AQI=' }, metadata: {} },
      { data: { value: [1] }, metadata: { base64: Buffer.from('not json').toString('base64') } },
      { data: { value: '{"broken"' }, metadata: {} },
    ]);
  });

  it('refuses a position that the server does not know', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const { position } = await store.append('s', [event()], { expectedRevision: 'any' });
    await expect(all(store, { from: 'f'.repeat(32) })).rejects.toBeInstanceOf(ForeignPositionError);
    const reading = store.readAll({ from: position })[Symbol.asyncIterator]();
    standIn.fail('readAll', { delayMs: 0 }, 1);
    standIn.fail('readAll', refusal(3, 'Trying to read from an invalid position.'), 1);
    await expect(reading.next()).rejects.toBeInstanceOf(ForeignPositionError);
  });
});
