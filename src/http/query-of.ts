/** What an operation can be asked with: its own parameters, those of every view, and those of views that have a table. */
import { z } from 'zod';
import { slug } from '../../events/index.js';
import { fieldsQuery } from './fields.js';
import { liveQuery } from './live-operations.js';
import type { Operation } from './operations.js';
import { tableQuery } from './tables.js';
import { thinQuery } from './thinning.js';
import { askedQuery } from './view-operations.js';
import { hasTable } from './view-tables.js';

/** Which world is asked. */
const worldQuery = z.object({ scenario: slug.optional().meta({ description: 'id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen' }) });

const afterQuery = z.object({ minPosition: z.string().optional().meta({ description: 'token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most' }) });

export function isOfAWorld({ tag }: Pick<Operation, 'tag'>): boolean {
  return tag === 'views' || tag === 'events';
}

export function queryOf(operation: Operation): z.ZodObject {
  const own = operation.query ?? z.object({});
  const asked = operation.kind === 'view' ? own.extend(askedQuery.shape) : own;
  const partly = operation.kind === 'view' ? asked.extend(fieldsQuery.shape).extend(liveQuery.shape).extend(operation.series ? thinQuery.shape : {}) : asked;
  const worldly = partly.extend(isOfAWorld(operation) ? worldQuery.shape : {}).extend(operation.tag === 'views' ? afterQuery.shape : {});
  return operation.kind === 'view' && hasTable(operation.id) ? worldly.extend(tableQuery.shape) : worldly;
}
