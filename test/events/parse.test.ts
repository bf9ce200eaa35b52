/** The gate: what is let in, what is refused and how, and how older events are read. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { instant, InvalidEventInputError, isRejected, parseNewEvent, problemsOf, quantitySchema, readRecorded, describeProblem, type Problem } from '../../events/index.js';
import { ALL, levelAt, openReader, rejections } from '../../projections/index.js';
import { emptyTracker, ledgerOf } from '../support/in-process.js';
import type { NewEvent } from '../../src/store/port.js';

const OPTIONS = { prefix: 'market.', now: instant(Date.parse('2026-06-01T00:00:00Z')), newId: () => '00000000-0000-4000-8000-00000000abcd' };
const source = { document: 'test' };
const moved = {
  type: 'MarketMoveReported',
  data: { instrument: 'acme', measure: 'price', change: { as: 'moreThan', value: '4.7', unit: 'percent', direction: 'up' }, from: { relative: 'deal', side: 'before' }, to: { relative: 'deal', side: 'after' }, base: 'before-announcement', session: 'unknown' },
  metadata: { source, publishedAt: { within: '2025-11-03' } },
};

function refusal(input: unknown): string[] {
  try {
    parseNewEvent(input, OPTIONS);
  } catch (error) {
    if (error instanceof InvalidEventInputError) return error.problems.map((problem: Problem) => describeProblem(problem));
    throw error;
  }
  return [];
}

describe('an event that is let in', () => {
  it('finds its stream by what it is about, and keeps its data as given', () => {
    const accepted = parseNewEvent(moved, OPTIONS);
    expect([accepted.streamId, accepted.id, accepted.data]).toEqual(['market.instrument-acme', OPTIONS.newId(), moved.data]);
  });
  it('takes its valid time from the end of the move, or from the session of the bar', () => {
    expect(parseNewEvent(moved, OPTIONS).metadata['occurredAt']).toEqual({ relative: 'deal', side: 'after' });
    const bar = { type: 'BarClosed', data: { instrument: 'acme', close: 1, session: { date: '2025-11-03', calendar: 'US', kind: 'regular' }, adjustment: 'split' }, metadata: { source } };
    expect(parseNewEvent(bar, OPTIONS).metadata['occurredAt']).toEqual({ throughout: '2025-11-03', calendar: 'US' });
  });
  it('of a value reported for a group goes to the group\'s stream', () => {
    const value = { type: 'MarketValueChangeReported', data: { ...moved.data, instrument: undefined, entity: 'seven', change: { as: 'about', value: '800e9', unit: 'USD', direction: 'down' } }, metadata: moved.metadata };
    delete (value.data as Record<string, unknown>)['measure'];
    delete (value.data as Record<string, unknown>)['instrument'];
    expect(parseNewEvent(value, OPTIONS).streamId).toBe('market.entity-seven');
  });
});

describe('an event that is refused', () => {
  const withData = (data: Record<string, unknown>): unknown => ({ ...moved, data: { ...moved.data, ...data } });
  const withMetadata = (metadata: Record<string, unknown>): unknown => ({ ...moved, metadata: { ...moved.metadata, ...metadata } });
  it.each<[string, unknown, string]>([
    ['a number where a figure is text', withData({ change: { as: 'moreThan', value: 4.7, unit: 'percent' } }), 'data.change.value: expected string, got 4.7'],
    ['a wording that is none', withData({ change: { as: 'roughly', value: '4.7', unit: 'percent' } }), 'data.change.as: expected "exact" or "rounded" or "about" or "moreThan" or "atLeast" or "lessThan" or "atMost" or "nearly", got "roughly"'],
    ['a sign beside a direction', withData({ change: { as: 'rounded', value: '-4.7', unit: 'percent', direction: 'down' } }), 'data.change.value: with a direction the value is a magnitude: leave out the sign, got "-4.7"'],
    ['a field that is not there', withData({ changes: 1 }), 'data.changes: expected no such field, got 1'],
    ['a missing field', withData({ base: undefined }), 'data.base: expected "previous-close" or "open" or "period-start" or "before-announcement" or "unknown", got nothing'],
    ['a day that does not exist', withMetadata({ publishedAt: { within: '2025-02-30' } }), 'metadata.publishedAt.within: expected an EDTF day, month, year or interval, such as 2025-11-03, 2025-11 or 2025-10-22/.., got "2025-02-30"'],
    ['a publication without an end', withMetadata({ publishedAt: { within: '2025-11-03/..' } }), 'metadata.publishedAt.within: expected a publication with an end: an open one would never be known, got "2025-11-03/.."'],
    ['an estimate without a reason', withMetadata({ publishedAt: { within: '2025-11', basis: 'estimated' } }), 'metadata.publishedAt.reason: an estimated publication needs the reason for the estimate, got nothing'],
    ['a recording time', withMetadata({ recordedAt: '2025-11-03T00:00:00Z' }), 'metadata.recordedAt: expected no such field: the store sets it, got "2025-11-03T00:00:00Z"'],
    ['another stream than its own', { ...moved, streamId: 'market.instrument-other' }, 'streamId: expected market.instrument-acme, where this event belongs, got "market.instrument-other"'],
    ['a newer version than this program knows', withMetadata({ schemaVersion: 9 }), 'metadata.schemaVersion: expected at most 1 for MarketMoveReported: this event was written by a newer program, got 9'],
    ['a bar whose close lies above its high', { type: 'BarClosed', data: { instrument: 'acme', high: 2, low: 1, close: 3, session: { date: '2025-11-03', calendar: 'US', kind: 'regular' }, adjustment: 'split' }, metadata: { source } }, 'data.close: expected a price between low 1 and high 2, got 3'],
    ['a bar on a Sunday', { type: 'BarClosed', data: { instrument: 'acme', close: 3, session: { date: '2025-11-02', calendar: 'US', kind: 'regular' }, adjustment: 'split' }, metadata: { source } }, 'metadata.occurredAt.throughout: 2025-11-02 is not a trading day of the US calendar, got "2025-11-02"'],
    ['a report of what is still to come', { ...moved, data: { ...moved.data, to: { at: '2025-12-01T15:00:00Z' } } }, 'metadata.occurredAt: expected a time before the end of its publication: what is still to come is a ForecastMade, got {"at":"2025-12-01T15:00:00Z"}'],
    ['a bar with another time than its session', { type: 'BarClosed', data: { instrument: 'acme', close: 3, session: { date: '2025-11-05', calendar: 'US', kind: 'regular' }, adjustment: 'split' }, metadata: { source, occurredAt: { at: '2025-10-01T00:00:00Z' } } }, 'metadata.occurredAt: expected {"throughout":"2025-11-05","calendar":"US"}, as data has it, or nothing, got {"at":"2025-10-01T00:00:00Z"}'],
    ['a bar published before its close', { type: 'BarClosed', data: { instrument: 'acme', close: 3, session: { date: '2025-11-05', calendar: 'US', kind: 'regular' }, adjustment: 'split' }, metadata: { source, publishedAt: { at: '2025-11-05T15:00:00Z' } } }, 'metadata.publishedAt: expected a publication that ends at or after the close, 2025-11-05T21:00:00.000Z, got {"at":"2025-11-05T15:00:00Z"}'],
    ['a corrected bar published before its close', { type: 'ObservationCorrected', data: { corrects: { id: OPTIONS.newId(), streamId: 'market.instrument-acme' }, type: 'BarClosed', schemaVersion: 2, data: { instrument: 'acme', close: 3, session: { date: '2025-11-05', calendar: 'US', kind: 'regular' }, adjustment: 'split' } }, metadata: { source, occurredAt: { throughout: '2025-11-05', calendar: 'US' }, publishedAt: { at: '2025-11-05T15:00:00Z' } } }, 'metadata.publishedAt: expected a publication that ends at or after the close, 2025-11-05T21:00:00.000Z, got {"at":"2025-11-05T15:00:00Z"}'],
    ['a bar without a session', { type: 'BarClosed', data: { instrument: 'acme', close: 3, session: null, adjustment: 'split' }, metadata: { source, occurredAt: { unknown: true } } }, 'data.session: expected object, got null'],
    ['a relative move in a currency', withData({ change: { as: 'rounded', value: '4.7', unit: 'USD' } }), 'data.change.unit: expected percent or ratio: a change in currency is a MarketValueChangeReported, got "USD"'],
    ['a year that no calendar has', withMetadata({ publishedAt: { within: '9999-12' } }), 'metadata.publishedAt.within: expected an EDTF day, month, year or interval, such as 2025-11-03, 2025-11 or 2025-10-22/.., got "9999-12"'],
    ['no event', 'hello', 'expected object, got "hello"'],
    ['a wrong end of a move, where it was written', withData({ to: { at: 'later' } }), 'data.to.at: expected an instant with its zone, such as 2025-11-03T14:01:35Z, got "later"'],
  ])('for %s says where, what was expected and what came', (_, input, problem) => {
    expect(refusal(input)).toContain(problem);
  });
});

describe('an event with faults in metadata and data', () => {
  it('is told all of them', () => {
    expect(refusal({ ...moved, data: { ...moved.data, base: 'x' }, metadata: { source: {}, publishedAt: { within: '2025-11-03' } } }).map((line) => line.split(':')[0])).toEqual(['metadata.source.document', 'data.base']);
  });
});

describe('an event of an older schema version', () => {
  it('is stored as it is and read as today\'s', async () => {
    const lines = (await readFile(path.join(import.meta.dirname, '../fixtures/events-v1.ndjson'), 'utf8')).trim().split('\n');
    const tracker = emptyTracker();
    const old = lines.map((line) => JSON.parse(line) as NewEvent);
    const { position } = await tracker.store.append('market.instrument-acme', old, { expectedRevision: 'no_stream' });
    await tracker.runner.waitFor(position, 5000);
    expect((await tracker.store.readStream('market.instrument-acme')).map((event) => event.data)).toEqual(old.map((event) => event.data));
    const level = levelAt(openReader(ledgerOf(tracker.runner, 'market-value'), ALL), 'acme', null);
    expect(level?.bar.value).toMatchObject({ date: '2025-11-03', close: 13, currency: 'USD', adjustment: 'split' });
    expect(rejections(ledgerOf(tracker.runner, 'rejected'), 10)).toEqual([]);
    await tracker.close();
  });
  it('is checked by the schema of its version', () => {
    const stored = { id: OPTIONS.newId(), type: 'BarClosed', streamId: 'market.instrument-acme', revision: 0, recordedAt: '2026-01-01T00:00:00Z', data: { instrument: 'acme', close: 'high' }, metadata: { schemaVersion: 1, occurredAt: { unknown: true }, source } };
    const read = readRecorded(stored, 1, OPTIONS.now);
    expect(isRejected(read) && read.problems.map(describeProblem)).toEqual(['data.close: expected number, got "high"', 'data.date: expected string (missing), got nothing']);
  });
});

describe('a problem in a union', () => {
  it('is told of the form that was meant', () => {
    const input = { as: 'order', value: '2e10', unit: 'USD' };
    const result = quantitySchema.safeParse(input);
    expect(problemsOf(result.error as never, input).map(describeProblem)).toEqual(['value: expected the power of ten that begins the order, such as "1e10" for tens of billions, got "2e10"']);
  });
});
