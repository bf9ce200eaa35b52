/** Which of a scenario's own events are behind a difference: those that its place names, those that amend what it rested on, else all that concern the view. */
import { eventLink, homeOf, idOf, numbersOf, orderOf, retractionsOf, rowAt, streamOf, type Ledger, type Row } from '../../projections/index.js';
import type { ViewContext } from '../views/context.js';
import { linksIn, type Difference } from './leaves.js';

const MOST = 20;

/**
 * @param context of the scenario's answer: what it read
 * @param from the first order of the scenario's own events
 */
export function causesIn(context: ViewContext, from: number): (difference: Difference) => string[] {
  const own = new Set<string>();
  /** By the link of the event that is amended. */
  const amending = new Map<string, Set<string>>();
  for (const { ledger, touched } of context.readers.values()) {
    const rows = ownRows(ledger, [...touched], from);
    for (const row of rows) own.add(eventLink(row));
    const amendments = rows.filter(({ role }) => role !== 'observation');
    if (amendments.length > 0) noteAmended(ledger, [...touched], amendments, amending);
  }
  const all = [...own].slice(0, MOST);
  return ({ beforeOwners, afterOwners }) => {
    for (const owner of afterOwners.toReversed()) {
      const named = linksIn(owner).filter((link) => own.has(link));
      if (named.length > 0) return [...new Set(named)].slice(0, MOST);
    }
    for (const owner of beforeOwners.toReversed()) {
      const amended = linksIn(owner).flatMap((link) => [...(amending.get(link) ?? [])]);
      if (amended.length > 0) return [...new Set(amended)].slice(0, MOST);
    }
    return all;
  };
}

/** Rows from an order on in the series, and retractions in the streams that those are of. */
function ownRows(ledger: Ledger, series: readonly string[], from: number): Row[] {
  const streams = new Set(series.flatMap((name) => numbersOf(ledger, name).streams));
  return [...series, ...[...streams].map(retractionsOf)].flatMap((name) => {
    const { numbers } = numbersOf(ledger, name);
    // In log order: a scenario's own come last.
    let first = numbers.length;
    while (first > 0 && orderOf(ledger, numbers[first - 1] as number) >= from) first -= 1;
    return numbers.slice(first).map((number) => rowAt(ledger, number));
  });
}

function noteAmended(ledger: Ledger, series: readonly string[], amendments: readonly Row[], amending: Map<string, Set<string>>): void {
  const byFact = new Map<string, Row[]>();
  for (const row of amendments) byFact.set(`${homeOf(ledger, row.streamId)} ${row.fact}`, [...(byFact.get(`${homeOf(ledger, row.streamId)} ${row.fact}`) ?? []), row]);
  for (const name of series) {
    for (const number of numbersOf(ledger, name).numbers) {
      const found = byFact.get(`${homeOf(ledger, streamOf(ledger, number))} ${idOf(ledger, number)}`);
      if (!found) continue;
      const link = eventLink(rowAt(ledger, number));
      const links = amending.get(link) ?? new Set();
      for (const row of found) links.add(eventLink(row));
      amending.set(link, links);
    }
  }
}
