/** `tracker events`: the log as it is stored. */
import { readEvents } from '../../views/stored-events.js';
import { UsageError } from '../failure.js';
import { print, printJson, printTable } from '../output.js';
import type { GlobalOptions } from '../view-options.js';
import { note, withTracker } from '../with-tracker.js';

export async function events(options: GlobalOptions & { stream?: string; limit?: string; backwards?: boolean }): Promise<void> {
  const limit = Number(options.limit ?? 50);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError(`--limit: expected a whole number from 1, got ${options.limit}`);
  await withTracker(options, async (tracker) => {
    const page = await readEvents(tracker, { after: null, stream: options.stream, direction: options.backwards ? 'backwards' : 'forwards', limit });
    if (options.json) {
      page.events.forEach(printJson);
      return;
    }
    if (page.events.length === 0) print('no events');
    else {
      printTable(page.events, [
        { title: 'recorded', of: (event) => event.recordedAt },
        { title: 'type', of: (event) => event.type },
        { title: 'stream/revision', of: (event) => `${event.streamId}/${event.revision}` },
        { title: 'id', of: (event) => event.id },
      ]);
    }
    if (page.next !== null) note('there are more: --limit shows so many, --json whole events');
  }, { readOnly: true });
}
