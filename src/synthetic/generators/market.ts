/**
 * A market: firms whose returns follow one factor, each with an announcement on whose day an abnormal return of a known
 * size is added. What is true of each firm is left as its ground truth.
 *
 *   r = α + β·m + σ·ε, on the day of the event r = α + β·m + σ·√v·(√(1−ρ)·ε + √ρ·z) + effect
 *
 * m is the market's return, ε a residual of variance 1, z one draw that all events of one date share.
 */
import { z } from 'zod';
import { sessionsBetween, type Session } from '../../../events/index.js';
import { barEventIds } from '../../ids.js';
import { draws, type Draws } from '../random.js';
import { idsOf, refuseParam, seedParam, sourceOf, type Generator, type Piece, type SyntheticEvent } from './generator.js';
import { ERRORS, residuals, rounded } from './returns.js';

const params = z.strictObject({
  seed: seedParam,
  firms: z.coerce.number().int().min(1).max(10_000).default(50),
  days: z.coerce.number().int().min(10).max(7000).default(500).meta({ description: 'returns of each firm: sessions, of which the last is at or before `until`' }),
  until: z.iso.date().default('2025-12-31'),
  errors: z.enum(ERRORS).default('normal').meta({ description: 'normal; t4: Student\'s t(4); garch: GARCH(1,1) with 0.1 and 0.85; all of variance 1' }),
  effect: z.coerce.number().gt(-0.5).lt(0.5).default(0.02).meta({ description: 'abnormal return of the day of the event' }),
  eventVariance: z.coerce.number().positive().max(100).default(1).meta({ description: 'by what the event multiplies the variance of its day' }),
  common: z.coerce.number().min(0).lt(1).default(0).meta({ description: 'part of the variance of the day of the event that is shared by all events of its date' }),
  oneDate: z.stringbool().or(z.boolean()).default(false).meta({ description: 'all events on one date' }),
  thin: z.coerce.number().min(0).lt(1).default(0).meta({ description: 'part of the days without a trade: the close stays, and what was missed comes with the next trade' }),
  missing: z.coerce.number().min(0).lt(1).default(0).meta({ description: 'part of the days without a bar' }),
});
type Params = z.infer<typeof params>;

const NAME = 'market';
const MARKET = 'syn-market';
/** Around the event every bar is there and traded, so that what was added can be found. */
const KEPT = 1;

export const market: Generator = {
  name: NAME,
  says: 'firms of one factor with an announcement each, and a known abnormal return on its day',
  params,
  *generate(given: Params): IterableIterator<Piece> {
    const sessions = sessionsOf(given);
    const random = draws(given.seed, 'market');
    const returns = sessions.slice(1).map(() => 0.0003 + 0.01 * random.normal());
    yield indexPiece(given, sessions, returns);
    const common = draws(given.seed, 'events');
    const oneDay = dayOf(common, sessions.length);
    const shared = sessions.map(() => common.normal());
    for (let firm = 1; firm <= given.firms; firm += 1) yield firmPiece(given, firm, { sessions, returns, shared, oneDay });
  },
};

interface World {
  sessions: readonly Session[];
  /** Of the market, one less than sessions. */
  returns: readonly number[];
  shared: readonly number[];
  oneDay: number;
}

function sessionsOf({ days, until }: Params): Session[] {
  const all = sessionsBetween('US', '1998-01-02', until);
  if (all.length < days + 1) refuseParam('days', `expected at most ${Math.max(0, all.length - 1)}, the sessions from 1998 to ${until}`, days);
  return all.slice(-(days + 1));
}

/** Late enough for an estimation window before it, where there are days for one. */
function dayOf(random: Draws, sessions: number): number {
  const last = sessions - 6;
  return random.whole(Math.max(1, Math.min(last, sessions - 60)), Math.max(1, last));
}

function indexPiece(given: Params, sessions: readonly Session[], returns: readonly number[]): Piece {
  const id = idsOf(NAME, given.seed);
  const { seed } = given;
  let price = 1000;
  const closes = [price, ...returns.map((r) => (price = rounded(price * (1 + r))))];
  return {
    events: [listed(given, { instrument: MARKET, symbol: 'INDEX:SYN', name: 'Synthetic market', kind: 'index', calendar: 'US' }, sessions[0] as Session, id('listing', MARKET)), ...bars(seed, MARKET, sessions.map((session, i) => ({ session, close: closes[i] as number })))],
    truths: [{ subject: 'market', values: { instrument: MARKET, symbol: 'INDEX:SYN', from: sessions[0]?.date, to: sessions.at(-1)?.date, ...given } }],
  };
}

function firmPiece(given: Params, firm: number, { sessions, returns, shared, oneDay }: World): Piece {
  const { seed, effect, eventVariance, common, thin, missing } = given;
  const random = draws(seed, `firm ${firm}`);
  const number = String(firm).padStart(4, '0');
  const [entity, instrument, announcement] = [`syn-firm-${number}`, `syn-firm-${number}-common`, `syn-news-${number}`];
  const [alpha, beta, sigma] = [0.0002 * random.normal(), 0.6 + 0.8 * random.uniform(), 0.01 + 0.02 * random.uniform()];
  const ownDay = dayOf(random, sessions.length);
  const event = given.oneDate ? oneDay : ownDay;
  const residual = residuals(given.errors, random);
  let [price, stale, abnormal, thinDays, missingDays] = [rounded(20 + 180 * random.uniform()), 0, 0, 0, 0];
  stale = price;
  const quoted = [{ session: sessions[0] as Session, close: price, traded: true }];
  for (let day = 1; day < sessions.length; day += 1) {
    const m = returns[day - 1] as number;
    const own = residual();
    const moved = day === event ? sigma * Math.sqrt(eventVariance) * (Math.sqrt(1 - common) * own + Math.sqrt(common) * (shared[day] as number)) + effect : sigma * own;
    if (day === event) abnormal = moved;
    // Heavy tails could take all of a firm's value.
    price = rounded(price * (1 + Math.max(-0.9, alpha + beta * m + moved)));
    const [untraded, absent] = [random.chance(thin), random.chance(missing)];
    const kept = Math.abs(day - event) <= KEPT;
    if (absent && !kept) {
      missingDays += 1;
      continue;
    }
    if (untraded && !kept) thinDays += 1;
    else stale = price;
    quoted.push({ session: sessions[day] as Session, close: stale, traded: !untraded || kept });
  }
  const session = sessions[event] as Session;
  const id = idsOf(NAME, seed);
  const symbol = `SYN:F${number}`;
  const [made, dated] = [new Date(session.open.ms - 90 * 60_000).toISOString(), new Date(session.open.ms - 60 * 60_000).toISOString()];
  const source = sourceOf(NAME, seed);
  const belongs = { source, publishedAt: { at: made }, $correlationId: announcement };
  const began = { at: (sessions[0] as Session).open };
  return {
    events: [
      { id: id('entity', firm), type: 'EntityRegistered', data: { entity, name: `Synthetic firm ${firm}`, kind: 'company' }, metadata: { occurredAt: atOf(began.at.ms), publishedAt: atOf(began.at.ms), source } },
      listed(given, { instrument, entity, symbol, name: `Synthetic firm ${firm}`, kind: 'share', currency: 'USD', calendar: 'US' }, sessions[0] as Session, id('listing', firm)),
      { id: id('shares', firm), type: 'SharesOutstandingReported', data: { instrument, shares: { as: 'exact', value: String(1_000_000 * random.whole(10, 5000)), unit: 'shares' }, basis: 'total' }, metadata: { occurredAt: atOf(began.at.ms), publishedAt: atOf(began.at.ms), source } },
      { id: id('made', firm), type: 'AnnouncementMade', data: { announcement, title: `Synthetic firm ${firm} announces`, parties: [{ entity, role: 'announcing' }] }, metadata: { ...belongs, occurredAt: { at: made } } },
      { id: id('dated', firm), type: 'AnnouncementDated', data: { announcement, when: { at: made } }, metadata: { ...belongs, publishedAt: { at: dated } } },
      ...bars(seed, instrument, quoted),
    ],
    truths: [
      {
        subject: `instrument-${instrument}`,
        values: { instrument, symbol, entity, announcement, day0: session.date, announcedAt: made, effect, abnormalReturn: abnormal, alpha, beta, sigma, errors: given.errors, eventVariance, common, thinDays, missingDays },
      },
    ],
  };
}

function atOf(ms: number): { at: string } {
  return { at: new Date(ms).toISOString() };
}

function listed({ seed }: Params, data: Record<string, unknown>, first: Session, id: string): SyntheticEvent {
  return { id, type: 'InstrumentListed', data, metadata: { occurredAt: atOf(first.open.ms), publishedAt: atOf(first.open.ms), source: sourceOf(NAME, seed) } };
}

function bars(seed: number, instrument: string, quoted: readonly { session: Session; close: number; traded?: boolean }[]): SyntheticEvent[] {
  const source = sourceOf(NAME, seed);
  const idOf = barEventIds(source.document, instrument, 'none');
  const currency = instrument === MARKET ? {} : { currency: 'USD' };
  return quoted.map(({ session: { date }, close, traded = true }) => ({
    id: idOf(date),
    type: 'BarClosed',
    data: { instrument, close, ...(traded ? {} : { volume: 0 }), session: { date, calendar: 'US', kind: 'regular' }, ...currency, adjustment: 'none' },
    metadata: { source },
  }));
}
