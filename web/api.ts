/** Asks the API: keeps each answer with its ETag, so that a poll is a 304 and costs nothing. */
import type { z } from 'zod';
import { askToken, tokenHeader } from './token.js';
import type { FindingView, ReconciliationView } from '../src/views/reconciliation-schema.js';
import type { ConfoundersView, ReactionView } from '../src/views/reaction-schema.js';
import type { claimSchema, MarketValueView, pointSchema } from '../src/views/market-schema.js';
import type { announcementDetailSchema, announcementsSchema, entitiesSchema, expressionSchema, instrumentsSchema, nodeSchema, SentimentView, TimelineView } from '../src/views/schemas.js';

export type Announcements = z.infer<typeof announcementsSchema>;
export type AnnouncementDetail = z.infer<typeof announcementDetailSchema>;
export type Instruments = z.infer<typeof instrumentsSchema>;
export type Entities = z.infer<typeof entitiesSchema>;
export type Claim = z.infer<typeof claimSchema>;
export type Point = z.infer<typeof pointSchema>;
export type Expression = z.infer<typeof expressionSchema>;
export type TimelineNode = z.infer<typeof nodeSchema>;
export type { ExplainedView as Explanation } from '../src/views/explain/schema.js';
export type { ConfoundersView, FindingView, MarketValueView, ReactionView, ReconciliationView, SentimentView, TimelineView };

/** An answer that is not 200 or 304: the API's own explanation. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly status: number,
    readonly kind: string,
    message: string,
    /** Each fault with its place in what was sent. */
    readonly errors: readonly { path: string; expected: string; received: string }[] = [],
  ) {
    super(message);
  }
}

/** No answer at all. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError';
}

/** What the headers of the last answers say. */
export interface Served {
  basis: string | null;
  checkpoint: string | null;
  state: string | null;
  /** When the last event that the tracker has read was stored. */
  recorded: string | null;
  /** Projections that do not follow the log, each with the path that said so last. */
  stale: Map<string, string>;
}

interface Kept {
  etag: string;
  body: unknown;
}

export interface Scenario {
  scenario: string;
  kind: 'isolated' | 'overlay';
  title: string | null;
  note: string | null;
  /** Of an overlay: asked with it, the real world is the one below. */
  basis: string | null;
  realEvents: number;
  openedAt: string;
  archivedAt: string | null;
}

export interface Api {
  get<T>(path: string, query?: Record<string, string | null | undefined>): Promise<T>;
  /** Sends what is stored. @throws ProblemError, OfflineError */
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>;
  /** Whether an answer differed from the kept one since the last call of this. */
  takeChanged(): boolean;
  readonly served: Served;
  /** Bases of the answers since the last call: more than one means that the store grew meanwhile. */
  takeBases(): Set<string>;
}

/** How an answer was asked for. */
const requests = new WeakMap<object, { path: string; query: Record<string, string | null | undefined> }>();

export function requestOf(view: object): { path: string; query: Record<string, string | null | undefined> } | null {
  return requests.get(view) ?? null;
}

const MAX_KEPT = 300;
const TIMEOUT_MS = 20_000;

export function createApi(): Api {
  const kept = new Map<string, Kept>();
  const served: Served = { basis: null, checkpoint: null, state: null, recorded: null, stale: new Map() };
  let changed = false;
  let bases = new Set<string>();

  async function get<T>(path: string, query: Record<string, string | null | undefined> = {}): Promise<T> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) search.set(name, value);
    const text = search.toString();
    const url = text === '' ? path : `${path}?${text}`;
    const known = kept.get(url);
    const response = await ask(url, known ? { 'If-None-Match': known.etag } : {});
    served.state = response.headers.get('Tracker-State') ?? served.state;
    served.checkpoint = response.headers.get('Tracker-Checkpoint') ?? served.checkpoint;
    // Absent where there is no event in that world.
    if (response.headers.has('Tracker-State')) served.recorded = response.headers.get('Tracker-Recorded');
    noteStale(served.stale, path, response.headers.get('Tracker-Stale'));
    const basis = response.headers.get('Tracker-Basis');
    if (basis !== null) {
      served.basis = basis;
      bases.add(basis);
    }
    if (response.status === 304 && known) return known.body as T;
    if (!response.ok) throw await problemOf(response);
    const body = (await response.json()) as T;
    if (typeof body === 'object' && body !== null) requests.set(body, { path, query });
    const etag = response.headers.get('ETag');
    // An answer without an ETag can't say that it changed.
    if (etag !== null && known?.etag !== etag) changed = true;
    kept.delete(url);
    if (etag !== null) kept.set(url, { etag, body });
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT) break;
      kept.delete(oldest);
    }
    return body;
  }

  async function post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await ask(path, { 'Content-Type': 'application/json', ...headers }, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as T;
  }

  return {
    get,
    post,
    served,
    takeChanged() {
      const was = changed;
      changed = false;
      return was;
    },
    takeBases() {
      const was = bases;
      bases = new Set();
      return was;
    },
  };
}

/** One request, again with another token where it is asked for one. @throws OfflineError */
async function ask(url: string, headers: Record<string, string>, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers: { Accept: 'application/json', ...tokenHeader(), ...headers }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw new OfflineError(error instanceof Error ? error.message : 'no answer');
  }
  if (response.status === 401) {
    await askToken((await problemOf(response)).message);
    return ask(url, headers, init);
  }
  return response;
}

/** Each path says anew which projections it found behind. */
function noteStale(stale: Map<string, string>, path: string, header: string | null): void {
  for (const [name, from] of stale) if (from === path) stale.delete(name);
  if (header !== null) for (const name of header.split(', ')) stale.set(name, path);
}

async function problemOf(response: Response): Promise<ProblemError> {
  const body = (await response.json().catch(() => ({}))) as { type?: unknown; detail?: unknown; title?: unknown; errors?: unknown };
  const kind = typeof body.type === 'string' ? (body.type.split(':').pop() ?? '') : '';
  const detail = typeof body.detail === 'string' ? body.detail : typeof body.title === 'string' ? body.title : `the tracker answered ${response.status}`;
  return new ProblemError(response.status, kind, detail, Array.isArray(body.errors) ? (body.errors as ProblemError['errors']) : []);
}
