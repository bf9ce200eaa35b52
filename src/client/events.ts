/** Follows the log from a client: each event once and in order, through whatever cuts the connection. */
import type { components, paths } from './paths.js';
import { messagesOf, type Ask } from './follow.js';
import { isRefusal, retrying } from './retry.js';

export type ReplayStep = components['schemas']['ReplayStep'];
type ReplayQuery = NonNullable<paths['/v1/replay']['get']['parameters']['query']>;

export interface EventsOptions extends Omit<ReplayQuery, 'follow' | 'order' | 'speed' | 'rate' | 'longestWait' | 'limit'> {
  signal?: AbortSignal | undefined;
  retryMs?: number | undefined;
}

/** The server says something every 15 seconds. */
const SILENCE_MS = 45_000;

/** @param asks for what comes after a cursor */
export async function* events(asks: (after: string | null) => Ask, { signal = new AbortController().signal, retryMs = 500, after: first }: Pick<EventsOptions, 'signal' | 'retryMs' | 'after'>): AsyncGenerator<ReplayStep, void> {
  let after = first ?? null;
  const retry = retrying(retryMs, signal);
  while (!signal.aborted) {
    try {
      for await (const { event, id, data } of messagesOf(asks(after), {}, signal, () => SILENCE_MS)) {
        retry.worked();
        if (event === 'end') return;
        if (event === undefined) yield JSON.parse(data) as ReplayStep;
        if (id !== undefined && id !== '') after = id;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) throw error;
    }
    await retry.wait();
  }
}
