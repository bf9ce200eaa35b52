/** Imports the daily returns of a set of factors. Vendors publish and revise them: what changed is told, or corrected. */
import { parseInstant, parseNewEvent } from '../../events/index.js';
import { importedEventId } from '../ids.js';
import { appendOnce } from '../store/append-once.js';
import type { JsonObject, NewEvent } from '../store/port.js';
import type { Fault } from './csv.js';
import { readFrench, type FactorLine } from './french.js';
import { ImportError } from './import-error.js';
import { openSource } from './source.js';
import { standingOf, type Stands } from './standing.js';
import type { Target } from './target.js';

export interface FactorSettings {
  /** Id of the set. */
  set: string;
  document: string;
  address?: string | undefined;
  confidence?: number | undefined;
  /** Of all days; absent: known when they are recorded. */
  publishedAt?: string | undefined;
  keepGood?: boolean;
  correct?: boolean;
  dryRun?: boolean;
}

export interface FactorImport {
  file: string;
  set: string;
  factors: string[];
  days: number;
  from: string | null;
  to: string | null;
  stored: number;
  known: number;
  corrected: number;
  bad: Fault[];
  notes: string[];
  written: boolean;
}

/** @throws ImportError, and what appendOnce throws */
export async function importFactors(target: Target, file: string, settings: FactorSettings): Promise<FactorImport> {
  if (settings.publishedAt !== undefined && parseInstant(settings.publishedAt) === null) throw new ImportError([`published-at: expected an instant with its zone, such as 2025-12-15T12:00:00Z, got ${JSON.stringify(settings.publishedAt)}`]);
  const source = await openSource(file);
  if (source.parquet) throw new ImportError([`${source.name}: expected factors as text in Ken French's form, got Parquet`]);
  const { names, days, faults, notes } = await readFrench(source.text(), source.name, target.now());
  const streamId = `${target.prefix}factors-${settings.set}`;
  const there = (await standingOf(target.store, streamId, 'FactorReturnsReported')).found;
  const fresh: FactorLine[] = [];
  const changed: { day: FactorLine; stands: Stands }[] = [];
  for (const day of days) {
    const stands = there.get(idOf(settings, day));
    if (!stands) fresh.push(day);
    else if (differs(stands.latest.data, day)) changed.push({ day, stands });
  }
  const bad = [...faults, ...(settings.correct ? [] : changed.map(({ day, stands }) => ({ line: day.line, reason: `${day.date}: ${JSON.stringify(stands.latest.data['returns'])} is stored, the file has ${JSON.stringify(day.returns)}` })))].sort((a, b) => a.line - b.line);
  const dates = days.map(({ date }) => date).sort();
  const result: FactorImport = { file: source.name, set: settings.set, factors: names, days: days.length, from: dates[0] ?? null, to: dates.at(-1) ?? null, stored: fresh.length, known: days.length - fresh.length - changed.length, corrected: settings.correct ? changed.length : 0, bad, notes, written: false };
  if (settings.dryRun || (bad.length > 0 && !settings.keepGood)) return result;
  const events = [...fresh.map((day) => eventOf(target, settings, day)), ...(settings.correct ? changed.map(({ day, stands }) => correctionOf(target, settings, streamId, day, stands)) : [])];
  if (events.length > 0) await appendOnce(target.store, streamId, events);
  return { ...result, written: true };
}

function idOf({ document, set }: FactorSettings, { date }: FactorLine): string {
  return importedEventId('factors', document, set, date);
}

function differs(stored: JsonObject, { returns, riskFree }: FactorLine): boolean {
  const then = stored['returns'] as Record<string, number>;
  const names = new Set([...Object.keys(then), ...Object.keys(returns)]);
  return stored['riskFree'] !== riskFree || [...names].some((name) => then[name] !== returns[name]);
}

function dataOf({ set }: FactorSettings, { date, returns, riskFree }: FactorLine): JsonObject {
  return { factors: set, session: { date, calendar: 'US', kind: 'regular' }, returns, ...(riskFree === undefined ? {} : { riskFree }) };
}

function metadataOf({ document, address, confidence, publishedAt }: FactorSettings, date: string): JsonObject {
  return { occurredAt: { throughout: date, calendar: 'US' }, ...(publishedAt === undefined ? {} : { publishedAt: { at: publishedAt } }), source: { document, locator: date, ...(address === undefined ? {} : { address }) }, ...(confidence === undefined ? {} : { confidence }) };
}

function eventOf(target: Target, settings: FactorSettings, day: FactorLine): NewEvent {
  return accepted(target, { id: idOf(settings, day), type: 'FactorReturnsReported', data: dataOf(settings, day), metadata: metadataOf(settings, day.date) });
}

function correctionOf(target: Target, settings: FactorSettings, streamId: string, day: FactorLine, { original, latest, corrections }: Stands): NewEvent {
  const data = dataOf(settings, day);
  const reference = { id: latest.id, streamId, revision: latest.revision };
  const first = latest.id === original.id ? {} : { original: { id: original.id, streamId, revision: original.revision } };
  return accepted(target, { id: importedEventId('correction', original.id, String(corrections), JSON.stringify(data)), type: 'ObservationCorrected', data: { corrects: reference, ...first, type: 'FactorReturnsReported', schemaVersion: 1, data, reason: `${settings.document} gives this day otherwise than before` }, metadata: metadataOf(settings, day.date) });
}

function accepted({ prefix, now }: Target, input: { id: string } & Record<string, unknown>): NewEvent {
  const { id, type, data, metadata } = parseNewEvent(input, { prefix, now: now(), newId: () => input.id });
  return { id, type, data: data as JsonObject, metadata: metadata as JsonObject };
}
