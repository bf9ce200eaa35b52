/** The seeds give the same views on every store: the tracker's answers do not depend on where the events are. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSeeds } from '../../src/seeding/load.js';
import { positionOf } from '../../src/projecting/log-index.js';
import { replay } from '../../src/replay/replay.js';
import { openEventStoreDb } from '../../src/store/eventstoredb/eventstoredb-store.js';
import { openWorlds } from '../../src/synthetic/worlds.js';
import { startTracker, type Tracker } from '../../src/tracker.js';
import { announcementsView, announcementView, timelineView } from '../../src/views/announcements.js';
import { encodeToken, openContext, type Asked } from '../../src/views/context.js';
import { readEvents } from '../../src/views/stored-events.js';
import { marketValueView } from '../../src/views/market-value.js';
import { sentimentView } from '../../src/views/sentiment.js';
import { seedStore } from '../../src/writing/seed.js';
import { hashesOf, SEEDS, seededTracker } from '../support/in-process.js';
import { startStandIn, type StandIn } from '../support/eventstoredb-stand-in/stand-in.js';

const URL_OF_SERVER = process.env['EVENTSTOREDB_URL'];
let standIn: StandIn | undefined;
let onServer: Tracker;
let inMemory: Tracker;

beforeAll(async () => {
  if (URL_OF_SERVER === undefined) standIn = await startStandIn();
  // A prefix of its own: a real server may hold the seeds already.
  const prefix = `same-views-${Date.now()}.`;
  onServer = startTracker(await openEventStoreDb(URL_OF_SERVER ?? standIn?.url ?? ''), { prefix });
  await seedStore(onServer.store, await loadSeeds([SEEDS], onServer));
  inMemory = await seededTracker({ prefix });
  await onServer.runner.waitFor((await lastPosition(onServer)) ?? '', 30_000);
}, 60_000);
afterAll(async () => {
  await onServer.close();
  await inMemory.close();
  await standIn?.stop();
});

async function lastPosition({ store, prefix }: Tracker): Promise<string | undefined> {
  for await (const [last] of store.readAll({ direction: 'backwards', streamPrefixes: [prefix] })) return last?.position;
  return undefined;
}

/** Sentiment decays from moment to moment, and by default is as of the last one, which may be that of a recording. */
const END = '2025-12-31T00:00:00Z';

/** What was known from its recording is known at another time on each store: one moment stands for both. */
function answers(tracker: Tracker, asked: Asked): string {
  const context = (): ReturnType<typeof openContext> => openContext(tracker.runner, asked);
  const bodies = [announcementsView(context()), announcementView(context(), 'openai-aws'), timelineView(context(), 'openai-aws'), ...['XNAS:AMZN', 'XNAS:NVDA', 'INDEX:SPX'].map((symbol) => marketValueView(context(), symbol, { announcement: 'openai-aws' })), sentimentView(openContext(tracker.runner, { asOf: END, ...asked }), 'openai', {})];
  // Claims of one moment stand in the order in which they came to be known: that of their recording where nothing else is told.
  const inOneOrder = (_name: string, value: unknown): unknown => (Array.isArray(value) && value.some((one) => (one as { knownPrecision?: string } | null)?.knownPrecision === 'recorded') ? [...(value as { eventId: string }[])].sort((a, b) => (a.eventId < b.eventId ? -1 : 1)) : value);
  return JSON.stringify(bodies.map((answer) => answer.body), inOneOrder).replaceAll(/20(26-0[6-9]|26-1|2[7-9]|3)[^"]*Z/g, 'when it was recorded');
}

it.each<Asked>([{}, { knownAt: '2025-11-05T00:00:00Z' }, { asOf: '2025-11-03T21:00:00Z', knownAt: '2025-11-03T21:00:00Z' }, { imprecise: 'earliest', knownAt: '2025-11-03T16:00:00Z' }])('asked with %j the answers are equal', (asked) => {
  expect(answers(onServer, asked)).toBe(answers(inMemory, asked));
});

it('the registry has the same state hash, since nothing in it hangs on the store', () => {
  expect(hashesOf(onServer.runner)['registry@2']).toBe(hashesOf(inMemory.runner)['registry@2']);
});

it('a scenario on a server answers as one in memory does: overlay and world of its own', async () => {
  const answersIn = async (real: Tracker): Promise<string[]> => {
    const worlds = openWorlds(real);
    // A basis in the middle, so that what came after it must be passed over.
    const basis = encodeToken(real.store.id, positionOf(real.runner.log, 1500));
    const found: string[] = [];
    for (const [scenario, more] of [['now', { kind: 'overlay' }], ['then', { kind: 'overlay', basis }], ['own', { kind: 'isolated' }]] as const) {
      await worlds.open({ scenario, ...more });
      if (scenario === 'own') await worlds.generate(scenario, 'claims', { claims: 5 });
      else await worlds.generate(scenario, 'shock', { instrument: 'XNAS:AMZN', date: '2025-07-01', effect: 0.05 });
      found.push(
        await worlds.use(scenario, async (world) => {
          const last = (await lastPosition(world)) ?? '';
          expect(await world.runner.waitFor(last, 30_000)).toBe(true);
          const orders: string[] = [];
          for (const order of ['log', 'published'] as const) for await (const { event } of replay(world, { order })) orders.push(event.id);
          const page = await readEvents(world, { after: null, direction: 'backwards', limit: 30 });
          return JSON.stringify([scenario === 'now' ? answers(world, {}) : marketValueView(openContext(world.runner, {}), scenario === 'own' ? 'SYN:CLAIM' : 'XNAS:AMZN', {}).body, orders, page.events.map(({ id }) => id)]);
        }),
      );
    }
    await worlds.close();
    return found;
  };
  const [server, memory] = [await answersIn(onServer), await answersIn(inMemory)];
  for (const [i, text] of server.entries()) expect(text.replaceAll(/20(26-0[6-9]|26-1|2[7-9]|3)[^"\\]*Z/g, 'when it was recorded')).toBe(memory[i]?.replaceAll(/20(26-0[6-9]|26-1|2[7-9]|3)[^"\\]*Z/g, 'when it was recorded'));
}, 180_000);
