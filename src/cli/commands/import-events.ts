/** `tracker import events`: an export of events back into a store. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { readManifest } from '../../exporting/verify.js';
import { exportedEvents } from '../../importing/exported-events.js';
import { copyStore } from '../../store/copy.js';
import { openStore } from '../../store/open.js';
import { RefusedError, UsageError } from '../failure.js';
import { counted, print, printJson, progressLine, showSteps } from '../output.js';
import { stopOnInterrupt } from '../stop.js';
import type { GlobalOptions } from '../view-options.js';
import { configOf, note } from '../with-tracker.js';

const DOING = { looking: 'reading the export', comparing: 'comparing', copying: 'storing', verifying: 'comparing what was stored' };

export async function importEvents(given: string, options: GlobalOptions): Promise<void> {
  const config = configOf(options);
  if (/^memory:/i.test(config.store)) throw new UsageError('a store in memory ends with this process: what were imported to it would be lost');
  const { files, name, factsHash, prefix, scenario } = eventFiles(given);
  if (scenario !== null) throw new RefusedError(`${given}: it is of scenario ${scenario}, which is synthetic, and goes into no real world; tracker append --scenario takes its events`);
  if (prefix !== null && prefix !== config.prefix) throw new RefusedError(`${given}: its streams begin with ${prefix} and this store's with ${config.prefix}: import it with --prefix ${prefix}`);
  const signal = stopOnInterrupt();
  const line = progressLine();
  const show = showSteps(line.show);
  const source = await exportedEvents(files, name, (done) => { show({ step: 'looking through the export', done, total: files.length, unit: 'files' }); });
  if (source.events === 0) throw new RefusedError(`${given}: no events are in it`);
  let target: Awaited<ReturnType<typeof openStore>> | undefined;
  try {
    const result = await copyStore(source.store, async () => (target = await openStore(config.store, { log: note })), {
      streamPrefixes: [config.prefix],
      signal,
      progress: (step, events, total) => { show({ step: DOING[step], done: events, total: total ?? source.events, unit: 'events' }); },
      log: note,
    }).finally(line.done);
    if (result.leftOut > 0) note(`${counted(result.leftOut, 'event', 'events')} of streams that do not begin with ${config.prefix}: not imported`);
    if (factsHash !== null && factsHash !== result.hash) throw new RefusedError(`${given}: its events have the hash ${result.hash}, the manifest says ${factsHash}: they are stored, and are not those that were exported`);
    if (options.json) printJson({ ...result, exported: factsHash });
    else print(`${counted(result.copied, 'event', 'events')} stored, ${counted(result.known, 'was', 'were')} there; hash of the facts ${result.hash}${factsHash === null ? '' : ', as the manifest has it'}`);
  } finally {
    await target?.close();
  }
}

/** A folder goes by its manifest; a file stands alone. */
function eventFiles(given: string): { files: string[]; name: string; factsHash: string | null; prefix: string | null; scenario: string | null } {
  if (!existsSync(given)) throw new RefusedError(`${given}: no such file or folder`);
  if (!statSync(given).isDirectory()) return { files: [given], name: `file ${path.resolve(given)}`, factsHash: null, prefix: null, scenario: null };
  const { tables, store, format, factsHash, prefix, scenario } = readManifest(given);
  const events = tables.find(({ name }) => name === 'events');
  if (!events) throw new RefusedError(`${given}: has no table of events; there is ${tables.map(({ name }) => name).join(', ')}`);
  if (format !== 'ndjson' && format !== 'parquet') throw new RefusedError(`${given}: is ${format}: events come back from ndjson or parquet`);
  return { files: events.files.map((file) => path.join(given, file.path)), name: `export of ${store}`, factsHash, prefix, scenario };
}
