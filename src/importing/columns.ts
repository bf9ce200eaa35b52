/** Which column of a table is what: by the usual names, or as the user says. What could be two things is asked, not guessed. */
import { ImportError } from './import-error.js';

export const BAR_FIELDS = ['date', 'symbol', 'open', 'high', 'low', 'close', 'volume'] as const;
export type BarField = (typeof BAR_FIELDS)[number];

/** In lower case. "Adj Close" is not among them: what it is adjusted for is for the user to say. */
const USUAL: Record<BarField, readonly string[]> = {
  date: ['date', 'day', 'session', 'time', 'datetime', 'timestamp'],
  symbol: ['symbol', 'ticker', 'instrument'],
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
  volume: ['volume'],
};

/**
 * The place of each field in the header.
 * @param given `field=column` pairs with commas between, such as `date=Day,close=Adj Close`; a column may be left out with `volume=`
 * @param oneSymbol all rows are of one instrument: the table needs no symbol
 * @throws ImportError for a field or column that is not there, or a field that two columns could be
 */
export function columnsOf(header: readonly string[], given: string | undefined, oneSymbol: boolean): Partial<Record<BarField, number>> {
  const said = new Map<BarField, string>();
  for (const pair of given === undefined || given === '' ? [] : given.split(',')) {
    const [field = '', column] = [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()];
    const known = BAR_FIELDS.find((name) => name === field);
    if (known === undefined || !pair.includes('=')) throw new ImportError([`columns: expected FIELD=COLUMN with one of ${BAR_FIELDS.join(', ')}, got ${JSON.stringify(pair)}`]);
    if (column !== '' && !header.includes(column)) throw new ImportError([`columns: there is no column ${JSON.stringify(column)}; there are ${header.join(', ')}`]);
    said.set(known, column);
  }
  const places: Partial<Record<BarField, number>> = {};
  for (const field of BAR_FIELDS) {
    const column = said.get(field);
    if (column !== undefined) {
      if (column !== '') places[field] = header.indexOf(column);
      continue;
    }
    if (field === 'symbol' && oneSymbol) continue;
    const fitting = header.flatMap((name, index) => (USUAL[field].includes(name.toLowerCase()) && ![...said.values()].includes(name) ? [index] : []));
    if (fitting.length > 1) throw new ImportError([`line 1: ${fitting.map((index) => header[index]).join(' and ')} could each be the ${field}: say which with --columns ${field}=…`]);
    if (fitting[0] !== undefined) places[field] = fitting[0];
  }
  const missing = (['date', 'symbol', 'close'] as const).filter((field) => places[field] === undefined && !(field === 'symbol' && oneSymbol));
  if (missing.length > 0) {
    const adjusted = missing.includes('close') ? header.find((name) => /adj/i.test(name)) : undefined;
    throw new ImportError([`line 1: expected a column for ${missing.join(', ')}; there are ${header.join(', ')}. Say which is which with --columns ${missing.map((field) => `${field}=…`).join(',')}${missing.includes('symbol') ? ', or --symbol for a file of one instrument' : ''}${adjusted === undefined ? '' : ` (${adjusted}: with --adjustment that says what for)`}`]);
  }
  return places;
}
