/** How the values of a sentiment answer come about: each measure from the weights and scores of the expressions it takes in. */
import { fsum } from 'd3-array';
import { parseInstant, type Instant } from '../../../events/index.js';
import { eventLink, methodOf, prepare, weigh, type ExpressionRow, type Weighted } from '../../../projections/index.js';
import { LINE_OF, prepareSaid, type Said } from '../sentiment.js';
import { counted, given, plain, stored, THINNED, under, type Fields, type Input, type Rule, type Scope, type Table } from './told.js';

const middle = ({ score }: Weighted): number => ((score.lo ?? -1) + (score.hi ?? 1)) / 2;
const total = (of: readonly Weighted[], term: (each: Weighted) => number): number => fsum(of.map(term));
const mass = (of: readonly Weighted[]): number => total(of, ({ weight }) => weight);
const net = (of: readonly Weighted[], score = middle): number => total(of, (each) => each.weight * score(each));
const low = ({ score }: Weighted): number => score.lo ?? -1;
const high = ({ score }: Weighted): number => score.hi ?? 1;
const squared = (x: number): number => x * x;

/** says, formula, and the measure again, from the definition of docs/sentiment.md. */
const MEASURES: Record<string, [says: string, formula: string, compute: (of: readonly Weighted[]) => number]> = {
  mean: ['what is thought; an interval of scores stands by its middle', 'Σws ÷ Σw', (of) => net(of) / mass(of)],
  meanLo: ['the least that the intervals of scores allow', 'Σw·lo ÷ Σw', (of) => net(of, low) / mass(of)],
  meanHi: ['the most that the intervals of scores allow', 'Σw·hi ÷ Σw', (of) => net(of, high) / mass(of)],
  shrunk: ['what is thought, drawn to neutral where little is said', 'Σws ÷ (1 + Σw)', (of) => net(of) / (1 + mass(of))],
  shrunkLo: ['the least that the intervals of scores allow', 'Σw·lo ÷ (1 + Σw)', (of) => net(of, low) / (1 + mass(of))],
  shrunkHi: ['the most that the intervals of scores allow', 'Σw·hi ÷ (1 + Σw)', (of) => net(of, high) / (1 + mass(of))],
  net: ['what is said and how much of it', 'Σws', (of) => net(of)],
  netLo: ['the least that the intervals of scores allow', 'Σw·lo', (of) => net(of, low)],
  netHi: ['the most that the intervals of scores allow', 'Σw·hi', (of) => net(of, high)],
  mass: ['how much is said', 'Σw', mass],
  n: ['expressions that still weigh', 'count of w > 0.01', (of) => of.filter(({ weight }) => weight > 0.01).length],
  nEff: ['expressions of equal weight that would weigh as much', '(Σw)² ÷ Σw²', (of) => squared(mass(of)) / total(of, ({ weight }) => weight * weight)],
  reach: ['all reports, reprints too', 'count', (of) => of.length],
  dispersion: ['spread of the scores', '√(Σw(s − S)² ÷ Σw)', (of) => Math.sqrt(total(of, (each) => each.weight * squared(middle(each) - net(of) / mass(of))) / mass(of))],
  disagreement: ['0 all agree, 1 balanced', '1 − |Σws| ÷ Σw|s|', (of) => 1 - Math.abs(net(of)) / total(of, (each) => each.weight * Math.abs(middle(each)))],
  balance: ['positive against negative, by weight', '(P − Q) ÷ (P + Q)', (of) => {
    const side = (sign: number): number => total(of, (each) => (Math.sign(middle(each)) === sign ? each.weight : 0));
    return (side(1) - side(-1)) / (side(1) + side(-1));
  }],
};

function saidOf({ context, body }: Scope): Said {
  const only = body['only'] as Record<string, string | null>;
  const narrowed = Object.fromEntries(Object.entries(only).filter(([, value]) => value !== null));
  return prepareSaid(context, String(body['entity']), { ...narrowed, halfLife: String(body['halfLife']) });
}

/** The measures over the expressions that `takes` picks, at the time of the owner or of the answer. */
function measures(takes: (said: Said, owner: Fields, body: Fields) => readonly ExpressionRow[]): Table {
  const rule = (name: string): Rule => (scope) => {
    const [says, formula, compute] = MEASURES[name] as (typeof MEASURES)[string];
    const said = saidOf(scope);
    const at = parseInstant(String(scope.owner['time'] ?? scope.body['asOf'])) as Instant;
    const rows = new Set(takes(said, scope.owner, scope.body));
    // Novelty looks at all that count; of one method, at all that it scored.
    const prepared = scope.owner['method'] === undefined ? said.prepared.filter(({ row }) => rows.has(row)) : prepare([...rows]);
    const of = weigh(prepared, at, said.halfLifeMs);
    return { says, how: 'computed', formula, ...termsOf(of), result: compute(of) };
  };
  return Object.fromEntries(Object.entries(MEASURES).map(([name]) => [`/${name}`, rule(name)]));
}

/** w and s of each expression, with who said what in the lines of working. */
function termsOf(of: readonly Weighted[]): { inputs: Input[]; steps: string[] } {
  const inputs = of.flatMap(({ row, weight, score }, index): Input[] => {
    const event = eventLink(row);
    const scores = score.lo === score.hi ? [{ name: `s${index + 1}`, value: score.lo, event, field: '/data/score' }] : [{ name: `s${index + 1} from`, value: score.lo, event, field: '/data/score' }, { name: `s${index + 1} to`, value: score.hi, event, field: '/data/score' }];
    return [{ name: `w${index + 1}`, value: weight, event }, ...scores];
  });
  return { inputs, steps: of.length === 0 ? ['nothing was expressed by then'] : of.map(({ row: { value } }, index) => `${index + 1}: ${value.holder} (${value.kind}) on ${value.aspect}: ${value.claim}`) };
}

const kindMean: Rule = ({ body, owner }) => {
  const holders = (body['holders'] as Fields[]).flatMap((holder, index) => (holder['holderKind'] === owner['kind'] ? [{ index, mass: Number(holder['mass']), net: Number(holder['net']) }] : []));
  const capped = holders.map((one) => Math.min(1, one.mass));
  const inputs = holders.flatMap(({ index, mass: m, net: n }): Input[] => [{ name: 'M', value: m, at: `/holders/${index}/mass` }, { name: 'N', value: n, at: `/holders/${index}/net` }]);
  return { says: 'the mean over holders of this kind, each by its mass up to 1', how: 'computed', formula: 'Σ min(1, M)·N/M ÷ Σ min(1, M)', inputs, result: fsum(holders.map((one, index) => (one.mass === 0 ? 0 : ((capped[index] ?? 0) * one.net) / one.mass))) / fsum(capped) };
};

function overKinds(says: string, formula: string, compute: (kinds: { weight: number; mean: number }[]) => number): Rule {
  return ({ body }) => {
    const kinds = (body['combined'] as { kinds: { kind: string; weight: number; mean: number }[] }).kinds;
    return { says, how: 'computed', formula, inputs: kinds.flatMap(({ kind, weight, mean }, index): Input[] => [{ name: `w ${kind}`, value: weight, at: `/combined/kinds/${index}/weight` }, { name: `m ${kind}`, value: mean, at: `/combined/kinds/${index}/mean` }]), result: compute(kinds) };
  };
}

const weighted = (kinds: { weight: number; mean: number }[]): number => fsum(kinds.map(({ weight, mean }) => weight * mean));

const weight: Rule = ({ body, owner, base, context }) => {
  const names = ['relevance', 'novelty', 'confidence'];
  const inputs = names.map((name): Input => ({ name, value: plain(owner[name]), at: `${base}/${name}`, event: String(owner['event']) }));
  const age = (parseInstant(String(body['asOf'])) as Instant).ms - (parseInstant(String(owner['certainFrom'])) as Instant).ms;
  const { halfLifeMs } = saidOf({ context, body } as Scope);
  const rest: Input[] = [{ name: 't − t_j in days', value: age / 86_400_000 }, { name: 'H in days', value: halfLifeMs / 86_400_000, at: '/halfLife' }];
  const product = names.reduce((x, name) => x * Number(owner[name]), 1);
  const possible = owner['status'] === 'possible';
  return { says: possible ? 'not certain at asOf: no weight' : 'how much it counts at asOf', how: 'computed', formula: 'relevance × novelty × confidence × exp(−ln 2 × (t − t_j) ÷ H); 0 beyond 40 half-lives', inputs: [...inputs, ...rest], result: possible || age > 40 * halfLifeMs ? 0 : product * Math.exp((-Math.LN2 * age) / halfLifeMs) };
};

const novelty: Rule = ({ body, owner }) => {
  if (owner['status'] === 'possible') return { says: 'not certain at asOf: not weighed', how: 'given', inputs: [{ name: 'novelty', value: 0, event: String(owner['event']) }], result: 0 };
  const same = (body['expressions'] as Fields[]).filter((other) => ['holder', 'aspect', 'claim'].every((name) => other[name] === owner[name]) && other['status'] === 'certain');
  const earlier = same.filter((other) => order(other) < order(owner));
  return { says: '1 for a first statement, 0.75 times that for each repetition within a day, 0 for a reprint', how: 'computed', formula: '0.75^k', inputs: [{ name: 'k', value: owner['novelty'] === 0 ? 'a reprint' : repeats(Number(owner['novelty'])), event: String(owner['event']) }, ...earlier.map((other): Input => ({ name: 'said before', value: plain(other['certainFrom']), event: String(other['event']) }))], result: owner['novelty'] === 0 ? 0 : power(repeats(Number(owner['novelty']))) };
};

const order = (owner: Fields): string => `${String(owner['certainFrom'])} ${String(owner['eventId'])}`;
const power = (k: number): number => Array.from({ length: k }).reduce<number>((x) => x * 0.75, 1);

function repeats(value: number): number {
  let k = 0;
  for (let x = 1; x > value; x *= 0.75) k += 1;
  return k;
}

const score = (end: 'lo' | 'hi'): Rule => ({ owner, value }) => ({ says: `the ${end === 'lo' ? 'lower' : 'upper'} end of the score; a number is both, negative is [−1, 0), positive (0, 1]`, how: 'computed', formula: 'as scored', inputs: [{ name: 'score', value, event: String(owner['event']), field: '/data/score' }], result: value });

const of = (name: string, line: (row: ExpressionRow) => string): ReturnType<typeof measures> => measures((said, owner) => said.rows.filter((row) => line(row) === owner[name]));

export const sentimentTable: Table = {
  ...THINNED,
  '/scoredOtherwise': counted('further scorings of statements that count by another method', (scope) => {
    const { all, rows } = saidOf(scope);
    return all.filter((row) => !rows.includes(row)).map((row) => ({ name: methodOf(row), value: row.value.claim, event: eventLink(row) }));
  }),
  ...under('/overall', measures((said) => said.rows)),
  ...under('/kinds/*', of('holderKind', (row) => row.value.kind)),
  ...under('/holders/*', measures((said, owner) => said.rows.filter((row) => row.value.holder === owner['holder'] && row.value.kind === owner['holderKind']))),
  ...under('/aspects/*', of('aspect', (row) => row.value.aspect)),
  ...under('/byMethod/*', measures((said, owner) => said.all.filter((row) => methodOf(row) === owner['method']))),
  ...under('/points/*', measures((said, owner, body) => said.rows.filter((row) => owner['line'] === 'all' || LINE_OF[body['by'] as keyof typeof LINE_OF](row) === owner['line']))),
  '/combined/mean': overKinds('each kind of holder heard alike', 'Σwm ÷ Σw', (kinds) => weighted(kinds) / fsum(kinds.map((kind) => kind.weight))),
  '/combined/disagreement': overKinds('between the kinds: 0 they agree, 1 they balance', '1 − |Σwm| ÷ Σw|m|', (kinds) => 1 - Math.abs(weighted(kinds)) / fsum(kinds.map(({ weight: w, mean }) => w * Math.abs(mean)))),
  '/combined/kinds/*/weight': given('the weight asked for, or 1'),
  '/combined/kinds/*/mean': kindMean,
  ...under('/expressions/*', {
    '/scoreLo': score('lo'),
    '/scoreHi': score('hi'),
    '/weight': weight,
    '/novelty': novelty,
    '/relevance': stored('how far it is about the subject', '/data/relevance'),
    '/confidence': stored('how far the source is trusted', '/metadata/confidence'),
  }),
};
