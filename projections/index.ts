/** Every projection there is (`rejected` runs beside each set of them), and the queries on them. */
import type { Projection } from './projection.js';
import { claimsLedger } from './claims.js';
import { exposure } from './exposure.js';
import { factors } from './factors.js';
import { marketValue } from './market-value.js';
import { registry } from './registry.js';
import { sentiment } from './sentiment.js';
import { timeline } from './timeline.js';

export const projections: readonly Projection[] = [registry, marketValue, sentiment, timeline, claimsLedger, exposure, factors];

export * from './bar-track.js';
export * from './changes.js';
export * from './chunk.js';
export * from './claims.js';
export * from './claim-states.js';
export * from './commitment-states.js';
export * from './exposure.js';
export * from './factors.js';
export * from './ledger.js';
export * from './ledger-index.js';
export * from './levels.js';
export * from './market-value.js';
export * from './names.js';
export * from './projection.js';
export * from './reader.js';
export * from './reconciliation/index.js';
export * from './registry.js';
export * from './rejected.js';
export * from './rows.js';
export * from './sentiment.js';
export * from './sentiment-measures.js';
export * from './sentiment-methods.js';
export * from './timeline.js';
