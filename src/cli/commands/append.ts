/** `tracker append`: events from NDJSON. All lines are checked before any is stored. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { acceptInputs, appendAccepted, BatchRefusedError } from '../../writing/accept.js';
import { RefusedError } from '../failure.js';
import { print, printJson } from '../output.js';
import type { GlobalOptions } from '../view-options.js';
import { note, withTracker } from '../with-tracker.js';

interface Line {
  number: number;
  input: unknown;
}

export async function append(file: string, options: GlobalOptions & { key?: string; keepGood?: boolean }): Promise<void> {
  const content = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((error: Error) => {
    throw new RefusedError(`${file}: ${error.message}`);
  });
  const faults: string[] = [];
  let lines = parseLines(content, faults);
  await withTracker(options, async (tracker) => {
    const settings = options.key === undefined ? {} : { idempotencyKey: options.key };
    const accept = async (): ReturnType<typeof acceptInputs> => acceptInputs(tracker, lines.map((line) => line.input), (index) => `line ${lines[index]?.number}`, settings);
    const accepted = await accept().catch(async (error: unknown) => {
      if (!(error instanceof BatchRefusedError)) throw error;
      faults.push(...error.problems.map((problem) => `${problem.path}: ${problem.expected}, got ${problem.received}`));
      lines = lines.filter((_, index) => !error.bad.has(index));
      return options.keepGood ? accept() : [];
    });
    for (const fault of faults) note(fault);
    if (faults.length > 0 && !options.keepGood) throw new RefusedError('nothing was stored; mend these lines, or use --keep-good to store the others');
    const { events } = accepted.length === 0 ? { events: [] } : await appendAccepted(tracker.store, accepted);
    if (options.json) events.forEach(printJson);
    else {
      const known = events.filter((event) => event.status === 'known').length;
      print(`${events.length - known} events stored, ${known} were there`);
    }
    if (faults.length > 0) throw new RefusedError(`${faults.length} faults; their lines were not stored`);
  });
}

function parseLines(content: string, faults: string[]): Line[] {
  const lines: Line[] = [];
  for (const [index, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      lines.push({ number: index + 1, input: JSON.parse(line) });
    } catch (error) {
      faults.push(`line ${index + 1}: not JSON: ${(error as Error).message}`);
    }
  }
  return lines;
}
