/** Opens the store that a command works on, and closes it whatever happens. */
import { instant, type Instant } from '../../events/index.js';
import { openReader, registry, type Projection, type Reader } from '../../projections/index.js';
import { readConfig, type Config } from '../config.js';
import type { Target } from '../importing/target.js';
import { openTracker, snapshotsOf } from '../open-tracker.js';
import type { ProjectionState } from '../projecting/fold.js';
import { startRunner } from '../projecting/runner.js';
import { openStore } from '../store/open.js';
import { openWorlds, scenarioTarget, type Worlds } from '../synthetic/worlds.js';
import type { Tracker } from '../tracker.js';
import { answerFrom, type Answer, type ViewContext } from '../views/context.js';
import { answerGrid, isGrid, type Grid } from '../views/grid.js';
import { counted, print, printJson } from './output.js';
import { askedOf, type GlobalOptions, type ServerOptions, type ViewOptions } from './view-options.js';

/** @throws ConfigError */
export function configOf(options: GlobalOptions & ServerOptions): Config {
  const { store, prefix, snapshots, config, host, port, tokens, rateLimit, cors, allowedHosts, logLevel, logFormat } = options;
  const given = Object.entries({ store, prefix, snapshots, config, host, port, tokens, rateLimit, cors, allowedHosts, logLevel, logFormat }).filter(([, value]) => value !== undefined);
  return readConfig(Object.fromEntries(given));
}

export function note(message: string): void {
  process.stderr.write(`${message}\n`);
}

/**
 * @param readOnly for commands that only look: a store is then not created by a misspelt name, and a copy without write permission serves
 * @param projections those that the command asks (default: all)
 * @throws ConfigError, StoreOpenError, and whatever the work throws
 */
export async function withTracker<T>(options: GlobalOptions, work: (tracker: Tracker) => Promise<T>, { readOnly = false, projections }: { readOnly?: boolean; projections?: readonly Projection[] } = {}): Promise<T> {
  const { scenario } = options;
  return withWorlds(options, (worlds, tracker) => (scenario === undefined ? work(tracker) : worlds.use(scenario, work)), { readOnly, ...(projections ? { projections } : {}) });
}

/** Opens a store and its scenarios. @throws ConfigError, StoreOpenError, and whatever the work throws */
export async function withWorlds<T>(options: Omit<GlobalOptions, 'scenario'>, work: (worlds: Worlds, tracker: Tracker) => Promise<T>, { readOnly = false, projections }: { readOnly?: boolean; projections?: readonly Projection[] } = {}): Promise<T> {
  const tracker = await openTracker(configOf(options), { readOnly, projections, log: note });
  const worlds = openWorlds(tracker, note);
  try {
    return await work(worlds, tracker);
  } finally {
    await worlds.close();
    await tracker.close();
  }
}

/**
 * Opens a store to append to, and nothing else: no projection follows what is written.
 * @throws ConfigError, StoreOpenError, and whatever the work throws
 */
export async function withStore<T>(options: GlobalOptions, work: (target: Target) => Promise<T>): Promise<T> {
  const config = configOf(options);
  const store = await openStore(config.store, { readOnly: false, log: note });
  try {
    const now = (): Instant => instant(Date.now());
    return await work(options.scenario === undefined ? { store, prefix: config.prefix, now } : { ...(await scenarioTarget(store, config.prefix, options.scenario)), now });
  } finally {
    await store.close();
  }
}

/**
 * Opens a store to import into: what is listed is read first, and nothing is folded while it is written.
 * @throws ConfigError, StoreOpenError, and whatever the work throws
 */
export async function withRegistry<T>(options: GlobalOptions, work: (target: Target, listed: Reader) => Promise<T>): Promise<T> {
  if (options.scenario !== undefined) {
    return withTracker(options, async ({ store, prefix, now, runner }) => {
      const { ledger, order } = runner.states.get(registry.name) as ProjectionState;
      return work({ store, prefix, now }, openReader(ledger, { order, known: null, imprecise: 'latest' }));
    }, { projections: [registry] });
  }
  return withStore(options, async (target) => {
    const { store, prefix } = target;
    const runner = startRunner(store, { prefix, projections: [registry], snapshots: snapshotsOf(configOf(options), true, note), log: note });
    const obstacle = await runner.settled().finally(() => runner.close());
    if (obstacle !== null) throw obstacle;
    const { ledger, order } = runner.states.get(registry.name) as ProjectionState;
    return work(target, openReader(ledger, { order, known: null, imprecise: 'latest' }));
  });
}

/** Resolves when everything is folded; where the log is damaged, when all before that is, which is told and ends in exit 1. */
export async function folded({ runner }: Tracker): Promise<void> {
  const obstacle = await runner.settled();
  if (obstacle === null) return;
  note(`this answer holds only what was stored before the damage (${counted(runner.events(), 'event', 'events')}); tracker verify says more`);
  process.exitCode = 1;
}

/**
 * Answers a view from the store, once the projections have reached its head; from what comes before it, where a damaged
 * block is in the way. Shown for people, at several asOf or knownAt one after the other, or as the API's JSON.
 */
export async function showView<T>(options: ViewOptions, view: (context: ViewContext) => Answer<T>, show: (body: T) => void): Promise<void> {
  const asked = askedOf(options);
  const body = await withTracker(options, async (tracker) => {
    await folded(tracker);
    return isGrid(asked) ? ((await answerGrid(tracker.runner, asked, view)) as Answer<Grid<T>>).body : { one: answerFrom(tracker.runner, asked, view).body };
  }, { readOnly: true });
  if ('one' in body) {
    if (options.json) printJson(body.one);
    else show(body.one);
    return;
  }
  if (body.grid.length === 0) process.exitCode = 1;
  if (options.json) printJson(body);
  else showGrid(body, show);
}

function showGrid<T>({ grid, problems }: Grid<T>, show: (body: T) => void): void {
  for (const [place, cell] of grid.entries()) {
    if (place > 0) print('\n' + '─'.repeat(80) + '\n');
    show(cell);
  }
  for (const { asOf, knownAt, detail } of problems) note(`as of ${asOf ?? 'any time'}, known at ${knownAt ?? 'any time'}: ${detail}`);
}
