/**
 * What goes wrong between this process and an EventStoreDB, in the port's words. The client's own errors differ by path
 * and moment, some are plain Errors: `classify` is the one place that tells them apart.
 */
import { isCommandError, ErrorType, NotLeaderError } from '@eventstore/db-client';
import type { NewEvent } from '../port.js';

/**
 * Thrown by an append with 'any' or 'stream_exists' whose answer never came, and by one at an exact revision when
 * repeating it brought no answer either. The events may be stored or not: read the stream, or use appendOnce.
 */
export class AppendOutcomeUnknownError extends Error {
  override readonly name = 'AppendOutcomeUnknownError';
  readonly ids: readonly string[];
  constructor(readonly streamId: string, events: readonly NewEvent[], cause: unknown) {
    super(`the append of ${events.length} events to ${streamId} was sent, but no answer came (${textOf(cause)}): they may be stored or not`, { cause });
    this.ids = events.map(({ id }) => id);
  }
}

/** Thrown when the server did not answer within the store's patience. Nothing was changed by this call. */
export class EventStoreUnavailableError extends Error {
  override readonly name = 'EventStoreUnavailableError';
  constructor(where: string, cause: unknown) {
    const advice = /certificate/i.test(textOf(cause)) ? '; name the authority that signed its certificate with tlsCAFile' : '';
    super(`EventStoreDB at ${where} does not answer: ${textOf(cause)}${advice}`, { cause });
  }
}

/** Thrown when a stream was deleted for ever (a tombstone): it can be neither read nor appended to again. */
export class StreamDeletedError extends Error {
  override readonly name = 'StreamDeletedError';
  constructor(readonly streamId: string, cause: unknown) {
    super(`the stream ${streamId} was deleted for ever (tombstoned): it can be neither read nor appended to`, { cause });
  }
}

/** Thrown when the user of the connection string may not do what was asked. */
export class AccessDeniedError extends Error {
  override readonly name = 'AccessDeniedError';
  constructor(what: string, cause: unknown) {
    super(`access denied: ${what}`, { cause });
  }
}

/** Thrown when the server refuses a call for a reason that this adapter has no better name for. */
export class EventStoreDbError extends Error {
  override readonly name = 'EventStoreDbError';
  constructor(where: string, cause: unknown) {
    super(`EventStoreDB at ${where}: ${textOf(cause)}`, { cause });
  }
}

/** The adapter's own timer: the client enforces no deadline on reads, discovery and subscriptions. */
export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/** The call that carries appends was over before this one could be sent. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError';
  constructor() {
    super('No connection established');
  }
}

/** The call that carries many appends ended with what may be the answer to another one. */
export class CallLostError extends Error {
  override readonly name = 'CallLostError';
  constructor(override readonly cause: Error) {
    super(`the call was ended by the server (${textOf(cause)}), perhaps for another append's sake`, { cause });
  }
}

export const READ_ALL_DENIED =
  'reading $all needs the admin user, or the name of this user or of one of its groups in the ACL of $all: put {"$acl":{"$r":["…"]}} into the metadata of the stream $all ($$$all) as admin, or use other credentials';

/** What an error means for the call that met it. */
export interface Failure {
  kind: 'wrong-revision' | 'deleted' | 'denied' | 'too-large' | 'no-stream' | 'bad-argument' | 'refused' | 'passing';
  /** Passing failures only: whether the call may have been carried out all the same. */
  maybeDone: boolean;
  /** Whether the client that met it is to be discarded: it may have remembered the failure. */
  renew: boolean;
}

/** Said by servers that start, elect or are too busy. */
const notTaken = /Server Is (Not Ready|Too Busy|Busy)|No leader info available/;
/** Said by the client before it sent anything. */
const notSent = /No connection established|Channel has been shut down|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|Name resolution failed|Failed to discover/;

const final = (kind: Failure['kind']): Failure => ({ kind, maybeDone: false, renew: false });

export function classify(error: unknown): Failure {
  const text = textOf(error);
  const passing = (renew: boolean): Failure => ({ kind: 'passing', maybeDone: !notTaken.test(text) && !notSent.test(text), renew });
  if (error instanceof CallLostError) return { ...classify(error.cause), maybeDone: true };
  // Our own timer, discovery that found nobody, a TypeError inside the client.
  if (!(error instanceof Error) || !isCommandError(error)) return passing(true);
  switch (error.type) {
    case ErrorType.WRONG_EXPECTED_VERSION:
      return final('wrong-revision');
    case ErrorType.STREAM_DELETED:
      return final('deleted');
    case ErrorType.ACCESS_DENIED:
      return final('denied');
    case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
      return final('too-large');
    case ErrorType.STREAM_NOT_FOUND:
    case ErrorType.NO_STREAM:
      return final('no-stream');
    case ErrorType.NOT_LEADER:
      return { kind: 'passing', maybeDone: false, renew: false };
    case ErrorType.UNAVAILABLE:
    case ErrorType.CANCELLED:
    case ErrorType.TIMEOUT:
      return passing(false);
    case ErrorType.DEADLINE_EXCEEDED:
      return passing(true);
    default:
      return byCode(Number(error.code), passing);
  }
}

/** Whether an error says that one append was not carried out, although it ends the call that carries many. */
export function answersOne(error: Error): boolean {
  return error instanceof NotLeaderError || notTaken.test(textOf(error));
}

/** The client gives everything else as "unknown", with gRPC's code. */
function byCode(code: number, passing: (renew: boolean) => Failure): Failure {
  if (code === 3 || code === 11) return final('bad-argument');
  if (code === 7 || code === 16) return final('denied');
  if (code === 5 || code === 6 || code === 9 || code === 12) return final('refused');
  return passing(true);
}

export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Some of the client's errors have a type and no message.
  return error.message || (isCommandError(error) ? error.type : error.name);
}
