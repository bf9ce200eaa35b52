/** Answers as tables (`format=csv` and so on): the rows of `tracker export`, for what the address is about. */
import { setImmediate } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { headOf, type ExportQuery } from '../exporting/export.js';
import { bytesOf, FORMATS, MEDIA_TYPES, type Format } from '../exporting/formats.js';
import { metadataOf } from '../exporting/manifest.js';
import type { Table } from '../exporting/table.js';
import type { Tracker } from '../tracker.js';
import { encodeToken } from '../views/context.js';
import { compressed, encodingFor } from './compress.js';
import { checkpointHeaders } from './respond.js';
import { untilGone, writeAll } from './streaming.js';

/** What an operation that has a table takes beside its own parameters. */
export const tableQuery = z.object({
  format: z.enum(['json', ...FORMATS]).optional().meta({ description: 'another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams' }),
  versions: z.enum(['standing', 'all']).optional().meta({ description: 'with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins' }),
});

/** The answers of an operation with a table, for the OpenAPI document. */
export const TABLE_CONTENT = Object.fromEntries(Object.values(MEDIA_TYPES).map((type) => [(type.split(';') as [string])[0], z.string()]));

export function formatAsked(query: Readonly<Record<string, unknown>>): Format | null {
  return FORMATS.find((format) => format === query['format']) ?? null;
}

/** A failure before the first bytes is a problem of its own; later it breaks the connection, so that no part looks whole. */
export async function sendTable(tracker: Tracker, req: Request, res: Response, table: Table, format: Format, query: ExportQuery): Promise<void> {
  const head = headOf(tracker, [table], query, `${req.method} ${req.originalUrl}`);
  const encoding = format === 'csv' || format === 'ndjson' ? encodingFor(req) : null;
  const pieces = bytesOf({ ...table, rows: breathing(table.rows) }, format, metadataOf(head, table.name), 'stream');
  const first = await pieces.next();
  const rest = resumed(first, pieces);
  const gone = untilGone(req, res);
  res.status(200).set({
    'Cache-Control': 'no-store',
    'Content-Type': MEDIA_TYPES[format],
    'Content-Disposition': `attachment; filename="${tracker.runner.scenario === null ? '' : `scenario-${tracker.runner.scenario}-`}${table.name}.${format === 'arrow' ? 'arrows' : format}"`,
    'Tracker-Basis': encodeToken(tracker.store.id, tracker.runner.position()),
    ...(encoding === null ? {} : { 'Content-Encoding': encoding }),
    ...checkpointHeaders(tracker),
  }).vary('Accept-Encoding');
  try {
    await writeAll(res, encoding === null ? rest : compressed(rest, encoding), gone);
  } catch {
    res.destroy();
  } finally {
    await pieces.return(undefined);
  }
}

/** An iteration whose first step was taken already. */
async function* resumed<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
}

/** Others are served between two batches. */
async function* breathing<T>(batches: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const batch of batches) {
    yield batch;
    await setImmediate();
  }
}
