/** `tracker start`: seeds if asked, serves, and stops cleanly on Ctrl-C. */
import { serve } from '../../http/server.js';
import { loadSeeds } from '../../seeding/load.js';
import { openTracker } from '../../open-tracker.js';
import { seedStore } from '../../writing/seed.js';
import { configOf, note } from '../with-tracker.js';
import type { GlobalOptions } from '../view-options.js';

/** Long enough for any seed; serving begins all the same after that. */
const SEEDS_FOLDED_WITHIN_MS = 30_000;

export async function start(options: GlobalOptions & { host?: string; port?: string; seed?: string[] }): Promise<void> {
  const config = configOf(options);
  const tracker = await openTracker(config, { saveSnapshots: true, log: note });
  const { store } = tracker;
  try {
    if (options.seed) {
      const { stored, known } = await seedStore(store, await loadSeeds(options.seed, tracker));
      note(`seeds: ${stored} events stored, ${known} were there`);
    }
    // What comes before damage is served all the same; /readyz says how far that is.
    const obstacle = await tracker.runner.caughtUp();
    const head = obstacle ? null : await store.head();
    if (head !== null) await tracker.runner.waitFor(head, SEEDS_FOLDED_WITHIN_MS);
    const server = await serve(tracker, { host: config.host, port: config.port, log: note });
    note(`${tracker.runner.events()} events from ${config.store}`);
    note(`the page is at ${server.url}/ and the API at ${server.url}/v1/announcements (Ctrl-C stops)`);
    await stopSignal();
    note('stopping');
    await server.close();
  } finally {
    await tracker.close();
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
