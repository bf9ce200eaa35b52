/**
 * Load on a running server: bounded, paced appends into a scenario, and what became of them. Latency is counted from when
 * an append was due, so that a server that stalls is not flattered by what was not sent meanwhile. In the end everything
 * that was acknowledged is read back.
 */
import { createHash } from 'node:crypto';
import type { PaceClock } from '../replay/pace.js';
import { refuseParam } from './generators/generator.js';
import { draws } from './random.js';

export interface LoadOptions {
  /** Of a server on loopback, such as http://127.0.0.1:8080. */
  url: string;
  /** Opened where it is not there. */
  scenario: string;
  /** Events a second. */
  rate: number;
  seconds: number;
  /** Events in one append. */
  batch: number;
  /** Appends under way at once, at most. */
  connections: number;
  seed: number;
  clock: PaceClock;
  signal: AbortSignal;
  progress?: (done: { accepted: number; total: number }) => void;
}

/** Thrown when nothing answers where load was to go, or what it stored can't be read back. */
export class LoadTargetError extends Error {
  override readonly name = 'LoadTargetError';
}

interface Percentiles {
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

export interface LoadReport {
  scenario: string;
  /** Events by what became of them. */
  planned: number;
  accepted: number;
  refused: number;
  /** No answer came, and none to the repetition: they may be stored or not. */
  unanswered: number;
  /** The time was over before they could be sent: the server takes less. */
  unsent: number;
  refusals: { status: number; detail: string; events: number }[];
  /** Appends that were sent again, with the same ids. */
  repeated: number;
  seconds: number;
  acceptedPerSecond: number;
  /** Milliseconds from when an append was due, and from when it was sent. */
  latency: Percentiles | null;
  service: Percentiles | null;
  /** Milliseconds until a view showed what had been acknowledged. */
  projectionLag: (Percentiles & { samples: number; late: number }) | null;
  /** Acknowledged and not there afterwards; there twice; there and not acknowledged (an answer that was lost). */
  missing: number;
  doubled: number;
  unacknowledged: number;
}

const STREAMS = 50;
const LAG_EVERY_MS = 250;
const TRIES = 3;

/**
 * @throws ViewError for a server that is not on loopback or parameters that are wrong; LoadTargetError where nothing answers
 */
export async function load(options: LoadOptions): Promise<LoadReport> {
  const { url, scenario, rate, seconds, batch, connections, clock, signal } = options;
  checkOptions(options);
  const base = new URL(url).origin;
  await openScenario(base, scenario);
  const planned = Math.round(rate * seconds);
  const appends = Math.ceil(planned / batch);
  const state = { accepted: new Uint8Array(planned), count: 0, refused: 0, unanswered: 0, repeated: 0, sent: 0, basis: null as string | null };
  const refusals = new Map<string, { status: number; detail: string; events: number }>();
  const [latencies, services]: [number[], number[]] = [[], []];
  const started = clock.now();
  const makeId = idsOf(options.seed, scenario);
  let next = 0;

  async function append(number: number): Promise<void> {
    const due = started + ((number * batch) / rate) * 1000;
    const early = due - clock.now();
    if (early > 0) await clock.wait(early, signal);
    if (signal.aborted) return;
    const first = number * batch;
    const events = Array.from({ length: Math.min(batch, planned - first) }, (_, i) => eventOf(options.seed, makeId, first + i, number % STREAMS));
    state.sent += events.length;
    const body = JSON.stringify(events);
    const sent = clock.now();
    const answer = await post(`${base}/v1/events?scenario=${scenario}`, body, clock, signal, () => (state.repeated += 1));
    const done = clock.now();
    if (answer === null) {
      state.unanswered += events.length;
      return;
    }
    latencies.push(done - due);
    services.push(done - sent);
    if (answer.ok) {
      state.accepted.fill(1, first, first + events.length);
      state.count += events.length;
      state.basis = answer.basis ?? state.basis;
      options.progress?.({ accepted: state.count, total: planned });
    } else {
      state.refused += events.length;
      const key = `${answer.status} ${answer.detail}`;
      const known = refusals.get(key) ?? { status: answer.status, detail: answer.detail, events: 0 };
      known.events += events.length;
      refusals.set(key, known);
    }
  }

  const over = (): boolean => signal.aborted || clock.now() - started > seconds * 1000;
  const finished = new AbortController();
  const lag = sampleLag(base, scenario, () => state.basis, clock, AbortSignal.any([signal, finished.signal]));
  await Promise.all(Array.from({ length: connections }, async () => {
    while (next < appends && !over()) await append(next++);
  }));
  const took = (clock.now() - started) / 1000;
  finished.abort();
  const { samples, late } = await lag;
  const found = await readBack(base, scenario, makeId, state.accepted);
  return {
    scenario,
    planned,
    accepted: state.count,
    refused: state.refused,
    unanswered: state.unanswered,
    unsent: planned - state.sent,
    refusals: [...refusals.values()],
    repeated: state.repeated,
    seconds: took,
    acceptedPerSecond: state.count / took,
    latency: percentiles(latencies),
    service: percentiles(services),
    projectionLag: samples.length + late === 0 ? null : { ...(percentiles(samples) ?? { p50: Infinity, p90: Infinity, p99: Infinity, max: Infinity }), samples: samples.length, late },
    ...found,
  };
}

function checkOptions({ url, rate, seconds, batch, connections }: LoadOptions): void {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) refuseParam('url', 'expected a server of your own on loopback, such as http://127.0.0.1:8080: load is put on no other', url);
  const within = (name: string, value: number, most: number): void => {
    if (!(value > 0 && value <= most)) refuseParam(name, `expected a number above 0, up to ${most}`, value);
  };
  within('rate', rate, 100_000);
  within('for', seconds, 3600);
  within('batch', batch, 1000);
  within('connections', connections, 64);
}

async function openScenario(base: string, scenario: string): Promise<void> {
  const response = await fetch(`${base}/v1/scenarios`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ scenario, kind: 'isolated', title: 'load' }) }).catch((error: Error) => {
    throw new LoadTargetError(`nothing answers at ${base} (${String((error.cause as Error | undefined)?.message ?? error.message)}): start one with tracker start`);
  });
  if (!response.ok && response.status !== 409) refuseParam('scenario', await detailOf(response), scenario);
}

interface Answered {
  ok: boolean;
  status: number;
  detail: string;
  basis: string | null;
}

/** Sent again where nothing answers or the server asks to come again: its ids make that safe. @returns null where nothing ever answered */
async function post(url: string, body: string, clock: PaceClock, signal: AbortSignal, again: () => void): Promise<Answered | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      if (response.ok) return { ok: true, status: response.status, detail: '', basis: ((await response.json()) as { basis?: string }).basis ?? null };
      const detail = await detailOf(response);
      if (response.status !== 503 || attempt === TRIES) return { ok: false, status: response.status, detail, basis: null };
    } catch {
      if (attempt === TRIES) return null;
    }
    again();
    await clock.wait(100 * attempt, signal);
  }
}

async function detailOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return (JSON.parse(text) as { detail?: string }).detail ?? text.slice(0, 200);
  } catch {
    return text.slice(0, 200);
  }
}

/** How long a view takes to show what was acknowledged last, asked again and again. */
async function sampleLag(base: string, scenario: string, basis: () => string | null, clock: PaceClock, signal: AbortSignal): Promise<{ samples: number[]; late: number }> {
  const samples: number[] = [];
  let late = 0;
  while (!signal.aborted) {
    await clock.wait(LAG_EVERY_MS, signal);
    const token = basis();
    if (token === null) continue;
    const asked = clock.now();
    const response = await fetch(`${base}/v1/instruments?scenario=${scenario}&minPosition=${token}`).catch(() => null);
    await response?.arrayBuffer();
    if (response?.ok) samples.push(clock.now() - asked);
    else late += 1;
  }
  return { samples, late };
}

/** Everything in the scenario is read again; ids tell their number. */
async function readBack(base: string, scenario: string, makeId: (number: number) => string, accepted: Uint8Array): Promise<Pick<LoadReport, 'missing' | 'doubled' | 'unacknowledged'>> {
  const seen = new Uint8Array(accepted.length);
  let [doubled, unacknowledged] = [0, 0];
  const response = await fetch(`${base}/v1/replay?scenario=${scenario}`, { headers: { accept: 'application/x-ndjson' } });
  if (!response.ok || !response.body) throw new LoadTargetError(`what was stored could not be read back: ${await detailOf(response)}`);
  let rest = '';
  const note = (line: string): void => {
    const { id } = (JSON.parse(line) as { event: { id: string } }).event;
    const number = parseInt(id.slice(-12), 16);
    // A scenario that was there before may hold other events.
    if (number >= seen.length || makeId(number) !== id) return;
    if (seen[number] === 1) doubled += 1;
    seen[number] = 1;
    if (accepted[number] === 0) unacknowledged += 1;
  };
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') note(line);
  }
  if (rest !== '') note(rest);
  return { missing: accepted.reduce((count, one, number) => count + (one === 1 && seen[number] === 0 ? 1 : 0), 0), doubled, unacknowledged };
}

function idsOf(seed: number, scenario: string): (number: number) => string {
  const hex = createHash('sha256').update(`load ${seed} ${scenario}`).digest('hex');
  return (number) => `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${number.toString(16).padStart(12, '0')}`;
}

function eventOf(seed: number, makeId: (number: number) => string, number: number, stream: number): Record<string, unknown> {
  const cents = 1000 + draws(seed, `price ${number}`).whole(0, 99_000);
  const at = new Date(Date.UTC(2025, 0, 2) + number * 100).toISOString();
  return {
    id: makeId(number),
    type: 'PriceObserved',
    data: { instrument: `load-${String(stream).padStart(2, '0')}`, price: { as: 'exact', value: (cents / 100).toFixed(2), unit: 'USD' }, session: 'unknown' },
    metadata: { occurredAt: { at }, publishedAt: { at }, source: { document: `synthetic: load, seed ${seed}` } },
  };
}

/** Nearest rank. */
function percentiles(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] as number) * 100) / 100;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
