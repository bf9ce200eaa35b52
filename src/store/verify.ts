/**
 * Verifies the store at a URL: a folder down to its bytes, every other store as far as its port shows. Changes nothing.
 */
import { createLogChecks, emptyReport, find, type CheckReport } from './log-checks.js';
import { folderOf, openStore } from './open.js';
import type { EventStore } from './port.js';

export type { CheckReport, Finding } from './log-checks.js';

export interface VerifyOptions {
  /** In a store that others use too: which streams are looked at; absent: all of the application's. */
  streamPrefixes?: readonly string[];
  /** Told how many events were read, now and then. */
  progress?: (events: number) => void;
  /** Told of reconnections, in sentences. */
  log?: (message: string) => void;
}

/**
 * @returns what each check looked at and found; no findings at all: the store is sound
 * @throws StoreOpenError and what reading throws: then nothing can be told
 */
export async function verifyAt(url: string, options: VerifyOptions = {}): Promise<CheckReport[]> {
  const folder = folderOf(url);
  if (folder !== null) {
    const { verifyEmbedded } = await import('./embedded/verify.js');
    return verifyEmbedded(folder, options.progress);
  }
  // A store in memory is new and empty: it cannot be opened to be read only.
  const store = await openStore(url, { readOnly: !/^memory:/i.test(url), ...(options.log ? { log: options.log } : {}) });
  try {
    return await verifyStore(store, options);
  } finally {
    await store.close();
  }
}

/** What the port shows: positions that rise, and what any log is checked for. */
export async function verifyStore(store: EventStore, { streamPrefixes = [], progress = () => undefined }: VerifyOptions = {}): Promise<CheckReport[]> {
  const positions = emptyReport('positions', 'events');
  const log = createLogChecks({ shared: true, findId: (streamId, id, before) => findId(store, streamId, id, before) });
  let last = '';
  for await (const batch of store.readAll({ streamPrefixes })) {
    for (const event of batch) {
      positions.looked++;
      if (event.position <= last) find(positions, `${event.streamId}/${event.revision} is at ${event.position}, not after ${last}`, event);
      last = event.position;
      log.see(event);
    }
    progress(log.seen());
  }
  return [positions, ...(await log.reports())];
}

async function findId(store: EventStore, streamId: string, id: string, before: number): Promise<number | null> {
  for (let from = before; from > 0; ) {
    const page = await store.readStream(streamId, { from, direction: 'backwards', limit: 1000 }).catch((error: Error) => {
      // Its events are still in the log, but not for reading by their stream.
      if (error.name === 'StreamDeletedError') return [];
      throw error;
    });
    const found = page.find((event) => event.id === id);
    if (found) return found.revision;
    from = page.at(-1)?.revision ?? 0;
  }
  return null;
}
