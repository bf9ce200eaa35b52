/** Abnormal volume: how much more of the share changed hands than in the estimation window, on a log scale. */
import { eventLink } from '../../projections/index.js';
import { fit, isRefusal, sampleQuantile, volumeMeasure, type Cell } from '../study/index.js';
import type { VolumeView } from './reaction-schema.js';
import type { Span } from './study-days.js';
import type { Prices } from './study-sample.js';
import type { Session } from '../../events/index.js';

/**
 * Mean-adjusted, since indices have no volume of their own; judged by its place among the residuals alone, which depend
 * on the days before them (Ajinkya and Jain 1989; Campbell and Wasley 1996).
 */
export function volumeOf({ instrument, byDate }: Prices, sessions: ReadonlyMap<number, Session>, estimation: Span, window: Span): VolumeView {
  const days = [...sessions].sort(([a], [b]) => a - b).map(([relative, { date }]) => {
    const level = byDate.get(date);
    const { volume } = level?.bar.value ?? {};
    const count = level?.shares?.count;
    // A count that is an interval is no number to divide by; shares after a split are more of the same.
    const shares = count && count.lo !== null && count.lo === count.hi ? count.lo * (level?.sharesFactor ?? 1) : null;
    return { relative, date, event: level ? eventLink(level.bar) : null, volume: volume === undefined ? null : volume * (level?.splitFactor ?? 1), shares };
  });
  const part = ({ from, to }: Span): typeof days => days.filter(({ relative }) => relative >= from && relative <= to);
  const traded = part(estimation).filter(({ volume }) => volume !== null);
  const shown = part(window);
  const none = (reason: string): VolumeView => ({ measure: null, estimationDays: traded.length, mean: null, days: [], reason });
  if (traded.length === 0) return none('the bars have no volumes');
  const counted = [...traded, ...shown].every(({ shares }) => shares !== null);
  const cell = ({ volume, shares }: (typeof days)[number]): Cell => (volume === null ? null : volumeMeasure(volume, counted ? shares : null));
  const fitted = fit({
    event: 'volume',
    firm: instrument,
    estimation: { dates: part(estimation).map(({ date }) => date), returns: part(estimation).map(cell), regressors: part(estimation).map(() => []) },
    window: { dates: shown.map(({ date }) => date), relative: shown.map(({ relative }) => relative), returns: shown.map(cell), regressors: shown.map(() => []) },
  }, 'mean-adjusted');
  if (isRefusal(fitted)) return none(fitted.reason);
  return {
    measure: counted ? 'turnover' : 'shares traded',
    estimationDays: fitted.t,
    mean: fitted.coefficients['alpha'] ?? null,
    days: shown.map(({ relative, date, volume, event }, i) => {
      const abnormal = fitted.window[i]?.ar ?? null;
      const quantile = abnormal === null ? null : sampleQuantile(fitted, relative);
      return { relative, date, volume, abnormal, times: abnormal === null ? null : Math.exp(abnormal), quantileP: quantile === null || isRefusal(quantile) ? null : quantile.p, event };
    }),
    reason: null,
  };
}
