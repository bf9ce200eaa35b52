/**
 * An EventStoreDB that stands in for a real one: the client's own service definitions over a log in memory, reached
 * through a small proxy so that connections can be dropped, half closed and refused. On command it misbehaves as real
 * servers and networks do. It knows what the adapter uses and no more.
 */
import net from 'node:net';
import { once } from 'node:events';
import { Server, ServerCredentials, type ServerDuplexStream, type ServerUnaryCall, type ServerWritableStream, type sendUnaryData, type UntypedHandleCall } from '@grpc/grpc-js';
import { createAccess, secureCredentials, TEST_CA, type Access } from './access.js';
import { comparePlaces, createServerLog, type LogOptions, type Proposed, type ServerLog, type ServerRecord } from './server-log.js';
import { runSubscription, type RunningSubscription } from './subscription.js';
import { batchRefusal, batchResponse, eventMessage, expectedOf, features, gossip, GossipService, identifierOf, proposedOf, refusals, ServerFeaturesService, streamIdOf, streams, StreamsService, uuidOf, type GossipMessages, type Refusal, type SharedMessages, type StreamMessages } from './wire.js';

export type Method = 'readStream' | 'readAll' | 'subscribe' | 'append' | 'supportedMethods' | 'gossip';
/** silent: takes the call and never answers. swallow: does what it is asked, then never answers; twice: answers twice. */
export type Fault = 'silent' | 'swallow' | 'twice' | Refusal | { delayMs: number };

export interface StandInOptions extends LogOptions {
  log?: ServerLog;
  /** How far the server's clock is ahead of the client's: deadlines by the client's clock are over sooner. */
  clockAheadMs?: number;
  /** Served over TLS, where users and rights count; without it nobody is asked who he is, as on a server run insecure. */
  tls?: boolean;
}

export interface Member {
  host: string;
  port: number;
  state: 'leader' | 'follower' | 'catching-up';
}

export interface StandIn {
  readonly port: number;
  /** A connection string for it. */
  readonly url: string;
  readonly log: ServerLog;
  readonly subscriptions: ReadonlySet<RunningSubscription>;
  /** Present with TLS. */
  readonly access: Access | undefined;
  /** The reads under way: sent as fast as they are taken. */
  readonly reads: ReadonlySet<unknown>;
  /** How often each method was called, refused calls included. */
  readonly calls: Record<Method, number>;
  /** How many connections were taken so far. */
  readonly connections: number;
  /** What gossip answers; null: a single node that has no say in it. */
  members: Member[];
  /** The next `times` calls of the method meet this fault. */
  fail(method: Method, fault: Fault, times?: number): void;
  /** Takes back every fault. */
  heal(): void;
  dropConnections(): void;
  halfCloseConnections(): void;
  /** Takes no connections until heal(); those there are go on. */
  refuseConnections(): void;
  endSubscriptions(): void;
  muteSubscriptions(): void;
  /** Ends the calls that carry appends normally, unasked. */
  endAppendCalls(): void;
  stop(): Promise<void>;
}

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const log = options.log ?? createServerLog(options);
  if (log.records.length === 0) log.writeSystemEvents(3);
  const access = options.tls ? createAccess() : undefined;
  const faults: { method: Method; fault: Fault; times: number }[] = [];
  const calls: Record<Method, number> = { readStream: 0, readAll: 0, subscribe: 0, append: 0, supportedMethods: 0, gossip: 0 };
  const subscriptions = new Set<RunningSubscription>();
  const reads = new Set<unknown>();
  const appendCalls = new Set<{ end(): void }>();
  const timers = new Set<NodeJS.Timeout>();
  let refusing = false;
  let taken = 0;

  /** Runs a call through the fault that awaits it, if one does. */
  function meet(method: Method, refuse: (refusal: Refusal) => void, answer: (replies: number) => void): void {
    calls[method]++;
    const planned = faults.find((each) => each.method === method && each.times > 0);
    if (!planned) return answer(1);
    planned.times--;
    if (planned.fault === 'silent') return;
    if (planned.fault === 'swallow') return answer(0);
    if (planned.fault === 'twice') return answer(2);
    if ('code' in planned.fault) return refuse(planned.fault);
    const timer = setTimeout(() => (timers.delete(timer), answer(1)), planned.fault.delayMs);
    timers.add(timer);
  }

  function read(call: ServerWritableStream<StreamMessages.ReadReq, StreamMessages.ReadResp>): void {
    const asked = call.request.getOptions();
    const method = asked?.hasSubscription() ? 'subscribe' : asked?.hasAll() ? 'readAll' : 'readStream';
    const refuse = (error: Refusal): void => void call.emit('error', error);
    const denied = access?.check(call.metadata, asked?.hasAll() ? '$all' : streamIdOf(asked?.getStream()?.getStreamIdentifier()));
    if (denied) return refuse(denied);
    const resolve = asked?.getResolveLinks() === true;
    meet(method, refuse, (replies) => {
      if (method === 'subscribe') {
        subscriptions.add(runSubscription(log, call, (ended) => subscriptions.delete(ended)));
        return;
      }
      const found = method === 'readAll' ? selectAll(log.records, asked) : selectStream(asked, refuse);
      if (!found || replies === 0) return;
      void send(call, found.map((record) => eventMessage(record, resolve ? log.target(record) : undefined)));
    });

    function selectStream(wanted: StreamMessages.ReadReq.Options | undefined, refuseIt: (error: Refusal) => void): ServerRecord[] | undefined {
      const from = wanted?.getStream();
      const streamId = streamIdOf(from?.getStreamIdentifier());
      if (log.isTombstoned(streamId)) return void refuseIt(refusals.deleted(streamId));
      const stream = log.stream(streamId);
      if (!stream) {
        const missing = new streams.ReadResp.StreamNotFound();
        missing.setStreamIdentifier(identifierOf(streamId));
        const response = new streams.ReadResp();
        response.setStreamNotFound(missing);
        call.write(response);
        call.end();
        return undefined;
      }
      const forwards = wanted?.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS;
      const revision = from?.hasStart() ? 0 : from?.hasEnd() ? Infinity : Number(from?.getRevision());
      const chosen = forwards ? stream.filter((record) => record.revision >= revision) : stream.filter((record) => record.revision <= revision).reverse();
      return chosen.slice(0, Number(wanted?.getCount()));
    }
  }

  async function send(call: ServerWritableStream<StreamMessages.ReadReq, StreamMessages.ReadResp>, messages: StreamMessages.ReadResp[]): Promise<void> {
    reads.add(call);
    const gone = once(call, 'cancelled').then(() => reads.delete(call));
    for (const message of messages) {
      if (!call.write(message)) await Promise.race([once(call, 'drain'), gone]);
      if (!reads.has(call)) return;
    }
    reads.delete(call);
    call.end();
  }

  function append(call: ServerDuplexStream<StreamMessages.BatchAppendReq, StreamMessages.BatchAppendResp>): void {
    const pending = new Map<string, { options: StreamMessages.BatchAppendReq.Options | undefined; proposed: Proposed[] }>();
    appendCalls.add(call);
    call.on('error', () => undefined);
    call.on('end', () => call.end());
    call.on('close', () => appendCalls.delete(call));
    call.on('data', (request: StreamMessages.BatchAppendReq) => {
      const id = request.getCorrelationId()?.getString() ?? '';
      const batch = pending.get(id) ?? { options: request.getOptions(), proposed: [] };
      pending.set(id, batch);
      batch.proposed.push(...request.getProposedMessagesList().map(proposedOf));
      if (!request.getIsFinal()) return;
      pending.delete(id);
      const streamId = streamIdOf(batch.options?.getStreamIdentifier());
      // Most refusals answer the one append; the others end the call, and with it all appends that wait.
      const refuse = (refused: Refusal): void => void (refused.answer ? call.write(batchRefusal(request, streamId, refused.answer)) : call.emit('error', refused));
      const denied = access?.check(call.metadata, streamId);
      if (denied) return refuse(denied);
      meet('append', refuse, (replies) => {
        const deadline = batch.options?.getDeadline()?.toDate().getTime() ?? Infinity;
        if (deadline < Date.now() + (options.clockAheadMs ?? 0)) return refuse(refusals.timedOut());
        const outcome = log.append(streamId, expectedOf(batch.options), batch.proposed);
        for (let n = 0; n < replies; n++) call.write(batchResponse(request, streamId, outcome));
      });
    });
  }

  function readGossip(_call: ServerUnaryCall<SharedMessages.Empty, GossipMessages.ClusterInfo>, done: sendUnaryData<GossipMessages.ClusterInfo>): void {
    meet('gossip', (error) => done(error), () => {
      const info = new gossip.ClusterInfo();
      for (const { host, port, state } of standIn.members) {
        const member = new gossip.MemberInfo();
        const endPoint = new gossip.EndPoint();
        endPoint.setAddress(host).setPort(port);
        member.setInstanceId(uuidOf('00000000-0000-4000-8000-000000000000')).setTimeStamp('0').setIsAlive(true).setHttpEndPoint(endPoint);
        member.setState({ leader: gossip.MemberInfo.VNodeState.LEADER, follower: gossip.MemberInfo.VNodeState.FOLLOWER, 'catching-up': gossip.MemberInfo.VNodeState.CATCHINGUP }[state]);
        info.addMembers(member);
      }
      done(null, info);
    });
  }

  function supportedMethods(_call: unknown, done: sendUnaryData<InstanceType<typeof features.SupportedMethods>>): void {
    meet('supportedMethods', (error) => done(error), () => {
      const method = new features.SupportedMethod();
      method.setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
      const answer = new features.SupportedMethods();
      answer.setEventStoreServerVersion('23.10.1');
      answer.addMethods(method);
      done(null, answer);
    });
  }

  // As many calls on one connection as the real server takes.
  const server = new Server({ 'grpc.max_concurrent_streams': 100, 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
  const handler = (call: unknown): UntypedHandleCall => call as UntypedHandleCall;
  const unknown = handler((_call: unknown, done: sendUnaryData<unknown>) => done(refusals.unexpected()));
  server.addService(StreamsService, { read: handler(read), append: unknown, batchAppend: handler(append), delete: unknown, tombstone: unknown });
  server.addService(GossipService, { read: handler(readGossip) });
  server.addService(ServerFeaturesService, { getSupportedMethods: handler(supportedMethods) });
  const inner = await new Promise<number>((resolve, reject) => server.bindAsync('127.0.0.1:0', options.tls ? secureCredentials() : ServerCredentials.createInsecure(), (error, port) => (error ? reject(error) : resolve(port))));

  const sockets = new Set<net.Socket>();
  const proxy = net.createServer({ allowHalfOpen: true }, (socket) => {
    if (refusing) return void socket.destroy();
    const upstream = net.connect({ port: inner, host: '127.0.0.1', noDelay: true });
    socket.setNoDelay(true);
    sockets.add(socket);
    taken++;
    for (const [one, other] of [[socket, upstream], [upstream, socket]] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => (sockets.delete(socket), other.destroy()));
    }
    socket.pipe(upstream).pipe(socket);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as net.AddressInfo;

  const standIn: StandIn = {
    port,
    url: options.tls ? `esdb://localhost:${port}?tlsCAFile=${TEST_CA}` : `esdb://127.0.0.1:${port}?tls=false`,
    access,
    log,
    subscriptions,
    reads,
    calls,
    get connections() {
      return taken;
    },
    members: [{ host: '127.0.0.1', port, state: 'leader' }],
    fail: (method, fault, times = Infinity) => void faults.push({ method, fault, times }),
    heal: () => {
      faults.length = 0;
      refusing = false;
    },
    dropConnections: () => sockets.forEach((socket) => socket.resetAndDestroy()),
    halfCloseConnections: () => sockets.forEach((socket) => socket.end()),
    refuseConnections: () => void (refusing = true),
    endSubscriptions: () => [...subscriptions].forEach((subscription) => subscription.end()),
    muteSubscriptions: () => subscriptions.forEach((subscription) => subscription.mute()),
    endAppendCalls: () => appendCalls.forEach((call) => call.end()),
    stop: async () => {
      timers.forEach(clearTimeout);
      sockets.forEach((socket) => socket.destroy());
      server.forceShutdown();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
  return standIn;
}

function selectAll(records: readonly ServerRecord[], asked: StreamMessages.ReadReq.Options | undefined): ServerRecord[] {
  const from = asked?.getAll();
  const position = from?.getPosition();
  const count = Number(asked?.getCount());
  const place = position ? { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) } : undefined;
  if (asked?.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS) {
    if (from?.hasEnd()) return [];
    // As on the server: the record at the position itself is included forwards, left out backwards.
    const first = place ? records.findIndex((record) => comparePlaces(record, place) >= 0) : 0;
    return first < 0 ? [] : records.slice(first, first + count);
  }
  if (from?.hasStart()) return [];
  const last = place ? records.findLastIndex((record) => comparePlaces(record, place) < 0) : records.length - 1;
  return records.slice(Math.max(0, last + 1 - count), last + 1).reverse();
}
