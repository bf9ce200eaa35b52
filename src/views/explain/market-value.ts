/** How the values of a market-value answer come about. */
import { computed, given, plain, printed, stored, THINNED, under, type Fields, type Input, type Rule, type Table } from './told.js';

const links = (owner: Fields, name: string): string[] => owner[name] as string[];

/** Stored, or, in a series that is adjusted here, what is stored divided (a volume: multiplied) by the splits after it. */
function ofSession(says: string, field: string, times = false): Rule {
  return ({ owner, base, key, value }) => {
    const own: Input = { name: key, value, event: String(owner['event']), field: `/data/${field}` };
    const factor = Number(owner['splitFactor']);
    if (factor === 1) return { says, how: 'stored', inputs: [own] };
    return { says: `${says}, adjusted for later splits`, how: 'derived', formula: times ? 'stored × splitFactor' : 'stored ÷ splitFactor', inputs: [{ ...own, name: 'stored', value: null }, { name: 'splitFactor', value: factor, at: `${base}/splitFactor` }] };
  };
}

/** The product of the ratios of splits. */
const splits = (says: string): Rule => ({ owner, key, value }) => ({ says, how: 'derived', formula: 'the product of new ÷ old over the splits', inputs: [{ name: key, value, event: String(owner['event']) }, ...links(owner, 'splitEvents').map((event): Input => ({ name: 'split', value: null, event, field: '/data/ratio/new' }))] });

const valueChange: Rule = ({ owner, base }) => ({
  says: 'market value less that of the session before',
  how: 'derived',
  formula: 'of one count (price − previous) × shares, else the difference of the two values',
  inputs: [{ name: 'price', value: plain(owner['price']), at: `${base}/price` }, { name: 'previous', value: plain(owner['previous']), event: String(owner['previousEvent']), field: '/data/close' }, { name: 'sharesLo', value: plain(owner['sharesLo']), at: `${base}/sharesLo` }],
});

/** The base of the index: the answer's own, or, where several instruments are answered, that of the instrument. */
const relative: Rule = ({ body, owner, base, value }) => {
  const several = body['instruments'] as Fields[] | undefined;
  const index = several?.findIndex((one) => one['instrument'] === owner['instrument'] || (one['level'] as Fields | null)?.['event'] === owner['event']) ?? -1;
  const hundred = (several ? several[index]?.['base'] : body['base']) as Fields | null;
  const price = Number(hundred?.['price']);
  return { says: `price as an index: ${plain(hundred?.['date'])} = 100`, how: 'computed', formula: 'price ÷ base × 100', inputs: [{ name: 'price', value: plain(owner['price']), at: `${base}/price` }, { name: 'base', value: price, at: several ? `/instruments/${index}/base/price` : '/base/price' }], result: value === null ? null : (Number(owner['price']) / price) * 100 };
};

const POINT: Table = {
  '/close': stored('the close, as stored', '/data/close'),
  '/price': ofSession('the close', 'close'),
  '/open': ofSession('the first price of the session', 'open'),
  '/high': ofSession('the highest price of the session', 'high'),
  '/low': ofSession('the lowest price of the session', 'low'),
  '/volume': ofSession('shares traded in the session', 'volume', true),
  '/splitFactor': splits('what splits after the session divide its prices by; 1 where there is none, or the series is stored as it is'),
  '/sharesFactor': splits('what splits between the count and the close multiply the count by; 1 where there is none'),
  '/previous': ({ owner, key, value }) => ({ says: 'the price of the session before, in the same series', how: 'derived', inputs: [{ name: key, value, event: String(owner['previousEvent']), field: '/data/close' }] }),
  '/change': computed('the move from the close before', 'price ÷ previous − 1', ['price', 'previous'], (price, previous) => price / previous - 1),
  '/relative': relative,
  '/valueChangeLo': valueChange,
  '/valueChangeHi': valueChange,
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
  '/marketValue': computed('market value, where the share count is exact', 'close × sharesLo × sharesFactor', ['close', 'sharesLo', 'sharesFactor'], (close, shares, factor) => close * factor * shares),
  '/marketValueLo': computed('the least market value that the share count allows', 'close × sharesLo × sharesFactor', ['close', 'sharesLo', 'sharesFactor'], (close, shares, factor) => close * factor * shares),
  '/marketValueHi': computed('the greatest market value that the share count allows', 'close × sharesHi × sharesFactor', ['close', 'sharesHi', 'sharesFactor'], (close, shares, factor) => close * factor * shares),
};

const FIGURES: Record<string, string> = { price: '/data/price', move: '/data/change', value: '/data/value', 'value-change': '/data/change' };
const figure = (owner: Fields): string => FIGURES[String(owner['kind'])] ?? '/data/value';

const CLAIM: Table = {
  '/lo': printed('what the source claims', figure, 'lo'),
  '/hi': printed('what the source claims', figure, 'hi'),
  '/priceLo': printed('the price that the source gives beside it', '/data/price', 'lo'),
  '/priceHi': printed('the price that the source gives beside it', '/data/price', 'hi'),
  '/relativeLo': computed('the same as an index, what it begins at = 100', '100 × (1 + lo)', ['lo'], (lo) => (1 + lo) * 100),
  '/relativeHi': computed('the same as an index, what it begins at = 100', '100 × (1 + hi)', ['hi'], (hi) => (1 + hi) * 100),
  '/confidence': stored('how far the source is trusted', '/metadata/confidence'),
};

const RULE = given('version of the rule that says what a printed figure allows (docs/time.md)');
const BASE: Table = { '/price': ({ owner, key, value }) => ({ says: 'the price that is 100', how: 'derived', inputs: [{ name: key, value, event: String(owner['event']), field: '/data/close' }] }) };

const ACTION: Table = {
  '/ratioNew': stored('shares after the split', '/data/ratio/new'),
  '/ratioOld': stored('shares before the split', '/data/ratio/old'),
  '/confidence': stored('how far the source is trusted', '/metadata/confidence'),
};

export const marketValueTable: Table = {
  ...THINNED,
  '/quantityRule': RULE,
  ...under('/base', BASE),
  ...under('/level', POINT),
  ...under('/points/*', POINT),
  ...under('/claims/*', CLAIM),
  ...under('/actions/*', ACTION),
  '/scheduled/*/confidence': stored('how far the source is trusted', '/metadata/confidence'),
};

export const marketValuesTable: Table = {
  ...THINNED,
  '/quantityRule': RULE,
  ...under('/instruments/*/base', BASE),
  ...under('/instruments/*/level', POINT),
  ...under('/points/*', POINT),
  ...under('/claims/*', CLAIM),
};

/** The sum over the share classes of an answer. */
function total(end: 'Lo' | 'Hi'): Rule {
  return ({ body, value }) => {
    const classes = (body['classes'] as Fields[]).map((one) => one['level'] as Fields | null);
    const inputs = classes.map((level, index): Input => ({ name: String((body['classes'] as Fields[])[index]?.['symbol']), value: plain(level?.[`marketValue${end}`]), at: `/classes/${index}/level/marketValue${end}` }));
    return { says: 'the market value of all share classes together', how: 'computed', formula: inputs.map(({ name }) => name).join(' + '), inputs, result: value === null ? null : inputs.reduce((sum, input) => sum + Number(input.value), 0) };
  };
}

const summed: Rule = ({ owner, key, value }) => ({ says: 'the sum over the share classes of close × total shares', how: 'derived', inputs: links(owner, 'events').map((event) => ({ name: key, value, event })) });

export const entityMarketValueTable: Table = {
  ...THINNED,
  '/quantityRule': RULE,
  '/marketValueLo': total('Lo'),
  '/marketValueHi': total('Hi'),
  ...under('/classes/*/level', POINT),
  ...under('/points/*', { '/marketValueLo': summed, '/marketValueHi': summed, '/classes': summed }),
  ...under('/claims/*', CLAIM),
};
