/** `tracker append`: events from NDJSON. Of a file all lines are checked before any is stored; stdin is a feed, stored as it comes. */
import { readFile } from 'node:fs/promises';
import { acceptInputs, appendAccepted, BatchRefusedError } from '../../writing/accept.js';
import { acceptOptions, feedLines, parseLines, storeFeed } from '../../writing/feed.js';
import { RefusedError } from '../failure.js';
import { counted, print, printJson, progressLine, showSteps } from '../output.js';
import { stopOnInterrupt } from '../stop.js';
import type { GlobalOptions } from '../view-options.js';
import { note, withStore } from '../with-tracker.js';

interface AppendCommand extends GlobalOptions {
  key?: string;
  keepGood?: boolean;
}

export async function append(file: string, options: AppendCommand): Promise<void> {
  if (file === '-') return appendFeed(options);
  const content = await readFile(file, 'utf8').catch((error: Error) => {
    throw new RefusedError(`${file}: ${error.message}`);
  });
  const notJson = new Map<number, string>();
  let lines = parseLines(content.split('\n').map((text, index) => ({ number: index + 1, text })), notJson);
  const faults = [...notJson.values()];
  await withStore(options, async (target) => {
    const accept = async (): ReturnType<typeof acceptInputs> => acceptInputs(target, lines.map((line) => line.input), (index) => `line ${lines[index]?.number}`, acceptOptions({ idempotencyKey: options.key }, lines));
    const accepted = await accept().catch(async (error: unknown) => {
      if (!(error instanceof BatchRefusedError)) throw error;
      faults.push(...error.problems.map((problem) => `${problem.path}: ${problem.expected}, got ${problem.received}`));
      lines = lines.filter((_, index) => !error.bad.has(index));
      return options.keepGood ? accept() : [];
    });
    for (const fault of faults) note(fault);
    if (faults.length > 0 && !options.keepGood) throw new RefusedError('nothing was stored; mend these lines, or use --keep-good to store the others');
    const { events } = accepted.length === 0 ? { events: [] } : await appendAccepted(target.store, accepted);
    if (options.json) events.forEach(printJson);
    else {
      const known = events.filter((event) => event.status === 'known').length;
      print(`${events.length - known} events stored, ${known} were there`);
    }
    if (faults.length > 0) throw new RefusedError(`${faults.length} faults; their lines were not stored`);
  });
}

/** Stdin for as long as it goes on. What was read of it is stored before more is taken, so a feed that is faster waits. */
async function appendFeed({ key, keepGood = false, ...options }: AppendCommand): Promise<void> {
  const signal = stopOnInterrupt();
  const line = progressLine();
  const show = showSteps(line.show);
  let done = 0;
  const result = await withStore(options, (target) =>
    storeFeed(target, feedLines(pieces(signal), () => signal.aborted), {
      idempotencyKey: key,
      keepGood,
      signal,
      tell: note,
      stored: (events) => {
        done += events.length;
        if (options.json) events.forEach(printJson);
        else show({ step: 'storing', done, total: null, unit: 'events' });
      },
    }),
  ).finally(line.done);
  if (!options.json) print(`${counted(result.stored, 'event', 'events')} stored, ${result.known.toLocaleString('en')} were there`);
  if (signal.aborted) note(`stopped after line ${result.last}; send the feed from line ${result.last + 1} on${key === undefined ? '' : ', or all of it again with the same --key'}`);
  if (result.refused > 0) throw new RefusedError(`${counted(result.refused, 'line was', 'lines were')} refused`);
}

/** Standard input until it ends, or until it is stopped. */
async function* pieces(signal: AbortSignal): AsyncGenerator<string> {
  const { stdin } = process;
  stdin.setEncoding('utf8');
  signal.addEventListener('abort', () => stdin.destroy(), { once: true });
  try {
    yield* stdin as AsyncIterable<string>;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
