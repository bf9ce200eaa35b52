/** The shapes of the answers, as zod schemas: documented in OpenAPI, held by tests, and the types of the views. */
import { z } from 'zod';

const time = z.string().nullable().meta({ description: 'instant in UTC; null: open or unknown' });
const link = z.string().meta({ description: 'the event behind it' });
const number = z.number().nullable();

export const askedSchema = z.object({
  asOf: time.meta({ description: 'the valid time that the answer holds at' }),
  knownAt: time.meta({ description: 'what was known by then; null: everything stored' }),
  clock: z.enum(['published', 'recorded']),
  imprecise: z.enum(['latest', 'earliest']),
});

export const evidenceSchema = {
  event: link,
  eventId: z.string(),
  knownFrom: time,
  knownPrecision: z.string(),
  estimated: z.boolean().meta({ description: 'the publication time is an estimate of the author of the seed' }),
};

export const sourceFields = { document: z.string(), locator: z.string().nullable(), address: z.string().nullable(), confidence: z.number() };

const statusField = z.enum(['certain', 'possible']).meta({ description: 'possible: its imprecise time straddles asOf' });

export const pointSchema = z
  .object({
    time: time.meta({ description: 'the close' }),
    date: z.string(),
    price: z.number(),
    open: number,
    high: number,
    low: number,
    volume: number,
    relative: number.meta({ description: 'last close before the announcement = 100; null without an announcement, or before one is dated' }),
    sharesLo: number,
    sharesHi: number,
    sharesFrom: time,
    sharesAgeDays: z.number().nullable(),
    marketValue: number.meta({ description: 'where the share count is exact' }),
    marketValueLo: number,
    marketValueHi: number,
    knownFrom: time,
    event: link,
    sharesEvent: link.nullable(),
  })
  .meta({ id: 'MarketValuePoint' });

export const claimSchema = z
  .object({
    kind: z.enum(['price', 'move', 'value', 'value-change']),
    text: z.string(),
    measure: z.enum(['price', 'market-value']),
    unit: z.string(),
    lo: number,
    hi: number,
    loClosed: z.boolean(),
    hiClosed: z.boolean(),
    relativeLo: number.meta({ description: 'the same as a relative index (before the announcement asked with = 100); null where the move begins elsewhere' }),
    relativeHi: number,
    priceText: z.string().nullable(),
    priceLo: number,
    priceHi: number,
    base: z.string().nullable(),
    session: z.string(),
    when: z.string().meta({ description: 'the time as the source gives it' }),
    possibleFrom: time,
    certainFrom: time,
    status: statusField,
    announcement: z.string().nullable(),
    note: z.string().nullable(),
    ...sourceFields,
    ...evidenceSchema,
  })
  .meta({ id: 'MarketClaim' });

export const marketValueSchema = z
  .object({
    ...askedSchema.shape,
    instrument: z.string(),
    symbol: z.string(),
    name: z.string(),
    entity: z.string().nullable(),
    currency: z.string().nullable(),
    adjustment: z.string().nullable().meta({ description: 'what the prices are adjusted for' }),
    announcement: z.string().nullable(),
    quantityRule: z.number(),
    status: z.enum(['measured', 'unknown']),
    reason: z.string().nullable().meta({ description: 'why something is unknown' }),
    level: pointSchema.nullable().meta({ description: 'the last close at asOf' }),
    points: z.array(pointSchema).meta({ description: 'measured closes (price) with what is derived from them (marketValue)' }),
    claims: z.array(claimSchema).meta({ description: 'what sources print; never mixed with what is measured' }),
  })
  .meta({ id: 'MarketValue' });

export const measuresSchema = z.object({
  mean: number,
  meanLo: number,
  meanHi: number,
  shrunk: z.number(),
  net: z.number(),
  mass: z.number(),
  n: z.number(),
  nEff: number,
  reach: z.number(),
  dispersion: number,
  disagreement: number,
  balance: number,
  reason: z.literal('stale').nullable(),
});

export const expressionSchema = z
  .object({
    holder: z.string(),
    holderKind: z.string(),
    aspect: z.string(),
    aspectText: z.string().nullable(),
    claim: z.string(),
    scoreLo: z.number(),
    scoreHi: z.number(),
    weight: z.number().meta({ description: 'relevance · novelty · confidence · decay, at asOf' }),
    novelty: z.number(),
    relevance: z.number(),
    method: z.string(),
    rubricItem: z.string(),
    when: z.string(),
    possibleFrom: time,
    certainFrom: time,
    status: statusField.meta({ description: 'what is only possible is listed and has no weight' }),
    ...sourceFields,
    ...evidenceSchema,
  })
  .meta({ id: 'Expression' });

export const sentimentSchema = z
  .object({
    ...askedSchema.shape,
    entity: z.string(),
    name: z.string(),
    halfLife: z.string(),
    overall: measuresSchema.meta({ description: 'over all expressions alike' }),
    combined: z.object({ mean: number, reason: z.literal('stale').nullable(), kinds: z.array(z.object({ kind: z.string(), mean: z.number(), weight: z.number() })) }).meta({ description: 'holders first, then kinds, then over kinds: the press does not drown investors' }),
    kinds: z.array(z.object({ holderKind: z.string(), ...measuresSchema.shape })),
    points: z.array(z.object({ time, holderKind: z.string().meta({ description: 'all, or one kind' }), shrunk: z.number(), mean: number, net: z.number(), mass: z.number() })),
    expressions: z.array(expressionSchema),
  })
  .meta({ id: 'Sentiment' });

export const readingSchema = z.object({
  text: z.string(),
  from: time,
  to: time,
  relation: z.enum(['used', 'agrees', 'overlaps', 'disagrees']),
  note: z.string().nullable(),
  ...sourceFields,
  ...evidenceSchema,
});

export const announcementSchema = z
  .object({
    announcement: z.string(),
    title: z.string(),
    parties: z.array(z.object({ entity: z.string(), name: z.string(), role: z.string() })),
    amount: z.string().nullable(),
    amountLo: number,
    amountHi: number,
    duration: z.string().nullable(),
    purpose: z.string().nullable(),
    publicFrom: time.meta({ description: 'not before; null: open, or not dated yet' }),
    publicBy: time.meta({ description: 'not after; null: not dated yet' }),
    dated: z.enum(['undated', 'dated', 'conflict']),
    terms: z.enum(['known', 'not-known-yet']).meta({ description: 'not-known-yet: only a report of its date is known' }),
    effects: z.number(),
    ...sourceFields,
    ...evidenceSchema,
  })
  .meta({ id: 'Announcement' });

export const announcementsSchema = z.object({ ...askedSchema.shape, announcements: z.array(announcementSchema) }).meta({ id: 'Announcements' });
export const announcementDetailSchema = z.object({ ...askedSchema.shape, ...announcementSchema.shape, readings: z.array(readingSchema), instruments: z.array(z.string()).meta({ description: 'instruments that its effects are about' }), entities: z.array(z.string()) }).meta({ id: 'AnnouncementDetail' });

export const nodeSchema = z
  .object({
    id: z.string(),
    parent: z.string().nullable(),
    depth: z.number(),
    type: z.string(),
    label: z.string(),
    subject: z.string().nullable(),
    when: z.string(),
    possibleFrom: time,
    certainFrom: time,
    relativeFromSeconds: number.meta({ description: 'the earliest it can have been, from the moment by which the announcement was public' }),
    relativeSeconds: number.meta({ description: 'the latest it can have been; the same where the source gives a moment; null while the announcement is undated, or where the time is open' }),
    side: z.enum(['before', 'after']).nullable(),
    status: statusField,
    ...sourceFields,
    ...evidenceSchema,
  })
  .meta({ id: 'TimelineNode' });

export const timelineSchema = z
  .object({
    ...askedSchema.shape,
    announcement: z.string(),
    title: z.string(),
    axis: z.enum(['absolute', 'relative']).meta({ description: 'relative: no date is known yet' }),
    publicFrom: time,
    publicBy: time,
    nodes: z.array(nodeSchema).meta({ description: 'parents before children, siblings in valid order' }),
  })
  .meta({ id: 'Timeline' });

export const instrumentSchema = z.object({ instrument: z.string(), symbol: z.string(), name: z.string(), kind: z.string(), entity: z.string().nullable(), currency: z.string().nullable(), calendar: z.string(), ...evidenceSchema }).meta({ id: 'Instrument' });
export const instrumentsSchema = z.object({ ...askedSchema.shape, instruments: z.array(instrumentSchema) }).meta({ id: 'Instruments' });
export const entitySchema = z.object({ entity: z.string(), name: z.string(), kind: z.string(), members: z.array(z.string()), partOf: z.string().nullable(), ...evidenceSchema }).meta({ id: 'Entity' });
export const entitiesSchema = z.object({ ...askedSchema.shape, entities: z.array(entitySchema) }).meta({ id: 'Entities' });

export const cellProblemSchema = z
  .object({ asOf: time, knownAt: time, type: z.string().meta({ description: 'names the kind of problem' }), status: z.number(), detail: z.string().meta({ description: 'what was wrong here, and what to do' }) })
  .loose()
  .meta({ id: 'CellProblem' });

/** What a view answers when it is asked at many (asOf, knownAt): flat, so that pandas and Grafana read `grid` as it is. */
export function gridSchema(view: z.ZodType): z.ZodType {
  return z
    .object({
      cells: z.number().meta({ description: 'how many were asked for' }),
      grid: z.array(view).meta({ description: 'for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt' }),
      problems: z.array(cellProblemSchema).meta({ description: 'the cells that have no answer, such as those at which the subject was not known yet' }),
    })
    .meta({ id: `${view.meta()?.id ?? 'View'}Grid` });
}

export type MarketValueView = z.infer<typeof marketValueSchema>;
export type SentimentView = z.infer<typeof sentimentSchema>;
export type TimelineView = z.infer<typeof timelineSchema>;
export type Announcement = z.infer<typeof announcementSchema>;
