/** `tracker reset`: an embedded store begins anew. An EventStoreDB is somebody else's to empty. */
import { createInterface } from 'node:readline/promises';
import { snapshotFolder } from '../../open-tracker.js';
import { folderOf } from '../../store/open.js';
import { resetFolder, ResetRefusedError, resettable } from '../../store/reset.js';
import { UsageError } from '../failure.js';
import { printJson } from '../output.js';
import { configOf, note } from '../with-tracker.js';
import type { GlobalOptions } from '../view-options.js';

/** @throws UsageError where nobody said yes, ResetRefusedError */
export async function reset(options: GlobalOptions & { yes?: boolean }): Promise<void> {
  const config = configOf(options);
  const folder = folderOf(config.store);
  if (folder === null) throw new ResetRefusedError(`${config.store.split(':')[0]}: is not emptied from here: an embedded store is (file:FOLDER). For tests beside real events open a scenario; in EventStoreDB events stay`);
  const files = await resettable(folder);
  if (files.length > 0 && options.yes !== true) {
    if (!process.stdin.isTTY) throw new UsageError(`this takes away ${files.join(', ')} for good: say so with --yes (tracker backup FOLDER keeps a copy)`);
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const said = await lines.question(`This takes away ${files.join(', ')} for good. Type yes to go on: `);
    lines.close();
    if (said.trim().toLowerCase() !== 'yes') throw new UsageError('nothing was taken away');
  }
  const removed = await resetFolder(folder);
  const elsewhere = snapshotFolder(config);
  if (options.json) printJson({ removed });
  else note(removed.length === 0 ? `there is no store in ${folder}` : `taken away: ${removed.join(', ')}; tracker start --seed seeds/ begins anew${elsewhere !== null && !elsewhere.startsWith(folder) ? `. Snapshots in ${elsewhere} are of the old store and will not be used` : ''}`);
}
