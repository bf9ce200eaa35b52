/** Every store that needs no server, against the contract. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import { describeStore } from './store-contract.js';

describeStore('memory store', { open: async ({ now }) => openMemoryStore({ now }) });

const folders: string[] = [];
const folderOf = new Map<string, string>();
describeStore('embedded store', {
  open: async ({ now }) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'tracker-contract-'));
    folders.push(folder);
    const store = await openEmbeddedStore(folder, { now });
    folderOf.set(store.id, folder);
    return store;
  },
  reopen: async (store, { now }) => {
    await store.close();
    return openEmbeddedStore(folderOf.get(store.id) ?? '', { now });
  },
  cleanUp: async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  },
});
