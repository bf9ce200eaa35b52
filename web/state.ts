/** What is looked at, held in the URL: a link reproduces the picture. */

export interface PageState {
  /** null: the page chooses. */
  announcement: string | null;
  knownAt: string | null;
  asOf: string | null;
  /** Whose knowing is meant by knownAt. */
  clock: 'published' | 'recorded';
  /** A token that pins the answers to what was stored then. */
  basis: string | null;
  /** Whose world: a scenario, or null, the real one; beside it the one that it lies on. */
  scenario: string | null;
  compare: boolean;
  range: 'window' | 'all';
  /** A stretch that was zoomed into; both or none. */
  from: string | null;
  to: string | null;
  /** Moments as they pass, or trading hours alone. */
  axis: 'time' | 'sessions';
  measure: 'value' | 'index';
  /** The study: null share and benchmark: the page chooses. */
  share: string | null;
  benchmark: string | null;
  /** Whose sentiment stands under the share; null: the page chooses. */
  entity: string | null;
  model: string;
  windows: string;
}

const STUDY = { model: 'market-model', windows: '0:0,0:1' } as const;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

export function readState(search: string): { state: PageState; ignored: string[] } {
  const query = new URLSearchParams(search);
  const ignored: string[] = [];
  const instant = (name: string): string | null => {
    const text = query.get(name);
    if (text === null || text === '') return null;
    if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) return text;
    ignored.push(`${name}=${text.slice(0, 40)}`);
    return null;
  };
  const state: PageState = {
    announcement: query.get('announcement') || null,
    knownAt: instant('knownAt'),
    asOf: instant('asOf'),
    clock: query.get('clock') === 'recorded' ? 'recorded' : 'published',
    basis: query.get('basis') || null,
    scenario: query.get('scenario') || null,
    compare: query.get('compare') === 'true',
    range: query.get('range') === 'all' ? 'all' : 'window',
    ...stretch(instant('from'), instant('to'), ignored),
    axis: query.get('axis') === 'sessions' ? 'sessions' : 'time',
    measure: query.get('measure') === 'index' ? 'index' : 'value',
    share: query.get('share') || null,
    benchmark: query.get('benchmark') || null,
    entity: query.get('entity') || null,
    model: query.get('model') || STUDY.model,
    windows: query.get('windows') || STUDY.windows,
  };
  return { state, ignored };
}

/** A stretch that ends after it begins, or none. */
function stretch(from: string | null, to: string | null, ignored: string[]): { from: string | null; to: string | null } {
  if (from !== null && to !== null && Date.parse(from) < Date.parse(to)) return { from, to };
  if (from !== null || to !== null) ignored.push(`from=${from ?? ''}, to=${to ?? ''}`);
  return { from: null, to: null };
}

export function writeState(state: PageState): string {
  const query = new URLSearchParams();
  for (const name of ['announcement', 'scenario', 'knownAt', 'asOf', 'basis', 'from', 'to', 'share', 'benchmark', 'entity'] as const) if (state[name] !== null) query.set(name, state[name]);
  if (state.clock !== 'published') query.set('clock', state.clock);
  if (state.compare) query.set('compare', 'true');
  if (state.axis !== 'time') query.set('axis', state.axis);
  if (state.range !== 'window') query.set('range', state.range);
  if (state.measure !== 'value') query.set('measure', state.measure);
  for (const name of ['model', 'windows'] as const) if (state[name] !== STUDY[name]) query.set(name, state[name]);
  const text = query.toString().replaceAll('%3A', ':');
  return text === '' ? location.pathname : `${location.pathname}?${text}`;
}

/** An instant for a datetime-local field, and back: the field is read as UTC. */
export function toField(iso: string | null): string {
  if (iso === null) return '';
  const text = new Date(Date.parse(iso)).toISOString();
  return text.slice(0, text.slice(17, 19) === '00' ? 16 : 19);
}

export function fromField(text: string): string | null {
  const at = text === '' ? NaN : Date.parse(`${text}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString().replace('.000Z', 'Z');
}
