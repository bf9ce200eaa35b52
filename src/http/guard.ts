/**
 * Who may speak to a server that listens on loopback: programs of this machine, and pages that it served itself. A page of
 * another site can make a browser send requests here; without these checks it could read answers (by a name of its own
 * that it points at 127.0.0.1) or write.
 */
import type { RequestHandler } from 'express';
import { sendProblem } from './problem.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** @param loopback whether the server listens on loopback alone: only there are the names known by which it can be asked */
export function guard(loopback: boolean): RequestHandler {
  return (req, res, next) => {
    const host = req.headers.host ?? '';
    if (loopback && !LOOPBACK.has(nameIn(`http://${host}`))) {
      sendProblem(res, { status: 421, kind: 'misdirected', title: 'Not asked by a name of this machine', detail: `Host: expected 127.0.0.1, localhost or [::1], got ${JSON.stringify(host.slice(0, 80))}: the server listens on loopback alone` });
      return;
    }
    const { origin } = req.headers;
    if (req.method !== 'GET' && req.method !== 'HEAD' && origin !== undefined && !isOwn(origin, host)) {
      sendProblem(res, { status: 403, kind: 'cross-origin', title: 'Pages of other sites may not write', detail: `Origin: expected none, or this server's own, got ${JSON.stringify(origin.slice(0, 80))}` });
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
