/**
 * A server is killed with SIGKILL, again and again, while ten thousand events are appended and projections follow: by a
 * command (EVENTSTOREDB_START, EVENTSTOREDB_START_URL), or in a container.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { sampleFact } from '../../bench/fold.bench.js';
import { rowCount } from '../../projections/index.js';
import { openEventStoreDb } from '../../src/store/eventstoredb/eventstoredb-store.js';
import type { NewEvent } from '../../src/store/port.js';
import { startTracker } from '../../src/tracker.js';
import { hashesOf } from '../support/in-process.js';
import { startByCommand, startContainer, type OwnServer } from '../support/eventstoredb-server.js';

const EVENTS = 10_000;
const STREAMS = 500;
const LANES = 25;
const KILLS = 3;

const command = process.env['EVENTSTOREDB_START'];
const url = process.env['EVENTSTOREDB_START_URL'];
const server: OwnServer | undefined = command === undefined || url === undefined ? await startContainer() : startByCommand(command, url);
afterAll(() => server?.remove());

describe('a real EventStoreDB that is killed while it is appended to', () => {
  if (!server) {
    console.info('the test that kills an EventStoreDB is skipped: EVENTSTOREDB_START and EVENTSTOREDB_START_URL are not set, and no Docker daemon answers');
    it.skip('is not here: set EVENTSTOREDB_START to a command that runs one in the foreground and keeps its data, and EVENTSTOREDB_START_URL to where it listens; or start a Docker daemon', () => undefined);
    return;
  }

  it(
    'loses nothing that was acknowledged, doubles nothing, and the live projections end equal to a fresh fold',
    async () => {
      const patient = { patienceMs: 120_000 };
      const prefix = `killed-${Date.now()}.`;
      const store = await openEventStoreDb(server.url, patient);
      const live = startTracker(store, { prefix });
      const acknowledged = new Map<string, string[]>();
      const kills: Promise<void>[] = [];
      let done = 0;
      let last = '';
      const lane = async (first: number): Promise<void> => {
        for (let n = first; n < EVENTS; n += LANES) {
          const { id, type, data, metadata } = sampleFact(n);
          const streamId = `${prefix}stream-${n % STREAMS}`;
          const ids = acknowledged.get(streamId) ?? [];
          const event: NewEvent = { id, type, data, metadata };
          const { position } = await store.append(streamId, [event], { expectedRevision: ids.length === 0 ? 'no_stream' : ids.length - 1 });
          if (position > last) last = position;
          acknowledged.set(streamId, [...ids, id]);
          done++;
          if (done % (EVENTS / (KILLS + 1)) === 0 && done < EVENTS) kills.push(server.killAndStart());
        }
      };
      await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
      await Promise.all(kills);
      expect(done).toBe(EVENTS);
      for (const [streamId, ids] of acknowledged) expect((await store.readStream(streamId)).map(({ id }) => id), streamId).toEqual(ids);

      expect(await live.runner.waitFor(last, 120_000)).toBe(true);
      const fresh = startTracker(await openEventStoreDb(server.url, patient), { prefix });
      expect(await fresh.runner.waitFor(last, 120_000)).toBe(true);
      expect(hashesOf(live.runner)).toEqual(hashesOf(fresh.runner));
      const rows = [...fresh.runner.states.values()].reduce((sum, { ledger }) => sum + rowCount(ledger), 0);
      expect(rows).toBeGreaterThan(EVENTS / 2);
      await live.close();
      await fresh.close();
    },
    600_000,
  );
});
