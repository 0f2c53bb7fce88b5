import { RecordCursor } from '@millrace/protocol';
import { committedOnly } from './aborted-batches.ts';
import type { FetchedPartition } from './fetcher-options.ts';

/**
 * The records of a fetched partition, from the offset that was asked for; of a fetcher that reads committed records, those
 * only. `bytes` is another view of the same records.
 */
export function cursorOver(fetched: FetchedPartition, bytes: Uint8Array = fetched.records): RecordCursor {
  const { fetchOffset: fromOffset, abortedTransactions } = fetched;
  if (abortedTransactions.length === 0) return new RecordCursor(bytes, { fromOffset });
  return new RecordCursor(bytes, { fromOffset, acceptBatch: committedOnly(fetched) });
}
