/** `tracker backup`: a copy of the store in a folder, made beside a running server. */
import { backupAt } from '../../store/backup.js';
import { counted, print, printJson, progressLine } from '../output.js';
import { stopOnInterrupt } from '../stop.js';
import type { GlobalOptions } from '../view-options.js';
import { configOf } from '../with-tracker.js';

export async function backup(folder: string, options: GlobalOptions): Promise<void> {
  const line = progressLine();
  const result = await backupAt(configOf(options).store, folder, { progress: line.show, signal: stopOnInterrupt() }).finally(line.done);
  if (options.json) printJson(result);
  else print(`${counted(result.events, 'event', 'events')} (${Math.ceil(result.bytes / 1024).toLocaleString('en')} KiB) in ${result.folder}, verified. It is a store: --store file:${folder}`);
}
