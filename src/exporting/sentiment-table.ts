/**
 * The table of sentiment: at each moment at which something was said, scored, corrected or taken back, the measures as
 * they stood then (docs/sentiment.md), over everything, by aspect and by kind of holder. Between two rows they decay.
 */
import { compareInstants, type Instant } from '../../events/index.js';
import { changesOf, compareText, DEFAULT_HALF_LIFE_MS, expressions, measure, methodOf, openReader, prepare, readNames, scoredBy, weigh, type ExpressionRow, type Ledger, type Reader } from '../../projections/index.js';
import { reader, type ViewContext } from '../views/context.js';
import { duration } from '../views/sentiment-curve.js';
import { justBefore, moments } from './moments.js';
import { columnsOf, type Row, type Table } from './table.js';

const COLUMNS = columnsOf([
  ['subject', 'text'],
  ['aspect', 'text'],
  ['holder_kind', 'text'],
  ['ts', 'time'],
  ['ts_known', 'time'],
  ['mean', 'float'],
  ['mean_lo', 'float'],
  ['mean_hi', 'float'],
  ['shrunk', 'float'],
  ['net', 'float'],
  ['mass', 'float'],
  ['n', 'integer'],
  ['n_eff', 'float'],
  ['reach', 'integer'],
  ['dispersion', 'float'],
  ['disagreement', 'float'],
  ['half_life_s', 'float'],
  ['method', 'text'],
  ['method_version', 'integer'],
]);

export interface SentimentRequest {
  /** Ids; null: all. */
  entities: readonly string[] | null;
  /** ISO 8601 duration, default P7D. */
  halfLife?: string | undefined;
}

/** @param context without a bound on the valid time; its knownAt bounds the history */
export function sentimentTable(context: ViewContext, { entities, halfLife }: SentimentRequest): Table {
  const halfLifeMs = halfLife === undefined ? DEFAULT_HALF_LIFE_MS : duration('halfLife', halfLife);
  const ledger = reader(context, 'sentiment');
  const subjects = readNames(ledger, 'sentiment:').map((name) => name.slice('sentiment:'.length)).filter((entity) => entities === null || entities.includes(entity));
  return { name: 'sentiment', columns: COLUMNS, rows: rowsOf(context, ledger.ledger, subjects, halfLifeMs) };
}

async function* rowsOf(context: ViewContext, ledger: Ledger, subjects: readonly string[], halfLifeMs: number): AsyncGenerator<Row[]> {
  const found = moments();
  subjects.forEach((subject, lane) => {
    const changes = changesOf(ledger, `sentiment:${subject}`, context.sight.order);
    found.add(lane, changes, true);
    // What is known of a time to come counts from that time on.
    found.add(lane, changes.filter(({ known, at }) => Number.isFinite(at.ms) && compareInstants(at, known) > 0).map(({ at }) => ({ known: at, at })), true);
  });
  for (const { known, lane } of found.inOrder(context.sight.known)) {
    const then = (moment: Instant): Reader => openReader(ledger, { ...context.sight, known: moment });
    const earlier = justBefore(known);
    yield measured(subjects[lane] as string, known, said(then(earlier), subjects[lane] as string, earlier), said(then(known), subjects[lane] as string, known), halfLifeMs);
  }
}

/** What counts at a moment: one scoring of each statement whose time has come. */
function said(read: Reader, subject: string, at: Instant): ExpressionRow[] {
  return scoredBy(expressions(read, subject), null).filter((row) => compareInstants(row.at, at) <= 0);
}

/** A row for everything and for each group that something was added to or taken from. */
function measured(subject: string, known: Instant, before: readonly ExpressionRow[], now: readonly ExpressionRow[], halfLifeMs: number): Row[] {
  const [old, fresh] = [new Set(before.map(({ id }) => id)), new Set(now.map(({ id }) => id))];
  const touched = [...before.filter(({ id }) => !fresh.has(id)), ...now.filter(({ id }) => !old.has(id))];
  if (touched.length === 0) return [];
  const weighted = weigh(prepare(now), known, halfLifeMs);
  const group = (aspect: string | null, kind: string | null): Row => {
    const inside = weighted.filter(({ row: { value } }) => (aspect === null || value.aspect === aspect) && (kind === null || value.kind === kind));
    const { mean, meanLo, meanHi, shrunk, net, mass, n, nEff, reach, dispersion, disagreement } = measure(inside);
    const methods = [...new Set(inside.map(({ row }) => methodOf(row)))];
    const [only] = methods.length === 1 ? [inside[0]?.row.value.method] : [];
    return [subject, aspect ?? 'all', kind ?? 'all', known, known, mean, meanLo, meanHi, shrunk, net, mass, n, nEff, reach, dispersion, disagreement, halfLifeMs / 1000, only?.name ?? (methods.length === 0 ? null : methods.sort(compareText).join(' ')), only?.version ?? null];
  };
  const distinct = (of: (row: ExpressionRow) => string): string[] => [...new Set(touched.map(of))].sort(compareText);
  return [group(null, null), ...distinct((row) => row.value.aspect).map((aspect) => group(aspect, null)), ...distinct((row) => row.value.kind).map((kind) => group(null, kind))];
}
