/** The shapes of the answers, as zod schemas: documented in OpenAPI, held by tests, and the types of the views. */
import { z } from 'zod';
import { thinnedSchema } from './thin.js';

const time = z.string().nullable().meta({ description: 'instant in UTC; null: open or unknown' });
const link = z.string().meta({ description: 'the event behind it' });
const number = z.number().nullable();

/** Which fields tell the items of a list apart: a change of it then names those that changed (docs/live.md). */
export const keyed = (...fields: string[]): { 'x-key': string[] } => ({ 'x-key': fields });

export const askedSchema = z.object({
  asOf: time.meta({ description: 'the valid time that the answer holds at' }),
  knownAt: time.meta({ description: 'what was known by then; null: everything stored' }),
  clock: z.enum(['published', 'recorded']),
  imprecise: z.enum(['latest', 'earliest']),
  scenario: z.string().optional().meta({ description: 'the answer is of this scenario: synthetic; absent in the real world' }),
});

export const evidenceSchema = {
  event: link,
  eventId: z.string(),
  knownFrom: time,
  knownPrecision: z.string(),
  estimated: z.boolean().meta({ description: 'the publication time is an estimate of the author of the seed' }),
};

export const sourceFields = { document: z.string(), locator: z.string().nullable(), address: z.string().nullable(), confidence: z.number() };

export const statusField = z.enum(['certain', 'possible']).meta({ description: 'possible: its imprecise time straddles asOf' });

export const measuresSchema = z.object({
  mean: number.meta({ description: 'Σws / Σw; null (stale) when the mass is below 0.05' }),
  meanLo: number,
  meanHi: number,
  shrunk: z.number().meta({ description: 'Σws / (1 + Σw): decays to neutral' }),
  shrunkLo: z.number(),
  shrunkHi: z.number(),
  net: z.number().meta({ description: 'Σws' }),
  netLo: z.number(),
  netHi: z.number(),
  mass: z.number().meta({ description: 'Σw' }),
  n: z.number().meta({ description: 'expressions with w > 0.01' }),
  nEff: number.meta({ description: '(Σw)² / Σw²' }),
  reach: z.number().meta({ description: 'all reports, reprints too' }),
  dispersion: number.meta({ description: '√(Σw(s − S)² / Σw)' }),
  disagreement: number.meta({ description: '1 − |Σws| / Σw|s|: 0 all agree, 1 balanced' }),
  balance: number.meta({ description: '(P − Q)/(P + Q), weights of positive and negative' }),
  reason: z.literal('stale').nullable(),
});

export const LINES = ['kind', 'holder', 'aspect', 'method'] as const;

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
    only: z.object({ holder: z.string().nullable(), kind: z.string().nullable(), aspect: z.string().nullable(), method: z.string().nullable() }).meta({ description: 'what the answer was narrowed to' }),
    methods: z.array(z.string()).meta({ description: 'what scored the expressions that count' }),
    scoredOtherwise: z.number().meta({ description: 'further scorings of the same statements, which do not count here; byMethod has them' }),
    overall: measuresSchema.meta({ description: 'over all expressions alike' }),
    combined: z.object({ mean: number, reason: z.literal('stale').nullable(), disagreement: number.meta({ description: 'between the kinds: 1 − |Σwm| / Σw|m| over their means' }), kinds: z.array(z.object({ kind: z.string(), mean: z.number(), weight: z.number() })) }).meta({ description: 'holders first, then kinds, then over kinds: the press does not drown investors' }),
    kinds: z.array(z.object({ holderKind: z.string(), ...measuresSchema.shape })).meta(keyed('holderKind')),
    holders: z.array(z.object({ holder: z.string(), holderKind: z.string(), ...measuresSchema.shape })).meta(keyed('holderKind', 'holder')),
    aspects: z.array(z.object({ aspect: z.string(), ...measuresSchema.shape })).meta(keyed('aspect')),
    byMethod: z.array(z.object({ method: z.string(), ...measuresSchema.shape })).meta({ description: 'each method and version by itself, over all that it scored', ...keyed('method') }),
    by: z.enum(LINES).meta({ description: 'what the lines of points are' }),
    points: z.array(z.object({ time, line: z.string().meta({ description: 'all, or one holder kind, holder, aspect or method' }), shrunk: z.number(), mean: number, net: z.number(), mass: z.number() })).meta(keyed('line', 'time')),
    expressions: z.array(expressionSchema).meta(keyed('event')),
    thinned: thinnedSchema.optional(),
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

export const announcementsSchema = z.object({ ...askedSchema.shape, announcements: z.array(announcementSchema).meta(keyed('announcement')) }).meta({ id: 'Announcements' });
export const announcementDetailSchema = z.object({ ...askedSchema.shape, ...announcementSchema.shape, readings: z.array(readingSchema).meta(keyed('event')), instruments: z.array(z.string()).meta({ description: 'instruments that its effects are about' }), entities: z.array(z.string()) }).meta({ id: 'AnnouncementDetail' });

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
    nodes: z.array(nodeSchema).meta({ description: 'parents before children, siblings in valid order', ...keyed('id') }),
  })
  .meta({ id: 'Timeline' });

export const instrumentSchema = z.object({ instrument: z.string(), symbol: z.string(), name: z.string(), kind: z.string(), entity: z.string().nullable(), currency: z.string().nullable(), calendar: z.string(), delistedSince: time, successor: z.string().nullable(), ...evidenceSchema }).meta({ id: 'Instrument' });
export const instrumentsSchema = z.object({ ...askedSchema.shape, instruments: z.array(instrumentSchema).meta(keyed('instrument')) }).meta({ id: 'Instruments' });
export const entitySchema = z.object({ entity: z.string(), name: z.string(), kind: z.string(), members: z.array(z.string()), partOf: z.string().nullable(), ...evidenceSchema }).meta({ id: 'Entity' });
export const entitiesSchema = z.object({ ...askedSchema.shape, entities: z.array(entitySchema).meta(keyed('entity')) }).meta({ id: 'Entities' });

export const cellProblemSchema = z
  .object({ asOf: time, knownAt: time, type: z.string().meta({ description: 'names the kind of problem' }), status: z.number(), detail: z.string().meta({ description: 'what was wrong here, and what to do' }) })
  .loose()
  .meta({ id: 'CellProblem' });

const grids = new Map<z.ZodType, z.ZodType>();

/** What a view answers when it is asked at many (asOf, knownAt): flat, so that pandas and Grafana read `grid` as it is. One for each view's schema. */
export function gridSchema(view: z.ZodType): z.ZodType {
  const known = grids.get(view);
  if (known) return known;
  const grid = z
    .object({
      cells: z.number().meta({ description: 'how many were asked for' }),
      grid: z.array(view).meta({ description: 'for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt' }),
      problems: z.array(cellProblemSchema).meta({ description: 'the cells that have no answer, such as those at which the subject was not known yet' }),
    })
    .meta({ id: `${view.meta()?.id ?? 'View'}Grid` });
  grids.set(view, grid);
  return grid;
}

export type SentimentView = z.infer<typeof sentimentSchema>;
export type TimelineView = z.infer<typeof timelineSchema>;
export type Announcement = z.infer<typeof announcementSchema>;
