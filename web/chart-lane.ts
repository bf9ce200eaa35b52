/** What happened, on the axis of time: a mark for each effect, as long as its time is open, and what else touched the share. */
import type { ConfoundersView, TimelineNode } from './api.js';
import { faint, timeAxis, valueAxis, type ChartContext, type Palette } from './chart-base.js';
import { chartElement } from './chart-element.js';
import { capital, moment } from './format.js';
import type uPlot from './vendor/uPlot.js';

const ROWS = ['Market', 'Views', 'Other', 'Also'] as const;
const MARKET = new Set(['MarketMoveReported', 'PriceObserved', 'MarketValueReported', 'MarketValueChangeReported', 'SharesOutstandingReported', 'CorporateActionTaken']);
const SAID = 3;

interface Mark {
  /** Of the timeline; null: it is not in there. */
  node: string | null;
  row: number;
  /** Seconds; from is null where the earliest is open. */
  from: number | null;
  at: number;
  label: string;
}

const seconds = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso) / 1000);

function marksOf(nodes: readonly TimelineNode[], confounders: ConfoundersView['confounders']): Mark[] {
  const effects = nodes.flatMap((node): Mark[] => {
    const at = seconds(node.certainFrom) ?? seconds(node.possibleFrom);
    if (at === null || node.when === 'not stated') return [];
    return [{ node: node.id, row: MARKET.has(node.type) ? 0 : node.type === 'SentimentExpressed' ? 1 : 2, from: seconds(node.possibleFrom), at, label: node.label }];
  });
  const also = confounders.flatMap((one): Mark[] => {
    const [from, at] = [seconds(one.from), seconds(one.to)];
    return at === null ? [] : [{ node: null, row: 3, from, at, label: one.label }];
  });
  return [...effects, ...also].sort((a, b) => a.at - b.at);
}

/** @param choose told of the nodes that somebody clicked, or pressed Enter on */
export function laneChart(nodes: readonly TimelineNode[], confounders: ConfoundersView['confounders'], context: ChartContext, choose: (nodes: string[]) => void): HTMLElement {
  const marks = marksOf(nodes, confounders);
  const times = [...new Set(marks.map(({ at }) => at))];
  const atTime = (index: number | null): Mark[] => (index === null ? [] : marks.filter(({ at }) => at === times[index]));
  const inside = marks.filter(({ at }) => at >= context.window.from && at <= context.window.to).length;
  return chartElement(
    {
      key: 'lane',
      height: 104,
      summary: `What happened: ${inside} of ${marks.length} dated effects and other events are in this stretch of time`,
      data: [times, times.map(() => null)],
      series: [{ scale: 'row', points: { show: false } }],
      scales: { row: { dir: -1, range: () => [-0.6, ROWS.length - 0.4] } },
      axes: (_narrow, scheme) => [timeAxis(scheme, context, false), valueAxis(scheme, 'row', (row) => ROWS[row] ?? '', 58, { splits: () => [0, 1, 2, 3], space: 10 })],
      slim: true,
      draw: (chart, scheme) => { for (const mark of marks) drawMark(chart, mark, scheme); },
      explain: (index, point) => {
        const there = atTime(index);
        const onRow = there.filter((mark) => point !== null && Math.abs(point.chart.valToPos(mark.row, 'row') - point.top) < 12);
        choose((onRow.length > 0 ? onRow : there).flatMap(({ node }) => node ?? []));
      },
      button: 'Go to it',
      explains: 'goes to it in the list',
      readout(index) {
        const there = atTime(index);
        if (there.length === 0) return `What happened: ${inside} dated here`;
        const labels = there.slice(0, SAID).map(({ label, row }) => `${row === 3 ? 'also: ' : ''}${capital(label)}`);
        return `${moment(new Date((there[0]?.at ?? 0) * 1000).toISOString())} · ${labels.join('; ')}${there.length > SAID ? ` and ${there.length - SAID} more` : ''}`;
      },
    },
    context,
  );
}

function drawMark(chart: uPlot, { row, from, at }: Mark, colours: Palette): void {
  const { ctx } = chart;
  const ratio = devicePixelRatio;
  const colour = [colours.claimed, colours.marker, colours.measured, colours.warn][row] ?? colours.text;
  const [x, y] = [chart.valToPos(at, 'x', true), chart.valToPos(row, 'row', true)];
  const left = from === null ? x - 10 * ratio : chart.valToPos(from, 'x', true);
  ctx.strokeStyle = faint(colour, 0.45);
  ctx.lineWidth = 2 * ratio;
  ctx.setLineDash(from === null ? [2 * ratio, 2 * ratio] : []);
  ctx.beginPath();
  ctx.moveTo(left, y);
  ctx.lineTo(x, y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = colour;
  ctx.strokeStyle = colours.surface;
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.arc(x, y, 4 * ratio, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
}
