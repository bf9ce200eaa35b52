/**
 * The log of a scenario as a store: its own streams and, below them, the real events up to its base. It reads through to
 * the real store and appends to the scenario's streams alone; whatever follows a log follows a scenario in the same way.
 */
import { InvalidEventError, type EventStore, type Position, type ReadAllOptions, type ReadStreamOptions, type RecordedEvent, type SubscribeOptions, type SubscriptionMessage } from '../store/port.js';

export interface WorldLog {
  /** What the scenario's streams begin with. */
  own: string;
  /** Where the scenario was opened: no event of its own lies before. */
  opened: Position;
  /** The real streams that it sees, up to a position; null: none. */
  base: { prefix: string; upTo: Position } | null;
  /** Asked before each append. @throws where the scenario takes no more events */
  accepts: () => Promise<void>;
}

export function worldStore(store: EventStore, { own, opened, base, accepts }: WorldLog): EventStore {
  const isBase = (streamId: string): boolean => base !== null && streamId.startsWith(base.prefix);
  const upTo = base?.upTo ?? '';
  const later = (position: Position): Position => (position > opened ? position : opened);
  /** Of the prefixes that are asked for those that are there. */
  const split = (asked: readonly string[] = []): { below: string[]; above: string[] } => ({
    below: base === null ? [] : within(asked, base.prefix),
    above: within(asked, own),
  });

  async function readStream(streamId: string, options: ReadStreamOptions = {}): Promise<RecordedEvent[]> {
    if (streamId.startsWith(own)) return store.readStream(streamId, options);
    if (!isBase(streamId)) return [];
    const { direction = 'forwards', limit = 1000 } = options;
    if (direction === 'forwards') return (await store.readStream(streamId, options)).filter((event) => event.position <= upTo);
    const found: RecordedEvent[] = [];
    let from = options.from ?? 'end';
    for (;;) {
      // What came after the base is passed over, however much that is.
      const page = await store.readStream(streamId, { ...options, from, limit });
      found.push(...page.filter((event) => event.position <= upTo));
      const last = page.at(-1);
      if (page.length < limit || found.length >= limit || !last || last.revision === 0) return found.slice(0, limit);
      from = last.revision;
    }
  }

  async function* forwards({ from = 'start', streamPrefixes }: ReadAllOptions): AsyncGenerator<RecordedEvent[]> {
    const { below, above } = split(streamPrefixes);
    if (from === 'end') return;
    if (below.length > 0 && (from === 'start' || from < upTo)) {
      for await (const batch of store.readAll({ direction: 'forwards', from, streamPrefixes: below })) {
        const seen = batch.filter((event) => event.position <= upTo);
        if (seen.length > 0) yield seen;
        if (seen.length < batch.length) break;
      }
    }
    if (above.length > 0) yield* store.readAll({ direction: 'forwards', from: later(from === 'start' ? '' : from), streamPrefixes: above });
  }

  async function* backwards({ from = 'end', streamPrefixes }: ReadAllOptions): AsyncGenerator<RecordedEvent[]> {
    const { below, above } = split(streamPrefixes);
    if (from === 'start') return;
    if (above.length > 0 && (from === 'end' || from > opened)) {
      for await (const batch of store.readAll({ direction: 'backwards', from, streamPrefixes: above })) {
        yield batch;
        if ((batch.at(-1)?.position ?? '') <= opened) break;
      }
    }
    if (below.length === 0) return;
    for await (const batch of store.readAll({ direction: 'backwards', from: from === 'end' || from > opened ? opened : from, streamPrefixes: below })) {
      const seen = batch.filter((event) => event.position <= upTo);
      if (seen.length > 0) yield seen;
    }
  }

  async function* subscribe({ after, streamPrefixes, signal }: SubscribeOptions): AsyncGenerator<SubscriptionMessage> {
    const { below, above } = split(streamPrefixes);
    let position = after;
    if (after !== 'end' && below.length > 0 && (after === 'start' || after < upTo)) {
      for await (const events of forwards({ from: after, streamPrefixes: below })) {
        if (signal.aborted) return;
        yield { kind: 'events', events };
      }
      position = upTo;
    }
    yield* store.subscribe({ after: position === 'end' ? 'end' : later(position === 'start' ? '' : position), streamPrefixes: above.length > 0 ? above : [own], signal });
  }

  return {
    id: store.id,
    ...(store.appendsInOrder === undefined ? {} : { appendsInOrder: store.appendsInOrder }),
    async append(streamId, events, options) {
      if (!streamId.startsWith(own)) throw new InvalidEventError('streamId', `expected a stream that begins with ${own}: a scenario writes to its own alone, got ${JSON.stringify(streamId)}`);
      await accepts();
      return store.append(streamId, events, options);
    },
    readStream,
    readAll: (options = {}) => (options.direction === 'backwards' ? backwards(options) : forwards(options)),
    subscribe,
    head: () => store.head(),
    // The real store is its owner's to close.
    close: () => Promise.resolve(),
  };
}

/** What of a prefix the asked ones leave: all of it where none is asked. */
function within(asked: readonly string[], prefix: string): string[] {
  if (asked.length === 0 || asked.some((one) => prefix.startsWith(one))) return [prefix];
  return asked.filter((one) => one.startsWith(prefix));
}
