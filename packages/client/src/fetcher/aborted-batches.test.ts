import { buildMarkerBatch, RecordBatchBuilder, RecordCursor } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { committedOnly } from './aborted-batches.ts';

function batch(baseOffset: number, producerId: number, value: string, isTransactional = true): Uint8Array {
  const builder = new RecordBatchBuilder();
  builder.append(0, null, Buffer.from(value));
  return builder.build({ baseOffset, producerId, producerEpoch: 0, baseSequence: 0, isTransactional });
}

function marker(baseOffset: number, producerId: number, kind: 'commit' | 'abort'): Uint8Array {
  const bytes = Buffer.from(
    buildMarkerBatch({ kind, producerId, producerEpoch: 0, coordinatorEpoch: 0, timestamp: 0 }),
  );
  bytes.writeBigInt64BE(BigInt(baseOffset));
  return bytes;
}

test('of interleaved transactions exactly the aborted ones are left out', () => {
  const records = Buffer.concat([
    batch(0, 1, 'one, aborted'),
    batch(1, 2, 'two, committed'),
    batch(2, -1, 'without a transaction', false),
    marker(3, 1, 'abort'),
    batch(4, 1, 'one again, committed'),
    marker(5, 2, 'commit'),
    batch(6, 2, 'two again, aborted'),
    marker(7, 1, 'commit'),
    batch(8, 1, 'one for the third time, committed'),
    marker(9, 2, 'abort'),
    batch(10, 2, 'two for the third time, committed'),
  ]);
  const abortedTransactions = [
    { producerId: 2, firstOffset: 6 },
    { producerId: 1, firstOffset: 0 },
  ];
  const cursor = new RecordCursor(records, { acceptBatch: committedOnly({ abortedTransactions }) });
  const offsets: number[] = [];
  while (cursor.next()) offsets.push(cursor.offset);
  expect(offsets).toEqual([1, 2, 4, 8, 10]);
});
