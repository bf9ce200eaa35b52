/** `tracker synth`: fills a scenario from a generator, or prints what it would send. */
import { generatorOf, paramsOf } from '../../synthetic/generators/index.js';
import { parseFaults, type FaultPlan } from '../../synthetic/faults.js';
import { scenarioStreams } from '../../../events/index.js';
import { ScenarioRefusedError } from '../../synthetic/catalogue.js';
import type { Filled } from '../../synthetic/fill.js';
import { UsageError } from '../failure.js';
import { counted, print, printJson, printSlowly, progressLine, showSteps } from '../output.js';
import { stopOnInterrupt } from '../stop.js';
import type { GlobalOptions } from '../view-options.js';
import { configOf, note, withWorlds } from '../with-tracker.js';

interface SynthCommand extends GlobalOptions {
  faults?: string;
  faultSeed?: string;
  print?: boolean;
  seed?: string;
}

const OWN = new Set(['store', 'prefix', 'snapshots', 'scenario', 'faults', 'faultSeed', 'print', 'json']);
const SHOWN = 20;

export async function synth(name: string, options: SynthCommand): Promise<void> {
  const generator = generatorOf(name);
  const given = Object.fromEntries(Object.entries(options).filter(([option]) => !OWN.has(option)));
  const params = paramsOf(generator, given);
  const faults = planOf(options);
  const { scenario, ...rest } = options;
  if (generator.looks && scenario === undefined) throw new UsageError(`--scenario: ${name} changes what is in one: open it first (tracker scenario open ID --overlay)`);
  const id = scenario ?? `${name}-${params.seed}`;
  if (options.print) {
    if (generator.looks || faults) throw new UsageError(`--print: ${faults ? 'faults are met on the way: store the events' : `${name} needs its scenario's prices: store the events`}`);
    // As they would be sent to that scenario; nothing is opened.
    for (const { events } of generator.generate(params as never, { prefix: scenarioStreams(configOf(rest).prefix).world(id), world: null })) for (const event of events) await printSlowly(JSON.stringify(event));
    return;
  }
  const signal = stopOnInterrupt();
  const line = progressLine();
  const show = showSteps(line.show);
  await withWorlds(rest, async (worlds) => {
    if (scenario === undefined) await worlds.open({ scenario: id, kind: 'isolated', title: `${name}, seed ${params.seed}` }).catch((error: unknown) => {
      // One of this name that somebody opened otherwise is used as it is.
      if (!(error instanceof ScenarioRefusedError && error.kind === 'scenario-exists')) throw error;
    });
    const filled = await worlds.generate(id, name, given, { faults, signal, progress: (done) => { show({ step: 'storing', done, total: null, unit: 'events' }); } }).finally(line.done);
    tell(id, filled, filled.truths.length, options.json ?? false);
    if (signal.aborted) note('stopped; the same command goes on');
  });
}

function planOf({ faults, faultSeed = '1' }: SynthCommand): FaultPlan | undefined {
  if (faults === undefined) return undefined;
  const seed = Number(faultSeed);
  if (!Number.isSafeInteger(seed)) throw new UsageError(`--fault-seed: expected a whole number, got ${JSON.stringify(faultSeed)}`);
  return { seed, rates: parseFaults(faults) };
}

/** What was stored, and what faults did. */
export function tell(id: string, { stored, known, refused, lost, faults }: Filled, truths: number, json: boolean): void {
  if (json) {
    printJson({ scenario: id, stored, known, refused, lost, faults, truths });
    return;
  }
  print(`scenario ${id}: ${counted(stored, 'event', 'events')} stored, ${known.toLocaleString('en')} were there${truths > 0 ? `; ${counted(truths, 'ground truth', 'ground truths')} (tracker scenario inspect ${id} --truth)` : ''}`);
  const met = Object.entries(faults);
  if (met.length > 0) print(`faults met: ${met.map(([fault, count]) => `${fault} ${count}`).join(', ')}; ${counted(lost.length, 'event', 'events')} never came, ${refused.length} refused`);
  for (const { index, faults: own, problem } of refused.slice(0, SHOWN)) note(`event ${index} (${own.join(', ') || 'no fault met it'}): ${problem}`);
  if (refused.length > SHOWN) note(`and ${refused.length - SHOWN} more: --json has all`);
}
