/** The store contract: append. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppendTooLargeError, InvalidEventError, WrongExpectedRevisionError, type JsonObject, type NewEvent } from '../../src/store/port.js';
import { event, events, ids, type Bench } from './support.js';

export function appending({ open, clock }: Bench): void {
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

    it('refuses events of system types, which readers of EventStoreDB would never see', async () => {
      const store = await open();
      await expect(store.append('a', [event(), event({}, { type: '$metadata' })], { expectedRevision: 'any' })).rejects.toMatchObject({ name: 'InvalidEventError', path: 'events[1].type' });
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

    it.skipIf(!clock.injected)('sets recordedAt from the clock it was given', async () => {
      const store = await open();
      await store.append('a', [event()], { expectedRevision: 'any' });
      clock.advance(61_234);
      await store.append('a', [event()], { expectedRevision: 'any' });
      const [first, second] = await store.readStream('a');
      expect(second?.recordedAt).toBe(clock.now().toISOString());
      expect(Date.parse(second?.recordedAt ?? '') - Date.parse(first?.recordedAt ?? '')).toBe(61_234);
    });
  });
}
