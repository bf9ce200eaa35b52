/** A finding as a sentence with its numbers, its steps, and what would end a conflict. */
import { formatInstant, type Interval } from '../../events/index.js';
import type { Finding, Piece, Relaxation, SessionReading, Step } from '../../projections/index.js';
import { describeTime } from './evidence.js';
import { distance, figure, intervalText, spanOf } from './figures.js';

const VARIABLES: Record<string, string> = {
  P0: 'previous price', V0: 'previous market value', S0: 'shares', P1: 'price', V1: 'market value', S1: 'shares then',
  r: 'change', R: 'change of market value', g: '1 + change', G: '1 + change', D: 'change of market value', d: 'change of the price',
  one: '1', amount: 'amount', years: 'duration', pace: 'amount a year', added: 'amount added', total: 'whole amount', date: 'date',
};

export function variableName(variable: string): string {
  return VARIABLES[variable.split('@')[0] ?? ''] ?? variable;
}

/** @param money the currency (or points) of the finding's prices and values */
export function unitOfVariable(variable: string, money: string): string {
  const [name = ''] = variable.split('@');
  if (['r', 'R', 'g', 'G', 'one'].includes(name)) return 'ratio';
  if (name.startsWith('S')) return 'shares';
  return name === 'years' ? 'years' : name === 'date' ? 'seconds' : name === 'pace' ? `${money} a year` : money;
}

function value(variable: string, x: Interval, money: string): string {
  const [name = ''] = variable.split('@');
  if (name === 'one') return '1';
  if (name === 'g' || name === 'G') return x.lo !== null && x.hi !== null && x.hi - x.lo < 1e-9 ? x.lo.toFixed(4) : `${x.lo?.toFixed(4) ?? '0'} to ${x.hi?.toFixed(4) ?? '∞'}`;
  return intervalText(x, unitOfVariable(variable, money), { positive: !['r', 'R', 'D', 'd'].includes(name), signed: ['r', 'R', 'D', 'd'].includes(name) });
}

export function stepText(step: Step, money: string): string {
  const part = (operand: Step['left']): string => value(operand.variable, operand.value, money);
  return `${variableName(step.variable)} = ${variableName(step.left.variable)} ${step.operation} ${variableName(step.right.variable)}: ${bracketed(part(step.left))} ${step.operation} ${bracketed(part(step.right))} gives ${value(step.variable, step.result, money)}`;
}

function bracketed(text: string): string {
  return text.includes(' to ') ? `(${text})` : text;
}

/** The figure of a fact as printed; of what was measured, what it is. */
export function figureOf({ fact }: Relaxation): string {
  return 'text' in fact && typeof fact.text === 'string' ? quoted(fact.text) : `the measured ${variableName(fact.variable)}`;
}

export function relaxationText(relaxation: Relaxation, unit: string): string {
  const { end, to, reached, by } = relaxation;
  const signed = unit === 'ratio' || relaxation.fact.variable.startsWith('D');
  const where = figure(to, unit, { end: true, signed });
  const move = end === 'hi' ? (reached ? `reach up to ${where}` : `reach beyond ${where}`) : reached ? `begin at ${where}` : `begin below ${where}`;
  return `${figureOf(relaxation)} would have to ${move} (${distance(by, unit)} ${unit === 'seconds' ? (end === 'hi' ? 'later' : 'earlier') : end === 'hi' ? 'more' : 'less'})`;
}

export interface Spoken {
  name: string;
  money: string;
}

export function sentenceOf(found: Finding, spoken: Spoken): string {
  switch (found.topic) {
    case 'public': return publicSentence(found);
    case 'date': return dateSentence(found);
    case 'order': return orderSentence(found);
    case 'before': return beforeSentence(found, spoken);
    case 'record': return recordSentence(found, spoken);
    case 'moments': return momentsSentence(found, spoken);
    case 'base': return baseSentence(found, spoken);
    case 'measured': return found.compared ? measuredSentence(found, spoken) : incomparableSentence(found, spoken);
    default: return found.compared ? comparedSentence(found, spoken) : incomparableSentence(found, spoken);
  }
}

const claimsOf = (found: Finding): readonly Piece[] => found.pieces.filter((piece) => piece.role === 'claim' || piece.role === 'reading');
const scheduledText = (found: Finding): string => found.pieces.filter((piece) => piece.role === 'scheduled').map((piece) => piece.text).join('; ');
const quoted = (text: string): string => `“${text}”`;
const told = (pieces: readonly Piece[]): string => pieces.map((piece) => `${quoted(piece.text)}${piece.reach > 1 ? ` (${piece.reach} reports)` : ''}`).join(' and ');
const read = (found: Finding, point: SessionReading['point']): SessionReading | undefined => found.readings.find((reading) => reading.point === point);

const UNKNOWN: Interval = { lo: null, hi: null, loClosed: false, hiClosed: false };

function timeText(found: Finding, name: string): string {
  const at = found.times[name];
  return (at && formatInstant(at)) ?? '(open)';
}

/** A measured price as the change that it makes, in the units of the claim. */
function changeAt(reading: SessionReading, unit: string): string | null {
  const change = unit === 'ratio' ? reading.change : unit === 'USD' || /^[A-Z]{3}$/.test(unit) ? reading.valueChange : null;
  return change && intervalText(change, unit, { signed: true });
}

function priceAt(reading: SessionReading, unit: string): string {
  const change = changeAt(reading, unit);
  return `${figure(reading.price, '')}${change === null ? '' : `, ${change}`}`;
}

function measuredSentence(found: Finding, { money }: Spoken): string {
  const { compared } = found;
  if (!compared) return '';
  const { unit, variable } = compared;
  const change = ['r', 'R', 'D'].includes(variable);
  const needs = found.needed && change ? ` needs a price ${neededText(found.needed)}${baseText(found)}` : '';
  const [high, low, close] = [read(found, 'high'), read(found, 'low'), read(found, 'close')];
  const implied = value(variable, compared.implied, money);
  const out = found.reason === 'outside-hours' ? ' Prices outside regular hours were not measured.' : '';
  const point = compared.implied.lo !== null && compared.implied.hi !== null && compared.implied.hi - compared.implied.lo <= Math.abs(compared.implied.hi) * 1e-9;
  if (point || !high || !low || !close) return `${told(claimsOf(found))}${needs}; measured: ${implied}${gapText(found)}.${out}`;
  const rising = (compared.stated.lo ?? 0) >= 0;
  // The end that the claim points to, unless only the other one bears it out.
  const [likely, other] = rising ? ([high, low] as const) : ([low, high] as const);
  const end = !likely.holds && other.holds ? other : likely;
  const truth = found.verdict === 'conflict' || found.verdict === 'different-moments' ? 'false' : 'true';
  const onThatDay = found.readings.some((reading) => reading.holds === true);
  const where = Number(found.named['sessions']) > 1 && !onThatDay ? `in the ${found.named['sessions']} sessions from ${high.date}` : `in the session of ${high.date}`;
  const closes = !change || close.holds === null ? '' : close.holds ? `, true at the close (${priceAt(close, unit)})` : `, false ${unit === 'ratio' ? 'at the close' : 'as a close-to-close change'} (${priceAt(close, unit)}${close.gap === null ? '' : `, ${distance(close.gap, unit)} away`})`;
  return `${told(claimsOf(found))}${needs}: ${truth} ${where} (${change ? `${end.point} ${priceAt(end, unit)}` : implied})${closes}${gapText(found)}.${out}`;
}

/** The middle of a needed range stands for a figure that was rounded. */
function neededText(x: Interval): string {
  const text = intervalText(x, '', { positive: true }).replace(/^more than/, 'above').replace(/^at /, 'of at ');
  if (x.lo === null || x.hi === null || x.lo <= 0) return text;
  return x.hi / x.lo < 1.02 ? `of about ${figure((x.lo + x.hi) / 2, '')} (${text})` : `of ${text}`;
}

function baseText(found: Finding): string {
  const base = found.spans['base'];
  return base ? ` (from ${intervalText(base, '')})` : '';
}

function gapText(found: Finding): string {
  const [least] = found.relaxations;
  if (found.verdict !== 'conflict' || !least || !found.compared) return '';
  return `; apart by ${distance(gapSize(found) ?? least.by, found.compared.unit)}`;
}

export function gapSize({ compared, verdict }: Finding): number | null {
  if (!compared || verdict !== 'conflict') return null;
  const { stated, implied } = compared;
  if (stated.hi !== null && implied.lo !== null && stated.hi <= implied.lo) return implied.lo - stated.hi;
  return stated.lo !== null && implied.hi !== null ? stated.lo - implied.hi : null;
}

function baseSentence(found: Finding, { money }: Spoken): string {
  const { compared } = found;
  if (!compared) return '';
  const implied = value(compared.variable, compared.stated, money);
  const { valueBefore: worth, base: price, count } = found.spans;
  const product = price && count && worth ? `${intervalText(price, '')} × ${intervalText(count, 'shares')} = ${intervalText(worth, money)}` : null;
  if (found.verdict !== 'conflict') {
    return `${told(claimsOf(found))} ${claimsOf(found).length > 1 ? 'imply' : 'implies'} a ${variableName(compared.variable)} of ${implied}; measured: ${value(compared.variable, compared.implied, money)}, which supersedes it.${product && compared.variable === 'P0' ? ` ${product} before.` : ''}`;
  }
  const at = found.relaxations.filter((relaxation) => relaxation.fact.variable === 'D').map((relaxation) => {
    const others = found.relaxations.filter((other) => other !== relaxation).map(figureOf).join(' and ');
    return ` At that size ${others} is ${value('D', relaxation.implied.value, money)}, ${distance(relaxation.by, money)} past ${figureOf(relaxation)}.`;
  });
  const close = read(found, 'close');
  const closing = close?.valueChange && at.length > 0 ? ` Even the close of ${close.date} is ${intervalText(close.valueChange, money, { signed: true })}.` : '';
  return `${told(claimsOf(found))} together need a ${variableName(compared.variable)} ${implied.startsWith('below') || implied.startsWith('more') || implied.startsWith('at ') ? '' : 'of '}${implied}; measured: ${product ?? value(compared.variable, compared.implied, money)}; apart by ${distance(gapSize(found) ?? 0, compared.unit)}.${at.join('')}${closing}`;
}

function comparedSentence(found: Finding, { money }: Spoken): string {
  const [first, ...rest] = claimsOf(found);
  const { compared } = found;
  if (!compared) return '';
  if (!first) {
    const [a, b] = found.pieces;
    return `Two counts, ${value('S0', compared.stated, money)}${a?.note ? ` (${a.note})` : ''} and ${value('S0', compared.implied, money)}${b?.note ? ` (${b.note})` : ''}${found.reason === 'share-basis' ? `: of different kinds (${a?.text ?? ''} and ${b?.text ?? ''}), never mixed` : found.named['oneFiling'] === 1 ? ': two reports of one filing, one count' : ' of one date'}${gapText(found)}.`;
  }
  const implied = value(compared.variable, compared.implied, money);
  if (found.verdict === 'different-moments') return `${told([first])} and ${told(rest)} are not of one moment: the second makes the ${variableName(compared.variable)} ${implied}.`;
  if (rest.length === 0) return `${told([first])} implies ${value(compared.variable, compared.stated, money)}; ${compared.variable === 'S0' ? 'counted' : 'measured'}: ${implied}${gapText(found)}.`;
  const verb = { agree: 'agree', compatible: 'overlap', conflict: 'exclude each other' }[found.verdict as 'agree'] ?? found.verdict;
  const size = found.spans['valueBefore'];
  const at = size && compared.variable === 'D' ? ` at ${intervalText(size, money)} before` : '';
  return `${told([first])} and ${told(rest)} ${verb}: the latter makes the ${variableName(compared.variable)} ${implied}${at}${gapText(found)}.`;
}

function momentsSentence(found: Finding, { money }: Spoken): string {
  const base = found.spans['base'];
  const members = claimsOf(found).map((piece) => {
    const change = found.spans[piece.row.id];
    const scaled = change && /\d/.test(piece.text) && !piece.text.includes('%') ? ` = ${intervalText(change, 'ratio', { signed: true })}` : '';
    return `${quoted(piece.text)}${scaled} (${piece.when ? describeTime(piece.when) : 'not stated'})`;
  });
  const close = read(found, 'close');
  const closing = close?.change && base ? ` Close to close: ${intervalText(base, '')} → ${figure(close.price, '')}, ${intervalText(close.change, 'ratio', { signed: true })}.` : '';
  const scheduled = scheduledText(found);
  const causes = claimsOf(found).flatMap((piece) => (piece.note !== null && /\bother causes?\b/i.test(piece.note) ? [` Noted: ${piece.note}.`] : []));
  return `${members.length} figures around the session of ${found.named['date']} are of different moments, and so not held against one another${base ? `; changes from ${intervalText(base, money)}` : ''}: ${members.join('; ')}.${closing}${causes.join('')}${scheduled === '' ? '' : ` Recorded for the same hours: ${scheduled}.`}`;
}

function recordSentence(found: Finding, _spoken: Spoken): string {
  const n = found.named;
  const { side } = n;
  return `“A record ${side}”: the ${side} of ${n['date']}, ${figure(Number(n['reached']), '')}, against ${figure(Number(n['before']), '')} on ${n['beforeDate']}, the ${side === 'high' ? 'highest' : 'lowest'} of the sessions stored since ${n['since']}.`;
}

function beforeSentence(found: Finding, _spoken: Spoken): string {
  const n = found.named;
  const change = (name: string): string => intervalText(found.spans[name] ?? UNKNOWN, 'ratio', { signed: true });
  const others = scheduledText(found);
  return `The move of ${n['date']}, ${figure(Number(n['first']), '')} → ${figure(Number(n['base']), '')}, ${change('before')}, was over before the announcement can have been public (${timeText(found, 'publicFrom')}): day −1 belongs to what came before${others === '' ? '' : ` (${others})`}, not to the announcement, whose first session is ${n['reactionDate']}: ${change('after')} at the close.`;
}

function publicSentence(found: Finding): string {
  if (found.verdict === 'conflict') return `The most trusted reports of the date exclude each other, by ${distance(gapSize(found) ?? 0, 'seconds')}.`;
  const [from, to] = [timeText(found, 'from'), timeText(found, 'to')];
  const { lead, session, place: where } = found.named;
  const place = {
    'before-open': `, ${spanOf(Number(lead))} before the open of ${session} at ${timeText(found, 'open')}: all of that session comes after it`,
    'in-session': `, in the session of ${session}`,
    between: ', with an open of the exchange inside that window',
  }[String(where)];
  return `Public by ${to}${from === to ? '' : `, not before ${from}`}${place ?? ''}.`;
}

function dateSentence(found: Finding): string {
  const [first] = found.pieces;
  const verb = { agree: 'agrees with', compatible: 'only overlaps', conflict: 'contradicts' }[found.verdict as 'agree'] ?? '';
  return `A report that dates it ${first?.when ? describeTime(first.when) : ''}${trust(first)} ${verb} the window of the most trusted reports${gapText(found)}.`;
}

function trust(piece: Piece | undefined): string {
  const { confidence } = (piece?.row.value ?? {}) as { confidence?: number };
  return confidence === undefined ? '' : ` (confidence ${confidence})`;
}

function orderSentence(found: Finding): string {
  if (found.verdict === 'conflict') return `An effect was over by ${timeText(found, 'until')}, before its cause can have happened (${timeText(found, 'causeFrom')})${gapText(found)}.`;
  return `${found.named['count']} effects may by their stated times lie before it: it became public somewhere from ${timeText(found, 'from')} to ${timeText(found, 'to')}, and they began earlier than the end of that.`;
}

function incomparableSentence(found: Finding, _spoken: Spoken): string {
  const be = claimsOf(found).length > 1 ? 'are' : 'is';
  const why: Record<string, string> = {
    currency: `${be} in ${found.named['currency']}, not ${found.named['own']}: no rate of exchange is among the facts`,
    base: be === 'is' ? 'is measured from a beginning that is not said' : 'are measured from different beginnings',
    adjustment: `${be} of printed prices; those stored are adjusted for dividends`,
  };
  const verb = found.verdict === 'different-moments' ? 'begin at different closes' : (why[found.reason ?? ''] ?? 'can not be compared');
  return `${told(claimsOf(found))} ${verb}.`;
}
