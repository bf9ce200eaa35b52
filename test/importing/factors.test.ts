/** Factor files in Ken French's form: words around a table in per cent. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReader, factorDays, factorSets } from '../../projections/index.js';
import { parseInstant } from '../../events/index.js';
import { importFactors, type FactorImport, type FactorSettings } from '../../src/importing/factors.js';
import { importing, type Importing } from './given-import.js';

let at: Importing;
beforeEach(async () => {
  at = await importing();
});
afterEach(() => at.close());

const WORDS = 'This file was created by CMPT_ME_BEME_RETS_DAILY using the 202510 database.\nMissing data are indicated by -99.99 or -999.\n\n';
const FILE = `${WORDS},Mkt-RF,SMB,HML,RF\n20251028,    0.29,   -0.25,   -0.27,    0.016\n20251029,    0.45,   -0.33,  -99.99,    0.016\n20251030,   -1.09,  -999,   -99.99,   0.016\n\nCopyright 2025\n`;
const load = async (text: string, settings: Partial<FactorSettings> = {}): Promise<FactorImport> => importFactors(at.target, await at.file(text, 'F-F.csv'), { set: 'fama-french-3', document: 'french', ...settings });
const days = async (known?: string): Promise<unknown[]> => {
  await at.listed();
  const state = at.tracker.runner.states.get('factors');
  if (!state) throw new Error('no factors');
  const reader = openReader(state.ledger, { order: state.order, known: known === undefined ? null : parseInstant(known), imprecise: 'latest' });
  expect(factorSets(reader)).toEqual(['fama-french-3']);
  return factorDays(reader, 'fama-french-3').map(({ value }) => value);
};

describe('a factor file', () => {
  it('becomes returns as ratios to the last digit, with what is missing left out', async () => {
    expect(await load(FILE)).toMatchObject({ factors: ['mkt-rf', 'smb', 'hml'], days: 3, stored: 3, bad: [], from: '2025-10-28', to: '2025-10-30' });
    expect(await days()).toEqual([
      { date: '2025-10-28', returns: { 'mkt-rf': 0.0029, smb: -0.0025, hml: -0.0027 }, riskFree: 0.00016 },
      { date: '2025-10-29', returns: { 'mkt-rf': 0.0045, smb: -0.0033 }, riskFree: 0.00016 },
      { date: '2025-10-30', returns: { 'mkt-rf': -0.0109 }, riskFree: 0.00016 },
    ]);
  });

  it('twice changes nothing, and a revision is told, or corrected from when it was published', async () => {
    await load(FILE, { publishedAt: '2025-11-10T00:00:00Z' });
    expect(await load(FILE, { publishedAt: '2025-11-10T00:00:00Z' })).toMatchObject({ stored: 0, known: 3 });
    const revised = FILE.replace('0.29', '0.30');
    expect(await load(revised, { keepGood: true })).toMatchObject({ stored: 0, known: 2, bad: [{ line: 5, reason: '2025-10-28: {"mkt-rf":0.0029,"smb":-0.0025,"hml":-0.0027} is stored, the file has {"mkt-rf":0.003,"smb":-0.0025,"hml":-0.0027}' }] });
    expect(await load(revised, { correct: true, publishedAt: '2025-11-20T00:00:00Z' })).toMatchObject({ corrected: 1, known: 2, bad: [] });
    expect(await load(revised, { correct: true })).toMatchObject({ corrected: 0, known: 3 });
    expect((await days('2025-11-15T00:00:00Z'))[0]).toMatchObject({ returns: { 'mkt-rf': 0.0029 } });
    expect((await days('2025-11-21T00:00:00Z'))[0]).toMatchObject({ returns: { 'mkt-rf': 0.003 } });
    expect(await days('2025-11-01T00:00:00Z').catch(() => 'nothing was known')).toBeDefined();
  });

  it('without a publication is known from when it was recorded, not from the sessions it is of', async () => {
    await load(FILE);
    await at.listed();
    const state = at.tracker.runner.states.get('factors');
    const reader = openReader((state as NonNullable<typeof state>).ledger, { order: 100, known: parseInstant('2025-11-30T00:00:00Z'), imprecise: 'latest' });
    expect(factorDays(reader, 'fama-french-3')).toEqual([]);
  });

  it('tells each bad line, and stores none or the others', async () => {
    const bad = FILE.replace('\n\nCopyright', '\n20251101, 0.1, 0.1, 0.1, 0.01\n20251031, 0.1, 0.1, 0.1\n20251031, x, 0.1, 0.1, 0.01\n20251030, 0.1, 0.1, 0.1, 0.01\n20251031, -250, 0.1, 0.1, 0.01\n\nCopyright');
    expect((await load(bad)).bad).toEqual([
      { line: 8, reason: 'date: the exchange was closed on 2025-11-01' },
      { line: 9, reason: 'expected 5 fields, as the header has, got 4' },
      { line: 10, reason: 'mkt-rf: expected per cent such as 0.09, got "x"' },
      { line: 11, reason: 'date: 2025-10-30 stands at line 7 already' },
      { line: 12, reason: 'mkt-rf: -250 per cent is no return' },
    ]);
    expect(await at.events('market.factors-fama-french-3')).toEqual([]);
    expect(await load(bad, { keepGood: true })).toMatchObject({ stored: 3, written: true });
  });

  it.each([
    [`${WORDS},Mkt-RF,RF\n202510, 1.2, 0.3\n`, '202510 is a month: a daily study needs the daily file'],
    ['no table here\n', 'found no header of factors'],
    [`${WORDS},Mkt-RF,RF\n\nCopyright`, 'date: expected a day'],
    [`,RF\n20251028,0.1\n`, 'has no factor beside the riskless rate'],
    [`,SMB,SMB\n20251028,0.1,0.2\n`, 'the factor smb stands there twice'],
  ])('%j is refused', async (text, says) => {
    const result = await load(text).catch((error: Error) => error.message);
    expect(JSON.stringify(result)).toContain(says);
    expect(await at.events('market.factors-fama-french-3')).toEqual([]);
  });

  it('with a second table says that it was left', async () => {
    expect((await load(`${FILE}\n,Mkt-RF,RF\n20251103,0.1,0.01\n`)).notes).toEqual([expect.stringContaining('another table begins at line')]);
  });
});
