/** Between the stand-in's records and the messages of the client's own protocol definitions. */
import { createRequire } from 'node:module';
import { Metadata, status } from '@grpc/grpc-js';
import type * as GossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type * as GossipMessages from '@eventstore/db-client/generated/gossip_pb.js';
import type * as FeatureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type * as FeatureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as SharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type * as StatusMessages from '@eventstore/db-client/generated/status_pb.js';
import type * as StreamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as StreamMessages from '@eventstore/db-client/generated/streams_pb.js';
import { ANY, NO_STREAM, STREAM_EXISTS, type AppendOutcome, type Proposed, type ServerRecord } from './server-log.js';

const load = createRequire(import.meta.url);
const generated = '@eventstore/db-client/generated';
export const streams = load(`${generated}/streams_pb.js`) as typeof StreamMessages;
export const shared = load(`${generated}/shared_pb.js`) as typeof SharedMessages;
export const gossip = load(`${generated}/gossip_pb.js`) as typeof GossipMessages;
export const features = load(`${generated}/serverfeatures_pb.js`) as typeof FeatureMessages;
export const { StreamsService } = load(`${generated}/streams_grpc_pb.js`) as typeof StreamServices;
export const { GossipService } = load(`${generated}/gossip_grpc_pb.js`) as typeof GossipServices;
export const { ServerFeaturesService } = load(`${generated}/serverfeatures_grpc_pb.js`) as typeof FeatureServices;
const { Status } = load(`${generated}/status_pb.js`) as typeof StatusMessages;
const { Any } = load('google-protobuf/google/protobuf/any_pb.js') as { Any: new () => NonNullable<ReturnType<StatusMessages.Status['getDetails']>> };

export type { GossipMessages, StreamMessages, SharedMessages };

/** An error as grpc-js sends it. */
export interface Refusal {
  code: status;
  details: string;
  metadata?: Metadata;
  /** How an append is told so in a message of its own; without it the whole call ends with the error. */
  answer?: { type?: string; message?: string; details?: Uint8Array };
}

/** A refusal as the server words it: code, text, and the `exception` trailers by which the client tells them apart. */
export function refusal(code: status, details: string, trailers: Record<string, string> = {}): Refusal {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details, metadata };
}
export const refusals = {
  notReady: () => ({ ...refusal(status.UNAVAILABLE, 'Server Is Not Ready'), answer: { message: 'Server Is Not Ready' } }),
  denied: () => ({ ...refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }), answer: { type: 'AccessDenied' } }),
  notLeader: (host: string, port: number) => refusal(status.NOT_FOUND, 'Leader info available', { exception: 'not-leader', 'leader-endpoint-host': host, 'leader-endpoint-port': String(port) }),
  deleted: (streamId: string) => refusal(status.FAILED_PRECONDITION, `Event stream '${streamId}' is deleted.`, { exception: 'stream-deleted', 'stream-name': streamId }),
  timedOut: () => ({ ...refusal(status.ABORTED, 'Operation timed out: Prepare phase timeout.'), answer: { type: 'Timeout' } }),
  tooLarge: () => ({ ...refusal(status.INVALID_ARGUMENT, 'Maximum Append Size of 1048576 Exceeded.'), answer: { type: 'MaximumAppendSizeExceeded' } }),
  unexpected: () => refusal(status.UNKNOWN, 'Exception was thrown by handler.'),
  unavailable: () => refusal(status.UNAVAILABLE, 'Connection dropped'),
};

export function streamIdOf(identifier: SharedMessages.StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function identifierOf(streamId: string): SharedMessages.StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(streamId));
  return identifier;
}

export function uuidOf(id: string): SharedMessages.UUID {
  const uuid = new shared.UUID();
  uuid.setString(id);
  return uuid;
}

export function proposedOf(message: StreamMessages.BatchAppendReq.ProposedMessage): Proposed {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    custom: message.getCustomMetadata_asU8(),
  };
}

/** @param target what the record links to, where links are resolved */
export function eventMessage(record: ServerRecord, target?: ServerRecord): StreamMessages.ReadResp {
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recordMessage(target ?? record));
  if (target) event.setLink(recordMessage(record));
  event.setCommitPosition(String(record.commit));
  const response = new streams.ReadResp();
  response.setEvent(event);
  return response;
}

function recordMessage(record: ServerRecord): StreamMessages.ReadResp.ReadEvent.RecordedEvent {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuidOf(record.id));
  recorded.setStreamIdentifier(identifierOf(record.streamId));
  recorded.setStreamRevision(String(record.revision));
  recorded.setCommitPosition(String(record.commit));
  recorded.setPreparePosition(String(record.prepare));
  recorded.getMetadataMap().set('type', record.type).set('content-type', record.contentType).set('created', String(record.created));
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.custom);
  return recorded;
}

export function batchResponse(request: StreamMessages.BatchAppendReq, streamId: string, outcome: AppendOutcome): StreamMessages.BatchAppendResp {
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(request.getCorrelationId());
  response.setStreamIdentifier(identifierOf(streamId));
  if (outcome.kind === 'written') {
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(String(outcome.lastRevision));
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(outcome.record.commit));
    position.setPreparePosition(String(outcome.record.prepare));
    success.setPosition(position);
    response.setSuccess(success);
    return response;
  }
  if (outcome.kind === 'wrong') {
    const wrong = new shared.WrongExpectedVersion();
    if (outcome.current >= 0) wrong.setCurrentStreamRevision(String(outcome.current));
    return batchRefusal(request, streamId, { type: 'WrongExpectedVersion', details: wrong.serializeBinary() });
  }
  return batchRefusal(request, streamId, { type: 'StreamDeleted' });
}

export function batchRefusal(request: StreamMessages.BatchAppendReq, streamId: string, { type, message = type ?? '', details: packed = new Uint8Array() }: NonNullable<Refusal['answer']>): StreamMessages.BatchAppendResp {
  const failed = new Status();
  const details = new Any();
  details.pack(packed, type === undefined ? 'google.protobuf.Empty' : `event_store.client.${type}`);
  failed.setMessage(message);
  failed.setDetails(details);
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(request.getCorrelationId());
  response.setStreamIdentifier(identifierOf(streamId));
  response.setError(failed);
  return response;
}

/** What an append expects, as the server's number. */
export function expectedOf(options: StreamMessages.BatchAppendReq.Options | undefined): number {
  if (!options || options.hasAny()) return ANY;
  if (options.hasNoStream()) return NO_STREAM;
  if (options.hasStreamExists()) return STREAM_EXISTS;
  return Number(options.getStreamPosition());
}
