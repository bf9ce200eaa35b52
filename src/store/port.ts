/**
 * The event store port: six functions with EventStoreDB's semantics, and the errors every adapter raises.
 * Adapters live beside this file; test/contract proves each one. What all share is checked once, in checks.ts.
 */

/** A JSON value: finite numbers, no undefined. What checks.ts lets through. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/**
 * Where an event stands in one store's log. Opaque, JSON-safe and ordered as a string (code units). It belongs to the
 * store that gave it: whoever keeps one keeps the store's `id` beside it.
 */
export type Position = string;

/** An event as it is appended. `id` is a lower-case UUID and unique within its stream. */
export interface NewEvent {
  id: string;
  type: string;
  data: JsonObject;
  metadata: JsonObject;
}

/** An event as it was stored. */
export interface RecordedEvent extends NewEvent {
  streamId: string;
  /** 0-based and dense within the stream; a stream may begin above 0 (truncated in EventStoreDB). */
  revision: number;
  position: Position;
  /** The store's clock when it was stored: ISO 8601, UTC, milliseconds. Not promised to be monotone. */
  recordedAt: string;
}

/** What the stream must look like for an append to go through; a number is its exact last revision. */
export type ExpectedRevision = 'any' | 'no_stream' | 'stream_exists' | number;

export interface AppendResult {
  /** The stream's last revision after the append. */
  lastRevision: number;
  /** Position of the last event of this append (of the stored original where the append was a repetition). */
  position: Position;
}

export type Direction = 'forwards' | 'backwards';

export interface ReadStreamOptions {
  /** Exclusive in the direction read: 5 forwards starts at 6, backwards at 4. Default: 'start' forwards, 'end' backwards. */
  from?: number | 'start' | 'end';
  direction?: Direction;
  /** At most this many events; default 1000. */
  limit?: number;
}

export interface ReadAllOptions {
  /** Exclusive in the direction read. */
  from?: Position | 'start' | 'end';
  direction?: Direction;
  /** Only events whose stream id begins with one of these; absent or empty: all of the application's events. */
  streamPrefixes?: readonly string[];
}

export interface SubscribeOptions {
  /** Exclusive. 'start' replays the whole log, 'end' only what comes. */
  after: Position | 'start' | 'end';
  streamPrefixes?: readonly string[];
  signal: AbortSignal;
}

/**
 * What a subscription yields. `caughtUp` comes each time the reader has seen everything up to the head (it may repeat).
 * `checkpoint`: nothing matching lies between the last event and this position. Neither ever runs ahead of events.
 */
export type SubscriptionMessage =
  | { kind: 'events'; events: RecordedEvent[] }
  | { kind: 'caughtUp'; position: Position | null }
  | { kind: 'checkpoint'; position: Position };

export interface EventStore {
  /** Identifies this store's log: positions, cursors and checkpoints of another id are refused. */
  readonly id: string;
  /**
   * Whether appends that are made without waiting are stored in the order in which they were made, and those made in one
   * turn, a thousand of them or 2 MiB, together. Absent: each must be waited for before the next where order counts.
   */
  readonly appendsInOrder?: boolean;
  /**
   * Appends atomically: all events or none.
   * The same ids, in the same order, at the same exact revision (or `no_stream`) succeed and write nothing.
   * With 'any' or 'stream_exists' an append is at least once on every store: use appendOnce.
   * Contents are not compared here: appendOnce does that.
   * @throws WrongExpectedRevisionError, InvalidEventError, AppendTooLargeError, StoreFullError, StoreClosedError
   */
  append(streamId: string, events: readonly NewEvent[], options: { expectedRevision: ExpectedRevision }): Promise<AppendResult>;
  /** Reads one stream. A missing stream reads as empty. */
  readStream(streamId: string, options?: ReadStreamOptions): Promise<RecordedEvent[]>;
  /** Reads the log in batches, up to the head as it stood when the read began or a little later; never yields an empty batch. */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent[]>;
  /** Follows the log, appends of other processes included, until the signal aborts (then it ends without an error). */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionMessage>;
  /** Position of the last event in the log, null when it is empty. On EventStoreDB system events count. */
  head(): Promise<Position | null>;
  /** Finishes what was accepted and releases the store. Idempotent. */
  close(): Promise<void>;
}

/** Thrown by append when the stream is not at the revision that the caller expected. */
export class WrongExpectedRevisionError extends Error {
  override readonly name = 'WrongExpectedRevisionError';
  constructor(
    readonly streamId: string,
    readonly expected: ExpectedRevision,
    /** The stream's last revision, null when it has none. */
    readonly actual: number | null,
  ) {
    super(`stream ${streamId}: expected ${typeof expected === 'number' ? `revision ${expected}` : expected}, found ${actual === null ? 'no stream' : `revision ${actual}`}`);
  }
}

/** Thrown when an event cannot be stored as JSON, or its id, type or stream id is malformed; `path` names the place. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
  constructor(readonly path: string, readonly reason: string) {
    super(`${path}: ${reason}`);
  }
}

/** Thrown when one append holds more than 1 MiB of JSON. */
export class AppendTooLargeError extends Error {
  override readonly name = 'AppendTooLargeError';
  constructor(readonly bytes: number, readonly limit: number) {
    super(`the append holds ${bytes} bytes of JSON, the limit is ${limit}: split it`);
  }
}

/** Thrown when a position is malformed or belongs to another store. */
export class ForeignPositionError extends Error {
  override readonly name = 'ForeignPositionError';
  constructor(readonly position: string, reason: string) {
    super(`position ${JSON.stringify(position)}: ${reason}`);
  }
}

/** Thrown when the disk or the map is full. Nothing of the append was stored; the store stays readable. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';
  constructor(where: string, options?: ErrorOptions) {
    super(`${where} is full: nothing of this append was stored, the store stays readable; free space and append again`, options);
  }
}

/** Thrown when a store cannot be opened (no permission, not a store, a newer format); says what to do. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
}

/**
 * Thrown when stored bytes fail their checksum, do not decode, or are not what the index says; `position` names the block's
 * first event. Thrown by reads that would pass over it, and by appends that would build on it: all else is served.
 */
export class DamagedStoreError extends Error {
  override readonly name = 'DamagedStoreError';
  constructor(readonly position: Position, readonly reason: string) {
    super(`the block at ${position} is damaged: ${reason}`);
  }
}

/** Thrown by calls after close(). */
export class StoreClosedError extends Error {
  override readonly name = 'StoreClosedError';
  constructor() {
    super('the store is closed');
  }
}
