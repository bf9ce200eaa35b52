/**
 * Who depends on whom: relationships as they were disclosed, commitments between customers and suppliers, and divisions
 * of companies, as edges of a graph that can be walked both ways, under both clocks.
 */
import { compareInstants, maxInstant, type DataOf, type Instant, type Quantity, type TimeRef } from '../events/index.js';
import { isTrusted } from './claims.js';
import { compareKnown, compareText, type Row } from './ledger.js';
import { defineProjection } from './projection.js';
import { readNames, readRows, statusAt, type Reader } from './reader.js';

type Disclosed = DataOf<'RelationshipDisclosed'>;
type Made = DataOf<'AnnouncementMade'>;

export const RELATIONS = ['depends-on', 'buys-from', 'supplies', 'owns', 'finances', 'partners-with', 'competes-with', 'part-of'] as const;
export type RelationKind = (typeof RELATIONS)[number];

/** One report of one relation. */
export interface Related {
  entity: string;
  other: string;
  relation: RelationKind;
  amount: Quantity | null;
  note: string | null;
  announcement: string | null;
  occurredAt: TimeRef;
  source: { document: string; locator?: string | undefined; address?: string | undefined };
  confidence: number;
}

/** A row of an announcement stands for an edge from each customer to each supplier, and one from each investor. */
interface Parties extends Omit<Related, 'entity' | 'other' | 'relation'> {
  parties: Made['parties'];
}

export const exposure = defineProjection('exposure', 1, (type, data: never, { metadata }) => {
  const stated = { occurredAt: metadata.occurredAt, source: metadata.source, confidence: metadata.confidence };
  if (type === 'RelationshipDisclosed') {
    const { entity, other, relation, amount, note } = data as Disclosed;
    return { series: `related:${entity}`, value: { ...stated, entity, other, relation, amount: amount ?? null, note: note ?? null, announcement: metadata.$correlationId ?? null } satisfies Related };
  }
  if (type === 'AnnouncementMade') {
    const { announcement, parties, commitment, title } = data as Made;
    return { series: `parties:${announcement}`, value: { ...stated, parties, amount: commitment?.amount ?? null, note: title, announcement } satisfies Parties };
  }
  if (type === 'AnnouncementAmended') {
    const { announcement, change } = data as DataOf<'AnnouncementAmended'>;
    return change === 'ended' ? { series: `ended:${announcement}`, value: stated } : null;
  }
  if (type === 'EntityRegistered') {
    const { entity, partOf } = data as DataOf<'EntityRegistered'>;
    return partOf === undefined ? null : { series: `related:${entity}`, value: { ...stated, entity, other: partOf, relation: 'part-of', amount: null, note: null, announcement: null } satisfies Related };
  }
  return null;
});

/** An edge: everything reported of one relation between two entities. The first row stands for it. */
export interface Edge {
  entity: string;
  other: string;
  relation: RelationKind;
  /** `possible`: it may have begun by then. */
  status: 'certain' | 'possible';
  row: Row & { value: Related };
  also: (Row & { value: Related })[];
}

type RelatedRow = Row & { value: Related };

const BUYERS = /\b(customer|buyer|tenant|client|borrower)\b/i;
const SELLERS = /\b(supplier|seller|provider|landlord|vendor|lender)\b/i;
const INVESTORS = /\binvestor\b/i;
const INVESTED = /\b(recipient|issuer|investee)\b/i;

/** When an announcement was made, as far as it is known: anchorOf of the timeline. */
export type DateOf = (announcement: string) => { from: Instant; to: Instant } | null;

/**
 * The edges that hold, or may hold, at asOf. Of several reports of one the most trusted stands for it, of those one with an
 * amount, then the latest. What an announcement ties does not begin before it was made.
 */
export function edgesAt(reader: Reader, asOf: Instant, dateOf: DateOf = () => null): Edge[] {
  const disclosed = readNames(reader, 'related:').flatMap((name) => (readRows<Related>(reader, name) as RelatedRow[]).map((row) => afterAnchor(row, dateOf)));
  const committed = readNames(reader, 'parties:').flatMap((name) => partyRows(reader, name.slice('parties:'.length), asOf, dateOf));
  const groups = new Map<string, RelatedRow[]>();
  for (const row of [...disclosed, ...committed]) {
    if (compareInstants(row.from, asOf) > 0 || compareInstants(row.until, asOf) <= 0) continue;
    const { entity, other, relation, announcement } = row.value;
    const key = JSON.stringify([entity, other, relation, relation === 'buys-from' || relation === 'finances' ? announcement : null]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((rows): Edge => {
    const [row, ...also] = [...rows].sort((a, b) => b.value.confidence - a.value.confidence || Number(b.value.amount !== null) - Number(a.value.amount !== null) || compareInstants(b.at, a.at) || compareKnown(b, a)) as [RelatedRow, ...RelatedRow[]];
    const certain = rows.some((one) => isTrusted(row, one) && statusAt(one, asOf) === 'certain');
    return { entity: row.value.entity, other: row.value.other, relation: row.value.relation, status: certain ? 'certain' : 'possible', row, also };
  }).sort((a, b) => compareText(a.entity, b.entity) || compareText(a.other, b.other) || compareText(a.relation, b.relation) || compareKnown(a.row, b.row));
}

function afterAnchor(row: RelatedRow, dateOf: DateOf): RelatedRow {
  const made = row.anchor !== null && row.side === 'after' ? dateOf(row.anchor) : null;
  return made ? { ...row, from: maxInstant(row.from, made.from) } : row;
}

function partyRows(reader: Reader, announcement: string, asOf: Instant, dateOf: DateOf): RelatedRow[] {
  const ends = readRows<{ confidence: number }>(reader, `ended:${announcement}`).filter((row) => compareInstants(row.at, asOf) <= 0);
  const made = dateOf(announcement);
  return readRows<Parties>(reader, `parties:${announcement}`).flatMap((report): RelatedRow[] => {
    if (ends.some((end) => isTrusted(report, end))) return [];
    const row = made ? { ...report, from: made.from, at: made.to } : report;
    const { parties, ...rest } = row.value;
    const as = (pattern: RegExp): string[] => parties.filter(({ role }) => pattern.test(role)).map(({ entity }) => entity);
    const edge = (relation: RelationKind, entity: string, other: string): RelatedRow => ({ ...row, value: { ...rest, entity, other, relation } });
    return [...as(BUYERS).flatMap((buyer) => as(SELLERS).map((seller) => edge('buys-from', buyer, seller))), ...as(INVESTORS).flatMap((investor) => as(INVESTED).map((other) => edge('finances', investor, other)))];
  });
}

/** In what way `from` is exposed to `to`. */
export const CHANNELS = ['supply', 'custom', 'holding', 'funding', 'partner', 'whole'] as const;
export type Channel = (typeof CHANNELS)[number];

/** One step of exposure: what happens to `to` bears on `from`. */
export interface Hop {
  from: string;
  to: string;
  channel: Channel;
  edge: Edge;
}

/** Which way each relation makes one party bear on the other. Competitors are exposed to each other, but depend on nothing. */
export function hopsOf(edge: Edge): Hop[] {
  const { entity, other, relation } = edge;
  const hop = (from: string, to: string, channel: Channel): Hop => ({ from, to, channel, edge });
  switch (relation) {
    case 'depends-on':
      return [hop(entity, other, 'supply')];
    case 'buys-from':
      return [hop(entity, other, 'supply'), hop(other, entity, 'custom')];
    case 'supplies':
      return [hop(other, entity, 'supply'), hop(entity, other, 'custom')];
    case 'owns':
      return [hop(entity, other, 'holding')];
    case 'finances':
      return [hop(entity, other, 'holding'), hop(other, entity, 'funding')];
    case 'partners-with':
      return [hop(entity, other, 'partner'), hop(other, entity, 'partner')];
    case 'part-of':
      return [hop(other, entity, 'whole')];
    case 'competes-with':
      return [];
  }
}

/**
 * Every simple path of exposure from an entity, breadth first.
 * @param direction `on`: what it is exposed to; `of`: who is exposed to it
 * @param depth how many steps
 * @param limit paths at most: a dense graph has very many
 */
export function walk(hops: readonly Hop[], entity: string, direction: 'on' | 'of', depth: number, limit: number): { paths: Hop[][]; cut: boolean } {
  const [near, far] = direction === 'on' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const next = new Map<string, Hop[]>();
  for (const step of hops) next.set(step[near], [...(next.get(step[near]) ?? []), step]);
  const paths: Hop[][] = [];
  let front: { path: Hop[]; seen: ReadonlySet<string>; at: string }[] = [{ path: [], seen: new Set([entity]), at: entity }];
  for (let level = 0; level < depth && front.length > 0; level += 1) {
    const following: typeof front = [];
    for (const { path, seen, at } of front) {
      for (const step of next.get(at) ?? []) {
        if (seen.has(step[far])) continue;
        if (paths.length === limit) return { paths, cut: true };
        const longer = [...path, step];
        paths.push(longer);
        following.push({ path: longer, seen: new Set([...seen, step[far]]), at: step[far] });
      }
    }
    front = following;
  }
  return { paths, cut: false };
}
