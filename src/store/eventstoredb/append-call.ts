/**
 * The server's BatchAppend call, kept open on a client and fed with one append after another. The client's own
 * appendToStream takes it too, but keeps the pending appends of all clients in one table of its module: an error on one
 * rejects the appends of the others, whose late answers then end the process. It also asks for the server's methods
 * first, without a deadline, keeps a rejection for ever, and sends deadlines by this machine's clock, which is not the
 * server's. Here each call has a table of its own and none of the rest: who waits sets a timer, and a late answer finds
 * somebody who no longer listens.
 */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { convertToCommandError, type EventStoreDBClient } from '@eventstore/db-client';
import type { unpackToCommandError as Unpack } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type * as Services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as Messages from '@eventstore/db-client/generated/streams_pb.js';
import type { ExpectedRevision, NewEvent } from '../port.js';
import { answersOne, CallLostError, NotSentError } from './errors.js';
import type { Place } from './position.js';

// The client's message classes: their exports are made at run time, where an import by name does not find them.
const load = createRequire(import.meta.url);
const { BatchAppendReq } = load('@eventstore/db-client/generated/streams_pb.js') as typeof Messages;
const { Empty, StreamIdentifier, UUID } = load('@eventstore/db-client/generated/shared_pb.js') as typeof Shared;
const { StreamsClient } = load('@eventstore/db-client/generated/streams_grpc_pb.js') as typeof Services;
const { unpackToCommandError } = load('@eventstore/db-client/dist/streams/appendToStream/unpackError.js') as { unpackToCommandError: typeof Unpack };

/** The most bytes in one message: the server takes 4 MB. Only an append of very many tiny events needs a second one. */
const MESSAGE_BYTES = 3 * 1024 * 1024;
/** What an event takes on the wire beside its type, data and metadata, at most: id, keys and lengths. */
const OVERHEAD_BYTES = 128;

/** An append as it is sent, as often as it takes. */
export interface Prepared {
  streamId: string;
  options: Messages.BatchAppendReq.Options;
  messages: Messages.BatchAppendReq.ProposedMessage[][];
}

export interface Appended {
  lastRevision: number;
  /** Absent in some answers to a repetition. */
  place?: Place;
}

type Call = ReturnType<Services.StreamsClient['batchAppend']>;
interface Waiting {
  streamId: string;
  resolve: (appended: Appended) => void;
  reject: (error: Error) => void;
}

/** The parts of the client that its types keep from others. */
interface Insides {
  GRPCStreamCreator(service: typeof StreamsClient, name: string, create: (grpc: Services.StreamsClient) => Call, cache: WeakMap<Services.StreamsClient, Call>): () => Promise<Call>;
  callArguments(options: object, callOptions: { deadline: number }): Parameters<Services.StreamsClient['batchAppend']>;
}

/** The open call of each of the clients' connections, and the appends that wait for an answer of it. */
const open = new WeakMap<Services.StreamsClient, Call>();
const waitingOn = new WeakMap<Call, Map<string, Waiting>>();

/** Writes the events out at once: what the caller changes later is not sent. */
export function prepare(streamId: string, events: readonly NewEvent[], expected: ExpectedRevision): Prepared {
  const options = new BatchAppendReq.Options().setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(streamId)));
  if (typeof expected === 'number') options.setStreamPosition(String(expected));
  else if (expected === 'no_stream') options.setNoStream(new Empty());
  else if (expected === 'stream_exists') options.setStreamExists(new Empty());
  else options.setAny(new Empty());
  const messages: Prepared['messages'] = [[]];
  let bytes = 0;
  for (const { id, type, data, metadata } of events) {
    const message = new BatchAppendReq.ProposedMessage().setId(new UUID().setString(id));
    message.getMetadataMap().set('type', type).set('content-type', 'application/json');
    const [content, custom] = [Buffer.from(JSON.stringify(data)), Buffer.from(JSON.stringify(metadata))];
    message.setData(content).setCustomMetadata(custom);
    const size = OVERHEAD_BYTES + type.length * 3 + content.length + custom.length;
    if (bytes + size > MESSAGE_BYTES) {
      messages.push([]);
      bytes = 0;
    }
    bytes += size;
    messages.at(-1)?.push(message);
  }
  return { streamId, options, messages };
}

/**
 * Sends an append and waits for its answer, however long that takes.
 * @throws the client's errors, NotSentError, CallLostError when the call ended for another append's sake
 */
export async function sendAppend(client: EventStoreDBClient, { streamId, options, messages }: Prepared): Promise<Appended> {
  const insides = client as unknown as Insides;
  const call = await insides.GRPCStreamCreator(StreamsClient, 'batchAppend', (grpc) => openCall(grpc, insides), open)();
  const waiting = waitingOn.get(call);
  if (!waiting) throw new NotSentError();
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    waiting.set(id, { streamId, resolve, reject });
    for (const [index, proposed] of messages.entries()) {
      const request = new BatchAppendReq().setCorrelationId(new UUID().setString(id)).setProposedMessagesList(proposed).setIsFinal(index === messages.length - 1);
      if (index === 0) request.setOptions(options);
      // What the call does not take at once waits in its own memory, where the caller's events are already.
      call.write(request);
    }
  });
}

function openCall(grpc: Services.StreamsClient, insides: Insides): Call {
  const call = grpc.batchAppend(...insides.callArguments({}, { deadline: Infinity }));
  const waiting = new Map<string, Waiting>();
  waitingOn.set(call, waiting);
  const over = (failure: Error): void => {
    if (!waitingOn.delete(call)) return;
    // The end may be the answer to one of them; what became of the others is not known.
    const told = waiting.size > 1 && answersOne(failure) ? new CallLostError(failure) : failure;
    for (const { reject } of waiting.values()) reject(told);
  };
  call.on('data', (answer: Messages.BatchAppendResp) => {
    const id = answer.getCorrelationId()?.getString() ?? '';
    const append = waiting.get(id);
    waiting.delete(id);
    if (append) settle(append, answer);
  });
  // Stays on: an error that nobody hears ends the process.
  call.on('error', (error: Error) => over(convertToCommandError(error)));
  call.on('end', () => {
    over(new Error('the server ended the call'));
    call.end();
  });
  return call;
}

function settle({ streamId, resolve, reject }: Waiting, answer: Messages.BatchAppendResp): void {
  const refusal = answer.getError();
  if (refusal) {
    try {
      return reject(unpackToCommandError(refusal, streamId));
    } catch (cause) {
      return reject(new Error(refusal.getMessage(), { cause }));
    }
  }
  const success = answer.getSuccess();
  const position = success?.getPosition();
  const lastRevision = Number(success?.getCurrentRevision());
  resolve(position ? { lastRevision, place: { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) } } : { lastRevision });
}
