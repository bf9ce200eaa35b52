/** Announcements: what was announced, and the reports of when. */
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
