/** Beside each view `…/explain`: how its values come about. */
import { z } from 'zod';
import { explain, EXPLAINED, explanationSchema, tables, type Table } from '../views/explain/index.js';
import type { PlainOperation, ViewOperation } from './operations.js';
import { sendAnswer } from './respond.js';
import { thinned, thinningOf, thinQuery } from './thinning.js';
import { askedQuery, viewOperations } from './view-operations.js';

const MOST = 5000;

function explainOperation(operation: ViewOperation): PlainOperation {
  const table: Table | undefined = tables[operation.id as keyof typeof tables];
  if (table === undefined) throw new Error(`no table explains ${operation.id}: add one to src/views/explain`);
  return {
    kind: 'plain',
    id: `explain${operation.id.replace(/^(get|list)/, '')}${operation.id.startsWith('list') ? 'List' : ''}`,
    method: 'get',
    path: `${operation.path}/explain`,
    tag: 'views',
    tagged: 'view',
    summary: `How the values come about: ${operation.summary.charAt(0).toLowerCase()}${operation.summary.slice(1)}`,
    description: 'The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.',
    ...(operation.params ? { params: operation.params } : {}),
    query: (operation.query ?? z.object({})).extend(askedQuery.shape).extend(operation.series ? thinQuery.shape : {}).extend({
      at: z.string().optional().meta({ description: 'JSON pointer (or with dots) to a value, an object or a list of the view\'s answer; unstated: all of it', examples: ['/level/marketValue'] }),
      limit: z.coerce.number().int().min(1).max(MOST).optional().meta({ description: `at most so many values (default ${EXPLAINED})` }),
    }),
    answers: { 200: { description: 'how each value comes about', schema: explanationSchema } },
    async handle(tracker, req, res) {
      const { at, limit, ...query } = req.query as Record<string, string | undefined>;
      const thinBy = thinningOf(operation, query);
      const answered = await explain(tracker, query, (context) => thinned(operation.view(context, req.params as Record<string, string>, query), thinBy), table, { at, limit: limit === undefined ? undefined : Number(limit) });
      await sendAnswer(tracker, req, res, answered);
    },
  };
}

export const explainOperations: readonly PlainOperation[] = viewOperations.map(explainOperation);
