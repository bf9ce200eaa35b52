/** `maxPoints` and `thin`: of views whose points are drawn as curves. */
import { z } from 'zod';
import type { Answer } from '../views/context.js';
import { THINNINGS, thinAnswer, type Series, type Thinning } from '../views/thin.js';
import type { ViewOperation } from './operations.js';
import { RequestError } from './problem.js';

const FEWEST = 4;
const MOST = 100_000;

export const thinQuery = z.object({
  maxPoints: z.coerce.number().int().min(FEWEST).max(MOST).optional().meta({ description: 'at most so many points of each series; the answer says in `thinned` how they were chosen, and from how many' }),
  thin: z.enum(THINNINGS).optional().meta({ description: 'with maxPoints: min-max (default) keeps every extreme, lttb the look of the whole' }),
});

interface Thinner {
  series: Series;
  max: number;
  method: Thinning;
}

/** What an operation's request asks to be left out. @throws RequestError */
export function thinningOf({ series }: Pick<ViewOperation, 'series'>, { maxPoints, thin }: Readonly<Record<string, string | undefined>>): Thinner | null {
  if (maxPoints === undefined && thin !== undefined) throw new RequestError(400, 'bad-parameter', 'thin: goes with maxPoints');
  if (maxPoints === undefined || series === undefined) return null;
  return { series, max: Number(maxPoints), method: (thin as Thinning | undefined) ?? 'min-max' };
}

/** The answer with what is left. */
export function thinned(found: Answer<unknown>, by: Thinner | null): Answer<unknown> {
  return by === null ? found : { ...found, body: thinAnswer(found.body as object, by.series, by.max, by.method) };
}
