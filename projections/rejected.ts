/** The events that their schema rejects, as rows: counted and listed, the same live and on rebuild. */
import { BEGINNING, NEVER, type Problem } from '../events/index.js';
import { emptyLedger, type Ledger, type Row } from './ledger.js';
import type { Projection } from './projection.js';
import { rowAt, rowCount } from './rows.js';

/** Why an event was rejected; the row's id, stream and revision name it. */
export interface Rejection {
  type: string;
  problems: Problem[];
}

export const rejected: Projection = {
  name: 'rejected',
  version: 1,
  initial: emptyLedger,
  evolve() {},
  reject(state, { id, streamId, revision, order, recorded, type, problems }) {
    const value: Rejection = { type, problems };
    state.tail.push({
      series: 'rejected',
      order,
      id,
      streamId,
      revision,
      role: 'observation',
      fact: id,
      names: null,
      // Its own times can't be trusted: all that is sure is when it was recorded.
      from: BEGINNING,
      at: recorded,
      until: NEVER,
      known: { from: recorded, earliest: recorded, precision: 'recorded', estimated: false },
      anchor: null,
      side: null,
      value,
    });
  },
};

/** The last `limit` rejections, in log order. */
export function rejections(ledger: Ledger, limit: number): (Row & { value: Rejection })[] {
  const count = rowCount(ledger);
  const begin = Math.max(0, count - limit);
  return Array.from({ length: count - begin }, (_, i) => rowAt<Rejection>(ledger, begin + i) as Row & { value: Rejection });
}
