/** All measured instruments on one scale: the last close before the announcement is 100. */
import type { MarketValueView } from './api.js';
import { chartElement, drawLevel, palette, timeAxis, valueAxis, type ChartContext } from './chart-base.js';
import { lastInside } from './chart-value.js';
import { compact, day } from './format.js';

const DASHES: (number[] | undefined)[] = [undefined, [7, 3], [2, 3], [9, 3, 2, 3], [4, 4], [12, 4], [1, 4], [7, 2, 2, 2]];

/** How a line is told from the others beside its colour. */
export function dashOf(index: number): number[] | undefined {
  return DASHES[index % DASHES.length];
}

export function indexChart(views: readonly MarketValueView[], context: ChartContext, summary: string): HTMLElement {
  const colours = palette();
  const times = [...new Set(views.flatMap((view) => view.points.map((point) => Date.parse(point.time ?? '') / 1000)))].sort((a, b) => a - b);
  const columns = views.map((view) => {
    const byTime = new Map(view.points.map((point) => [Date.parse(point.time ?? '') / 1000, point.relative]));
    return times.map((time) => byTime.get(time) ?? null);
  });
  const inside = columns.flatMap((column) => column.filter((value, index): value is number => value !== null && (times[index] ?? 0) >= context.window.from && (times[index] ?? 0) <= context.window.to));
  const [lo, hi] = [Math.min(100, ...inside), Math.max(100, ...inside)];
  const room = (hi - lo || 10) * 0.06;
  return chartElement(
    {
      key: 'index',
      height: 340,
      summary,
      data: [times, ...columns],
      series: views.map((_, index) => {
        const dash = dashOf(index);
        return { scale: 'index', stroke: colours.series[index % colours.series.length] ?? colours.text, width: 2, spanGaps: true, points: { show: false }, ...(dash ? { dash } : {}) };
      }),
      scales: { index: { range: () => [lo - room, hi + room] } },
      axes: (_narrow, scheme) => [timeAxis(scheme), valueAxis(scheme, 'index', compact, 58)],
      draw: (chart, scheme) => { drawLevel(chart, 100, 'index', scheme); },
      readout(index) {
        const at = index ?? lastInside(times, context);
        const time = times[at];
        if (time === undefined) return 'No close in this window';
        const values = views.flatMap((view, column) => (typeof columns[column]?.[at] === 'number' ? [`${view.symbol.split(':').pop()} ${columns[column][at].toFixed(1)}`] : []));
        return [day(time * 1000), ...values].join(' · ');
      },
    },
    context,
  );
}
