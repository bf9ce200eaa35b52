/**
 * Follows a view from a client: a stream while one gets through, long polls where something on the way holds it back.
 * Whatever is cut, delayed or lost in between, each answer that it yields is one that the server gave at that basis.
 */
import { createParser } from 'eventsource-parser';
import { applyChange, ForeignChangeError, type Body, type Change, type Keys } from '../views/live/changes.js';
import { ApiError, problemIn } from './problem.js';
import { isRefusal, retrying } from './retry.js';

export interface FollowOptions {
  signal?: AbortSignal | undefined;
  /** How long the first message of a stream may take before it is asked for by long polls: proxies may hold it back. Default 10 s. */
  patienceMs?: number;
  /** A stream that is silent for so long is taken for dead: the server says something every 15 s. Default 45 s. */
  silenceMs?: number;
  /** The first wait before it is tried again, which doubles up to 30 s. Default 500 ms. */
  retryMs?: number;
}

export interface FollowedAnswer<B> {
  body: B;
  /** Token that gives this body again. */
  basis: string;
  /** How it came. */
  by: 'stream' | 'poll';
}

export type Ask = (headers: Record<string, string>, signal: AbortSignal) => Promise<Response>;

const POLL_S = 20;

interface State {
  body: Body | null;
  keys: Keys;
  id: string | null;
}

/**
 * The answer, and each time that it is another.
 * @param ask sends the request, with these headers beside its own
 * @throws ApiError where the server refuses (not found, not valid, no token); what fails in passing is tried again
 */
export async function* follow<B>(ask: Ask, { signal = new AbortController().signal, patienceMs = 10_000, silenceMs = 45_000, retryMs = 500 }: FollowOptions = {}): AsyncGenerator<FollowedAnswer<B>, void> {
  const state: State = { body: null, keys: {}, id: null };
  const retry = retrying(retryMs, signal);
  while (!signal.aborted) {
    let heard = false;
    try {
      for await (const answer of streamed<B>(ask, state, signal, () => (heard ? silenceMs : patienceMs))) {
        heard = true;
        retry.worked();
        if (answer === 'end') return;
        if (answer !== null) yield answer;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) throw error;
      if (error instanceof HeldBackError) {
        yield* polled<B>(ask, state, signal, retryMs);
        return;
      }
      // A change that does not fit: begin anew.
      if (error instanceof ForeignChangeError) Object.assign(state, { body: null, id: null });
    }
    await retry.wait();
  }
}

/** Thrown when a stream was opened and nothing of it came through. */
class HeldBackError extends Error {
  override readonly name = 'HeldBackError';
}

/** One connection. @yields null for what is no other answer */
async function* streamed<B>(ask: Ask, state: State, signal: AbortSignal, silence: () => number): AsyncGenerator<FollowedAnswer<B> | 'end' | null, void> {
  for await (const message of messagesOf(ask, state.id === null ? {} : { 'last-event-id': state.id }, signal, silence)) {
    const told = take(state, message);
    yield told === 'answer' ? { body: state.body as B, basis: basisOf(message.data), by: 'stream' } : told;
  }
}

export interface Message {
  event?: string | undefined;
  id?: string | undefined;
  data: string;
}

/**
 * The messages of one connection; `end` where the server has nothing more (204).
 * @param silence how long it may be silent by now
 * @throws ApiError, HeldBackError, and what fetch throws
 */
export async function* messagesOf(ask: Ask, headers: Record<string, string>, signal: AbortSignal, silence: () => number): AsyncGenerator<Message, void> {
  const dead = new AbortController();
  let timer = setTimeout(() => { dead.abort(); }, silence());
  const messages: Message[] = [];
  const parser = createParser({ onEvent: (message) => messages.push(message) });
  let heard = false;
  try {
    const response = await ask({ accept: 'text/event-stream', ...headers }, AbortSignal.any([signal, dead.signal]));
    if (response.status === 204) {
      yield { event: 'end', data: '{}' };
      return;
    }
    if (!response.ok) throw new ApiError(response.status, await problemIn(response));
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      parser.feed(decoder.decode(chunk, { stream: true }));
      for (const message of messages.splice(0)) {
        heard = true;
        yield message;
      }
      timer = setTimeout(() => { dead.abort(); }, silence());
    }
  } catch (error) {
    if (dead.signal.aborted && !heard) throw new HeldBackError('nothing of the stream came through');
    throw error;
  } finally {
    clearTimeout(timer);
    dead.abort();
  }
}

function take(state: State, { event, id, data }: Message): 'answer' | 'end' | null {
  if (event === 'end') return 'end';
  if (event === 'reset') Object.assign(state, { body: null, id: null });
  if (event === 'snapshot') {
    const { keys, body } = JSON.parse(data) as { keys: Keys; body: Body };
    Object.assign(state, { body, keys });
  }
  if (event === 'change') {
    if (state.body === null) throw new ForeignChangeError('a change came before what it changes');
    state.body = applyChange(state.body, JSON.parse(data) as Change, state.keys);
  }
  // Only what was taken is gone on from.
  if (id !== undefined) state.id = id;
  return event === 'snapshot' || event === 'change' ? 'answer' : null;
}

function basisOf(data: string): string {
  return (JSON.parse(data) as { basis: string }).basis;
}

/** Long polls: the server answers when it has another answer, or after some seconds that it has not. */
export async function* polled<B>(ask: Ask, state: Pick<State, 'body'>, signal: AbortSignal, retryMs = 500): AsyncGenerator<FollowedAnswer<B>, void> {
  let tag: string | null = null;
  let text = state.body === null ? null : JSON.stringify(state.body);
  const retry = retrying(retryMs, signal);
  while (!signal.aborted) {
    try {
      const response = await ask({ accept: 'application/json', ...(tag === null ? {} : { 'if-none-match': tag, prefer: `wait=${POLL_S}` }) }, signal);
      retry.worked();
      if (response.status === 304) continue;
      if (!response.ok) throw new ApiError(response.status, await problemIn(response));
      tag = response.headers.get('etag');
      const body = (await response.json()) as B;
      const now = JSON.stringify(body);
      if (now !== text) yield { body, basis: response.headers.get('tracker-basis') ?? '', by: 'poll' };
      text = now;
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) throw error;
      await retry.wait();
    }
  }
}
