/**
 * The short way through the gate for what logs are full of: bars, and envelopes without anything unusual. Each check says
 * yes only to what its zod schema would accept and leave unchanged (a property test holds that); all else takes the long
 * way. Reading a million bars would otherwise spend twenty times longer in zod than in decoding them.
 */
import { parseInstant } from './instant.js';
import { hasOnly } from './sorted.js';
import { isSessionPeriod, readPeriod } from './time.js';

const METADATA_KEYS = new Set(['schemaVersion', 'occurredAt', 'publishedAt', 'source', 'confidence', '$correlationId', 'scenario']);
const SOURCE_KEYS = new Set(['document', 'locator']);
const SESSION_TIME_KEYS = new Set(['throughout', 'calendar']);
const AT_KEYS = new Set(['at']);
const BAR_KEYS = new Set(['instrument', 'open', 'high', 'low', 'close', 'volume', 'session', 'currency', 'adjustment']);
const SESSION_KEYS = new Set(['date', 'calendar', 'kind']);
const ADJUSTMENTS = new Set(['none', 'split', 'total-return']);
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const CURRENCY = /^[A-Z]{3}$/;

type Unchecked = Record<string, unknown>;

/** Is this metadata plain and valid? */
export function isPlainMetadata(value: unknown): boolean {
  if (!isRecord(value) || !hasOnly(value, METADATA_KEYS)) return false;
  const { schemaVersion, occurredAt, publishedAt, source, confidence, $correlationId, scenario } = value;
  return (
    typeof schemaVersion === 'number' &&
    Number.isSafeInteger(schemaVersion) &&
    schemaVersion > 0 &&
    isConfidence(confidence) &&
    isPlainTime(occurredAt) &&
    (publishedAt === undefined || isAt(publishedAt)) &&
    isPlainSource(source) &&
    ($correlationId === undefined || (typeof $correlationId === 'string' && $correlationId.length > 0 && $correlationId.length <= 256)) &&
    (scenario === undefined || (typeof scenario === 'string' && SLUG.test(scenario)))
  );
}

/** Is this the data of a valid bar of the current version? */
export function isPlainBar(value: unknown): boolean {
  if (!isRecord(value) || !hasOnly(value, BAR_KEYS)) return false;
  const { instrument, open, high, low, close, volume, session, currency, adjustment } = value;
  if (typeof instrument !== 'string' || !SLUG.test(instrument) || !isPrice(close)) return false;
  if ((open !== undefined && !isPrice(open)) || (high !== undefined && !isPrice(high)) || (low !== undefined && !isPrice(low))) return false;
  if (volume !== undefined && !(typeof volume === 'number' && volume >= 0 && volume < Infinity)) return false;
  if (currency !== undefined && !(typeof currency === 'string' && CURRENCY.test(currency))) return false;
  if (typeof adjustment !== 'string' || !ADJUSTMENTS.has(adjustment) || !isRecord(session) || !hasOnly(session, SESSION_KEYS)) return false;
  if (session['kind'] !== 'regular' || session['calendar'] !== 'US' || typeof session['date'] !== 'string' || !isSessionPeriod(session['date'], 'US')) return false;
  const top = high ?? Infinity;
  const bottom = low ?? 0;
  const first = open ?? close;
  return bottom <= top && first >= bottom && first <= top && close >= bottom && close <= top;
}

const NEW_BAR_METADATA_KEYS = new Set(['schemaVersion', 'source', 'confidence']);
const INPUT_KEYS = new Set(['id', 'type', 'data', 'metadata']);
const BAR_VERSION = 2;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A new bar with nothing unusual about it, as the gate would let it in: its session fills occurredAt, its version and
 * confidence are today's and 1 where they are not given.
 * @param latest the session must have ended by then, in milliseconds
 * @returns null for anything that the gate has to look at itself
 */
export function plainNewBar(input: unknown, latest: number): { id: string | undefined; instrument: string; data: Unchecked; metadata: Unchecked } | null {
  if (!isRecord(input) || input['type'] !== 'BarClosed' || !hasOnly(input, INPUT_KEYS)) return null;
  const { id, data, metadata: given } = input;
  if ((id !== undefined && !(typeof id === 'string' && UUID.test(id))) || !isPlainBar(data) || !isRecord(given)) return null;
  const bar = data as { instrument: string; session: { date: string; calendar: 'US' } };
  const { date, calendar } = bar.session;
  // A time of its own, or a publication, is compared with the session by the gate; whatever else there is, it looks at.
  if (!hasOnly(given, NEW_BAR_METADATA_KEYS)) return null;
  const { source, confidence = 1, schemaVersion = BAR_VERSION } = given;
  if (schemaVersion !== BAR_VERSION || !isPlainSource(source) || !isConfidence(confidence)) return null;
  if ((readPeriod(date, bar.session)?.hi.ms ?? Infinity) > latest) return null;
  return { id, instrument: bar.instrument, data: data as Unchecked, metadata: { schemaVersion, occurredAt: { throughout: date, calendar }, source, confidence } };
}

function isPlainSource(source: unknown): boolean {
  return isRecord(source) && hasOnly(source, SOURCE_KEYS) && isText(source['document']) && (source['locator'] === undefined || isText(source['locator']));
}

function isConfidence(confidence: unknown): boolean {
  return typeof confidence === 'number' && confidence > 0 && confidence <= 1;
}

function isPlainTime(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if (typeof value['throughout'] === 'string') return value['calendar'] === 'US' && hasOnly(value, SESSION_TIME_KEYS) && isSessionPeriod(value['throughout'], 'US');
  return isAt(value);
}

function isAt(value: unknown): boolean {
  return isRecord(value) && typeof value['at'] === 'string' && hasOnly(value, AT_KEYS) && parseInstant(value['at']) !== null;
}

/** A text that trimming leaves as it is. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= 2000 && value.trim().length === value.length;
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < Infinity;
}

function isRecord(value: unknown): value is Unchecked {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
