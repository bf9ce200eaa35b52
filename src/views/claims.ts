/** The claims ledger of an entity or an announcement: what was said, by whom, and what became of it. */
import { BEGINNING, bounds, describeQuantity, formatInstant, maxInstant, NEVER, QUANTITY_RULE, type Instant, type Interval, type Quantity } from '../../events/index.js';
import { CLAIM_RULE, CLAIM_STATES, commitmentsOf, committedAnnouncements, findAnnouncement, horizonOf, judge, judgeCommitment, statedEntities, statementsOn, type Against, type ClaimState, type CommitmentRow, type Judged, type Row, type Statement } from '../../projections/index.js';
import { announcementExists } from './announcements.js';
import { nameOf, resolveEntity } from './catalog.js';
import type { ClaimsView, LedgerClaim } from './claims-schema.js';
import { amendmentText, claimSentence, metricWords } from './claims-words.js';
import { answer, echo, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { describeTime, evidence, sourceOf } from './evidence.js';

export interface ClaimsQuery {
  state?: string | undefined;
  metric?: string | undefined;
}

/** @throws ViewError for an unknown entity or a state that there is not */
export function entityClaimsView(context: ViewContext, given: string, query: ClaimsQuery): Answer<ClaimsView> {
  const { entity, name } = resolveEntity(context, given).value;
  const ledger = reader(context, 'claims');
  const stated = statementsOn(ledger, entity);
  const committed = committedAnnouncements(ledger).map((id) => commitmentsOf(ledger, id)).filter((rows) => rows.some((row) => row.value.kind === 'commitment' && row.value.parties.some((party) => party.entity === entity)));
  const asOf = context.asOf ?? latest([...stated, ...committed.flat()]);
  const judged = asOf ? [...judge(stated, asOf), ...committed.flatMap((rows) => judgeCommitment(rows, asOf) ?? [])] : [];
  return close(context, asOf, judged, { entity, announcement: null, name }, query);
}

/** Its commitment, and what was said of metrics and of the future as part of it. */
export function announcementClaimsView(context: ViewContext, id: string, query: ClaimsQuery): Answer<ClaimsView> {
  announcementExists(context, id);
  const ledger = reader(context, 'claims');
  const stated = statedEntities(ledger).map((entity) => statementsOn(ledger, entity));
  const own = commitmentsOf(ledger, id);
  const asOf = context.asOf ?? latest([...own, ...stated.flat().filter((row) => row.value.announcement === id)]);
  // What settles a claim may be told elsewhere: all is judged, then what belongs to the announcement is kept.
  const judged = asOf ? [...stated.flatMap((rows) => judge(rows, asOf)).filter(({ row }) => row.value.announcement === id), ...([judgeCommitment(own, asOf)].filter((each) => each !== null))] : [];
  return close(context, asOf, judged, { entity: null, announcement: id, name: findAnnouncement(reader(context, 'timeline'), id)?.value.title ?? id }, query);
}

function latest(rows: readonly Row[]): Instant | null {
  return rows.length === 0 ? null : rows.map((row) => row.at).reduce(maxInstant, BEGINNING);
}

function close(context: ViewContext, asOf: Instant | null, judged: readonly Judged[], about: Pick<ClaimsView, 'entity' | 'announcement' | 'name'>, { state, metric }: ClaimsQuery): Answer<ClaimsView> {
  if (state !== undefined && !CLAIM_STATES.some((known) => known === state)) throw new ViewError('bad-parameter', 400, `state: expected one of ${CLAIM_STATES.join(', ')}, got ${JSON.stringify(state.slice(0, 40))}`);
  const claims = judged.map((each) => claimFields(context, each)).filter((claim) => (state === undefined || claim.state === state) && (metric === undefined || claim.metric === metric));
  const states = Object.fromEntries(CLAIM_STATES.map((one) => [one, claims.filter((claim) => claim.state === one).length])) as Record<ClaimState, number>;
  const answered = answer(context, { ...echo(context, asOf), ...about, rule: CLAIM_RULE, quantityRule: QUANTITY_RULE, states, claims });
  return { ...answered, versions: [...answered.versions, `claim-states@${CLAIM_RULE}`] };
}

function claimFields(context: ViewContext, judged: Judged): LedgerClaim {
  const { row, kind, state, reason, since, claimed, found, stillTrue } = judged;
  const { value } = row;
  const quantity = quantityOf(value);
  const horizon = value.kind === 'commitment' ? { kind: 'none' as const } : horizonOf(row as Parameters<typeof horizonOf>[0]);
  const entity = value.kind === 'commitment' ? null : value.entity;
  const subject = entity === null ? null : nameOf(context, 'entity', entity);
  const against = judged.against.map((each) => againstFields(context, each));
  const claim = { kind, state, reason, stillTrue, claimed, found, quantity, against, horizonText: horizonText(value), name: subject ?? (value as CommitmentRow['value']).title };
  return {
    id: row.id,
    kind,
    entity,
    entityName: subject,
    announcement: value.announcement,
    metric: value.kind === 'commitment' ? 'commitment' : value.metric,
    claim: textOf(value, subject),
    ...holderOf(context, value),
    ...figureFields(quantity),
    horizon: horizon.kind,
    horizonFrom: 'from' in horizon ? finite(horizon.from) : null,
    horizonTo: 'to' in horizon ? finite(horizon.to) : null,
    horizonText: claim.horizonText,
    when: describeTime(value.occurredAt),
    state,
    stillTrue,
    reason,
    since: since && finite(since),
    ...claimSentence(claim),
    claimedLo: claimed?.lo ?? null,
    claimedHi: claimed?.hi ?? null,
    foundLo: found?.lo ?? null,
    foundHi: found?.hi ?? null,
    against,
    ...sourceOf(value),
    ...evidence(row),
  };
}

function finite(at: Instant): string | null {
  return at === BEGINNING || at === NEVER || !Number.isFinite(at.ms) ? null : formatInstant(at);
}

function quantityOf(value: Statement): Quantity | null {
  if (value.kind === 'commitment') return value.amount;
  return value.kind === 'amendment' ? (value.total ?? value.added) : value.value;
}

function figureFields(quantity: Quantity | null): Pick<LedgerClaim, 'text' | 'unit' | 'lo' | 'hi' | 'loClosed' | 'hiClosed'> {
  const allowed: Interval | null = quantity && bounds(quantity);
  return { text: quantity && describeQuantity(quantity), unit: quantity && 'unit' in quantity ? (quantity.unit ?? null) : null, lo: allowed?.lo ?? null, hi: allowed?.hi ?? null, loClosed: allowed?.loClosed ?? false, hiClosed: allowed?.hiClosed ?? false };
}

function textOf(value: Judged['row']['value'], subject: string | null): string {
  if (value.kind === 'forecast') return value.claim;
  if (value.kind === 'commitment') return `${value.title}${value.amount ? `: ${describeQuantity(value.amount)}` : ''}${value.duration === null ? '' : `, ${value.duration}`}`;
  return `${subject ?? value.entity}: ${metricWords(value.metric, value.value)}${value.period ? `, ${describeTime(value.period)}` : ''}`;
}

function horizonText(value: Judged['row']['value']): string | null {
  if (value.kind === 'figure') return value.period && describeTime(value.period).replace(/^(within|throughout) /, '');
  if (value.kind !== 'forecast') return value.duration;
  const { notBefore, notAfter } = value;
  if (notBefore !== null && notAfter !== null) return notBefore === notAfter ? notBefore : `${notBefore} to ${notAfter}`;
  return notAfter !== null ? `by ${notAfter}` : notBefore !== null ? `not before ${notBefore}` : null;
}

function holderOf(context: ViewContext, value: Statement): { holder: string; holderKind: string | null } {
  if (value.kind === 'commitment') return { holder: value.parties.map((party) => nameOf(context, 'entity', party.entity)).join(', '), holderKind: 'party' };
  if (value.kind === 'amendment') return { holder: 'the parties', holderKind: 'party' };
  const { by } = value;
  if (!by) return { holder: value.source.document, holderKind: null };
  return { holder: by.entity === undefined ? (by.name ?? by.kind) : nameOf(context, 'entity', by.entity), holderKind: by.kind };
}

/** A report that stands beside a claim, with its figure and its source. */
export function againstFields(context: ViewContext, { row, standing }: Against): LedgerClaim['against'][number] {
  const value = row.value as Statement;
  const type = { figure: 'MetricReported', forecast: 'ForecastMade', commitment: 'AnnouncementMade', amendment: 'AnnouncementAmended' }[value.kind];
  const says = value.kind === 'amendment' ? amendmentText(value) : textOf(value, value.kind === 'commitment' ? null : nameOf(context, 'entity', value.entity));
  const note = value.kind === 'figure' || value.kind === 'forecast' ? value.note : null;
  return { standing, type, says, ...figureFields(quantityOf(value)), holder: holderOf(context, value).holder, when: describeTime(value.occurredAt), note, ...sourceOf(value), ...evidence(row) };
}
