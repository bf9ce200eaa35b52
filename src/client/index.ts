/**
 * The API from a program, in Node or a browser, with the types of its OpenAPI document:
 *
 *   const tracker = createClient('http://127.0.0.1:8080');
 *   const { body, basis } = await tracker.view('/v1/instruments/{id}/market-value', { path: { id: 'XNAS:AMZN' } });
 *   for await (const { body } of tracker.follow('/v1/entities/{id}/sentiment', { path: { id: 'openai' } })) draw(body);
 */
import createFetchClient, { createFinalURL, createQuerySerializer, defaultPathSerializer, type Client } from 'openapi-fetch';
import { events, type EventsOptions, type ReplayStep } from './events.js';
import { follow, polled, type Ask, type FollowedAnswer, type FollowOptions } from './follow.js';
import type { components, paths } from './paths.js';
import { ApiError, problemIn } from './problem.js';

export { ApiError } from './problem.js';
export type { ProblemDetails } from './problem.js';
export type { FollowedAnswer, FollowOptions } from './follow.js';
export type { EventsOptions, ReplayStep } from './events.js';
export type { components, paths } from './paths.js';

export interface ClientOptions {
  /** Where the server asks for one (docs/operations.md). */
  token?: string;
  fetch?: typeof fetch;
}

type Json<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer Body } } } } } ? Body : never;
/** The answer of a view, asked at one asOf and knownAt. */
export type ViewBody<P extends ViewPath> = Exclude<Json<P>, { cells: number }>;
/** Addresses that can be followed. */
export type ViewPath = { [P in keyof paths]: paths[P] extends { get: { responses: { 200: { content: { 'text/event-stream': unknown; 'application/json': unknown } } } } } ? P : never }[keyof paths];
type ParametersOf<P extends ViewPath> = paths[P] extends { get: { parameters: infer All } } ? Pick<All, Extract<keyof All, 'path' | 'query'>> : never;

export interface ViewAnswer<B> {
  body: B;
  /** Asked with this basis, the same bytes come again, whatever is stored meanwhile. */
  basis: string;
  /** Given back as `etag`, the answer is null while it is the same. */
  etag: string;
}

export interface TrackerClient extends Pick<Client<paths>, 'GET' | 'POST' | 'use'> {
  /**
   * A view's answer; with the etag of an earlier one null while it is the same, and with `wait` the answer then comes when
   * it is another, or null after so many seconds.
   * @throws ApiError
   */
  view<P extends ViewPath>(path: P, parameters: ParametersOf<P>): Promise<ViewAnswer<ViewBody<P>>>;
  view<P extends ViewPath>(path: P, parameters: ParametersOf<P>, held: { etag: string; wait?: number; signal?: AbortSignal }): Promise<ViewAnswer<ViewBody<P>> | null>;
  /**
   * The answer, and each time that it is another: by a stream, through whatever cuts it, else by long polls.
   * @throws ApiError where the server refuses
   */
  follow<P extends ViewPath>(path: P, parameters: ParametersOf<P>, options?: FollowOptions): AsyncGenerator<FollowedAnswer<ViewBody<P>>, void>;
  /** The same by long polls alone. @throws ApiError */
  poll<P extends ViewPath>(path: P, parameters: ParametersOf<P>, options?: Pick<FollowOptions, 'signal' | 'retryMs'>): AsyncGenerator<FollowedAnswer<ViewBody<P>>, void>;
  /** History and then what is appended, each event once and in order, through drops. @throws ApiError */
  events(options?: EventsOptions): AsyncGenerator<ReplayStep, void>;
}

/** An event as replays give it. */
export type StoredEvent = components['schemas']['StoredEvent'];

/** @param baseUrl of the server, such as http://127.0.0.1:8080 */
export function createClient(baseUrl: string, { token, fetch: ask = fetch }: ClientOptions = {}): TrackerClient {
  const own: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const client = createFetchClient<paths>({ baseUrl, headers: own, fetch: ask });
  const serialize = { baseUrl, querySerializer: createQuerySerializer(), pathSerializer: defaultPathSerializer };
  const urlOf = (path: string, params: { path?: Record<string, unknown>; query?: Record<string, unknown> }): string => createFinalURL(path, { ...serialize, params });
  const asker = (path: string, parameters: object): Ask => {
    const url = urlOf(path, parameters);
    return (headers, signal) => ask(url, { headers: { ...own, ...headers }, signal });
  };
  async function view(path: ViewPath, parameters: object, held?: { etag: string; wait?: number; signal?: AbortSignal }): Promise<ViewAnswer<never> | null> {
    const response = await ask(urlOf(path, parameters), {
      headers: { ...own, accept: 'application/json', ...(held ? { 'if-none-match': held.etag } : {}), ...(held?.wait === undefined ? {} : { prefer: `wait=${held.wait}` }) },
      ...(held?.signal ? { signal: held.signal } : {}),
    });
    if (response.status === 304) return null;
    if (!response.ok) throw new ApiError(response.status, await problemIn(response));
    return { body: (await response.json()) as never, basis: response.headers.get('tracker-basis') ?? '', etag: response.headers.get('etag') ?? '' };
  }
  return {
    GET: client.GET,
    POST: client.POST,
    use: (...middleware) => { client.use(...middleware); },
    view: view as TrackerClient['view'],
    follow: (path, parameters, options) => follow(asker(path, parameters), options),
    poll: (path, parameters, { signal = new AbortController().signal, retryMs } = {}) => polled(asker(path, parameters), { body: null }, signal, retryMs),
    events: ({ signal, retryMs, ...query } = {}) => events((after) => asker('/v1/replay', { query: { ...query, follow: 'true', ...(after === null ? {} : { after }) } }), { signal, retryMs, ...(query.after === undefined ? {} : { after: query.after }) }),
  };
}
