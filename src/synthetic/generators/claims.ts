/**
 * Claims on moves of a share whose prices are known: true ones, late ones, wrong ones that are corrected or retracted,
 * and planted conflicts that stay. The truth of each says from when it is known, what stands then, and whether it agrees
 * with the prices.
 */
import { z } from 'zod';
import { sessionsBetween, type Session } from '../../../events/index.js';
import { draws } from '../random.js';
import { idsOf, refuseParam, seedParam, sourceOf, type Generator, type Piece, type SyntheticEvent, type Where } from './generator.js';
import { rounded } from './returns.js';

export const CLAIM_KINDS = ['true', 'late', 'corrected', 'retracted', 'conflict'] as const;
type Kind = (typeof CLAIM_KINDS)[number];

const params = z.strictObject({
  seed: seedParam,
  claims: z.coerce.number().int().min(CLAIM_KINDS.length).max(1000).default(25).meta({ description: 'of each of the five kinds as many' }),
  from: z.iso.date().default('2025-01-02').meta({ description: 'the first session; one for each claim, and one before them' }),
});
type Params = z.infer<typeof params>;

const NAME = 'claims';
const [ENTITY, INSTRUMENT, ANNOUNCEMENT] = ['syn-claimed', 'syn-claimed-common', 'syn-claimed-news'] as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What stands of a claim from a moment on: its own event, and whether the prices bear it out. */
interface Standing {
  from: string;
  event: string | null;
  verdict: 'agree' | 'conflict' | null;
}

export const claims: Generator = {
  name: NAME,
  says: 'claims on moves: true, late, corrected, retracted, and planted conflicts, with what stands when',
  params,
  *generate(given: Params, { prefix }: Where): IterableIterator<Piece> {
    const { seed, claims: count, from } = given;
    const sessions = sessionsBetween('US', from, '2027-12-31').slice(0, count + 1);
    if (sessions.length < count + 1) refuseParam('claims', `expected at most ${Math.max(0, sessions.length - 1)}, the sessions after ${from}`, count);
    const random = draws(seed, NAME);
    let price = 100;
    // Moves of at least a per cent, so that a figure's last digit does not hide what is wrong with it.
    const closes = [price, ...sessions.slice(1).map(() => (price = rounded(price * (1 + (random.chance(0.5) ? 1 : -1) * (0.01 + 0.03 * random.uniform())))))];
    yield basis(given, sessions, closes);
    for (let i = 1; i <= count; i += 1) yield claim(given, `${prefix}instrument-${INSTRUMENT}`, i, sessions, closes, CLAIM_KINDS[(i - 1) % CLAIM_KINDS.length] as Kind);
  },
};

/** The share, its prices, and an announcement that the claims belong to. */
function basis({ seed }: Params, sessions: readonly Session[], closes: readonly number[]): Piece {
  const id = idsOf(NAME, seed);
  const source = sourceOf(NAME, seed);
  const first = { at: iso((sessions[0] as Session).open.ms) };
  const times = { occurredAt: first, publishedAt: first, source };
  return {
    events: [
      { id: id('entity'), type: 'EntityRegistered', data: { entity: ENTITY, name: 'Synthetic claimed', kind: 'company' }, metadata: times },
      { id: id('listing'), type: 'InstrumentListed', data: { instrument: INSTRUMENT, entity: ENTITY, symbol: 'SYN:CLAIM', name: 'Synthetic claimed', kind: 'share', currency: 'USD', calendar: 'US' }, metadata: times },
      { id: id('made'), type: 'AnnouncementMade', data: { announcement: ANNOUNCEMENT, title: 'Synthetic news', parties: [{ entity: ENTITY, role: 'announcing' }] }, metadata: { ...times, $correlationId: ANNOUNCEMENT } },
      { id: id('dated'), type: 'AnnouncementDated', data: { announcement: ANNOUNCEMENT, when: first }, metadata: { publishedAt: first, source, $correlationId: ANNOUNCEMENT } },
      ...sessions.map(({ date }, i): SyntheticEvent => ({ id: id('bar', date), type: 'BarClosed', data: { instrument: INSTRUMENT, close: closes[i], session: { date, calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'none' }, metadata: { source } })),
    ],
    truths: [{ subject: 'claims', values: { entity: ENTITY, instrument: INSTRUMENT, announcement: ANNOUNCEMENT } }],
  };
}

function claim({ seed }: Params, streamId: string, i: number, sessions: readonly Session[], closes: readonly number[], kind: Kind): Piece {
  const id = idsOf(NAME, seed);
  const [before, session] = [sessions[i - 1] as Session, sessions[i] as Session];
  const move = ((closes[i] as number) / (closes[i - 1] as number) - 1) * 100;
  const right = printed(move);
  // Wrong by three per cent and more: no rounding bridges that.
  const wrong = printed(move > 0 ? move + 3 : move - 3);
  const said = kind === 'true' || kind === 'late' ? right : wrong;
  const published = session.close.ms + (kind === 'late' ? 20 * DAY : HOUR);
  const source = { document: `${sourceOf(NAME, seed).document}, reporter ${i}` };
  const data = (change: ReturnType<typeof printed>): Record<string, unknown> => ({ instrument: INSTRUMENT, measure: 'price', change, from: { at: iso(before.close.ms) }, to: { at: iso(session.close.ms) }, base: 'previous-close', session: 'regular' });
  const first = id('claim', i);
  const events: SyntheticEvent[] = [{ id: first, type: 'MarketMoveReported', data: data(said), metadata: { publishedAt: { at: iso(published) }, source, $correlationId: ANNOUNCEMENT } }];
  const standing: Standing[] = [{ from: iso(published), event: first, verdict: said === right ? 'agree' : 'conflict' }];
  const amended = { id: id('amendment', i), at: iso(published + 3 * DAY) };
  const reference = { id: first, streamId };
  if (kind === 'corrected') {
    events.push({ id: amended.id, type: 'ObservationCorrected', data: { corrects: reference, type: 'MarketMoveReported', schemaVersion: 1, data: data(right) }, metadata: { occurredAt: { at: iso(session.close.ms) }, publishedAt: { at: amended.at }, source, $correlationId: ANNOUNCEMENT } });
    standing.push({ from: amended.at, event: amended.id, verdict: 'agree' });
  }
  if (kind === 'retracted') {
    events.push({ id: amended.id, type: 'ObservationRetracted', data: { retracts: reference }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: amended.at }, source } });
    standing.push({ from: amended.at, event: null, verdict: null });
  }
  return { events, truths: [{ subject: `claim-${i}`, values: { kind, session: session.date, move: move / 100, claim: first, standing } }] };
}

/** To a tenth of a per cent, as a newspaper prints it. */
function printed(percent: number): { as: 'rounded'; value: string; unit: 'percent'; direction: 'up' | 'down' } {
  return { as: 'rounded', value: (Math.round(Math.abs(percent) * 10) / 10).toFixed(1), unit: 'percent', direction: percent > 0 ? 'up' : 'down' };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
