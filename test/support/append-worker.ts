/**
 * A second process for the embedded store's tests: `append-worker.ts <folder> <stream,stream…> <appends> <events each>`
 * appends to the streams in turn, with 'any', and prints the ids it appended as JSON. Given `fill` as its third argument
 * it appends until the store is full, and prints the error's name and how much it could then still read.
 */
import { randomUUID } from 'node:crypto';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import type { NewEvent } from '../../src/store/port.js';

const [folder = '', streamList = '', appends = '', each = '1'] = process.argv.slice(2);
const streams = streamList.split(',');
const event = (text: string): NewEvent => ({ id: randomUUID(), type: 'WorkerRan', data: { pid: process.pid, text }, metadata: {} });

try {
  const store = await openEmbeddedStore(folder);
  const ids: string[] = [];
  if (appends === 'fill') {
    let failure: unknown;
    const tried: Promise<unknown>[] = [];
    while (failure === undefined && tried.length < 10_000) {
      const batch = Array.from({ length: 10 }, () => event('x'.repeat(4000)));
      const append = store.append(streams[0] ?? '', batch, { expectedRevision: 'any' });
      tried.push(append);
      await append.then(
        () => ids.push(...batch.map(({ id }) => id)),
        (error: unknown) => (failure = error),
      );
    }
    let read = 0;
    for await (const events of store.readAll()) read += events.length;
    await store.close();
    const again = await openEmbeddedStore(folder);
    let readAgain = 0;
    for await (const events of again.readAll()) readAgain += events.length;
    if (readAgain !== read) throw new Error(`${read} events before the store was closed, ${readAgain} afterwards`);
    await again.close();
    process.stdout.write(JSON.stringify({ error: failure instanceof Error ? failure.name : null, message: String(failure), appended: ids.length, read }));
  } else {
    for (let n = 0; n < Number(appends); n++) {
      const batch = Array.from({ length: Number(each) }, () => event('from a worker'));
      await store.append(streams[n % streams.length] ?? '', batch, { expectedRevision: 'any' });
      ids.push(...batch.map(({ id }) => id));
    }
    process.stdout.write(JSON.stringify({ ids }));
  }
  await store.close();
} catch (error) {
  process.stdout.write(JSON.stringify({ error: error instanceof Error ? error.name : null, message: String(error) }));
}
