/**
 * A subscription to $all as the server runs it: confirmation, catch-up with a checkpoint at its end, caughtUp, then live
 * events; with a filter, a checkpoint for every window of records that it looked at.
 */
import type { ServerWritableStream } from '@grpc/grpc-js';
import { comparePlaces, type ServerLog, type ServerRecord } from './server-log.js';
import { eventMessage, streams, type StreamMessages } from './wire.js';

type Call = ServerWritableStream<StreamMessages.ReadReq, StreamMessages.ReadResp>;

export interface RunningSubscription {
  prefixes: string[] | null;
  window: number;
  resolveLinks: boolean;
  /** Ends it normally, unasked. */
  end(): void;
  /** Stays open and says nothing more. */
  mute(): void;
}

export function runSubscription(log: ServerLog, call: Call, onEnd: (subscription: RunningSubscription) => void): RunningSubscription {
  const options = call.request.getOptions();
  const filter = options?.getFilter();
  const expression = filter?.getStreamIdentifier();
  const prefixes = expression ? expression.getPrefixList() : null;
  const window = (filter?.hasMax() ? filter.getMax() : 32) * (filter?.getCheckpointintervalmultiplier() ?? 1);
  const start = options?.getAll();
  const position = start?.getPosition();
  let next = 0;
  if (start?.hasEnd()) next = log.records.length;
  else if (position) {
    const place = { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) };
    const first = log.records.findIndex((record) => comparePlaces(record, place) > 0);
    next = first < 0 ? log.records.length : first;
  }
  let looked = 0;
  let muted = false;
  let over = false;

  const checkpoint = (record: ServerRecord | undefined): void => {
    if (!filter || !record) return;
    const message = new streams.ReadResp.Checkpoint();
    message.setCommitPosition(String(record.commit));
    message.setPreparePosition(String(record.prepare));
    const response = new streams.ReadResp();
    response.setCheckpoint(message);
    call.write(response);
  };
  const caughtUp = (): void => {
    const response = new streams.ReadResp();
    response.setCaughtUp(new streams.ReadResp.CaughtUp());
    call.write(response);
  };
  const sendNew = (): void => {
    while (!muted && !over && next < log.records.length) {
      const record = log.records[next++] as ServerRecord;
      if (prefixes === null || prefixes.some((prefix) => record.streamId.startsWith(prefix))) call.write(eventMessage(record, options?.getResolveLinks() ? log.target(record) : undefined));
      if (++looked % window === 0) checkpoint(record);
    }
  };
  const stop = (): void => {
    if (over) return;
    over = true;
    unlisten();
    onEnd(subscription);
  };
  const subscription: RunningSubscription = {
    prefixes,
    window,
    resolveLinks: options?.getResolveLinks() ?? false,
    end: () => {
      stop();
      call.end();
    },
    mute: () => void (muted = true),
  };
  const confirmation = new streams.ReadResp();
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId('00000000-0000-4000-8000-000000000000');
  confirmation.setConfirmation(confirmed);
  call.write(confirmation);
  const unlisten = log.onAppend(sendNew);
  call.on('cancelled', stop);
  sendNew();
  checkpoint(log.records.at(-1));
  caughtUp();
  return subscription;
}
