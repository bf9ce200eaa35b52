/** The shape of an explanation. */
import { z } from 'zod';
import { askedSchema } from '../schemas.js';

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const inputSchema = z
  .object({
    name: z.string(),
    value: plain,
    printed: z.string().nullable().meta({ description: 'the figure as its source printed it' }),
    at: z.string().nullable().meta({ description: 'where it stands in the same answer: can be explained in its turn' }),
    event: z.string().nullable().meta({ description: 'link of the event that it rests on' }),
    field: z.string().nullable().meta({ description: 'where it stands in that event' }),
  })
  .meta({ id: 'ExplanationInput' });

export const sourceSchema = z
  .object({
    event: z.string(),
    eventId: z.string(),
    type: z.string(),
    document: z.string().nullable(),
    locator: z.string().nullable().meta({ description: 'paragraph, page or row' }),
    address: z.string().nullable(),
    confidence: z.number(),
    occurredAt: z.string().nullable().meta({ description: 'when it was true, as given' }),
    publishedAt: z.string().nullable().meta({ description: 'when it was published, as given; null: known from when it was recorded, or, a bar, from its end' }),
    recordedAt: z.string(),
  })
  .meta({ id: 'ExplanationSource' });

export const explanationSchema = z
  .object({
    ...askedSchema.shape,
    at: z.string().meta({ description: 'the place that was asked for' }),
    total: z.number().meta({ description: 'values there; `limit` cuts their list' }),
    versions: z.array(z.string()).meta({ description: 'projections and rules that made the answer, name@version' }),
    quantityRule: z.number().meta({ description: 'version of the rule that says what a printed figure allows' }),
    calendar: z.number().meta({ description: 'version of the exchange calendar' }),
    values: z.array(
      z
        .object({
          at: z.string().meta({ description: 'JSON pointer into the answer' }),
          value: plain,
          says: z.string(),
          how: z.enum(['stored', 'printed', 'computed', 'derived', 'counted', 'given']),
          formula: z.string().nullable(),
          steps: z.array(z.string()),
          inputs: z.array(inputSchema),
          checked: z.boolean().nullable().meta({ description: 'the inputs, read back and computed again, gave the value; null: steps to follow by hand' }),
        })
        .meta({ id: 'Explained' }),
    ),
    sources: z.array(sourceSchema).meta({ description: 'the events behind the inputs, each once' }),
  })
  .meta({ id: 'Explanation' });

export type ExplainedView = z.infer<typeof explanationSchema>;
export type InputView = z.infer<typeof inputSchema>;
export type SourceView = z.infer<typeof sourceSchema>;
export type AskedFields = z.infer<typeof askedSchema>;
