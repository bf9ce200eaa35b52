/**
 * A start: from opening the store to the first answer of a market value and a sentiment, from a snapshot against folding
 * the whole log. Opening, restoring and building the index all count. The mix is that of the fold bench.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ALL, expressions, levelAt, openReader, projections } from '../projections/index.js';
import { startRunner } from '../src/projecting/runner.js';
import { openSnapshots } from '../src/projecting/snapshots.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { sampleFact } from './fold.bench.js';
import { compare, type Comparison } from './measure.js';
import { fillFolder } from './replay.bench.js';

export async function startBench({ events, rounds }: { events: number; rounds: number }): Promise<Comparison[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
  const saved = path.join(folder, 'snapshots');
  await fillFolder(folder, events, 64, sampleFact);

  async function start(withSnapshots: boolean): Promise<number> {
    const store = await openEmbeddedStore(folder, { readOnly: true });
    const runner = startRunner(store, { prefix: 'market.', projections, snapshots: withSnapshots ? openSnapshots(saved) : null });
    await runner.settled();
    const reader = (name: string): ReturnType<typeof openReader> => openReader(runner.states.get(name)?.ledger ?? projections[0]!.initial(), ALL);
    if (!levelAt(reader('market-value'), 'instrument-7', null) || expressions(reader('sentiment'), 'instrument-19').length === 0) throw new Error('no answer');
    const read = runner.events();
    await runner.close();
    await store.close();
    return read;
  }

  await start(true);
  const bytes = statSync(path.join(saved, 'data.mdb')).size;
  const comparison = await compare('start to the first answers, from a snapshot beside a fold of the whole log', 'events/s', rounds, { run: () => start(true) }, { run: () => start(false) });
  rmSync(folder, { recursive: true, force: true });
  console.log(`snapshot: ${Math.round(bytes / events)} bytes an event on disk`);
  return [comparison];
}
