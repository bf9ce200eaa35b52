/** Random histories: bars, share counts and moves with late, imprecise and missing publications, corrected and withdrawn. */
import fc from 'fast-check';
import { bar, correctedMove, move, retracted, shares, testId, type Happened } from './given.js';

const DAYS = ['2025-10-27', '2025-10-28', '2025-10-29', '2025-10-30', '2025-10-31', '2025-11-03', '2025-11-04', '2025-11-05', '2025-11-06', '2025-11-07'];
const day = fc.constantFrom(...DAYS);
const hour = fc.integer({ min: 0, max: 23 }).map((h) => String(h).padStart(2, '0'));

/** After everything that the history observes, so that no publication precedes its subject. */
const published = fc.oneof(
  fc.tuple(fc.constantFrom('2025-11-08', '2025-11-10', '2025-11-12', '2025-11-20'), hour).map(([d, h]) => ({ at: `${d}T${h}:00:00Z` })),
  fc.constantFrom('2025-11-08', '2025-11-10', '2025-11-12').map((d) => ({ within: d })),
  fc.constant({ within: '2025-11' }),
  fc.constantFrom('2025-11-10', '2025-11-12').map((d) => ({ within: d, zone: 'America/New_York' })),
  fc.constant(undefined),
);

interface Step {
  kind: 'bar' | 'shares' | 'move' | 'say' | 'make' | 'date' | 'correct' | 'retract';
  day: string;
  value: number;
  published: unknown;
  /** Which of the moves and amendments so far is meant. */
  target: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('bar', 'shares', 'move', 'move', 'say', 'say', 'make', 'date', 'date', 'correct', 'correct', 'retract'),
  day,
  value: fc.integer({ min: 1, max: 99 }),
  published,
  target: fc.nat(20),
});

const SOURCE = { document: 'test' };

function said(s: Step, id: string): Happened {
  const holder = { name: `holder ${s.target % 4}`, kind: ['investor', 'press', 'management'][s.value % 3] };
  const occurredAt = s.value % 4 === 0 ? { unknown: true } : s.value % 4 === 1 ? { within: s.day } : { at: `${s.day}T12:00:00Z` };
  const data = { entity: 'acme', holder, aspect: 'revenue', claim: `claim ${s.target % 3}`, score: s.value % 5 === 0 ? 'negative' : (s.value - 50) / 50, relevance: 1, method: { name: 'rubric', version: 1, item: 'test' } };
  return { input: { id, type: 'SentimentExpressed', data, metadata: { occurredAt, publishedAt: s.published, source: SOURCE, $correlationId: 'deal' } } };
}

function made(id: string, s: Step): Happened {
  const data = { announcement: 'deal', title: `title ${s.value}`, parties: [{ entity: 'acme', role: 'customer' }] };
  return { input: { id, type: 'AnnouncementMade', data, metadata: { occurredAt: { unknown: true }, publishedAt: s.published, source: SOURCE } } };
}

function dated(id: string, s: Step): Happened {
  const when = s.value % 2 === 0 ? { within: s.day } : { within: `../${s.day}T${String(s.value % 24).padStart(2, '0')}:00:00Z` };
  return { input: { id, type: 'AnnouncementDated', data: { announcement: 'deal', when }, metadata: { publishedAt: s.published, confidence: (1 + (s.target % 3)) / 4, source: SOURCE } } };
}

/** A history, each event with a time at which it was recorded. */
export const aHistory: fc.Arbitrary<Happened[]> = fc.tuple(fc.array(step, { minLength: 1, maxLength: 25 }), fc.infiniteStream(fc.integer({ min: 0, max: 5 }))).map(([steps, delays]) => {
  let clock = Date.parse('2025-12-02T00:00:00Z');
  const amendable: { id: string; original: string; to: unknown }[] = [];
  return steps.flatMap((s, index): Happened[] => {
    const id = testId(1000 + index);
    clock += (delays.next().value ?? 0) * 3_600_000;
    const recordedAt = new Date(clock).toISOString();
    const publishedAt = s.published === undefined ? {} : { publishedAt: s.published };
    const target = amendable[s.target % Math.max(1, amendable.length)];
    const without = (happened: Happened): Happened => {
      // Helpers give a publication of their own: a missing one is taken out again.
      if (s.published === undefined) delete (happened.input['metadata'] as Record<string, unknown>)['publishedAt'];
      return { ...happened, recordedAt };
    };
    switch (s.kind) {
      case 'bar':
        return [without(bar(s.day, 100 + s.value, { id, ...publishedAt }))];
      case 'shares':
        return [without(shares(s.day, String(s.value * 1000), { id, ...publishedAt }))];
      case 'move': {
        const to = s.value % 3 === 0 ? { within: s.day, calendar: 'US' } : { at: `${s.day}T20:30:00Z` };
        amendable.push({ id, original: id, to });
        return [without(move(`${s.value}.0`, { id, to, ...publishedAt, ...(s.target % 2 === 0 ? { announcement: 'deal' } : {}), ...(target ? { causedBy: target.id } : {}) }))];
      }
      case 'say':
        return [without(said(s, id))];
      case 'make':
        return [without(made(id, s))];
      case 'date':
        return [without(dated(id, s))];
      case 'correct': {
        if (!target) return [];
        amendable.push({ id, original: target.original, to: target.to });
        return [without(correctedMove(target.id, `${s.value}.5`, { id, original: target.original, to: target.to, ...publishedAt }))];
      }
      default: {
        if (!target) return [];
        amendable.push({ id, original: target.original, to: target.to });
        return [without(retracted(target.id, { id, original: target.original, ...publishedAt }))];
      }
    }
  });
});

/** Moments before, inside and after the history, on its valid and its known axis. */
export const aMoment: fc.Arbitrary<string> = fc.tuple(fc.constantFrom('2025-10-26', ...DAYS, '2025-11-09', '2025-11-11', '2025-11-13', '2025-12-01', '2025-12-03', '2025-12-05', '2026-01-01'), hour).map(([d, h]) => `${d}T${h}:30:00Z`);
