import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMPRESSION_TYPES } from '../compression/compression.ts';
import { RecordBatchBuilder } from './record-batch-builder.ts';
import { readBatchHeader, setLogAppendTime, verifyCrc } from './record-batch-header.ts';
import { RecordCursor } from './record-cursor.ts';
import { rewriteBatch } from './rewrite-batch.ts';

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());

function recordsOf(batch: Uint8Array): readonly unknown[] {
  const records: unknown[] = [];
  const cursor = new RecordCursor(batch, { checkCrcs: true, includeControl: true });
  while (cursor.next()) {
    const headers = cursor.headers().map(({ key, value }) => [key, text(value)]);
    records.push([cursor.offset, cursor.timestamp, text(cursor.key()), text(cursor.value()), headers]);
  }
  return records;
}

const record = fc.record({
  timestamp: fc.integer({ min: 0, max: 2 ** 41 }),
  key: fc.option(fc.string({ maxLength: 80 })),
  value: fc.option(fc.string({ maxLength: 300 })),
  hasHeaders: fc.boolean(),
  isKept: fc.boolean(),
});

test('the records of a batch that stay are the same as before, at their old offsets and times', () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(...COMPRESSION_TYPES),
      fc.option(fc.integer({ min: 0, max: 2 ** 41 })),
      fc.boolean(),
      (records, compression, deleteHorizonMs, isLogAppendTime) => {
        const builder = new RecordBatchBuilder();
        for (const { timestamp, key, value, hasHeaders } of records) {
          const headers = hasHeaders ? [{ key: 'h', value: Buffer.from('v') }] : null;
          const bytes = (part: string | null) => (part === null ? null : Buffer.from(part));
          builder.append(timestamp, bytes(key), bytes(value), headers);
        }
        const producer = { producerId: 7, producerEpoch: 2, baseSequence: 11, isTransactional: true };
        const batch = builder.build({ compression, baseOffset: 1000, ...producer });
        if (isLogAppendTime) setLogAppendTime(batch, 0, 12_345);
        const header = readBatchHeader(batch);
        const rewritten = rewriteBatch(batch, header, { keeps: (index) => records[index]!.isKept, deleteHorizonMs });
        expect(verifyCrc(rewritten)).toBe(true);
        expect(recordsOf(rewritten)).toEqual(recordsOf(batch).filter((_, index) => records[index]!.isKept));
        const after = readBatchHeader(rewritten);
        expect(after.sizeInBytes).toBe(rewritten.byteLength);
        expect(after).toMatchObject({ ...producer, baseOffset: 1000, lastOffset: header.lastOffset });
        const isEmpty = records.every(({ isKept }) => !isKept);
        expect(after.hasDeleteHorizon).toBe(deleteHorizonMs !== null && !isEmpty);
        // What is written again keeps its horizon, and its records their times.
        const again = rewriteBatch(rewritten, after, { keeps: () => true, deleteHorizonMs: null });
        expect(recordsOf(again)).toEqual(recordsOf(rewritten));
        expect(readBatchHeader(again).hasDeleteHorizon).toBe(after.hasDeleteHorizon);
      },
    ),
  );
});
