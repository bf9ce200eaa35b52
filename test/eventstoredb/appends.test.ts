/** What the client does with appends that go wrong, and what the adapter makes of it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AccessDeniedError, AppendOutcomeUnknownError, EventStoreUnavailableError, StreamDeletedError } from '../../src/store/eventstoredb/errors.js';
import { StoreOpenError, WrongExpectedRevisionError } from '../../src/store/port.js';
import type { StandIn } from '../support/eventstoredb-stand-in/stand-in.js';
import { refusals } from '../support/eventstoredb-stand-in/wire.js';
import { event, events } from '../contract/store-contract.js';
import { cleanUpAfterEach, standInFor, storeOn, until } from './with-stand-in.js';

const failureOf = (promise: Promise<unknown>): Promise<Error> => promise.then(() => new Error('it went through'), (reason: unknown) => reason as Error);

describe('appends to EventStoreDB', () => {
  cleanUpAfterEach();

  it('stored although the answer was lost are repeated with the same ids, and stored once', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const batch = events(3);
    standIn.fail('append', 'swallow', 1);
    const { lastRevision, position } = await store.append('s', batch, { expectedRevision: 'no_stream' });
    const stored = await store.readStream('s');
    expect(stored.map(({ id }) => id)).toEqual(batch.map(({ id }) => id));
    expect({ lastRevision, position }).toEqual({ lastRevision: 2, position: stored[2]?.position });
    expect(standIn.calls.append).toBe(3);
  });

  it.each([
    ['lost without a word', 'silent'],
    ['met by a broken connection', refusals.unavailable()],
    ['timed out on the server', refusals.timedOut()],
    ['met by an exception on the server', refusals.unexpected()],
  ] as const)('that are %s go through at the exact revision', async (_, fault) => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    await store.append('s', [event()], { expectedRevision: 'no_stream' });
    standIn.fail('append', fault, 2);
    expect((await store.append('s', [event()], { expectedRevision: 0 })).lastRevision).toBe(1);
  });

  it.each(['any', 'stream_exists'] as const)("with '%s' are not repeated when the outcome is unknown: the error names stream and ids", async (expectedRevision) => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    await store.append('s', [event()], { expectedRevision: 'any' });
    standIn.fail('append', 'swallow', 1);
    const once = event();
    const error = await failureOf(store.append('s', [once], { expectedRevision }));
    expect(error).toBeInstanceOf(AppendOutcomeUnknownError);
    expect(error).toMatchObject({ streamId: 's', ids: [once.id] });
    // That of the store's id, the first, and one attempt.
    expect(standIn.calls.append).toBe(3);
    // Why: the server recognises a repetition with 'any' only from a cache.
    await store.append('s', [once], { expectedRevision });
    expect(await store.readStream('s')).toHaveLength(2);
    standIn.log.forgetRecentIds();
    await store.append('s', [once], { expectedRevision });
    expect(await store.readStream('s')).toHaveLength(3);
  });

  it("with 'any' wait for a server that starts or elects: it says that it did nothing", async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    standIn.fail('append', refusals.notReady(), 2);
    await store.append('s', [event()], { expectedRevision: 'any' });
    expect(await store.readStream('s')).toHaveLength(1);
  });

  it('follow the leader when the node is none', async () => {
    const follower = await standInFor();
    const leader = await standInFor({ log: follower.log });
    const store = await storeOn(follower);
    follower.fail('append', refusals.notLeader('127.0.0.1', leader.port));
    await store.append('s', [event()], { expectedRevision: 'any' });
    expect(leader.calls.append).toBe(1);
    await store.append('s', [event()], { expectedRevision: 0 });
    expect(leader.calls.append).toBe(2);
  });

  it('fail with a name within the patience when the server never answers', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { timeoutMs: 100, patienceMs: 500 });
    standIn.fail('append', 'silent');
    const begun = performance.now();
    expect(await failureOf(store.append('s', [event()], { expectedRevision: 'no_stream' }))).toBeInstanceOf(AppendOutcomeUnknownError);
    expect(performance.now() - begun).toBeLessThan(3000);
    standIn.heal();
    standIn.fail('append', refusals.notReady());
    expect(await failureOf(store.append('s', [event()], { expectedRevision: 'no_stream' }))).toBeInstanceOf(EventStoreUnavailableError);
  });

  it('go through to a server whose clock is ahead: no deadline by this machine’s clock is sent', async () => {
    const store = await storeOn(await standInFor({ clockAheadMs: 3_600_000 }), { patienceMs: 0 });
    expect((await store.append('s', [event()], { expectedRevision: 'any' })).lastRevision).toBe(0);
  });

  it('of very many tiny events go in several messages, as the server takes no large ones, and are stored together', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { timeoutMs: 20_000 });
    const tiny = Array.from({ length: 60_000 }, () => event({}, { type: 'T' }));
    await store.append('s', tiny, { expectedRevision: 'no_stream' });
    expect(standIn.log.stream('s')?.map(({ id }) => id)).toEqual(tiny.map(({ id }) => id));
    expect(standIn.calls.append).toBe(2);
  });

  it('never ask for the server’s methods: that call has no deadline and its failure is kept for ever', async () => {
    const standIn = await standInFor();
    standIn.fail('supportedMethods', refusals.unexpected());
    const store = await storeOn(standIn);
    await store.append('s', [event()], { expectedRevision: 'any' });
    await store.append('s', [event()], { expectedRevision: 0 });
    expect(standIn.calls.supportedMethods).toBe(0);
  });

  it('of one store are not touched by the failure of another in the same process, and no late answer ends it', async () => {
    const [broken, sound] = [await standInFor(), await standInFor()];
    const [first, second] = [await storeOn(broken, { patienceMs: 0 }), await storeOn(sound)];
    broken.fail('append', { delayMs: 100 });
    sound.fail('append', { delayMs: 200 });
    const failing = failureOf(first.append('s', [event()], { expectedRevision: 'any' }));
    const going = second.append('s', events(3), { expectedRevision: 'any' });
    await sleep(50);
    broken.dropConnections();
    expect(await failing).toBeInstanceOf(AppendOutcomeUnknownError);
    expect((await going).lastRevision).toBe(2);
    await sleep(150);
  });

  it('share one call, and a late answer to one that was given up harms neither it nor the others', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { timeoutMs: 400 });
    await store.append('s', [event()], { expectedRevision: 'no_stream' });
    const { connections } = standIn;
    standIn.fail('append', { delayMs: 600 }, 1);
    const late = store.append('s', [event()], { expectedRevision: 0 });
    await sleep(250);
    // Waits for its answer on the same call when the late one comes: the old client is let go of only after it.
    standIn.fail('append', { delayMs: 380 }, 1);
    const beside = store.append('t', [event()], { expectedRevision: 'any' });
    expect((await beside).lastRevision).toBe(0);
    expect((await late).lastRevision).toBe(1);
    expect(standIn.connections).toBe(connections + 1);
    expect(await store.readStream('s')).toHaveLength(2);
    standIn.fail('append', 'twice', 1);
    await store.append('t', [event()], { expectedRevision: 0 });
    expect((await store.append('t', [event()], { expectedRevision: 1 })).lastRevision).toBe(2);
  });

  it('on a call that ends because of one of them are of unknown outcome, the others too: only one that was alone is known not to be done', async () => {
    const follower = await standInFor();
    const leader = await standInFor({ log: follower.log });
    const store = await storeOn(follower);
    follower.fail('append', 'swallow', 3);
    const first = [failureOf(store.append('s', [event()], { expectedRevision: 'any' })), store.append('t', [event()], { expectedRevision: 'no_stream' }), store.append('u', [event()], { expectedRevision: 'no_stream' })];
    await until(() => follower.calls.append === 4, 'the appends to come');
    follower.fail('append', refusals.notLeader('127.0.0.1', leader.port));
    const answered = failureOf(store.append('v', [event()], { expectedRevision: 'any' }));
    expect(await first[0]).toBeInstanceOf(AppendOutcomeUnknownError);
    expect(await answered).toBeInstanceOf(AppendOutcomeUnknownError);
    await Promise.all(first);
    for (const streamId of ['s', 't', 'u']) expect(await store.readStream(streamId)).toHaveLength(1);
    expect(await store.readStream('v')).toEqual([]);
    expect(leader.calls.append).toBe(2);
  });

  it.each<[string, (standIn: StandIn) => void]>([
    ['is ended by the server, normally and unasked', (standIn) => standIn.endAppendCalls()],
    ['breaks', (standIn) => standIn.dropConnections()],
    ['is half closed', (standIn) => standIn.halfCloseConnections()],
    ['breaks and the server is not ready for a while', (standIn) => (standIn.fail('append', refusals.notReady(), 50), standIn.dropConnections())],
  ])('under way while their call %s are stored once, all of them and in order', async (_, misbehave) => {
    const standIn = await standInFor();
    // The timer is too slow to help.
    const store = await storeOn(standIn, { timeoutMs: 600_000 });
    const lanes = Array.from({ length: 20 }, (__, lane) => ({ streamId: `s${lane}`, events: events(25) }));
    let done = 0;
    const appending = lanes.map(async (lane) => {
      for (const [n, each] of lane.events.entries()) {
        await store.append(lane.streamId, [each], { expectedRevision: n === 0 ? 'no_stream' : n - 1 });
        if (++done % 100 === 50) misbehave(standIn);
      }
    });
    await Promise.all(appending);
    for (const lane of lanes) expect((await store.readStream(lane.streamId)).map(({ id }) => id)).toEqual(lane.events.map(({ id }) => id));
  });

  it('many and large at once survive a dropped connection: none is lost, none is doubled, none hangs', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn, { timeoutMs: 2000 });
    const all = Array.from({ length: 40 }, (_, n) => store.append(`s${n}`, [event({ text: 'x'.repeat(200_000) })], { expectedRevision: 'no_stream' }));
    setTimeout(() => standIn.dropConnections(), 20);
    await Promise.all(all);
    for (let n = 0; n < 40; n++) expect(await store.readStream(`s${n}`)).toHaveLength(1);
  });

  it('tell both revisions when the stream is elsewhere, also when there is none: the client says "no_stream" and has no message', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const error = await failureOf(store.append('s', [event()], { expectedRevision: 4 }));
    expect(error).toBeInstanceOf(WrongExpectedRevisionError);
    expect(error).toMatchObject({ expected: 4, actual: null, message: 'stream s: expected revision 4, found no stream' });
  });

  it('to a tombstoned stream, and reads of it, fail with its name', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    await store.append('s', [event()], { expectedRevision: 'any' });
    standIn.log.tombstone('s');
    expect(await failureOf(store.append('s', [event()], { expectedRevision: 'any' }))).toMatchObject({ name: 'StreamDeletedError', streamId: 's' });
    expect(await failureOf(store.readStream('s'))).toBeInstanceOf(StreamDeletedError);
  });

  it('that the user may not make are refused by name', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    standIn.fail('append', refusals.denied());
    expect(await failureOf(store.append('s', [event()], { expectedRevision: 'any' }))).toBeInstanceOf(AccessDeniedError);
  });

  it('too large for the server’s own count are refused as too large', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    standIn.fail('append', refusals.tooLarge());
    expect((await failureOf(store.append('s', [event()], { expectedRevision: 'any' }))).name).toBe('AppendTooLargeError');
  });

  it('to the stream of the store’s id, and on a store opened read-only are refused', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    await expect(store.append('market.store', [event()], { expectedRevision: 'any' })).rejects.toMatchObject({ path: 'streamId' });
    const reading = await storeOn(standIn, { readOnly: true });
    expect(reading.id).toBe(store.id);
    await expect(reading.append('s', [event()], { expectedRevision: 'any' })).rejects.toBeInstanceOf(StoreOpenError);
  });

  it('compare ids and never contents when they are repeated', async () => {
    const standIn = await standInFor();
    const store = await storeOn(standIn);
    const id = randomUUID();
    await store.append('s', [event({ value: 1 }, { id })], { expectedRevision: 'no_stream' });
    await store.append('s', [event({ value: 2 }, { id })], { expectedRevision: 'no_stream' });
    expect((await store.readStream('s')).map(({ data }) => data)).toEqual([{ value: 1 }]);
  });
});
