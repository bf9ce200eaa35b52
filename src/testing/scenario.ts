/** Scenarios and faults in a tester's own suite: worlds beside the real one of a test's tracker, filled by hand, from a generator, or with faults. */
import { injectFaults, parseFaults, type Faulted, type FaultPlan, type FaultyEvent } from '../synthetic/faults.js';
import { fillWith, type Filled } from '../synthetic/fill.js';
import { generatorOf, paramsOf, type SyntheticEvent } from '../synthetic/generators/index.js';
import type { Truth } from '../synthetic/truth.js';
import { answerFrom, type Answer, type Asked, type ViewContext } from '../views/context.js';
import { acceptInputs, appendAccepted, type Stored } from '../writing/accept.js';
import { scenarioStreams } from '../../events/index.js';
import type { TestTracker } from './create-tracker.js';

export interface TestScenario {
  readonly id: string;
  /** Lets events in as the API does with `scenario=`, and resolves when they are projected. @throws BatchRefusedError */
  append(...inputs: readonly unknown[]): Promise<Stored[]>;
  /** Delivers events with faults; what is refused is told and left. @param faults such as `duplicates:0.1,late:0.05` */
  appendWith(faults: string | FaultPlan['rates'], seed: number, ...events: readonly FaultyEvent[]): Promise<Filled>;
  /** Fills it from a generator: market, claims, sentiment or shock. @throws ViewError for parameters that are wrong */
  generate(generator: string, params?: Readonly<Record<string, unknown>>): Promise<Filled & { truths: Truth[] }>;
  /** A view's answer in it. @throws ViewError */
  ask<T>(view: (context: ViewContext) => Answer<T>, asked?: Asked): Promise<T>;
  /** What its generators know. */
  truths(): Promise<Truth[]>;
  /** It takes no more events. */
  archive(): Promise<void>;
}

export interface TestScenarioOptions {
  /** Default isolated. */
  kind?: 'isolated' | 'overlay';
  /** Of an overlay: a token of the real world; default as it is now. */
  basis?: string;
}

const PROJECTED_WITHIN_MS = 10_000;

/** Opens a scenario of a test's tracker; it goes with the tracker. @throws ScenarioRefusedError */
export async function scenario({ worlds }: TestTracker, id: string, { kind = 'isolated', basis }: TestScenarioOptions = {}): Promise<TestScenario> {
  await worlds.open({ scenario: id, kind, basis });
  const projected = <T extends { position: string | null }>(filled: T): Promise<T> =>
    worlds.use(id, async ({ runner }) => {
      if (filled.position !== null && !(await runner.waitFor(filled.position, PROJECTED_WITHIN_MS))) throw new Error(`the projections of scenario ${id} did not see the events: ${runner.problem()?.message ?? 'they are behind'}`);
      return filled;
    });
  return {
    id,
    append: async (...inputs) => (await projected(await worlds.use(id, async (world) => appendAccepted(world.store, await acceptInputs(world, inputs, (index) => `events[${index}]`))))).events,
    appendWith: async (rates, seed, ...events) => projected(await worlds.use(id, (world) => fillWith(world, events, planOf(rates, seed)))),
    generate: async (generator, params = {}) => projected(await worlds.generate(id, generator, params)),
    ask: (view, asked = {}) => worlds.use(id, ({ runner }) => answerFrom(runner, asked, view).body),
    truths: () => worlds.truths(id),
    async archive() {
      await worlds.archive(id, undefined);
    },
  };
}

/**
 * Events with faults, as they would be delivered, without a tracker.
 * @param rates such as `duplicates:0.1,late:0.05` or `{ duplicates: 0.1 }`
 */
export function faults<E extends FaultyEvent>(events: readonly E[], rates: string | FaultPlan['rates'], seed = 1): Faulted<E> {
  return injectFaults(events, planOf(rates, seed));
}

/**
 * What a generator makes, without a tracker: events as they are sent, and what is true of them.
 * @throws ViewError for parameters that are wrong, and for `shock`, which changes the prices of a scenario
 */
export function synthesize(generator: string, params: Readonly<Record<string, unknown>> = {}, id = 'synthetic'): { events: SyntheticEvent[]; truths: Omit<Truth, 'scenario' | 'generator' | 'seed'>[] } {
  const found = generatorOf(generator);
  const pieces = [...found.generate(paramsOf(found, params), { prefix: scenarioStreams('market.').world(id), world: null })];
  return { events: pieces.flatMap(({ events }) => events), truths: pieces.flatMap(({ truths }) => truths) };
}

function planOf(rates: string | FaultPlan['rates'], seed: number): FaultPlan {
  return { seed, rates: typeof rates === 'string' ? parseFaults(rates) : rates };
}
