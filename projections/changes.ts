/**
 * When what is known of a series changes: what a history of knowledge, row by row, is made of. It names moments and valid
 * times; what is known there is asked of a reader, so that there is one rule of what anybody sees.
 */
import type { Instant } from '../events/index.js';
import { numbersOf } from './ledger-index.js';
import { retractionsOf, type Ledger, type Row } from './ledger.js';
import { idOf, isObservation, orderOf, rowAt, timesOf } from './rows.js';

/** From `known` on, something else may be known of what was true at `at`. */
export interface Change {
  known: Instant;
  at: Instant;
}

/**
 * The changes of a series by rows up to an order, in no order of their own: one for each of its rows, and one for each
 * retraction of a fact of it.
 */
export function changesOf(ledger: Ledger, series: string, order: number): Change[] {
  const { numbers, streams } = numbersOf(ledger, series);
  const seen = numbers.filter((number) => orderOf(ledger, number) <= order);
  const changes = seen.map((number): Change => timesOf(ledger, number));
  const retractions = streams.flatMap((stream) => numbersOf(ledger, retractionsOf(stream)).numbers.filter((number) => orderOf(ledger, number) <= order).map((number) => rowAt(ledger, number)));
  if (retractions.length === 0) return changes;
  const byFact = new Map<string, Row[]>();
  for (const row of retractions) byFact.set(row.fact, [...(byFact.get(row.fact) ?? []), row]);
  // A retraction is of a fact, whichever of its events it names: each time that was ever given for it may be concerned.
  for (const number of seen) {
    const fact = isObservation(ledger, number) ? idOf(ledger, number) : rowAt(ledger, number).fact;
    for (const { known } of byFact.get(fact) ?? []) changes.push({ known: known.from, at: timesOf(ledger, number).at });
  }
  return changes;
}
