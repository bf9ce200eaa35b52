/** Announcements: what was announced, the reports of when, and what the parties changed in it afterwards. */
import { z } from 'zod';
import { slug, text } from '../envelope.js';
import { quantitySchema } from '../quantity.js';
import { timeRefSchema } from '../time.js';
import { define } from './define.js';

export const announcementMade = define({
  type: 'AnnouncementMade',
  version: 1,
  about: 'announcement',
  observes: 'start',
  says: 'An announcement and its terms, as one source gives them. When it was made is a matter of AnnouncementDated.',
  data: z.strictObject({
    announcement: slug,
    title: text,
    parties: z.array(z.strictObject({ entity: slug, role: text })).min(1),
    commitment: z.strictObject({ amount: quantitySchema, duration: z.iso.duration().optional().meta({ description: 'ISO 8601, such as P7Y' }) }).optional(),
    purpose: text.optional(),
  }),
});

export const announcementDated = define({
  type: 'AnnouncementDated',
  version: 1,
  about: 'announcement',
  observes: 'nothing',
  says: 'A report of when an announcement became public. Views intersect the readings of the highest confidence and list the others.',
  data: z.strictObject({
    announcement: slug,
    when: timeRefSchema.meta({ description: 'a moment ({at}), a period with one moment in it ({within}); "public by t" is {"within": "../t"}' }),
    note: text.optional(),
  }),
});

export const AMENDMENTS = ['extended', 'reduced', 'replaced', 'ended', 'other'] as const;

export const announcementAmended = define({
  type: 'AnnouncementAmended',
  version: 1,
  about: 'announcement',
  observes: 'start',
  says: 'A change that the parties themselves made to what they had announced, valid from occurredAt on. A source that was wrong about an announcement is corrected by ObservationCorrected.',
  data: z.strictObject({
    announcement: slug,
    change: z.enum(AMENDMENTS),
    summary: text.meta({ description: 'the change in a few words' }),
    added: quantitySchema.optional().meta({ description: 'what comes on top of the commitment' }),
    total: quantitySchema.optional().meta({ description: 'the whole commitment as it stands from then on' }),
    duration: z.iso.duration().optional().meta({ description: 'ISO 8601, such as P8Y, from the change on' }),
    terms: z.array(text).min(1).optional().meta({ description: 'further terms, one a line' }),
  }),
});
