/** The days and windows of one study: abnormal returns, what they cumulate to, and how both are judged. */
import type { Session } from '../../events/index.js';
import { buyAndHold, cumulate, fit, holm, isRefusal, leastDetectable, placebo, sampleQuantile, sampleQuantileWindow, tTwoSided, type Cell, type Fitted, type Model, type Refusal, type ReturnKind } from '../study/index.js';
import type { Confounder, ReactionView, StudyWindow } from './reaction-schema.js';
import type { Span } from './study-days.js';
import type { Assembled } from './study-sample.js';

/**
 * Fits a model; what a factor model says beyond the riskless rate is raised by it again, so that returns and expected
 * returns are those of the share whatever the model. Abnormal returns and their variances are the same either way.
 */
export function fitted({ sample, riskFree }: Assembled, model: Model, names?: readonly string[]): Fitted | Refusal {
  const found = fit(sample, model, names);
  if (isRefusal(found)) return found;
  const plus = (value: Cell, rate: Cell): Cell => (value === null || rate === null ? null : value + rate);
  return { ...found, window: found.window.map((day, i) => ({ ...day, return: plus(day.return, riskFree[i] ?? null), expected: plus(day.expected, riskFree[i] ?? null) })) };
}

export function daysOf(found: Fitted | Refusal, { sample: { window }, benchmark, riskFree, events }: Assembled): ReactionView['days'] {
  return window.dates.map((date, i) => {
    const day = isRefusal(found) ? null : (found.window[i] ?? null);
    const rate = riskFree[i] ?? null;
    const beyond = window.returns[i] ?? null;
    const own = beyond === null || rate === null ? null : beyond + rate;
    const market = benchmark[i] ?? null;
    const t = day !== null && day.ar !== null && day.variance !== null ? day.ar / Math.sqrt(day.variance) : null;
    return { relative: window.relative[i] ?? 0, date, return: own, expected: day?.expected ?? null, ar: day?.ar ?? null, variance: day?.variance ?? null, t, p: t === null || isRefusal(found) ? null : tTwoSided(t, found.df), benchmark: market, marketAdjusted: own === null || market === null ? null : own - market, events: events.get(date) ?? [] };
  });
}

/** What the days cumulate to, from the first of them; nothing where a day before is missing. */
export function pathOf(found: Fitted | Refusal, days: ReactionView['days']): ReactionView['path'] {
  const first = days[0]?.relative ?? 0;
  return days.map(({ relative }) => {
    const cumulated = isRefusal(found) ? found : cumulate(found, { from: first, to: relative });
    return isRefusal(cumulated) ? { relative, car: null, lo: null, hi: null } : { relative, car: cumulated.car, lo: cumulated.lo, hi: cumulated.hi };
  });
}

export interface WindowSetting {
  windows: readonly Span[];
  sessions: ReadonlyMap<number, Session>;
  returns: ReturnKind;
  /** What touches a span of days. */
  within: (span: Span) => Confounder[];
  /** Whether the headline is among them. */
  leads: boolean;
  /** The same study of firms on which nothing was announced; null: none were named. */
  controls: readonly (Fitted | Refusal)[] | null;
}

/** The first window leads, and only it: another one would be chosen for its result. One that something contaminates does not. */
export function windowsOf(found: Fitted | Refusal, assembled: Assembled, { windows, sessions, returns, within, leads, controls }: WindowSetting): StudyWindow[] {
  const rows = windows.map((span, i): StudyWindow => {
    const dates = [...sessions].filter(([day]) => day >= span.from && day <= span.to).sort(([a], [b]) => a - b).map(([, { date }]) => date);
    const contaminatedBy = [...new Set(within(span).filter(({ counts }) => counts).map(({ label, dates: on }) => `${label} (${on[0]})`))];
    const base = { ...span, dates, contaminatedBy, ...simple(assembled, span) };
    const cumulated = isRefusal(found) ? found : cumulate(found, span);
    if (isRefusal(found) || isRefusal(cumulated)) {
      const { refused, reason } = cumulated as Refusal;
      return { ...base, headline: false, refused, reason, car: null, variance: null, t: null, df: null, p: null, pHolm: null, lo: null, hi: null, leastDetectable: null, quantileP: null, quantileReason: null, placeboP: null, placeboFirms: null, placeboReason: null, buyAndHold: null };
    }
    const quantile = span.from === span.to ? sampleQuantile(found, span.from, true) : sampleQuantileWindow(found, span);
    const held = returns === 'simple' ? buyAndHold(found, span) : null;
    const { car, variance, t, df, p, lo, hi } = cumulated;
    return { ...base, headline: leads && i === 0 && contaminatedBy.length === 0, refused: null, reason: null, car, variance, t, df, p, pHolm: null, lo, hi, leastDetectable: leastDetectable(cumulated), quantileP: isRefusal(quantile) ? null : quantile.p, quantileReason: isRefusal(quantile) ? quantile.reason : null, ...placeboOf(cumulated, span, controls), buyAndHold: typeof held === 'number' ? held : null };
  });
  // The family: the windows of one study.
  const judged = rows.flatMap(({ p }, i) => (p === null ? [] : [{ p, i }]));
  const adjusted = holm(judged.map(({ p }) => p));
  for (const [place, { i }] of judged.entries()) (rows[i] as StudyWindow).pHolm = adjusted[place] ?? null;
  return rows;
}

function placeboOf(own: Parameters<typeof placebo>[0], span: Span, controls: WindowSetting['controls']): Pick<StudyWindow, 'placeboP' | 'placeboFirms' | 'placeboReason'> {
  if (controls === null) return { placeboP: null, placeboFirms: null, placeboReason: null };
  const others = controls.flatMap((control) => {
    const found = isRefusal(control) ? control : cumulate(control, span);
    return isRefusal(found) ? [] : [found];
  });
  const result = placebo(own, others);
  return isRefusal(result) ? { placeboP: null, placeboFirms: others.length, placeboReason: result.reason } : { placeboP: result.p, placeboFirms: result.n, placeboReason: null };
}

/** What needs no model: the returns of the window, and those less the benchmark's. */
function simple({ sample: { window }, benchmark, riskFree }: Assembled, { from, to }: Span): { raw: number | null; marketAdjusted: number | null } {
  const inside = window.relative.flatMap((day, i) => (day >= from && day <= to ? [i] : []));
  const sum = (of: (i: number) => Cell): number | null => {
    const cells = inside.map(of);
    return cells.every((cell): cell is number => cell !== null) ? cells.reduce((a, b) => a + b, 0) : null;
  };
  const raw = sum((i) => {
    const [beyond, rate] = [window.returns[i] ?? null, riskFree[i] ?? null];
    return beyond === null || rate === null ? null : beyond + rate;
  });
  const market = sum((i) => benchmark[i] ?? null);
  return { raw, marketAdjusted: raw === null || market === null ? null : raw - market };
}
