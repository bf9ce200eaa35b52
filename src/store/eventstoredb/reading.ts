/**
 * Reading: $all from a place on, and ranges of one stream, each with its own timer, since the client has none for reads.
 * What comes is handed on in small chunks: a thousand events kept at once cost the collector more than all else here.
 */
import { BACKWARDS, END, FORWARDS, START, type EventStoreDBClient, type ResolvedEvent, type StreamingRead } from '@eventstore/db-client';
import { ForeignPositionError, StoreClosedError, StoreOpenError, type Direction, type Position, type ReadAllOptions, type ReadStreamOptions, type RecordedEvent } from '../port.js';
import { attempt, within, type Connection, type Patience } from './connection.js';
import { AccessDeniedError, classify, EventStoreDbError, EventStoreUnavailableError, READ_ALL_DENIED, StreamDeletedError } from './errors.js';
import { toPlace } from './position.js';
import { hasPrefix, toRecorded, toScanned, type Scanned } from './records.js';

/** How many events the client holds for a reader who is slower than the server; a chunk is about as many. */
const HELD = { highWaterMark: 128 };

export interface Reader {
  /** The records beyond a position in chunks, up to the end of the log; after a passing failure it goes on where it was. */
  scan(from: Position | 'start' | 'end', direction: Direction, patience?: Patience): AsyncGenerator<Scanned[], void, undefined>;
  /** Position of the last record of $all, system events included. */
  last(patience?: Patience): Promise<Position | null>;
  stream(streamId: string, options: Required<ReadStreamOptions>): Promise<RecordedEvent[]>;
}

export function createReader(connection: Connection, usual: Patience): Reader {
  async function named<T>(what: string, { timeoutMs, patienceMs }: Patience, work: () => Promise<T>): Promise<T> {
    try {
      // The work's own timer is sooner: it bounds silence.
      return await attempt(connection, { timeoutMs: timeoutMs * 6, patienceMs }, work);
    } catch (error) {
      if (error instanceof StoreClosedError || error instanceof StoreOpenError) throw error;
      const { kind } = classify(error);
      if (kind === 'denied') throw new AccessDeniedError(what === '$all' ? READ_ALL_DENIED : `this user may not read the stream ${what}`, error);
      if (kind === 'deleted') throw new StreamDeletedError(what, error);
      if (kind === 'passing') throw new EventStoreUnavailableError(connection.where, error);
      throw error;
    }
  }

  /** All that a short read gives. */
  function collect<T>(what: string, patience: Patience, convert: Convert<T>, start: Start): Promise<T[]> {
    return named(what, patience, async () => {
      const read = openRead(connection, start, convert);
      try {
        const found: T[] = [];
        for (let chunk; (chunk = await read.next(patience.timeoutMs)); ) found.push(...chunk);
        return found;
      } finally {
        read.close();
      }
    });
  }

  async function* scan(from: Position | 'start' | 'end', direction: Direction, patience: Patience = usual): AsyncGenerator<Scanned[], void, undefined> {
    const forwards = direction === 'forwards';
    let place = from;
    let read: Read<Scanned> | undefined;
    const open = (): Promise<Scanned[] | null> => {
      const fromPosition = place === 'start' || place === 'end' ? place : toPlace(place);
      read = openRead(connection, (client) => client.readAll({ fromPosition, direction: forwards ? FORWARDS : BACKWARDS, resolveLinkTos: false }, HELD), toScanned);
      return more(read);
    };
    const more = async (under: Read<Scanned>): Promise<Scanned[] | null> => {
      try {
        return await under.next(patience.timeoutMs);
      } catch (error) {
        under.close(error);
        read = undefined;
        throw error;
      }
    };
    try {
      for (;;) {
        // One that breaks under way is opened again, with patience; what it broke of is not told.
        let chunk = read && (await more(read).catch(() => undefined));
        if (chunk === undefined) chunk = await named('$all', patience, open);
        // A read that is cut off by the closing ends like one that is complete.
        if (chunk === null && connection.closed) throw new StoreClosedError();
        if (chunk === null) return;
        // The server includes the position itself forwards; the port excludes it both ways.
        const records = chunk.filter(({ position }) => place === 'start' || place === 'end' || (forwards ? position > place : position < place));
        place = records.at(-1)?.position ?? place;
        if (records.length > 0) yield records;
      }
    } catch (error) {
      const { kind } = classify(error);
      if (kind === 'bad-argument' && from !== 'start' && from !== 'end') throw new ForeignPositionError(from, 'this log has no record there: the position is from another store');
      throw kind === 'passing' || kind === 'denied' ? error : new EventStoreDbError(connection.where, error);
    } finally {
      read?.close();
    }
  }

  return {
    scan,
    last: async (patience = usual) => {
      const [record] = await collect('$all', patience, toScanned, (client) => client.readAll({ fromPosition: END, maxCount: 1, direction: BACKWARDS, resolveLinkTos: false }));
      return record?.position ?? null;
    },
    stream: async (streamId, { from, direction, limit }) => {
      const forwards = direction === 'forwards';
      if (limit === 0 || from === (forwards ? 'end' : 'start') || (!forwards && from === 0)) return [];
      const fromRevision = from === 'start' ? START : from === 'end' ? END : BigInt(forwards ? from + 1 : from - 1);
      try {
        return await collect(streamId, usual, toRecorded, (client) => client.readStream(streamId, { fromRevision, maxCount: limit, direction: forwards ? FORWARDS : BACKWARDS, resolveLinkTos: false }));
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
  const from = options.from ?? (direction === 'forwards' ? 'start' : 'end');
  if (isClosed()) throw new StoreClosedError();
  await checkPosition(reader, from);
  if (from === (direction === 'forwards' ? 'end' : 'start')) return;
  for await (const records of reader.scan(from, direction)) {
    const events = records.map(({ event }) => event).filter((event): event is RecordedEvent => event !== null && hasPrefix(event, streamPrefixes));
    if (events.length > 0) yield events;
    if (isClosed()) throw new StoreClosedError();
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

type Start = (client: EventStoreDBClient) => StreamingRead<ResolvedEvent>;
type Convert<T> = (resolved: ResolvedEvent) => T | null;

/** A read under way, on a client that is kept for it: one that is let go of cuts off its reads, which then look complete. */
interface Read<T> {
  /** What has come since, as soon as there is something; null at the end. Fails when nothing comes for so long. */
  next(silenceMs: number): Promise<T[] | null>;
  /** @param reason what it failed of: the client may have to be discarded for it */
  close(reason?: unknown): void;
}

function openRead<T>(connection: Connection, start: Start, convert: Convert<T>): Read<T> {
  const lease = connection.lease();
  const read = start(lease.client);
  let over = false;
  let failure: Error | undefined;
  let wake = (): void => undefined;
  read.on('readable', () => wake());
  read.on('end', () => {
    over = true;
    wake();
  });
  // Stays on: the client emits errors also after the end, and an error that nobody hears ends the process.
  read.on('error', (error: Error) => {
    failure ??= error;
    wake();
  });
  return {
    next: async (silenceMs) => {
      for (;;) {
        if (failure) throw failure;
        const chunk: T[] = [];
        for (let resolved; (resolved = read.read() as ResolvedEvent | null) !== null; ) {
          const converted = convert(resolved);
          if (converted !== null) chunk.push(converted);
        }
        if (chunk.length > 0) return chunk;
        if (over) return null;
        await within(silenceMs, new Promise<void>((resolve) => (wake = resolve)));
        // A turn later more has come: what is done once a chunk is done less often.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: (reason) => {
      if (reason !== undefined && classify(reason).renew) lease.renew();
      // Cancelling may fail or never answer; nobody waits for it.
      read.cancel().catch(() => undefined).finally(() => lease.release());
      read.destroy();
    },
  };
}
