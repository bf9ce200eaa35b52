/** Calls of every view, one a line: what holds for views in general is tested with all of them. */
import { viewOperations } from '../../src/http/view-operations.js';
import type { Answer, ViewContext } from '../../src/views/context.js';

interface ViewCall {
  /** The operation. */
  of: string;
  id?: string;
  query?: Record<string, string>;
}

/** Subjects are those of any-facts.ts. */
export const VIEW_CALLS: readonly ViewCall[] = [
  { of: 'listAnnouncements' },
  { of: 'getAnnouncement', id: 'deal' },
  { of: 'getTimeline', id: 'deal' },
  { of: 'getTimeline', id: 'other' },
  { of: 'getReconciliation', id: 'deal' },
  { of: 'listInstruments' },
  { of: 'listEntities' },
  { of: 'getMarketValue', id: 'acme-common' },
  { of: 'getMarketValue', id: 'XNYS:AAA', query: { announcement: 'deal' } },
  { of: 'getMarketValue', id: 'peer-common', query: { from: '2025-10-30T21:00:00Z', to: '2025-11-05T12:00:00Z' } },
  { of: 'getMarketValues', query: { instruments: 'acme-common,peer-common' } },
  { of: 'getEntityMarketValue', id: 'acme' },
  { of: 'getReaction', id: 'deal', query: { instrument: 'acme-common', benchmark: 'peer-common', model: 'mean-adjusted', estimation: '-5:-1', windows: '0:0' } },
  { of: 'getConfounders', id: 'deal', query: { instruments: 'acme-common,peer-common' } },
  { of: 'getDayReaction', id: 'acme-common', query: { benchmark: 'peer-common', date: '2025-11-06', model: 'market-adjusted', estimation: '-5:-1', windows: '0:0,0:1', weight: '0.1', controls: 'peer-common' } },
  { of: 'getDayReaction', id: 'acme-common', query: { benchmark: 'peer-common', date: '2025-11-06', model: 'factors', factors: 'three', estimation: '-5:-1', windows: '0:0' } },
  { of: 'getEntityClaims', id: 'acme' },
  { of: 'getEntityClaims', id: 'boss' },
  { of: 'getAnnouncementClaims', id: 'deal' },
  { of: 'getExposure', id: 'acme', query: { depth: '3' } },
  { of: 'getSentiment', id: 'acme', query: { halfLife: 'P2D', by: 'aspect' } },
  { of: 'getSentiment', id: 'boss', query: { step: 'PT12H', from: '2025-11-01T00:00:00Z' } },
];

function operationOf({ of }: ViewCall): (typeof viewOperations)[number] {
  const found = viewOperations.find((operation) => operation.id === of);
  if (!found) throw new Error(`no view ${of}`);
  return found;
}

/** The call as a request's path. */
export function pathOf(call: ViewCall, more: Record<string, string> = {}): string {
  return `${operationOf(call).path.replace('{id}', call.id ?? '')}?${new URLSearchParams({ ...call.query, ...more }).toString()}`;
}

/** The call in this process. */
export function ask(call: ViewCall, context: ViewContext): Answer<unknown> {
  return operationOf(call).view(context, { id: call.id ?? '' }, call.query ?? {});
}
