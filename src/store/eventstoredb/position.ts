/** Positions in $all as text: commit and prepare, each 16 hex digits, so that they sort as text. */
import { ForeignPositionError, type Position } from '../port.js';

/** A record's place in $all. Byte offsets: they rise, but do not count events. Several records may share a commit. */
export interface Place {
  commit: bigint;
  prepare: bigint;
}

export function toPosition({ commit, prepare }: Place): Position {
  const text = hex(commit);
  // Nearly always the same two.
  return text + (prepare === commit ? text : hex(prepare));
}

function hex(bytes: bigint): string {
  return bytes.toString(16).padStart(16, '0');
}

/** @throws ForeignPositionError when it is malformed */
export function toPlace(position: Position): Place {
  if (typeof position !== 'string' || !/^[0-9a-f]{32}$/.test(position)) throw new ForeignPositionError(String(position), 'not a position of EventStoreDB');
  return { commit: BigInt(`0x${position.slice(0, 16)}`), prepare: BigInt(`0x${position.slice(16)}`) };
}
