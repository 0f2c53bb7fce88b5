import { type RecordBatchHeader, RecordCursor, recordBatches } from '@millrace/protocol';
import type { PartitionLog } from '../log/partition-log.ts';

export type KeyedRecord = {
  readonly offset: number;
  readonly key: string;
  readonly value: string | null;
  readonly timestamp: number;
};

/** All records with a key from an offset on, as a consumer would read them. */
export function keyedRecords(log: PartitionLog, from: number = log.logStartOffset): KeyedRecord[] {
  return read(log, from, () => true);
}

/** The same, but without those of aborted and of open transactions. */
export function committedRecords(log: PartitionLog): KeyedRecord[] {
  const aborted = log.abortedTransactions(log.logStartOffset, log.lastStableOffset);
  return read(log, log.logStartOffset, (header) => {
    if (header.lastOffset >= log.lastStableOffset) return false;
    return !aborted.some(
      ({ producerId, firstOffset, lastOffset }) =>
        header.isTransactional &&
        producerId === header.producerId &&
        firstOffset <= header.lastOffset &&
        header.lastOffset < lastOffset,
    );
  });
}

function read(log: PartitionLog, from: number, accepts: (header: RecordBatchHeader) => boolean): KeyedRecord[] {
  const records: KeyedRecord[] = [];
  for (let offset = from; offset < log.highWatermark; ) {
    const bytes = log.read(offset, 1000);
    const cursor = new RecordCursor(bytes, { fromOffset: offset, checkCrcs: true, acceptBatch: accepts });
    while (cursor.next()) {
      const { timestamp } = cursor;
      const key = Buffer.from(cursor.key() ?? 'no key').toString();
      const value = cursor.value();
      records.push({
        offset: cursor.offset,
        key,
        value: value === null ? null : Buffer.from(value).toString(),
        timestamp,
      });
    }
    for (const header of recordBatches(bytes)) offset = header.lastOffset + 1;
  }
  return records;
}
