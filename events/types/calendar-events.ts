/** What touches an instrument apart from its announcements: corporate actions, and what can contaminate a window. */
import { z } from 'zod';
import { slug, text } from '../envelope.js';
import { quantitySchema } from '../quantity.js';
import { define } from './define.js';
import { oneSubject, oneSubjectError, SESSIONS } from './market.js';

const day = z.iso.date();

export const CORPORATE_ACTIONS = ['split', 'cash-dividend', 'stock-dividend', 'spin-off', 'other'] as const;

export const corporateActionTaken = define({
  type: 'CorporateActionTaken',
  version: 1,
  about: 'instrument',
  observes: 'nothing',
  says: 'What a company did to its shares. occurredAt is open from the first session that trades with it (a split) or without it (a dividend); it is known from its publication, which may come before.',
  data: z
    .strictObject({
      instrument: slug,
      action: z.enum(CORPORATE_ACTIONS),
      ratio: z.strictObject({ new: z.int().positive(), old: z.int().positive() }).optional().meta({ description: 'of a split: {"new": 10, "old": 1} is ten for one' }),
      amount: quantitySchema.optional().meta({ description: 'of a dividend: for each share' }),
      declared: day.optional(),
      payable: day.optional(),
      note: text.optional(),
    })
    .refine((action) => action.action !== 'split' || action.ratio !== undefined, { path: ['ratio'], error: 'expected the ratio of a split, such as {"new": 10, "old": 1}' })
    .refine((action) => action.action !== 'cash-dividend' || action.amount !== undefined, { path: ['amount'], error: 'expected the amount of a dividend, for each share' }),
});

export const SCHEDULED_KINDS = ['earnings', 'ex-dividend', 'index-change', 'filing', 'trading-halt', 'market-closure', 'policy', 'news', 'other'] as const;

export const scheduledEventRecorded = define({
  type: 'ScheduledEventRecorded',
  version: 1,
  about: ['instrument', 'entity'],
  observes: 'nothing',
  says: 'What can contaminate a window around another event: results, an ex-date, a filing, a halt, or news of the day. occurredAt is when it takes place, which may lie after its publication.',
  data: z
    .strictObject({
      instrument: slug.optional(),
      entity: slug.optional().meta({ description: 'where it is not about one instrument: a market, a company that is not listed' }),
      kind: z.enum(SCHEDULED_KINDS),
      label: text.meta({ description: 'what it is, in a few words' }),
      session: z.enum(SESSIONS).optional(),
      amount: quantitySchema.optional().meta({ description: 'a figure that belongs to it, such as the dividend' }),
      note: text.optional(),
    })
    .refine(oneSubject, oneSubjectError),
});
