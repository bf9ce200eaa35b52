/** Who and what there is: entities (companies, groups, topics, people) and the instruments listed on them. */
import { z } from 'zod';
import { slug, text } from '../envelope.js';
import { CALENDARS } from '../calendar.js';
import { define } from './define.js';

export const entityRegistered = define({
  type: 'EntityRegistered',
  version: 1,
  about: 'entity',
  observes: 'start',
  says: 'An entity that facts may name: a company, a group of companies, a person, or a topic such as AI compute.',
  data: z.strictObject({
    entity: slug,
    name: text,
    kind: z.enum(['company', 'group', 'person', 'topic', 'other']),
    members: z.array(slug).min(1).optional().meta({ description: 'of a group: the entities it consists of' }),
    partOf: slug.optional().meta({ description: 'the entity that this one is a division of' }),
  }),
});

const symbol = z.string().regex(/^[A-Z0-9]+:[A-Z0-9.^-]+$/, { error: 'expected EXCHANGE:SYMBOL, such as XNAS:AMZN' });

export const instrumentListed = define({
  type: 'InstrumentListed',
  version: 1,
  about: 'instrument',
  observes: 'start',
  says: 'An instrument and the symbol it trades under, valid from occurredAt on.',
  data: z.strictObject({
    instrument: slug,
    entity: slug.optional().meta({ description: 'the issuer; an index has none' }),
    symbol,
    name: text,
    kind: z.enum(['share', 'index', 'fund', 'other']),
    currency: z.string().regex(/^[A-Z]{3}$/).optional(),
    calendar: z.enum(CALENDARS),
  }),
});

export const instrumentRenamed = define({
  type: 'InstrumentRenamed',
  version: 1,
  about: 'instrument',
  observes: 'start',
  says: 'Another symbol, and it may be another name, for a listed instrument, valid from occurredAt on. Its id stays.',
  data: z.strictObject({ instrument: slug, symbol, name: text.optional() }),
});

export const instrumentDelisted = define({
  type: 'InstrumentDelisted',
  version: 1,
  about: 'instrument',
  observes: 'start',
  says: 'An instrument that no longer trades, from occurredAt on: its symbol stands for it no longer, its id does.',
  data: z.strictObject({
    instrument: slug,
    reason: z.enum(['merged', 'liquidated', 'moved', 'other']).optional(),
    successor: slug.optional().meta({ description: 'the instrument that its holders got, or that it trades as now' }),
    note: text.optional(),
  }),
});
