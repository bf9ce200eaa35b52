/** Returns of risk factors, as their vendors publish them: what a factor model is estimated on. */
import { z } from 'zod';
import { CALENDARS } from '../calendar.js';
import { slug } from '../envelope.js';
import { define } from './define.js';

const ratio = z.number().gt(-1).lt(1e3);

export const factorReturnsReported = define({
  type: 'FactorReturnsReported',
  version: 1,
  about: 'factors',
  observes: 'end',
  says: 'One session\'s returns of a set of factors, as ratios (0.01 is one per cent). A factor that the vendor has no return of is left out. Without publishedAt they are known from when they are recorded: vendors publish weeks later.',
  data: z.strictObject({
    factors: slug.meta({ description: 'the set, such as fama-french-3' }),
    session: z.strictObject({ date: z.iso.date(), calendar: z.enum(CALENDARS), kind: z.literal('regular') }),
    returns: z.record(slug, ratio).refine((returns) => Object.getOwnPropertyNames(returns).length > 0, { error: 'expected the return of one factor at least' }).meta({ description: 'factor → return, such as {"mkt-rf": 0.0017, "smb": -0.002}' }),
    riskFree: ratio.optional().meta({ description: 'return of the riskless rate over the session, where the set has it' }),
  }),
});
