/** Hears of new events by a stream, so that a poll need not be waited for; polling goes on where there is none. */

export interface LiveFeed {
  /** open: news come by themselves; connecting: they did, and it tries again; off: the page has to ask. */
  state(): 'open' | 'connecting' | 'off';
  /** Listens to another world. */
  follow(scenario: string | null): void;
}

const SILENCE_MS = 45_000;
/** However fast events come, the page asks no oftener. */
const TOGETHER_MS = 1000;

/**
 * @param news something was stored
 * @param turned the stream was opened, or lost
 */
export function listenLive(news: () => void, turned: () => void): LiveFeed {
  let source: EventSource | null = null;
  let heardAt = 0;
  let waiting = false;
  let world: string | null = null;
  let wasOpen = false;
  const heard = (): void => { heardAt = Date.now(); };

  function connect(): void {
    source?.close();
    const scenario = world === null ? '' : `&scenario=${encodeURIComponent(world)}`;
    source = new EventSource(`/v1/replay?follow=true&after=head${scenario}`);
    source.addEventListener('open', () => {
      wasOpen = true;
      heard();
      turned();
    });
    source.addEventListener('progress', heard);
    source.addEventListener('message', () => {
      heard();
      if (waiting) return;
      waiting = true;
      setTimeout(() => {
        waiting = false;
        news();
      }, TOGETHER_MS);
    });
    // It comes back by itself, except where it was refused: polling then tells why.
    source.addEventListener('error', turned);
  }

  const isOpen = (): boolean => source?.readyState === EventSource.OPEN && Date.now() - heardAt < SILENCE_MS;
  connect();
  setInterval(() => {
    // A connection may be dead without anybody saying so.
    if (!isOpen() && source?.readyState !== EventSource.CONNECTING && !document.hidden) connect();
  }, SILENCE_MS);
  addEventListener('online', connect);
  return {
    state: () => (isOpen() ? 'open' : wasOpen && source?.readyState === EventSource.CONNECTING ? 'connecting' : 'off'),
    follow(scenario) {
      if (scenario === world) return;
      world = scenario;
      wasOpen = false;
      connect();
    },
  };
}
