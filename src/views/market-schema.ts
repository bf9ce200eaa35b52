/** The shapes of market value: of one instrument, of several, of an entity. */
import { z } from 'zod';
import { ADJUSTMENTS } from '../../projections/index.js';
import { askedSchema, evidenceSchema, keyed, sourceFields, statusField } from './schemas.js';
import { thinnedSchema } from './thin.js';

const time = z.string().nullable().meta({ description: 'instant in UTC; null: open or unknown' });
const link = z.string().meta({ description: 'the event behind it' });
const number = z.number().nullable();
const adjustment = z.enum(ADJUSTMENTS);

export const pointSchema = z
  .object({
    time: time.meta({ description: 'the close' }),
    date: z.string(),
    close: z.number().meta({ description: 'as stored' }),
    price: z.number().meta({ description: 'close ÷ splitFactor' }),
    splitFactor: z.number().meta({ description: 'what splits after the session divide its prices by, in a series that is adjusted here; 1 otherwise' }),
    open: number,
    high: number,
    low: number,
    volume: number,
    previous: number.meta({ description: 'price of the session before; null where that session is not stored: a gap is not one day' }),
    change: number.meta({ description: 'price ÷ previous − 1' }),
    relative: number.meta({ description: 'price ÷ price of the base × 100; null where there is no base' }),
    sharesLo: number.meta({ description: 'total shares outstanding, as counted' }),
    sharesHi: number,
    sharesFrom: time,
    sharesAgeDays: z.number().nullable(),
    sharesFactor: z.number().meta({ description: 'what splits between the count and the close multiply the count by' }),
    marketValue: number.meta({ description: 'close × sharesLo × sharesFactor, where the share count is exact' }),
    marketValueLo: number,
    marketValueHi: number,
    valueChangeLo: number.meta({ description: 'market value less that of the session before' }),
    valueChangeHi: number,
    knownFrom: time,
    event: link,
    sharesEvent: link.nullable(),
    previousEvent: link.nullable(),
    splitEvents: z.array(link),
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
    relativeLo: number.meta({ description: '100 × (1 + lo): a move as an index' }),
    relativeHi: number,
    relativeTo: z.enum(['before-announcement', 'own-beginning']).nullable().meta({ description: 'what is 100: the last close before the announcement asked with, or, where no level is known, the move\'s own beginning' }),
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

const baseSchema = z.object({ date: z.string(), time, price: z.number(), event: link }).nullable().meta({ description: 'the close that is 100 in `relative`' });

const listingFields = {
  instrument: z.string(),
  symbol: z.string(),
  name: z.string(),
  entity: z.string().nullable(),
  currency: z.string().nullable(),
  delistedSince: time.meta({ description: 'since when it no longer trades' }),
  successor: z.string().nullable().meta({ description: 'what its holders got, or what it trades as now' }),
  adjustment: adjustment.nullable().meta({ description: 'the series of prices: none (as paid), split, total-return. They are never mixed' }),
  stored: adjustment.nullable().meta({ description: 'the series that is stored: another than `adjustment` where known splits are applied to it' }),
  series: z.array(adjustment).meta({ description: 'every series that is stored' }),
  status: z.enum(['measured', 'unknown']),
  reason: z.string().nullable().meta({ description: 'why something is unknown' }),
};

export const actionSchema = z
  .object({ action: z.string(), ratioNew: number, ratioOld: number, text: z.string().nullable(), effective: time.meta({ description: 'the first session that trades with it (a split) or without it (a dividend)' }), note: z.string().nullable(), ...sourceFields, ...evidenceSchema })
  .meta({ id: 'CorporateAction' });

export const scheduledSchema = z
  .object({ label: z.string(), session: z.string(), when: z.string(), possibleFrom: time, certainFrom: time, ...sourceFields, ...evidenceSchema })
  .meta({ id: 'ScheduledEvent' });

export const marketValueSchema = z
  .object({
    ...askedSchema.shape,
    ...listingFields,
    announcement: z.string().nullable(),
    quantityRule: z.number(),
    base: baseSchema,
    level: pointSchema.nullable().meta({ description: 'the last close at asOf' }),
    points: z.array(pointSchema).meta({ description: 'measured closes (price) with what is derived from them (marketValue)', ...keyed('date') }),
    claims: z.array(claimSchema).meta({ description: 'what sources print; never mixed with what is measured', ...keyed('event', 'kind') }),
    actions: z.array(actionSchema).meta({ description: 'what the company did to the shares, as far as it is known then', ...keyed('event') }),
    scheduled: z.array(scheduledSchema).meta({ description: 'what can have moved the price beside: results, ex-dates, news. Reports of little confidence may be wrong', ...keyed('event') }),
    thinned: thinnedSchema.optional(),
  })
  .meta({ id: 'MarketValue' });

export const marketValuesSchema = z
  .object({
    ...askedSchema.shape,
    announcement: z.string().nullable(),
    quantityRule: z.number(),
    instruments: z.array(z.object({ ...listingFields, base: baseSchema, level: pointSchema.nullable() })).meta(keyed('instrument')),
    points: z.array(z.object({ instrument: z.string(), symbol: z.string(), ...pointSchema.shape })).meta({ description: 'flat, instrument by instrument; `relative` has one base for all: before the announcement, or the first session that all have', ...keyed('instrument', 'date') }),
    claims: z.array(z.object({ instrument: z.string(), symbol: z.string(), ...claimSchema.shape })).meta(keyed('instrument', 'event', 'kind')),
    thinned: thinnedSchema.optional(),
  })
  .meta({ id: 'MarketValues' });

export const entityMarketValueSchema = z
  .object({
    ...askedSchema.shape,
    entity: z.string(),
    name: z.string(),
    quantityRule: z.number(),
    currency: z.string().nullable(),
    status: z.enum(['derived', 'partial', 'unknown']).meta({ description: 'partial: of some share classes only, so no total' }),
    reason: z.string().nullable(),
    marketValueLo: number.meta({ description: 'sum over all share classes of price × total shares; null where a class is missing' }),
    marketValueHi: number,
    classes: z.array(z.object({ ...listingFields, level: pointSchema.nullable() })).meta(keyed('instrument')),
    points: z.array(z.object({ date: z.string(), time, marketValueLo: z.number(), marketValueHi: number, classes: z.number(), events: z.array(link) })).meta({ description: 'sessions in which every class has a close and a count', ...keyed('date') }),
    claims: z.array(claimSchema).meta({ description: 'what sources print of the entity itself, and of its share classes', ...keyed('event', 'kind') }),
    thinned: thinnedSchema.optional(),
  })
  .meta({ id: 'EntityMarketValue' });

export type MarketValueView = z.infer<typeof marketValueSchema>;
export type MarketValuesView = z.infer<typeof marketValuesSchema>;
export type EntityMarketValueView = z.infer<typeof entityMarketValueSchema>;
export type Point = z.infer<typeof pointSchema>;
export type ClaimView = z.infer<typeof claimSchema>;
