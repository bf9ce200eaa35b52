/** `tracker copy`: moves a store's events to another store, of the same or another kind. */
import { copyAt } from '../../store/copy.js';
import { counted, print, printJson, progressLine } from '../output.js';
import { stopOnInterrupt } from '../stop.js';
import type { GlobalOptions } from '../view-options.js';
import { configOf, note } from '../with-tracker.js';

export async function copy(options: GlobalOptions & { from?: string; to: string; allStreams?: boolean }): Promise<void> {
  const config = configOf(options);
  const line = progressLine();
  const started = performance.now();
  const result = await copyAt(options.from ?? config.store, options.to, {
    streamPrefixes: options.allStreams ? [] : [config.prefix],
    signal: stopOnInterrupt(),
    progress: (step, events, total) => line.show(`${step}: ${events.toLocaleString('en')}${total === null ? '' : ` of ${counted(total, 'event', 'events')}`}, ${((performance.now() - started) / 1000).toFixed(0)} s`),
    log: note,
  }).finally(line.done);
  if (result.leftOut > 0) note(`${counted(result.leftOut, 'event', 'events')} of streams outside of ${config.prefix} were left out: --all-streams copies them too`);
  if (result.sourceWentOn) note('events were appended to the source meanwhile: the same command copies them too');
  if (options.json) return printJson(result);
  const seconds = result.milliseconds / 1000;
  const rate = result.copied === 0 ? '' : ` in ${seconds.toFixed(1)} s (${Math.round(result.copied / seconds).toLocaleString('en')} a second)`;
  print(`${counted(result.copied, 'event', 'events')} copied${rate}, ${result.known.toLocaleString('en')} were there. Both stores hold ${counted(result.events, 'event', 'events')} with the hash ${result.hash}.`);
}
