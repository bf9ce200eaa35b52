/** Opens the store that a command works on, and closes it whatever happens. */
import { readConfig, type Config } from '../config.js';
import { openStore } from '../store/open.js';
import { DamagedStoreError, type EventStore } from '../store/port.js';
import { startTracker, type Tracker } from '../tracker.js';
import { openContext, type Answer, type ViewContext } from '../views/context.js';
import { counted } from './output.js';
import { askedOf, type GlobalOptions, type ViewOptions } from './view-options.js';

export function configOf(options: GlobalOptions & { host?: string; port?: string }): Config {
  const { store, prefix, host, port } = options;
  return readConfig({ ...(store === undefined ? {} : { store }), ...(prefix === undefined ? {} : { prefix }), ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) });
}

export function note(message: string): void {
  process.stderr.write(`${message}\n`);
}

export interface Following {
  tracker: Tracker;
  /** Resolves when the projections have reached the head: null. Or when the log is damaged ahead of them: what it met. */
  folded: () => Promise<DamagedStoreError | null>;
}

/** Starts a tracker of which can be told that it will not get any further. */
export function follow(store: EventStore, config: Config): Following {
  let stuck: (error: DamagedStoreError) => void = () => undefined;
  const damage = new Promise<DamagedStoreError>((resolve) => (stuck = resolve));
  const tracker = startTracker(store, {
    prefix: config.prefix,
    log: (message) => {
      note(message);
      const problem = tracker.runner.problem();
      if (problem instanceof DamagedStoreError) stuck(problem);
    },
  });
  return { tracker, folded: () => Promise.race([tracker.runner.caughtUp().then(() => null), damage]) };
}

/**
 * @param readOnly for commands that only look: a store is then not created by a misspelt name, and a copy without write permission serves
 * @throws ConfigError, StoreOpenError, and whatever the work throws
 */
export async function withTracker<T>(options: GlobalOptions, work: (tracker: Tracker, following: Following) => Promise<T>, { readOnly = false } = {}): Promise<T> {
  const config = configOf(options);
  const following = follow(await openStore(config.store, { readOnly, log: note }), config);
  try {
    return await work(following.tracker, following);
  } finally {
    await following.tracker.close();
  }
}

/** Answers one view from the store, once the projections have reached its head; from what comes before it, where a damaged block is in the way. */
export async function answerView<T>(options: ViewOptions, view: (context: ViewContext) => Answer<T>): Promise<T> {
  return withTracker(options, async (tracker, { folded }) => {
    if ((await folded()) !== null) {
      note(`this answer holds only what was stored before the damage (${counted(tracker.runner.log.positions.length, 'event', 'events')}); tracker verify says more`);
      process.exitCode = 1;
    }
    return view(openContext(tracker.runner, askedOf(options))).body;
  }, { readOnly: true });
}
