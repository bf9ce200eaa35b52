/** The store contract: appendOnce, which lies above the port and must hold on every store. */
import { describe, expect, it } from 'vitest';
import { appendOnce, IdConflictError } from '../../src/store/append-once.js';
import { AppendTooLargeError, type NewEvent } from '../../src/store/port.js';
import { event, events, ids, type Bench } from './support.js';

export function appendingOnce({ open }: Bench): void {
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
}
