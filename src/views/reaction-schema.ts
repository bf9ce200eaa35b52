/** The shape of an event study of one event. */
import { z } from 'zod';
import { MODELS } from '../study/index.js';
import { askedSchema, evidenceSchema, sourceFields } from './schemas.js';

const number = z.number().nullable();

export const confounderSchema = z
  .object({
    kind: z.enum(['scheduled', 'corporate-action', 'announcement']),
    label: z.string(),
    days: z.array(z.number()).meta({ description: 'trading days from day 0' }),
    dates: z.array(z.string()),
    counts: z.boolean().meta({ description: 'false: trusted too little to contaminate a window' }),
    ...sourceFields,
    ...evidenceSchema,
  })
  .meta({ id: 'Confounder' });

const daySchema = z
  .object({
    relative: z.number(),
    date: z.string(),
    return: number,
    expected: number,
    ar: number.meta({ description: 'return − expected' }),
    variance: number.meta({ description: 'exact prediction variance s²(1 + h)' }),
    t: number,
    p: number,
    benchmark: number.meta({ description: 'return of the benchmark' }),
    marketAdjusted: number.meta({ description: 'return − return of the benchmark' }),
    events: z.array(z.string()).meta({ description: 'links of the closes that it rests on' }),
  })
  .meta({ id: 'AbnormalDay' });

const windowSchema = z
  .object({
    from: z.number(),
    to: z.number(),
    dates: z.array(z.string()),
    headline: z.boolean().meta({ description: 'chosen by rule, before results are seen' }),
    contaminatedBy: z.array(z.string()),
    refused: z.string().nullable().meta({ description: 'code; null: computed' }),
    reason: z.string().nullable(),
    car: number,
    variance: number.meta({ description: "1'V1 with the covariances" }),
    t: number,
    df: number,
    p: number.meta({ description: 'two-sided, Student\'s t(df)' }),
    lo: number.meta({ description: 'interval at 95 %' }),
    hi: number,
    leastDetectable: number.meta({ description: 'the least effect that is found four times in five' }),
    quantileP: number.meta({ description: 'sample-quantile test (Gelbach, Helland and Klick 2013)' }),
    quantileReason: z.string().nullable(),
    buyAndHold: number,
    raw: number.meta({ description: 'sum of the returns themselves' }),
    marketAdjusted: number,
  })
  .meta({ id: 'StudyWindow' });

const readingSchema = z.object({ date: z.string(), sentence: z.string() });

export const reactionSchema = z
  .object({
    ...askedSchema.shape,
    result: z.string().meta({ description: 'hash of the inputs, the settings and the version of the statistics: the same again gives the same' }),
    announcement: z.string().nullable(),
    title: z.string(),
    instrument: z.string(),
    symbol: z.string(),
    benchmark: z.string(),
    benchmarkSymbol: z.string(),
    model: z.enum(MODELS),
    returns: z.enum(['simple', 'log']),
    adjustment: z.string().meta({ description: 'of the prices; anything but total-return is a price return' }),
    day0: z.string(),
    readings: z.array(readingSchema).meta({ description: 'the sessions that the time leaves open; the study is of the first' }),
    estimationFrom: z.string(),
    estimationTo: z.string(),
    estimationDays: number.meta({ description: 'usable days, T' }),
    refused: z.string().nullable(),
    reason: z.string().nullable(),
    alpha: number,
    beta: number,
    s: number.meta({ description: 'standard deviation of the residuals' }),
    days: z.array(daySchema),
    windows: z.array(windowSchema),
    withoutFlagged: z.object({ dropped: z.array(z.string()), windows: z.array(windowSchema) }).meta({ description: 'the same without the flagged days of the estimation window: a second result' }),
    sensitivity: z.array(z.object({ model: z.string(), estimation: z.string(), window: z.string(), car: number, t: number, p: number, refused: z.string().nullable() })).meta({ description: 'what other choices would have given' }),
    confounders: z.array(confounderSchema).meta({ description: 'what else touched the share between day −5 and the end of the windows' }),
    flagged: z.array(confounderSchema).meta({ description: 'the same in the estimation window' }),
    refusals: z.array(z.object({ test: z.string(), reason: z.string() })).meta({ description: 'tests that one event does not allow' }),
    assumptions: z.array(z.string()),
  })
  .meta({ id: 'Reaction' });

export type ReactionView = z.infer<typeof reactionSchema>;
export type Confounder = z.infer<typeof confounderSchema>;
export type StudyWindow = z.infer<typeof windowSchema>;
