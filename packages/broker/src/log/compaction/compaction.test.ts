import { type CompressionType, RecordCursor, readBatchHeader } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { MemoryFiles } from '../../storage/memory-files.ts';
import { compactTestLog } from '../../testing/compact-test-log.ts';
import { committedRecords, keyedRecords } from '../../testing/keyed-records.ts';
import { openTestLog, TEST_START_MS, testBatch, testServices } from '../../testing/test-log.ts';
import type { PartitionLog } from '../partition-log.ts';

const COMPACTED = { isCompacted: true, isDeleted: false, segmentBytes: 400, indexIntervalBytes: 100 };
const DAY_MS = 24 * 3_600_000;
const nowMs = TEST_START_MS;
const FOLDER = '/data/orders-0';

function open(files = new MemoryFiles(), config = {}): PartitionLog {
  return openTestLog(testServices(files), { ...COMPACTED, ...config });
}

async function put(log: PartitionLog, key: string | null, value: string | null, more = {}): Promise<void> {
  log.append(testBatch([{ key, value }], more), 'coordinator');
  await log.durable();
}

async function end(log: PartitionLog, producerId: number, kind: 'commit' | 'abort'): Promise<void> {
  log.endTransaction({ kind, producerId, producerEpoch: 0, coordinatorEpoch: 0 });
  await log.durable();
}

const transactional = (producerId: number, baseSequence: number) => ({
  producerId,
  producerEpoch: 0,
  baseSequence,
  isTransactional: true,
});

/** Ends the active segment, which is never compacted. */
async function roll(log: PartitionLog): Promise<void> {
  const { length } = log.segments;
  while (log.segments.length === length) await put(log, 'filler', 'x'.repeat(50));
}

/** Each batch of the closed segments: its kind, or the values of its records. */
function batches(log: PartitionLog): string[] {
  const found: string[] = [];
  const endOffset = log.segments.at(-1)!.baseOffset;
  for (let offset = log.logStartOffset; offset < endOffset; ) {
    const bytes = log.read(offset, 1);
    const header = readBatchHeader(bytes);
    const values: string[] = [];
    const cursor = new RecordCursor(bytes);
    while (cursor.next()) values.push(String(cursor.value()?.toString().slice(0, 12)));
    if (header.isControl) found.push('marker');
    else if (!values.includes('xxxxxxxxxxxx')) found.push(values.join());
    offset = header.lastOffset + 1;
  }
  return found;
}

test('the last record of each key stays, at its offset, and older ones go', async () => {
  const log = open();
  for (let round = 0; round < 5; round++) for (const key of ['a', 'b', 'c']) await put(log, key, `${key}${round}`);
  await roll(log);
  const before = keyedRecords(log);
  await compactTestLog(log, { nowMs });
  const after = keyedRecords(log);
  expect(after.length).toBeLessThan(before.length);
  for (const key of ['a', 'b', 'c']) {
    expect(after.filter((record) => record.key === key)).toEqual([before.findLast((record) => record.key === key)]);
  }
  // A consumer that asks for an offset in a gap goes on with what comes next.
  for (const { offset } of before) {
    expect(keyedRecords(log, offset)).toEqual(after.filter((record) => record.offset >= offset));
  }
});

test('batches of every codec lose some of their records and keep the others', async () => {
  for (const compression of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as CompressionType[]) {
    const log = open();
    const records = ['a', 'b', 'c'].map((key) => ({ key, value: `${key}-old` }));
    log.append(testBatch(records, { compression }));
    await put(log, 'b', 'b-new');
    await roll(log);
    await compactTestLog(log, { nowMs });
    expect(batches(log)).toEqual(['a-old,c-old', 'b-new']);
    expect(readBatchHeader(log.read(0, 1)).compression).toBe(compression);
  }
});

test('small segments are put together, and the folder holds nothing else', async () => {
  const files = new MemoryFiles();
  const log = open(files);
  for (let index = 0; index < 60; index++) await put(log, 'key', `value-${index}`);
  const { length } = log.segments;
  await compactTestLog(log, { nowMs });
  expect(length).toBeGreaterThan(10);
  await compactTestLog(log, { nowMs });
  expect(log.segments.length).toBeLessThan(4);
  expect(files.list(FOLDER).filter((name) => name.endsWith('.log')).length).toBe(log.segments.length);
  expect(files.list(FOLDER).filter((name) => /cleaned|swap/.test(name))).toEqual([]);
});

test('a tombstone stays for delete.retention.ms after the first compaction that met it', async () => {
  const log = open();
  await put(log, 'a', 'value');
  await put(log, 'a', null);
  await roll(log);
  await compactTestLog(log, { nowMs });
  expect(batches(log)).toEqual(['undefined']);
  const header = readBatchHeader(log.read(0, 1));
  expect([header.hasDeleteHorizon, header.baseTimestamp]).toEqual([true, nowMs + DAY_MS]);
  expect(keyedRecords(log)[0]).toMatchObject({ offset: 1, key: 'a', value: null, timestamp: TEST_START_MS });
  await compactTestLog(log, { nowMs: nowMs + DAY_MS - 1 });
  expect(batches(log)).toEqual(['undefined']);
  await compactTestLog(log, { nowMs: nowMs + DAY_MS });
  expect(batches(log)).toEqual([]);
});

test('records without a key go, as do those of aborted transactions; these supersede nothing', async () => {
  const log = open(new MemoryFiles(), { isCompacted: false });
  await put(log, null, 'keyless');
  log.config = { ...log.config, isCompacted: true };
  await put(log, 'a', 'a-old');
  await put(log, 'a', 'a-aborted', transactional(1, 0));
  await end(log, 1, 'abort');
  await put(log, 'b', 'b-old');
  await put(log, 'b', 'b-committed', transactional(2, 0));
  await end(log, 2, 'commit');
  await roll(log);
  await compactTestLog(log, { nowMs });
  expect(committedRecords(log).map(({ value }) => value!.slice(0, 11))).toContain('a-old');
  // The batch of the aborted transaction is its producer's last one: a header stays of it, and so its marker.
  expect(batches(log)).toEqual(['a-old', '', 'marker', 'b-committed', 'marker']);
  expect(log.abortedTransactions(0, 100)).toHaveLength(1);
});

test('a marker goes when nothing of its transaction is left, and not before its own time is over', async () => {
  const log = open();
  await put(log, 'a', 'aborted', transactional(1, 0));
  await end(log, 1, 'abort');
  await put(log, 'b', 'committed', transactional(2, 0));
  await end(log, 2, 'commit');
  // Newer batches of the same producers, so that their state does not hang on the old ones.
  for (const producerId of [1, 2]) {
    await put(log, 'b', `new-${producerId}`, { producerId, producerEpoch: 0, baseSequence: 1 });
  }
  await roll(log);
  await compactTestLog(log, { nowMs });
  // The aborted data went just now: readers on their way still need the marker. So it is with the superseded one.
  expect(batches(log)).toEqual(['marker', 'marker', '', 'new-2']);
  await compactTestLog(log, { nowMs: nowMs + 1 });
  await compactTestLog(log, { nowMs: nowMs + DAY_MS });
  expect(batches(log)).toEqual(['marker', 'marker', '', 'new-2']);
  await compactTestLog(log, { nowMs: nowMs + 1 + DAY_MS });
  expect(batches(log)).toEqual(['', 'new-2']);
});

test('nothing is cleaned from the first undecided transaction on, and it may still commit or abort', async () => {
  for (const kind of ['commit', 'abort'] as const) {
    const log = open();
    await put(log, 'a', 'a-old');
    await roll(log);
    await put(log, 'a', 'a-open', transactional(1, 0));
    await put(log, 'a', 'a-other');
    await roll(log);
    const cleanedOffset = await compactTestLog(log, { nowMs });
    expect(cleanedOffset).toBeLessThanOrEqual(log.lastStableOffset);
    expect(
      keyedRecords(log)
        .filter(({ key }) => key === 'a')
        .map(({ value }) => value),
    ).toEqual(['a-old', 'a-open', 'a-other']);
    await end(log, 1, kind);
    await roll(log);
    await compactTestLog(log, { nowMs });
    expect(
      committedRecords(log)
        .filter(({ key }) => key === 'a')
        .map(({ value }) => value),
    ).toEqual(['a-other']);
  }
});

test('the last batch of a producer stays as a header, so that its retries are recognised after a crash', async () => {
  const files = new MemoryFiles();
  const log = open(files);
  const batch = () => testBatch([{ key: 'a', value: 'v' }], { producerId: 9, producerEpoch: 3, baseSequence: 5 });
  const { baseOffset } = log.append(batch());
  await log.durable();
  await put(log, 'a', 'newer');
  await roll(log);
  await compactTestLog(log, { nowMs });
  expect(batches(log)).toEqual(['', 'newer']);
  for (const name of files.list(FOLDER)) if (name.endsWith('.snapshot')) files.remove(`${FOLDER}/${name}`);
  expect(open(files).append(batch())).toMatchObject({ baseOffset, isDuplicate: true });
});

test('records younger than min.compaction.lag.ms stay as they are', async () => {
  const log = open(new MemoryFiles(), { compactionLagMinMs: 1000 });
  for (const value of ['one', 'two']) await put(log, 'a', value);
  await roll(log);
  expect(await compactTestLog(log, { nowMs: TEST_START_MS + 999 })).toBe(0);
  expect(await compactTestLog(log, { nowMs: TEST_START_MS + 1000 })).toBeGreaterThan(0);
});

test('keys that do not fit into the memory are left to the next pass, and all of them get their turn', async () => {
  const log = open();
  for (let round = 0; round < 3; round++) {
    for (let key = 0; key < 100; key++) await put(log, `key-${key}-${'k'.repeat(40)}`, `${round}`);
  }
  await roll(log);
  await compactTestLog(log, { nowMs, memoryBytesMax: 3000 });
  const values = keyedRecords(log).filter(({ key }) => key !== 'filler');
  expect(values.map(({ value }) => value)).toEqual(Array.from({ length: 100 }, () => '2'));
});

test('a batch with more keys than the memory takes gets the memory that it needs', async () => {
  const log = open();
  log.append(testBatch(Array.from({ length: 100 }, (_, key) => ({ key: `key-${key}`, value: 'v' }))));
  await put(log, 'key-3', 'newer');
  await roll(log);
  await compactTestLog(log, { nowMs, memoryBytesMax: 1000 });
  const values = keyedRecords(log).filter(({ key }) => key === 'key-3');
  expect(values.map(({ value }) => value)).toEqual(['newer']);
});

test('times are found where the records are now', async () => {
  const log = openTestLog(testServices(new MemoryFiles()), COMPACTED);
  for (let index = 0; index < 30; index++) {
    log.append(testBatch([{ key: `key-${index % 7}`, value: `${index}`, timestamp: TEST_START_MS + index }]));
    await log.durable();
  }
  await roll(log);
  await compactTestLog(log, { nowMs });
  const records = keyedRecords(log);
  for (let index = 0; index < 30; index++) {
    const expected = records.find(({ timestamp }) => timestamp >= TEST_START_MS + index);
    const { offset, timestamp } = expected!;
    expect(log.offsetForTimestamp(TEST_START_MS + index)).toEqual({ offset, timestamp });
  }
});

test('fault 24: a reader between two slices finds its records, whatever becomes of the segments under it', async () => {
  const log = openTestLog(testServices(new MemoryFiles()), COMPACTED);
  for (let index = 0; index < 40; index++) {
    await put(log, `key-${index % 5}`, `${index % 8 < 4 ? 'aborted' : 'committed'}-${index}`, transactional(1, index));
    if (index % 4 === 3) await end(log, 1, index % 8 === 3 ? 'abort' : 'commit');
    await put(log, `key-${index % 3}`, `plain-${index}`);
  }
  await roll(log);
  const expected = lastOfEachKey(log);
  let reads = 0;
  const between = () => {
    expect(lastOfEachKey(log)).toEqual(expected);
    reads += 1;
  };
  await compactTestLog(log, { nowMs, between });
  expect(reads).toBeGreaterThan(5);
  expect(lastOfEachKey(log)).toEqual(expected);
  expect(committedRecords(log).some(({ value }) => value!.startsWith('aborted'))).toBe(false);
});

function lastOfEachKey(log: PartitionLog): ReadonlyMap<string, string | null> {
  return new Map(committedRecords(log).map(({ key, value }) => [key, value]));
}

test('fault 3: a damaged batch ends the compaction, and the log stays as it was', async () => {
  const files = new MemoryFiles();
  const log = openTestLog(testServices(files), COMPACTED);
  for (let index = 0; index < 20; index++) await put(log, `key-${index % 3}`, `value-${index}`);
  await roll(log);
  const { baseOffset } = log.segments[1]!;
  const file = files.open(`${FOLDER}/${String(baseOffset).padStart(20, '0')}.log`);
  file.write([Buffer.from([0xff])], 80);
  const logs = () => files.list(FOLDER).filter((name) => name.includes('.log'));
  const names = logs();
  await expect(compactTestLog(log, { nowMs })).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
  expect(logs()).toEqual(names);
});
