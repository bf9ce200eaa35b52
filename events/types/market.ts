/** The market: bars, prices, share counts, and the moves and values that sources report. */
import { z } from 'zod';
import { CALENDARS } from '../calendar.js';
import { slug, text } from '../envelope.js';
import { quantitySchema } from '../quantity.js';
import { isPlainBar } from '../quick.js';
import { timeRefSchema } from '../time.js';
import { define } from './define.js';

const currency = z.string().regex(/^[A-Z]{3}$/, { error: 'expected a currency code such as USD' });
const price = z.number().positive();
const day = z.iso.date();
export const SESSIONS = ['pre', 'regular', 'post', 'unknown'] as const;
const session = z.enum(SESSIONS);

const barFields = {
  instrument: slug,
  open: price.optional(),
  high: price.optional(),
  low: price.optional(),
  close: price,
  volume: z.number().nonnegative().optional(),
};

/** Version 1, before bars said how they were adjusted: those were split-adjusted daily bars in US dollars. */
export const barClosedV1 = z.strictObject({ ...barFields, date: day });

const barV2 = z.strictObject({
  ...barFields,
  session: z.strictObject({ date: day, calendar: z.enum(CALENDARS), kind: z.literal('regular') }),
  currency: currency.optional().meta({ description: 'absent for an index' }),
  adjustment: z.enum(['none', 'split', 'total-return']).meta({ description: 'what the prices were adjusted for' }),
});

export const barClosed = define({
  type: 'BarClosed',
  version: 2,
  about: 'instrument',
  observes: 'end',
  says: 'One session of an instrument, observed at its close. Exactly observed: plain numbers.',
  quick: isPlainBar,
  data: barV2.superRefine((bar, context) => {
    const { high = Infinity, low = 0, open, close } = bar;
    if (low > high) context.addIssue({ code: 'custom', path: ['low'], message: `expected at most the high ${high}` });
    else if (open !== undefined && (open < low || open > high)) context.addIssue({ code: 'custom', path: ['open'], message: `expected a price between low ${low} and high ${high}` });
    else if (close < low || close > high) context.addIssue({ code: 'custom', path: ['close'], message: `expected a price between low ${low} and high ${high}` });
  }),
});

export const priceObserved = define({
  type: 'PriceObserved',
  version: 1,
  about: 'instrument',
  observes: 'end',
  says: 'A price that a source prints.',
  data: z.strictObject({ instrument: slug, price: quantitySchema, session, note: text.optional() }),
});

export const sharesOutstandingReported = define({
  type: 'SharesOutstandingReported',
  version: 1,
  about: 'instrument',
  observes: 'start',
  says: 'A count of shares outstanding. occurredAt is the date of the count, open until superseded.',
  data: z.strictObject({
    instrument: slug,
    shares: quantitySchema.refine((shares) => shares.as !== 'direction' && shares.as !== 'order', { error: 'expected a count: a direction or an order of size gives no market value' }),
    basis: z.enum(['total', 'float', 'diluted', 'weighted-average']).meta({ description: 'never mixed with one another' }),
    filing: text.optional().meta({ description: 'two reports of one filing are one claim' }),
  }),
});

export function oneSubject(data: { instrument?: string | undefined; entity?: string | undefined }): boolean {
  return (data.instrument === undefined) !== (data.entity === undefined);
}
export const oneSubjectError = { path: ['instrument'], error: 'expected either instrument or entity, not both and not neither' };

/** The two times of a move and what it is measured from. Moves compare only where all three can be equal. */
const move = {
  from: timeRefSchema,
  to: timeRefSchema.meta({ description: 'the same as occurredAt, which may be left out' }),
  base: z.enum(['previous-close', 'open', 'period-start', 'before-announcement', 'unknown']),
  session,
};

export const marketMoveReported = define({
  type: 'MarketMoveReported',
  version: 1,
  about: 'instrument',
  observes: 'end',
  says: 'A relative move of a price or market value, as reported.',
  data: z.strictObject({ instrument: slug, measure: z.enum(['price', 'market-value']), change: quantitySchema.refine((change) => change.unit === undefined || change.unit === 'percent' || change.unit === 'ratio', { path: ['unit'], error: 'expected percent or ratio: a change in currency is a MarketValueChangeReported' }), price: quantitySchema.optional().meta({ description: 'the price at the end of the move' }), ...move, note: text.optional() }),
});

export const marketValueReported = define({
  type: 'MarketValueReported',
  version: 1,
  about: ['instrument', 'entity'],
  observes: 'end',
  says: 'A market value, as reported.',
  data: z.strictObject({ instrument: slug.optional(), entity: slug.optional(), value: quantitySchema, price: quantitySchema.optional(), session, note: text.optional() }).refine(oneSubject, oneSubjectError),
});

export const marketValueChangeReported = define({
  type: 'MarketValueChangeReported',
  version: 1,
  about: ['instrument', 'entity'],
  observes: 'end',
  says: 'A change of market value in currency, as reported.',
  data: z.strictObject({ instrument: slug.optional(), entity: slug.optional(), change: quantitySchema, ...move, note: text.optional() }).refine(oneSubject, oneSubjectError),
});
