/**
 * One scoring of each statement. A rescoring is an event of its own beside the first, of another method or version: both
 * in one mean would count the statement twice.
 */
import { groupBy } from './sentiment-measures.js';
import { compareText } from './ledger.js';
import type { ExpressionRow } from './sentiment.js';

/** `name@version` */
export function methodOf({ value }: ExpressionRow): string {
  return `${value.method.name}@${value.method.version}`;
}

/**
 * The scorings that count.
 * @param rows expressions on one subject
 * @param asked `name@version` takes that alone, `name` its latest version of each statement; null: of each statement the
 * method that scored the most statements of this subject (then the first by name), in its latest version
 */
export function scoredBy(rows: readonly ExpressionRow[], asked: string | null): ExpressionRow[] {
  if (asked?.includes('@') === true) return rows.filter((row) => methodOf(row) === asked);
  const own = asked === null ? rows : rows.filter((row) => row.value.method.name === asked);
  const statements = [...groupBy(own, statementOf).values()];
  const scored = new Map<string, number>();
  for (const scorings of statements) for (const name of new Set(scorings.map((row) => row.value.method.name))) scored.set(name, (scored.get(name) ?? 0) + 1);
  const kept = new Set(statements.flatMap((scorings) => preferred(scorings, scored)));
  return rows.filter((row) => kept.has(row));
}

/** What was said, by whom and when, and which report of it this is: what two scorings of one statement share. */
function statementOf({ value }: ExpressionRow): string {
  const { document, locator, address } = value.source;
  return JSON.stringify([value.holder, value.claim, value.occurredAt, value.reprint, document, locator ?? null, address ?? null]);
}

/** Of the method and version preferred all rows: a source may hold one statement to bear on two aspects. */
function preferred(scorings: readonly ExpressionRow[], scored: ReadonlyMap<string, number>): ExpressionRow[] {
  const [best] = [...scorings].sort(({ value: { method: a } }, { value: { method: b } }) => (scored.get(b.name) ?? 0) - (scored.get(a.name) ?? 0) || compareText(a.name, b.name) || b.version - a.version);
  return scorings.filter((row) => best !== undefined && methodOf(row) === methodOf(best));
}
