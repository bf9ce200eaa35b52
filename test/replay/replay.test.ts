/** Replay beyond its order: pace, hashes, following live, and where two runs part. */
import { afterEach, describe, expect, it } from 'vitest';
import { instant } from '../../events/index.js';
import { stateHash } from '../../src/projecting/state-hash.js';
import { compareReplays } from '../../src/replay/compare.js';
import { CursorError } from '../../src/replay/cursor.js';
import { runningHashes } from '../../src/replay/hashes.js';
import { pacer, type Pace, type PaceClock } from '../../src/replay/pace.js';
import { replay, type Step } from '../../src/replay/replay.js';
import type { Tracker } from '../../src/tracker.js';
import { emptyTracker, seededTracker } from '../support/in-process.js';

const open: Tracker[] = [];
afterEach(async () => {
  for (const tracker of open.splice(0)) await tracker.close();
});
const seeded = async (): Promise<Tracker> => {
  const tracker = await seededTracker();
  open.push(tracker);
  return tracker;
};

describe('the pace', () => {
  /** A clock that passes only while somebody waits. */
  const fake = (): PaceClock & { time: number } => ({
    time: 1000,
    now() {
      return this.time;
    },
    async wait(ms) {
      this.time += ms;
    },
  });
  const times = async (pace: Pace, at: readonly number[], work = 0): Promise<number[]> => {
    const clock = fake();
    const paced = pacer(pace, clock, new AbortController().signal);
    const seen: number[] = [];
    for (const ms of at) {
      await paced.due(instant(ms));
      seen.push(clock.time - 1000);
      clock.time += work;
    }
    return seen;
  };
  it('is so many times that of the clock of the events, and catches up what the consumer took', async () => {
    expect(await times({ speed: 2 }, [0, 1000, 1000, 5000])).toEqual([0, 500, 500, 2500]);
    expect(await times({ speed: 2 }, [0, 1000, 1000, 5000], 100)).toEqual([0, 500, 600, 2500]);
    expect(await times({ speed: 1, longestWait: 50 }, [0, 1000, 1020])).toEqual([0, 50, 70]);
  });
  it('is so many events a second whatever their times, or none at all', async () => {
    expect(await times({ rate: 4 }, [0, 9, 9, 9])).toEqual([0, 250, 500, 750]);
    expect(await times({}, [0, 1e9, 2e9])).toEqual([0, 0, 0]);
    // Never back in time.
    expect(await times({ speed: 1 }, [1000, 0, 500])).toEqual([0, 0, 500]);
  });
  it('stands still while paused, lets one through a step, and does not make up for it', async () => {
    const clock = fake();
    const paced = pacer({ rate: 10 }, clock, new AbortController().signal, true);
    const seen: string[] = [];
    const consumer = (async () => {
      for (const name of ['a', 'b', 'c']) {
        await paced.due(instant(0));
        seen.push(name);
      }
    })();
    const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    await turn();
    expect(seen).toEqual([]);
    paced.step();
    await turn();
    expect(seen).toEqual(['a']);
    clock.time += 60_000;
    paced.resume();
    await consumer;
    expect([seen, clock.time]).toEqual([['a', 'b', 'c'], 61_000 + 100]);
  });
  it('lets what lies before a moment through at once, paused or waiting, and goes on from there as before', async () => {
    const clock = fake();
    const paced = pacer({ speed: 1 }, clock, new AbortController().signal, true);
    const seen: number[] = [];
    const consumer = (async () => {
      for (const ms of [0, 10_000, 20_000, 30_000]) {
        await paced.due(instant(ms));
        seen.push(ms);
      }
    })();
    const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    paced.seek(instant(20_000));
    await turn();
    expect([seen, clock.time, paced.at, paced.paused]).toEqual([[0, 10_000], 1000, instant(10_000), true]);
    paced.resume();
    await consumer;
    // The first after the moment comes at once, the next at its pace.
    expect([seen, clock.time]).toEqual([[0, 10_000, 20_000, 30_000], 11_000]);
    // A wait that is under way is cut short.
    const waiting = pacer({ speed: 1 }, { now: () => 0, wait: (_ms, signal) => new Promise((resolve) => { signal.addEventListener('abort', () => { resolve(); }); }) }, new AbortController().signal);
    await waiting.due(instant(0));
    const due = waiting.due(instant(3_600_000));
    waiting.seek(instant(7_200_000));
    await due;
  });
  it('ends at once when it is stopped', async () => {
    const stop = new AbortController();
    const paced = pacer({}, fake(), stop.signal, true);
    const due = paced.due(instant(0));
    stop.abort();
    await due;
  });
});

describe('the running hashes', () => {
  it('are at the end those of the runner, and at each event those of a store that ends there', async () => {
    const tracker = await seeded();
    const hashes = runningHashes();
    const steps: Step[] = [];
    let middle: Record<string, string> = {};
    for await (const step of replay(tracker)) {
      steps.push(step);
      hashes.add(step.typed);
      if (steps.length === 1000) middle = hashes.now();
    }
    expect(hashes.now()).toEqual(Object.fromEntries([...tracker.runner.states.values()].map((state) => [`${state.projection.name}@${state.projection.version}`, stateHash(state)])));
    const half = emptyTracker();
    open.push(half);
    for (const { event: { streamId, id, type, data, metadata, recordedAt } } of steps.slice(0, 1000)) await half.store.append(streamId, [{ id, type, data, metadata: { ...metadata, recordedAt } }], { expectedRevision: 'any' });
    await half.runner.waitFor((await half.store.head()) ?? '', 10_000);
    const own = runningHashes();
    for await (const { typed } of replay(half)) own.add(typed);
    // What a row keeps does not say when it was recorded, but for facts without a publication.
    expect(own.now()).toEqual(middle);
  });
});

describe('following', () => {
  it('goes from history to what is appended without a gap and without anything twice, and ends when it is told', async () => {
    const tracker = emptyTracker();
    open.push(tracker);
    const note = (n: number): Promise<unknown> => tracker.store.append(`market.entity-e${n % 3}`, [{ id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, type: 'EntityRegistered', data: { entity: `e${n % 3}`, name: `n${n}`, kind: 'company' }, metadata: { schemaVersion: 1, occurredAt: { unknown: true }, source: { document: 'd' }, confidence: 1 } }], { expectedRevision: 'any' });
    for (let n = 1; n <= 50; n += 1) await note(n);
    const stop = new AbortController();
    const seen: string[] = [];
    const cursors: string[] = [];
    const consumer = (async () => {
      for await (const { event, cursor, view } of replay(tracker, { follow: true, signal: stop.signal })) {
        seen.push(event.id);
        cursors.push(cursor);
        expect(view((context) => ({ body: context.sight.order, lastChange: 0, versions: [], basis: '', stale: [] }))).toBe(seen.length);
        if (seen.length === 200) stop.abort();
      }
    })();
    for (let n = 51; n <= 210; n += 1) await note(n);
    await consumer;
    expect(seen).toEqual(Array.from({ length: 200 }, (_, i) => `00000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`));
    const rest: string[] = [];
    for await (const { event } of replay(tracker, { after: cursors[149] ?? '', follow: true, limit: 60 })) rest.push(event.id);
    expect(rest[0]).toBe('00000000-0000-4000-8000-000000000151');
    expect(rest).toHaveLength(60);
  });
  it('is of log order alone, and a cursor is of its own order and store', async () => {
    const tracker = await seeded();
    expect(() => replay(tracker, { order: 'valid', follow: true })).toThrow(CursorError);
    const [{ cursor }] = [(await replay(tracker, { limit: 1 }).next()).value as Step];
    expect(() => replay(tracker, { order: 'published', after: cursor })).toThrow(/of a replay in log order/);
    const other = await seeded();
    expect(() => replay(other, { after: cursor })).toThrow(/of another store/);
    expect(() => replay(tracker, { after: 'abc' })).toThrow(/expected a cursor that a replay gave/);
  });
});

describe('comparing two replays', () => {
  async function* lines(...all: unknown[]): AsyncGenerator<string> {
    for (const line of all) yield JSON.stringify(line);
  }
  const step = (id: string, close: number, position = '1'): unknown => ({ at: 't', event: { id, position, data: { close, list: [1, close] } } });
  it('names the first event where they part, and the field', async () => {
    expect(await compareReplays(lines(step('a', 1), step('b', 2)), lines(step('a', 1), step('b', 2)))).toEqual({ lines: 2, parting: null });
    expect(await compareReplays(lines(step('a', 1), step('b', 2)), lines(step('a', 1), step('b', 3)))).toEqual({ lines: 1, parting: { line: 2, a: 'b', b: 'b', path: 'event.data.close' } });
    expect(await compareReplays(lines(step('a', 1)), lines(step('a', 1), step('b', 3)))).toEqual({ lines: 1, parting: { line: 2, a: null, b: 'b', path: null } });
    expect(await compareReplays(lines(step('a', 1)), lines(step('c', 1)))).toMatchObject({ parting: { line: 1, a: 'a', b: 'c', path: 'event.id' } });
  });
  it('passes over the fields that may differ', async () => {
    expect(await compareReplays(lines(step('a', 1, '1'), step('b', 2, '2')), lines(step('a', 1, '7'), step('b', 2, '9')), ['event.position'])).toEqual({ lines: 2, parting: null });
  });
});
