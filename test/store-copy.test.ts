/** Copying between stores: what stays, what is refused, and that a copy that was cut off goes on where it was. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSeeds } from '../src/seeding/load.js';
import { copyAt, copyStore, CopyInterruptedError, type CopyOptions } from '../src/store/copy.js';
import { factText } from '../src/store/facts.js';
import { openMemoryStore } from '../src/store/memory/memory-store.js';
import { openStore } from '../src/store/open.js';
import type { EventStore, RecordedEvent } from '../src/store/port.js';
import { verifyAt } from '../src/store/verify.js';
import { startTracker, type Tracker } from '../src/tracker.js';
import { openContext } from '../src/views/context.js';
import { marketValueView } from '../src/views/market-value.js';
import { seedStore } from '../src/writing/seed.js';
import { all, event, events } from './contract/support.js';
import { ROOT, runTracker } from './support/cli.js';
import { startStandIn, type StandIn } from './support/eventstoredb-stand-in/stand-in.js';
import { refusals } from './support/eventstoredb-stand-in/wire.js';
import { hashesOf, NOW, SEEDS } from './support/in-process.js';

let folder = '';
const opened: EventStore[] = [];
const standIns: StandIn[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-copy-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  for (const standIn of standIns.splice(0)) await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

const url = (name: string): string => `file:${path.join(folder, name)}`;
const ALL: CopyOptions = { streamPrefixes: [] };

async function open(where: string, now?: () => Date): Promise<EventStore> {
  const store = await openStore(where, now ? { now } : {});
  opened.push(store);
  return store;
}

async function server(): Promise<StandIn> {
  const standIn = await startStandIn();
  standIns.push(standIn);
  return standIn;
}

/** A store whose clock moves on by a second with each append, long before the copy's. */
async function source(where: string, appends: { stream: number; count: number }[]): Promise<RecordedEvent[]> {
  let clock = Date.parse('2025-11-03T14:00:00Z');
  const store = await open(where, () => new Date((clock += 1000)));
  for (const { stream, count } of appends) await store.append(`market.s${stream}`, events(count), { expectedRevision: 'any' });
  const log = await all(store);
  await store.close();
  return log;
}
const someAppends = (count: number): { stream: number; count: number }[] => Array.from({ length: count }, (_, n) => ({ stream: (n * 7) % 5, count: (n % 4) + 1 }));

const facts = (log: readonly RecordedEvent[]): string[] => log.map(factText);
async function factsAt(where: string): Promise<string[]> {
  const store = await open(where);
  const log = await all(store, { streamPrefixes: ['market.'] });
  await store.close();
  return facts(log);
}

describe('a copy', () => {
  it('holds the same facts in the same order, to EventStoreDB and back, whatever the streams look like', async () => {
    const standIn = await server();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ stream: fc.nat(4), count: fc.integer({ min: 1, max: 5 }) }), { maxLength: 20 }), async (appends) => {
        round++;
        const log = await source(url(`from-${round}`), appends);
        // One server for all rounds: each copies to it and back under names of its own.
        const renamed = openMemoryStore();
        for (const each of log) await renamed.append(`round-${round}.${each.streamId}`, [{ id: each.id, type: each.type, data: each.data, metadata: { ...each.metadata, recordedAt: each.recordedAt } }], { expectedRevision: 'any' });
        const options = { streamPrefixes: [`round-${round}.`] };
        const there = await copyStore(renamed, () => open(standIn.url), options);
        const back = await copyAt(standIn.url, url(`back-${round}`), options);
        expect(back).toMatchObject({ events: log.length, copied: log.length, known: 0, hash: there.hash });
        const copy = await open(url(`back-${round}`));
        expect(facts(await all(copy))).toEqual(facts(log.map((each) => ({ ...each, streamId: `round-${round}.${each.streamId}` }))));
        await copy.close();
      }),
      { numRuns: 15 },
    );
  });

  it('keeps the first time of recording, also as a copy of a copy; the store’s own time is another', async () => {
    const log = await source(url('a'), someAppends(20));
    await copyAt(url('a'), url('b'), ALL);
    const standIn = await server();
    await copyAt(url('b'), standIn.url, ALL);
    await copyAt(standIn.url, url('c'), ALL);
    const third = await open(url('c'));
    const copied = await all(third);
    expect(copied.map(({ metadata }) => metadata['recordedAt'])).toEqual(log.map(({ recordedAt }) => recordedAt));
    expect(copied[0]?.recordedAt).not.toBe(log[0]?.recordedAt);
  });

  it('answers as the original does, on the recorded clock too, and refuses its bases', async () => {
    const tracker = (store: EventStore): Tracker => startTracker(store, { now: () => new Date(NOW) });
    let clock = Date.parse('2026-05-01T00:00:00Z');
    const original = tracker(await openStore(url('a'), { now: () => new Date((clock += 3_600_000)) }));
    await seedStore(original.store, await loadSeeds([SEEDS], original));
    await original.runner.waitFor((await original.store.head()) ?? '', 30_000);
    await copyAt(url('a'), url('b'), { streamPrefixes: ['market.'] });
    const copy = tracker(await openStore(url('b')));
    await copy.runner.waitFor((await copy.store.head()) ?? '', 30_000);
    try {
      expect(hashesOf(copy.runner)).toEqual(hashesOf(original.runner));
      const view = (of: Tracker, asked: Parameters<typeof openContext>[1]): ReturnType<typeof marketValueView> => marketValueView(openContext(of.runner, asked), 'XNAS:AMZN', {});
      const recorded = { clock: 'recorded', knownAt: '2026-05-01T20:30:00Z' } as const;
      expect({ ...view(copy, recorded).body, basis: null }).toEqual({ ...view(original, recorded).body, basis: null });
      const { basis } = view(original, {});
      // What was seeded into the original is known to the copy.
      const seeds = await loadSeeds([SEEDS], copy);
      expect(await seedStore(copy.store, seeds)).toEqual({ stored: 0, known: seeds.length });
      expect(() => view(copy, { basis })).toThrow(/this token belongs to another store/);
    } finally {
      await original.close();
      await copy.close();
    }
  });

  it('goes up to the head as it stood, says so, and a second one takes the rest', async () => {
    await source(url('a'), someAppends(30));
    const writer = await open(url('a'));
    const target = async (): Promise<EventStore> => {
      await writer.append('market.late', [event()], { expectedRevision: 'any' });
      return open(url('b'));
    };
    const result = await copyStore(writer, target, ALL);
    expect(result).toMatchObject({ events: 73, copied: 73, sourceWentOn: true });
    expect(await copyAt(url('a'), url('b'), ALL)).toMatchObject({ events: 74, copied: 1, known: 73, sourceWentOn: false });
    expect(await factsAt(url('b'))).toEqual(await factsAt(url('a')));
  });

  it('takes the streams of the prefix alone, counts the others, and copies no system events', async () => {
    const standIn = await server();
    const store = await open(standIn.url);
    standIn.log.writeSystemEvents(5);
    await store.append('market.a', events(3), { expectedRevision: 'any' });
    await store.append('shop.orders', events(2), { expectedRevision: 'any' });
    standIn.log.writeSystemEvents(5);
    expect(await copyAt(standIn.url, url('b'), { streamPrefixes: ['market.'] })).toMatchObject({ events: 3, leftOut: 2 });
    expect(await copyAt(standIn.url, url('c'), ALL)).toMatchObject({ events: 5, leftOut: 0 });
  });
});

describe('a copy is refused, before anything is written,', () => {
  const refused = async (from: string, to: string, options = ALL): Promise<string> => {
    const error = await copyAt(from, to, options).then(() => new Error('not refused'), (reason: unknown) => reason as Error);
    expect(error.name).toBe('CopyRefusedError');
    return error.message;
  };

  it('where the target holds other events, has gone on, or is the source', async () => {
    const log = await source(url('a'), someAppends(10));
    await source(url('other'), someAppends(3));
    expect(await refused(url('a'), url('other'))).toMatch(/the target holds other events: the target's event 1, market\.s0\/0, is not the source's \(market\.s0\/0\)\. Copy to an empty store/);
    await copyAt(url('a'), url('b'), ALL);
    const copy = await open(url('b'));
    await copy.append('market.own', [event()], { expectedRevision: 'any' });
    expect(await refused(url('a'), url('b'))).toMatch(new RegExp(`the target has gone on by itself: the target's event ${log.length + 1}, market\\.own/0, comes after all ${log.length}`));
    expect(await refused(url('a'), url('a'))).toMatch(/the same store/);
    // A copy's own original may go on.
    expect(await factsAt(url('a'))).toEqual(facts(log));
  });

  it('from and to memory, with the reason', async () => {
    expect(await refused('memory:', url('b'))).toMatch(/nothing to copy/);
    expect(await refused(url('a'), 'memory:')).toMatch(/would be lost/);
    expect(existsSync(path.join(folder, 'a'))).toBe(false);
  });

  it('where a stream was truncated, since its revisions could not be kept', async () => {
    const standIn = await server();
    const store = await open(standIn.url);
    await store.append('market.a', events(5), { expectedRevision: 'any' });
    await store.append('market.b', events(5), { expectedRevision: 'any' });
    // What a scavenge leaves of a stream that was truncated.
    for (let n = 0; n < 2; n++) standIn.log.records.splice(standIn.log.records.findIndex(({ streamId }) => streamId === 'market.b'), 1);
    expect(await refused(standIn.url, url('b'))).toMatch(/^1 event of the source cannot be copied; nothing was written\. market\.b\/2: its stream begins there/);
    expect(existsSync(path.join(folder, 'b'))).toBe(false);
  });

  it('where an event is no JSON object, or over the limit with the time of its recording', async () => {
    const standIn = await server();
    await open(standIn.url);
    standIn.log.write('market.a', [{ id: event().id, type: 'T', contentType: 'application/octet-stream', data: Buffer.from([1, 2]), custom: Buffer.from('{}') }]);
    expect(await refused(standIn.url, url('b'))).toMatch(/market\.a\/0: data is bytes/);
    const store = await open(url('a'));
    const overhead = 1 + JSON.stringify({ text: '' }).length + '{}'.length;
    await store.append('market.big', [event({ text: 'x'.repeat(1024 * 1024 - overhead) }, { type: 'T' })], { expectedRevision: 'any' });
    expect(await refused(url('a'), url('c'))).toMatch(/market\.big\/0: with the time of its recording it holds 10486\d\d bytes of JSON, the limit is 1048576/);
  });
});

describe('a copy that is cut off', () => {
  it('by Ctrl-C or a failure says how far it is, and the same call goes on', async () => {
    const log = await source(url('a'), someAppends(60));
    const standIn = await server();
    const stop = new AbortController();
    const stopped = copyAt(url('a'), standIn.url, { ...ALL, signal: stop.signal, progress: (step, done) => void (step === 'copying' && done >= 20 && stop.abort()) });
    await expect(stopped).rejects.toThrow(/^stopped; 2\d of 150 events are in the target: the same command goes on from there$/);
    const failing = copyAt(url('a'), standIn.url, { ...ALL, progress: (step, done) => void (step === 'copying' && done >= 50 && standIn.fail('append', refusals.denied())) });
    await expect(failing).rejects.toBeInstanceOf(CopyInterruptedError);
    standIn.heal();
    const { known, copied } = await copyAt(url('a'), standIn.url, ALL);
    expect(known).toBeGreaterThan(40);
    expect(known + copied).toBe(log.length);
    expect(await factsAt(standIn.url)).toEqual(facts(log));
  });

  it('by SIGKILL at any point, again and again, is a beginning each time, and equal in the end', async () => {
    const appends = Array.from({ length: 5000 }, (_, n) => ({ stream: n % 11, count: 1 }));
    const store = await open(url('a'), () => new Date('2025-11-03T14:00:00Z'));
    await Promise.all(appends.map(({ stream, count }) => store.append(`market.s${stream}`, events(count), { expectedRevision: 'any' })));
    const log = facts(await all(store));
    await store.close();
    let kills = 0;
    let finished = 0;
    for (let target = 0; kills < 20 || finished === 0; ) {
      const to = url(`to-${target}`);
      const ended = await copyAndKill(url('a'), to, kills < 20 ? 1 + Math.floor(Math.random() * 14) : Infinity);
      if (ended === 'killed') kills++;
      else finished++;
      const held = existsSync(path.join(folder, `to-${target}`)) ? await factsAt(to) : [];
      expect(held).toEqual(log.slice(0, held.length));
      if (ended === 'finished') {
        expect(held).toHaveLength(log.length);
        expect((await verifyAt(to)).flatMap(({ findings }) => findings)).toEqual([]);
        target++;
      }
    }
  }, 300_000);

  it('by SIGKILL while it writes to EventStoreDB doubles nothing', async () => {
    const log = facts(await source(url('a'), someAppends(100)));
    const standIn = await server();
    for (let kills = 0; ; ) {
      const ended = await copyAndKill(url('a'), standIn.url, kills < 5 ? 1 + Math.floor(Math.random() * 40) : Infinity);
      const held = await factsAt(standIn.url);
      expect(held).toEqual(log.slice(0, held.length));
      if (ended === 'finished') {
        expect(held).toHaveLength(log.length);
        if (kills >= 1) break;
      } else kills++;
    }
  }, 120_000);
});

/** Copies in a process of its own, which is killed after it has told so many steps of its progress. */
async function copyAndKill(from: string, to: string, steps: number): Promise<'killed' | 'finished'> {
  const module = pathToFileURL(path.join(ROOT, 'dist/src/store/copy.js')).href;
  const program = `import { copyAt } from ${JSON.stringify(module)}; await copyAt(${JSON.stringify(from)}, ${JSON.stringify(to)}, { streamPrefixes: ['market.'], progress: (...said) => process.stdout.write(said.join(' ') + '\\n') });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let said = 0;
  for await (const _ of createInterface(child.stdout)) if (++said === steps) child.kill('SIGKILL');
  const [code, signal] = (await exited) as [number | null, NodeJS.Signals | null];
  if (signal === 'SIGKILL') return 'killed';
  expect(code).toBe(0);
  return 'finished';
}

describe('tracker copy', () => {
  it('says what it did, at what rate, and what it left out', async () => {
    const store = await open(url('a'));
    await store.append('market.a', events(3), { expectedRevision: 'any' });
    await store.append('other.b', events(2), { expectedRevision: 'any' });
    const ran = (...more: string[]): ReturnType<typeof runTracker> => runTracker(['copy', '--from', url('a'), ...more]);
    expect(ran('--to', url('b'))).toMatchObject({ code: 0, stdout: expect.stringMatching(/^3 events copied in \d+\.\d s \([\d,]+ a second\), 0 were there\. Both stores hold 3 events with the hash [0-9a-f]{64}\.\n$/) as string, stderr: '2 events of streams outside of market. were left out: --all-streams copies them too\n' });
    expect(JSON.parse(runTracker(['copy', '--store', url('a'), '--to', url('b'), '--json']).stdout)).toMatchObject({ copied: 0, known: 3, leftOut: 2 });
    expect(ran('--to', 'memory:')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('would be lost') as string });
    expect(ran('--to', url('b'), '--all-streams')).toMatchObject({ code: 0 });
    expect(ran()).toMatchObject({ code: 2 });
    expect(runTracker(['copy', '--from', url('missing'), '--to', url('c')])).toMatchObject({ code: 3, stderr: expect.stringContaining('missing does not exist') as string });
  });
});
