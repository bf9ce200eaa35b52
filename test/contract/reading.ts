/** The store contract: readStream and readAll. */
import { describe, expect, it } from 'vitest';
import { ForeignPositionError } from '../../src/store/port.js';
import { all, event, events, follow, ids, type Bench } from './support.js';

export function reading({ open }: Bench): void {
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
}
