/** Statements of a company and what became of them, for tests of the claims ledger. */
import { parseInstant, type Instant } from '../../events/index.js';
import { claimsLedger, commitmentsOf, judge, judgeCommitment, statementsOn, type Judged, type Reader } from '../../projections/index.js';
import { given, testId, type Happened } from './given.js';

export const at = (text: string): Instant => parseInstant(text) as Instant;

export interface Told {
  type: string;
  data: Record<string, unknown>;
  published: string;
  occurred?: unknown;
  confidence?: number;
  document?: string;
  repeats?: number;
}

export function happened({ type, data, published, occurred = { at: published }, confidence = 1, document = 'test', repeats }: Told, index: number): Happened {
  return { input: { id: testId(index + 1), type, data, metadata: { occurredAt: occurred, publishedAt: { at: published }, source: { document }, confidence, ...(repeats === undefined ? {} : { repeats: reference(repeats, 'entity-acme') }) } }, recordedAt: '2032-01-01T00:00:00Z' };
}

export const forecast = (published: string, value: unknown, horizon: unknown, more: Record<string, unknown> = {}): Told => ({ type: 'ForecastMade', published, data: { entity: 'acme', by: { name: 'chief', kind: 'management' }, metric: 'revenue', claim: 'a forecast', ...(value === null ? {} : { value }), ...(horizon === null ? {} : { horizon }), ...more } });
export const metric = (published: string, value: unknown, more: Partial<Told> & { metric?: string; period?: string } = {}): Told => {
  const { metric: name = 'revenue', period, ...rest } = more;
  return { type: 'MetricReported', published, data: { entity: 'acme', metric: name, value, ...(period === undefined ? {} : { period: { throughout: period } }) }, ...rest };
};
export const usd = (value: string, as = 'rounded'): unknown => ({ as, value, unit: 'USD' });

function readerOf(list: readonly Told[], knownAt: string | null): Reader {
  return given(...list.map(happened)).reader(claimsLedger, knownAt === null ? {} : { known: at(knownAt) });
}
export function judged(list: readonly Told[], asOf: string, knownAt: string | null = null): Judged[] {
  return judge(statementsOn(readerOf(list, knownAt), 'acme'), at(asOf));
}
export const first = (list: readonly Told[], asOf: string, knownAt: string | null = null): Judged => judged(list, asOf, knownAt)[0] as Judged;
export const outcome = ({ state, reason }: Judged): unknown => (reason === null ? state : [state, reason]);

export const made: Told = { type: 'AnnouncementMade', published: '2025-11-03T14:00:00Z', data: { announcement: 'deal', title: 'Acme buys', parties: [{ entity: 'acme', role: 'customer' }], commitment: { amount: usd('38e9'), duration: 'P7Y' } } };
export const amended = (data: Record<string, unknown>, more: Partial<Told> = {}): Told => ({ type: 'AnnouncementAmended', published: '2026-02-27T12:00:00Z', data: { announcement: 'deal', summary: 'a change', ...data }, ...more });
export function committed(list: readonly Told[], asOf: string, knownAt: string | null = null): Judged | null {
  return judgeCommitment(commitmentsOf(readerOf(list, knownAt), 'deal'), at(asOf));
}

/** Another place in the history is another stream: `about` is the subject of what is amended. */
const reference = (index: number, about: string): unknown => ({ id: testId(index + 1), streamId: `market.${about}` });

/** Takes the place of the statement at that index of the history. */
export function corrected(list: readonly Told[], index: number, data: Record<string, unknown>, published: string, about = 'entity-acme'): Told {
  const { type, data: before, occurred, published: first } = list[index] as Told;
  return { type: 'ObservationCorrected', published, occurred: occurred ?? { at: first }, data: { corrects: reference(index, about), type, schemaVersion: 1, data: { ...before, ...data } } };
}

/** Withdraws the statement at that index of the history. */
export function withdrawn(index: number, published: string, about = 'entity-acme'): Told {
  return { type: 'ObservationRetracted', published, occurred: { unknown: true }, data: { retracts: reference(index, about) } };
}
