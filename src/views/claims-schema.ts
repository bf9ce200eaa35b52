/** The shapes of the claims ledger and of exposure. */
import { z } from 'zod';
import { CHANNELS, CLAIM_STATES, OPEN_REASONS, RELATIONS, STANDINGS } from '../../projections/index.js';
import { askedSchema, evidenceSchema, keyed, sourceFields } from './schemas.js';

const number = z.number().nullable();
const time = z.string().nullable().meta({ description: 'instant in UTC; null: open or unknown' });

const figureFields = {
  text: z.string().nullable().meta({ description: 'the figure as printed' }),
  unit: z.string().nullable(),
  lo: number.meta({ description: 'what the printed figure allows' }),
  hi: number,
  loClosed: z.boolean(),
  hiClosed: z.boolean(),
};

const againstSchema = z
  .object({
    standing: z.enum(STANDINGS).meta({ description: 'settles: decides the state; agrees, differs: from what decides it; too-weak: has less than half of the claim\'s confidence; other-terms: changes something else of a commitment' }),
    type: z.string(),
    says: z.string(),
    ...figureFields,
    holder: z.string().nullable(),
    when: z.string(),
    note: z.string().nullable(),
    ...sourceFields,
    ...evidenceSchema,
  })
  .meta({ id: 'ClaimEvidence' });

export const ledgerClaimSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['forecast', 'figure', 'level', 'commitment']).meta({ description: 'figure: of a period that was not over when it was stated; level: as things stood' }),
    entity: z.string().nullable(),
    entityName: z.string().nullable(),
    announcement: z.string().nullable(),
    metric: z.string(),
    claim: z.string(),
    holder: z.string(),
    holderKind: z.string().nullable(),
    ...figureFields,
    horizon: z.enum(['period', 'by', 'not-before', 'level', 'none']),
    horizonFrom: time,
    horizonTo: time,
    horizonText: z.string().nullable().meta({ description: 'as the source gives it' }),
    when: z.string().meta({ description: 'when it was said, as the source gives it' }),
    state: z.enum(CLAIM_STATES),
    stillTrue: z.boolean().meta({ description: 'a level that later reports bear out' }),
    reason: z.enum(OPEN_REASONS).nullable().meta({ description: 'why it is open' }),
    since: time.meta({ description: 'from when the state is known' }),
    sentence: z.string(),
    claimedLo: number.meta({ description: 'what has to be reached: of a goal from the figure it names, else what the printed figure allows' }),
    claimedHi: number,
    foundLo: number.meta({ description: 'what was reported; of a commitment what it became' }),
    foundHi: number,
    foundText: z.string().nullable(),
    against: z.array(againstSchema).meta({ description: 'what settles it, first, and what stands beside that' }),
    ...sourceFields,
    ...evidenceSchema,
  })
  .meta({ id: 'LedgerClaim' });

export const claimsSchema = z
  .object({
    ...askedSchema.shape,
    entity: z.string().nullable(),
    announcement: z.string().nullable(),
    name: z.string(),
    rule: z.number(),
    quantityRule: z.number(),
    states: z.object({ open: z.number(), met: z.number(), missed: z.number(), superseded: z.number() }),
    claims: z.array(ledgerClaimSchema).meta(keyed('event')),
  })
  .meta({ id: 'ClaimsLedger' });

const edgeSchema = z
  .object({
    id: z.string(),
    entity: z.string(),
    entityName: z.string(),
    relation: z.enum(RELATIONS),
    other: z.string(),
    otherName: z.string(),
    text: z.string().nullable().meta({ description: 'the amount or share as printed' }),
    unit: z.string().nullable(),
    amountLo: number,
    amountHi: number,
    standsText: z.string().nullable().meta({ description: 'of an announcement that its parties changed: what the commitment comes to by then; null: unchanged, or not told' }),
    standsLo: number.meta({ description: 'lower end of it: the amount, and what each change adds to it or puts in its place' }),
    standsHi: number,
    changes: z.array(againstSchema).meta({ description: 'what the parties of the announcement changed, as in the claims ledger' }),
    notes: z.array(z.string()).meta({ description: 'what its reports add, the latest first' }),
    announcement: z.string().nullable(),
    when: z.string(),
    status: z.enum(['certain', 'possible']).meta({ description: 'possible: it may have begun by then' }),
    also: z.array(z.string()).meta({ description: 'links to further reports of it' }),
    ...sourceFields,
    ...evidenceSchema,
  })
  .meta({ id: 'Relationship' });

export const exposureSchema = z
  .object({
    ...askedSchema.shape,
    entity: z.string(),
    name: z.string(),
    depth: z.number(),
    edges: z.array(edgeSchema).meta({ description: 'the relationships on the paths, each once', ...keyed('id') }),
    paths: z
      .array(
        z
          .object({
            direction: z.enum(['on', 'of']).meta({ description: 'on: what the entity is exposed to; of: who is exposed to it' }),
            depth: z.number(),
            entity: z.string().meta({ description: 'at its far end' }),
            name: z.string(),
            sentence: z.string(),
            entities: z.array(z.string()),
            channels: z.array(z.enum(CHANNELS)).meta({ description: 'supply, custom (revenue), holding, funding, partner, whole (of a division)' }),
            status: z.enum(['certain', 'possible']).meta({ description: 'certain: each of its edges is' }),
            edges: z.array(z.string()).meta({ description: 'ids of edges' }),
            confidence: z.number().meta({ description: 'the least of its edges' }),
          })
          .meta({ id: 'ExposurePath' }),
      )
      .meta({ description: 'shortest first' }),
    cut: z.boolean().meta({ description: 'there are more paths than are shown: ask with a smaller depth' }),
  })
  .meta({ id: 'Exposure' });

export type ClaimsView = z.infer<typeof claimsSchema>;
export type LedgerClaim = z.infer<typeof ledgerClaimSchema>;
export type ExposureView = z.infer<typeof exposureSchema>;
