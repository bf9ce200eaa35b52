/**
 * The envelope around every event: what it is, when it was true, when it was published, who says so. The store adds
 * streamId, revision, position and recordedAt.
 */
import { z } from 'zod';
import { atSchema, readPeriod, timeRefSchema, withinSchema } from './time.js';

export const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, { error: 'expected an id of a-z, 0-9 and -, such as amazon-common' });
export const text = z.string().trim().min(1).max(2000);
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, { error: 'expected a lower-case UUID' });
export const streamName = z.string().min(1).max(256).regex(/^[^$\s][^\s]*$/, { error: 'expected a stream name without spaces that does not begin with $' });

/** A reference to an event. EventStoreDB has no look-up by id, so the stream is part of it. */
export const referenceSchema = z
  .strictObject({ id: uuid, streamId: streamName, revision: z.int().nonnegative().optional().meta({ description: 'absent while the original has not arrived' }) })
  .meta({ id: 'EventReference' });
export type EventReference = z.infer<typeof referenceSchema>;

export const sourceSchema = z
  .strictObject({
    document: text.meta({ description: 'short name of the document, one for all its facts' }),
    locator: text.optional().meta({ description: 'paragraph, page or row' }),
    address: z.url().optional(),
  })
  .meta({ id: 'Source' });

/** When it was published. An estimate says so, and why; it is used like any other and labels the answer. */
const stated = { basis: z.enum(['printed', 'estimated']).optional().meta({ description: 'default: printed' }), reason: text.optional() };
export const publishedSchema = z
  .union([atSchema.extend(stated), withinSchema.extend(stated)])
  .refine((published) => 'at' in published || Number.isFinite(readPeriod(published.within, published)?.hi.ms), { path: ['within'], error: 'expected a publication with an end: an open one would never be known' })
  .refine((published) => published.basis !== 'estimated' || published.reason !== undefined, { path: ['reason'], error: 'an estimated publication needs the reason for the estimate' })
  .meta({ id: 'PublishedRef', description: 'When it was published, as precisely as it was printed' });
export type PublishedRef = z.infer<typeof publishedSchema>;

export const metadataSchema = z
  .strictObject({
    schemaVersion: z.int().positive(),
    occurredAt: timeRefSchema.meta({ description: 'valid time: when it was true' }),
    publishedAt: publishedSchema.optional().meta({ description: 'from when anybody could know it; absent: from when the store recorded it (a bar: from its end)' }),
    source: sourceSchema,
    confidence: z.number().gt(0).lte(1).default(1),
    $correlationId: z.string().min(1).max(256).optional().meta({ description: 'the announcement (its id) or other whole that this belongs to' }),
    $causationId: uuid.optional().meta({ description: 'id of the event that caused this one' }),
    repeats: referenceSchema.optional().meta({ description: 'the report that this one repeats' }),
    scenario: slug.optional().meta({ description: 'the scenario of a synthetic event; set when it is let in, and absent in the real world' }),
    recordedAt: z.iso.datetime().optional().meta({ description: 'original recording time, set by copy and import alone' }),
  })
  .meta({ id: 'Metadata' });
export type Metadata = z.infer<typeof metadataSchema>;
