/** Reading: pages of $all and ranges of one stream, each with its own timer, since the client has none for reads. */
import { BACKWARDS, END, FORWARDS, START, type EventStoreDBClient, type ResolvedEvent, type StreamingRead } from '@eventstore/db-client';
import { ForeignPositionError, StoreClosedError, StoreOpenError, type Direction, type Position, type ReadAllOptions, type ReadStreamOptions, type RecordedEvent } from '../port.js';
import { attempt, type Connection, type Patience } from './connection.js';
import { AccessDeniedError, classify, EventStoreDbError, EventStoreUnavailableError, READ_ALL_DENIED, StreamDeletedError, TimedOutError } from './errors.js';
import { toPlace } from './position.js';
import { hasPrefix, toRecorded, toScanned, type Scanned } from './records.js';

/** Records of $all in one call: a call takes as long to answer as a hundred records or so to read. */
const PAGE = 2000;

export interface Reader {
  /** The records beyond a position, as many as make a page; `end` when there are no more. */
  page(from: Position | 'start' | 'end', direction: Direction, patience?: Patience): Promise<{ records: Scanned[]; end: boolean }>;
  /** Position of the last record of $all, system events included. */
  last(patience?: Patience): Promise<Position | null>;
  stream(streamId: string, options: Required<ReadStreamOptions>): Promise<RecordedEvent[]>;
}

export function createReader(connection: Connection, usual: Patience): Reader {
  async function call<T>(what: string, { timeoutMs, patienceMs }: Patience, convert: (resolved: ResolvedEvent) => T | null, work: (client: EventStoreDBClient) => StreamingRead<ResolvedEvent>): Promise<T[]> {
    try {
      // The timer of `attempt` bounds what comes before the call, such as discovery; a long answer is bounded by silence.
      return await attempt(connection, { timeoutMs: timeoutMs * 6, patienceMs }, (client) => collect(work(client), timeoutMs, convert));
    } catch (error) {
      if (error instanceof StoreClosedError || error instanceof StoreOpenError) throw error;
      const { kind } = classify(error);
      if (kind === 'denied') throw new AccessDeniedError(what === '$all' ? READ_ALL_DENIED : `this user may not read the stream ${what}`, error);
      if (kind === 'deleted') throw new StreamDeletedError(what, error);
      if (kind === 'passing') throw new EventStoreUnavailableError(connection.where, error);
      throw error;
    }
  }

  async function page(from: Position | 'start' | 'end', direction: Direction, patience: Patience = usual): Promise<{ records: Scanned[]; end: boolean }> {
    const fromPosition = from === 'start' || from === 'end' ? from : toPlace(from);
    const forwards = direction === 'forwards';
    try {
      const scanned = await call('$all', patience, toScanned, (client) => client.readAll({ fromPosition, maxCount: PAGE, direction: forwards ? FORWARDS : BACKWARDS, resolveLinkTos: false }));
      // The server includes the position itself forwards; the port excludes it both ways.
      const records = from === 'start' || from === 'end' ? scanned : scanned.filter(({ position }) => (forwards ? position > from : position < from));
      return { records, end: scanned.length < PAGE };
    } catch (error) {
      const { kind } = classify(error);
      if (kind === 'bad-argument' && from !== 'start' && from !== 'end') throw new ForeignPositionError(from, 'this log has no record there: the position is from another store');
      throw kind === 'passing' || kind === 'denied' ? error : new EventStoreDbError(connection.where, error);
    }
  }

  return {
    page,
    last: async (patience = usual) => {
      const [record] = await call('$all', patience, toScanned, (client) => client.readAll({ fromPosition: END, maxCount: 1, direction: BACKWARDS, resolveLinkTos: false }));
      return record?.position ?? null;
    },
    stream: async (streamId, { from, direction, limit }) => {
      const forwards = direction === 'forwards';
      if (limit === 0 || from === (forwards ? 'end' : 'start') || (!forwards && from === 0)) return [];
      const fromRevision = from === 'start' ? START : from === 'end' ? END : BigInt(forwards ? from + 1 : from - 1);
      try {
        return await call(streamId, usual, toRecorded, (client) => client.readStream(streamId, { fromRevision, maxCount: limit, direction: forwards ? FORWARDS : BACKWARDS, resolveLinkTos: false }));
      } catch (error) {
        const { kind } = classify(error);
        if (kind === 'no-stream') return [];
        throw kind === 'refused' || kind === 'bad-argument' ? new EventStoreDbError(connection.where, error) : error;
      }
    },
  };
}

/** readAll of the port. The client's readAll sends no filter, so the prefixes are applied here. */
export async function* readLog(reader: Reader, isClosed: () => boolean, options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent[]> {
  const { direction = 'forwards', streamPrefixes } = options;
  let from = options.from ?? (direction === 'forwards' ? 'start' : 'end');
  if (isClosed()) throw new StoreClosedError();
  await checkPosition(reader, from);
  if (from === (direction === 'forwards' ? 'end' : 'start')) return;
  for (;;) {
    if (isClosed()) throw new StoreClosedError();
    const { records, end } = await reader.page(from, direction);
    const events = records.map(({ event }) => event).filter((event) => event !== null && hasPrefix(event, streamPrefixes)) as RecordedEvent[];
    if (events.length > 0) yield events;
    from = records.at(-1)?.position ?? from;
    if (end || records.length === 0) return;
  }
}

/**
 * The server takes a position beyond its end in silence and skips what is appended until then: such a position is of
 * another log, or of this one before it was restored from a backup. A node that lags behind gets a moment to follow.
 * @throws ForeignPositionError when it is malformed or lies beyond the end of the log
 */
export async function checkPosition(reader: Reader, position: Position | 'start' | 'end'): Promise<void> {
  if (position === 'start' || position === 'end') return;
  toPlace(position);
  for (let tries = 0; tries < 5; tries++) {
    const last = await reader.last();
    if (last !== null && position <= last) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new ForeignPositionError(position, 'beyond the end of this log: the position is from another store, or the log was restored from a backup');
}

/** All that a read gives, converted as it comes (what the client made of it is then gone at once); it fails when nothing comes for `silenceMs`. */
function collect<T>(read: StreamingRead<ResolvedEvent>, silenceMs: number, convert: (resolved: ResolvedEvent) => T | null): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const found: T[] = [];
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
    };
    const stop = (): void => {
      read.cancel().catch(() => undefined);
      reject(new TimedOutError(silenceMs));
    };
    const timer = setTimeout(() => finish(stop), silenceMs);
    read.on('data', (event: ResolvedEvent) => {
      const converted = convert(event);
      if (converted !== null) found.push(converted);
      timer.refresh();
    });
    read.on('end', () => finish(() => resolve(found)));
    // Stays on: the client emits errors also after the end, and an error that nobody hears ends the process.
    read.on('error', (error: Error) => finish(() => reject(error)));
  });
}
