/** The sentences of the claims ledger. */
import { describeQuantity, intersect, type Quantity } from '../../events/index.js';
import type { AmendmentRow, Judged } from '../../projections/index.js';
import type { LedgerClaim } from './claims-schema.js';
import { intervalText } from './figures.js';

/** "weekly active users more than 800 million", not "… users" twice. */
export function metricWords(metric: string, value: Quantity): string {
  const words = metric.replaceAll('-', ' ');
  const figure = describeQuantity(value);
  const unit = 'unit' in value ? value.unit : undefined;
  return `${words} ${unit !== undefined && words.endsWith(unit) ? figure.replace(` ${unit}`, '') : figure}`;
}

export function amendmentText({ change, summary }: AmendmentRow['value']): string {
  return change === 'other' ? summary : `${change}: ${summary}`;
}

interface Told extends Pick<Judged, 'kind' | 'state' | 'reason' | 'stillTrue' | 'claimed' | 'found'> {
  quantity: Quantity | null;
  against: LedgerClaim['against'];
  horizonText: string | null;
  name: string;
}

export function claimSentence(told: Told): { sentence: string; foundText: string | null } {
  const { claimed, found, against } = told;
  const unit = unitOf(told);
  const foundText = found && intervalText(found, unit, { positive: (claimed?.lo ?? 0) >= 0, signed: unit === 'ratio' });
  const allowed = claimed && intervalText(claimed, unit, { positive: true, signed: unit === 'ratio' });
  const [deciding] = against;
  return { sentence: `${sentenceOf(told, deciding, foundText, allowed)}${besides(against)}`, foundText };
}

function sentenceOf(told: Told, deciding: LedgerClaim['against'][number] | undefined, found: string | null, allowed: string | null): string {
  const { state, kind } = told;
  // A change is worked out of amounts: what came of them is told beside the report.
  const worked = found !== null && deciding !== undefined && told.quantity !== null && 'unit' in told.quantity && deciding.unit !== told.quantity.unit;
  const report = deciding ? `${worked ? `${found}, by ` : ''}“${deciding.text ?? deciding.says}” (${where(deciding)})` : '';
  if (state === 'met') {
    if (!deciding) return `Met: ${told.horizonText ?? 'the time'} came without a report against it.`;
    return told.stillTrue ? `Still true: ${report} lies within ${allowed}.` : `Met: ${report} lies within ${allowed}.`;
  }
  if (state === 'missed') return `Missed: ${report} lies outside of ${allowed}.`;
  if (state === 'superseded') {
    if (kind === 'commitment') return `Superseded: ${deciding?.says ?? ''}${found === null ? '' : `; ${found} in all`}.`;
    if (kind === 'level') return `Superseded: later ${report}.`;
    return `Superseded: the same voice later said “${deciding?.says ?? ''}” (${deciding ? where(deciding) : ''}).`;
  }
  return `Open: ${openWords(told, report, allowed)}.`;
}

function openWords({ kind, reason, horizonText, against, claimed, found }: Told, report: string, allowed: string | null): string {
  switch (reason) {
    case 'not-over':
      return `${horizonText ?? 'its time'} is not over`;
    case 'nothing-reported':
      return `${horizonText ?? 'its time'} is over, and nothing ${against.length > 0 ? 'that is trusted enough ' : ''}was reported of it`;
    case 'no-figure':
      return 'it names no figure that a report could be held against';
    case 'not-decided':
      return claimed && found && !intersect(claimed, found) ? `${report} lies outside of ${allowed ?? ''}, and may be the older` : `${report} fits ${allowed ?? ''}, and may lie outside of it`;
    default:
      return kind === 'commitment' ? 'no change of what is committed was reported' : 'nothing later was reported';
  }
}

/** Who says so, and of when. */
function where({ holder, document, when }: LedgerClaim['against'][number]): string {
  return `${holder === null || holder === document ? document : holder}, ${when}`;
}

function besides(against: LedgerClaim['against']): string {
  const count = (standing: LedgerClaim['against'][number]['standing']): number => against.filter((each) => each.standing === standing).length;
  const parts = [[count('agrees'), 'more agree', 'more agrees'], [count('differs'), 'differ', 'differs'], [count('too-weak'), 'are too weak to count', 'is too weak to count'], [count('other-terms'), 'change other terms', 'changes other terms']] as const;
  const told = parts.flatMap(([n, many, one]) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]));
  return told.length === 0 ? '' : ` ${told.join(', ')}.`;
}

/** The unit in which claim and report are compared: a change of amounts is a ratio. */
function unitOf({ quantity }: Told): string {
  const unit = quantity && 'unit' in quantity ? (quantity.unit ?? '') : '';
  return unit === 'percent' ? 'ratio' : unit;
}

