/** A study as one HTML file that needs nothing beside it: chart, tables, what else happened, what it rests on, how to run it again. */
import type { Confounder, ReactionView, StudyWindow } from '../views/reaction-schema.js';
import { escaped, percent, reactionChart } from './chart.js';

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;color:#1b1f24;background:#fff;max-width:900px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}p{margin:.4rem 0}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .6rem;border-bottom:1px solid #d8dde3;text-align:left}th{font-weight:600}
td.n,th.n{text-align:right}.lead{font-weight:600}.warn{background:#fff4d6;border:1px solid #e0b64a;padding:.5rem .8rem}
svg{width:100%;height:auto;margin:.5rem 0}svg text{font:12px system-ui,sans-serif;fill:#1b1f24}svg .date{fill:#57606a;font-size:11px}svg .event{font-weight:700}
.grid{stroke:#e6e9ed}.zero{stroke:#57606a}.bar{fill:#2f6fb4}.flagged{fill:#c98a00}.band{fill:#8a8f98;opacity:.18}.path{fill:none;stroke:#b3261e;stroke-width:2}.point{fill:#b3261e}
code{font-size:.8rem;overflow-wrap:anywhere;background:#f2f4f6;padding:.1rem .3rem}small{color:#57606a}`;

interface Column<T> {
  title: string;
  of: (row: T) => string;
  /** Text, and not a number. */
  text?: boolean;
}

/** @returns the whole page; the same study gives the same bytes */
export function reactionReport(view: ReactionView): string {
  const title = `${view.title}: ${view.symbol} against ${view.benchmarkSymbol}`;
  const [lead] = view.windows;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
<h1>${escaped(title)}</h1>
<p><small>Event study. As of ${view.asOf ?? 'any time'}, from ${view.knownAt === null ? 'everything stored' : `what was ${view.clock} by ${view.knownAt}`}.</small></p>
<p>Day 0 is ${view.day0}: ${view.readings.map(({ sentence }) => escaped(sentence)).join('; or ')}.</p>
<p>${escaped(view.model)} over ${view.estimationFrom} to ${view.estimationTo}, ${view.estimationDays ?? 'no'} usable days; ${view.returns} returns, prices adjusted: ${view.adjustment}${view.s === null ? '' : `; ${view.coefficients.map(({ name, value }) => `${escaped(name)} ${value.toFixed(name === 'alpha' ? 5 : 3)}`).join(', ')}; residuals ${(100 * view.s).toFixed(2)} % a day`}.</p>
${view.refused === null ? '' : `<p class="warn">Refused: ${escaped(view.reason ?? view.refused)}.</p>`}
${lead && lead.contaminatedBy.length > 0 ? `<p class="warn">The leading window is contaminated by ${escaped(lead.contaminatedBy.join('; '))}: it is computed and does not lead.</p>` : ''}
<h2>Abnormal returns by day, and cumulated from the first one with its interval at 95 %</h2>
${reactionChart(view)}
${view.confounders.some(({ counts }) => counts) ? '<p><small>Ochre: a day that something else touched; what is cumulated over it is not of the event alone.</small></p>' : ''}
${table(view.days, [{ title: 'day', of: ({ relative }) => String(relative) }, { title: 'session', of: ({ date }) => date, text: true }, { title: 'return', of: (day) => percent(day.return) }, { title: 'benchmark', of: (day) => percent(day.benchmark) }, { title: 'expected', of: (day) => percent(day.expected) }, { title: 'abnormal', of: (day) => percent(day.ar) }, { title: 't', of: (day) => figure(day.t, 2) }, { title: 'p', of: (day) => figure(day.p) }])}
<h2>Windows</h2>
${windows(view.windows)}
${view.withoutFlagged.windows.length === 0 ? '' : `<h2>Without ${view.withoutFlagged.dropped.length} flagged days of the estimation window</h2>${windows(view.withoutFlagged.windows)}`}
${view.withoutFirm.windows.length === 0 ? '' : `<h2>Against ${escaped(view.benchmarkSymbol)} without the firm</h2>${windows(view.withoutFirm.windows)}`}
${view.volume.measure === null ? '' : `<h2>Volume (${view.volume.measure})</h2>${table(view.volume.days, [{ title: 'day', of: ({ relative }) => String(relative) }, { title: 'session', of: ({ date }) => date, text: true }, { title: 'shares', of: ({ volume }) => volume?.toLocaleString('en') ?? '–' }, { title: 'times the usual', of: ({ times }) => figure(times, 2) }, { title: 'quantile p', of: ({ quantileP }) => figure(quantileP) }])}`}
<h2>What else touched the share</h2>
${confounders(view.confounders)}
<h2>What other choices would have given</h2>
${table(view.sensitivity, [{ title: 'model', of: ({ model }) => model, text: true }, { title: 'benchmark', of: ({ benchmark }) => benchmark ?? '–', text: true }, { title: 'estimation', of: ({ estimation }) => estimation, text: true }, { title: 'window', of: ({ window }) => window, text: true }, { title: 'CAR', of: (row) => (row.refused === null ? percent(row.car) : row.refused) }, { title: 't', of: ({ t }) => figure(t, 2) }, { title: 'p', of: ({ p }) => figure(p) }])}
<h2>What it rests on</h2>
<ul>
${[...view.assumptions, ...view.refusals.map(({ test, reason }) => `Not shown: ${test}: ${reason}.`)].map((sentence) => `<li>${escaped(sentence)}</li>`).join('\n')}
</ul>
<h2>Again</h2>
<p>Result <code>${view.result}</code></p>
<p><code>tracker study --again ${view.again}</code></p>
</body>
</html>
`;
}

function windows(rows: readonly StudyWindow[]): string {
  return table(rows, [
    { title: 'window', of: ({ from, to, headline }) => `${from}:${to}${headline ? ' (headline)' : ''}`, text: true },
    { title: 'CAR', of: (row) => (row.refused === null ? percent(row.car) : (row.reason ?? row.refused)) },
    { title: '95 %', of: ({ lo, hi }) => (lo === null ? '–' : `${percent(lo)} … ${percent(hi)}`) },
    { title: 't', of: ({ t, df }) => (t === null ? '–' : `${t.toFixed(2)} (${df})`) },
    { title: 'p', of: ({ p }) => figure(p) },
    { title: 'quantile p', of: ({ quantileP }) => figure(quantileP) },
    { title: 'detectable', of: ({ leastDetectable }) => percent(leastDetectable) },
    { title: 'return', of: ({ raw }) => percent(raw) },
  ], ({ headline }) => headline);
}

function confounders(rows: readonly Confounder[]): string {
  if (rows.length === 0) return '<p>Nothing is stored of these days.</p>';
  return table(rows, [{ title: 'session', of: ({ dates }) => dates.join(', '), text: true }, { title: 'day', of: ({ days }) => days.join(', ') }, { title: 'what', of: ({ label, counts }) => `${label}${counts ? '' : ' (trusted too little to count)'}`, text: true }]);
}

function table<T>(rows: readonly T[], columns: readonly Column<T>[], lead: (row: T) => boolean = () => false): string {
  const cell = (kind: 'th' | 'td', { text = false }: Column<T>, content: string): string => `<${kind}${text ? '' : ' class="n"'}>${escaped(content)}</${kind}>`;
  return `<table><thead><tr>${columns.map((column) => cell('th', column, column.title)).join('')}</tr></thead><tbody>
${rows.map((row) => `<tr${lead(row) ? ' class="lead"' : ''}>${columns.map((column) => cell('td', column, column.of(row))).join('')}</tr>`).join('\n')}
</tbody></table>`;
}

function figure(value: number | null, digits = 4): string {
  return value?.toFixed(digits) ?? '–';
}
