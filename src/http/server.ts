/** Listens, and stops: requests under way are finished, idle connections closed. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../config.js';
import { createLogger, type Logger } from '../logger.js';
import { openWorlds } from '../synthetic/worlds.js';
import type { Tracker } from '../tracker.js';
import { createApp, type AppOptions } from './app.js';
import { createMetrics } from './metrics.js';

/** Thrown when the address can't be listened on; says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

export interface RunningServer {
  url: string;
  close(): Promise<void>;
}

export interface ServeOptions extends Partial<Pick<AppOptions, 'metrics' | 'tokens' | 'rateLimit' | 'cors' | 'allowedHosts'>> {
  host: string;
  port: number;
  /** Told of what happens, in sentences. */
  log: (message: string) => void;
  /** Told of requests; default: of failures alone, by `log`. */
  logger?: Logger;
  /** After how long a client that reads nothing is let go, and the longest silence of a stream; for tests. */
  slowAfterMs?: number;
  quietMs?: number;
  /** How long the head of a request may take, and how long a connection may be silent in the middle of one; for tests. */
  patience?: { headersMs?: number; silentMs?: number; bodyMs?: number };
}

/** A long upload of events is taken as it comes. */
const LONGEST_REQUEST_MS = 3_600_000;

/** @throws ListenError */
export async function serve(tracker: Tracker, options: ServeOptions): Promise<RunningServer> {
  const worlds = openWorlds(tracker, options.log);
  const { log, host: address, metrics = createMetrics(), tokens = null, rateLimit = null, cors = [], allowedHosts = [] } = options;
  const logger = options.logger ?? createLogger({ level: 'error', format: 'text', write: (line) => { log(line.trimEnd()); } });
  const unwatch = metrics.watch(tracker);
  const app = createApp(tracker, { worlds, logger, metrics, tokens, rateLimit, cors, allowedHosts, loopback: LOOPBACK.includes(address) });
  const stopping = new AbortController();
  Object.assign(app.locals, { stopping: stopping.signal, slowAfterMs: options.slowAfterMs, quietMs: options.quietMs, bodyWithinMs: options.patience?.bodyMs });
  const { headersMs, silentMs } = { headersMs: 20_000, silentMs: 120_000, ...options.patience };
  const server = createServer({ headersTimeout: headersMs, requestTimeout: LONGEST_REQUEST_MS, connectionsCheckingInterval: Math.min(5000, headersMs) }, app);
  // Neither reads nor writes: a client that is slow to send, or does not take its answer.
  server.timeout = silentMs;
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    async close() {
      await new Promise<void>((resolve) => {
        // A connection that is kept alive after its last answer would be waited for.
        const sweep = setInterval(() => { server.closeIdleConnections(); }, 50);
        server.close(() => {
          clearInterval(sweep);
          resolve();
        });
        // Answers that would go on for ever end.
        stopping.abort();
        setTimeout(() => server.closeAllConnections(), 5000).unref();
      });
      unwatch();
      await worlds.close();
    },
  };
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new ListenError(`${host}:${port} is in use: another tracker may be running there; choose another with --port or TRACKER_PORT`));
      else if (error.code === 'EACCES') reject(new ListenError(`${host}:${port} needs more rights: choose a port above 1023 with --port or TRACKER_PORT`));
      else reject(new ListenError(`${host}:${port}: ${error.message}`));
    });
    server.listen(port, host, resolve);
  });
}
