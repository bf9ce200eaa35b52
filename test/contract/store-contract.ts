/**
 * What every event store promises, as tests that an adapter's author runs against it:
 *
 *   describeStore('my store', { open: async (options) => …, reopen: async (store, options) => … });
 *
 * `open` gives a store of its own, empty of application events, each time. Stores with a clock of their own say
 * `injectedClock: false`; `reopen` closes the store and opens the same log again. After each test, stores are closed.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { appendOnce, IdConflictError } from '../../src/store/append-once.js';
import { AppendTooLargeError, ForeignPositionError, InvalidEventError, StoreClosedError, WrongExpectedRevisionError, type EventStore, type JsonObject, type NewEvent, type ReadAllOptions, type RecordedEvent, type SubscriptionMessage } from '../../src/store/port.js';

export interface StoreUnderTest {
  open(options: { now: () => Date }): Promise<EventStore>;
  /** Closes the store and opens the same log again; absent: what it holds dies with it. */
  reopen?: (store: EventStore, options: { now: () => Date }) => Promise<EventStore>;
  /** Whether recordedAt comes from the clock given to `open` (default true). */
  injectedClock?: boolean;
  /** Called after each test. */
  cleanUp?(): Promise<void>;
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

const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

export function describeStore(name: string, adapter: StoreUnderTest): void {
  const opened: EventStore[] = [];
  let time = Date.UTC(2025, 10, 3, 14, 30);
  const now = (): Date => new Date(time);
  const open = async (): Promise<EventStore> => {
    const store = await adapter.open({ now });
    opened.push(store);
    return store;
  };
  const { reopen } = adapter;

  describe(name, () => {
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
      await adapter.cleanUp?.();
    });

    describe('appending', () => {
      it('gives revisions from 0 and positions that rise', async () => {
        const store = await open();
        const first = await store.append('a', [event(), event()], { expectedRevision: 'no_stream' });
        const second = await store.append('a', [event()], { expectedRevision: 1 });
        expect([first.lastRevision, second.lastRevision]).toEqual([1, 2]);
        expect(first.position < second.position).toBe(true);
        const read = await store.readStream('a');
        expect(read.map(({ revision }) => revision)).toEqual([0, 1, 2]);
        expect(read.at(-1)?.position).toBe(second.position);
        expect(await store.head()).not.toBeNull();
      });

      it("goes through with 'any' whether or not the stream exists", async () => {
        const store = await open();
        expect((await store.append('a', [event()], { expectedRevision: 'any' })).lastRevision).toBe(0);
        expect((await store.append('a', [event()], { expectedRevision: 'any' })).lastRevision).toBe(1);
      });

      it.each([
        { expected: 'no_stream', has: 2 },
        { expected: 'stream_exists', has: 0 },
        { expected: 0, has: 0 },
        { expected: 0, has: 2 },
        { expected: 5, has: 2 },
      ] as const)('refuses expectation $expected of a stream with $has events, naming both revisions', async ({ expected, has }) => {
        const store = await open();
        if (has > 0) await store.append('a', events(has), { expectedRevision: 'no_stream' });
        const error: unknown = await store.append('a', [event()], { expectedRevision: expected }).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(WrongExpectedRevisionError);
        expect(error).toMatchObject({ streamId: 'a', expected, actual: has === 0 ? null : has - 1 });
        expect(await store.readStream('a')).toHaveLength(has);
      });

      it("goes through with 'stream_exists' and with the exact revision", async () => {
        const store = await open();
        await store.append('a', [event()], { expectedRevision: 'no_stream' });
        await store.append('a', [event()], { expectedRevision: 'stream_exists' });
        expect((await store.append('a', [event()], { expectedRevision: 1 })).lastRevision).toBe(2);
      });

      it('takes the same ids at the same exact revision again, writing nothing', async () => {
        const store = await open();
        const first = events(2);
        const more = events(3);
        const a = await store.append('a', first, { expectedRevision: 'no_stream' });
        const b = await store.append('a', more, { expectedRevision: 1 });
        expect(await store.append('a', more, { expectedRevision: 1 })).toEqual(b);
        expect((await store.append('a', first, { expectedRevision: 'no_stream' })).position).toBe(a.position);
        expect(ids(await store.readStream('a'))).toEqual(ids([...first, ...more]));
      });

      it('takes the same append made twice at the same time once', async () => {
        const store = await open();
        const batch = events(3);
        const results = await Promise.all([1, 2, 3].map(() => store.append('a', batch, { expectedRevision: 'no_stream' })));
        expect(new Set(results.map(({ position }) => position)).size).toBe(1);
        expect(ids(await store.readStream('a'))).toEqual(ids(batch));
      });

      it('refuses a repetition that overlaps only in part, is longer, or is in another order', async () => {
        const store = await open();
        const [a, b] = events(2) as [NewEvent, NewEvent];
        await store.append('s', [a, b], { expectedRevision: 'no_stream' });
        for (const attempt of [[a, event()], [a, b, event()], [b, a], [b]]) {
          await expect(store.append('s', attempt, { expectedRevision: 'no_stream' })).rejects.toBeInstanceOf(WrongExpectedRevisionError);
        }
        expect(await store.readStream('s')).toHaveLength(2);
      });

      it('lets exactly one of many writers have a revision', async () => {
        const store = await open();
        const results = await Promise.allSettled(Array.from({ length: 20 }, () => store.append('a', [event()], { expectedRevision: 'no_stream' })));
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ name: 'WrongExpectedRevisionError', actual: 0 });
        expect(await store.readStream('a')).toHaveLength(1);
      });

      it('stores 500 events in one append, all or none', async () => {
        const store = await open();
        const batch = events(500);
        const { lastRevision } = await store.append('a', batch, { expectedRevision: 'no_stream' });
        expect(lastRevision).toBe(499);
        expect(ids(await store.readStream('a'))).toEqual(ids(batch));
        const bad = [...events(499), event({ value: NaN })];
        await expect(store.append('a', bad, { expectedRevision: 499 })).rejects.toBeInstanceOf(InvalidEventError);
        expect(await store.readStream('a')).toHaveLength(500);
      });

      it('takes an append of just under 1 MiB and refuses one above it', async () => {
        const store = await open();
        const big = (bytes: number): NewEvent[] => [event({ text: 'x'.repeat(bytes / 2) }), event({ text: 'é'.repeat(bytes / 4) })];
        await expect(store.append('a', big(1024 * 1024), { expectedRevision: 'any' })).rejects.toBeInstanceOf(AppendTooLargeError);
        await store.append('a', big(1024 * 1024 - 1000), { expectedRevision: 'any' });
        expect((await store.readStream('a')).map(({ data }) => (data['text'] as string).length)).toEqual([523788, 261894]);
      });

      it('refuses an append without events', async () => {
        const store = await open();
        await expect(store.append('a', [], { expectedRevision: 'any' })).rejects.toBeInstanceOf(InvalidEventError);
      });

      it.each([
        ['events[1].data.change.value', [event(), event({ change: { value: Infinity } })]],
        ['events[0].data.list[1]', [event({ list: [1, undefined] as never })]],
        ['events[0].metadata.when', [event({}, { metadata: { when: new Date() as never } })]],
        ['events[0].data.big', [event({ big: 1n as never })]],
        ['events[0].data.call', [event({ call: (() => 1) as never })]],
        ['events[0].data.inner.__proto__', [event(JSON.parse('{"inner":{"__proto__":{"polluted":true}}}') as JsonObject)]],
        ['events[0].data.half', [event({ half: '\ud800' })]],
        ['events[0].data["half\\ud800"]', [event({ 'half\ud800': 1 })]],
        ['events[0].id', [event({}, { id: randomUUID().toUpperCase() })]],
        ['events[0].type', [event({}, { type: '' })]],
        ['events[0].data', [event([] as never)]],
      ])('refuses what is not JSON or not an event, naming %s', async (path, batch) => {
        const store = await open();
        const error: unknown = await store.append('a', batch, { expectedRevision: 'any' }).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(InvalidEventError);
        expect((error as InvalidEventError).path).toBe(path);
        expect(await store.readStream('a')).toEqual([]);
      });

      it('refuses a cycle, an id twice in one append, and stream ids that are empty or the system’s', async () => {
        const store = await open();
        const cycle: JsonObject = {};
        cycle['self'] = cycle;
        const twice = event();
        await expect(store.append('a', [event(cycle)], { expectedRevision: 'any' })).rejects.toBeInstanceOf(InvalidEventError);
        await expect(store.append('a', [twice, event(), twice], { expectedRevision: 'any' })).rejects.toMatchObject({ path: 'events[2].id' });
        for (const streamId of ['', '$settings']) await expect(store.append(streamId, [event()], { expectedRevision: 'any' })).rejects.toMatchObject({ path: 'streamId' });
      });

      it('keeps what was appended, whatever the caller does to it afterwards', async () => {
        const store = await open();
        const mine = event({ list: [1], zero: -0 });
        const appended = store.append('a', [mine], { expectedRevision: 'any' });
        (mine.data['list'] as number[]).push(2);
        await appended;
        expect((await store.readStream('a'))[0]?.data).toStrictEqual({ list: [1], zero: 0 });
      });

      it('gives back any JSON value as it was', async () => {
        const store = await open();
        const key = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('constructor', 'toJSON', 'hasOwnProperty', '__keys__', 'then', 'length', '0', '')).filter((name) => name !== '__proto__');
        const json = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
          value: fc.oneof({ maxDepth: 4 }, fc.string({ unit: 'grapheme' }), fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0), fc.integer(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), tie('object')),
          object: fc.dictionary(key, tie('value'), { maxKeys: 6 }).map((value) => ({ ...value })),
        })).object as fc.Arbitrary<JsonObject>;
        let round = 0;
        await fc.assert(
          fc.asyncProperty(fc.array(fc.tuple(json, json), { minLength: 1, maxLength: 40 }), async (pairs) => {
            const streamId = `json-${round++}`;
            const batch = pairs.map(([data, metadata]) => event(data, { metadata }));
            await store.append(streamId, batch, { expectedRevision: 'no_stream' });
            const read = await store.readStream(streamId);
            expect(read.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }))).toEqual(batch);
            // toEqual does not look at the order of keys, or at -0.
            expect(JSON.stringify(read.map(({ data }) => data))).toBe(JSON.stringify(batch.map(({ data }) => data)));
          }),
          { numRuns: 60 },
        );
      });

      it.skipIf(adapter.injectedClock === false)('sets recordedAt from the clock it was given', async () => {
        const store = await open();
        await store.append('a', [event()], { expectedRevision: 'any' });
        time += 61_234;
        await store.append('a', [event()], { expectedRevision: 'any' });
        const [first, second] = await store.readStream('a');
        expect(second?.recordedAt).toBe(now().toISOString());
        expect(Date.parse(second?.recordedAt ?? '') - Date.parse(first?.recordedAt ?? '')).toBe(61_234);
      });
    });

    describe('reading a stream', () => {
      it('reads a missing stream as empty, in both directions', async () => {
        const store = await open();
        await store.append('ab', [event()], { expectedRevision: 'any' });
        expect(await store.readStream('a')).toEqual([]);
        expect(await store.readStream('a', { direction: 'backwards' })).toEqual([]);
      });

      it('reads any range in both directions, `from` excluded, however the stream was appended', async () => {
        const store = await open();
        // Streams that begin with each other's names, in appends of various lengths that share blocks.
        for (const count of [1, 70, 3, 1, 1, 130]) {
          await Promise.all(['s', 's-1', 't'].map((streamId) => store.append(streamId, events(count), { expectedRevision: 'any' })));
        }
        const whole = await store.readStream('s');
        expect(whole).toHaveLength(206);
        expect(whole.every(({ streamId, revision }, index) => streamId === 's' && revision === index)).toBe(true);
        for (const from of [0, 1, 69, 70, 71, 72, 73, 74, 75, 76, 204, 205, 300]) {
          for (const limit of [1, 2, 80, 1000]) {
            expect(await store.readStream('s', { from, limit })).toEqual(whole.slice(from + 1, from + 1 + limit));
            expect(await store.readStream('s', { from, limit, direction: 'backwards' })).toEqual(whole.slice(0, from).reverse().slice(0, limit));
          }
        }
        expect(await store.readStream('s', { direction: 'backwards' })).toEqual([...whole].reverse());
        expect(await store.readStream('s', { from: 'end' })).toEqual([]);
        expect(await store.readStream('s', { from: 'start', direction: 'backwards' })).toEqual([]);
        expect(await store.readStream('s', { limit: 0 })).toEqual([]);
        await expect(store.readStream('s', { limit: -1 })).rejects.toBeInstanceOf(RangeError);
      });

      it('reads at most 1000 events unless told otherwise', async () => {
        const store = await open();
        await store.append('a', events(1001), { expectedRevision: 'any' });
        expect(await store.readStream('a')).toHaveLength(1000);
        expect(await store.readStream('a', { limit: 2000 })).toHaveLength(1001);
      });
    });

    describe('reading the log', () => {
      it('reads everything in the order it was appended, and backwards the other way round', async () => {
        const store = await open();
        const appended: string[] = [];
        for (let n = 0; n < 40; n++) {
          const batch = events(1 + (n % 5) * 20);
          appended.push(...ids(batch));
          await store.append(`s${n % 3}`, batch, { expectedRevision: 'any' });
        }
        const forwards = await all(store, { streamPrefixes: ['s'] });
        expect(ids(forwards)).toEqual(appended);
        expect(await all(store, { streamPrefixes: ['s'], direction: 'backwards' })).toEqual([...forwards].reverse());
        const positions = forwards.map(({ position }) => position);
        expect([...positions].sort()).toEqual(positions);
        expect(new Set(positions).size).toBe(positions.length);
      });

      it('reads on from any position, which is left out', async () => {
        const store = await open();
        for (let n = 0; n < 6; n++) await store.append(`s${n % 2}`, events(n * 17 + 1), { expectedRevision: 'any' });
        const whole = await all(store, { streamPrefixes: ['s'] });
        for (const index of [0, 1, 17, 18, 19, 100, whole.length - 1]) {
          const from = whole[index]?.position ?? '';
          expect(await all(store, { from, streamPrefixes: ['s'] })).toEqual(whole.slice(index + 1));
          expect(await all(store, { from, streamPrefixes: ['s'], direction: 'backwards' })).toEqual(whole.slice(0, index).reverse());
        }
        expect(await all(store, { from: 'end' })).toEqual([]);
        expect(await all(store, { from: 'start', direction: 'backwards' })).toEqual([]);
      });

      it('gives only the streams with one of the prefixes', async () => {
        const store = await open();
        for (const streamId of ['market.a', 'market.b', 'scenario.x.a', 'marketing']) await store.append(streamId, events(3), { expectedRevision: 'any' });
        const streams = async (streamPrefixes: string[]): Promise<string[]> => [...new Set((await all(store, { streamPrefixes })).map(({ streamId }) => streamId))];
        expect(await streams(['market.'])).toEqual(['market.a', 'market.b']);
        expect(await streams(['scenario.x.', 'market.b'])).toEqual(['market.b', 'scenario.x.a']);
        expect(await streams(['nothing'])).toEqual([]);
      });

      it('refuses a position that is malformed or not its own', async () => {
        const store = await open();
        await store.append('a', [event()], { expectedRevision: 'any' });
        for (const from of ['', 'x', '1', '-000000000000001', '9999999999999999']) {
          await expect(all(store, { from })).rejects.toBeInstanceOf(ForeignPositionError);
          await expect(follow(store, { after: from }, () => true)).rejects.toBeInstanceOf(ForeignPositionError);
        }
      });
    });

    describe('subscribing', () => {
      it('delivers what is there, says that it has caught up, then delivers what comes', async () => {
        const store = await open();
        const before = events(150);
        const after = events(3);
        await store.append('s', before, { expectedRevision: 'any' });
        let appended = false;
        const { seen, messages } = await follow(store, { after: 'start', streamPrefixes: ['s'] }, (all, message) => {
          if (message.kind === 'caughtUp' && !appended) {
            appended = true;
            expect(all).toHaveLength(150);
            void store.append('s', after, { expectedRevision: 'any' });
          }
          return all.length === 153;
        });
        expect(ids(seen)).toEqual(ids([...before, ...after]));
        expect(messages.findIndex(({ kind }) => kind === 'caughtUp')).toBeGreaterThan(0);
      });

      it('starts after a position, or with what comes', async () => {
        const store = await open();
        await store.append('s', events(20), { expectedRevision: 'any' });
        const whole = await all(store, { streamPrefixes: ['s'] });
        const { seen } = await follow(store, { after: whole[7]?.position ?? '', streamPrefixes: ['s'] }, (all) => all.length === 12);
        expect(ids(seen)).toEqual(ids(whole.slice(8)));
        const later = events(2);
        const live = follow(store, { after: 'end', streamPrefixes: ['s'] }, (all) => all.length === 2);
        await tick();
        await store.append('s', later, { expectedRevision: 'any' });
        expect(ids((await live).seen)).toEqual(ids(later));
      });

      it('shows each event of many concurrent writers exactly once and in the log’s order', async () => {
        const store = await open();
        const followers = ['start', 'start'].map(() => follow(store, { after: 'start', streamPrefixes: ['s'] }, (all) => all.length >= 2000));
        const written: NewEvent[] = [];
        await Promise.all(
          Array.from({ length: 50 }, async (_, writer) => {
            for (let n = 0; n < 20; n++) {
              const batch = events(2);
              written.push(...batch);
              await store.append(`s${writer % 10}`, batch, { expectedRevision: 'any' });
            }
          }),
        );
        const whole = await all(store, { streamPrefixes: ['s'] });
        expect(new Set(ids(whole))).toEqual(new Set(ids(written)));
        expect(whole).toHaveLength(2000);
        for (const { seen } of await Promise.all(followers)) expect(ids(seen)).toEqual(ids(whole));
        const streams = new Map<string, number>();
        for (const { streamId, revision } of whole) {
          expect(revision).toBe((streams.get(streamId) ?? -1) + 1);
          streams.set(streamId, revision);
        }
      });

      it('never lets caughtUp or a checkpoint run ahead of events', async () => {
        const store = await open();
        for (let n = 0; n < 30; n++) await store.append(n % 3 === 0 ? 's' : 'other', events(40), { expectedRevision: 'any' });
        const last = (await store.append('other', events(5), { expectedRevision: 'any' })).position;
        const wanted = await all(store, { streamPrefixes: ['s'] });
        const { messages } = await follow(store, { after: 'start', streamPrefixes: ['s'] }, (_, message) => message.kind === 'caughtUp');
        let delivered = 0;
        let reached = '';
        for (const message of messages) {
          if (message.kind === 'events') {
            delivered += message.events.length;
            expect((message.events[0]?.position ?? '') > reached).toBe(true);
            reached = message.events.at(-1)?.position ?? '';
          } else if (message.position !== null) {
            expect(message.position >= reached).toBe(true);
            reached = message.position;
            expect(wanted.filter(({ position }) => position <= reached)).toHaveLength(delivered);
          }
        }
        expect(delivered).toBe(wanted.length);
        expect(reached >= last).toBe(true);
        // What was reported is a place to go on from.
        const next = event();
        await store.append('s', [next], { expectedRevision: 'any' });
        expect(ids((await follow(store, { after: reached, streamPrefixes: ['s'] }, (all) => all.length > 0)).seen)).toEqual([next.id]);
      });

      it('delivers everything to a consumer that is slower than the writers', async () => {
        const store = await open();
        const stop = new AbortController();
        const seen: string[] = [];
        const writing = (async () => {
          for (let n = 0; n < 100; n++) await store.append('s', events(5), { expectedRevision: 'any' });
        })();
        for await (const message of store.subscribe({ after: 'start', streamPrefixes: ['s'], signal: stop.signal })) {
          if (message.kind === 'events') seen.push(...ids(message.events));
          await new Promise((resolve) => setTimeout(resolve, 5));
          if (seen.length === 500) stop.abort();
        }
        await writing;
        expect(seen).toEqual(ids(await store.readStream('s')));
      });

      it('ends without an error when its signal aborts, waiting or not, or was aborted before', async () => {
        const store = await open();
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 30);
        for await (const _ of store.subscribe({ after: 'start', signal: stop.signal })) void _;
        for await (const _ of store.subscribe({ after: 'start', signal: stop.signal })) throw new Error('nothing comes after the abort');
      });

      it('waits through many rounds without leaking listeners on the signal', async () => {
        const store = await open();
        const warnings: Error[] = [];
        const warn = (warning: Error): void => void warnings.push(warning);
        process.on('warning', warn);
        const following = follow(store, { after: 'start', streamPrefixes: ['s'] }, (all) => all.length === 30);
        for (let n = 0; n < 30; n++) {
          await store.append('s', [event()], { expectedRevision: 'any' });
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        await following;
        process.off('warning', warn);
        expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).toEqual([]);
      });
    });

    describe('appendOnce', () => {
      it('appends what is new and reports where each event is', async () => {
        const store = await open();
        const batch = events(5);
        await appendOnce(store, 's', batch.slice(0, 2));
        const result = await appendOnce(store, 's', batch);
        expect(result).toMatchObject({ appended: 3, known: 2, lastRevision: 4 });
        expect(result.refs).toEqual(batch.map(({ id }, revision) => ({ id, revision, known: revision < 2 })));
        expect(ids(await store.readStream('s'))).toEqual(ids(batch));
      });

      it('writes nothing the second time, also with keys in another order', async () => {
        const store = await open();
        const once = event({ a: 1, b: { c: [1, { d: null, e: 2 }] } });
        const first = await appendOnce(store, 's', [once]);
        const again = await appendOnce(store, 's', [{ ...once, data: { b: { c: [1, { e: 2, d: null }] }, a: 1 } }]);
        expect(again).toMatchObject({ appended: 0, known: 1, lastRevision: 0, position: first.position });
        expect(await store.readStream('s')).toHaveLength(1);
      });

      it('refuses a known id with other content, saying where it differs', async () => {
        const store = await open();
        const once = event({ change: { value: 1 } });
        await appendOnce(store, 's', [event(), once]);
        const error: unknown = await appendOnce(store, 's', [event(), { ...once, data: { change: { value: 2 } } }]).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(IdConflictError);
        expect(error).toMatchObject({ streamId: 's', id: once.id, revision: 1, path: 'data.change.value' });
        expect(await store.readStream('s')).toHaveLength(2);
      });

      it('looks back no further than `depth`', async () => {
        const store = await open();
        const old = event();
        await appendOnce(store, 's', [old, ...events(20)]);
        expect(await appendOnce(store, 's', [old], { depth: 21 })).toMatchObject({ appended: 0, known: 1 });
        expect(await appendOnce(store, 's', [old], { depth: 20 })).toMatchObject({ appended: 1, known: 0 });
      });

      it('stores each event once however many callers append it at the same time', async () => {
        const store = await open();
        const batch = events(6);
        const results = await Promise.all(Array.from({ length: 8 }, (_, n) => appendOnce(store, 's', [...batch.slice(0, 1 + (n % 6)), event()])));
        const read = await store.readStream('s');
        expect(new Set(ids(read)).size).toBe(read.length);
        expect(read).toHaveLength(6 + 8);
        expect(results.reduce((sum, { appended }) => sum + appended, 0)).toBe(14);
      });

      it('splits what is more than one append may hold, and a repeat finishes what was cut off', async () => {
        const store = await open();
        const many = Array.from({ length: 3000 }, (_, n) => event({ n, text: 'x'.repeat(500) }));
        await appendOnce(store, 's', many.slice(0, 1234));
        expect(await appendOnce(store, 's', many)).toMatchObject({ appended: 1766, known: 1234, lastRevision: 2999 });
        expect(ids(await store.readStream('s', { limit: 4000 }))).toEqual(ids(many));
      });

      it('refuses an id that occurs twice in the list, however long it is', async () => {
        const store = await open();
        const list = events(2500);
        await expect(appendOnce(store, 's', [...list, list[3] as NewEvent])).rejects.toMatchObject({ name: 'InvalidEventError', path: 'events[2500].id' });
        expect(await store.readStream('s')).toEqual([]);
      });

      it('refuses an event that is by itself too large, before it writes anything', async () => {
        const store = await open();
        const tooLarge = event({ text: 'x'.repeat(1024 * 1024) });
        await expect(appendOnce(store, 's', [event(), tooLarge])).rejects.toBeInstanceOf(AppendTooLargeError);
        expect(await store.readStream('s')).toEqual([]);
      });
    });

    describe('closing', () => {
      it('refuses every call afterwards, and closing twice is closing once', async () => {
        const store = await open();
        await store.append('s', [event()], { expectedRevision: 'any' });
        await store.close();
        await store.close();
        for (const call of [
          () => store.append('s', [event()], { expectedRevision: 'any' }),
          () => store.readStream('s'),
          () => all(store),
          () => store.head(),
          () => follow(store, { after: 'start' }, () => false),
          () => follow(store, { after: 'end' }, () => false),
        ]) {
          await expect(call()).rejects.toBeInstanceOf(StoreClosedError);
        }
      });

      it('finishes the appends it accepted, and tells waiting subscribers', async () => {
        const store = await open();
        const waiting = follow(store, { after: 'end' }, () => false);
        const outcome = expect(waiting).rejects.toBeInstanceOf(StoreClosedError);
        await tick();
        const accepted = store.append('s', events(3), { expectedRevision: 'any' });
        await store.close();
        expect((await accepted).lastRevision).toBe(2);
        await outcome;
      });

      it.skipIf(!reopen)('finds everything again when the log is opened anew', async () => {
        const store = await open();
        await store.append('s', events(200), { expectedRevision: 'any' });
        const before = await all(store, { streamPrefixes: ['s'] });
        const again = await (reopen as NonNullable<typeof reopen>)(store, { now });
        opened.push(again);
        expect(again.id).toBe(store.id);
        expect(await all(again, { streamPrefixes: ['s'] })).toEqual(before);
        expect((await again.append('s', [event()], { expectedRevision: 199 })).lastRevision).toBe(200);
        expect((await again.head()) ?? '').toMatch(/./);
      });
    });
  });
}
