/**
 * Sentiment with a known curve: expressions at random moments whose scores lie on a triangle between −amplitude and
 * +amplitude. The truth is the curve, and what the decayed mean over them must be at noon of each day.
 */
import { z } from 'zod';
import { HOLDER_KINDS, parseInstant } from '../../../events/index.js';
import { draws } from '../random.js';
import { idsOf, seedParam, sourceOf, type Generator, type Piece, type SyntheticEvent } from './generator.js';

const params = z.strictObject({
  seed: seedParam,
  expressions: z.coerce.number().int().min(1).max(20_000).default(200),
  days: z.coerce.number().int().min(2).max(3650).default(60),
  from: z.iso.date().default('2025-10-01'),
  amplitude: z.coerce.number().gt(0).max(1).default(0.8),
  period: z.coerce.number().positive().max(3650).default(30).meta({ description: 'days from one top of the curve to the next' }),
  halfLife: z.coerce.number().positive().max(365).default(7).meta({ description: 'days; of the decayed mean in the truth' }),
});
type Params = z.infer<typeof params>;

const NAME = 'sentiment';
const SUBJECT = 'syn-subject';
const DAY = 86_400_000;

/** The curve at a time in days: from −amplitude up and down again. */
export function triangle(days: number, { amplitude, period }: Pick<Params, 'amplitude' | 'period'>): number {
  const phase = days / period - Math.floor(days / period);
  return amplitude * (phase < 0.5 ? 4 * phase - 1 : 3 - 4 * phase);
}

export const sentiment: Generator = {
  name: NAME,
  says: 'expressions whose scores lie on a known curve, and the decayed means that they must give',
  params,
  *generate(given: Params): IterableIterator<Piece> {
    const { seed, expressions, days, from, halfLife } = given;
    const begin = parseInstant(`${from}T00:00:00Z`)?.ms ?? 0;
    const random = draws(seed, NAME);
    const id = idsOf(NAME, seed);
    const source = sourceOf(NAME, seed);
    const said = Array.from({ length: expressions }, () => begin + random.whole(0, days * 24 * 60 - 1) * 60_000)
      .sort((a, b) => a - b)
      .map((ms) => ({ ms, score: Math.round(triangle((ms - begin) / DAY, given) * 1000) / 1000 }));
    const registered = { at: new Date(begin).toISOString() };
    const events: SyntheticEvent[] = [
      { id: id('entity'), type: 'EntityRegistered', data: { entity: SUBJECT, name: 'Synthetic subject', kind: 'company' }, metadata: { occurredAt: registered, publishedAt: registered, source } },
      ...said.map(({ ms, score }, i): SyntheticEvent => {
        const at = { at: new Date(ms).toISOString() };
        return {
          id: id('expression', i),
          type: 'SentimentExpressed',
          data: { entity: SUBJECT, holder: { name: `Holder ${i}`, kind: HOLDER_KINDS[i % HOLDER_KINDS.length] }, aspect: 'other', claim: `Statement ${i}`, score, relevance: 1, method: { name: 'synthetic', version: 1, item: 'curve' } },
          metadata: { occurredAt: at, publishedAt: at, source },
        };
      }),
    ];
    const points = Array.from({ length: days }, (_, day) => begin + (day + 0.5) * DAY).map((ms) => {
      const before = said.filter((one) => one.ms <= ms);
      const weights = before.map((one) => Math.exp((-Math.LN2 * (ms - one.ms)) / (halfLife * DAY)));
      const mass = weights.reduce((sum, weight) => sum + weight, 0);
      const net = before.reduce((sum, { score }, i) => sum + (weights[i] as number) * score, 0);
      return { at: new Date(ms).toISOString(), curve: triangle((ms - begin) / DAY, given), mass, net, mean: mass === 0 ? null : net / mass };
    });
    yield { events, truths: [{ subject: `entity-${SUBJECT}`, values: { entity: SUBJECT, ...given, halfLife: `P${halfLife}D`, points } }] };
  },
};
