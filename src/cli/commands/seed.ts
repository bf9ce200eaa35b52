/** `tracker seed`: loads announcements from files. */
import { loadSeeds } from '../../seeding/load.js';
import { seedStore } from '../../writing/seed.js';
import { print, printJson } from '../output.js';
import type { GlobalOptions } from '../view-options.js';
import { withTracker } from '../with-tracker.js';

export async function seed(paths: string[], options: GlobalOptions & { dryRun?: boolean }): Promise<void> {
  await withTracker(options, async (tracker) => {
    const events = await loadSeeds(paths, tracker);
    const result = options.dryRun ? { stored: 0, known: 0 } : await seedStore(tracker.store, events);
    if (options.json) printJson({ events: events.length, ...result });
    else print(options.dryRun ? `${events.length} events are valid; nothing was stored (--dry-run)` : `${result.stored} events stored, ${result.known} were there`);
  });
}
