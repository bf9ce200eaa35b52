/** Prints the state hashes of the seeds as JSON: run in another zone, or on another Node, they must be the same. */
import { stateHash } from '../../src/projecting/state-hash.js';
import { seededTracker } from './in-process.js';

void (async () => {
  const tracker = await seededTracker();
  process.stdout.write(`${JSON.stringify(Object.fromEntries([...tracker.runner.states.values()].map(({ projection, ledger }) => [projection.name, stateHash(projection.name, projection.version, ledger)])), null, 2)}\n`);
  await tracker.close();
})();
