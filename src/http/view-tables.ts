/** The tables of those views that have one, by the id of their operation. */
import { dayRows, reactionTable } from '../exporting/abnormal-returns-table.js';
import { marketValueTable } from '../exporting/market-value-table.js';
import { sentimentTable } from '../exporting/sentiment-table.js';
import { standing } from '../exporting/standing.js';
import type { Table } from '../exporting/table.js';
import { listInstruments } from '../../projections/index.js';
import { resolveEntity, resolveInstrument } from '../views/catalog.js';
import { instantParameter, reader, type ViewContext } from '../views/context.js';
import { announcementReactionView, dayReactionView } from '../views/reaction.js';
import { duration } from '../views/sentiment-curve.js';
import { listOf } from '../views/study-settings.js';

type Query = Readonly<Record<string, string | undefined>>;
type ViewTable = (context: ViewContext, id: string, query: Query) => Table;

/** What the question leaves of the history: what was true in its range, and of that all or what stands. */
function chosen(context: ViewContext, table: Table, { from, to, adjustment, session, versions }: Query): Table {
  return standing(table, { after: instantParameter('from', from), until: instantParameter('to', to), asOf: context.asOf, adjustment, session, all: versions === 'all' });
}

export const viewTables: Readonly<Record<string, ViewTable>> = {
  getMarketValue: (context, id, query) => chosen(context, marketValueTable(context, { instruments: [resolveInstrument(context, id).value.instrument], entities: [] }), query),
  getMarketValues: (context, _id, query) => chosen(context, marketValueTable(context, { instruments: listOf(query['instruments']).map((one) => resolveInstrument(context, one).value.instrument), entities: [] }), query),
  getEntityMarketValue: (context, id, query) => {
    const { entity } = resolveEntity(context, id).value;
    const own = listInstruments(reader(context, 'registry'), context.asOf).filter(({ value }) => value.entity === entity);
    return chosen(context, marketValueTable(context, { instruments: own.map(({ value }) => value.instrument), entities: [entity] }), query);
  },
  getSentiment: (context, id, query) => {
    const table = sentimentTable(context, { entities: [resolveEntity(context, id).value.entity], ...(query['halfLife'] === undefined ? {} : { halfLifeMs: duration('halfLife', query['halfLife']) }) });
    return standing(table, { after: instantParameter('from', query['from']), until: instantParameter('to', query['to']), asOf: context.asOf, all: true });
  },
  getReaction: (context, id, query) => reactionTable(dayRows(context, id, announcementReactionView(context, id, query).body)),
  getDayReaction: (context, id, query) => reactionTable(dayRows(context, null, dayReactionView(context, { ...query, instrument: id }).body)),
};
