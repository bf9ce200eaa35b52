/**
 * A process that lives to be killed: `crash-worker.mjs <folder> <first batch>` appends batches to the embedded store,
 * eight at a time, merges blocks and saves snapshots without rest, and prints each batch that was acknowledged. It runs
 * the built program: compiling would take longer than it lives.
 */
import { emptyLedger, projections } from '../../dist/projections/index.js';
import { openSnapshots } from '../../dist/src/projecting/snapshots.js';
import { appendOnce } from '../../dist/src/store/append-once.js';
import { openEmbeddedStore } from '../../dist/src/store/embedded/embedded-store.js';
import { startRunner } from '../../dist/src/projecting/runner.js';
import { batch } from './crash-batches.mjs';

const [folder, first] = process.argv.slice(2);
const store = await openEmbeddedStore(folder);
const snapshots = openSnapshots(`${folder}/snapshots`);
const runner = startRunner(store, { prefix: 'market.', projections: projections.map((projection) => ({ ...projection, initial: () => emptyLedger(16) })), snapshots });

let next = Number(first);
async function append() {
  for (;;) {
    const number = next++;
    const { streamId, events } = batch(number);
    await appendOnce(store, streamId, events);
    // A pipe is written synchronously: what the parent does not see was not acknowledged.
    process.stdout.write(`${number}\n`);
  }
}
async function save() {
  for (;;) {
    await runner.save();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
async function merge() {
  for (;;) {
    await store.mergeSmallBlocks();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
await Promise.all([...Array.from({ length: 8 }, append), save(), merge()]);
