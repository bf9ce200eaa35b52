/**
 * Ground truth: what a generator knows of what it made, beside the scenario and not in it, so that nothing that replays
 * or views the scenario can see it.
 */
import { z } from 'zod';
import { scenarioStreams, slug } from '../../events/index.js';
import { scenarioEventId } from '../ids.js';
import { appendOnce } from '../store/append-once.js';
import type { EventStore, JsonObject } from '../store/port.js';

export const truthSchema = z
  .strictObject({
    scenario: slug,
    generator: z.string().meta({ description: 'which generator; its own documentation says what the values are' }),
    seed: z.int().nonnegative(),
    subject: z.string().meta({ description: 'what it is about, such as instrument-firm-001' }),
    values: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'GroundTruth' });
export type Truth = z.infer<typeof truthSchema>;

const TYPE = 'GroundTruthRecorded';
const PAGE = 1000;

/** Stores truths; what is there already is not written again. @throws what appendOnce throws */
export async function recordTruths(store: EventStore, prefix: string, scenario: string, truths: readonly Truth[]): Promise<void> {
  if (truths.length === 0) return;
  const events = truths.map((truth) => ({
    id: scenarioEventId(scenario, TYPE, truth.generator, String(truth.seed), truth.subject),
    type: TYPE,
    data: JSON.parse(JSON.stringify(truth)) as JsonObject,
    metadata: { schemaVersion: 1 },
  }));
  await appendOnce(store, scenarioStreams(prefix).truth(scenario), events);
}

/** In the order in which they were recorded. */
export async function readTruths(store: EventStore, prefix: string, scenario: string): Promise<Truth[]> {
  const stream = scenarioStreams(prefix).truth(scenario);
  const found: Truth[] = [];
  for (let from: number | 'start' = 'start'; ; ) {
    const page = await store.readStream(stream, { from, limit: PAGE });
    found.push(...page.map(({ data }) => truthSchema.parse(data)));
    const last = page.at(-1);
    if (page.length < PAGE || !last) return found;
    from = last.revision;
  }
}
