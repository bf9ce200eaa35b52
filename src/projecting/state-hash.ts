/**
 * The state hash: a chain of SHA-256 over chunks of rows. Rows are only added, so a chunk once full never changes, and
 * the hash is the same whether the log was folded whole, in pieces or on another store.
 */
import { createHash } from 'node:crypto';
import type { Ledger, Row } from '../../projections/index.js';
import { sortedEntries } from '../../events/index.js';

const CHUNK = 1024;

/** Hex SHA-256 of a projection's state; the name and version are its first link. */
export function stateHash(name: string, version: number, ledger: Ledger): string {
  let link = createHash('sha256').update(`${name}@${version}`).digest();
  for (let begin = 0; begin < ledger.rows.length; begin += CHUNK) {
    const hash = createHash('sha256').update(link);
    for (const row of ledger.rows.slice(begin, begin + CHUNK)) hash.update(canonicalRow(row)).update('\n');
    link = hash.digest();
  }
  return link.toString('hex');
}

function canonicalRow(row: Row): string {
  return JSON.stringify(canonical(row));
}

/** Object keys in code-unit order, so that equal values are equal bytes. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(sortedEntries(value as Record<string, unknown>).filter(([, inner]) => inner !== undefined).map(([key, inner]) => [key, canonical(inner)]));
}
