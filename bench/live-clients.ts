/** Readers of live streams, in a process of their own: so many sockets, whose messages are counted and not parsed. */
import net from 'node:net';

interface Order { port: number; path: string; clients: number }
/** How many messages of each client are awaited; told back once all have them, with the delays of a few that were looked into. */
interface Await { messages: number }

const MARK = '{"at":';
let counts: number[] = [];
let delays: number[] = [];
let target = Infinity;
const sockets: net.Socket[] = [];

function check(): void {
  if (!counts.every((count) => count >= target)) return;
  target = Infinity;
  process.send?.({ kind: 'have', most: Math.max(...counts), delays });
  delays = [];
}

process.on('message', (order: Order | Await) => {
  if ('messages' in order) {
    counts = counts.map(() => 0);
    target = order.messages;
    check();
    return;
  }
  for (const socket of sockets.splice(0)) socket.destroy();
  counts = Array.from({ length: order.clients }, () => 0);
  let open = 0;
  for (let i = 0; i < order.clients; i += 1) {
    const socket = net.connect(order.port, '127.0.0.1', () => socket.write(`GET ${order.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n`));
    sockets.push(socket);
    socket.once('data', () => {
      open += 1;
      if (open === order.clients) process.send?.({ kind: 'open' });
    });
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (piece: Buffer) => {
      // A piece may end within the mark.
      const chunk = Buffer.concat([rest, piece]);
      rest = chunk.subarray(-(MARK.length - 1));
      for (let at = chunk.indexOf(MARK); at !== -1; at = chunk.indexOf(MARK, at + 1)) counts[i] = (counts[i] ?? 0) + 1;
      // The first client says how long it took, by the time that is in the event.
      if (i === 0) for (const [, sent] of piece.toString().matchAll(/"sent":(\d+)/g)) delays.push(Date.now() - Number(sent));
      check();
    });
  }
});
