/** The shape of a study of many events, and of what it is asked with. */
import { z } from 'zod';
import { MODELS } from '../study/index.js';
import { askedSchema } from './schemas.js';

const number = z.number().nullable();

export const studyEventSchema = z.strictObject({
  event: z.string().min(1).max(200).optional().meta({ description: 'names the event; one share may have several' }),
  instrument: z.string().min(1).max(100).meta({ description: 'id or symbol' }),
  date: z.string().meta({ description: 'its day, such as 2025-11-03, or an instant: after the close it counts for the next session', examples: ['2025-11-03', '2025-10-30T20:01:00Z'] }),
  values: z.record(z.string(), z.number()).optional().meta({ description: 'what the cumulated returns are regressed on, by name' }),
});
export type StudyEvent = z.infer<typeof studyEventSchema>;

const testSchema = z.object({ test: z.string(), paper: z.string(), statistic: number, law: z.string().nullable(), df: number, p: number, reason: z.string().nullable().meta({ description: 'why it is not shown' }), warnings: z.array(z.string()) });
const regressionSchema = z.object({ names: z.array(z.string()), n: z.number(), errors: z.enum(['HC3', 'clustered by date']), coefficients: z.array(z.object({ name: z.string(), value: z.number(), error: z.number(), t: z.number(), p: z.number() })), reason: z.string().nullable() });

export const eventsStudySchema = z
  .object({
    ...askedSchema.shape,
    result: z.string().meta({ description: 'hash of the inputs, the settings and the version of the statistics' }),
    benchmark: z.string(),
    benchmarkSymbol: z.string(),
    model: z.enum(MODELS),
    seed: z.number().meta({ description: 'of what is drawn: sign flips, bootstraps' }),
    events: z.array(z.object({ event: z.string(), instrument: z.string(), day0: z.string().nullable(), cars: z.array(number).meta({ description: 'by window' }), p: z.array(number), holm: z.array(number).meta({ description: 'with the events of the window as the family' }), bh: z.array(number).meta({ description: 'Benjamini and Hochberg, likewise' }), reason: z.string().nullable().meta({ description: 'why it could not be studied' }) })),
    windows: z.array(
      z.object({
        from: z.number(),
        to: z.number(),
        n: z.number(),
        shared: z.boolean().meta({ description: 'events share dates' }),
        caar: number,
        lo: number.meta({ description: 'interval of the mean at 95 %, percentile-t bootstrap over events; from 10 events on' }),
        hi: number,
        meanCorrelation: number,
        headline: z.string().nullable(),
        tests: z.array(testSchema),
        regression: regressionSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'EventsStudy' });
export type EventsStudy = z.infer<typeof eventsStudySchema>;
