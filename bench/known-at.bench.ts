/**
 * What was known then: answers at random (asOf, knownAt) from the one ledger, against folding anew what was known by
 * then, as a store without known times would have to. The first should not grow with the log; the second does.
 */
import { instant, isRejected, readRecorded, type Instant, type TypedEvent } from '../events/index.js';
import { ALL, expressions, levelAt, levels, marketValue, measure, openReader, packTail, prepare, sentiment, weigh, type Ledger, type Projection, type Sight } from '../projections/index.js';
import { sampleFact } from './fold.bench.js';
import { compare, type Comparison } from './measure.js';

const FOLDED: readonly Projection[] = [marketValue, sentiment];
const INSTRUMENTS = 1000;
const YEAR = 365 * 86_400_000;
const HALF_LIFE = 7 * 86_400_000;

function eventOf(n: number): TypedEvent {
  const { recordedAt, ...event } = sampleFact(n);
  const text = new Date(recordedAt).toISOString();
  const typed = readRecorded({ ...event, recordedAt: text }, n + 1, instant(recordedAt));
  if (isRejected(typed)) throw new Error(`event ${n}: ${JSON.stringify(typed.problems)}`);
  return typed;
}

function fold(events: number, visible: (event: TypedEvent) => boolean): Map<string, Ledger> {
  const ledgers = new Map(FOLDED.map((projection) => [projection.name, projection.initial()]));
  for (let n = 0; n < events; n += 1) {
    const event = eventOf(n);
    if (visible(event)) for (const projection of FOLDED) projection.evolve(ledgers.get(projection.name) as Ledger, event);
    if (n % 4096 === 4095) for (const ledger of ledgers.values()) packTail(ledger);
  }
  return ledgers;
}

interface Question {
  instrument: string;
  /** In the mix those of whom opinions are heard have no bars. */
  heard: string;
  asOf: Instant;
  known: Instant;
}

/** The same questions for every size: the moments lie within the years that the first events have. */
function question(i: number): Question {
  const moment = (salt: number): Instant => instant(Date.UTC(2024, 0, 2) + ((i * 2_654_435_761 + salt * 40_503) % (4 * YEAR)));
  const [a, b] = [moment(1), moment(2)];
  const group = (i * 20) % INSTRUMENTS;
  return { instrument: `instrument-${group + (i % 19)}`, heard: `instrument-${group + 19}`, asOf: a, known: b };
}

type Answer = (ledgers: ReadonlyMap<string, Ledger>, asked: Question, sight: Sight) => number;

/** One level: the same work whatever the size of the log. */
const level: Answer = (ledgers, { instrument, asOf }, sight) => levelAt(openReader(ledgers.get('market-value') as Ledger, sight), instrument, asOf)?.price ?? 0;

/** The closes of the year before and sentiment: what a chart of one instrument asks. Longer where the log holds more of that year. */
const chart: Answer = (ledgers, { instrument, heard: of, asOf }, sight) => {
  const closes = levels(openReader(ledgers.get('market-value') as Ledger, sight), instrument, { after: instant(asOf.ms - YEAR), upTo: asOf });
  const heard = expressions(openReader(ledgers.get('sentiment') as Ledger, sight), of);
  return closes.length + measure(weigh(prepare(heard), asOf, HALF_LIFE)).reach;
};

const ASKED = 2000;

async function held(name: string, size: number, rounds: number, ledgers: ReadonlyMap<string, Ledger>, answer: Answer): Promise<Comparison> {
  const asked = Array.from({ length: ASKED }, (_, i) => question(i));
  const sightOf = ({ known }: Question): Sight => ({ ...ALL, known });
  let next = 0;
  const ours = {
    run: async () => {
      let sum = 0;
      for (const each of asked) sum += answer(ledgers, each, sightOf(each));
      if (Number.isNaN(sum)) throw new Error('no answer');
      return asked.length;
    },
  };
  const refold = {
    run: async () => {
      const each = asked[next % asked.length] as Question;
      next += 1;
      const anew = answer(fold(size, (event) => event.known.from.ms <= each.known.ms), each, ALL);
      if (anew !== answer(ledgers, each, sightOf(each))) throw new Error(`the ledger answers otherwise than the fold of what was known: ${JSON.stringify(each)}`);
      return 1;
    },
  };
  return compare(`${name}, ${size.toLocaleString('en')} events`, 'answers/s', rounds, ours, refold);
}

export async function knownAtBench({ events, rounds }: { events: number; rounds: number }): Promise<Comparison[]> {
  const lines: Comparison[] = [];
  for (const size of [events / 100, events / 10, events].map(Math.floor).filter((each) => each > 0)) {
    const ledgers = fold(size, () => true);
    lines.push(await held('known then: a level', size, rounds, ledgers, level));
    if (size === events) lines.push(await held('known then: a year of closes, and sentiment', size, rounds, ledgers, chart));
  }
  return lines;
}
