/** `tracker synth load`: load on a running server of your own, and whether it kept what it acknowledged. */
import { machineClock } from '../../machine-clock.js';
import { load, type LoadReport } from '../../synthetic/load.js';
import { RefusedError, UsageError } from '../failure.js';
import { counted, print, printJson, printTable, progressLine, showSteps } from '../output.js';
import { stopOnInterrupt } from '../stop.js';

interface LoadCommand {
  url?: string;
  rate?: string;
  for?: string;
  batch?: string;
  connections?: string;
  seed?: string;
  scenario?: string;
  json?: boolean;
}

export async function synthLoad(options: LoadCommand): Promise<void> {
  const number = (name: string, text: string): number => {
    const value = Number(text);
    if (!(value >= 0)) throw new UsageError(`--${name}: expected a number, got ${JSON.stringify(text)}`);
    return value;
  };
  const signal = stopOnInterrupt();
  const line = progressLine();
  const show = showSteps(line.show);
  const seed = number('seed', options.seed ?? '1');
  const report = await load({
    url: options.url ?? 'http://127.0.0.1:8080',
    // One of its own for each run: what is there already would be known, and no load.
    scenario: options.scenario ?? `load-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').toLowerCase()}`,
    rate: number('rate', options.rate ?? '1000'),
    seconds: secondsOf(options.for ?? '10s'),
    batch: number('batch', options.batch ?? '50'),
    connections: number('connections', options.connections ?? '8'),
    seed,
    clock: machineClock,
    signal,
    progress: ({ accepted, total }) => { show({ step: 'accepted', done: accepted, total, unit: 'events' }); },
  }).finally(line.done);
  if (options.json) printJson(report);
  else tell(report);
  if (report.missing > 0 || report.doubled > 0) throw new RefusedError(`${report.missing} acknowledged events are not there, ${report.doubled} are there twice`);
  if (report.refused > 0 || report.unanswered > 0) process.exitCode = 1;
}

/** `60s`, `5m`, or seconds. */
function secondsOf(text: string): number {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)(s|m)?$/.exec(text) ?? [];
  if (count === undefined) throw new UsageError(`--for: expected a time such as 60s or 2m, got ${JSON.stringify(text)}`);
  return Number(count) * (unit === 'm' ? 60 : 1);
}

function tell(report: LoadReport): void {
  const { accepted, refused, unanswered, unsent, planned, seconds, acceptedPerSecond, latency, service, projectionLag, missing, doubled, unacknowledged, repeated } = report;
  print(`scenario ${report.scenario}: ${counted(accepted, 'event', 'events')} of ${planned.toLocaleString('en')} accepted in ${seconds.toFixed(1)} s, ${Math.round(acceptedPerSecond).toLocaleString('en')} a second; ${refused} refused, ${unanswered} without an answer, ${unsent} not sent in time${repeated > 0 ? `; ${repeated} appends sent again` : ''}`);
  for (const { status, detail, events } of report.refusals) print(`refused with ${status}, ${counted(events, 'event', 'events')}: ${detail}`);
  const rows = [['append, from when it was due', latency], ['append, from when it was sent', service], ['until a view showed it', projectionLag]] as const;
  printTable(rows.flatMap(([what, times]) => (times ? [{ what, times }] : [])), [
    { title: 'milliseconds', of: ({ what }) => what },
    ...(['p50', 'p90', 'p99', 'max'] as const).map((name) => ({ title: name, of: ({ times }: { times: Record<typeof name, number> }) => times[name].toFixed(1), right: true })),
  ]);
  if (projectionLag && projectionLag.late > 0) print(`${counted(projectionLag.late, 'question', 'questions')} had no answer in time`);
  print(missing === 0 && doubled === 0 ? `read back: everything that was acknowledged is there, once${unacknowledged > 0 ? `, and ${unacknowledged} whose answer was lost` : ''}` : `read back: ${missing} missing, ${doubled} doubled`);
}
