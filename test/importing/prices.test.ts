/** Importing prices: what a file says becomes bars, nothing is guessed, and a bad line costs nothing but itself. */
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerFrom } from '../../src/views/context.js';
import { marketValueView } from '../../src/views/market-value.js';
import { importing, type Importing } from './given-import.js';

let at: Importing;
beforeEach(async () => {
  at = await importing();
});
afterEach(() => at.close());

const GOOD = 'date,symbol,open,high,low,close,volume\n2025-11-03,XNAS:AAA,10,12,9,11,1000\n2025-11-03,BBB,,,,21,\n2025-11-04,AAA,11,13,10,12,0\n';
const bars = async (id: string): Promise<Record<string, unknown>[]> => (await at.events(`market.instrument-${id}`)).filter(({ type }) => type === 'BarClosed').map(({ data }) => data);

describe('a price file', () => {
  it('becomes bars of the instruments that its symbols stand for, in the order of the file', async () => {
    expect(await at.prices(GOOD)).toMatchObject({ bars: 3, stored: 3, known: 0, bad: [], instruments: ['aaa', 'bbb'], from: '2025-11-03', to: '2025-11-04' });
    expect(await bars('aaa')).toEqual([
      { instrument: 'aaa', open: 10, high: 12, low: 9, close: 11, volume: 1000, session: { date: '2025-11-03', calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' },
      { instrument: 'aaa', open: 11, high: 13, low: 10, close: 12, volume: 0, session: { date: '2025-11-04', calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' },
    ]);
    expect(await bars('bbb')).toEqual([{ instrument: 'bbb', close: 21, session: { date: '2025-11-03', calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' }]);
  });

  it('twice changes nothing, also gzipped, in another order, and under another name', async () => {
    await at.prices(GOOD);
    const before = await at.tracker.store.head();
    const [header = '', ...lines] = GOOD.trim().split('\n');
    expect(await at.prices(gzipSync([header, ...lines.reverse(), ''].join('\n')), {}, 'again.gz')).toMatchObject({ stored: 0, known: 3, bad: [] });
    expect(await at.tracker.store.head()).toBe(before);
  });

  it('in another adjustment is another series', async () => {
    await at.prices(GOOD);
    expect(await at.prices(GOOD, { adjustment: 'none' })).toMatchObject({ stored: 3, known: 0 });
    expect((await bars('aaa')).map(({ adjustment }) => adjustment)).toEqual(['split', 'split', 'none', 'none']);
  });

  it('with a bad line stores nothing, or by choice the others', async () => {
    const bad = `${GOOD}2025-11-05,AAA,1,2,3\n2025-11-05,AAA,11,13,10,x,0\n2025-11-08,AAA,11,13,10,12,0\n2025-12-02,AAA,11,13,10,12,0\n2025-11-05,AAA,11,9,10,12,0\n2025-11-05,AAA,11,13,10,14,0\n2025-11-03,AAA,11,13,10,12,0\n2025-11-05,CCC,11,13,10,12,0\n2025-11-05,AAA,11,13,10,,0\n2025-11-05,AAA,11,13,10,0,0\n11/05/2025,AAA,11,13,10,12,0\n1997-11-05,AAA,11,13,10,12,0\n`;
    const refused = await at.prices(bad);
    expect(refused).toMatchObject({ written: false, stored: 3 });
    expect(refused.bad.map(({ line, reason }) => `${line}: ${reason.slice(0, 55)}`)).toEqual([
      '5: expected 7 fields, as the header has, got 5',
      '6: close: expected a number such as 254.00, got "x"',
      '7: date: the exchange was closed on 2025-11-08',
      '8: date: the session of 2025-12-02 is not over yet',
      '9: low: expected at most the high 9, got 10',
      '10: close: expected between low 10 and high 13, got 14',
      '11: date: another bar of AAA on 2025-11-03 stands at 2; a b',
      '12: symbol: nothing is listed as "CCC": --register lists it',
      '13: close: is empty',
      '14: close: expected a price above 0, got 0',
      '15: date: expected a day such as 2025-11-03, got "11/05/202',
      '16: date: the US calendar covers 1998 to 2027, 1997-11-05 l',
    ]);
    expect(await bars('aaa')).toEqual([]);
    expect(await at.prices(bad, { keepGood: true })).toMatchObject({ written: true, stored: 3 });
    expect(await bars('aaa')).toHaveLength(2);
  });

  it('in a dry run says what it would store, and stores nothing', async () => {
    const before = await at.tracker.store.head();
    expect(await at.prices(GOOD, { dryRun: true })).toMatchObject({ written: false, stored: 3 });
    expect(await at.tracker.store.head()).toBe(before);
  });

  it('lists symbols that nobody listed only where that is asked for, and twice lists them once', async () => {
    const text = 'date,symbol,close\n2025-11-03,CCC,5\n';
    const asked = { register: { kind: 'share', currency: 'EUR' }, exchange: 'XNYS' } as const;
    expect(await at.prices(text, asked)).toMatchObject({ stored: 1, registered: { 'XNYS:CCC': 'xnys-ccc' } });
    expect(await at.prices(text, asked)).toMatchObject({ stored: 0, known: 1, registered: {} });
    expect((await at.events('market.instrument-xnys-ccc')).map(({ type, data }) => [type, data['currency']])).toEqual([['InstrumentListed', 'EUR'], ['BarClosed', 'EUR']]);
    expect((await at.prices('date,symbol,close\n2025-11-03,CCC.X,5\n2025-11-03,CCC-X,5\n', { ...asked, dryRun: true })).bad).toEqual([{ line: 3, reason: expect.stringContaining('would both be registered as xnys-ccc-x') as string }]);
  });

  it('is of whatever its symbol stood for on each day', async () => {
    await at.close();
    at = await importing({ 'XNAS:NEW': { id: 'new-co', from: '2025-11-04' }, 'XNAS:AAA': 'aaa' });
    const { bad, stored } = await at.prices('date,symbol,close\n2025-11-03,NEW,5\n2025-11-04,NEW,6\n', { keepGood: true });
    expect([stored, bad]).toEqual([1, [{ line: 2, reason: expect.stringContaining('NEW stood for nothing then; it is new-co from 2025-11-04') as string }]]);
    expect(await at.prices('date,symbol,close\n2025-11-03,NEW,5\n', { map: new Map([['NEW', 'new-co']]) })).toMatchObject({ stored: 1, bad: [] });
  });
});

describe('a time in the date column', () => {
  const file = (time: string): string => `date,symbol,close\n${time},AAA,5\n`;
  it('is asked about, never guessed', async () => {
    expect((await at.prices(file('2025-11-03T21:00:00Z'))).bad[0]?.reason).toContain('say with --bar-time whether it is the bar\'s open or close');
  });
  it.each([
    ['2025-11-03T14:30:00Z', 'open', undefined, '2025-11-03'],
    ['2025-11-03T21:00:00Z', 'close', undefined, '2025-11-03'],
    ['2025-11-04 00:00:00', 'close', undefined, '2025-11-03'],
    ['2025-11-04 00:00:00', 'day', undefined, '2025-11-04'],
    ['2025-11-04T00:00:00Z', 'close', 'UTC', '2025-11-03'],
    ['2025-11-04T00:00:00Z', 'open', 'UTC', '2025-11-04'],
    ['2025-11-03T00:30:00+09:00', 'open', 'Asia/Tokyo', '2025-11-03'],
  ] as const)('%s as the %s of a bar in %s is of %s', async (time, barTime, zone, date) => {
    expect(await at.prices(file(time), { barTime, ...(zone === undefined ? {} : { zone }) })).toMatchObject({ bad: [], from: date, to: date });
  });
  it('that comes to a day off is refused, and says how it came to it', async () => {
    expect((await at.prices(file('2025-11-03T00:00:00Z'), { barTime: 'open' })).bad[0]?.reason).toBe('date: the exchange was closed on 2025-11-02, which "2025-11-03T00:00:00Z" comes to with --bar-time open');
  });
  it('may be written otherwise, when that is said', async () => {
    expect(await at.prices('date,symbol,close\n11/03/2025,AAA,5\n20251104,AAA,6\n', { dateFormat: 'MM/dd/yyyy', keepGood: true })).toMatchObject({ stored: 1, bad: [{ line: 3 }] });
    expect(await at.prices(file('20251105'))).toMatchObject({ bad: [], from: '2025-11-05' });
    expect(await at.prices(file('1762205400'), { dateFormat: 'X', barTime: 'close' })).toMatchObject({ bad: [], from: '2025-11-03', known: 1 });
  });
});

describe('columns', () => {
  it('are found by their usual names, in any order and case, or as they are said to be', async () => {
    expect(await at.prices('Close,Ticker,Date,Dividends\n11,AAA,2025-11-03,0\n')).toMatchObject({ stored: 1, bad: [] });
    expect(await at.prices('Tag,Last,Adj Close\n2025-11-04,12,11.5\n', { columns: 'date=Tag,close=Adj Close', symbol: 'AAA' })).toMatchObject({ stored: 1 });
    expect((await bars('aaa')).map(({ close }) => close)).toEqual([11, 11.5]);
  });
  it.each([
    ['Date,Symbol,Adj Close\n', {}, 'expected a column for close; there are Date, Symbol, Adj Close. Say which is which with --columns close=… (Adj Close: with --adjustment that says what for)'],
    ['Date,Time,Symbol,Close\n', {}, 'Date and Time could each be the date: say which with --columns date=…'],
    ['date,close\n', {}, 'or --symbol for a file of one instrument'],
    ['date,symbol,close\n', { columns: 'cloze=x' }, 'expected FIELD=COLUMN with one of date, symbol, open'],
    ['date,symbol,close\n', { columns: 'close=Last' }, 'there is no column "Last"; there are date, symbol, close'],
    ['date,symbol,close\n', {}, 'has a header and no bar'],
  ])('%j with %j is refused', async (text, settings, says) => {
    await expect(at.prices(text, settings)).rejects.toThrow(says);
  });
});

describe('a bar that a later file gives otherwise', () => {
  const view = (knownAt?: string): (number | null | undefined)[] => answerFrom(at.tracker.runner, { asOf: '2025-11-30T00:00:00Z', ...(knownAt === undefined ? {} : { knownAt }) }, (context) => marketValueView(context, 'aaa', {})).body.points.map(({ close }) => close);
  it('is told with both values, and left as it is', async () => {
    await at.prices(GOOD);
    const again = await at.prices(GOOD.replace('9,11,1000', '9,11.5,1000').replace('10,12,0', '10,12,7'), { keepGood: true });
    expect(again.bad).toEqual([
      { line: 2, reason: 'XNAS:AAA on 2025-11-03: close 11 is stored, the file has 11.5' },
      { line: 4, reason: 'XNAS:AAA on 2025-11-04: volume 0 is stored, the file has 7' },
    ]);
    expect(again).toMatchObject({ stored: 0, known: 1, corrected: 0 });
  });
  it('is corrected where that is asked for: from when that was published, and each time anew', async () => {
    await at.prices(GOOD);
    const once = GOOD.replace('9,11,1000', '9,11.5,1000');
    expect(await at.prices(once, { correct: true, publishedAt: '2025-11-20T12:00:00Z' })).toMatchObject({ corrected: 1, bad: [] });
    expect(await at.prices(once, { correct: true })).toMatchObject({ corrected: 0, known: 3 });
    expect(await at.prices(GOOD, { correct: true, publishedAt: '2025-11-25T12:00:00Z' })).toMatchObject({ corrected: 1 });
    expect(await at.prices(once, { correct: true, publishedAt: '2025-11-28T12:00:00Z' })).toMatchObject({ corrected: 1 });
    await at.listed();
    expect([view('2025-11-10T00:00:00Z'), view('2025-11-21T00:00:00Z'), view('2025-11-26T00:00:00Z'), view()]).toEqual([[11, 12], [11.5, 12], [11, 12], [11.5, 12]]);
  });
  it('by another document stands beside it, and the import says so', async () => {
    await at.prices(GOOD);
    expect((await at.prices(GOOD.replace('9,11,1000', '9,11.5,1000'), { document: 'another' })).notes).toEqual([expect.stringContaining('another document has 3 of these sessions in the same adjustment, 1 of them with other prices')]);
  });
});

describe('a Parquet file', () => {
  const kinds = { STRING: ['BYTE_ARRAY', 'UTF8'], TIMESTAMP: ['INT64', 'TIMESTAMP_MILLIS'], DATE: ['INT32', 'DATE'] } as const;
  const write = (date: unknown[], kind: keyof typeof kinds, more: Record<string, unknown[]> = {}): Uint8Array => {
    const [type, converted_type] = kinds[kind];
    const numbers = Object.entries({ close: date.map((_, i) => 10.25 + i), ...more });
    const schema = [{ name: 'root', num_children: 2 + numbers.length }, { name: 'date', type, converted_type, repetition_type: 'REQUIRED' }, { name: 'symbol', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }, ...numbers.map(([name]) => ({ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }))];
    const columnData = [{ name: 'date', data: date }, { name: 'symbol', data: date.map(() => 'AAA') }, ...numbers.map(([name, data]) => ({ name, data }))];
    return new Uint8Array(parquetWriteBuffer({ columnData, schema: schema as never, rowGroupSize: 2 }));
  };
  it('is read like a CSV file, row group after row group', async () => {
    const days = ['2025-11-03', '2025-11-04', '2025-11-05'];
    expect(await at.prices(write(days, 'STRING', { volume: [1, NaN, 3] }), {}, 'a.parquet')).toMatchObject({ unit: 'row', stored: 3, bad: [] });
    expect((await bars('aaa')).map(({ close, volume }) => [close, volume])).toEqual([[10.25, 1], [11.25, undefined], [12.25, 3]]);
    expect(await at.prices(write(days.map((day) => new Date(day)), 'DATE', { volume: [1, NaN, 3] }), {}, 'b.parquet')).toMatchObject({ stored: 0, known: 3 });
  });
  it('with times is asked about, and bad rows have their number', async () => {
    const times = ['2025-11-03T21:00:00Z', '2025-11-08T21:00:00Z', '2025-11-05T21:00:00Z'].map((time) => new Date(time));
    expect((await at.prices(write(times, 'TIMESTAMP'), {}, 'a.parquet')).bad[0]?.reason).toContain('--bar-time');
    expect(await at.prices(write(times, 'TIMESTAMP'), { barTime: 'close', keepGood: true }, 'a.parquet')).toMatchObject({ stored: 2, bad: [{ line: 2 }] });
  });
  it('that is none is refused', async () => {
    await expect(at.prices('PAR1 and nothing after it', {}, 'a.parquet')).rejects.toThrow('not readable as Parquet');
  });
});

describe('what is wrong with the whole import', () => {
  it.each([
    [{ address: 'nonsense' }, 'metadata.source.address'],
    [{ confidence: 2 }, 'metadata.confidence'],
    [{ document: ' ' }, 'metadata.source.document'],
    [{ register: { kind: 'share', currency: 'usd' }, exchange: 'XNYS' } as const, 'data.currency'],
    [{ zone: 'Mars' }, 'zone: expected an IANA zone'],
    [{ publishedAt: 'today' }, 'published-at: expected an instant'],
  ])('such as %j is told before anything is stored', async (settings, says) => {
    const before = await at.tracker.store.head();
    await expect(at.prices(`${GOOD}2025-11-05,ZZZ,,,,1,\n`, { register: { kind: 'share', currency: 'USD' }, exchange: 'XNYS', ...settings })).rejects.toThrow(says);
    expect(await at.tracker.store.head()).toBe(before);
  });
});

describe('a file that can\'t be read', () => {
  it.each([
    ['a cut gzip', gzipSync(GOOD.repeat(200)).subarray(0, 60), 'the gzip data end in the middle: the file was cut off'],
    ['UTF-16', Buffer.from('\uFEFFdate,close\n', 'utf16le'), 'expected UTF-8, got UTF-16'],
    ['one endless line', 'x'.repeat(1_100_000), 'a line of over a million characters'],
  ])('%s is refused whole', async (_, content, says) => {
    await expect(at.prices(content, { keepGood: true })).rejects.toThrow(says);
  });
});
