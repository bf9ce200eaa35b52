/**
 * Worlds: the scenarios of a tracker as trackers of their own, folded when they are first asked for and let go when they
 * have not been for a while. What answers of the real world answers of a scenario: views, studies, replays, exports.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { scenarioOpenedSchema, scenarioStreams, type ScenarioOpened } from '../../events/index.js';
import { forkAt, type Fork } from '../projecting/fork.js';
import { lastOrder, orderAt, positionOf } from '../projecting/log-index.js';
import { startRunner } from '../projecting/runner.js';
import type { EventStore, Position } from '../store/port.js';
import type { Tracker } from '../tracker.js';
import { decodeToken, ViewError } from '../views/context.js';
import type { AcceptTarget } from '../writing/accept.js';
import { catalogueOf, ScenarioRefusedError, type Catalogue, type Scenario } from './catalogue.js';
import { fillFrom, type Filled, type FillOptions } from './fill.js';
import { generatorOf, paramsOf } from './generators/index.js';
import { readTruths, recordTruths, type Truth } from './truth.js';
import { worldStore } from './world-store.js';

export interface OpenRequest {
  scenario: string;
  kind: ScenarioOpened['kind'];
  title?: string | undefined;
  note?: string | undefined;
  /** Of an overlay: token of the real world as it is seen; default: as it is now. */
  basis?: string | undefined;
}

export interface Worlds extends Pick<Catalogue, 'list' | 'find' | 'archive'> {
  /** @throws ScenarioRefusedError, ViewError for a basis that is none */
  open(request: OpenRequest): Promise<{ scenario: Scenario; known: boolean }>;
  /**
   * Works on a scenario's tracker, which is there until the work is done.
   * @param withinMs how long to wait until it is folded, default for ever
   * @throws ViewError not-found; folding where it takes longer
   */
  use<T>(id: string, work: (world: Tracker) => Promise<T> | T, withinMs?: number): Promise<T>;
  /** What generators left as ground truth. @throws ViewError not-found */
  truths(id: string): Promise<Truth[]>;
  /**
   * Fills a scenario from a generator and records the truths; the same again stores nothing twice.
   * @throws ViewError not-found, and bad-parameter with every fault; ScenarioRefusedError for an archived one
   */
  generate(id: string, generator: string, given: Readonly<Record<string, unknown>>, options?: FillOptions): Promise<Filled & { truths: Truth[] }>;
  close(): Promise<void>;
}

/** One that could not start has nothing to close. */
function closed({ tracker }: Running): Promise<void> {
  return tracker.then((world) => world.close(), () => undefined);
}

interface Running {
  tracker: Promise<Tracker>;
  users: number;
  lastUsed: number;
}

/** So many that nobody uses stay folded. */
const IDLE_WORLDS = 8;
const UP_TO_DATE_WITHIN_MS = 10_000;

export function openWorlds(real: Tracker, log: (message: string) => void = () => undefined): Worlds {
  const catalogue = catalogueOf(real.store, real.prefix);
  const running = new Map<string, Running>();
  let uses = 0;

  async function start(id: string): Promise<Tracker> {
    const scenario = await catalogue.find(id);
    const upTo = baseOf(real, scenario);
    const world = worldOf(real.store, real.prefix, catalogue, scenario, upTo);
    const { store, prefix, prefixes } = world;
    const fork = upTo === null ? null : await forkOf(real, upTo, prefix);
    // A world of its own is saved where the real one is; a fork begins with what is in memory.
    const snapshots = fork === null && real.snapshots !== null ? { ...real.snapshots, close: () => Promise.resolve() } : null;
    const runner = startRunner(store, { prefix, projections: projectionsOf(real), snapshots, scenario: { id, prefixes, fork }, log: (message) => { log(`scenario ${id}: ${message}`); } });
    return { ...world, runner, snapshots, now: real.now, close: () => runner.close() };
  }

  async function letGo(): Promise<void> {
    for (;;) {
      const idle = [...running].filter(([, { users }]) => users === 0).sort(([, a], [, b]) => a.lastUsed - b.lastUsed);
      const [oldest] = idle;
      if (oldest === undefined || idle.length <= IDLE_WORLDS) return;
      // Taken out before anything is awaited: whoever asks meanwhile starts another one.
      running.delete(oldest[0]);
      await closed(oldest[1]);
    }
  }

  async function generate(id: string, name: string, given: Readonly<Record<string, unknown>>, options: FillOptions = {}): Promise<Filled & { truths: Truth[] }> {
    const generator = generatorOf(name);
    const params = paramsOf(generator, given);
    const before = generator.looks ? new Set((await readTruths(real.store, real.prefix, id)).filter((truth) => truth.generator === name && truth.seed === params.seed).map(({ subject }) => subject)) : null;
    const fill = (target: AcceptTarget): Promise<Filled & { truths: Truth[] }> => fillFrom(target, generator, params, id, { ...options, ...(before ? { recorded: (subject) => before.has(subject) } : {}) });
    const filled = await (generator.looks ? use(id, async (world) => fill(await upToDate(world))) : fill({ ...(await scenarioTarget(real.store, real.prefix, id)), now: real.now }));
    await recordTruths(real.store, real.prefix, id, filled.truths);
    return filled;
  }

  async function use<T>(id: string, work: (world: Tracker) => Promise<T> | T, withinMs = Infinity): Promise<T> {
    let world = running.get(id);
    if (!world) {
      const started: Running = { tracker: start(id), users: 0, lastUsed: 0 };
      world = started;
      running.set(id, world);
      // One that could not start is not kept: the next who asks may have better luck.
      started.tracker.catch(() => { if (running.get(id) === started) running.delete(id); });
    }
    world.users += 1;
    world.lastUsed = uses += 1;
    try {
      const tracker = await within(world.tracker, withinMs, id);
      const obstacle = await within(tracker.runner.caughtUp(), withinMs, id);
      if (obstacle !== null) throw obstacle;
      return await work(tracker);
    } finally {
      world.users -= 1;
      await letGo();
    }
  }

  return {
    list: () => catalogue.list(),
    find: (id) => catalogue.find(id),
    archive: (id, note) => catalogue.archive(id, note),
    async open({ basis, ...request }) {
      if (request.kind === 'isolated' && basis !== undefined) throw new ScenarioRefusedError('scenario-not-openable', 'basis: an isolated scenario sees nothing of the real world; open an overlay');
      const there = await catalogue.find(request.scenario).catch(() => null);
      // Asked again without a basis it is the one that it was opened with.
      const base = request.kind === 'isolated' ? null : basis === undefined && there?.kind === 'overlay' ? there.base : await baseAt(real, basis);
      const opened = scenarioOpenedSchema.safeParse(JSON.parse(JSON.stringify({ ...request, base })));
      if (!opened.success) throw new ScenarioRefusedError('scenario-not-openable', opened.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
      return catalogue.open(opened.data);
    },
    use,
    async truths(id) {
      await catalogue.find(id);
      return readTruths(real.store, real.prefix, id);
    },
    generate,
    async close() {
      const all = [...running.values()];
      running.clear();
      for (const world of all) await closed(world);
    },
  };
}

/**
 * A scenario to append to, without anything folded.
 * @param prefix of the real streams
 * @throws ViewError not-found
 */
export async function scenarioTarget(real: EventStore, prefix: string, id: string): Promise<Pick<Tracker, 'store' | 'prefix' | 'prefixes'>> {
  const catalogue = catalogueOf(real, prefix);
  const scenario = await catalogue.find(id);
  const { base, opened } = scenario;
  // In a copy of its store its base has another position: whatever was there when it was opened can be looked up.
  return worldOf(real, prefix, catalogue, scenario, base && (base.store === real.id ? base.position : opened));
}

function worldOf(real: EventStore, prefix: string, catalogue: Catalogue, { scenario, opened }: Scenario, upTo: Position | null): Pick<Tracker, 'store' | 'prefix' | 'prefixes'> {
  const own = scenarioStreams(prefix).world(scenario);
  const store = worldStore(real, {
    own,
    opened,
    base: upTo === null ? null : { prefix, upTo },
    async accepts() {
      const { archivedAt } = await catalogue.find(scenario);
      if (archivedAt !== null) throw new ScenarioRefusedError('scenario-archived', `scenario ${scenario} was archived at ${archivedAt} and takes no more events: open another`);
    },
  });
  return { store, prefix: own, prefixes: upTo === null ? [own] : [prefix, own] };
}

/** Whoever looks at a world must see all that was put into it. */
async function upToDate(world: Tracker): Promise<Tracker> {
  for await (const [last] of world.store.readAll({ direction: 'backwards', streamPrefixes: [world.prefix] })) {
    if (last) await world.runner.waitFor(last.position, UP_TO_DATE_WITHIN_MS);
    break;
  }
  return world;
}

function projectionsOf({ runner }: Tracker): Parameters<typeof startRunner>[1]['projections'] {
  return [...runner.states.values()].map(({ projection }) => projection).filter(({ name }) => name !== 'rejected');
}

/** The last real event that a scenario sees, in this store: in a copy of the one that it was opened in, the event of the same place. */
export function baseOf({ store, runner }: Tracker, { base, scenario }: Scenario): Position | null {
  if (base === null) return null;
  if (base.store === store.id) return base.position;
  if (lastOrder(runner.log) < base.events) throw new ViewError('folding', 503, `scenario ${scenario} sees ${base.events} real events, and ${lastOrder(runner.log)} are folded; try again in a moment`);
  return positionOf(runner.log, base.events);
}

async function forkOf({ runner, prefix }: Tracker, upTo: Position, own: string): Promise<Fork> {
  // Each projection must have come that far: a stopped one never will, and its fork is stopped as it is.
  const obstacle = await runner.settled();
  if (obstacle !== null && (runner.position() ?? '') < upTo) throw obstacle;
  await runner.waitFor(upTo, Infinity);
  return forkAt(runner, upTo, { own, of: prefix });
}

/** @throws ViewError for a basis that is none, is of another store, or lies ahead */
async function baseAt({ store, runner }: Tracker, basis: string | undefined): Promise<NonNullable<ScenarioOpened['base']>> {
  const head = basis === undefined ? runner.position() : decodeToken(basis, store.id);
  if (head !== null && (runner.position() === null || head > (runner.position() as Position))) throw new ViewError('basis-ahead', 503, 'basis: these events are stored but not projected yet; try again in a moment');
  const events = head === null ? 0 : orderAt(runner.log, head);
  if (events === 0) throw new ScenarioRefusedError('scenario-not-openable', 'the real world has no event there: nothing to lay a scenario on; open an isolated one');
  return { store: store.id, position: positionOf(runner.log, events), events };
}

async function within<T>(work: Promise<T>, ms: number, id: string): Promise<T> {
  if (ms === Infinity) return work;
  const timer = new AbortController();
  const late = sleep(ms, null, { signal: timer.signal, ref: false }).then(
    () => { throw new ViewError('folding', 503, `scenario ${id} is being folded; try again in a moment`); },
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
