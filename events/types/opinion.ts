/** What people think and expect: sentiment, metrics, forecasts, relationships. */
import { z } from 'zod';
import { slug, text } from '../envelope.js';
import { quantitySchema } from '../quantity.js';
import { timeRefSchema } from '../time.js';
import { define } from './define.js';

export const HOLDER_KINDS = ['investor', 'analyst', 'management', 'press', 'regulator', 'legislator', 'customer', 'other'] as const;
export const ASPECTS = ['revenue', 'profitability', 'financing', 'demand', 'valuation', 'competition', 'product', 'governance', 'other'] as const;

const bound = z.number().gte(-1).lte(1);

export const holderSchema = z
  .strictObject({
    entity: slug.optional(),
    name: text.optional(),
    kind: z.enum(HOLDER_KINDS),
    count: z.int().positive().optional().meta({ description: 'how many people are meant, where printed' }),
  })
  .refine((holder) => holder.entity !== undefined || holder.name !== undefined, { path: ['name'], error: 'expected the holder as entity or by name' });

/** A number, a direction alone (positive is (0, 1], negative is [−1, 0)), or an interval where scorings disagree. */
export const scoreSchema = z.union([bound, z.enum(['positive', 'negative']), z.strictObject({ lo: bound, hi: bound }).refine((score) => score.lo < score.hi, { path: ['hi'], error: 'expected more than lo' })]);

export const sentimentExpressed = define({
  type: 'SentimentExpressed',
  version: 1,
  about: 'entity',
  observes: 'end',
  says: 'A view that somebody expressed of a subject. A price move is never sentiment.',
  data: z.strictObject({
    entity: slug.meta({ description: 'the subject' }),
    holder: holderSchema,
    aspect: z.enum(ASPECTS),
    aspectText: text.optional().meta({ description: 'the aspect in words, kept beside its place in the closed list' }),
    claim: text,
    score: scoreSchema,
    relevance: z.number().gt(0).lte(1),
    method: z.strictObject({ name: slug, version: z.int().positive(), item: text.meta({ description: 'the line of the rubric that gave the score' }) }),
  }),
});

export const metricReported = define({
  type: 'MetricReported',
  version: 1,
  about: 'entity',
  observes: 'end',
  says: 'A measured figure of an entity, as reported.',
  data: z.strictObject({ entity: slug, metric: slug, value: quantitySchema, period: timeRefSchema.optional(), by: holderSchema.optional(), note: text.optional() }),
});

export const forecastMade = define({
  type: 'ForecastMade',
  version: 1,
  about: 'entity',
  observes: 'nothing',
  says: 'A statement about the future, or an aim, with the horizon it was given.',
  data: z.strictObject({
    entity: slug,
    by: holderSchema,
    metric: slug,
    claim: text,
    value: quantitySchema.optional(),
    horizon: z.strictObject({ notBefore: text.optional(), notAfter: text.optional() }).optional().meta({ description: 'EDTF' }),
    note: text.optional(),
  }),
});

export const relationshipDisclosed = define({
  type: 'RelationshipDisclosed',
  version: 1,
  about: 'entity',
  observes: 'start',
  says: 'How one entity depends on, supplies, owns or finances another.',
  data: z.strictObject({ entity: slug, other: slug, relation: z.enum(['depends-on', 'supplies', 'owns', 'finances', 'partners-with', 'buys-from', 'competes-with']), note: text.optional(), amount: quantitySchema.optional() }),
});
