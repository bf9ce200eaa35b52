/** Opens the store that a command works on, and closes it whatever happens. */
import { readConfig, type Config } from '../config.js';
import { openTracker } from '../open-tracker.js';
import type { Tracker } from '../tracker.js';
import { answerFrom, type Answer, type ViewContext } from '../views/context.js';
import { askedOf, type GlobalOptions, type ViewOptions } from './view-options.js';

export function configOf(options: GlobalOptions & { host?: string; port?: string }): Config {
  const { store, prefix, snapshots, host, port } = options;
  const given = Object.entries({ store, prefix, snapshots, host, port }).filter(([, value]) => value !== undefined);
  return readConfig(Object.fromEntries(given));
}

export function note(message: string): void {
  process.stderr.write(`${message}\n`);
}

/**
 * @param readOnly for commands that only look: a store is then not created by a misspelt name, and a copy without write permission serves
 * @throws ConfigError, StoreOpenError, and whatever the work throws
 */
export async function withTracker<T>(options: GlobalOptions, work: (tracker: Tracker) => Promise<T>, { readOnly = false } = {}): Promise<T> {
  const tracker = await openTracker(configOf(options), { readOnly, log: note });
  try {
    return await work(tracker);
  } finally {
    await tracker.close();
  }
}

/** Answers one view from the store, once the projections have reached its head. */
export async function answerView<T>(options: ViewOptions, view: (context: ViewContext) => Answer<T>): Promise<T> {
  return withTracker(options, async (tracker) => {
    await tracker.runner.settled();
    return answerFrom(tracker.runner, askedOf(options), view).body;
  }, { readOnly: true });
}
