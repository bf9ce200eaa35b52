/**
 * Appending. An append whose answer does not come is repeated with the same ids at the same exact revision, which the
 * server recognises; with 'any' it would not for certain, so there the caller is told that the outcome is unknown.
 */
import { WrongExpectedVersionError } from '@eventstore/db-client';
import { APPEND_LIMIT_BYTES, jsonBytes } from '../checks.js';
import { AppendTooLargeError, StoreClosedError, StoreOpenError, WrongExpectedRevisionError, type AppendResult, type ExpectedRevision, type NewEvent } from '../port.js';
import { prepare, sendAppend } from './append-call.js';
import { attempt, type Connection, type Patience } from './connection.js';
import { AccessDeniedError, AppendOutcomeUnknownError, classify, EventStoreDbError, EventStoreUnavailableError, StreamDeletedError } from './errors.js';
import { toPosition } from './position.js';
import type { Reader } from './reading.js';

export type Append = (streamId: string, events: readonly NewEvent[], expectedRevision: ExpectedRevision) => Promise<AppendResult>;

/** @throws what the port's append throws, and StreamDeletedError, AccessDeniedError, AppendOutcomeUnknownError, EventStoreUnavailableError */
export function createAppend(connection: Connection, reader: Reader, patience: Patience): Append {
  return async (streamId, events, expected) => {
    const prepared = prepare(streamId, events, expected);
    const exact = typeof expected === 'number' || expected === 'no_stream';
    let maybeDone = false;
    const repeatable = (error: unknown): boolean => {
      maybeDone ||= classify(error).maybeDone;
      return exact || !maybeDone;
    };
    try {
      const { lastRevision, place } = await attempt(connection, patience, (client) => sendAppend(client, prepared), repeatable);
      if (place) return { lastRevision, position: toPosition(place) };
      // The answer to a repetition may come without a position.
      const [last] = await reader.stream(streamId, { from: lastRevision === 0 ? 'start' : lastRevision - 1, direction: 'forwards', limit: 1 });
      return { lastRevision, position: last?.position ?? '' };
    } catch (error) {
      if (error instanceof StoreClosedError || error instanceof StoreOpenError) throw error;
      throw named(error, maybeDone);
    }

    function named(error: unknown, unknown: boolean): Error {
      switch (classify(error).kind) {
        case 'wrong-revision': {
          // Its message is empty, and the actual version may be the text "no_stream".
          const actual = error instanceof WrongExpectedVersionError ? error.actualVersion : 'no_stream';
          return new WrongExpectedRevisionError(streamId, expected, actual === 'no_stream' || Number(actual) < 0 ? null : Number(actual));
        }
        case 'deleted':
          return new StreamDeletedError(streamId, error);
        case 'denied':
          return new AccessDeniedError(`this user may not append to ${streamId}`, error);
        case 'too-large':
          return new AppendTooLargeError(events.reduce((sum, event) => sum + jsonBytes(event), 0), APPEND_LIMIT_BYTES);
        case 'passing':
          return unknown ? new AppendOutcomeUnknownError(streamId, events, error) : new EventStoreUnavailableError(connection.where, error);
        default:
          return new EventStoreDbError(connection.where, error);
      }
    }
  };
}
