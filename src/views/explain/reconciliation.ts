/**
 * How the values of a reconciliation come about. Intervals are narrowed by several facts at once: such a value is told
 * by the steps of its finding and every event that it rests on.
 */
import { computed, counted, each, given, plain, stored, under, type Fields, type Input, type Rule, type Scope, type Table } from './told.js';

/** The finding that a value stands in: owners are body, findings, the finding, and what is in it. */
function findingOf({ owners }: Scope): Fields {
  return owners[2] ?? {};
}

function piecesOf(finding: Fields): Input[] {
  return (finding['evidence'] as Fields[]).flatMap((piece): Input[] => [
    { name: String(piece['role']), value: plain(piece['text']), event: String(piece['event']) },
    ...(piece['also'] as string[]).map((event): Input => ({ name: `${String(piece['role'])}, again`, value: plain(piece['text']), event })),
  ]);
}

function derived(says: string): Rule {
  return (scope) => {
    const finding = findingOf(scope);
    const own = scope.owner['event'];
    const inputs = piecesOf(finding);
    return { says, how: 'derived', steps: finding['steps'] as string[], inputs: typeof own === 'string' && !inputs.some(({ event }) => event === own) ? [{ name: 'measured', value: plain(scope.owner['price']), event: own }, ...inputs] : inputs };
  };
}

const RELAXATION: Table = {
  '/from': derived('the end of the claim as it stands'),
  '/to': derived('where that end would have to be for the conflict to end, the other facts as they are'),
  '/by': computed('how far the end would have to move', '|to − from|', ['to', 'from'], (to, from) => Math.abs(to - from)),
  '/relative': ({ owner, base, value }) => {
    const [by, from] = [Number(owner['by']), Number(owner['from'])];
    const time = owner['unit'] === 'seconds';
    return { says: 'the move as a part of the size of the end, or, of times, of a day', how: 'computed', formula: time ? 'by ÷ 86,400' : 'by ÷ |from|', inputs: [{ name: 'by', value: by, at: `${base}/by`, ...link(owner) }, { name: 'from', value: from, at: `${base}/from`, ...link(owner) }], result: value === null ? null : by / (time ? 86_400 : Math.abs(from)) };
  },
};

function link(owner: Fields): Pick<Input, 'event'> {
  return typeof owner['event'] === 'string' ? { event: owner['event'] } : {};
}

const READING: Table = {
  '/price': ({ owner, key, value }) => ({ says: `the session's ${String(owner['at'])}, as measured`, how: 'stored', inputs: [{ name: key, value, event: String(owner['event']), field: `/data/${String(owner['at'])}` }] }),
  ...each(['changeLo', 'changeHi'], derived('the change that this price makes from the beginning that the claim names')),
  ...each(['valueChangeLo', 'valueChangeHi'], derived('the change of market value that this price makes')),
  '/gap': derived('how far the claim is from this price, in the unit of the finding'),
};

const gap: Rule = (scope) => {
  const { owner } = scope;
  const [statedLo = null, statedHi = null, impliedLo = null, impliedHi = null] = ['statedLo', 'statedHi', 'impliedLo', 'impliedHi'].map((name) => owner[name] as number | null);
  const below = statedHi !== null && impliedLo !== null && statedHi <= impliedLo ? impliedLo - statedHi : null;
  const distance = below ?? (statedLo !== null && impliedHi !== null ? statedLo - impliedHi : null);
  return { ...derived('the distance between what is stated and what the rest implies')(scope), how: 'computed', formula: 'the lower end of the one − the upper end of the other', result: distance };
};

const FINDING: Table = {
  ...each(['statedLo', 'statedHi'], derived('what the claim allows of the variable')),
  ...each(['impliedLo', 'impliedHi'], derived('what the rest of the evidence leaves of the variable')),
  ...each(['needsLo', 'needsHi'], derived('the price at which the claimed change is true')),
  '/gap': gap,
  ...under('/leastRelaxation', RELAXATION),
  ...under('/relaxations/*', RELAXATION),
  ...under('/readings/*', READING),
  ...under('/evidence/*', {
    '/confidence': stored('how far the source is trusted', '/metadata/confidence'),
    '/reach': counted('reports of this one figure', ({ owner }) => [owner['event'], ...(owner['also'] as string[])].map((event) => ({ name: 'report', value: plain(owner['text']), event: String(event) }))),
    '/witnesses': ({ owner }) => ({ says: 'reports of it that repeat no other and are of documents of their own', how: 'derived', inputs: [owner['event'], ...(owner['also'] as string[])].map((event) => ({ name: 'report', value: plain(owner['text']), event: String(event) })) }),
  }),
};

const verdict: Rule = ({ body, key }) => {
  const found = (body['findings'] as Fields[]).flatMap((finding, index): Input[] => (finding['verdict'] === key ? [{ name: 'finding', value: plain(finding['sentence']), at: `/findings/${index}/verdict` }] : []));
  return { says: `findings of the verdict ${key}`, how: 'counted', inputs: found, result: found.length };
};

/** Amount ÷ duration, both as the announcement's own terms give them. */
const pace: Rule = ({ body }) => ({ says: 'the commitment by the year, from amount and duration of its terms', how: 'derived', steps: ['amount ÷ years'], inputs: ((body['findings'] as Fields[]).find((finding) => finding['topic'] === 'terms')?.['evidence'] as Fields[] | undefined)?.map((piece) => ({ name: 'terms', value: plain(piece['text']), event: String(piece['event']) })) ?? [] });

export const reconciliationTable: Table = {
  '/rule': given('version of the rules of docs/reconciliation.md'),
  '/quantityRule': given('version of the rule that says what a printed figure allows (docs/time.md)'),
  ...each(['paceLo', 'paceHi'], pace),
  '/starts/*/confidence': stored('how far the report is trusted', '/metadata/confidence'),
  ...under('/verdicts', each(['agree', 'compatible', 'conflict', 'different-moments', 'incomparable'], verdict)),
  ...under('/findings/*', FINDING),
};
