/**
 * Keeps pages of other sites out of a server that asks for no token. A browser reaches 127.0.0.1 for any page that is open
 * in it; without these two checks it could read answers (by a name of its own that it points at 127.0.0.1) or write. And
 * nothing that is sent is to be taken for another type than it says.
 */
import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { sendProblem } from './problem.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface GuardOptions {
  /** Whether the server listens on loopback alone. */
  loopback: boolean;
  /** Whether a token is asked for: no page of others has one. */
  tokens: boolean;
  /** Further names by which it may be asked; where there are some, with tokens too it may be asked by no others. */
  hosts: readonly string[];
  /** Pages that may write. */
  origins: readonly string[];
}

export function guard({ loopback, tokens, hosts, origins }: GuardOptions): RequestHandler {
  const named = new Set(hosts.map((host) => host.toLowerCase()));
  // An address is not a name that somebody could point elsewhere.
  const isKnown = (name: string): boolean => LOOPBACK.has(name) || named.has(name) || (tokens && named.size === 0) || (!loopback && isIP(name.replace(/^\[|\]$/g, '')) !== 0);
  // Mostly it is the name of the request before.
  let [last, lastIsKnown] = ['', isKnown('')];
  return (req, res, next) => {
    res.set('X-Content-Type-Options', 'nosniff');
    const host = req.headers.host ?? '';
    if (host !== last) [last, lastIsKnown] = [host, isKnown(nameIn(`http://${host}`))];
    if (!lastIsKnown) {
      sendProblem(res, { status: 421, kind: 'misdirected', title: 'Not asked by a name of this server', detail: `Host: expected 127.0.0.1, localhost or [::1]${hosts.length > 0 ? `, ${hosts.join(', ')}` : ''}, got ${JSON.stringify(host.slice(0, 80))}: name others in TRACKER_ALLOWED_HOSTS` });
      return;
    }
    const { origin } = req.headers;
    if (req.method !== 'GET' && req.method !== 'HEAD' && origin !== undefined && !isOwn(origin, host) && !origins.includes(origin) && !origins.includes('*')) {
      sendProblem(res, { status: 403, kind: 'cross-origin', title: 'Pages of other sites may not write', detail: `Origin: expected none, or this server's own, got ${JSON.stringify(origin.slice(0, 80))}: name those that may in TRACKER_CORS` });
      return;
    }
    next();
  };
}

function nameIn(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function isOwn(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
