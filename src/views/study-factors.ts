/** The factors of a study: one row of returns a session from one or several sets, and the riskless rate. */
import { factorDays, factorSets } from '../../projections/index.js';
import type { Cell } from '../study/index.js';
import { reader, ViewError, type ViewContext } from './context.js';

export interface Factors {
  sets: readonly string[];
  /** In the order of the rows. */
  names: string[];
  /** Null where a set has no return of the session. */
  row: (date: string) => Cell[];
  riskFree: (date: string) => Cell;
}

/**
 * @returns null where no sets are asked for
 * @throws ViewError for a set of which nothing is known then, two that share a factor, or sets without a riskless rate
 */
export function factorsOf(context: ViewContext, sets: readonly string[]): Factors | null {
  if (sets.length === 0) return null;
  const ledger = reader(context, 'factors');
  const names: string[] = [];
  const days = new Map<string, Map<string, number>>();
  const rates = new Map<string, number>();
  for (const set of sets) {
    const rows = factorDays(ledger, set);
    if (rows.length === 0) {
      const stored = factorSets(ledger);
      throw new ViewError('not-found', 404, `factors: nothing of ${set} is known${context.sight.known ? ' then' : ''}${stored.includes(set) ? ': it was published or recorded later' : `; there ${stored.length === 0 ? 'are none: tracker import factors stores them' : `is ${stored.join(', ')}`}`}`);
    }
    // Of two reports of a session the later known is last, and stands alone.
    const standing = new Map(rows.map(({ value }) => [value.date, value]));
    const own = new Set<string>();
    for (const { date, returns, riskFree } of standing.values()) {
      const day = days.get(date) ?? new Map<string, number>();
      for (const name of Object.getOwnPropertyNames(returns)) {
        own.add(name);
        day.set(name, returns[name] ?? NaN);
      }
      days.set(date, day);
      if (riskFree !== null) rates.set(date, riskFree);
    }
    const twice = [...own].find((name) => names.includes(name));
    if (twice !== undefined) throw new ViewError('bad-parameter', 400, `factors: ${twice} is in two of ${sets.join(', ')}: name sets that have each factor once`);
    names.push(...[...own].sort());
  }
  if (rates.size === 0) throw new ViewError('bad-parameter', 400, `factors: none of ${sets.join(', ')} has a riskless rate: add a set that has one`);
  return { sets, names, row: (date) => names.map((name) => days.get(date)?.get(name) ?? null), riskFree: (date) => rates.get(date) ?? null };
}
