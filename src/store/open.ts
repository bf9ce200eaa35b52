/** Opens the store that a `--store` setting names. Adapters load only when they are asked for: `tracker --help` stays fast. */
import { fileURLToPath } from 'node:url';
import { StoreOpenError, type EventStore } from './port.js';

export interface OpenOptions {
  /** The clock behind recordedAt, where the store has none of its own. */
  now?: () => Date;
  readOnly?: boolean;
  /** Told of reconnections, in sentences. */
  log?: (message: string) => void;
}

/** One line for each kind of store; another kind is one more line. */
const kinds: Record<string, { example: string; open: (url: string, options: OpenOptions) => Promise<EventStore> }> = {
  'file:': { example: 'file:./data', open: openFile },
  'memory:': { example: 'memory:', open: openMemory },
  'esdb:': { example: 'esdb://host:2113', open: openEventStore },
  'esdb+discover:': { example: 'esdb+discover://name', open: openEventStore },
  'kurrentdb:': { example: 'kurrentdb://host:2113', open: openEventStore },
  'kurrentdb+discover:': { example: 'kurrentdb+discover://name', open: openEventStore },
};

/**
 * Opens the store at a URL such as `file:./data` or `memory:`.
 * @throws StoreOpenError
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<EventStore> {
  const scheme = /^[a-z][a-z0-9+]*:/i.exec(url)?.[0].toLowerCase();
  const kind = scheme === undefined ? undefined : kinds[scheme];
  if (!kind) {
    // The address is not repeated in full: it may hold a password.
    const accepted = Object.values(kinds).map(({ example }) => example);
    throw new StoreOpenError(`cannot open ${scheme === undefined ? `the store ${url}` : `a store of the kind ${scheme}`}: accepted are ${accepted.slice(0, -1).join(', ')} and ${accepted.at(-1)}`);
  }
  return kind.open(url, options);
}

async function openFile(url: string, options: OpenOptions): Promise<EventStore> {
  const folder = toFolder(url);
  const { openEmbeddedStore } = await import('./embedded/embedded-store.js');
  return openEmbeddedStore(folder, options);
}

/**
 * The folder that a `file:` URL names; null for other stores, which are no folder.
 * @throws StoreOpenError
 */
export function folderOf(url: string): string | null {
  return /^file:/i.test(url) ? toFolder(url) : null;
}

/** `file:./data` and `file:data` are relative, which a URL cannot be; `file:///abs` and `file:/abs` are absolute. */
function toFolder(url: string): string {
  const rest = url.slice('file:'.length);
  if (rest === '') throw new StoreOpenError('file: needs a folder, such as file:./data');
  if (!rest.startsWith('//')) return rest;
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new StoreOpenError(`${url} is not a path on this machine: write file:./data or file:/absolute/path`, { cause });
  }
}

async function openMemory(url: string, { now, readOnly }: OpenOptions): Promise<EventStore> {
  if (!/^memory:(\/\/)?$/i.test(url)) throw new StoreOpenError(`${url}: memory: takes no name`);
  if (readOnly) throw new StoreOpenError('memory: is empty when it is opened, so it cannot be read-only');
  const { openMemoryStore } = await import('./memory/memory-store.js');
  return openMemoryStore(now ? { now } : {});
}

async function openEventStore(url: string, { readOnly = false, log }: OpenOptions): Promise<EventStore> {
  const { openEventStoreDb } = await import('./eventstoredb/eventstoredb-store.js');
  return openEventStoreDb(url, { readOnly, ...(log ? { log } : {}) });
}
