/** The shape of the reconciliation answer. */
import { z } from 'zod';
import { REASONS, TOPICS, VERDICTS } from '../../projections/index.js';
import { askedSchema, evidenceSchema, keyed } from './schemas.js';

const number = z.number().nullable();
const time = z.string().nullable().meta({ description: 'instant in UTC; null: open or unknown' });

const evidencePieceSchema = z
  .object({
    role: z.enum(['claim', 'measured', 'reading', 'scheduled']).meta({ description: 'reading: a report of the date; scheduled: what else can have moved the price' }),
    text: z.string().meta({ description: 'the figure as printed, or what was measured' }),
    when: z.string().nullable().meta({ description: 'the time as the source gives it' }),
    status: z.enum(['certain', 'possible']),
    note: z.string().nullable(),
    reach: z.number().meta({ description: 'reports of this one figure' }),
    witnesses: z.number().meta({ description: 'reports of it that repeat no other and are of documents of their own' }),
    also: z.array(z.string()).meta({ description: 'links to the further reports' }),
    document: z.string().nullable(),
    locator: z.string().nullable(),
    address: z.string().nullable(),
    confidence: number,
    ...evidenceSchema,
  })
  .meta({ id: 'ReconciliationEvidence' });

const relaxationSchema = z
  .object({
    sentence: z.string(),
    figure: z.string().meta({ description: 'the figure that would have to give way' }),
    end: z.enum(['lo', 'hi']),
    from: z.number(),
    to: z.number(),
    reached: z.boolean().meta({ description: 'false: the end must go beyond `to`' }),
    by: z.number(),
    unit: z.string(),
    relative: number.meta({ description: 'by, as a part of the size of the end (of times: of a day); null for an end at zero' }),
    event: z.string().nullable(),
  })
  .meta({ id: 'Relaxation' });

const sessionReadingSchema = z.object({
  event: z.string().meta({ description: 'link of the bar' }),
  date: z.string(),
  at: z.enum(['open', 'high', 'low', 'close']),
  price: z.number(),
  inWindow: z.boolean().meta({ description: 'does the claim speak of that moment?' }),
  changeLo: number,
  changeHi: number,
  valueChangeLo: number,
  valueChangeHi: number,
  gap: number.meta({ description: 'how far the claim is from it, in the unit of the finding' }),
  holds: z.boolean().nullable().meta({ description: 'would the claim be true of this price?' }),
});

export const findingSchema = z
  .object({
    id: z.string(),
    topic: z.enum(TOPICS),
    subject: z.string(),
    subjectName: z.string(),
    verdict: z.enum(VERDICTS).meta({ description: 'agree: one interval lies inside the other; compatible: they only overlap; conflict: they exclude each other; different-moments; incomparable: see reason' }),
    reason: z.enum(REASONS).nullable(),
    sentence: z.string(),
    variable: z.string().nullable().meta({ description: 'what is compared' }),
    unit: z.string().nullable().meta({ description: 'a currency, ratio, shares, years, or seconds since 1970' }),
    statedLo: number,
    statedHi: number,
    statedLoClosed: z.boolean(),
    statedHiClosed: z.boolean(),
    impliedLo: number.meta({ description: 'what the rest of the evidence leaves of it' }),
    impliedHi: number,
    impliedLoClosed: z.boolean(),
    impliedHiClosed: z.boolean(),
    gap: number.meta({ description: 'of a conflict: the distance between the two, in `unit`' }),
    needsLo: number.meta({ description: 'the price at which a claimed change is true' }),
    needsHi: number,
    leastRelaxation: relaxationSchema.nullable(),
    relaxations: z.array(relaxationSchema),
    readings: z.array(sessionReadingSchema).meta({ description: 'the measured prices of the first session of the claim' }),
    steps: z.array(z.string()),
    evidence: z.array(evidencePieceSchema),
  })
  .meta({ id: 'Finding' });

export const reconciliationSchema = z
  .object({
    ...askedSchema.shape,
    announcement: z.string(),
    title: z.string(),
    rule: z.number(),
    quantityRule: z.number(),
    publicFrom: time,
    publicBy: time,
    starts: z.array(z.object({ from: time, kind: z.enum(['not-before', 'reported', 'inferred']), sentence: z.string(), event: z.string().nullable(), confidence: number })).meta({ description: 'readings of when, within that window, it began to be public' }),
    paceLo: number.meta({ description: 'the commitment by the year, where amount and duration are stated' }),
    paceHi: number,
    verdicts: z.object({ agree: z.number(), compatible: z.number(), conflict: z.number(), 'different-moments': z.number(), incomparable: z.number() }),
    findings: z.array(findingSchema).meta({ description: 'conflicts first', ...keyed('id') }),
    unchecked: z.array(z.object({ subject: z.string(), subjectName: z.string(), text: z.string(), reason: z.string(), sentence: z.string(), event: z.string() })).meta({ description: 'claims that nothing measured can be held against' }),
  })
  .meta({ id: 'Reconciliation' });

export type ReconciliationView = z.infer<typeof reconciliationSchema>;
export type FindingView = z.infer<typeof findingSchema>;
