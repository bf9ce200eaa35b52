/**
 * What the runner checks of each event before anything is folded: places and revisions that follow each other, and the
 * recorded clock. A store that breaks its promises stops the runner with a named error; a wrong number is worse.
 */
import { parseInstant, type Instant } from '../../events/index.js';
import type { Position, RecordedEvent } from '../store/port.js';

/** Thrown when the store delivers an event that can't come next: one twice, one out of order, or with one missing before it. */
export class LogInvariantError extends Error {
  override readonly name = 'LogInvariantError';
  /** An event lies before what was folded and is not among it: reading on would leave it out for good. */
  beyondRepair = false;
}

export interface Gate {
  /** Position of the last event that went through. */
  position: Position | null;
  /** The recorded clock: the running maximum of recordedAt. */
  recorded: Instant;
  /** Last revisions by stream, as far as they were seen since the start. In an object each: one look into the map an event, where there would be two. */
  revisions: Map<string, { last: number }>;
  lastRecordedAt: string;
}

export function openGate(position: Position | null, recorded: Instant): Gate {
  return { position, recorded, revisions: new Map(), lastRecordedAt: '' };
}

/**
 * Lets the next event through and moves the clock on.
 * @throws LogInvariantError; the gate is then as it was
 */
export function pass(gate: Gate, event: RecordedEvent): void {
  const { streamId, revision, position } = event;
  if (gate.position !== null && position <= gate.position) throw new LogInvariantError(`${streamId}/${revision} came at ${position}, after ${gate.position}: the store delivers events out of order or twice`);
  const stream = gate.revisions.get(streamId);
  if (stream === undefined) gate.revisions.set(streamId, { last: revision });
  else if (revision === stream.last + 1) stream.last = revision;
  else throw new LogInvariantError(`${streamId}: revision ${revision} follows ${stream.last}: the store left events out or delivers them twice`);
  gate.position = position;
  // What was copied or imported carries its original time.
  const original = event.metadata['recordedAt'];
  const text = typeof original === 'string' ? original : event.recordedAt;
  if (text === gate.lastRecordedAt) return;
  gate.lastRecordedAt = text;
  const at = parseInstant(text) ?? parseInstant(event.recordedAt);
  // A clock that goes backwards does not take anybody back.
  if (at && at.ms > gate.recorded.ms) gate.recorded = at;
}
