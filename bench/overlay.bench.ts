/**
 * A scenario laid over the real world: from opening it to its first answers of a market value and a sentiment, beside a
 * fold of the same log. Its base is the whole log, or a third of it, where the cut chunk's rows are copied and its hash
 * chain is made anew.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ALL, expressions, levelAt, openReader, projections } from '../projections/index.js';
import { positionOf } from '../src/projecting/log-index.js';
import { startRunner, type Runner } from '../src/projecting/runner.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { openWorlds } from '../src/synthetic/worlds.js';
import { startTracker } from '../src/tracker.js';
import { encodeToken } from '../src/views/context.js';
import { sampleFact } from './fold.bench.js';
import { compare, type Comparison } from './measure.js';
import { fillFolder } from './replay.bench.js';

export async function overlayBench({ events, rounds }: { events: number; rounds: number }): Promise<Comparison[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
  await fillFolder(folder, events, 64, sampleFact);
  const store = await openEmbeddedStore(folder, {});
  const real = startTracker(store);
  await real.runner.settled();
  let opened = 0;

  const firstAnswers = (runner: Runner): number => {
    const reader = (name: string): ReturnType<typeof openReader> => openReader(runner.states.get(name)?.ledger ?? projections[0]!.initial(), ALL);
    if (!levelAt(reader('market-value'), 'instrument-7', null) || expressions(reader('sentiment'), 'instrument-19').length === 0) throw new Error('no answer');
    return runner.events();
  };
  async function overlay(share: number): Promise<number> {
    const worlds = openWorlds(real);
    const scenario = `bench-${(opened += 1)}`;
    await worlds.open({ scenario, kind: 'overlay', basis: encodeToken(store.id, positionOf(real.runner.log, Math.floor(events * share))) });
    const read = await worlds.use(scenario, ({ runner }) => firstAnswers(runner));
    await worlds.close();
    // As many as are compared with: what is told is the time.
    return Math.round(read / share);
  }
  async function fold(): Promise<number> {
    const runner = startRunner(store, { prefix: 'market.', projections });
    await runner.settled();
    const read = firstAnswers(runner);
    await runner.close();
    return read;
  }

  const whole = await compare('an overlay on the whole log to its first answers, beside a fold of that log', 'events/s', rounds, { run: () => overlay(1) }, { run: fold });
  const cut = await compare('an overlay on a third of it, beside the same', 'events/s', rounds, { run: () => overlay(1 / 3) }, { run: fold });
  await real.close();
  rmSync(folder, { recursive: true, force: true });
  return [whole, cut];
}
