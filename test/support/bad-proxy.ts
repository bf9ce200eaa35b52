/** A proxy as they are met: it holds back what it forwards until so much has come or so long has passed, and cuts connections. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BadProxy {
  url: string;
  /** Connections that it cut. */
  cuts: () => number;
  close(): Promise<void>;
}

export interface BadProxyOptions {
  /** Forwards in pieces of so many bytes; the rest when the answer ends. */
  holdBytes?: number;
  /** Forwards what it holds after so long, whatever the size; never by default. */
  holdMs?: number;
  /** Cuts an answer after so many bytes, in the middle of whatever that is; `null`: this one not. */
  cutAfter?: () => number | null;
}

export async function badProxy(target: string, { holdBytes = 1, holdMs = Infinity, cutAfter = () => null }: BadProxyOptions): Promise<BadProxy> {
  let cut = 0;
  const server = createServer((req, res) => {
    const { hostname, port } = new URL(target);
    const upstream = request({ hostname, port, path: req.url, method: req.method, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      const limit = cutAfter();
      let [held, passed]: [Buffer[], number] = [[], 0];
      const forward = (): void => {
        let bytes = Buffer.concat(held);
        held = [];
        if (limit !== null && passed + bytes.length >= limit) {
          bytes = bytes.subarray(0, limit - passed);
          cut += 1;
          res.write(bytes, () => { res.destroy(); });
          answer.destroy();
          return;
        }
        passed += bytes.length;
        if (bytes.length > 0) res.write(bytes);
      };
      const timer = holdMs === Infinity ? null : setInterval(forward, holdMs);
      answer.on('data', (chunk: Buffer) => {
        held.push(chunk);
        if (held.reduce((sum, { length }) => sum + length, 0) >= holdBytes) forward();
      });
      answer.on('end', () => {
        forward();
        res.end();
      });
      answer.on('error', () => res.destroy());
      answer.on('close', () => { if (timer) clearInterval(timer); });
    });
    upstream.on('error', () => res.destroy());
    res.on('close', () => upstream.destroy());
    req.pipe(upstream);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => { resolve(); });
        server.closeAllConnections();
      }),
  };
}
