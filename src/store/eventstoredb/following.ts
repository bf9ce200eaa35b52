/**
 * subscribe of the port: one loop that always goes on from its last position. Behind, it reads the log; once it has met
 * the feed it takes what the feed kept for it; when that was too much to keep, it reads again.
 */
import type { Position, RecordedEvent, SubscribeOptions, SubscriptionMessage } from '../port.js';
import type { Feed } from './feed.js';
import type { FeedItem, Member } from './member.js';
import { checkPosition, type Reader } from './reading.js';
import { hasPrefix } from './records.js';

/** How long to wait for a node that lags behind the one that the feed came from. */
const LAG_MS = 50;

export function followLog(reader: Reader, feed: () => Feed, options: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
  // 'end' means the end as of this call, not as of the first message asked for.
  const start = options.after === 'end' ? reader.last().then((last) => last ?? 'start') : checkPosition(reader, options.after).then(() => options.after);
  start.catch(() => undefined);
  return follow(reader, feed, start, options);
}

async function* follow(reader: Reader, feed: () => Feed, start: Promise<Position>, { streamPrefixes = [], signal }: SubscribeOptions): AsyncGenerator<SubscriptionMessage> {
  if (signal.aborted) return;
  const begin = await unlessAborted(start, signal);
  if (begin === undefined) return;
  const place = { position: begin };
  const member = feed().join(streamPrefixes);
  try {
    while (!signal.aborted) {
      member.restart();
      yield* catchUp(reader, place, streamPrefixes, signal);
      if (isAborted(signal)) return;
      while (member.goal() === undefined && !isAborted(signal)) await member.changed(signal);
      if (!hasMet(place.position, member.goal())) {
        await new Promise((resolve) => setTimeout(resolve, LAG_MS));
        continue;
      }
      yield { kind: 'caughtUp', position: place.position === 'start' ? null : place.position };
      yield* listen(member, place, signal);
    }
  } finally {
    member.leave();
  }
}

/** Reads from the place to the end of the log. */
async function* catchUp(reader: Reader, place: { position: Position | 'start' }, prefixes: readonly string[], signal: AbortSignal): AsyncGenerator<SubscriptionMessage> {
  const log = reader.scan(place.position, 'forwards');
  try {
    for (;;) {
      const next = await unlessAborted(log.next(), signal);
      if (next === undefined || next.done) return;
      const last = next.value.at(-1);
      if (!last) continue;
      place.position = last.position;
      const events = next.value.map(({ event }) => event).filter((event): event is RecordedEvent => event !== null && hasPrefix(event, prefixes));
      if (events.length > 0) yield { kind: 'events', events };
      if (isAborted(signal)) return;
      if (events.at(-1)?.position !== last.position) yield { kind: 'checkpoint', position: last.position };
      if (isAborted(signal)) return;
    }
  } finally {
    // Not awaited: it ends only when the read under way does.
    log.return().catch(() => undefined);
  }
}

/** Takes from the feed until there was too much to keep. */
async function* listen(member: Member, place: { position: Position | 'start' }, signal: AbortSignal): AsyncGenerator<SubscriptionMessage> {
  while (!signal.aborted) {
    const items = member.take();
    if (items === null) return;
    if (items.length === 0) await member.changed(signal);
    for (const message of toMessages(items, place)) {
      yield message;
      if (isAborted(signal)) return;
    }
  }
}

/** What is beyond the place, in the feed's order; adjacent events together. Each message moves the place. */
function* toMessages(items: readonly FeedItem[], place: { position: Position | 'start' }): Generator<SubscriptionMessage> {
  let events: RecordedEvent[] = [];
  const isNew = (position: Position): boolean => place.position === 'start' || position > place.position;
  for (const item of items) {
    if (item.kind === 'event') {
      if (!isNew(item.event.position)) continue;
      place.position = item.event.position;
      events.push(item.event);
      continue;
    }
    if (item.kind === 'checkpoint' && !isNew(item.position)) continue;
    if (events.length > 0) yield { kind: 'events', events };
    events = [];
    if (item.kind === 'checkpoint') place.position = item.position;
    yield item.kind === 'checkpoint' ? item : { kind: 'caughtUp', position: place.position === 'start' ? null : place.position };
  }
  if (events.length > 0) yield { kind: 'events', events };
}

function hasMet(position: Position | 'start', goal: Position | 'start' | undefined): boolean {
  return goal === 'start' || (goal !== undefined && position !== 'start' && position >= goal);
}

/** Asked anew after each yield: the compiler would take the loop's own test for granted. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** What the promise comes to, undefined when the signal aborts first. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
