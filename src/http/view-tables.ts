/** The tables of views, by the id of their operation: histories of what was known, or the list that an answer has. */
import type { z } from 'zod';
import { dayRows, reactionTable } from '../exporting/abnormal-returns-table.js';
import { itemsTable } from '../exporting/items-table.js';
import { marketValueTable } from '../exporting/market-value-table.js';
import { sentimentTable } from '../exporting/sentiment-table.js';
import { standing } from '../exporting/standing.js';
import type { Table } from '../exporting/table.js';
import { listInstruments } from '../../projections/index.js';
import { resolveEntity, resolveInstrument } from '../views/catalog.js';
import { instantParameter, reader, type ViewContext } from '../views/context.js';
import { claimsSchema, exposureSchema } from '../views/claims-schema.js';
import { announcementReactionView, dayReactionView } from '../views/reaction.js';
import { confoundersSchema } from '../views/reaction-schema.js';
import { reconciliationSchema } from '../views/reconciliation-schema.js';
import { announcementsSchema, entitiesSchema, instrumentsSchema, timelineSchema } from '../views/schemas.js';
import { listOf } from '../views/study-settings.js';

type Query = Readonly<Record<string, string | undefined>>;
type ViewTable = (context: ViewContext, id: string, query: Query) => Table;

/** What the question leaves of the history: what was true in its range, and of that all or what stands. */
function chosen(context: ViewContext, table: Table, { from, to, adjustment, session, versions }: Query): Table {
  return standing(table, { after: instantParameter('from', from), until: instantParameter('to', to), asOf: context.asOf, adjustment, session, all: versions === 'all' });
}

const viewTables: Readonly<Record<string, ViewTable>> = {
  getMarketValue: (context, id, query) => chosen(context, marketValueTable(context, { instruments: [resolveInstrument(context, id).value.instrument], entities: [] }), query),
  getMarketValues: (context, _id, query) => chosen(context, marketValueTable(context, { instruments: listOf(query['instruments']).map((one) => resolveInstrument(context, one).value.instrument), entities: [] }), query),
  getEntityMarketValue: (context, id, query) => {
    const { entity } = resolveEntity(context, id).value;
    const own = listInstruments(reader(context, 'registry'), context.asOf).filter(({ value }) => value.entity === entity);
    return chosen(context, marketValueTable(context, { instruments: own.map(({ value }) => value.instrument), entities: [entity] }), query);
  },
  getSentiment: (context, id, query) => {
    const table = sentimentTable(context, { entities: [resolveEntity(context, id).value.entity], halfLife: query['halfLife'] });
    return standing(table, { after: instantParameter('from', query['from']), until: instantParameter('to', query['to']), asOf: context.asOf, all: true });
  },
  getReaction: (context, id, query) => reactionTable(dayRows(context, id, announcementReactionView(context, id, query).body)),
  getDayReaction: (context, id, query) => reactionTable(dayRows(context, null, dayReactionView(context, { ...query, instrument: id }).body)),
};

/** Which list of an answer is its table. */
const LISTS: Readonly<Record<string, { list: string; schema: z.ZodObject }>> = {
  listAnnouncements: { list: 'announcements', schema: announcementsSchema },
  listInstruments: { list: 'instruments', schema: instrumentsSchema },
  listEntities: { list: 'entities', schema: entitiesSchema },
  getTimeline: { list: 'nodes', schema: timelineSchema },
  getReconciliation: { list: 'findings', schema: reconciliationSchema },
  getAnnouncementClaims: { list: 'claims', schema: claimsSchema },
  getEntityClaims: { list: 'claims', schema: claimsSchema },
  getConfounders: { list: 'confounders', schema: confoundersSchema },
  getExposure: { list: 'paths', schema: exposureSchema },
};

export function hasTable(operation: string): boolean {
  return operation in viewTables || operation in LISTS;
}

/** The table of one answer. @param body what the view answers with: called where the table is a list of it */
export function tableOf(operation: string, context: ViewContext, id: string, query: Query, body: () => unknown): Table {
  const own = viewTables[operation];
  if (own) return own(context, id, query);
  const { list, schema } = LISTS[operation] as (typeof LISTS)[string];
  return itemsTable(list, (schema.shape[list] as z.ZodArray<z.ZodObject>).element, (body() as Record<string, Record<string, unknown>[]>)[list] ?? []);
}
