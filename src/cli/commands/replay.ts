/** `tracker replay`: events again, in order, filtered, paced; and where two replays part. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { isRejected } from '../../../events/index.js';
import { machineClock } from '../../machine-clock.js';
import { compareReplays } from '../../replay/compare.js';
import type { ReplayOrder } from '../../replay/cursor.js';
import { runningHashes } from '../../replay/hashes.js';
import { pacer, type Pacer } from '../../replay/pace.js';
import { replay as replayed, type Step } from '../../replay/replay.js';
import { listOf } from '../../views/study-settings.js';
import { presentEvent } from '../../views/stored-events.js';
import { selectionOf, type SelectionQuery } from '../../replay/selection-query.js';
import { RefusedError, UsageError } from '../failure.js';
import { counted, print, printSlowly, progressLine } from '../output.js';
import { stopOnInterrupt } from '../stop.js';
import type { GlobalOptions } from '../view-options.js';
import { folded, note, withTracker } from '../with-tracker.js';

interface ReplayCommand extends GlobalOptions, SelectionQuery {
  order?: ReplayOrder;
  after?: string;
  limit?: string;
  follow?: boolean;
  speed?: string;
  rate?: string;
  longestWait?: string;
  step?: boolean;
  cursors?: boolean;
  hash?: string | boolean;
}

export async function replay(options: ReplayCommand): Promise<void> {
  const order = options.order ?? 'log';
  const hashEvery = hashOf(options, order);
  const signal = stopOnInterrupt();
  const number = (name: string, text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!(value > 0 && value < Infinity)) throw new UsageError(`--${name}: expected a number above 0, got ${JSON.stringify(text)}`);
    return value;
  };
  const [speed, rate, limit, seconds] = [number('speed', options.speed), number('rate', options.rate), number('limit', options.limit), number('longest-wait', options.longestWait)];
  const pace = pacer({ speed, rate, longestWait: seconds && seconds * 1000 }, machineClock, signal, options.step ?? false);
  const keys = options.step || speed !== undefined || rate !== undefined ? listenToKeys(pace) : null;
  const line = progressLine();
  const chain = createHash('sha256');
  const hashes = hashEvery === 0 ? null : runningHashes();
  let [count, cursor, shown] = [0, '', 0];
  const began = performance.now();
  const write = async (text: string): Promise<void> => {
    chain.update(`${text}\n`);
    await printSlowly(text);
  };
  try {
    await withTracker(options, async (tracker) => {
      await folded(tracker);
      const selection = selectionOf(tracker, options);
      for await (const step of replayed(tracker, { ...selection, order, follow: options.follow ?? false, signal, pacer: pace, ...(options.after === undefined ? {} : { after: options.after }), ...(limit === undefined ? {} : { limit }) })) {
        count += 1;
        cursor = step.cursor;
        await write(options.json ? JSON.stringify(lineOf(step, options.cursors ?? false)) : textOf(step));
        hashes?.add(step.typed);
        if (hashes && count % hashEvery === 0) await write(JSON.stringify({ events: count, hashes: hashes.now() }));
        if (performance.now() - shown > 200 && !process.stdout.isTTY) {
          shown = performance.now();
          line.show(`${count.toLocaleString('en')} events, ${Math.round((count / (shown - began)) * 1000).toLocaleString('en')} a second, at ${step.at}`);
        }
      }
      if (hashes && count % hashEvery !== 0) await write(JSON.stringify({ events: count, hashes: hashes.now() }));
    }, { readOnly: true });
  } finally {
    line.done();
    keys?.();
  }
  note(`${counted(count, 'event', 'events')} in ${order} order, sha256 of the output ${chain.digest('hex')}`);
  if (cursor !== '' && (signal.aborted || limit !== undefined)) note(`goes on with --after ${cursor}`);
}

/** After how many events hashes are written; 0: none are asked for. */
function hashOf(options: ReplayCommand, order: ReplayOrder): number {
  if (options.hash === undefined || options.hash === false) return 0;
  const filtered = (['type', 'stream', 'instrument', 'entity', 'announcement', 'from', 'to', 'after'] as const).find((name) => options[name] !== undefined);
  if (order !== 'log' || filtered !== undefined) throw new UsageError(`--hash: a projection's hash is of the whole log in its order; it does not go with ${filtered === undefined ? `--order ${order}` : `--${filtered}`}`);
  const every = options.hash === true ? Number.MAX_SAFE_INTEGER : Number(options.hash);
  if (!Number.isSafeInteger(every) || every < 1) throw new UsageError(`--hash: expected after how many events, or nothing for the end, got ${JSON.stringify(options.hash)}`);
  return every;
}

/** With its time on the clock of the order; its cursor only where it is asked for, since that holds where the replay ends. */
function lineOf({ at, cursor, event, typed }: Step, cursors: boolean): Record<string, unknown> {
  return { at, event: presentEvent(event), ...(isRejected(typed) ? { rejected: typed.problems } : {}), ...(cursors ? { cursor } : {}) };
}

function textOf({ at, event, typed }: Step): string {
  return `${at.padEnd(24)}  ${event.type.padEnd(26)}  ${event.streamId}/${event.revision}${isRejected(typed) ? '  (rejected by its schema)' : ''}`;
}

const SKIPS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** On a terminal: space pauses and goes on, n steps, h, d and w seek an hour, a day and a week ahead, q stops. Without one a step is a line on stdin. */
function listenToKeys(pace: Pacer): () => void {
  const { stdin } = process;
  const raw = stdin.isTTY;
  if (raw) note('space pauses and goes on, n steps, h, d and w skip an hour, a day and a week, q stops');
  else if (!pace.paused) return () => undefined;
  if (raw) stdin.setRawMode(true);
  const heard = (data: Buffer): void => {
    for (const key of raw ? data.toString() : data.toString().replaceAll(/[^\n]/g, '').replaceAll('\n', 'n')) {
      if (key === ' ') {
        if (pace.paused) pace.resume();
        else pace.pause();
      } else if (key === 'n') pace.step();
      else if (SKIPS[key] !== undefined && pace.at) pace.seek({ ms: pace.at.ms + SKIPS[key], ns: pace.at.ns });
      else if (key === 'q' || key === '\u0003') process.kill(process.pid, 'SIGINT');
    }
  };
  // When nobody can step any more, the rest goes at its pace.
  const ended = (): void => pace.resume();
  stdin.on('data', heard).once('end', ended);
  return () => {
    stdin.off('data', heard).off('end', ended);
    if (raw) stdin.setRawMode(false);
    stdin.pause();
  };
}

export async function compare(a: string, b: string, options: { ignore?: string; json?: boolean }): Promise<void> {
  const linesOf = (file: string): AsyncIterable<string> => {
    const stream = createReadStream(file);
    // readline passes errors of its input over: they are raised where lines are awaited.
    const failed = new Promise<never>((_resolve, reject) => stream.once('error', (error) => { reject(new RefusedError(`${file}: ${error.message}`)); }));
    failed.catch(() => undefined);
    return raced(createInterface({ input: stream, crlfDelay: Infinity }), failed);
  };
  const ignore = listOf(options.ignore);
  const { lines, parting } = await compareReplays(linesOf(a), linesOf(b), ignore);
  if (options.json) print(JSON.stringify({ lines, parting }));
  else if (parting === null) print(`the same: ${counted(lines, 'line', 'lines')}${ignore.length > 0 ? `, but for ${ignore.join(', ')}` : ''}`);
  else if (parting.a === null || parting.b === null) print(`${parting.a === null ? a : b} ends after ${counted(lines, 'line', 'lines')}; the other goes on with event ${parting.a ?? parting.b}`);
  else print(`they part at line ${parting.line}: event ${parting.a}${parting.a === parting.b ? '' : ` and event ${parting.b}`}${parting.path === null ? '' : `, ${parting.path}`}`);
  if (parting !== null) process.exitCode = 1;
}

async function* raced(lines: AsyncIterable<string>, failed: Promise<never>): AsyncGenerator<string> {
  const iterator = lines[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([iterator.next(), failed]);
    if (next.done) {
      // The error of a file that is not there comes a turn after its end.
      await Promise.race([failed, wait(0)]);
      return;
    }
    yield next.value;
  }
}

