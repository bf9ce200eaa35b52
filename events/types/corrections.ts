/**
 * Corrections and retractions. Nothing stored is edited: these are events of their own, which views apply from the
 * moment they are known.
 */
import { z } from 'zod';
import { referenceSchema, text } from '../envelope.js';
import { define } from './define.js';

const original = referenceSchema.optional().meta({ description: 'the first event of the fact, where the event named is itself a correction or retraction; default: the event named' });

export const observationCorrected = define({
  type: 'ObservationCorrected',
  version: 1,
  about: [],
  observes: 'end',
  says: 'A corrected observation: the payload that stands in place of the one it names, at the same valid time (give that as occurredAt).',
  data: z.strictObject({
    corrects: referenceSchema,
    original,
    type: z.string().meta({ description: 'the type of the corrected event' }),
    schemaVersion: z.int().positive(),
    data: z.record(z.string(), z.json()),
    reason: text.optional(),
  }),
});

export const observationRetracted = define({
  type: 'ObservationRetracted',
  version: 1,
  about: [],
  observes: 'nothing',
  says: 'A withdrawn observation. Withdrawing a correction lets what it corrected stand again; withdrawing the first event of a fact takes the fact away.',
  data: z.strictObject({ retracts: referenceSchema, original, reason: text.optional() }),
});
