/**
 * What holds of scenarios whatever is in them: the real world does not see them, one does not see another, an overlay is
 * the real world up to its base with its own events after it, and the real ledgers stay as they are.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, instant, readRecorded } from '../../events/index.js';
import { emptyLedger } from '../../projections/index.js';
import { foldInto, newState } from '../../src/projecting/fold.js';
import { tablesOf } from '../../src/exporting/export.js';
import { openGate, pass } from '../../src/projecting/gate.js';
import { stateHash } from '../../src/projecting/state-hash.js';
import { deliver } from '../../src/replay/deliver.js';
import { openWorlds } from '../../src/synthetic/worlds.js';
import type { JsonObject } from '../../src/store/port.js';
import type { Tracker } from '../../src/tracker.js';
import { encodeToken } from '../../src/views/context.js';
import { anyHistory, anyMoment, inOrder, momentIn, type Arrival } from '../support/any-history.js';
import { hashesOf } from '../support/in-process.js';
import { answersOf, track, type Tracked } from '../support/track.js';

const ID = 'what-if';
const OWN = `scenario.${ID}.`;

/** An event of the real world as one of a scenario: what it amends keeps its name, wherever that is. */
function moved(arrival: Arrival, there: ReadonlySet<string>): Arrival {
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    const { id, streamId } = value as { id?: string; streamId?: string };
    const entries = Object.entries(value).map(([key, inner]) => [key, rename(inner)] as const);
    return Object.fromEntries(id !== undefined && streamId?.startsWith('market.') && there.has(id) ? [...entries, ['streamId', OWN + streamId.slice('market.'.length)] as const] : entries);
  };
  const { id, type, data, metadata } = arrival.event;
  return { ...arrival, streamId: OWN + arrival.streamId.slice('market.'.length), event: { id, type, data: rename(data) as JsonObject, metadata: { ...(rename(metadata) as JsonObject), scenario: ID } } };
}

interface Mixture {
  base: Arrival[];
  /** What is stored after the base: in the real world or in the scenario. */
  later: { arrival: Arrival; synthetic: boolean }[];
  moment: string | undefined;
}

const mixture: fc.Arbitrary<Mixture> = fc
  .record({ history: anyHistory(24), cut: fc.nat(40), own: fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }), at: fc.option(anyMoment, { nil: undefined }) })
  .map(({ history, cut, own, at }) => {
    const real = history.filter(({ streamId }) => streamId.startsWith('market.'));
    const size = Math.max(1, Math.min(real.length - 1, cut));
    const moment = at && (formatInstant(momentIn(real, at)) ?? undefined);
    return { base: real.slice(0, size), later: real.slice(size).map((arrival, i) => ({ arrival, synthetic: own[i % own.length] ?? false })), moment };
  })
  .filter(({ base }) => base.length > 0);

/** Answers without what says in which world they were given. */
function plain(tracked: Tracked, asked: Parameters<typeof answersOf>[1]): string[] {
  return answersOf(tracked, asked).map((text) => text.replaceAll(`?scenario=${ID}`, '').replaceAll(`"scenario":"${ID}",`, '').replaceAll(`,"scenario":"${ID}"`, ''));
}

async function idsInOrder({ store, prefixes }: Tracker, order: 'log' | 'published' | 'valid'): Promise<string[]> {
  const ids: string[] = [];
  for await (const { event } of deliver({ store, prefixes }, { order, selection: {}, after: null, head: await store.head() })) ids.push(event.id);
  return ids;
}

/** What is exported of what was known when. */
async function rowsOf({ tracker, ids }: Tracked): Promise<string[]> {
  const rows: string[] = [];
  for (const table of tablesOf(tracker, ['market_value', 'sentiment'], {})) for await (const batch of table.rows) rows.push(...batch.map((row) => JSON.stringify(row).replace(/(?:market|scenario\.what-if)\.[^"/]+\/\d+/g, (place) => ids.get(`/v1/events/${place}`) ?? place)));
  return rows;
}

describe('scenarios over random histories', () => {
  it('are seen by nobody who does not ask for them, and leave every ledger of the real world as it is', async () => {
    await fc.assert(
      fc.asyncProperty(mixture, async ({ base, later, moment }) => {
        const mixed = await track(base);
        const alone = await track(base);
        const worlds = openWorlds(mixed.tracker);
        try {
          await worlds.open({ scenario: ID, kind: 'overlay' });
          await worlds.open({ scenario: 'own', kind: 'isolated' });
          const there = new Set(later.flatMap(({ arrival, synthetic }) => (synthetic ? [arrival.event.id] : [])));
          for (const { arrival, synthetic } of later) {
            if (synthetic) {
              await mixed.add([moved(arrival, there)]);
              await worlds.use(ID, () => undefined);
            } else {
              await mixed.add([arrival]);
              await alone.add([arrival]);
            }
          }
          const asked = moment === undefined ? {} : { asOf: moment, knownAt: moment };
          expect(answersOf(mixed, asked)).toEqual(answersOf(alone, asked));
          expect(hashesOf(mixed.tracker.runner)).toEqual(hashesOf(alone.tracker.runner));
          for (const order of ['log', 'published', 'valid'] as const) expect(await idsInOrder(mixed.tracker, order)).toEqual(await idsInOrder(alone.tracker, order));
          // Nor does another scenario see it.
          await worlds.use('own', ({ runner }) => expect(runner.events()).toBe(0));
        } finally {
          await worlds.close();
          await mixed.tracker.close();
          await alone.tracker.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('laid over the real world answer as if their events had happened after its base, and nothing else had', async () => {
    await fc.assert(
      fc.asyncProperty(mixture, fc.boolean(), async ({ base, later, moment }, openedLate) => {
        const there = new Set(later.flatMap(({ arrival, synthetic }) => (synthetic ? [arrival.event.id] : [])));
        const mixed = await track(base);
        const basis = encodeToken(mixed.tracker.store.id, await mixed.tracker.store.head());
        const happened = await track([...base, ...later.flatMap(({ arrival, synthetic }) => (synthetic ? [arrival] : []))]);
        const worlds = openWorlds(mixed.tracker);
        try {
          // Opened on a past basis, after more has really happened, it sees none of that.
          if (openedLate) await mixed.add(later.flatMap(({ arrival, synthetic }) => (synthetic ? [] : [arrival])));
          await worlds.open({ scenario: ID, kind: 'overlay', basis });
          await mixed.add(later.flatMap(({ arrival, synthetic }) => (synthetic ? [moved(arrival, there)] : openedLate ? [] : [arrival])));
          const head = await mixed.tracker.store.head();
          await worlds.use(ID, async (world) => {
            if (head !== null) await world.runner.waitFor(head, 10_000);
            const asked = moment === undefined ? {} : { asOf: moment, knownAt: moment };
            const own = { ...mixed, tracker: world };
            expect(plain(own, asked)).toEqual(plain(happened, asked));
            if (moment !== undefined) expect(plain(own, { knownAt: moment, clock: 'recorded' })).toEqual(plain(happened, { knownAt: moment, clock: 'recorded' }));
            for (const order of ['log', 'published', 'valid'] as const) expect(await idsInOrder(world, order)).toEqual(await idsInOrder(happened.tracker, order));
            expect(await rowsOf(own)).toEqual(await rowsOf(happened));
            expect(hashesOf(world.runner)).toEqual(await hashesAnew(world));
          });
        } finally {
          await worlds.close();
          await mixed.tracker.close();
          await happened.tracker.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('by themselves answer as a real world of the same events would', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(16), anyHistory(10), async (history, other) => {
        const events = history.filter(({ streamId }) => streamId.startsWith('market.'));
        const there = new Set(events.map(({ event }) => event.id));
        const happened = await track(events);
        const mixed = await track(inOrder(other.filter(({ streamId }) => streamId.startsWith('market.'))));
        const worlds = openWorlds(mixed.tracker);
        try {
          await worlds.open({ scenario: ID, kind: 'isolated' });
          await mixed.add(events.map((arrival) => moved(arrival, there)));
          await worlds.use(ID, (world) => expect(plain({ ...mixed, tracker: world }, {})).toEqual(plain(happened, {})));
        } finally {
          await worlds.close();
          await mixed.tracker.close();
          await happened.tracker.close();
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** The state hashes of a scenario folded from nothing: real events up to its base, then its own. */
async function hashesAnew({ store, prefix, prefixes, runner }: Tracker): Promise<Record<string, string>> {
  const states = [...runner.states.values()].map(({ projection }) => newState({ ...projection, initial: () => ({ ...emptyLedger(projection.initial().chunkRows), home: { own: prefix, of: 'market.' } }) }));
  const gate = openGate(null, { ms: -Infinity, ns: 0 });
  let order = 0;
  for await (const batch of store.readAll({ streamPrefixes: prefixes })) {
    for (const event of batch) {
      pass(gate, event);
      order += 1;
      const typed = readRecorded(event, order, gate.recorded);
      for (const state of states) foldInto(state, [typed]);
    }
  }
  expect(order).toBe(runner.events());
  expect(gate.recorded).toEqual(order === 0 ? instant(-Infinity) : gate.recorded);
  return Object.fromEntries(states.map((state) => [`${state.projection.name}@${state.projection.version}`, stateHash(state)]));
}
