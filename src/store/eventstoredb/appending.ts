/**
 * Appending. An append whose answer does not come is repeated with the same ids at the same exact revision, which the
 * server recognises; with 'any' it would not for certain, so there the caller is told that the outcome is unknown.
 */
import { WrongExpectedVersionError, type EventData, type JSONEventData } from '@eventstore/db-client';
import { APPEND_LIMIT_BYTES, copyJson, jsonBytes } from '../checks.js';
import { AppendTooLargeError, StoreClosedError, StoreOpenError, WrongExpectedRevisionError, type AppendResult, type ExpectedRevision, type NewEvent } from '../port.js';
import { attempt, type Connection, type Patience } from './connection.js';
import { AccessDeniedError, AppendOutcomeUnknownError, classify, EventStoreDbError, EventStoreUnavailableError, StreamDeletedError } from './errors.js';
import { toPosition } from './position.js';
import type { Reader } from './reading.js';

export type Append = (streamId: string, events: readonly NewEvent[], expectedRevision: ExpectedRevision) => Promise<AppendResult>;

/** @throws what the port's append throws, and StreamDeletedError, AccessDeniedError, AppendOutcomeUnknownError, EventStoreUnavailableError */
export function createAppend(connection: Connection, reader: Reader, patience: Patience): Append {
  return async (streamId, events, expected) => {
    // Copied at once: the client turns them into JSON later, and the caller may change them meanwhile.
    const data = events.map(toEventData);
    const exact = typeof expected === 'number' || expected === 'no_stream';
    let maybeDone = false;
    const repeatable = (error: unknown): boolean => {
      maybeDone ||= classify(error).maybeDone;
      return exact || !maybeDone;
    };
    try {
      const expectedRevision = typeof expected === 'number' ? BigInt(expected) : expected;
      const result = await attempt(
        connection,
        // gRPC ends the call itself at the deadline; the timer is for what comes before it, such as discovery.
        { ...patience, timeoutMs: patience.timeoutMs + 500 },
        (client) => client.appendToStream(streamId, data, { expectedRevision, deadline: patience.timeoutMs }),
        repeatable,
      );
      const lastRevision = Number(result.nextExpectedRevision);
      if (result.position) return { lastRevision, position: toPosition(result.position) };
      // The answer to a repetition may come without a position.
      const [last] = await reader.stream(streamId, { from: lastRevision - 1 < 0 ? 'start' : lastRevision - 1, direction: 'forwards', limit: 1 });
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

function toEventData({ id, type, data, metadata }: NewEvent): EventData {
  const event: JSONEventData = { id, type, contentType: 'application/json', data: copyJson(data), metadata: copyJson(metadata) };
  return event;
}
