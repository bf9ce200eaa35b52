/** The views as operations. */
import { z } from 'zod';
import { ASPECTS, HOLDER_KINDS, SESSIONS } from '../../events/index.js';
import { ADJUSTMENTS, CLAIM_STATES } from '../../projections/index.js';
import { announcementsView, announcementView, timelineView } from '../views/announcements.js';
import { announcementConfoundersView } from '../views/announcement-confounders.js';
import { announcementClaimsView, entityClaimsView } from '../views/claims.js';
import { claimsSchema, exposureSchema } from '../views/claims-schema.js';
import { entitiesView, instrumentsView } from '../views/catalog.js';
import { exposureView } from '../views/exposure.js';
import { entityMarketValueView } from '../views/entity-value.js';
import { entityMarketValueSchema, marketValueSchema, marketValuesSchema } from '../views/market-schema.js';
import { MAX_CELLS } from '../views/grid.js';
import { marketValuesView, marketValueView } from '../views/market-value.js';
import { announcementReactionView, dayReactionView } from '../views/reaction.js';
import { confoundersSchema, reactionSchema } from '../views/reaction-schema.js';
import { reconciliationView } from '../views/reconciliation.js';
import { reconciliationSchema } from '../views/reconciliation-schema.js';
import { announcementDetailSchema, announcementsSchema, entitiesSchema, instrumentsSchema, LINES, sentimentSchema, timelineSchema } from '../views/schemas.js';
import { MODELS } from '../study/index.js';
import { sentimentView } from '../views/sentiment.js';
import type { ViewOperation } from './operations.js';

const instant = z.string().optional().meta({ examples: ['2025-11-03T21:00:00Z'] });

/** One moment, or several for a grid. */
const moments = z.string().optional().meta({ examples: ['2025-11-03T21:00:00Z', '2025-11-03T21:00:00Z,2025-11-04T21:00:00Z', '2025-11-01T00:00:00Z/2025-11-10T00:00:00Z/P1D'] });
const several = `Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most ${MAX_CELLS} cells`;

/** What every view can be asked with. */
export const askedQuery = z.object({
  asOf: moments.meta({ description: `valid time; unstated: the latest that the view reads. ${several}` }),
  knownAt: moments.meta({ description: `only what was known by then; unstated: everything stored. ${several}` }),
  clock: z.enum(['published', 'recorded']).optional().meta({ description: 'which knowing is meant by knownAt: published to the world (default), or recorded by this store' }),
  basis: z.string().optional().meta({ description: 'token of an earlier answer (Tracker-Basis): the same bytes again' }),
  imprecise: z.enum(['latest', 'earliest']).optional().meta({ description: 'how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest' }),
});

const id = (description: string, example: string): z.ZodObject => z.object({ id: z.string().meta({ description, examples: [example] }) });
const range = { from: instant.meta({ description: 'exclusive' }), to: instant.meta({ description: 'inclusive' }) };

const marketQuery = z.object({
  ...range,
  announcement: z.string().optional().meta({ description: 'adds a relative index: the last close before this announcement = 100' }),
  adjustment: z.enum(ADJUSTMENTS).optional().meta({ description: 'the series of prices: none (as they were paid), split, total-return; unstated: of those stored the first. split is made of none where it is not stored, by the splits that are known' }),
  session: z.enum(SESSIONS).optional().meta({ description: 'only claims of this session' }),
});

export const studyQuery = z.object({
  benchmark: z.string().meta({ description: 'id or symbol of what the share is compared with; further ones with commas between stand in the sensitivity', examples: ['INDEX:SPX', 'INDEX:SPX,INDEX:NDX'] }),
  model: z.enum(MODELS).optional().meta({ description: 'default market-model; factors needs factors' }),
  factors: z.string().optional().meta({ description: 'sets of factors with commas between, such as fama-french-3; with simple returns' }),
  windows: z.string().optional().meta({ description: 'trading days from day 0, with commas between; default 0:0,0:1. The first leads' }),
  estimation: z.string().optional().meta({ description: 'trading days from day 0, default -260:-11' }),
  returns: z.enum(['simple', 'log']).optional().meta({ description: 'default simple' }),
  adjustment: z.enum(ADJUSTMENTS).optional().meta({ description: 'the series of prices; unstated: total-return, else split, else none' }),
});

const oneStudyQuery = studyQuery.extend({
  controls: z.string().optional().meta({ description: 'firms on which nothing was announced that day, ids or symbols with commas between: a placebo from 19 on' }),
  weight: z.string().optional().meta({ description: 'share of the benchmark that the firm is, such as 0.04: windows against the benchmark without it' }),
});

const claimsQuery = z.object({ state: z.enum(CLAIM_STATES).optional().meta({ description: 'only claims in this state' }), metric: z.string().optional().meta({ description: 'only claims on this metric' }) });

export const viewOperations: readonly ViewOperation[] = [
  { kind: 'view', id: 'listAnnouncements', method: 'get', path: '/v1/announcements', tag: 'views', summary: 'Announcements, latest first', answer: announcementsSchema, view: (context) => announcementsView(context) },
  {
    kind: 'view',
    id: 'getAnnouncement',
    method: 'get',
    path: '/v1/announcements/{id}',
    tag: 'views',
    summary: 'One announcement: parties, terms, and every reading of when it was made',
    params: id('announcement', 'openai-aws'),
    answer: announcementDetailSchema,
    view: (context, params) => announcementView(context, params['id'] ?? ''),
  },
  {
    kind: 'view',
    id: 'getTimeline',
    method: 'get',
    path: '/v1/announcements/{id}/timeline',
    tag: 'views',
    summary: 'What followed, as a tree of causes in a flat list',
    params: id('announcement', 'openai-aws'),
    answer: timelineSchema,
    view: (context, params) => timelineView(context, params['id'] ?? ''),
  },
  {
    kind: 'view',
    id: 'getReconciliation',
    method: 'get',
    path: '/v1/announcements/{id}/reconciliation',
    tag: 'views',
    summary: 'Claims held against measurements and against each other: verdict, gap, least relaxation, evidence',
    params: id('announcement', 'openai-aws'),
    answer: reconciliationSchema,
    view: (context, params) => reconciliationView(context, params['id'] ?? ''),
  },
  {
    kind: 'view',
    id: 'getAnnouncementClaims',
    method: 'get',
    path: '/v1/announcements/{id}/claims',
    tag: 'views',
    summary: 'What was committed and forecast as part of an announcement, and what became of it',
    params: id('announcement', 'openai-aws'),
    query: claimsQuery,
    answer: claimsSchema,
    view: (context, params, query) => announcementClaimsView(context, params['id'] ?? '', query),
  },
  {
    kind: 'view',
    id: 'getReaction',
    method: 'get',
    path: '/v1/announcements/{id}/reaction',
    tag: 'views',
    summary: 'Event study of a share\'s reaction: abnormal returns with their statistics, confounders, refusals',
    params: id('announcement', 'openai-aws'),
    query: oneStudyQuery.extend({ instrument: z.string().meta({ description: 'id or symbol of the share', examples: ['XNAS:AMZN'] }) }),
    answer: reactionSchema,
    view: (context, params, query) => announcementReactionView(context, params['id'] ?? '', query),
  },
  {
    kind: 'view',
    id: 'getConfounders',
    method: 'get',
    path: '/v1/announcements/{id}/confounders',
    tag: 'views',
    summary: 'What else touched shares in the days around it: results, corporate actions, other announcements',
    params: id('announcement', 'openai-aws'),
    query: z.object({
      instruments: z.string().meta({ description: 'ids or symbols with commas between', examples: ['XNAS:AMZN,XNAS:NVDA'] }),
      days: z.string().optional().meta({ description: 'trading days from day 0 as FROM:TO, default -31:31' }),
    }),
    answer: confoundersSchema,
    view: (context, params, query) => announcementConfoundersView(context, params['id'] ?? '', query),
  },
  {
    kind: 'view',
    id: 'getDayReaction',
    method: 'get',
    path: '/v1/instruments/{id}/reaction',
    tag: 'views',
    summary: 'The same of a day, without an announcement',
    params: id('instrument id, or a symbol such as XNAS:AMZN', 'XNAS:AMZN'),
    query: oneStudyQuery.extend({ date: z.string().meta({ description: 'the day of the event', examples: ['2025-10-06'] }) }),
    answer: reactionSchema,
    view: (context, params, query) => dayReactionView(context, { ...query, instrument: params['id'] }),
  },
  { kind: 'view', id: 'listInstruments', method: 'get', path: '/v1/instruments', tag: 'views', summary: 'Instruments and the symbols they trade under at asOf', answer: instrumentsSchema, view: (context) => instrumentsView(context) },
  {
    kind: 'view',
    id: 'getMarketValue',
    method: 'get',
    path: '/v1/instruments/{id}/market-value',
    tag: 'views',
    summary: 'Market value over time: measured closes, what is derived from them, and what sources claim',
    params: id('instrument id, or a symbol such as XNAS:AMZN', 'XNAS:AMZN'),
    query: marketQuery,
    answer: marketValueSchema,
    series: { y: 'price' },
    view: (context, params, query) => marketValueView(context, params['id'] ?? '', query),
  },
  {
    kind: 'view',
    id: 'getMarketValues',
    method: 'get',
    path: '/v1/market-value',
    tag: 'views',
    summary: 'Several instruments side by side, as flat lists, with one base for their index',
    query: marketQuery.extend({ instruments: z.string().meta({ description: 'ids or symbols with commas between, at most 20', examples: ['XNAS:AMZN,XNAS:NVDA,INDEX:SPX'] }) }),
    answer: marketValuesSchema,
    series: { y: 'price', by: 'instrument' },
    view: (context, _params, query) => marketValuesView(context, (query['instruments'] ?? '').split(',').map((text) => text.trim()).filter((text) => text !== ''), query),
  },
  {
    kind: 'view',
    id: 'getEntityMarketValue',
    method: 'get',
    path: '/v1/entities/{id}/market-value',
    tag: 'views',
    summary: 'Market value of an entity: the sum over its share classes, and what sources claim of it',
    params: id('entity', 'amazon'),
    query: marketQuery.omit({ announcement: true }),
    answer: entityMarketValueSchema,
    series: { y: 'marketValueLo' },
    view: (context, params, query) => entityMarketValueView(context, params['id'] ?? '', query),
  },
  { kind: 'view', id: 'listEntities', method: 'get', path: '/v1/entities', tag: 'views', summary: 'Companies, groups, people and topics', answer: entitiesSchema, view: (context) => entitiesView(context) },
  {
    kind: 'view',
    id: 'getSentiment',
    method: 'get',
    path: '/v1/entities/{id}/sentiment',
    tag: 'views',
    summary: 'Sentiment on an entity over time, by holder kind, with the expressions behind it',
    params: id('entity', 'openai'),
    query: z.object({
      from: instant.meta({ description: 'first moment of the curve' }),
      to: instant.meta({ description: 'last moment of the curve' }),
      halfLife: z.string().optional().meta({ description: 'ISO 8601 duration, default P7D' }),
      step: z.string().optional().meta({ description: 'distance of the curve\'s points, ISO 8601 duration, default P1D' }),
      by: z.enum(LINES).optional().meta({ description: 'what the curve\'s lines are, default kind' }),
      holder: z.string().optional().meta({ description: 'only what this holder expressed' }),
      kind: z.enum(HOLDER_KINDS).optional().meta({ description: 'only holders of this kind' }),
      aspect: z.enum(ASPECTS).optional().meta({ description: 'only expressions on this aspect' }),
      method: z.string().optional().meta({ description: 'only scorings of this method, `name` or `name@version`; unstated: of each statement that of the method which scored the most of this subject, in its latest version' }),
      weights: z.string().optional().meta({ description: 'weights of the kinds in `combined`, such as investor:2,press:0; the others have 1' }),
    }),
    answer: sentimentSchema,
    series: { y: 'shrunk', by: 'line' },
    view: (context, params, query) => sentimentView(context, params['id'] ?? '', query),
  },
  {
    kind: 'view',
    id: 'getEntityClaims',
    method: 'get',
    path: '/v1/entities/{id}/claims',
    tag: 'views',
    summary: 'Metrics, forecasts and commitments of an entity: open, met, missed or superseded, each with what settled it',
    params: id('entity', 'openai'),
    query: claimsQuery,
    answer: claimsSchema,
    view: (context, params, query) => entityClaimsView(context, params['id'] ?? '', query),
  },
  {
    kind: 'view',
    id: 'getExposure',
    method: 'get',
    path: '/v1/entities/{id}/exposure',
    tag: 'views',
    summary: 'Who depends on whom: paths from an entity, in both directions',
    params: id('entity', 'openai'),
    query: z.object({
      depth: z.string().optional().meta({ description: 'steps, 1 to 6, default 2' }),
      direction: z.enum(['on', 'of']).optional().meta({ description: 'on: what the entity is exposed to; of: who is exposed to it; unstated: both' }),
      channels: z.string().optional().meta({ description: 'only through these, such as supply,holding' }),
    }),
    answer: exposureSchema,
    view: (context, params, query) => exposureView(context, params['id'] ?? '', query),
  },
];
