/** Announcements that are in no seed: other shapes, other currencies, missing and corrected facts. The rules know no company. */
import { describe, expect, it } from 'vitest';
import { parseInstant, type Instant } from '../../events/index.js';
import { ALL, latestReconciled, marketValue, openReader, reconcile, registry, timeline, type Finding, type Reconciliation, type Sight } from '../../projections/index.js';
import { foldAll, given, retracted, testId, typed, type Happened } from '../support/given.js';

const SOURCE = { document: 'wire' };
const PUBLISHED = { at: '2026-03-05T12:00:00Z' };
const at = (text: string): Instant => parseInstant(text) as Instant;
let next = 1;

function event(type: string, data: Record<string, unknown>, metadata: Record<string, unknown> = {}, id = testId(10_000 + next++)): Happened {
  return { input: { id, type, data, metadata: { source: SOURCE, publishedAt: PUBLISHED, $correlationId: 'order', ...metadata } } };
}

const listing = event('InstrumentListed', { instrument: 'acme-common', entity: 'acme', symbol: 'XNYS:ACME', name: 'Acme', kind: 'share', currency: 'USD', calendar: 'US' }, { occurredAt: { unknown: true } });
const made = (commitment?: Record<string, unknown>, document = 'wire'): Happened => event('AnnouncementMade', { announcement: 'order', title: 'Acme buys machines', parties: [{ entity: 'acme', role: 'customer' }, { entity: 'globex', role: 'supplier' }], ...(commitment ? { commitment } : {}) }, { occurredAt: { unknown: true }, source: { document } });
const dated = (when: Record<string, unknown>, more: Record<string, unknown> = {}): Happened => event('AnnouncementDated', { announcement: 'order', when }, more);
const close = (date: string, price: number, more: Record<string, unknown> = {}): Happened => ({ input: { id: testId(10_000 + next++), type: 'BarClosed', data: { instrument: 'acme-common', close: price, session: { date, calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'none', ...more }, metadata: { source: SOURCE } } });
const counted = (value: string, basis = 'total'): Happened => event('SharesOutstandingReported', { instrument: 'acme-common', shares: { as: 'exact', value, unit: 'shares' }, basis }, { occurredAt: { throughout: '2026-01-15/..', zone: 'America/New_York' }, publishedAt: { at: '2026-02-01T12:00:00Z' }, $correlationId: undefined });
const quantity = (as: string, value: string, unit = 'percent', direction: string | undefined = 'up'): Record<string, unknown> => ({ as, value, unit, ...(direction === undefined ? {} : { direction }) });
const SPAN = { from: { at: '2026-03-02T21:00:00Z' }, to: { at: '2026-03-03T21:00:00Z' }, base: 'previous-close', session: 'regular' };
const move = (change: Record<string, unknown>, more: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}, id?: string): Happened => event('MarketMoveReported', { instrument: 'acme-common', measure: 'price', change, ...SPAN, ...more }, metadata, id);
const gained = (change: Record<string, unknown>, more: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}, id?: string): Happened => event('MarketValueChangeReported', { instrument: 'acme-common', change, ...SPAN, ...more }, metadata, id);

function found(history: readonly Happened[], sight: Partial<Sight> = {}, asOf = '2026-03-06T00:00:00Z'): Reconciliation {
  const events = typed(history);
  const readerOf = (projection: typeof marketValue): ReturnType<typeof openReader> => openReader(foldAll(projection, events), { ...ALL, ...sight });
  const readers = { market: readerOf(marketValue), timeline: readerOf(timeline), registry: readerOf(registry) };
  expect(latestReconciled(readers, 'order')).not.toBeNull();
  return reconcile(readers, 'order', at(asOf));
}
const verdicts = (findings: readonly Finding[], topic?: string): string[] => findings.filter((each) => topic === undefined || each.topic === topic).map((each) => each.verdict);
const market = (history: readonly Happened[], sight?: Partial<Sight>): Finding[] => found(history, sight).findings.filter((each) => !each.subject.startsWith('announcement-'));
const conflicts = (findings: readonly Finding[]): Finding[] => findings.filter((each) => each.verdict === 'conflict');

const base = [listing, made(), dated({ at: '2026-03-03T13:00:00Z' })];
const prices = [close('2026-03-02', 20), close('2026-03-03', 21, { open: 20.5, high: 22, low: 20.2 })];

describe('the terms of an announcement', () => {
  it('without an amount or a duration give no finding and no pace', () => {
    const answer = found([...base, ...prices]);
    expect([verdicts(answer.findings, 'terms'), answer.pace]).toEqual([[], null]);
  });
  it('that differ are in conflict, by how much in their own units, and a pace follows from amount and duration', () => {
    const answer = found([made({ amount: quantity('rounded', '38e9', 'USD', undefined), duration: 'P7Y' }), made({ amount: quantity('moreThan', '100e9', 'USD', undefined), duration: 'P10Y' }, 'blog'), dated({ at: '2026-03-03T13:00:00Z' })]);
    const terms = answer.findings.filter((each) => each.topic === 'terms');
    expect(terms.map((each) => [each.compared?.unit, each.verdict, each.relaxations[0]?.by])).toEqual(expect.arrayContaining([['USD', 'conflict', 61.5e9], ['years', 'conflict', 3]]));
  });
  it('in two currencies are kept apart', () => {
    const answer = found([made({ amount: quantity('rounded', '2e9', 'EUR', undefined) }), made({ amount: quantity('rounded', '38e9', 'USD', undefined) }, 'blog'), dated({ at: '2026-03-03T13:00:00Z' })]);
    expect(answer.findings.filter((each) => each.topic === 'terms').map((each) => [each.verdict, each.reason])).toEqual([['incomparable', 'currency']]);
  });
  it('with a stated pace are held against it', () => {
    const paced = (value: string): Finding[] => found([made({ amount: quantity('rounded', '38e9', 'USD', undefined), duration: 'P7Y' }), dated({ at: '2026-03-03T13:00:00Z' }), event('MetricReported', { entity: 'acme', metric: 'commitment-per-year', value: { as: 'about', value, unit: 'USD/year' } }, { occurredAt: { unknown: true } })]).findings.filter((each) => each.topic === 'terms');
    expect(paced('5.4e9').map((each) => each.verdict)).toEqual(['agree']);
    expect(paced('8e9').map((each) => each.verdict)).toEqual(['conflict']);
  });
});

describe('a claimed change', () => {
  it('agrees with the close it is of, and conflicts with another, a gap apart', () => {
    expect(verdicts(market([...base, ...prices, move(quantity('rounded', '5'))]), 'measured')).toEqual(['agree']);
    const [finding] = conflicts(market([...base, ...prices, move(quantity('rounded', '9'))]));
    expect([finding?.topic, finding?.relaxations[0]?.to.toFixed(4), finding?.relaxations[0]?.by.toFixed(4)]).toEqual(['measured', '0.0500', '0.0350']);
  });
  it('of a day is true of any price of its session, and in conflict only beyond its range', () => {
    const day = { to: { within: '2026-03-03' }, session: 'unknown' };
    expect(verdicts(market([...base, ...prices, move(quantity('rounded', '9.5'), day)]), 'measured')).toEqual(['agree']);
    expect(verdicts(market([...base, ...prices, move(quantity('rounded', '12'), day)]), 'measured')).toEqual(['conflict']);
  });
  it('before the open is refuted by no price of the session', () => {
    const pre = { to: { within: '2026-03-03' }, session: 'pre' };
    expect(conflicts(market([...base, ...prices, move(quantity('rounded', '12'), pre)]))).toEqual([]);
  });
  it('without a stated beginning can not be compared', () => {
    const [finding] = market([...base, ...prices, move(quantity('rounded', '5'), { from: { unknown: true }, base: 'unknown' })]);
    expect([finding?.verdict, finding?.reason]).toEqual(['incomparable', 'base']);
  });
  it('from the open is held against the open, and not against one from the close before', () => {
    const fromOpen = move(quantity('rounded', '2.4'), { from: { at: '2026-03-03T14:30:00Z' }, base: 'open' });
    const findings = market([...base, ...prices, fromOpen, move(quantity('rounded', '5'))]);
    expect(verdicts(findings, 'measured')).toEqual(['agree', 'agree']);
    expect(findings.filter((each) => each.topic === 'claims').map((each) => [each.verdict, each.reason])).toEqual([['incomparable', 'base']]);
  });
  it('in another currency than the prices makes no conflict', () => {
    const findings = market([...base, ...prices, counted('1000000'), gained(quantity('rounded', '900e6', 'EUR'))]);
    expect(findings.map((each) => [each.verdict, each.reason])).toEqual([['incomparable', 'currency']]);
  });
  it('says nothing where its base was not measured', () => {
    const answer = found([...base, close('2026-03-03', 21), move(quantity('rounded', '9'))]);
    expect([answer.findings.filter((each) => each.topic === 'measured'), answer.unchecked.map((each) => each.reason)]).toEqual([[], ['base-not-measured']]);
  });
});

describe('claims without any measured price', () => {
  const history = (change: Record<string, unknown>): Happened[] => [...base, counted('50000000'), move(quantity('rounded', '5.00'), { price: quantity('rounded', '21.00', 'USD', undefined) }), gained(change, {}, { source: { document: 'blog' } })];
  it('are held against each other: price, change and shares imply the change of value', () => {
    expect(conflicts(market(history(quantity('rounded', '50e6', 'USD'))))).toEqual([]);
    const [finding] = conflicts(market(history(quantity('rounded', '100e6', 'USD'))));
    expect(finding?.compared).toMatchObject({ variable: 'D', unit: 'USD', stated: { lo: 99.5e6 } });
    expect([finding?.compared?.implied.lo?.toPrecision(3), finding?.compared?.implied.hi?.toPrecision(3)]).toEqual(['4.99e+7', '5.01e+7']);
  });
  it('of three sources, any two of which fit, are found to conflict together', () => {
    const day = { to: { at: '2026-03-03T16:00:00Z' } };
    const findings = market([
      ...base,
      event('PriceObserved', { instrument: 'acme-common', price: quantity('rounded', '21.00', 'USD', undefined), session: 'regular' }, { occurredAt: { at: '2026-03-03T16:00:00Z' } }),
      move(quantity('rounded', '5.0'), day, { source: { document: 'second' } }),
      move(quantity('rounded', '30.0'), { ...day, price: quantity('rounded', '21.00', 'USD', undefined), to: { at: '2026-03-03T17:00:00Z' } }, { source: { document: 'third' } }),
    ]);
    const joint = conflicts(findings);
    expect(joint.length).toBe(1);
    expect(new Set(joint[0]?.pieces.filter((piece) => piece.role === 'claim').map((piece) => piece.row.id)).size).toBe(3);
  });
});

describe('two claims', () => {
  it('of one instant that exclude each other conflict; of one day they are different moments', () => {
    const pair = (to: Record<string, unknown>): Finding[] => market([...base, move(quantity('rounded', '3.0'), { to }), move(quantity('rounded', '6.0'), { to }, { source: { document: 'blog' } })]).filter((each) => each.topic === 'claims');
    expect(verdicts(pair({ at: '2026-03-03T16:00:00Z' }))).toEqual(['conflict']);
    expect(pair({ within: '2026-03-03', calendar: 'US' }).map((each) => [each.verdict, each.reason])).toEqual([['different-moments', 'values-differ']]);
  });
  it('of different instants are not held against each other', () => {
    const findings = market([...base, move(quantity('rounded', '3.0'), { to: { at: '2026-03-03T16:00:00Z' } }), move(quantity('rounded', '6.0'), { to: { at: '2026-03-03T17:00:00Z' } })]);
    expect([verdicts(findings, 'claims'), verdicts(findings, 'moments')]).toEqual([[], ['different-moments']]);
  });
  it('of one figure are one claim with reach two; a report that repeats another is no second witness', () => {
    const first = testId(901);
    const repeat = { repeats: { id: first, streamId: 'market.instrument-acme-common' }, source: { document: 'reprint' } };
    const [finding] = market([...base, ...prices, move(quantity('rounded', '5'), {}, {}, first), move(quantity('rounded', '5'), {}, { source: { document: 'blog' } }), move(quantity('rounded', '5'), {}, repeat)]).filter((each) => each.topic === 'measured');
    const claim = finding?.pieces.find((piece) => piece.role === 'claim');
    expect([claim?.reach, claim?.witnesses]).toEqual([3, 2]);
  });
});

describe('a claim on a company', () => {
  const company = (change: Record<string, unknown>): Happened => event('MarketValueChangeReported', { entity: 'acme', change, ...SPAN });
  it('with one share class is one on that class, told once', () => {
    const findings = market([...base, ...prices, counted('1000000'), company(quantity('about', '1e6', 'USD')), move(quantity('rounded', '5'))]);
    expect(new Set(findings.map((each) => each.subject))).toEqual(new Set(['instrument-acme-common']));
    expect(verdicts(findings, 'measured')).toEqual(['agree', 'agree']);
  });
  it('with several is held against the sum over them', () => {
    const second = event('InstrumentListed', { instrument: 'acme-b', entity: 'acme', symbol: 'XNYS:ACME.B', name: 'Acme B', kind: 'share', currency: 'USD', calendar: 'US' }, { occurredAt: { unknown: true } });
    const classB = [close('2026-03-02', 10, { instrument: 'acme-b' }), close('2026-03-03', 11, { instrument: 'acme-b' })];
    const countedB = event('SharesOutstandingReported', { instrument: 'acme-b', shares: { as: 'exact', value: '500000', unit: 'shares' }, basis: 'total' }, { occurredAt: { throughout: '2026-01-15/..', zone: 'America/New_York' }, publishedAt: { at: '2026-02-01T12:00:00Z' }, $correlationId: undefined });
    const findings = market([...base, second, ...prices, ...classB, counted('1000000'), countedB, company(quantity('rounded', '1.50e6', 'USD'))]);
    expect(findings.map((each) => [each.subject, each.topic, each.verdict])).toEqual([['entity-acme', 'measured', 'agree']]);
  });
});

describe('corrections', () => {
  const wrong = testId(950);
  const history = [...base, ...prices, move(quantity('rounded', '9'), {}, {}, wrong)];
  const reference = { id: wrong, streamId: 'market.instrument-acme-common' };
  const corrected: Happened = { input: { id: testId(951), type: 'ObservationCorrected', data: { corrects: reference, type: 'MarketMoveReported', schemaVersion: 1, data: { instrument: 'acme-common', measure: 'price', change: quantity('rounded', '5'), ...SPAN } }, metadata: { source: SOURCE, occurredAt: SPAN.to, publishedAt: { at: '2026-03-07T12:00:00Z' }, $correlationId: 'order' } } };
  it('that remove a conflict remove it from the moment at which they are known', () => {
    expect(conflicts(market([...history, corrected])).length).toBe(0);
    expect(conflicts(market([...history, corrected], { known: at('2026-03-07T11:59:59Z') })).length).toBe(1);
  });
  it('that withdraw a claim take its findings away', () => {
    const withdrawn = retracted(wrong, { id: testId(952), publishedAt: { at: '2026-03-07T12:00:00Z' } });
    (withdrawn.input['data'] as { retracts: { streamId: string } }).retracts.streamId = 'market.instrument-acme-common';
    expect(market([...history, withdrawn])).toEqual([]);
  });
});

describe('shares', () => {
  it('of another basis are never held against the total', () => {
    const findings = market([...base, ...prices, counted('1000000'), counted('1200000', 'diluted'), gained(quantity('rounded', '1.0e6', 'USD'))]);
    expect(findings.filter((each) => each.topic === 'shares').map((each) => [each.verdict, each.reason])).toEqual([['incomparable', 'share-basis']]);
    expect(verdicts(findings, 'measured')).toEqual(['agree']);
  });
  it('follow from a price and a value, and are held against the count', () => {
    const worth = (value: string): Finding[] => market([...base, ...prices, counted('1000000'), event('MarketValueReported', { instrument: 'acme-common', value: quantity('about', value, 'USD', undefined), price: quantity('rounded', '21.00', 'USD', undefined), session: 'regular' }, { occurredAt: { at: '2026-03-03T21:00:00Z' } })]);
    expect(verdicts(worth('21e6'), 'shares')).toEqual(['agree']);
    expect(verdicts(worth('30e6'), 'shares')).toEqual(['conflict']);
  });
});

describe('times', () => {
  it('of the most trusted reports that exclude each other are a conflict, by so many seconds', () => {
    const answer = found([made(), dated({ at: '2026-03-03T13:00:00Z' }), dated({ at: '2026-03-03T15:00:00Z' }, { source: { document: 'blog' } })]);
    const [finding] = answer.findings.filter((each) => each.topic === 'public');
    expect([finding?.verdict, finding?.relaxations[0]?.by]).toEqual(['conflict', 7200]);
  });
  it('a less trusted report outside the window conflicts with it, and the window stands', () => {
    const answer = found([made(), dated({ at: '2026-03-03T13:00:00Z' }), dated({ within: '2026-03-05', zone: 'America/New_York' }, { confidence: 0.4 })]);
    expect([verdicts(answer.findings, 'public'), verdicts(answer.findings, 'date')]).toEqual([['agree'], ['conflict']]);
  });
  it('an effect that was over before its cause can have happened contradicts the order of cause and effect', () => {
    const deal = made();
    const early = move(quantity('rounded', '1'), { from: { at: '2026-02-27T21:00:00Z' }, to: { at: '2026-03-02T21:00:00Z' } }, { $causationId: deal.input['id'] });
    const answer = found([listing, deal, dated({ at: '2026-03-03T13:00:00Z' }), ...prices, early]);
    const [finding] = answer.findings.filter((each) => each.topic === 'order');
    expect([finding?.verdict, finding?.relaxations[0]?.by]).toEqual(['conflict', 16 * 3600]);
  });
  it('undated, an announcement has claims that are held against each other alone', () => {
    const relative = { from: { relative: 'order', side: 'before' }, to: { relative: 'order', side: 'after' }, base: 'before-announcement', session: 'unknown' };
    const findings = market([listing, made(), ...prices, move(quantity('rounded', '3'), relative), move(quantity('rounded', '6'), relative)]);
    expect(verdicts(conflicts(findings))).toEqual(['conflict']);
  });
});

it('the order in which the facts arrived changes nothing', () => {
  const history = [...base, ...prices, counted('1000000'), move(quantity('moreThan', '4.7')), gained(quantity('order', '1e7', 'USD')), gained(quantity('about', '1e6', 'USD'), {}, { source: { document: 'blog' } })];
  const summary = (events: readonly Happened[]): unknown => found(events).findings.map((each) => [each.id, each.verdict, each.compared, each.relaxations.map(({ to, by }) => [to, by])]).sort();
  expect(summary([...history].reverse())).toEqual(summary(history));
  expect(given(...history).events().length).toBe(history.length);
});
