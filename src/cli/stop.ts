/** Ctrl-C, for commands that first finish what they are at. */

/** Aborts on the first SIGINT or SIGTERM; a second one ends the process as ever. */
export function stopOnInterrupt(): AbortSignal {
  const stop = new AbortController();
  const interrupted = (): void => {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    stop.abort();
  };
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  return stop.signal;
}
