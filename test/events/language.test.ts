/** The version of the language: raised when a stored event may be read otherwise, since snapshots go by it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CALENDAR_VERSION, eventDefinitions, eventJsonSchemas, LANGUAGE_VERSION, sessionsBetween, sortedEntries } from '../../events/index.js';

it('is raised with every change of a schema, a type\'s version, what a type observes, or the calendar', () => {
  const definitions = [...eventDefinitions.values()].map(({ type, version, about, observes }) => [type, version, about, observes]);
  const sessions = sessionsBetween('US', '1998-01-01', '2027-12-31').map((session) => [session.date, session.open.ms, session.close.ms]);
  const fingerprint = createHash('sha256').update(JSON.stringify([definitions, sortedEntries(eventJsonSchemas()), CALENDAR_VERSION, sessions])).digest('hex');
  const file = path.resolve(import.meta.dirname, '../fixtures/language.json');
  const known = JSON.parse(readFileSync(file, 'utf8')) as { version: number; fingerprint: string };
  // Changed on purpose? Raise LANGUAGE_VERSION (events/language.ts) unless this version was never released, and write both into the fixture.
  expect({ version: LANGUAGE_VERSION, fingerprint }).toEqual(known);
});
