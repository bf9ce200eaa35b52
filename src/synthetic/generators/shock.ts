/**
 * What if a share had moved otherwise: from one session on its prices are corrected by a factor, each as of its own
 * close. For a scenario on the real world, or on a market that was generated before.
 */
import { z } from 'zod';
import { sessionOn, slug } from '../../../events/index.js';
import { ADJUSTMENTS, barsOf, homeOf, type BarRow } from '../../../projections/index.js';
import { resolveInstrument } from '../../views/catalog.js';
import { openContext, reader } from '../../views/context.js';
import { idsOf, refuseParam, seedParam, sourceOf, type Generator, type Piece, type SyntheticEvent, type Where } from './generator.js';
import { rounded } from './returns.js';

const params = z.strictObject({
  seed: seedParam,
  instrument: z.string().min(1).meta({ description: 'id or symbol', examples: ['XNAS:AMZN'] }),
  date: z.iso.date().meta({ description: 'the session whose return changes' }),
  effect: z.coerce.number().gt(-0.99).lt(10).meta({ description: 'added to the return of that session: its close, and all later prices, are multiplied by what that makes' }),
  announcement: slug.optional().meta({ description: 'the announcement that the corrections belong to' }),
});
type Params = z.infer<typeof params>;

const NAME = 'shock';

export const shock: Generator = {
  name: NAME,
  says: 'another return of a share in one session, and all that follows from it for its prices',
  looks: true,
  params,
  *generate(given: Params, { world }: Where): IterableIterator<Piece> {
    if (!world) refuseParam('scenario', 'expected one with prices to change', null);
    const context = openContext(world.runner, {});
    const { instrument } = resolveInstrument(context, given.instrument).value;
    const market = reader(context, 'market-value');
    let found = false;
    for (const adjustment of ADJUSTMENTS) {
      const bars = barsOf(market, instrument, adjustment, {});
      const day = bars.findIndex(({ value }) => value.date === given.date);
      if (day < 1) continue;
      found = true;
      const [before, on] = [bars[day - 1] as BarRow, bars[day] as BarRow];
      const factor = 1 + (given.effect * before.value.close) / on.value.close;
      const home = (streamId: string): string => homeOf(market.ledger, streamId);
      yield {
        events: bars.slice(day).map((row) => corrected(given, instrument, row, factor, home)),
        truths: [{ subject: `instrument-${instrument} ${adjustment} from ${given.date} by ${given.effect}`, values: { instrument, adjustment, date: given.date, effect: given.effect, factor, returnBefore: on.value.close / before.value.close - 1, returnAfter: (on.value.close * factor) / before.value.close - 1, bars: bars.length - day } }],
      };
    }
    if (!found) refuseParam('date', `expected a session of which ${instrument} has a bar, and one before it`, given.date);
  },
};

function corrected({ seed, announcement, date: from, effect }: Params, instrument: string, { id, fact, streamId, value }: BarRow, factor: number, home: (streamId: string) => string): SyntheticEvent {
  const { date, currency, adjustment, volume } = value;
  const times = (price: number | undefined): number | undefined => (price === undefined ? undefined : rounded(price * factor));
  const data = { instrument, open: times(value.open), high: times(value.high), low: times(value.low), close: times(value.close), volume, session: { date, calendar: 'US', kind: 'regular' }, currency, adjustment };
  const close = sessionOn('US', date)?.close.ms ?? 0;
  return {
    id: idsOf(NAME, seed)(instrument, adjustment, date, from, effect),
    type: 'ObservationCorrected',
    // The fact began in the stream that this one goes on from.
    data: { corrects: { id, streamId }, ...(fact === id ? {} : { original: { id: fact, streamId: home(streamId) } }), type: 'BarClosed', schemaVersion: 2, data: JSON.parse(JSON.stringify(data)) as unknown },
    metadata: { occurredAt: { throughout: date, calendar: 'US' }, publishedAt: { at: new Date(close).toISOString() }, source: sourceOf(NAME, seed), ...(announcement === undefined ? {} : { $correlationId: announcement }) },
  };
}
