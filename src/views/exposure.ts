/** Exposure: who depends on whom, as paths from an entity in both directions. */
import { BEGINNING, bounds, compareInstants, describeQuantity, maxInstant, type Instant } from '../../events/index.js';
import { anchorOf, CHANNELS, commitmentsOf, edgesAt, hopsOf, judgeCommitment, walk, type Channel, type Edge, type Hop } from '../../projections/index.js';
import { nameOf, resolveEntity } from './catalog.js';
import { againstFields } from './claims.js';
import type { ExposureView } from './claims-schema.js';
import { answer, echo, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { describeTime, evidence, sourceOf } from './evidence.js';
import { intervalText } from './figures.js';

export interface ExposureQuery {
  /** Steps, default 2. */
  depth?: string | undefined;
  /** `on`: what the entity is exposed to; `of`: who is exposed to it; unstated: both. */
  direction?: string | undefined;
  /** Only through these channels, such as `supply,holding`. */
  channels?: string | undefined;
}

const MAX_DEPTH = 6;
const MAX_PATHS = 500;

/** @throws ViewError for an unknown entity or a malformed parameter */
export function exposureView(context: ViewContext, given: string, query: ExposureQuery): Answer<ExposureView> {
  const { entity, name } = resolveEntity(context, given).value;
  const depth = depthOf(query.depth);
  const directions = directionsOf(query.direction);
  const channels = channelsOf(query.channels);
  const graph = reader(context, 'exposure');
  const timeline = reader(context, 'timeline');
  const dateOf = (announcement: string): { from: Instant; to: Instant } | null => anchorOf(timeline, announcement).range;
  const asOf = context.asOf ?? latestOf(edgesAt(graph, FAR, dateOf));
  const edges = asOf ? edgesAt(graph, asOf, dateOf) : [];
  const hops = edges.flatMap(hopsOf).filter(({ channel }) => channels.has(channel));
  const walked = directions.map((direction) => ({ direction, ...walk(hops, entity, direction, depth, MAX_PATHS) }));
  const names = (id: string): string => nameOf(context, 'entity', id);
  const used = new Set(walked.flatMap(({ paths: found }) => found.flat().map((hop) => hop.edge)));
  const shown = new Map(asOf ? edges.filter((edge) => used.has(edge)).map((edge) => [edge, edgeFields(context, edge, asOf, names)]) : []);
  const paths = walked.flatMap(({ direction, paths: found }) => found.map((path) => pathFields(path, direction, shown, names)));
  return answer(context, {
    ...echo(context, asOf),
    entity,
    name,
    depth,
    edges: [...shown.values()],
    paths: paths.sort((a, b) => a.depth - b.depth || Number(a.status === 'possible') - Number(b.status === 'possible')),
    cut: walked.some(({ cut }) => cut),
  });
}

/** After everything: to find the last moment that there is. */
const FAR: Instant = { ms: 8.64e15, ns: 0 };

function latestOf(edges: readonly Edge[]): Instant | null {
  const rows = edges.flatMap(({ row, also }) => [row, ...also]);
  return rows.length === 0 ? null : rows.map((row) => row.at).filter((at) => compareInstants(at, FAR) < 0).reduce(maxInstant, BEGINNING);
}

function depthOf(given = '2'): number {
  const depth = Number(given);
  if (!Number.isInteger(depth) || depth < 1 || depth > MAX_DEPTH) throw new ViewError('bad-parameter', 400, `depth: expected a whole number from 1 to ${MAX_DEPTH}, got ${JSON.stringify(given.slice(0, 20))}`);
  return depth;
}

function directionsOf(given: string | undefined): readonly ('on' | 'of')[] {
  if (given === undefined) return ['on', 'of'];
  if (given === 'on' || given === 'of') return [given];
  throw new ViewError('bad-parameter', 400, `direction: expected on (what it is exposed to) or of (who is exposed to it), got ${JSON.stringify(given.slice(0, 20))}`);
}

function channelsOf(given: string | undefined): ReadonlySet<Channel> {
  if (given === undefined) return new Set(CHANNELS);
  return new Set(given.split(',').map((text) => {
    const found = CHANNELS.find((channel) => channel === text.trim());
    if (found === undefined) throw new ViewError('bad-parameter', 400, `channels: expected some of ${CHANNELS.join(', ')}, got ${JSON.stringify(text.slice(0, 20))}`);
    return found;
  }));
}

const idOf = ({ row }: Edge): string => `${row.id}:${row.value.entity}:${row.value.other}`;

type EdgeFields = ExposureView['edges'][number];

function edgeFields(context: ViewContext, edge: Edge, asOf: Instant, name: (id: string) => string): EdgeFields {
  const { entity, other, relation, row, also } = edge;
  const { amount, announcement, occurredAt } = row.value;
  const latestFirst = [row, ...also].sort((a, b) => compareInstants(b.at, a.at));
  const allowed = amount && bounds(amount);
  const unit = amount && 'unit' in amount ? (amount.unit ?? null) : null;
  return {
    id: idOf(edge),
    entity,
    entityName: name(entity),
    relation,
    other,
    otherName: name(other),
    text: amount && describeQuantity(amount),
    unit,
    amountLo: allowed?.lo ?? null,
    amountHi: allowed?.hi ?? null,
    ...changesOf(context, edge, asOf, unit),
    notes: [...new Set(latestFirst.flatMap((each) => each.value.note ?? []))],
    announcement,
    when: describeTime(occurredAt),
    status: edge.status,
    also: also.map((each) => evidence(each).event),
    ...sourceOf(row.value),
    ...evidence(row),
  };
}

/** What the parties of the announcement made of the commitment since. */
function changesOf(context: ViewContext, { row }: Edge, asOf: Instant, unit: string | null): Pick<EdgeFields, 'standsText' | 'standsLo' | 'standsHi' | 'changes'> {
  const { announcement } = row.value;
  const judged = announcement !== null && row.series.startsWith('parties:') ? judgeCommitment(commitmentsOf(reader(context, 'claims'), announcement), asOf) : null;
  const found = judged?.found ?? null;
  return { standsText: found && intervalText(found, unit ?? '', { positive: true, signed: false }), standsLo: found?.lo ?? null, standsHi: found?.hi ?? null, changes: (judged?.against ?? []).map((each) => againstFields(context, each)) };
}

const THROUGH: Record<Channel, string> = { supply: 'for what it buys or needs', custom: 'as a customer', holding: 'as a holding', funding: 'for money', partner: 'as a partner', whole: 'as a part of it' };

function pathFields(path: readonly Hop[], direction: 'on' | 'of', edges: ReadonlyMap<Edge, EdgeFields>, name: (id: string) => string): ExposureView['paths'][number] {
  const last = path.at(-1) as Hop;
  const far = direction === 'on' ? last.to : last.from;
  const entities = direction === 'on' ? [path[0]?.from ?? '', ...path.map(({ to }) => to)] : [path[0]?.to ?? '', ...path.map(({ from }) => from)];
  // Read from the one that is exposed.
  const told = direction === 'on' ? path : path.toReversed();
  const sentence = `${name(told[0]?.from ?? '')} → ${told.map(({ to, channel, edge }) => `${name(to)} (${THROUGH[channel]}${amountText(edges.get(edge))})`).join(' → ')}`;
  return { direction, depth: path.length, entity: far, name: name(far), sentence, entities, channels: path.map(({ channel }) => channel), status: path.every(({ edge }) => edge.status === 'certain') ? 'certain' : 'possible', edges: path.map(({ edge }) => idOf(edge)), confidence: Math.min(...path.map(({ edge }) => edge.row.value.confidence)) };
}

/** "38 billion USD, by now 137.5 billion USD to 138.5 billion USD". */
function amountText(edge: EdgeFields | undefined): string {
  if (!edge || edge.text === null) return '';
  if (edge.standsText !== null) return `, ${edge.text}, by now ${edge.standsText}`;
  return edge.changes.some(({ standing }) => standing === 'settles') ? `, ${edge.text} at first` : `, ${edge.text}`;
}
