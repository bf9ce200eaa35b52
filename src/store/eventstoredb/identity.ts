/** The store's id: the first event of the stream market.store, made by whoever opens the log first. */
import { randomUUID } from 'node:crypto';
import { StoreOpenError, WrongExpectedRevisionError, type RecordedEvent } from '../port.js';
import type { Append } from './appending.js';
import { StreamDeletedError } from './errors.js';
import type { Reader } from './reading.js';
import { IDENTITY_STREAM } from './records.js';

/** @throws StoreOpenError when the stream is there but is not what it should be, or may not be made */
export async function readIdentity(reader: Reader, append: Append, readOnly: boolean): Promise<string> {
  const first = async (): Promise<RecordedEvent | undefined> => (await reader.stream(IDENTITY_STREAM, { from: 'start', direction: 'forwards', limit: 1 }))[0];
  try {
    let event = await first();
    if (!event) {
      if (readOnly) throw new StoreOpenError(`the log has no id yet (the stream ${IDENTITY_STREAM} is empty): open it once without read-only`);
      try {
        await append(IDENTITY_STREAM, [{ id: randomUUID(), type: 'StoreIdentified', data: { id: randomUUID() }, metadata: {} }], 'no_stream');
      } catch (error) {
        // Another process was first: its id counts.
        if (!(error instanceof WrongExpectedRevisionError)) throw error;
      }
      event = await first();
    }
    const id = event?.data['id'];
    if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) throw new StoreOpenError(`the first event of ${IDENTITY_STREAM} holds no id: the stream belongs to something else`);
    return id;
  } catch (error) {
    if (error instanceof StreamDeletedError) throw new StoreOpenError(`the stream ${IDENTITY_STREAM}, which holds the store's id, was deleted for ever: this log can no longer be told from others`, { cause: error });
    throw error;
  }
}
