/**
 * Connections that can be thrown away. After a failure that the client may have remembered, a new client is made and the
 * old one is released when its last call is over. Here, too, are the places where the client's insides are changed.
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import { StoreClosedError, StoreOpenError } from '../port.js';
import { classify, TimedOutError } from './errors.js';
import type { Settings } from './connection-string.js';

/** A client on loan. */
export interface Lease {
  readonly client: EventStoreDBClient;
  /** Says that this client is no longer to be trusted: the next lease is of a new one. */
  renew(): void;
  release(): void;
}

export interface Connection {
  readonly where: string;
  readonly closed: boolean;
  /** @throws StoreClosedError, and StoreOpenError when no client can be made */
  lease(): Lease;
  /** Releases all clients; those on loan are cut off. */
  close(): Promise<void>;
}

interface Held {
  client: EventStoreDBClient;
  channels: Set<{ close(): void }>;
  users: number;
}

/** The parts of the client that its types keep private. */
interface Insides {
  handleError: (...args: unknown[]) => Promise<void>;
  createChannel: () => Promise<{ close(): void }>;
}

export function openConnection(settings: Settings): Connection {
  let current: Held | undefined;
  const all = new Set<Held>();
  let closed = false;
  const settle = (held: Held): void => {
    if (held !== current && held.users === 0) void release(held, all);
  };
  return {
    where: settings.where,
    get closed() {
      return closed;
    },
    lease() {
      if (closed) throw new StoreClosedError();
      if (!current) {
        current = makeClient(settings);
        all.add(current);
      }
      const held = current;
      held.users++;
      let returned = false;
      return {
        client: held.client,
        renew: () => {
          if (current === held) current = undefined;
        },
        release: () => {
          if (returned) return;
          returned = true;
          held.users--;
          settle(held);
        },
      };
    },
    async close() {
      closed = true;
      current = undefined;
      await Promise.all([...all].map((held) => release(held, all)));
    },
  };
}

async function release(held: Held, all: Set<Held>): Promise<void> {
  if (!all.delete(held)) return;
  // Streams that never end must not hold up the closing.
  await within(1000, held.client.dispose()).catch(() => undefined);
  for (const channel of held.channels) channel.close();
}

let made = 0;

function makeClient(settings: Settings): Held {
  const { hosts, discover, tls, credentials, rootCertificate, userCertFile, userKeyFile, nodePreference, numbers } = settings;
  const [first] = hosts;
  if (!first) throw new StoreOpenError('a host is missing');
  const { maxDiscoverAttempts, discoveryInterval, gossipTimeout, keepAliveInterval, keepAliveTimeout = 10_000 } = numbers;
  const discovery = {
    ...(nodePreference ? { nodePreference } : {}),
    ...(maxDiscoverAttempts === undefined ? {} : { maxDiscoverAttempts }),
    ...(discoveryInterval === undefined ? {} : { discoveryInterval }),
    ...(gossipTimeout === undefined ? {} : { gossipTimeout }),
  };
  const common = {
    connectionName: settings.connectionName ?? 'market-reaction-tracker',
    ...(keepAliveInterval === undefined ? {} : { keepAliveInterval }),
    // grpc-js shares one TCP connection among channels with the same options: without a difference, a new client would
    // go on with the connection that its predecessor was discarded for.
    keepAliveTimeout: keepAliveTimeout < 0 ? keepAliveTimeout : keepAliveTimeout + (++made % 1000),
  };
  const channel = tls ? { insecure: false, ...(rootCertificate ? { rootCertificate } : {}), ...(userCertFile ? { userCertFile } : {}), ...(userKeyFile ? { userKeyFile } : {}) } : { insecure: true };
  const client = discover
    ? new EventStoreDBClient({ ...common, ...discovery, discover: first }, channel, credentials)
    : hosts.length > 1
      ? new EventStoreDBClient({ ...common, ...discovery, endpoints: hosts }, channel, credentials)
      : new EventStoreDBClient({ ...common, endpoint: first }, channel, credentials);
  return { client, channels: rewire(client), users: 0 };
}

/**
 * Changes two things inside a client:
 * - Its reconnection is a promise that nobody awaits: while no node can be found it would end the process.
 * - Its channels are remembered, because the client itself never closes the last one.
 */
function rewire(client: EventStoreDBClient): Set<{ close(): void }> {
  const channels = new Set<{ close(): void }>();
  const insides = client as unknown as Insides;
  const { handleError, createChannel } = insides;
  insides.handleError = (...args) => handleError(...args).catch(() => undefined);
  insides.createChannel = async () => {
    const channel = await createChannel();
    channels.add(channel);
    return channel;
  };
  return channels;
}

export interface Patience {
  /** How long one attempt may take without an answer. */
  timeoutMs: number;
  /** How long passing failures are met with another attempt. */
  patienceMs: number;
}

const FIRST_PAUSE_MS = 50;
const LAST_PAUSE_MS = 1000;

/**
 * Makes a call, again and again while it fails in a passing way and `repeatable` allows it.
 * @throws the last failure, as it came; StoreClosedError
 */
export async function attempt<T>(connection: Connection, { timeoutMs, patienceMs }: Patience, work: (client: EventStoreDBClient) => Promise<T>, repeatable: (error: unknown) => boolean = () => true): Promise<T> {
  const end = performance.now() + patienceMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LAST_PAUSE_MS, pause * 2)) {
    const lease = connection.lease();
    try {
      const result = await within(timeoutMs, work(lease.client));
      // A read that is cut off by the closing ends like one that is complete.
      if (connection.closed) throw new StoreClosedError();
      return result;
    } catch (error) {
      if (connection.closed) throw new StoreClosedError();
      const failure = classify(error);
      if (failure.renew) lease.renew();
      if (failure.kind !== 'passing' || !repeatable(error) || performance.now() + pause > end) throw error;
    } finally {
      lease.release();
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** @throws TimedOutError when the promise takes longer; what it comes to later is not heard. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOutError(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
