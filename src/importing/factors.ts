/** Imports the daily returns of a set of factors. Vendors publish and revise them: what changed is told, or corrected. */
import { importedEventId } from '../ids.js';
import { appendOnce } from '../store/append-once.js';
import type { JsonObject } from '../store/port.js';
import type { Fault } from './csv.js';
import { checkOrigin, correctionOf, eventOf, publicationOf, sourceOf, type Origin } from './events.js';
import { readFrench, type FactorLine } from './french.js';
import { ImportError } from './import-error.js';
import { openSource } from './source.js';
import { standingOf, type Stands } from './standing.js';
import type { Target } from './target.js';

/** Without publishedAt all days are known when they are recorded. */
export interface FactorSettings extends Origin {
  /** Id of the set. */
  set: string;
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
  checkOrigin(settings);
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
  const events = [
    ...fresh.map((day) => eventOf(target, { id: idOf(settings, day), type: 'FactorReturnsReported', data: dataOf(settings, day), metadata: { ...publicationOf(settings), ...sourceOf(settings, day.date) } })),
    ...(settings.correct ? changed.map(({ day, stands }) => correctionOf(target, settings, { streamId, stands, type: 'FactorReturnsReported', schemaVersion: 1, data: dataOf(settings, day), date: day.date, locator: day.date, what: 'this day' })) : []),
  ];
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
