/** Prints the state hashes of the seeds as JSON: run in another zone, or on another Node, they must be the same. */
import { hashesOf, seededTracker } from './in-process.js';

void (async () => {
  const tracker = await seededTracker();
  process.stdout.write(`${JSON.stringify(hashesOf(tracker.runner), null, 2)}\n`);
  await tracker.close();
})();
