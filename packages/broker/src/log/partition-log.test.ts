import { FakeClock } from '@millrace/base/testing';
import { readBatchHeader, setCrc } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { FaultyFiles } from '../storage/faulty-files.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { openTestLog, readRecords, TEST_START_MS, testBatch, testServices } from '../testing/test-log.ts';

test('records get dense offsets and are read back as they were sent', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  expect(log.append(testBatch(['a', 'b'])).baseOffset).toBe(0);
  expect(log.append(testBatch(['c'])).baseOffset).toBe(2);
  await log.durable();
  expect(readRecords(log)).toEqual([
    { offset: 0, value: 'a' },
    { offset: 1, value: 'b' },
    { offset: 2, value: 'c' },
  ]);
});

test('what is not durable yet is not read', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  log.append(testBatch(['a']));
  expect(log.logEndOffset).toBe(1);
  expect(log.highWatermark).toBe(0);
  expect(log.read(0, 1000).byteLength).toBe(0);
  await log.durable();
  expect(log.highWatermark).toBe(1);
});

test('under flush always an append waits for its sync, and a power cut takes nothing that was answered', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const services = testServices(files, { flush: 'always' });
  const log = openTestLog(services);
  for (const value of ['a', 'b', 'c']) {
    log.append(testBatch([value]));
    await log.durable();
  }
  log.append(testBatch(['never answered']));
  files.losePower();
  const after = openTestLog(testServices(files));
  expect(readRecords(after).map(({ value }) => value)).toEqual(['a', 'b', 'c']);
});

test('a failed sync takes the partition offline instead of calling unsafe data safe', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const log = openTestLog(testServices(files, { flush: 'always' }));
  files.faults.failSync = true;
  log.append(testBatch(['a']));
  await expect(log.durable()).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
  files.faults.failSync = false;
  expect(() => log.append(testBatch(['b']))).toThrow(expect.objectContaining({ code: 'KAFKA_STORAGE_ERROR' }));
});

test('a full disk refuses the write, serves nothing of it, and takes writes again when there is room', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const log = openTestLog(testServices(files));
  log.append(testBatch(['a'], { producerId: 7, producerEpoch: 0, baseSequence: 0 }));
  await log.durable();
  files.faults.bytesLeft = 40;
  log.append(testBatch(['lost'], { producerId: 7, producerEpoch: 0, baseSequence: 1 }));
  await expect(log.durable()).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR', retriable: true });
  expect(readRecords(log).map(({ value }) => value)).toEqual(['a']);
  files.faults.bytesLeft = 10_000;
  // The retry has the same sequence number: what was lost must not count as appended.
  expect(log.append(testBatch(['b'], { producerId: 7, producerEpoch: 0, baseSequence: 1 })).baseOffset).toBe(1);
  await log.durable();
  expect(readRecords(log).map(({ value }) => value)).toEqual(['a', 'b']);
});

test('a producer whose first batch found a full disk is not taken on with its second one', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const log = openTestLog(testServices(files));
  const batch = (baseSequence: number) =>
    testBatch([`${baseSequence}`], { producerId: 7, producerEpoch: 0, baseSequence });
  files.faults.bytesLeft = 40;
  log.append(batch(0));
  await expect(log.durable()).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
  files.faults.bytesLeft = 10_000;
  expect(() => log.append(batch(1))).toThrow(expect.objectContaining({ code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }));
  for (const baseSequence of [0, 1]) log.append(batch(baseSequence));
  await log.durable();
  expect(readRecords(log).map(({ value }) => value)).toEqual(['0', '1']);
});

test('segments end at their size, and reads go over their borders', async () => {
  const files = new MemoryFiles();
  const log = openTestLog(testServices(files), { segmentBytes: 300 });
  for (let index = 0; index < 20; index++) {
    log.append(testBatch([`value-${index}`]));
    await log.durable();
  }
  expect(files.list('/data/orders-0').filter((name) => name.endsWith('.log')).length).toBeGreaterThan(3);
  expect(readRecords(log).map(({ offset }) => offset)).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test('segments end when their first record is old enough', async () => {
  const files = new MemoryFiles();
  const log = openTestLog(testServices(files), { segmentMs: 1000 });
  for (const ageMs of [3000, 2500, 1000, 500]) {
    log.append(testBatch([{ value: 'x', timestamp: TEST_START_MS - ageMs }]));
    await log.durable();
  }
  expect(files.list('/data/orders-0').filter((name) => name.endsWith('.log'))).toEqual([
    '00000000000000000000.log',
    '00000000000000000002.log',
  ]);
});

test('segments of compacted topics end within max.compaction.lag.ms, and those of many logs not all at once', async () => {
  const ends = async (partition: number, config: object) => {
    const log = openTestLog(testServices(new MemoryFiles()), config, {
      partition,
      folder: `/data/orders-${partition}`,
    });
    let ageMs = 0;
    while (log.segments.length === 1) {
      log.append(testBatch([{ key: 'k', value: 'x', timestamp: TEST_START_MS - 2000 + ageMs }]));
      await log.durable();
      ageMs += 10;
    }
    return ageMs - 10;
  };
  expect(await ends(0, { segmentMs: 5000, isCompacted: true, compactionLagMaxMs: 300 })).toBe(300);
  const config = { segmentMs: 1000, segmentJitterMs: 500 };
  const endMs = await Promise.all([0, 1, 2, 3].map((partition) => ends(partition, config)));
  expect(new Set(endMs).size).toBeGreaterThan(2);
  expect(Math.min(...endMs)).toBeGreaterThanOrEqual(500);
  expect(Math.max(...endMs)).toBeLessThanOrEqual(1000);
});

test('a batch larger than what a fetch asks for comes whole, and smaller ones never beyond it', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  log.append(testBatch(['x'.repeat(5000)]));
  log.append(testBatch(['small']));
  await log.durable();
  const bytes = log.read(0, 100);
  expect(readBatchHeader(bytes).sizeInBytes).toBe(bytes.byteLength);
  expect(log.read(1, 1000).byteLength).toBeLessThan(100);
});

test('a read from the middle of a batch gives the whole batch, in the memory that it was given', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  log.append(testBatch(['a', 'b', 'c']));
  await log.durable();
  const memory = Buffer.alloc(1000);
  const bytes = log.read(1, 1000, 'uncommitted', (wanted) => memory.subarray(0, wanted));
  expect(bytes.buffer).toBe(memory.buffer);
  expect(Buffer.compare(bytes, log.read(0, 1000))).toBe(0);
  expect(readRecords(log, 1).map(({ value }) => value)).toEqual(['b', 'c']);
});

test('a retried batch is stored once and answered with its old offset, up to five batches back', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  const batch = (sequence: number) =>
    testBatch([`s${sequence}`], { producerId: 9, producerEpoch: 0, baseSequence: sequence });
  for (let sequence = 0; sequence < 6; sequence++) log.append(batch(sequence));
  expect(log.append(batch(1))).toMatchObject({ baseOffset: 1, isDuplicate: true });
  expect(log.append(batch(5))).toMatchObject({ baseOffset: 5, isDuplicate: true });
  expect(() => log.append(batch(0))).toThrow(expect.objectContaining({ code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }));
  expect(() => log.append(batch(8))).toThrow(expect.objectContaining({ code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }));
  expect(log.logEndOffset).toBe(6);
});

test('a producer of an old epoch is fenced, a new epoch begins at sequence zero', () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  const batch = (epoch: number, sequence: number) =>
    testBatch(['x'], { producerId: 9, producerEpoch: epoch, baseSequence: sequence });
  log.append(batch(1, 0));
  expect(() => log.append(batch(0, 0))).toThrow(expect.objectContaining({ code: 'INVALID_PRODUCER_EPOCH' }));
  expect(() => log.append(batch(2, 1))).toThrow(expect.objectContaining({ code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }));
  expect(log.append(batch(2, 0)).isDuplicate).toBe(false);
});

test('sequence numbers go on at zero after the greatest', () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  const last = 2 ** 31 - 1;
  log.append(testBatch(['a'], { producerId: 9, producerEpoch: 0, baseSequence: last }));
  expect(log.append(testBatch(['b'], { producerId: 9, producerEpoch: 0, baseSequence: 0 })).isDuplicate).toBe(false);
});

test('retries are recognised after a clean stop and after a crash', async () => {
  const batch = (sequence: number) =>
    testBatch([`s${sequence}`], { producerId: 9, producerEpoch: 0, baseSequence: sequence });
  for (const isClean of [true, false]) {
    const files = new MemoryFiles();
    const log = openTestLog(testServices(files), { segmentBytes: 200 });
    for (let sequence = 0; sequence < 6; sequence++) log.append(batch(sequence));
    await log.durable();
    if (isClean) await log.close();
    const again = openTestLog(testServices(files), { segmentBytes: 200 }, { isClean });
    expect(again.append(batch(2))).toMatchObject({ baseOffset: 2, isDuplicate: true });
    expect(again.append(batch(6))).toMatchObject({ baseOffset: 6, isDuplicate: false });
  }
});

test('a damaged producer snapshot is made again from the log', async () => {
  const files = new MemoryFiles();
  const log = openTestLog(testServices(files));
  log.append(testBatch(['a'], { producerId: 9, producerEpoch: 0, baseSequence: 0 }));
  await log.close();
  files.replace('/data/orders-0/00000000000000000001.snapshot', Buffer.from('damaged'));
  const again = openTestLog(testServices(files), {}, { isClean: true });
  const retried = testBatch(['a'], { producerId: 9, producerEpoch: 0, baseSequence: 0 });
  expect(again.append(retried)).toMatchObject({ baseOffset: 0, isDuplicate: true });
});

test('a topic with log append time carries the time of the broker, under a right checksum', async () => {
  const clock = new FakeClock(TEST_START_MS);
  const log = openTestLog(testServices(new MemoryFiles(), { clock }), { timestampType: 'LogAppendTime' });
  expect(log.append(testBatch([{ value: 'a', timestamp: 5 }])).logAppendTimeMs).toBe(TEST_START_MS);
  await log.durable();
  expect(readRecords(log)).toHaveLength(1);
  expect(log.offsetForTimestamp(TEST_START_MS)).toEqual({ timestamp: TEST_START_MS, offset: 0 });
});

test('offsets are found by timestamp, also where times go back and forth', async () => {
  const log = openTestLog(testServices(new MemoryFiles()), { segmentBytes: 400, indexIntervalBytes: 100 });
  const ages = [100, 90, 95, 50, 60, 20, 30, 10];
  for (const age of ages) {
    log.append(testBatch([{ value: 'x', timestamp: TEST_START_MS - age }]));
    await log.durable();
  }
  for (const wanted of [1000, 100, 92, 55, 20, 15, 10, 5]) {
    const offset = ages.findIndex((age) => age <= wanted);
    const expected = offset < 0 ? null : { offset, timestamp: TEST_START_MS - ages[offset]! };
    expect(log.offsetForTimestamp(TEST_START_MS - wanted)).toEqual(expected);
  }
  expect(log.offsetOfMaxTimestamp()).toEqual({ offset: 7, timestamp: TEST_START_MS - 10 });
});

test('deleted records are out of range, and their segments go with the next retention', async () => {
  const files = new MemoryFiles();
  const log = openTestLog(testServices(files), { segmentBytes: 200 });
  for (let index = 0; index < 10; index++) log.append(testBatch([`v${index}`]));
  await log.durable();
  log.deleteRecordsBefore(7);
  expect(() => log.read(6, 100)).toThrow(expect.objectContaining({ code: 'OFFSET_OUT_OF_RANGE' }));
  expect(() => log.deleteRecordsBefore(11)).toThrow(expect.objectContaining({ code: 'OFFSET_OUT_OF_RANGE' }));
  log.applyRetention();
  expect(files.exists('/data/orders-0/00000000000000000000.log')).toBe(false);
  expect(readRecords(log).map(({ offset }) => offset)).toEqual([7, 8, 9]);
});

test('retention by time removes what is too old, the active segment too; by size it keeps at least the size', async () => {
  const clock = new FakeClock(TEST_START_MS);
  const byTime = openTestLog(testServices(new MemoryFiles(), { clock }), { retentionMs: 1000, segmentBytes: 200 });
  for (let index = 0; index < 6; index++) byTime.append(testBatch(['x']));
  await byTime.durable();
  byTime.applyRetention();
  expect(byTime.logStartOffset).toBe(0);
  clock.advance(1001);
  byTime.applyRetention();
  expect([byTime.logStartOffset, byTime.highWatermark]).toEqual([6, 6]);

  const bySize = openTestLog(testServices(new MemoryFiles()), { retentionBytes: 300, segmentBytes: 200 });
  for (let index = 0; index < 10; index++) bySize.append(testBatch(['x']));
  await bySize.durable();
  bySize.applyRetention();
  expect(bySize.sizeBytes).toBeGreaterThanOrEqual(300);
  expect(bySize.sizeBytes).toBeLessThan(600);
});

test('batches that are not what they say are refused, each by its own error', () => {
  const log = openTestLog(testServices(new MemoryFiles()), { maxMessageBytes: 1000 });
  const refused = (change: (bytes: Uint8Array) => void, code: string, batch = testBatch(['a', 'b'])) => {
    change(batch);
    expect(() => log.append(batch)).toThrow(expect.objectContaining({ code }));
  };
  refused((bytes) => bytes.set([9], bytes.length - 1), 'CORRUPT_MESSAGE');
  refused((bytes) => bytes.set([1], 16), 'UNSUPPORTED_FOR_MESSAGE_FORMAT');
  refused(() => {}, 'MESSAGE_TOO_LARGE', testBatch(['x'.repeat(2000)]));
  refused(() => {}, 'INVALID_RECORD', Buffer.concat([testBatch(['a']), testBatch(['b'])]));
  refused(() => {}, 'INVALID_TIMESTAMP', testBatch([{ value: 'a', timestamp: TEST_START_MS + 2 * 3_600_000 }]));
  refused((bytes) => {
    bytes.set([0, 0, 0, 5], 57);
    setCrc(bytes, 0);
  }, 'INVALID_RECORD');
  refused(() => {}, 'INVALID_RECORD', testBatch(['a'], { isControl: true }));
  expect(log.logEndOffset).toBe(0);
});

test('a compacted topic takes no record without a key, compressed or not', () => {
  const log = openTestLog(testServices(new MemoryFiles()), { isCompacted: true });
  for (const compression of ['none', 'gzip', 'zstd'] as const) {
    expect(() => log.append(testBatch(['a'], { compression }))).toThrow(
      expect.objectContaining({ code: 'INVALID_RECORD' }),
    );
    log.append(testBatch([{ key: 'k', value: 'a' }], { compression }));
  }
});

test('epochs tell where the records of a leader end', async () => {
  const files = new MemoryFiles();
  const first = openTestLog(testServices(files));
  first.append(testBatch(['a', 'b']));
  await first.durable();
  const second = openTestLog(testServices(files), {}, { leaderEpoch: 3 });
  second.append(testBatch(['c']));
  await second.durable();
  expect(second.endOfEpoch(0)).toEqual({ epoch: 0, endOffset: 2 });
  expect(second.endOfEpoch(1)).toEqual({ epoch: 0, endOffset: 2 });
  expect(second.endOfEpoch(3)).toEqual({ epoch: 3, endOffset: 3 });
  expect(second.endOfEpoch(4)).toBe(null);
});

test('a topic with a codec of its own stores every batch in it', async () => {
  for (const compression of ['gzip', 'lz4', 'none'] as const) {
    const log = openTestLog(testServices(new MemoryFiles()), { compression });
    log.append(testBatch(['a', 'b'], { compression: 'zstd', producerId: 3, producerEpoch: 0, baseSequence: 0 }));
    await log.durable();
    const header = readBatchHeader(log.read(0, 10_000));
    expect([header.compression, header.producerId, header.baseSequence]).toEqual([compression, 3, 0]);
    expect(readRecords(log).map(({ value }) => value)).toEqual(['a', 'b']);
  }
});

test('a log that was given up writes nothing any more, not even what it had accepted', async () => {
  const files = new MemoryFiles();
  const log = openTestLog(testServices(files));
  log.append(testBatch(['a']));
  const stored = log.durable();
  log.abandon();
  await expect(stored).rejects.toMatchObject({ code: 'NOT_LEADER_OR_FOLLOWER' });
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(files.open('/data/orders-0/00000000000000000000.log').size()).toBe(0);
});
