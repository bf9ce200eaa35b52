/** `tracker start`: seeds if asked, serves, and stops cleanly on Ctrl-C. */
import { createMetrics } from '../../http/metrics.js';
import { serve } from '../../http/server.js';
import { openTokens } from '../../http/tokens.js';
import { createLogger } from '../../logger.js';
import { LOOPBACK } from '../../config.js';
import { loadSeeds } from '../../seeding/load.js';
import { openTracker } from '../../open-tracker.js';
import { seedStore } from '../../writing/seed.js';
import { configOf } from '../with-tracker.js';
import type { GlobalOptions, ServerOptions } from '../view-options.js';

/** Long enough for any seed; serving begins all the same after that. */
const SEEDS_FOLDED_WITHIN_MS = 30_000;
/** Requests a minute of one token, or one address, where others than this machine may ask. */
const RATE_LIMIT = 1200;

/** @throws ConfigError, TokensFileError, StoreOpenError, SeedError, ListenError */
export async function start(options: GlobalOptions & ServerOptions & { seed?: string[] }): Promise<void> {
  const config = configOf(options);
  const { host, port, cors, allowedHosts } = config;
  const logger = createLogger({ level: config.logLevel, format: config.logFormat });
  const log = (message: string): void => { logger.info(message); };
  const tokens = config.tokens === undefined ? null : openTokens(config.tokens, (message) => { logger.warn(message); });
  const isOpen = tokens === null && LOOPBACK.includes(host);
  const rateLimit = config.rateLimit === 'off' ? null : (config.rateLimit ?? (isOpen ? null : RATE_LIMIT));
  const metrics = createMetrics({ process: true });
  const tracker = await openTracker(config, { saveSnapshots: true, timed: (store) => metrics.timed(store), log });
  const { store } = tracker;
  try {
    if (options.seed) {
      const { stored, known } = await seedStore(store, await loadSeeds(options.seed, tracker));
      log(`seeds: ${stored} events stored, ${known} were there`);
    }
    // What comes before damage is served all the same; /readyz says how far that is.
    const obstacle = await tracker.runner.caughtUp();
    const head = obstacle ? null : await store.head();
    if (head !== null) await tracker.runner.waitFor(head, SEEDS_FOLDED_WITHIN_MS);
    const server = await serve(tracker, { host, port, log, logger, metrics, tokens, rateLimit, cors, allowedHosts });
    log(`${tracker.runner.events()} events from ${config.store}`);
    log(`the page is at ${server.url}/, the API at ${server.url}/v1/announcements and its documentation at ${server.url}/docs/ (Ctrl-C stops)`);
    await stopSignal();
    log('stopping');
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
