/**
 * What every store refuses, checked once at the head of each adapter's append, so that all of them refuse the same
 * things with the same words; and the two rules about revisions that adapters without a server have to apply themselves.
 * The values are walked once. Only when that walk finds something wrong does a second one look for its path.
 */
import { AppendTooLargeError, InvalidEventError, type ExpectedRevision, type Json, type JsonObject, type NewEvent } from './port.js';

/** The most JSON one append may hold: EventStoreDB's default limit, applied everywhere so that data can move. */
export const APPEND_LIMIT_BYTES = 1024 * 1024;

/** The longest stream id or type, in UTF-8 bytes. LMDB keys end at 1,978 bytes. */
const NAME_LIMIT_BYTES = 1024;
/** Deeper nesting is a cycle or a mistake; recursion stays far from the stack's end. */
const DEPTH_LIMIT = 100;
/** No finite number is longer in JSON: -1.2345678901234567e-300. */
const LONGEST_NUMBER = 25;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** What JSON writes as itself, one byte a character. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const loneSurrogate = /\p{Surrogate}/u;
const control = /[\u0000-\u001f\u007f]/;

/**
 * Checks one append: names, ids, JSON values and size.
 * @returns for each event, a number of JSON bytes it does not exceed (type, data and metadata together)
 * @throws InvalidEventError with the path of what is wrong, AppendTooLargeError
 */
export function checkAppend(streamId: string, events: readonly NewEvent[], expectedRevision: ExpectedRevision): number[] {
  checkName('streamId', streamId);
  if (streamId.startsWith('$')) throw new InvalidEventError('streamId', 'a leading $ is reserved for system streams');
  checkExpectedRevision(expectedRevision);
  const sizes = checkEvents(events);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  // The walk's figure is an upper bound: what passes it needs no exact count.
  if (total > APPEND_LIMIT_BYTES) {
    const exact = events.reduce((sum, event) => sum + jsonBytes(event), 0);
    if (exact > APPEND_LIMIT_BYTES) throw new AppendTooLargeError(exact, APPEND_LIMIT_BYTES);
  }
  return sizes;
}

/**
 * Checks a list of events, whatever its size: at least one, each well-formed, no id twice.
 * @returns for each event, a number of JSON bytes it does not exceed
 * @throws InvalidEventError with the path of what is wrong
 */
export function checkEvents(events: readonly NewEvent[]): number[] {
  if (!isList(events) || events.length === 0) throw new InvalidEventError('events', 'an append holds at least one event');
  const ids = new Set<string>();
  return events.map((event, index) => checkEvent(event, `events[${index}]`, ids));
}

/** The bytes an event counts against the limit: its type, and data and metadata as JSON in UTF-8. */
export function jsonBytes(event: Pick<NewEvent, 'type' | 'data' | 'metadata'>): number {
  return Buffer.byteLength(event.type) + Buffer.byteLength(JSON.stringify(event.data)) + Buffer.byteLength(JSON.stringify(event.metadata));
}

/** Whether a stream whose last revision is `actual` (-1: no stream) is as the caller expects. */
export function revisionMatches(expected: ExpectedRevision, actual: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'stream_exists') return actual >= 0;
  return actual === (expected === 'no_stream' ? -1 : expected);
}

/**
 * For an append that failed its revision: the revision its first event would have had, if the append may be a repetition
 * of one that the stream already holds in full; else null. The caller then compares the ids from there on.
 */
export function repetitionStart(expected: ExpectedRevision, count: number, actual: number): number | null {
  if (expected === 'any' || expected === 'stream_exists') return null;
  const first = expected === 'no_stream' ? 0 : expected + 1;
  return first + count - 1 <= actual ? first : null;
}

/** A copy of checked JSON, -0 as the 0 that JSON makes of it: what the caller changes later does not reach the store. */
export function copyJson<T extends Json>(value: T): T;
export function copyJson(value: Json): Json {
  if (typeof value === 'number') return value + 0;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copyJson(item));
  const copied: JsonObject = {};
  for (const key of Object.keys(value)) copied[key] = copyJson(value[key] as Json);
  return copied;
}

/**
 * Checks the limit of a stream read.
 * @throws RangeError when it is not a whole number of 0 or more
 */
export function checkLimit(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError(`limit: expected a whole number of 0 or more, found ${limit}`);
  return limit;
}

function checkExpectedRevision(expected: ExpectedRevision): void {
  if (expected === 'any' || expected === 'no_stream' || expected === 'stream_exists') return;
  if (typeof expected === 'number' && Number.isSafeInteger(expected) && expected >= 0) return;
  throw new InvalidEventError('expectedRevision', "expected 'any', 'no_stream', 'stream_exists' or a whole number of 0 or more");
}

function checkEvent(event: NewEvent, path: string, ids: Set<string>): number {
  if (typeof event !== 'object' || event === null) throw new InvalidEventError(path, 'not an event');
  if (typeof event.id !== 'string' || !uuid.test(event.id)) throw new InvalidEventError(`${path}.id`, 'not a lower-case UUID');
  if (ids.has(event.id)) throw new InvalidEventError(`${path}.id`, `${event.id} occurs twice in this append`);
  ids.add(event.id);
  checkName(`${path}.type`, event.type);
  // Of a system type it would be stored and never shown: EventStoreDB's readers leave system events out.
  if (event.type.startsWith('$')) throw new InvalidEventError(`${path}.type`, 'a leading $ is reserved for system events');
  return event.type.length * 3 + checkObject(event.data, `${path}.data`) + checkObject(event.metadata, `${path}.metadata`);
}

function checkName(path: string, name: unknown): void {
  if (typeof name !== 'string' || name === '') throw new InvalidEventError(path, 'expected a text that is not empty');
  if (control.test(name)) throw new InvalidEventError(path, 'control characters are not allowed');
  if (loneSurrogate.test(name)) throw new InvalidEventError(path, 'half a surrogate pair cannot be stored');
  if (name.length * 3 > NAME_LIMIT_BYTES && Buffer.byteLength(name) > NAME_LIMIT_BYTES) throw new InvalidEventError(path, `longer than ${NAME_LIMIT_BYTES} bytes`);
}

function checkObject(value: unknown, path: string): number {
  if (!isPlainObject(value)) throw new InvalidEventError(path, 'expected a plain object');
  const size = walk(value, DEPTH_LIMIT);
  if (size < 0) throw findFault(value, path, DEPTH_LIMIT) ?? new InvalidEventError(path, 'not JSON');
  return size;
}

/** An upper bound of the value's JSON bytes, or -1 when it is not JSON. */
function walk(value: unknown, depth: number): number {
  switch (typeof value) {
    case 'string':
      return textBytes(value);
    case 'number':
      return Number.isInteger(value) && value < 1e6 && value > -1e5 ? 6 : Number.isFinite(value) ? LONGEST_NUMBER : -1;
    case 'boolean':
      return 5;
    case 'object': {
      if (value === null) return 4;
      if (depth === 0) return -1;
      let size = 2;
      if (Array.isArray(value)) {
        // By index: a hole reads as undefined and is refused.
        for (let index = 0; index < value.length; index++) {
          const item = walk(value[index], depth - 1);
          if (item < 0) return -1;
          size += item + 1;
        }
        return size;
      }
      if (!isPlainObject(value)) return -1;
      for (const key of Object.keys(value)) {
        if (key === '__proto__') return -1;
        const name = textBytes(key);
        const item = walk(value[key], depth - 1);
        if (name < 0 || item < 0) return -1;
        size += name + item + 2;
      }
      return size;
    }
    default:
      return -1;
  }
}

function textBytes(text: string): number {
  if (plain.test(text)) return text.length + 2;
  // An escape takes six bytes (\u0000), and so does no character beyond ASCII.
  return loneSurrogate.test(text) ? -1 : text.length * 6 + 2;
}

/** The first fault in a value that failed the walk, with its path. */
function findFault(value: unknown, path: string, depth: number): InvalidEventError | undefined {
  if (typeof value === 'string') return loneSurrogate.test(value) ? new InvalidEventError(path, 'half a surrogate pair cannot be stored') : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : new InvalidEventError(path, `${value} is not a JSON number`);
  if (typeof value === 'boolean' || value === null) return undefined;
  if (typeof value !== 'object') return new InvalidEventError(path, `${typeof value} is not a JSON value`);
  if (depth === 0) return new InvalidEventError(path, `nested deeper than ${DEPTH_LIMIT} levels, or a cycle`);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const fault = findFault(value[index], `${path}[${index}]`, depth - 1);
      if (fault) return fault;
    }
    return undefined;
  }
  if (!isPlainObject(value)) return new InvalidEventError(path, 'expected a plain object');
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return new InvalidEventError(`${path}.${key}`, 'the key __proto__ is not allowed');
    if (loneSurrogate.test(key)) return new InvalidEventError(`${path}[${JSON.stringify(key)}]`, 'half a surrogate pair cannot be stored');
    const fault = findFault(value[key], /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`, depth - 1);
    if (fault) return fault;
  }
  return undefined;
}

/** Array.isArray would turn the element type into any. */
const isList: (value: unknown) => boolean = Array.isArray;

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
