/**
 * What can be checked of any store's log while it is read once, event by event: the form of each event, dense revisions,
 * and that no id stands twice in a stream. Memory: a few dozen bytes a stream, and 8 to 23 bytes an event.
 */
import { checkEvents } from './checks.js';
import { createFingerprints } from './fingerprints.js';
import type { Position, RecordedEvent } from './port.js';

/** One thing that is wrong, and where. */
export interface Finding {
  position: Position | null;
  streamId: string | null;
  message: string;
}

/** What one check looked at and what it found. */
export interface CheckReport {
  check: string;
  looked: number;
  /** What was looked at: events, blocks, runs … */
  unit: string;
  /** The first LISTED findings. */
  findings: Finding[];
  /** How many there are in all. */
  found: number;
}

/** More findings than this are counted and not listed. */
export const LISTED = 100;

export function emptyReport(check: string, unit: string): CheckReport {
  return { check, looked: 0, unit, findings: [], found: 0 };
}

export function find(report: CheckReport, message: string, where: Partial<Pick<RecordedEvent, 'position' | 'streamId'>> = {}): void {
  report.found++;
  if (report.findings.length < LISTED) report.findings.push({ position: where.position ?? null, streamId: where.streamId ?? null, message });
}

export interface LogChecksOptions {
  /** Whether others may write to and truncate streams, as in EventStoreDB: one may begin above 0, and hold what is no JSON. */
  shared: boolean;
  /** Whether the stream's revisions from `first` to `last` are known to be lost with something that was reported already. */
  isLost?: (streamId: string, first: number, last: number) => boolean;
  /** The revision below `before` at which the stream holds the id; null: at none. Asked when a repetition is suspected. */
  findId: (streamId: string, id: string, before: number) => Promise<number | null>;
}

export interface LogChecks {
  /** To be called with every event in log order. */
  see(event: RecordedEvent): void;
  /** Waits for what is still being looked up, and gives the reports. */
  reports(): Promise<CheckReport[]>;
  /** The revision after the last one seen of the stream. */
  nextRevision(streamId: string): number;
  /** How many events were seen. */
  seen(): number;
}

interface Stream {
  number: number;
  next: number;
}

export function createLogChecks({ shared, isLost = () => false, findId }: LogChecksOptions): LogChecks {
  const form = emptyReport('form', 'events');
  const revisions = emptyReport('revisions', 'events');
  const ids = emptyReport('ids', 'events');
  const streams = new Map<string, Stream>();
  const fingerprints = createFingerprints();
  const suspected: { event: Pick<RecordedEvent, 'id' | 'streamId' | 'revision' | 'position'> }[] = [];

  function see(event: RecordedEvent): void {
    const { streamId, revision, position } = event;
    form.looked++;
    revisions.looked++;
    ids.looked++;
    const fault = faultOf(event) ?? (shared ? wrapped(event) : null);
    if (fault !== null) find(form, `${streamId}/${revision}: ${fault}`, event);

    let stream = streams.get(streamId);
    if (!stream) streams.set(streamId, (stream = { number: streams.size, next: shared ? revision : 0 }));
    if (revision < stream.next) find(revisions, `${streamId}: revision ${revision} comes again, or after ${stream.next - 1}`, event);
    else if (revision > stream.next && !isLost(streamId, stream.next, revision - 1)) {
      find(revisions, `${streamId}: revision ${revision} follows ${stream.next === 0 ? 'nothing' : stream.next - 1}; ${count(revision - stream.next, 'event is', 'events are')} missing`, event);
    }
    stream.next = Math.max(stream.next, revision + 1);

    if (fingerprints.add(stream.number, event.id)) {
      if (suspected.length < LISTED) suspected.push({ event: { id: event.id, streamId, revision, position } });
      // A fingerprint that deceives is so rare that beyond what is listed it may be counted.
      else ids.found++;
    }
  }

  return {
    see,
    nextRevision: (streamId) => streams.get(streamId)?.next ?? 0,
    seen: () => form.looked,
    async reports() {
      for (const { event } of suspected.splice(0)) {
        const first = await findId(event.streamId, event.id, event.revision);
        if (first !== null) find(ids, `${event.streamId}: the id ${event.id} stands at revision ${first} and again at ${event.revision}`, event);
      }
      return [form, revisions, ids];
    },
  };
}

export function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
let lastTime = '';

/** Neighbours mostly share the time. */
function isTime(text: string): boolean {
  if (text === lastTime) return true;
  if (!isoTime.test(text) || Number.isNaN(Date.parse(text))) return false;
  lastTime = text;
  return true;
}

/** What is wrong with the event by itself, or null. */
function faultOf(event: RecordedEvent): string | null {
  try {
    checkEvents([event]);
  } catch (error) {
    return (error as Error).message.replace('events[0].', '');
  }
  if (!Number.isSafeInteger(event.revision) || event.revision < 0) return `its revision ${event.revision} is not a whole number`;
  if (!isTime(event.recordedAt)) return `recordedAt is no time: ${JSON.stringify(event.recordedAt)}`;
  const { metadata } = event;
  if ('recordedAt' in metadata && !(typeof metadata['recordedAt'] === 'string' && isTime(metadata['recordedAt']))) return `metadata.recordedAt is no time: ${JSON.stringify(metadata['recordedAt'])}`;
  return null;
}

/** What eventstoredb/records.ts makes of bytes, and of JSON that is no object, in words; null where it is neither. */
export function wrapped({ data, metadata }: RecordedEvent): string | null {
  for (const [name, value] of [['data', data], ['metadata', metadata]] as const) {
    const keys = Object.keys(value);
    if (keys.length === 1 && keys[0] === 'base64') return `${name} is bytes, where a JSON object is expected`;
    if (keys.length === 1 && keys[0] === 'value') return `${name} is JSON but not an object`;
  }
  return null;
}
