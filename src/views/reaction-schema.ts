/** The shape of an event study of one event. */
import { z } from 'zod';
import { MODELS } from '../study/index.js';
import { askedSchema, evidenceSchema, keyed, sourceFields } from './schemas.js';

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

export const confoundersSchema = z
  .object({
    ...askedSchema.shape,
    announcement: z.string(),
    title: z.string(),
    days: z.string().meta({ description: 'trading days from day 0 that were looked through' }),
    instruments: z.array(z.object({ instrument: z.string(), symbol: z.string(), day0: z.string() })).meta(keyed('instrument')),
    confounders: z
      .array(z.object({ instrument: z.string(), symbol: z.string(), ...confounderSchema.shape, from: z.string().nullable().meta({ description: 'opening of the first session that it touches' }), to: z.string().nullable().meta({ description: 'close of the last' }) }))
      .meta({ description: 'by instrument, in the order of their days', ...keyed('instrument', 'event', 'kind') }),
  })
  .meta({ id: 'Confounders' });

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
    pHolm: number.meta({ description: 'Holm\'s, with the windows of this study as the family' }),
    lo: number.meta({ description: 'interval at 95 %' }),
    hi: number,
    leastDetectable: number.meta({ description: 'the least effect that is found four times in five' }),
    quantileP: number.meta({ description: 'sample-quantile test (Gelbach, Helland and Klick 2013)' }),
    quantileReason: z.string().nullable(),
    placeboP: number.meta({ description: 'place of |t| among the control firms, (1 + #{|t| ≥ own}) / (n + 1)' }),
    placeboFirms: number.meta({ description: 'control firms that could be computed' }),
    placeboReason: z.string().nullable(),
    buyAndHold: number,
    raw: number.meta({ description: 'sum of the returns themselves' }),
    marketAdjusted: number,
  })
  .meta({ id: 'StudyWindow' });

const volumeSchema = z
  .object({
    measure: z.enum(['turnover', 'shares traded']).nullable().meta({ description: 'turnover: ln(100·traded/outstanding + 0.000255); shares traded: ln(1 + traded), where shares outstanding are not known on all days' }),
    estimationDays: z.number(),
    mean: number.meta({ description: 'of the measure over the estimation window' }),
    days: z.array(z.object({ relative: z.number(), date: z.string(), volume: number, abnormal: number.meta({ description: 'measure − mean' }), times: number.meta({ description: 'exp(abnormal): so many times the usual volume' }), quantileP: number.meta({ description: 'two-sided, by its place among the residuals' }), event: z.string().nullable() })),
    reason: z.string().nullable().meta({ description: 'why there is none' }),
  })
  .meta({ id: 'AbnormalVolume' });

const readingSchema = z.object({ date: z.string(), sentence: z.string() });

export const reactionSchema = z
  .object({
    ...askedSchema.shape,
    result: z.string().meta({ description: 'hash of the inputs, the settings and the version of the statistics: the same again gives the same' }),
    again: z.string().meta({ description: 'runs this study again, on the events that it read: /v1/reactions/{again}' }),
    announcement: z.string().nullable(),
    title: z.string(),
    instrument: z.string(),
    symbol: z.string(),
    benchmark: z.string(),
    benchmarkSymbol: z.string(),
    model: z.enum(MODELS),
    factors: z.object({ sets: z.array(z.string()), names: z.array(z.string()) }).nullable(),
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
    coefficients: z.array(z.object({ name: z.string(), value: z.number() })).meta({ description: 'all of the model' }),
    s: number.meta({ description: 'standard deviation of the residuals' }),
    days: z.array(daySchema).meta(keyed('date')),
    path: z.array(z.object({ relative: z.number(), car: number, lo: number, hi: number })).meta({ description: 'cumulated from the first day shown, with the interval at 95 %' }),
    windows: z.array(windowSchema),
    withoutFlagged: z.object({ dropped: z.array(z.string()), windows: z.array(windowSchema) }).meta({ description: 'the same without the flagged days of the estimation window: a second result' }),
    withoutFirm: z.object({ weight: number, windows: z.array(windowSchema) }).meta({ description: 'the same against the benchmark without the firm, where its weight was given' }),
    sensitivity: z.array(z.object({ model: z.string(), benchmark: z.string().nullable(), estimation: z.string(), window: z.string(), car: number, t: number, p: number, refused: z.string().nullable() })).meta({ description: 'what other choices would have given' }),
    confounders: z.array(confounderSchema).meta({ description: 'what else touched the share between day −5 and the end of the windows' }),
    flagged: z.array(confounderSchema).meta({ description: 'the same in the estimation window' }),
    volume: volumeSchema,
    controls: z.array(z.object({ instrument: z.string(), symbol: z.string(), refused: z.string().nullable() })).meta({ description: 'the control firms of the placebo' }),
    refusals: z.array(z.object({ test: z.string(), reason: z.string() })).meta({ description: 'tests that one event does not allow' }),
    assumptions: z.array(z.string()),
  })
  .meta({ id: 'Reaction' });

export type ReactionView = z.infer<typeof reactionSchema>;
export type ConfoundersView = z.infer<typeof confoundersSchema>;
export type Confounder = z.infer<typeof confounderSchema>;
export type VolumeView = z.infer<typeof volumeSchema>;
export type StudyWindow = z.infer<typeof windowSchema>;
