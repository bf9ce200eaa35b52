/**
 * Sorts more than memory should hold: so many items at a time are sorted and written to a temporary file, a run, and the
 * runs are merged as they are read. The files have no names once they are open, so that nothing is left of them when the
 * process ends, however it does.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';

/** Ordered by (a, b, c): numbers that are the same on every machine. */
export interface Keyed {
  a: number;
  b: number;
  c: number;
  /** JSON without line ends. */
  text: string;
}

/** A file takes a descriptor while it is merged: more runs than this are merged into one first. */
const FAN_IN = 40;

export interface Sorter {
  add(item: Keyed): Promise<void>;
  /** All items in order, once. Whoever leaves early returns it, so that the files are closed. */
  inOrder(): AsyncGenerator<Keyed>;
}

/** @param most items that are held in memory */
export function sorter(most: number): Sorter {
  let held: Keyed[] = [];
  let folder: string | null = null;
  let named = 0;
  /** Runs by how often their items were merged. */
  const levels: Run[][] = [];

  async function push(level: number, items: AsyncIterable<Keyed> | Iterable<Keyed>): Promise<void> {
    folder ??= mkdtempSync(path.join(tmpdir(), 'tracker-sort-'));
    const run = await writeRun(path.join(folder, String((named += 1))), items);
    const own = (levels[level] ??= []);
    own.push(run);
    if (own.length < FAN_IN) return;
    levels[level] = [];
    await push(level + 1, merged(own));
  }

  return {
    async add(item) {
      held.push(item);
      if (held.length < most) return;
      const items = held.sort(compareKeyed);
      held = [];
      await push(0, items);
    },
    async *inOrder() {
      const items = held.sort(compareKeyed);
      held = [];
      try {
        if (levels.length === 0) yield* items;
        else {
          await push(0, items);
          yield* merged(levels.flat());
        }
      } finally {
        await Promise.all(levels.flat().map((run) => run.file.close().catch(() => undefined)));
        if (folder !== null) rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

interface Run {
  file: FileHandle;
}

async function writeRun(name: string, items: AsyncIterable<Keyed> | Iterable<Keyed>): Promise<Run> {
  const file = await open(name, 'wx+', 0o600);
  // Windows keeps the name of an open file: the folder is removed in the end.
  await unlink(name).catch(() => undefined);
  let buffer: string[] = [];
  let length = 0;
  for await (const { a, b, c, text } of items) {
    const line = `${a} ${b} ${c} ${text}\n`;
    buffer.push(line);
    length += line.length;
    if (length < 1 << 18) continue;
    await file.writeFile(buffer.join(''));
    buffer = [];
    length = 0;
  }
  await file.writeFile(buffer.join(''));
  return { file };
}

const PIECE = 1 << 17;

/** A run as it is read, piece by piece. */
class Reading {
  private position = 0;
  private readonly buffer = Buffer.allocUnsafe(PIECE);
  private readonly decoder = new StringDecoder('utf8');
  /** What was read beyond the last whole line. */
  private rest = '';
  private lines: string[] = [];
  private at = 0;

  constructor(private readonly run: Run) {}

  /** The next item, where it is there already; undefined: fill first. */
  next(): Keyed | undefined {
    const line = this.lines[this.at];
    if (line === undefined) return undefined;
    this.at += 1;
    const first = line.indexOf(' ');
    const second = line.indexOf(' ', first + 1);
    const third = line.indexOf(' ', second + 1);
    return { a: Number(line.slice(0, first)), b: Number(line.slice(first + 1, second)), c: Number(line.slice(second + 1, third)), text: line.slice(third + 1) };
  }

  /** Reads on. @returns false at the end */
  async fill(): Promise<boolean> {
    this.lines = [];
    this.at = 0;
    while (this.lines.length === 0) {
      const { bytesRead } = await this.run.file.read(this.buffer, 0, PIECE, this.position);
      if (bytesRead === 0) return false;
      this.position += bytesRead;
      this.lines = (this.rest + this.decoder.write(this.buffer.subarray(0, bytesRead))).split('\n');
      this.rest = this.lines.pop() ?? '';
    }
    return true;
  }
}

/** Merges runs and closes them. */
async function* merged(runs: readonly Run[]): AsyncGenerator<Keyed> {
  try {
    const next: { item: Keyed; reading: Reading }[] = [];
    const advance = async (reading: Reading): Promise<Keyed | undefined> => reading.next() ?? ((await reading.fill()) ? reading.next() : undefined);
    for (const run of runs) {
      const reading = new Reading(run);
      const item = await advance(reading);
      if (item) next.push({ item, reading });
    }
    while (next.length > 0) {
      // There are few runs: the least is looked for among what each has next.
      let least = 0;
      for (let i = 1; i < next.length; i += 1) if (compareKeyed((next[i] as (typeof next)[0]).item, (next[least] as (typeof next)[0]).item) < 0) least = i;
      const entry = next[least] as (typeof next)[0];
      yield entry.item;
      const item = entry.reading.next() ?? (await advance(entry.reading));
      if (item) entry.item = item;
      else next.splice(least, 1);
    }
  } finally {
    await Promise.all(runs.map(({ file }) => file.close()));
  }
}

function compareKeyed(x: Keyed, y: Keyed): number {
  return x.a - y.a || x.b - y.b || x.c - y.c;
}
