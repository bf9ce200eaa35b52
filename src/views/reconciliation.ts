/** Reconciliation of an announcement: findings with verdicts, sentences, steps and the events behind them. */
import { formatInstant, QUANTITY_RULE, type Interval } from '../../events/index.js';
import { eventLink, latestReconciled, reconcile, RECONCILIATION_RULE, VERDICTS, type Finding, type Piece, type Reconciliation, type Relaxation, type StartReading, type Unchecked, type Verdict } from '../../projections/index.js';
import { announcementExists } from './announcements.js';
import { nameOf } from './catalog.js';
import { answer, echo, reader, type Answer, type ViewContext } from './context.js';
import { describeTime, evidence, sourceOf } from './evidence.js';
import { labelOf, type Names } from './labels.js';
import type { FindingView, ReconciliationView } from './reconciliation-schema.js';
import { figureOf, gapSize, relaxationText, sentenceOf, stepText, unitOfVariable, variableName, type Spoken } from './reconciliation-words.js';

/** Conflicts are what a reader looks for. */
const ORDER: readonly Verdict[] = ['conflict', 'different-moments', 'compatible', 'agree', 'incomparable'];

/** @throws ViewError for an unknown announcement */
export function reconciliationView(context: ViewContext, id: string): Answer<ReconciliationView> {
  const made = announcementExists(context, id);
  const readers = { market: reader(context, 'market-value'), timeline: reader(context, 'timeline'), registry: reader(context, 'registry') };
  const asOf = context.asOf ?? latestReconciled(readers, id);
  const found: Reconciliation | null = asOf && reconcile(readers, id, asOf);
  const names: Names = { entity: (entity) => nameOf(context, 'entity', entity), instrument: (instrument) => nameOf(context, 'instrument', instrument) };
  const findings = (found?.findings ?? []).map((each, index) => ({ each, index })).sort((a, b) => ORDER.indexOf(a.each.verdict) - ORDER.indexOf(b.each.verdict) || a.index - b.index).map(({ each }) => each);
  const range = found?.anchor.range ?? null;
  const named = (subject: string): string => (subject.startsWith('announcement-') ? (made?.value.title ?? id) : subject.startsWith('instrument-') ? names.instrument(subject.slice('instrument-'.length)) : names.entity(subject.slice('entity-'.length)));
  const money = (subject: string): string => found?.subjects.find((one) => one.key === subject)?.currency ?? '';
  const answered = answer(context, {
    ...echo(context, asOf),
    announcement: id,
    title: made?.value.title ?? id,
    rule: RECONCILIATION_RULE,
    quantityRule: QUANTITY_RULE,
    publicFrom: range && formatInstant(range.from),
    publicBy: range && formatInstant(range.to),
    starts: (found?.starts ?? []).map(startFields),
    paceLo: found?.pace?.lo ?? null,
    paceHi: found?.pace?.hi ?? null,
    verdicts: Object.fromEntries(VERDICTS.map((verdict) => [verdict, findings.filter((each) => each.verdict === verdict).length])) as ReconciliationView['verdicts'],
    findings: findings.map((each) => findingFields(each, { name: named(each.subject), money: money(each.subject) }, names)),
    unchecked: (found?.unchecked ?? []).map((each) => uncheckedFields(each, named(each.subject))),
  });
  // Other rules give other findings from the same rows: no client may then be told that it has the answer.
  return { ...answered, versions: [...answered.versions, `reconciliation@${RECONCILIATION_RULE}`] };
}

function findingFields(found: Finding, spoken: Spoken, names: Names): FindingView {
  const { compared, needed } = found;
  const money = spoken.money === '' ? (compared && !['ratio', 'shares', 'seconds', 'years'].includes(compared.unit) ? compared.unit.replace('/year', '') : '') : spoken.money;
  const ends = (x: Interval | undefined): [number | null, number | null, boolean, boolean] => [x?.lo ?? null, x?.hi ?? null, x?.loClosed ?? false, x?.hiClosed ?? false];
  const [statedLo, statedHi, statedLoClosed, statedHiClosed] = ends(compared?.stated);
  const [impliedLo, impliedHi, impliedLoClosed, impliedHiClosed] = ends(compared?.implied);
  const relaxations = found.relaxations.map((relaxation) => relaxationFields(relaxation, money, found));
  return {
    id: found.id,
    topic: found.topic,
    subject: found.subject,
    subjectName: spoken.name,
    verdict: found.verdict,
    reason: found.reason,
    sentence: sentenceOf(found, { ...spoken, money }),
    variable: compared && variableName(compared.variable),
    unit: compared?.unit ?? null,
    statedLo,
    statedHi,
    statedLoClosed,
    statedHiClosed,
    impliedLo,
    impliedHi,
    impliedLoClosed,
    impliedHiClosed,
    gap: gapSize(found),
    needsLo: needed?.lo ?? null,
    needsHi: needed?.hi ?? null,
    leastRelaxation: relaxations[0] ?? null,
    relaxations,
    readings: found.readings.map(({ row, date, point, price, inWindow, change, valueChange, gap, holds }) => ({ event: eventLink(row), date, at: point, price, inWindow, changeLo: change?.lo ?? null, changeHi: change?.hi ?? null, valueChangeLo: valueChange?.lo ?? null, valueChangeHi: valueChange?.hi ?? null, gap, holds })),
    steps: found.steps.map((step) => stepText(step, money)),
    evidence: found.pieces.map((piece) => pieceFields(piece, names)),
  };
}

function relaxationFields(relaxation: Relaxation, money: string, found: Finding): FindingView['relaxations'][number] {
  const { fact, end, from, to, reached, by, relative } = relaxation;
  const unit = unitOfVariable(fact.variable, money);
  const piece = found.pieces.find(({ row }) => fact.id.startsWith(row.id));
  return { sentence: relaxationText(relaxation, unit), figure: figureOf(relaxation), end, from, to, reached, by, unit, relative: Number.isFinite(relative) ? relative : null, event: piece ? eventLink(piece.row) : null };
}

function pieceFields({ role, row, also, reach, witnesses, status, text, when, note }: Piece, names: Names): FindingView['evidence'][number] {
  const value = row.value as { source?: Parameters<typeof sourceOf>[0]['source']; confidence?: number; type?: string; data?: unknown } | null;
  const source = value?.source ? sourceOf({ source: value.source, confidence: value.confidence ?? 1 }) : { document: null, locator: null, address: null, confidence: null };
  const label = value?.type !== undefined && value.type === text ? labelOf(value.type as Parameters<typeof labelOf>[0], value.data, names) : text;
  return { role, text: label === '' && when ? describeTime(when) : label, when: when && describeTime(when), status, note, reach, witnesses, also: also.map(eventLink), ...source, ...evidence(row) };
}

function startFields({ from, kind, reading }: StartReading): ReconciliationView['starts'][number] {
  const at = formatInstant(from);
  const sentence = { 'not-before': `not before ${at}: the start of the window of the most trusted reports`, reported: `at ${at}, as a report of confidence ${reading?.row.value.confidence} has it`, inferred: `at ${at}: the last full hour before the sharpest stamp, an inference` }[kind];
  return { from: at, kind, sentence, event: reading && eventLink(reading.row), confidence: reading?.row.value.confidence ?? null };
}

function uncheckedFields({ subject, piece, reason }: Unchecked, subjectName: string): ReconciliationView['unchecked'][number] {
  const why = { 'not-measured': 'no price of its moment is stored', 'base-not-measured': 'no close where it begins is stored', 'outside-hours': 'it lies outside regular hours, where no price is measured' }[reason];
  return { subject, subjectName, text: piece.text, reason, sentence: `“${piece.text}”: ${why}.`, event: eventLink(piece.row) };
}
