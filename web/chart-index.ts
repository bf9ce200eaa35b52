/** All measured instruments on one scale: the last close before the announcement is 100. */
import type { MarketValueView } from './api.js';
import { drawLevel, palette, timeAxis, valueAxis, type ChartContext } from './chart-base.js';
import { chartElement } from './chart-element.js';
import { explain } from './explain.js';
import { lastInside } from './chart-value.js';
import { h } from './dom.js';
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
      axes: (_narrow, scheme) => [timeAxis(scheme, context), valueAxis(scheme, 'index', compact, 58)],
      draw: (chart, scheme) => { drawLevel(chart, 100, 'index', scheme); },
      explain(index, point) {
        const time = times[index ?? lastInside(times, context)];
        const there = views.flatMap((view) => {
          const at = view.points.findIndex((one) => Date.parse(one.time ?? '') / 1000 === time);
          return at < 0 ? [] : [{ view, at, apart: point === null ? 0 : Math.abs(point.chart.valToPos(view.points[at]?.relative ?? 0, 'index') - point.top) }];
        });
        const [nearest] = there.sort((a, b) => a.apart - b.apart);
        if (nearest) void explain(nearest.view, `/points/${nearest.at}/relative`);
      },
      explains: 'explains the nearest line',
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

export function indexLegend(views: readonly MarketValueView[]): HTMLElement {
  return h('ul', { class: 'legend' }, views.map((view, index) => h('li', {}, h('span', { class: `key line series-${(index % 8) + 1} ${dashOf(index) ? 'dashed' : ''}`, 'aria-hidden': 'true' }), `${view.name} `, h('small', {}, view.symbol))));
}
