/**
 * The state hash: a chain of SHA-256 over a ledger's chunks and, last, its tail packed as one. A chunk never changes, so
 * the hash is the same whether the log was folded whole, in pieces, from a snapshot, in another process or on another
 * store.
 */
import { createHash } from 'node:crypto';
import { FORMAT, packRows, type ChunkBytes, type Ledger, type Projection } from '../../projections/index.js';

/** The chain's beginning: which projection it is about. */
export function firstLink({ name, version }: Pick<Projection, 'name' | 'version'>): Buffer {
  return createHash('sha256').update(`${name}@${version} in format ${FORMAT}`).digest();
}

/** The link after one more chunk. */
export function nextLink(link: Uint8Array, { index, details, values }: ChunkBytes): Buffer {
  return createHash('sha256').update(link).update(index).update(details).update(values).digest();
}

/**
 * Hex SHA-256 of a state: its chunks by `link`, which stands after the last of them, and its tail.
 * @param tail the packed tail, where the caller has it
 */
export function stateHash({ link, ledger }: { link: Uint8Array; ledger: Ledger }, tail?: ChunkBytes): string {
  return Buffer.from(ledger.tail.length === 0 ? link : nextLink(link, tail ?? packRows(ledger.tail, ledger.names))).toString('hex');
}
