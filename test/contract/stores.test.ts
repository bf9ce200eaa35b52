/** Every store that needs no server, against the contract; EventStoreDB against its stand-in. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { openEventStoreDb } from '../../src/store/eventstoredb/eventstoredb-store.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import { startStandIn, type StandIn } from '../support/eventstoredb-stand-in/stand-in.js';
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

const standIns = new Map<string, StandIn>();
for (const sharedCommit of [false, true]) {
  describeStore(sharedCommit ? 'EventStoreDB store, where the events of an append share a commit position' : 'EventStoreDB store', {
    open: async ({ now }) => {
      const standIn = await startStandIn({ now, sharedCommit });
      const store = await openEventStoreDb(standIn.url);
      standIns.set(store.id, standIn);
      return store;
    },
    reopen: async (store) => {
      await store.close();
      return openEventStoreDb(standIns.get(store.id)?.url ?? '');
    },
    cleanUp: async () => {
      for (const standIn of standIns.values()) await standIn.stop();
      standIns.clear();
    },
  });
}
