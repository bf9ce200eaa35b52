/** Exposure: edges that hold then, walked both ways. */
import { describe, expect, it } from 'vitest';
import { parseInstant, type Instant } from '../../events/index.js';
import { edgesAt, exposure, hopsOf, walk, type Edge } from '../../projections/index.js';
import { given, testId, type Happened } from '../support/given.js';

const at = (text: string): Instant => parseInstant(text) as Instant;

function related(list: { data: Record<string, unknown>; type?: string; occurred?: unknown; published?: string; confidence?: number }[]): Happened[] {
  return list.map(({ data, type = 'RelationshipDisclosed', published = '2025-11-03T12:00:00Z', occurred = { at: published }, confidence = 1 }, index) => ({
    input: { id: testId(index + 1), type, data, metadata: { occurredAt: occurred, publishedAt: { at: published }, source: { document: 'test' }, confidence } },
    recordedAt: '2027-01-01T00:00:00Z',
  }));
}

const edges = (list: Parameters<typeof related>[0], asOf: string, knownAt?: string): Edge[] => edgesAt(given(...related(list)).reader(exposure, knownAt === undefined ? {} : { known: at(knownAt) }), at(asOf));
const told = (list: readonly Edge[]): string[] => list.map(({ entity, relation, other }) => `${entity} ${relation} ${other}`);
const paths = (list: readonly Edge[], entity: string, direction: 'on' | 'of', depth = 3): string[] => walk(list.flatMap(hopsOf), entity, direction, depth, 100).paths.map((path) => path.map(({ from, to, channel }) => `${from}→${to} (${channel})`).join(', '));
const pair = (entity: string, relation: string, other: string): { data: Record<string, unknown> } => ({ data: { entity, relation, other } });

describe('a relationship', () => {
  it('holds from when it is known and true, and no longer than it is said to', () => {
    const list = [{ data: { entity: 'a', relation: 'owns', other: 'b' }, occurred: { throughout: '2025-10-01/2026-04-01' } }];
    expect(told(edges(list, '2025-12-01T00:00:00Z'))).toEqual(['a owns b']);
    expect(edges(list, '2026-04-03T00:00:00Z')).toEqual([]);
    expect(edges(list, '2025-12-01T00:00:00Z', '2025-11-03T11:59:59Z')).toEqual([]);
  });
  it('that several report is one edge: the most trusted stands for it, of those one with an amount', () => {
    const [edge, ...more] = edges([
      { data: { entity: 'a', relation: 'owns', other: 'b', note: 'a share' } },
      { data: { entity: 'a', relation: 'owns', other: 'b', amount: { as: 'about', value: '27', unit: 'percent' } } },
      { data: { entity: 'a', relation: 'owns', other: 'b', amount: { as: 'rounded', value: '30', unit: 'percent' } }, confidence: 0.5, published: '2025-11-05T00:00:00Z' },
    ], '2026-01-01T00:00:00Z');
    expect([more.length, edge?.row.id, edge?.also.length]).toEqual([0, testId(2), 2]);
  });
  it('that is withdrawn is gone', () => {
    const list = [pair('a', 'owns', 'b'), { type: 'ObservationRetracted', data: { retracts: { id: testId(1), streamId: 'market.entity-a', revision: 0 } }, published: '2025-12-01T00:00:00Z' }];
    expect([edges(list, '2026-01-01T00:00:00Z'), told(edges(list, '2026-01-01T00:00:00Z', '2025-11-30T00:00:00Z'))]).toEqual([[], ['a owns b']]);
  });
});

describe('an announcement', () => {
  const deal = { type: 'AnnouncementMade', data: { announcement: 'deal', title: 'a deal', parties: [{ entity: 'a', role: 'customer' }, { entity: 'b', role: 'supplier' }], commitment: { amount: { as: 'rounded', value: '38e9', unit: 'USD' } } } };
  it('ties its customers to its suppliers, until the parties end it', () => {
    const ended = { type: 'AnnouncementAmended', data: { announcement: 'deal', change: 'ended', summary: 'over' }, published: '2026-02-01T00:00:00Z' };
    expect(told(edges([deal], '2026-01-01T00:00:00Z'))).toEqual(['a buys-from b']);
    expect([edges([deal, ended], '2026-03-01T00:00:00Z'), told(edges([deal, ended], '2026-01-15T00:00:00Z'))]).toEqual([[], ['a buys-from b']]);
    expect(told(edges([deal, { ...ended, confidence: 0.2 }], '2026-03-01T00:00:00Z'))).toEqual(['a buys-from b']);
  });
  it('ties nobody before it was made, and only possibly while it may have been', () => {
    const vague = { ...deal, occurred: { unknown: true } };
    const dated = { from: at('2025-11-02T00:00:00Z'), to: at('2025-11-03T00:00:00Z') };
    const ties = (asOf: string): unknown => edgesAt(given(...related([vague])).reader(exposure), at(asOf), (id) => (id === 'deal' ? dated : null)).map(({ status }) => status);
    expect([ties('2025-11-01T23:59:59Z'), ties('2025-11-02T12:00:00Z'), ties('2025-11-03T00:00:00Z')]).toEqual([[], ['possible'], ['certain']]);
    expect(edges([vague], '2024-01-01T00:00:00Z').map(({ status }) => status)).toEqual(['possible']);
  });
});

describe('a walk', () => {
  it('goes on to what an entity needs, and back to who needs it', () => {
    const list = edges([pair('a', 'buys-from', 'b'), pair('b', 'depends-on', 'c')], '2026-01-01T00:00:00Z');
    expect(paths(list, 'a', 'on')).toEqual(['a→b (supply)', 'a→b (supply), b→c (supply)']);
    expect(paths(list, 'c', 'of')).toEqual(['b→c (supply)', 'b→c (supply), a→b (supply)']);
    expect(paths(list, 'b', 'on')).toEqual(['b→a (custom)', 'b→c (supply)']);
  });
  it('does not turn in circles, and stops at its depth', () => {
    const list = edges([pair('a', 'depends-on', 'b'), pair('b', 'depends-on', 'c'), pair('c', 'depends-on', 'a')], '2026-01-01T00:00:00Z');
    expect(paths(list, 'a', 'on')).toEqual(['a→b (supply)', 'a→b (supply), b→c (supply)']);
    expect(paths(list, 'a', 'on', 1)).toEqual(['a→b (supply)']);
  });
  it('tells a division from its whole, and depends on no competitor', () => {
    const registered = { type: 'EntityRegistered', data: { entity: 'cloud', name: 'Cloud', kind: 'company', partOf: 'whole' } };
    expect(paths(edges([registered, pair('whole', 'competes-with', 'other')], '2026-01-01T00:00:00Z'), 'whole', 'on')).toEqual(['whole→cloud (whole)']);
  });
  it('says when there are more paths than it gives', () => {
    const list = edges(['b', 'c', 'd'].map((other) => pair('a', 'depends-on', other)), '2026-01-01T00:00:00Z');
    expect(walk(list.flatMap(hopsOf), 'a', 'on', 1, 2)).toMatchObject({ cut: true, paths: { length: 2 } });
  });
});
