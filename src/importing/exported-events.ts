/**
 * Exported events as a store to copy from: rows in the order of the log, whatever order their files have them in. What
 * makes a copy exact and lets it go on where it was cut off (store/copy.ts) then holds for an import as well.
 */
import { z } from 'zod';
import { uuid } from '../../events/index.js';
import type { EventStore, JsonObject, RecordedEvent } from '../store/port.js';
import { chunksOf, type Chunk } from './exported-chunks.js';
import { ImportError } from './import-error.js';

/** So many events are held at once where the files have them in another order than the log. */
const WINDOW = 50_000;

const rowSchema = z.object({
  event_id: uuid,
  type: z.string().min(1),
  stream: z.string().min(1),
  revision: z.coerce.number().int().nonnegative(),
  seq: z.coerce.number().int().positive(),
  ts_recorded: z.union([z.string(), z.date()]),
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]),
  metadata: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

export interface ExportedEvents {
  store: EventStore;
  events: number;
}

/**
 * @param files of one table of events, in NDJSON or Parquet
 * @param name as the export's store is told apart from others
 * @param progress told how many files were looked through
 * @throws ImportError for files that are no such table, or have an event twice
 */
export async function exportedEvents(files: readonly string[], name: string, progress: (files: number) => void = () => undefined): Promise<ExportedEvents> {
  const chunks: Chunk[] = [];
  for (const [i, file] of files.entries()) {
    chunks.push(...(await chunksOf(file)));
    progress(i + 1);
  }
  const order = Float64Array.from(chunks.flatMap(({ seqs }) => seqs)).sort();
  for (let i = 0; i < order.length; i += 1) {
    const seq = order[i] as number;
    if (!Number.isSafeInteger(seq) || seq < 1) throw new ImportError([`seq: expected a whole number from 1 on in every row, the place of the event in its log`]);
    if (i > 0 && seq === order[i - 1]) throw new ImportError([`seq ${seq} is there twice: expected each event once`]);
  }
  const head = order.length === 0 ? null : positionOf(order.at(-1) as number);
  const refused = (): never => {
    throw new Error('an export is read only');
  };
  return {
    events: order.length,
    store: {
      id: name,
      head: () => Promise.resolve(head),
      readAll: ({ from = 'start' } = {}) => inOrder(chunks, order, from === 'start' ? 0 : Number(from)),
      append: refused,
      readStream: refused,
      subscribe: refused,
      close: () => Promise.resolve(),
    },
  };
}

/** Windows of the log, each gathered from the chunks that have some of it; one chunk is kept for the next window. */
async function* inOrder(chunks: readonly Chunk[], order: Float64Array, after: number): AsyncGenerator<RecordedEvent[]> {
  const first = order.findIndex((seq) => seq > after);
  if (first === -1) return;
  const ranges = chunks.map((chunk) => ({ chunk, lo: chunk.seqs.reduce((a, b) => Math.min(a, b), Infinity), hi: chunk.seqs.reduce((a, b) => Math.max(a, b), -Infinity) }));
  let kept = null as { chunk: Chunk; rows: Record<string, unknown>[] } | null;
  for (let start = first; start < order.length; start += WINDOW) {
    const window = order.subarray(start, start + WINDOW);
    const [lo, hi] = [window[0] as number, window.at(-1) as number];
    const events: { seq: number; event: RecordedEvent }[] = [];
    for (const { chunk } of ranges.filter((range) => range.lo <= hi && range.hi >= lo)) {
      if (kept?.chunk !== chunk) kept = { chunk, rows: await chunk.read() };
      for (const [i, row] of kept.rows.entries()) {
        const seq = chunk.seqs[i] as number;
        if (seq >= lo && seq <= hi) events.push({ seq, event: eventOf(row, `${chunk.name} and ${i} on`) });
      }
    }
    yield events.sort((a, b) => a.seq - b.seq).map(({ event }) => event);
  }
}

/** @throws ImportError for a row that is no event */
function eventOf(row: Record<string, unknown>, place: string): RecordedEvent {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ImportError([`${place}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no event'}`]);
  }
  const { event_id: id, type, stream: streamId, revision, seq, ts_recorded: recorded, payload, metadata } = parsed.data;
  const at = new Date(recorded);
  if (Number.isNaN(at.getTime())) throw new ImportError([`${place}: ts_recorded: expected a time, got ${JSON.stringify(recorded)}`]);
  return { id, type, streamId, revision, position: positionOf(seq), recordedAt: at.toISOString(), data: nested(payload, `${place}: payload`), metadata: nested(metadata, `${place}: metadata`) };
}

function nested(value: string | Record<string, unknown>, place: string): JsonObject {
  if (typeof value !== 'string') return value as JsonObject;
  try {
    return JSON.parse(value) as JsonObject;
  } catch (error) {
    throw new ImportError([`${place}: not JSON: ${(error as Error).message}`]);
  }
}

/** Sorts as text, as positions do. */
function positionOf(seq: number): string {
  return String(seq).padStart(16, '0');
}
