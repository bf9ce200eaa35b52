/** The views as operations. */
import { z } from 'zod';
import { announcementsView, announcementView, timelineView } from '../views/announcements.js';
import { entitiesView, instrumentsView } from '../views/catalog.js';
import { MAX_CELLS } from '../views/grid.js';
import { marketValueView } from '../views/market-value.js';
import { reconciliationView } from '../views/reconciliation.js';
import { reconciliationSchema } from '../views/reconciliation-schema.js';
import { announcementDetailSchema, announcementsSchema, entitiesSchema, instrumentsSchema, marketValueSchema, sentimentSchema, timelineSchema } from '../views/schemas.js';
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
  { kind: 'view', id: 'listInstruments', method: 'get', path: '/v1/instruments', tag: 'views', summary: 'Instruments and the symbols they trade under at asOf', answer: instrumentsSchema, view: (context) => instrumentsView(context) },
  {
    kind: 'view',
    id: 'getMarketValue',
    method: 'get',
    path: '/v1/instruments/{id}/market-value',
    tag: 'views',
    summary: 'Market value over time: measured closes, what is derived from them, and what sources claim',
    params: id('instrument id, or a symbol such as XNAS:AMZN', 'XNAS:AMZN'),
    query: z.object({ ...range, announcement: z.string().optional().meta({ description: 'adds a relative index: the last close before this announcement = 100' }) }),
    answer: marketValueSchema,
    view: (context, params, query) => marketValueView(context, params['id'] ?? '', { from: query['from'], to: query['to'], announcement: query['announcement'] }),
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
    }),
    answer: sentimentSchema,
    view: (context, params, query) => sentimentView(context, params['id'] ?? '', { from: query['from'], to: query['to'], halfLife: query['halfLife'], step: query['step'] }),
  },
];
