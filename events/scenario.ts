/**
 * Scenarios: worlds of synthetic events beside the real one. Their streams begin otherwise than those of the real world,
 * each of their events carries the scenario's id, and both must agree: neither alone makes an event synthetic, and where
 * they differ the event is rejected.
 */
import { z } from 'zod';
import { slug, text } from './envelope.js';

/** What a stream of a scenario begins with, whatever the prefix of the real world's. */
const WORLD_STREAM = /^scenario(?:-of-[a-z][a-z0-9-]*)?\.([a-z0-9-]+)\./;

/** The names of a tracker's scenario streams. @param prefix of its real streams, such as `market.` */
export function scenarioStreams(prefix: string): { catalogue: string; world: (scenario: string) => string; truth: (scenario: string) => string } {
  // A tracker with a prefix of its own has scenarios of its own, also on a store that it shares.
  const root = prefix === 'market.' ? 'scenario' : `scenario-of-${prefix.slice(0, -1)}`;
  return { catalogue: `${root}-catalogue`, world: (scenario) => `${root}.${scenario}.`, truth: (scenario) => `${root}-truth.${scenario}` };
}

/** The scenario that a stream belongs to; null for one of the real world. */
export function scenarioOf(streamId: string): string | null {
  return streamId.startsWith('scenario') ? (WORLD_STREAM.exec(streamId)?.[1] ?? null) : null;
}

/** What a stream is about, such as `instrument-amazon-common`: the same in the real world and in every scenario. */
export function subjectOf(streamId: string): string {
  return streamId.slice(streamId.lastIndexOf('.') + 1);
}

export const SCENARIO_KINDS = ['isolated', 'overlay'] as const;

/** What is told of a scenario when it is opened. */
export const scenarioOpenedSchema = z
  .strictObject({
    scenario: slug,
    kind: z.enum(SCENARIO_KINDS).meta({ description: 'isolated: a world of its own; overlay: on the real one as it was at `base`' }),
    title: text.optional(),
    note: text.optional(),
    base: z
      .strictObject({ store: z.string(), position: z.string(), events: z.int().positive() })
      .nullable()
      .meta({ description: 'the last real event that an overlay sees, and how many there are up to it; null: none' }),
  })
  .meta({ id: 'ScenarioOpened' });
export type ScenarioOpened = z.infer<typeof scenarioOpenedSchema>;

export const scenarioArchivedSchema = z.strictObject({ scenario: slug, note: text.optional() }).meta({ id: 'ScenarioArchived' });
