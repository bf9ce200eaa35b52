/** Clients of the serving bench, in a process of their own: so many requests over so many connections, each waited for. */
import { Agent, request } from 'node:http';

export interface Order {
  url: string;
  headers: Record<string, string>;
  /** Requests in all, and at a time. */
  requests: number;
  together: number;
  expected: number;
}

const agents = new Map<number, Agent>();

function get(agent: Agent, { url, headers, expected }: Order): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (res) => {
      if (res.statusCode !== expected) reject(new Error(`${url}: ${res.statusCode}, expected ${expected}`));
      res.resume();
      res.on('end', resolve);
    }).on('error', reject).end();
  });
}

process.on('message', (order: Order) => {
  let agent = agents.get(order.together);
  if (!agent) agents.set(order.together, (agent = new Agent({ keepAlive: true, maxSockets: order.together })));
  const own = agent;
  let left = order.requests;
  const client = async (): Promise<void> => {
    while (left-- > 0) await get(own, order);
  };
  Promise.all(Array.from({ length: order.together }, client)).then(
    () => process.send?.({ requests: order.requests }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
