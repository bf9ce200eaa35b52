/** How the values of a market-value answer come about. */
import type { Table } from './told.js';
import { computed, each, given, printed, stored, under, type Fields } from './told.js';

const POINT: Table = {
  '/price': stored('the close', '/data/close'),
  ...each(['open', 'high', 'low', 'volume'], ({ owner, key, value }) => ({ says: `the session's ${key}`, how: 'stored', inputs: [{ name: key, value, event: String(owner['event']), field: `/data/${key}` }] })),
  '/sharesLo': printed('total shares outstanding', '/data/shares', 'lo', 'sharesEvent'),
  '/sharesHi': printed('total shares outstanding', '/data/shares', 'hi', 'sharesEvent'),
  '/sharesAgeDays': ({ owner, base, value }) => {
    const [time, from] = [owner['time'], owner['sharesFrom']].map(String) as [string, string];
    return {
      says: 'whole days from the date of the share count to the close',
      how: 'computed',
      formula: '⌊(time − sharesFrom) ÷ 1 day⌋',
      inputs: [{ name: 'time', value: time, at: `${base}/time`, event: String(owner['event']) }, { name: 'sharesFrom', value: from, at: `${base}/sharesFrom`, event: String(owner['sharesEvent']), field: '/metadata/occurredAt' }],
      result: value === null ? null : Math.floor((Date.parse(time) - Date.parse(from)) / 86_400_000),
    };
  },
  '/marketValue': computed('market value, where the share count is exact', 'price × shares', ['price', 'sharesLo'], (price, shares) => price * shares),
  '/marketValueLo': computed('the least market value that the share count allows', 'price × sharesLo', ['price', 'sharesLo'], (price, shares) => price * shares),
  '/marketValueHi': computed('the greatest market value that the share count allows', 'price × sharesHi', ['price', 'sharesHi'], (price, shares) => price * shares),
};

const FIGURES: Record<string, string> = { price: '/data/price', move: '/data/change', value: '/data/value', 'value-change': '/data/change' };
const figure = (owner: Fields): string => FIGURES[String(owner['kind'])] ?? '/data/value';

const CLAIM: Table = {
  '/lo': printed('what the source claims', figure, 'lo'),
  '/hi': printed('what the source claims', figure, 'hi'),
  '/priceLo': printed('the price that the source gives beside it', '/data/price', 'lo'),
  '/priceHi': printed('the price that the source gives beside it', '/data/price', 'hi'),
  '/relativeLo': computed('the same as an index, before the announcement = 100', '100 × (1 + lo)', ['lo'], (lo) => (1 + lo) * 100),
  '/relativeHi': computed('the same as an index, before the announcement = 100', '100 × (1 + hi)', ['hi'], (hi) => (1 + hi) * 100),
  '/confidence': stored('how far the source is trusted', '/metadata/confidence'),
};

export const marketValueTable: Table = {
  '/quantityRule': given('version of the rule that says what a printed figure allows (docs/time.md)'),
  ...under('/level', POINT),
  ...under('/points/*', POINT),
  ...under('/claims/*', CLAIM),
};
