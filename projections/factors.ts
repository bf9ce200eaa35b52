/** Returns of risk factors by session, as known then: a series for each set that a vendor publishes. */
import type { DataOf } from '../events/index.js';
import type { Row } from './ledger.js';
import { defineProjection } from './projection.js';
import { readNames, readRows, type Reader } from './reader.js';

export interface FactorDay {
  date: string;
  /** Factor → return, a ratio. */
  returns: Readonly<Record<string, number>>;
  riskFree: number | null;
}

export const factors = defineProjection('factors', 1, (type, data: never) => {
  if (type !== 'FactorReturnsReported') return null;
  const { factors: set, session, returns, riskFree } = data as DataOf<'FactorReturnsReported'>;
  return { series: `factors:${set}`, value: { date: session.date, returns, riskFree: riskFree ?? null } satisfies FactorDay };
});

/** The sets of which anything is stored. */
export function factorSets(reader: Reader): string[] {
  return readNames(reader, 'factors:').map((name) => name.slice('factors:'.length));
}

/** The sessions of a set in valid order; empty where nothing of it is known. Of two reports of a session the later known is last. */
export function factorDays(reader: Reader, set: string): (Row & { value: FactorDay })[] {
  return readRows<FactorDay>(reader, `factors:${set}`);
}
