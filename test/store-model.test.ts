/**
 * The port against a model of a few lines: random commands, each of whose results the model foretells. On the embedded
 * store they come from two handles and a second process, and stores are closed, reopened and merged in between.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { repetitionStart, revisionMatches } from '../src/store/checks.js';
import { openEmbeddedStore, type EmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { openMemoryStore } from '../src/store/memory/memory-store.js';
import { WrongExpectedRevisionError, type Direction, type EventStore, type ExpectedRevision, type NewEvent, type ReadAllOptions, type RecordedEvent } from '../src/store/port.js';
import { toPosition } from '../src/store/sequence-log.js';
import { verifyAt } from '../src/store/verify.js';
import { all, follow } from './contract/support.js';
import { inAnotherProcess } from './support/store-process.js';
import { testId } from './support/given.js';

type Known = Omit<RecordedEvent, 'recordedAt'>;
interface Model {
  log: Known[];
  /** Appends that went through, to be repeated. */
  appends: { streamId: string; events: NewEvent[]; expected: ExpectedRevision }[];
  ids: number;
}
interface Handle {
  append: EventStore['append'];
  readStream: EventStore['readStream'];
  head: EventStore['head'];
  all: (options?: ReadAllOptions) => Promise<RecordedEvent[]>;
  /** Absent where it cannot follow, or cannot be closed and opened again. */
  store?: () => EventStore;
  reopen?: () => Promise<void>;
  merge?: () => Promise<unknown>;
}
interface Real {
  handles: Handle[];
}
type Command = fc.AsyncCommand<Model, Real>;

const STREAMS = ['a', 'ab', 'b.x', 'ü'];
const streamOf = (n: number): string => STREAMS[n % STREAMS.length] ?? '';
const inStream = ({ log }: Model, streamId: string): Known[] => log.filter((event) => event.streamId === streamId);
const bare = (events: readonly RecordedEvent[]): Known[] => events.map(({ recordedAt: _, ...event }) => event);
const handleOf = (real: Real, n: number): Handle => real.handles[n % real.handles.length] as Handle;

/** What the port promises of an append, in the model's own words. */
function foretell(model: Model, streamId: string, events: readonly NewEvent[], expected: ExpectedRevision): { lastRevision: number; position: string; writes: boolean } | WrongExpectedRevisionError {
  const stream = inStream(model, streamId);
  const actual = stream.length - 1;
  if (revisionMatches(expected, actual)) return { lastRevision: actual + events.length, position: toPosition(model.log.length + events.length), writes: true };
  const first = repetitionStart(expected, events.length, actual);
  if (first !== null && events.every(({ id }, index) => stream[first + index]?.id === id)) {
    const last = stream[first + events.length - 1] as Known;
    return { lastRevision: last.revision, position: last.position, writes: false };
  }
  return new WrongExpectedRevisionError(streamId, expected, actual < 0 ? null : actual);
}

async function appendAndCompare(model: Model, handle: Handle, streamId: string, events: NewEvent[], expected: ExpectedRevision): Promise<void> {
  const foretold = foretell(model, streamId, events, expected);
  const done = handle.append(streamId, events, { expectedRevision: expected });
  if (foretold instanceof Error) {
    await expect(done).rejects.toMatchObject({ name: foretold.name, message: foretold.message, actual: foretold.actual });
    return;
  }
  const { writes, ...result } = foretold;
  expect(await done).toEqual(result);
  if (!writes) return;
  const first = inStream(model, streamId).length;
  events.forEach((event, index) => model.log.push({ ...event, streamId, revision: first + index, position: toPosition(model.log.length + 1) }));
  model.appends.push({ streamId, events, expected });
}

function command(name: string, run: (model: Model, real: Real) => Promise<void>, check: (model: Model) => boolean = () => true): Command {
  return { check, run, toString: () => name };
}

const modes = fc.oneof(fc.constantFrom<'any' | 'no_stream' | 'stream_exists'>('any', 'no_stream', 'stream_exists'), fc.integer({ min: -2, max: 1 }));
const append = fc.tuple(fc.nat(), fc.nat(3), fc.integer({ min: 1, max: 70 }), modes).map(([h, s, count, mode]) =>
  command(`append(${h % 3}, ${streamOf(s)}, ${count}, ${mode})`, async (model, real) => {
    const events = Array.from({ length: count }, (_, n): NewEvent => ({ id: testId(++model.ids), type: `T${n % 3}`, data: { n, [`key${n % 40}`]: model.ids }, metadata: n % 2 === 0 ? {} : { source: 'model' } }));
    const last = inStream(model, streamOf(s)).length - 1;
    // A number stands for so many above or below the exact revision; below 0 there is none.
    const expected: ExpectedRevision = typeof mode === 'number' ? (last + mode >= 0 ? last + mode : 'no_stream') : mode;
    await appendAndCompare(model, handleOf(real, h), streamOf(s), events, expected);
  }),
);
const repeat = fc.tuple(fc.nat(), fc.nat(), fc.boolean()).map(([h, which, whole]) =>
  command(
    `repeat(${h % 3}, ${which}, ${whole ? 'as it was' : 'changed'})`,
    async (model, real) => {
      const { streamId, events, expected } = model.appends[which % model.appends.length] as Model['appends'][number];
      // With 'any' and 'stream_exists' an append is at least once: not repeated here, since ids would stand twice.
      if (typeof expected !== 'number' && expected !== 'no_stream') return;
      const given = whole ? events : [...events.slice(0, -1), { ...(events.at(-1) as NewEvent), id: testId(++model.ids) }];
      await appendAndCompare(model, handleOf(real, h), streamId, given, expected);
    },
    (model) => model.appends.length > 0,
  ),
);
const directions = fc.constantFrom<Direction>('forwards', 'backwards');
const readStream = fc.tuple(fc.nat(), fc.nat(3), directions, fc.option(fc.nat(150)), fc.constantFrom(0, 1, 10, 64, 65, 1000)).map(([h, s, direction, from, limit]) =>
  command(`readStream(${h % 3}, ${streamOf(s)}, ${direction}, ${from}, ${limit})`, async (model, real) => {
    const stream = inStream(model, streamOf(s));
    const forwards = direction === 'forwards';
    const wanted = forwards ? stream.filter(({ revision }) => revision > (from ?? -1)) : stream.filter(({ revision }) => revision < (from ?? Infinity)).reverse();
    const read = await handleOf(real, h).readStream(streamOf(s), { direction, limit, ...(from === null ? {} : { from }) });
    expect(bare(read)).toEqual(wanted.slice(0, limit));
  }),
);
const prefixes = fc.constantFrom<string[][]>([], ['a'], ['ab', 'ü'], ['nobody']);
const readAll = fc.tuple(fc.nat(), directions, fc.option(fc.nat()), prefixes).map(([h, direction, place, streamPrefixes]) =>
  command(`readAll(${h % 3}, ${direction}, ${place}, ${streamPrefixes.join()})`, async (model, real) => {
    const from = place === null || model.log.length === 0 ? undefined : toPosition(1 + (place % model.log.length));
    const forwards = direction === 'forwards';
    const ordered = forwards ? model.log.filter(({ position }) => position > (from ?? '')) : model.log.filter(({ position }) => from === undefined || position < from).reverse();
    const read = await handleOf(real, h).all({ direction, streamPrefixes, ...(from === undefined ? {} : { from }) });
    expect(bare(read)).toEqual(ordered.filter(({ streamId }) => streamPrefixes.length === 0 || streamPrefixes.some((prefix) => streamId.startsWith(prefix))));
    expect(await handleOf(real, h).head()).toBe(model.log.at(-1)?.position ?? null);
  }),
);
const subscribe = fc.tuple(fc.nat(), fc.option(fc.nat()), prefixes).map(([h, place, streamPrefixes]) =>
  command(`subscribe(${h % 2}, ${place}, ${streamPrefixes.join()})`, async (model, real) => {
    const following = real.handles.filter(({ store }) => store);
    const store = following[h % following.length]?.store?.() as EventStore;
    const after = place === null || model.log.length === 0 ? 'start' : toPosition(1 + (place % model.log.length));
    const head = model.log.at(-1)?.position ?? null;
    const { seen } = await follow(store, { after, streamPrefixes }, (_, message) => message.kind === 'caughtUp' && message.position === head);
    expect(bare(seen)).toEqual(model.log.filter(({ position, streamId }) => (after === 'start' || position > after) && (streamPrefixes.length === 0 || streamPrefixes.some((prefix) => streamId.startsWith(prefix)))));
  }),
);
const reopen = fc.nat().map((h) => command(`reopen(${h % 3})`, async (_model, real) => handleOf(real, h).reopen?.()));
const merge = fc.nat().map((h) => command(`merge(${h % 3})`, async (_model, real) => void (await handleOf(real, h).merge?.())));
const commands = fc.commands([append, append, repeat, readStream, readAll, subscribe, reopen, merge], { maxCommands: 60, size: 'max' });

function handleOn(store: () => EventStore, more: Partial<Handle> = {}): Handle {
  return { append: (...args) => store().append(...args), readStream: (...args) => store().readStream(...args), head: () => store().head(), all: (options) => all(store(), options), store, ...more };
}

/** Two handles see the same log to the end, whichever wrote it. */
async function runModel(list: Iterable<Command>, real: Real): Promise<void> {
  const model: Model = { log: [], appends: [], ids: 0 };
  await fc.asyncModelRun(() => ({ model, real }), list);
  for (const handle of real.handles) expect(bare(await handle.all())).toEqual(model.log);
}

it('the memory store does what the model foretells', async () => {
  await fc.assert(fc.asyncProperty(commands, async (list) => runModel(list, { handles: [handleOn(() => memory)] })).beforeEach(() => void (memory = openMemoryStore())), { numRuns: 100 });
}, 120_000);
let memory = openMemoryStore();

const other = inAnotherProcess();
afterAll(() => other.end());

it('the embedded store does what the model foretells, through two handles and a second process, reopened and merged', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-model-'));
      const stores: EmbeddedStore[] = [];
      const reopen = async (n: number): Promise<void> => {
        await stores[n]?.close();
        // Its clock stands still in one handle, and goes backwards in the other: nothing of the log hangs on it.
        let clock = Date.parse('2026-01-01T00:00:00Z');
        stores[n] = await openEmbeddedStore(folder, { pollMs: 2, now: () => new Date((clock -= n * 1000)) });
      };
      try {
        for (const n of [0, 1]) await reopen(n);
        await other.open(folder);
        const here = [0, 1].map((n) => handleOn(() => stores[n] as EventStore, { reopen: () => reopen(n), merge: () => stores[n]?.mergeSmallBlocks() ?? Promise.resolve() }));
        const there: Handle = { append: other.append, readStream: other.readStream, head: other.head, all: other.all, reopen: async () => other.close().then(() => other.open(folder)) };
        await runModel(list, { handles: [...here, there] });
        expect((await verifyAt(`file:${folder}`)).flatMap(({ findings }) => findings)).toEqual([]);
      } finally {
        for (const store of stores) await store.close();
        await other.close().catch(() => undefined);
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 50 },
  );
}, 240_000);
