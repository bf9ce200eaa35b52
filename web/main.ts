/** The page: reads the state of the URL, fetches one picture of it, draws it, and polls for changes. */
import { createApi, OfflineError, ProblemError } from './api.js';
import type { ChartContext } from './chart-base.js';
import { clearCharts } from './chart-element.js';
import { compareSection, loadBeside, type Beside } from './compare.js';
import { listenLive } from './live.js';
import { listenToControls, showControls } from './controls.js';
import { byId, h, type Child } from './dom.js';
import { explainWith } from './explain.js';
import { findingsSection } from './findings.js';
import { moment } from './format.js';
import { headline } from './headline.js';
import { loadPicture, type Picture } from './load.js';
import { marketSection } from './market.js';
import { operationsSection } from './operations.js';
import { sentimentSection } from './sentiment.js';
import { reactionSection } from './reaction.js';
import { readState, writeState, type PageState } from './state.js';
import { sentimentOf, shareOf, storySection } from './story.js';
import { showFooter, showStatus, type Freshness } from './status.js';
import { showTimeMachine, stopPlaying } from './time-machine.js';
import { listenToWorld, showWorld, watermarkOf } from './world.js';

const POLL_MS = 15_000;

const api = createApi();
explainWith(api);
const freshness: Freshness = { answered: null, opened: null, changed: null, offline: null, lastRecorded: null };
const content = byId('content');
let { state, ignored } = readState(location.search);
let picture: Picture | null = null;
let beside: Beside | null = null;
/** Counts the loads: an answer that a later question overtook is not drawn. */
let latest = 0;

/** @param how replace: a step on the way, which the browser's way back passes over */
function move(change: Partial<PageState>, how: 'push' | 'replace' = 'push'): Promise<void> {
  // The announcement stays the one that is looked at, also where it is not known at another time.
  const inTime = 'knownAt' in change || 'asOf' in change || 'clock' in change;
  state = { ...state, ...(inTime ? { announcement: state.announcement ?? picture?.chosen?.announcement ?? null } : {}), ...change };
  ignored = [];
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', writeState(state));
  return load(true);
}

function set(change: Partial<PageState>): void {
  stopPlaying();
  void move(change);
}

async function load(redraw: boolean): Promise<void> {
  const mine = ++latest;
  if (redraw) {
    content.setAttribute('aria-busy', 'true');
    showControls(state, null, set);
    showWorld(api, state, null, set);
  }
  feed.follow(state.scenario);
  try {
    const loaded = await loadPicture(api, state);
    const other = await loadBeside(api, state, loaded);
    if (mine !== latest) return;
    const news = api.takeChanged();
    const recovered = freshness.offline !== null;
    freshness.answered = Date.now();
    freshness.offline = null;
    if (news && !redraw) freshness.changed = freshness.answered;
    freshness.opened ??= freshness.answered;
    freshness.lastRecorded = loaded.lastRecorded;
    if (redraw || news || recovered) {
      [picture, beside] = [loaded, other];
      draw();
    }
  } catch (error) {
    if (mine !== latest) return;
    if (error instanceof ProblemError) drawProblem(error);
    else {
      freshness.offline = error instanceof OfflineError ? error.message : 'the page failed';
      if (!(error instanceof OfflineError)) reportError(error);
      if (!picture) content.replaceChildren(h('p', { class: 'notice' }, 'The tracker does not answer. The page tries again every 15 seconds.'));
    }
  }
  content.setAttribute('aria-busy', 'false');
  showStatus(state, api.served, freshness, feed.state());
  showFooter(state, api.served, freshness, set);
}

function draw(): void {
  if (!picture) return;
  const open = new Set([...content.querySelectorAll<HTMLDetailsElement>('details[open]')].map((element) => element.dataset['key']));
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['focus'] : undefined;
  clearCharts();
  showControls(state, picture, set);
  showWorld(api, state, picture, set);
  showTimeMachine(state, picture, move);
  document.title = `${state.scenario === null ? '' : 'SYNTHETIC · '}${picture.chosen ? `${picture.chosen.title} · ` : ''}Market reaction tracker`;
  content.replaceChildren(...nodesOf(picture));
  content.dataset['drawn'] = writeState(state);
  for (const element of content.querySelectorAll<HTMLDetailsElement>('details')) element.open = open.has(element.dataset['key']);
  if (focused !== undefined) document.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function nodesOf(shown: Picture): Node[] {
  const { chosen } = shown;
  const by = chosen?.publicBy ? Date.parse(chosen.publicBy) / 1000 : null;
  const from = chosen?.publicFrom ? Date.parse(chosen.publicFrom) / 1000 : by;
  const context: ChartContext = { window: shown.window, marker: by === null || from === null ? null : { from, to: by }, sessions: shown.sessions, zoomTo, zoomed: state.from !== null, watermark: watermarkOf(shown) };
  const warning = ignored.length === 0 ? null : h('p', { class: 'notice' }, `Not understood in this link, and left out: ${ignored.join(', ')}. A time is written like 2025-11-03T21:00:00Z.`);
  if (!chosen && shown.announcements.length === 0 && shown.knownLater.length === 0 && shown.lastRecorded === null) return [emptyStore()];
  return [
    ...(warning ? [warning] : []),
    ...(chosen ? [headline(chosen)] : [notKnown(shown)]),
    ...(beside ? [compareSection(shown, beside, state, context)] : []),
    marketSection(shown, state, context, set, { share: shareOf(shown)?.instrument ?? null, element: storySection(shown, state, context, set) }),
    ...nodes(reactionSection(shown, state, set)),
    ...nodes(sentimentSection(shown, context, sentimentOf(shown, state)?.entity ?? null)),
    ...nodes(shown.findings && findingsSection(shown.findings)),
    operationsSection(api),
  ];
}

/** What was zoomed into is in the link as all else is; a step of it is none for the browser's way back. */
function zoomTo(stretch: { from: number; to: number } | null): void {
  if (stretch === null && state.from === null) return;
  const iso = (seconds: number): string => new Date(Math.round(seconds) * 1000).toISOString().replace('.000Z', 'Z');
  void move({ from: stretch && iso(stretch.from), to: stretch && iso(stretch.to) }, 'replace');
}

function nodes(child: Child): Node[] {
  return child instanceof Node ? [child] : [];
}

function emptyStore(): HTMLElement {
  return h('section', { class: 'empty' }, h('h1', {}, 'Nothing is stored yet'), h('p', {}, 'Load the seeds, then this page fills by itself:'), h('pre', {}, h('code', {}, 'npm run -s tracker -- seed seeds/')), h('p', { class: 'quiet' }, 'How seeds are written, with sources and imprecise times: ', h('code', {}, 'docs/seeds.md'), '. Events can also be posted to ', h('code', {}, '/v1/events'), '.'));
}

/** At this time the announcement was not known: what the market and the mood were is still shown. */
function notKnown(shown: Picture): HTMLElement {
  const elsewhere = state.knownAt === null && shown.announcements.length > 0;
  const text: Child = elsewhere
    ? `There is no announcement ${JSON.stringify(state.announcement)} here. Choose one above.`
    : state.knownAt === null
      ? 'No announcement is stored yet. Prices and expressions that are known are below.'
      : `At ${moment(state.knownAt)} ${shown.announcements.length === 0 ? 'no announcement' : 'this announcement'} was known. Below is what was known then of prices and of sentiment.`;
  return h('section', { class: 'headline' }, h('h1', {}, elsewhere ? 'Not found' : state.knownAt === null ? 'No announcement yet' : 'Not known yet'), h('p', { class: 'lede' }, text), state.knownAt === null ? null : h('button', { type: 'button', class: 'primary', onclick: () => set({ knownAt: null }) }, 'Show everything known today'));
}

/** What passes by itself, such as a scenario that is being folded, is asked for again before the next poll. */
const AGAIN_MS = 2000;

function drawProblem(problem: ProblemError): void {
  const passes = problem.status === 503;
  if (passes) setTimeout(() => { if (picture === null) void load(true); }, AGAIN_MS);
  freshness.answered = Date.now();
  clearCharts();
  picture = null;
  content.replaceChildren(
    h('section', { class: 'empty' }, h('h1', {}, passes ? 'Not yet' : 'The tracker can’t answer this'), h('p', {}, problem.message, passes ? ' The page asks again by itself.' : ''), h('button', { type: 'button', class: 'primary', onclick: () => set({ basis: null, knownAt: null, asOf: null, announcement: null, scenario: null, from: null, to: null }) }, 'Start over')),
  );
}

listenToControls(() => state, set);
listenToWorld(api, () => state, set);
addEventListener('popstate', () => {
  ({ state, ignored } = readState(location.search));
  void load(true);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && state.basis === null) void load(false);
});
addEventListener('online', () => void load(false));
const feed = listenLive(
  () => { if (!document.hidden && state.basis === null) void load(false); },
  () => { showStatus(state, api.served, freshness, feed.state()); },
);
setInterval(() => {
  showStatus(state, api.served, freshness, feed.state());
  if (document.hidden || (state.basis !== null && picture)) return;
  void load(picture === null);
}, POLL_MS);
void load(true);
