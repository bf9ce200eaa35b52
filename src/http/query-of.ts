/** What an operation can be asked with: its own parameters, those of every view, and those of views that have a table. */
import { z } from 'zod';
import type { Operation } from './operations.js';
import { tableQuery } from './tables.js';
import { askedQuery } from './view-operations.js';
import { hasTable } from './view-tables.js';

export function queryOf(operation: Operation): z.ZodObject {
  const own = operation.query ?? z.object({});
  if (operation.kind !== 'view') return own;
  const asked = own.extend(askedQuery.shape);
  return hasTable(operation.id) ? asked.extend(tableQuery.shape) : asked;
}
