/** The store contract: subscribe and close. */
import { describe, expect, it } from 'vitest';
import { StoreClosedError, type NewEvent } from '../../src/store/port.js';
import { all, event, events, follow, ids, tick, type Bench } from './support.js';

export function subscribing({ open, reopen }: Bench): void {
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
      const again = await (reopen as NonNullable<typeof reopen>)(store);
            expect(again.id).toBe(store.id);
      expect(await all(again, { streamPrefixes: ['s'] })).toEqual(before);
      expect((await again.append('s', [event()], { expectedRevision: 199 })).lastRevision).toBe(200);
      expect((await again.head()) ?? '').toMatch(/./);
    });
  });
}
