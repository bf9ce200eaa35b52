/** The views that can be explained, each with its table. */
import type { Table } from './told.js';
import { announcementsTable, announcementTable, timelineTable } from './announcements.js';
import { claimsTable, exposureTable } from './claims.js';
import { entityMarketValueTable, marketValuesTable, marketValueTable } from './market-value.js';
import { confoundersTable, reactionTable } from './reaction.js';
import { reconciliationTable } from './reconciliation.js';
import { sentimentTable } from './sentiment.js';

export { explain, EXPLAINED, UnexplainedError, type ExplainQuery } from './explain.js';
export { explanationSchema, type ExplainedView } from './schema.js';
export type { Table } from './told.js';

/** By the id of the view's operation. */
export const tables = {
  listAnnouncements: announcementsTable,
  getAnnouncement: announcementTable,
  getTimeline: timelineTable,
  getReconciliation: reconciliationTable,
  listInstruments: {},
  getMarketValue: marketValueTable,
  getMarketValues: marketValuesTable,
  getEntityMarketValue: entityMarketValueTable,
  listEntities: {},
  getSentiment: sentimentTable,
  getAnnouncementClaims: claimsTable,
  getEntityClaims: claimsTable,
  getExposure: exposureTable,
  getReaction: reactionTable,
  getConfounders: confoundersTable,
  getDayReaction: reactionTable,
} satisfies Record<string, Table>;
