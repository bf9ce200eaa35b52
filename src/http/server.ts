/** Listens, and stops: requests under way are finished, idle connections closed. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../config.js';
import { openWorlds } from '../synthetic/worlds.js';
import type { Tracker } from '../tracker.js';
import { createApp } from './app.js';

/** Thrown when the address can't be listened on; says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

export interface RunningServer {
  url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  host: string;
  port: number;
  log: (message: string) => void;
  /** After how long a client that reads nothing is let go, and the longest silence of a stream; for tests. */
  slowAfterMs?: number;
  quietMs?: number;
}

/** @throws ListenError */
export async function serve(tracker: Tracker, options: ServeOptions): Promise<RunningServer> {
  const worlds = openWorlds(tracker, options.log);
  const app = createApp(tracker, options.log, { worlds, loopback: LOOPBACK.includes(options.host) });
  const stopping = new AbortController();
  Object.assign(app.locals, { stopping: stopping.signal, slowAfterMs: options.slowAfterMs, quietMs: options.quietMs });
  const server = createServer({ headersTimeout: 20_000, requestTimeout: 60_000 }, app);
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
