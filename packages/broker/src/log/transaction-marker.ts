import { decodeControlRecord, type EndTransactionMarker, RecordCursor } from '@millrace/protocol';

/** The end of a transaction as it is written into each of its partitions. */
export type TransactionEnd = EndTransactionMarker & { readonly producerId: number; readonly producerEpoch: number };

/** The marker in the control batch at a place; null for a control batch of another kind. */
export function readMarker(bytes: Uint8Array, at: number, sizeInBytes: number): EndTransactionMarker | null {
  const cursor = new RecordCursor(bytes, { start: at, end: at + sizeInBytes, includeControl: true });
  if (!cursor.next()) return null;
  const control = decodeControlRecord(cursor.key(), cursor.value());
  return control.kind === 'other' ? null : control;
}
