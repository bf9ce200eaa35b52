/** Subscriptions that go wrong: each of the stand-in's misdeeds, and every event once and in order all the same. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AccessDeniedError, EventStoreUnavailableError } from '../../src/store/eventstoredb/errors.js';
import type { EventStoreDbStore } from '../../src/store/eventstoredb/eventstoredb-store.js';
import { ForeignPositionError, StoreClosedError, type NewEvent } from '../../src/store/port.js';
import type { StandIn } from '../support/eventstoredb-stand-in/stand-in.js';
import { refusal, refusals } from '../support/eventstoredb-stand-in/wire.js';
import { event, events } from '../contract/store-contract.js';
import { cleanUpAfterEach, following, standInFor, storeOn, until } from './with-stand-in.js';

const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);

/** Appends 10 events at a time, now and then, and says what was appended. */
async function appendSlowly(store: EventStoreDbStore, rounds: number): Promise<NewEvent[]> {
  const appended: NewEvent[] = [];
  for (let n = 0; n < rounds; n++) {
    const batch = events(10);
    await store.append(n % 3 === 1 ? 'other' : 's', batch, { expectedRevision: 'any' });
    if (n % 3 !== 1) appended.push(...batch);
    await sleep(5);
  }
  return appended;
}

/** Open to append with while the store under test is disturbed: a second way to the same log. */
async function writerBeside(standIn: StandIn): Promise<EventStoreDbStore> {
  return storeOn(await standInFor({ log: standIn.log }));
}

describe('subscriptions to EventStoreDB', () => {
  cleanUpAfterEach();

  // With a number: found only by the watchdog after so long; for the others it is too slow to help.
  const misdeeds: [string, (standIn: StandIn) => void, number?][] = [
    ['drops all connections', (standIn) => standIn.dropConnections()],
    ['half-closes all connections', (standIn) => standIn.halfCloseConnections()],
    ['ends the subscription normally, unasked', (standIn) => standIn.endSubscriptions()],
    ['goes silent on an open subscription', (standIn) => standIn.muteSubscriptions(), 300],
    ['drops the connections and is not ready for a while', (standIn) => (standIn.fail('subscribe', refusals.notReady(), 3), standIn.fail('readAll', refusals.notReady(), 3), standIn.dropConnections())],
    ['takes the next subscriptions and never confirms them', (standIn) => (standIn.fail('subscribe', 'silent', 2), standIn.endSubscriptions()), 300],
    ['takes no connections for a while', (standIn) => (standIn.refuseConnections(), standIn.dropConnections(), void setTimeout(() => standIn.heal(), 500))],
    ['fails with an exception', (standIn) => (standIn.fail('subscribe', refusals.unexpected(), 2), standIn.endSubscriptions())],
    ['answers late', (standIn) => (standIn.fail('subscribe', { delayMs: 150 }, 2), standIn.endSubscriptions())],
  ];

  it.each(misdeeds)('come back when the server %s: every event once and in order', async (_, misbehave, quietMs = 600_000) => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { quietMs });
    const writer = await writerBeside(standIn);
    const before = await appendSlowly(writer, 6);
    const follower = following(store);
    await follower.caughtUp();
    expect(follower.seen).toHaveLength(before.length);
    const first = await appendSlowly(writer, 3);
    misbehave(standIn);
    const during = await appendSlowly(writer, 12);
    await follower.reached(before.length + first.length + during.length);
    const after = await appendSlowly(writer, 3);
    await follower.reached(before.length + first.length + during.length + after.length);
    await sleep(50);
    expect(follower.error).toBeUndefined();
    expect(ids(follower.seen)).toEqual(ids([...before, ...first, ...during, ...after]));
    expect(store.feedState()).toMatch(/live|catching-up/);
  });

  it('survive many drops in a row, with several followers at different places', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const writer = await writerBeside(standIn);
    const followers = [following(store), following(store)];
    const writing = appendSlowly(writer, 60);
    for (let n = 0; n < 8; n++) {
      await sleep(60);
      standIn.dropConnections();
      if (n === 4) followers.push(following(store));
    }
    const appended = await writing;
    for (const follower of followers) {
      await follower.reached(appended.length);
      expect(ids(follower.seen)).toEqual(ids(appended));
    }
  });

  it('are one on the server for 150 followers, more than a connection can carry', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { timeoutMs: 10_000, quietMs: 60_000 });
    const followers = Array.from({ length: 150 }, () => following(store, { after: 'end', streamPrefixes: ['s'] }));
    await Promise.all(followers.map((follower) => follower.caughtUp()));
    expect(standIn.calls.subscribe).toBe(1);
    const batch = events(3);
    await store.append('s', batch, { expectedRevision: 'any' });
    for (const follower of followers) {
      await follower.reached(3);
      expect(ids(follower.seen)).toEqual(ids(batch));
    }
    followers.forEach((follower) => follower.stop());
    await until(() => standIn.subscriptions.size === 0, 'the subscription to be let go of');
    expect(store.feedState()).toBeNull();
  });

  it('ask for checkpoints every 1,000 records and not every 32, by stream prefix and never by regex, and for links as they are', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const follower = following(store);
    await follower.caughtUp();
    await until(() => standIn.subscriptions.size === 1, 'the subscription');
    const [subscription] = standIn.subscriptions;
    expect(subscription).toMatchObject({ prefixes: ['s'], window: 1000, resolveLinks: false });
    standIn.log.writeSystemEvents(2500);
    await until(() => follower.messages.filter(({ kind }) => kind === 'checkpoint').length >= 2, 'checkpoints');
    expect(follower.seen).toEqual([]);
  });

  it('move their checkpoint on when the log grew by what they do not want: silence is then no stall', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { quietMs: 100 });
    const follower = following(store);
    await follower.caughtUp();
    await until(() => store.feedState() === 'live', 'live');
    standIn.log.writeSystemEvents(50);
    const head = await store.head();
    await until(() => follower.messages.some((message) => message.kind === 'checkpoint' && message.position === head), 'the checkpoint');
    expect(store.feedState()).toBe('live');
    expect(standIn.calls.subscribe).toBe(1);
  });

  it('keep no more than the backlog for a slow follower, who reads the log instead', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { backlog: 20, quietMs: 60_000 });
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const slow = following(store, { after: 'start', streamPrefixes: ['s'] }, (message) => (message.kind === 'events' ? gate : undefined));
    const quick = following(store);
    await Promise.all([slow.caughtUp(), quick.caughtUp()]);
    const appended = await appendSlowly(store, 30);
    await quick.reached(appended.length);
    expect(slow.seen.length).toBeLessThan(50);
    const read = standIn.calls.readAll;
    goOn();
    await slow.reached(appended.length);
    expect(ids(slow.seen)).toEqual(ids(appended));
    expect(ids(quick.seen)).toEqual(ids(appended));
    expect(standIn.calls.readAll).toBeGreaterThan(read);
    expect(standIn.calls.subscribe).toBe(1);
  });

  it('widen the one filter when a follower wants other streams, and nobody misses or sees anything twice', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const first = following(store);
    const writing = appendSlowly(store, 40);
    await sleep(50);
    const other = following(store, { after: 'start', streamPrefixes: ['other'] });
    await sleep(50);
    const everything = following(store, { after: 'start' });
    const appended = await writing;
    const total = standIn.log.records.filter(({ streamId }) => /^(s|other)$/.test(streamId));
    await Promise.all([first.reached(appended.length), other.reached(total.length - appended.length), everything.reached(total.length)]);
    expect(ids(first.seen)).toEqual(ids(appended));
    expect(ids(everything.seen)).toEqual(ids(total));
    expect(ids(other.seen)).toEqual(ids(total.filter(({ streamId }) => streamId === 'other')));
    expect(standIn.subscriptions.size).toBe(1);
  });

  it('never show system events nor the stream of the store’s id', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const followers = [following(store, { after: 'start' }), following(store, { after: 'start', streamPrefixes: ['market.', '$'] })];
    await store.append('market.a', [event()], { expectedRevision: 'any' });
    standIn.log.write('market.a', [{ id: event().id, type: '$>', contentType: 'text/plain', data: Buffer.from('0@market.b'), custom: Buffer.alloc(0) }]);
    standIn.log.writeSystemEvents(5);
    standIn.log.write('$settings', [{ id: event().id, type: 'Changed', contentType: 'application/json', data: Buffer.from('{}'), custom: Buffer.alloc(0) }]);
    await store.append('market.a', [event()], { expectedRevision: 'any' });
    for (const follower of followers) {
      await follower.reached(2);
      expect(follower.seen.map(({ streamId, type }) => `${streamId} ${type}`)).toEqual(['market.a ThingHappened', 'market.a ThingHappened']);
    }
    expect((await store.readStream('market.store'))[0]?.data).toEqual({ id: store.id });
  });

  it('refuse a position beyond the end, which the server would take in silence, skipping what comes until then', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const follower = following(store, { after: 'f'.repeat(32) });
    await follower.done;
    expect(follower.error).toBeInstanceOf(ForeignPositionError);
  });

  it('end with a name when access is taken away, and when the server stays away for long', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { patienceMs: 300 });
    const first = following(store);
    await first.caughtUp();
    standIn.fail('subscribe', refusals.denied(), 1);
    standIn.endSubscriptions();
    await first.done;
    expect(first.error).toBeInstanceOf(AccessDeniedError);
    const second = following(store);
    await second.caughtUp();
    standIn.fail('subscribe', refusals.notReady());
    standIn.endSubscriptions();
    await second.done;
    expect(second.error).toBeInstanceOf(EventStoreUnavailableError);
    standIn.heal();
    const third = following(store);
    await third.caughtUp();
    expect(third.error).toBeUndefined();
    await store.close();
    await third.done;
    expect(third.error).toBeInstanceOf(StoreClosedError);
  });

  it('are refused at once by a server that does not know the position', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    standIn.fail('subscribe', refusal(3, 'Trying to read from an invalid position.'), 1);
    const follower = following(store);
    await follower.done;
    expect(String(follower.error)).toContain('invalid position');
  });
});
