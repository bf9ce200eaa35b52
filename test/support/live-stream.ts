/** A stream of server-sent events as a test reads it: message by message, and put together as docs/live.md says. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { applyChange, type Body, type Change, type Keys } from '../../src/views/live/changes.js';

export interface Told {
  event: string;
  id: string | null;
  data: Record<string, unknown>;
}

export interface OpenStream {
  response: Response;
  next(): Promise<Told | null>;
  /** The next message of this kind; others are passed over. */
  next1(event: string): Promise<Told>;
  close(): void;
}

export async function openStream(url: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: leaving.signal });
  const chunks = (response.body ?? new ReadableStream()).getReader();
  const decoder = new TextDecoder();
  const waiting: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => waiting.push(message) });
  async function next(): Promise<Told | null> {
    while (waiting.length === 0) {
      const { done, value } = await chunks.read();
      if (done) return null;
      parser.feed(decoder.decode(value, { stream: true }));
    }
    const { event, id, data } = waiting.shift() as EventSourceMessage;
    return { event: event ?? 'message', id: id ?? null, data: JSON.parse(data) as Record<string, unknown> };
  }
  return {
    response,
    next,
    async next1(event) {
      for (;;) {
        const told = await next();
        if (told === null) throw new Error(`the stream ended before ${event}`);
        if (told.event === event) return told;
      }
    },
    close: () => { leaving.abort(); },
  };
}

/** What a client has after a message. */
export function taken(body: Body | null, keys: Keys, { event, data }: Told): Body | null {
  if (event === 'snapshot') return data['body'] as Body;
  return event === 'change' && body !== null ? applyChange(body, data as unknown as Change, keys) : body;
}
