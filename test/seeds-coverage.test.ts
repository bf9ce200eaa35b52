/** The seeds against the lists beside them: each fact is accounted for, and what was scored twice agrees as stated. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXCEPTIONS, PUBLISHED, REGULAR_HOURS, type CalendarException } from '../events/calendar-table.js';
import { formatInstant, sessionOn, usHalfDays, usHolidays, type DataOf } from '../events/index.js';
import { scoreBounds } from '../projections/index.js';
import { seedSchema, type Seed, type SeedFact } from '../src/seeding/format.js';
import { SEEDS } from './support/in-process.js';
import { krippendorffAlpha } from './support/krippendorff.js';

async function table(name: string): Promise<Record<string, string>[]> {
  return Papa.parse<Record<string, string>>(await readFile(path.join(SEEDS, name), 'utf8'), { header: true, skipEmptyLines: true }).data;
}

type Part = { type: string; data: Record<string, unknown>; announcement?: string | undefined; causedBy?: string | undefined };
interface Placed {
  document: string;
  file: string;
  fact: SeedFact;
  events: Part[];
}

/** Each fact of each seed file, by `document#fact`. */
const facts = new Map<string, Placed>();
beforeAll(async () => {
  for (const file of (await readdir(SEEDS)).filter((name) => /^\d.*\.json$/.test(name))) {
    const seed: Seed = seedSchema.parse(JSON.parse(await readFile(path.join(SEEDS, file), 'utf8')));
    for (const fact of seed.facts) {
      const events = ('events' in fact ? fact.events : [fact]).map((event): Part => ({ ...seed.defaults, ...fact, ...event }));
      facts.set(`${seed.document}#${fact.id}`, { document: seed.document, file, fact, events });
    }
  }
});

describe('every fact of the sources', () => {
  it('is an event, a line of the calendar table, or left out with a reason', async () => {
    const rows = await table('coverage.csv');
    expect(Object.fromEntries(['article', 'press', 'market', 'reactions'].map((document) => [document, rows.filter((row) => row['document'] === document).length]))).toEqual({ article: 16, press: 30, market: 136, reactions: 101 });
    expect(new Set(rows.map((row) => `${row['document']}#${row['fact']}`)).size).toBe(rows.length);
    for (const row of rows) {
      const name = `${row['document']}#${row['fact']}`;
      if (row['as'] === 'event') expect([name, facts.get(name)?.file]).toEqual([name, row['where']]);
      else if (row['as'] === 'unused') expect([name, row['reason'] === '']).toEqual([name, false]);
      else expect([name, row['as'], onCalendar(row['fact'] ?? '')]).toEqual([name, 'calendar', true]);
    }
  });

  it('is on that list: nothing was added to the documents without it', async () => {
    const listed = new Set((await table('coverage.csv')).map((row) => `${row['document']}#${row['fact']}`));
    expect([...facts].filter(([name, { document }]) => document !== 'registry' && !listed.has(name)).map(([name]) => name)).toEqual([]);
  });

  it('names its source: an address, or where to look', () => {
    expect([...facts].filter(([, { document, fact }]) => document === 'market' || document === 'reactions' ? fact.address === undefined && fact.locator === undefined : false).map(([name]) => name)).toEqual([]);
  });
});

/** The ids of these facts end in the day they speak of. */
function onCalendar(fact: string): boolean {
  if (fact === 'nyse-session') return REGULAR_HOURS.open === '09:30' && REGULAR_HOURS.close === '16:00';
  const kind = fact.startsWith('closed-') ? 'closed' : 'early';
  return [...EXCEPTIONS, ...PUBLISHED].some((row) => row.kind === kind && fact.endsWith(row.date));
}

describe('the calendar', () => {
  it('has by its rules each closure and half day that the exchanges published for the span of the seeds', () => {
    const byRules = (row: CalendarException): boolean => (row.kind === 'closed' ? usHolidays : usHalfDays)(Number(row.date.slice(0, 4))).has(row.date);
    expect(PUBLISHED.filter((row) => !byRules(row))).toEqual([]);
    expect(PUBLISHED.filter((row) => (row.kind === 'closed') !== (sessionOn('US', row.date) === null))).toEqual([]);
    const inSpan = [2024, 2025].flatMap((year) => [...usHolidays(year), ...usHalfDays(year)]).filter((date) => date >= '2024-09-01');
    expect(PUBLISHED.map((row) => row.date)).toEqual(inSpan.sort());
  });

  it('closes the half days at 13:00', () => {
    for (const row of PUBLISHED) if (row.kind === 'early') expect(formatInstant(sessionOn('US', row.date)?.close ?? { ms: 0, ns: 0 })).toMatch(/T1[78]:00:00Z$/);
  });
});

describe('what belongs to the announcement', () => {
  it('hangs on it by a cause, in the documents about the market and the reactions', () => {
    const own = /^Announcement/;
    const loose = [...facts].filter(([, { document, events }]) => (document === 'market' || document === 'reactions') && events.some((event) => event.announcement === 'openai-aws' && event.causedBy === undefined && !own.test(event.type)));
    expect(loose.map(([name]) => name)).toEqual([]);
  });
});

describe('Krippendorff\'s α', () => {
  it('is 0.849 for the published example (four observers, twelve units, values missing)', () => {
    const _ = NaN;
    const observers = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
      [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ];
    const units = [...Array(12).keys()].map((unit) => observers.map((values) => values[unit] ?? NaN).filter((value) => !Number.isNaN(value)));
    expect(krippendorffAlpha(units)).toBeCloseTo(0.849, 3);
  });
});

const SCORED = existsSync(path.join(SEEDS, 'second-scoring.csv'));
describe.skipIf(!SCORED)(SCORED ? 'the second scoring' : 'the second scoring (skipped: seeds/second-scoring.csv is not there yet)', () => {
  it('has one line for each expression of the seeds', async () => {
    const rows = await table('second-scoring.csv');
    const expressions = [...facts.values()].flatMap(({ document, fact, events }) => events.flatMap((event, index) => (event.type === 'SentimentExpressed' ? [`${document}#${fact.id}/${index}`] : [])));
    expect(rows.map((row) => `${row['document']}#${row['fact']}/${row['event']}`).sort()).toEqual(expressions.sort());
  });

  it('gives the α that docs/seeds.md states, first scores by the middle of their interval', async () => {
    const rows = await table('second-scoring.csv');
    const alpha = krippendorffAlpha(rows.map((row) => [(Number(row['firstLo']) + Number(row['firstHi'])) / 2, Number(row['second'])]));
    const stated = /α = (\d\.\d+)/.exec(await readFile(path.resolve(SEEDS, '../docs/seeds.md'), 'utf8'))?.[1];
    expect(alpha.toFixed(2)).toBe(stated);
  });

  it('widens the score of an expression on which it disagrees, in the document of the reactions', async () => {
    for (const row of (await table('second-scoring.csv')).filter((entry) => entry['document'] === 'reactions')) {
      const event = facts.get(`reactions#${row['fact']}`)?.events[Number(row['event'])];
      const { lo, hi } = scoreBounds((event?.data as DataOf<'SentimentExpressed'>).score);
      const [firstLo, firstHi, second] = ['firstLo', 'firstHi', 'second'].map((column) => Number(row[column])) as [number, number, number];
      expect([row['fact'], lo, hi]).toEqual([row['fact'], Math.min(firstLo, second), Math.max(firstHi, second)]);
    }
  });
});
