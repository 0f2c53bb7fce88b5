import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPRESSION_TYPES } from '../compression/compression.ts';
import type { MaterializedRecord, RecordHeader } from './record.ts';
import { RecordBatchBuilder } from './record-batch-builder.ts';
import {
  BATCH_FIELD,
  readBatchHeader,
  recordBatches,
  setBaseOffset,
  setLogAppendTime,
  setPartitionLeaderEpoch,
  setProducer,
  verifyCrc,
} from './record-batch-header.ts';
import { RecordCursor, type RecordCursorOptions } from './record-cursor.ts';

type Input = {
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
};

const bytesOrNull = fc.option(fc.uint8Array({ maxLength: 300 }), { nil: null });
const input: fc.Arbitrary<Input> = fc.record({
  timestamp: fc.oneof(
    fc.integer({ min: -1, max: 2 ** 42 }),
    fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }),
  ),
  key: bytesOrNull,
  value: bytesOrNull,
  headers: fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: bytesOrNull }), { maxLength: 3 }),
});

function build(inputs: readonly Input[], options: Parameters<RecordBatchBuilder['build']>[0] = {}): Uint8Array {
  const builder = new RecordBatchBuilder(64);
  for (const record of inputs) builder.append(record.timestamp, record.key, record.value, record.headers);
  return builder.build(options);
}

function readAll(bytes: Uint8Array, options: RecordCursorOptions = {}): readonly MaterializedRecord[] {
  const cursor = new RecordCursor(bytes, options);
  const records: MaterializedRecord[] = [];
  while (cursor.next()) records.push(cursor.materialize());
  return records;
}

const plain = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('hex'));
const comparable = (record: Input) => [
  record.timestamp,
  plain(record.key),
  plain(record.value),
  record.headers.map((header) => [header.key, plain(header.value)]),
];
const numbered = (count: number): Input[] =>
  Array.from({ length: count }, (_, index) => ({
    timestamp: 1000 + index,
    key: Buffer.from(`key ${index}`),
    value: Buffer.from(`value ${index}`),
    headers: [],
  }));

describe.each(COMPRESSION_TYPES)('a batch with compression %s', (compression) => {
  test('gives back the records that were appended', () => {
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 20 }), (inputs) => {
        const batch = build(inputs, { compression, baseOffset: 7_000_000_000 });
        expect(verifyCrc(batch)).toBe(true);
        const records = readAll(batch);
        expect(records.map(comparable)).toEqual(inputs.map(comparable));
        expect(records.map((record) => record.offset)).toEqual(inputs.map((_, index) => 7_000_000_000 + index));
      }),
    );
  });

  test('notices any flipped bit of what the checksum covers', () => {
    const batch = build(numbered(50), { compression });
    fc.assert(
      fc.property(fc.integer({ min: BATCH_FIELD.attributes, max: batch.length - 1 }), fc.nat(7), (at, bit) => {
        const damaged = Buffer.from(batch);
        damaged[at]! ^= 1 << bit;
        expect(verifyCrc(damaged)).toBe(false);
      }),
    );
  });

  test('ends in typed errors however its records are damaged', () => {
    const batch = build(numbered(50), { compression });
    fc.assert(
      fc.property(
        fc.integer({ min: BATCH_FIELD.records, max: batch.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, by) => {
          const damaged = Buffer.from(batch);
          damaged[at]! ^= by;
          try {
            readAll(damaged);
          } catch (thrown) {
            expect(thrown).toMatchObject({ code: 'CORRUPT_MESSAGE' });
          }
        },
      ),
    );
  });
});

test('the header says what the builder was told', () => {
  const batch = build(numbered(3), {
    compression: 'gzip',
    producerId: 12_345_678_901,
    producerEpoch: 4,
    baseSequence: 17,
    isTransactional: true,
  });
  expect(readBatchHeader(batch)).toMatchObject({
    position: 0,
    baseOffset: 0,
    partitionLeaderEpoch: -1,
    magic: 2,
    compression: 'gzip',
    timestampType: 'createTime',
    isTransactional: true,
    isControl: false,
    lastOffsetDelta: 2,
    baseTimestamp: 1000,
    maxTimestamp: 1002,
    producerId: 12_345_678_901,
    producerEpoch: 4,
    baseSequence: 17,
    recordCount: 3,
    sizeInBytes: batch.length,
  });
});

test('what a broker or a producer stamps is read back, and the checksum stays right', () => {
  const batch = build(numbered(3));
  setBaseOffset(batch, 0, 2 ** 40 + 5);
  setPartitionLeaderEpoch(batch, 0, 9);
  expect(verifyCrc(batch)).toBe(true);
  setProducer(batch, 0, { producerId: 2 ** 33, producerEpoch: 32_767, baseSequence: 2 ** 31 - 1 });
  setLogAppendTime(batch, 0, 5000);
  expect(verifyCrc(batch)).toBe(true);
  expect(readBatchHeader(batch)).toMatchObject({
    baseOffset: 2 ** 40 + 5,
    partitionLeaderEpoch: 9,
    producerId: 2 ** 33,
    producerEpoch: 32_767,
    baseSequence: 2 ** 31 - 1,
  });
  expect(readAll(batch).map((record) => record.timestamp)).toEqual([5000, 5000, 5000]);
});

test('a range of batches is read across their borders, from an offset in the middle of one', () => {
  const range = Buffer.concat([
    build(numbered(3), { baseOffset: 10 }),
    build(numbered(3), { baseOffset: 13, compression: 'lz4' }),
    build(numbered(3), { baseOffset: 20 }),
  ]);
  expect([...recordBatches(range)].map((header) => header.baseOffset)).toEqual([10, 13, 20]);
  expect(readAll(range, { fromOffset: 14 }).map((record) => record.offset)).toEqual([14, 15, 20, 21, 22]);
  const onlyEven = readAll(range, { acceptBatch: (header) => header.baseOffset % 2 === 0 });
  expect(onlyEven.map((record) => record.offset)).toEqual([10, 11, 12, 20, 21, 22]);
});

test('a batch that the range cuts off is left out, wherever the cut is', () => {
  const whole = build(numbered(3));
  const both = Buffer.concat([whole, build(numbered(3), { baseOffset: 3 })]);
  for (let end = whole.length; end < both.length; end++) {
    expect(readAll(both.subarray(0, end)).length).toBe(3);
    expect(readAll(both, { end }).length).toBe(3);
  }
});

test('a checksum that does not agree is an error where the reader asks for the check', () => {
  const batch = Buffer.from(build(numbered(3)));
  batch[BATCH_FIELD.baseTimestamp + 7]! ^= 1;
  expect(readAll(batch).length).toBe(3);
  expect(() => readAll(batch, { checkCrcs: true })).toThrow(expect.objectContaining({ code: 'CORRUPT_MESSAGE' }));
});

test('the size of an open batch is known, and is its size when built', () => {
  const builder = new RecordBatchBuilder();
  for (const record of numbered(20)) {
    builder.append(record.timestamp, record.key, record.value);
    expect(builder.isFull(builder.sizeInBytes)).toBe(true);
    expect(builder.isFull(builder.sizeInBytes + 1)).toBe(false);
  }
  const size = builder.sizeInBytes;
  expect(builder.build().length).toBe(size);
});

test('batches of older formats and unknown codecs are refused by name', () => {
  const old = Buffer.from(build(numbered(1)));
  old[BATCH_FIELD.magic] = 1;
  expect(() => readBatchHeader(old)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_FOR_MESSAGE_FORMAT' }));
  const strange = Buffer.from(build(numbered(1)));
  strange[BATCH_FIELD.attributes + 1] = 6;
  expect(() => readBatchHeader(strange)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_COMPRESSION_TYPE' }));
});
