import { MillraceError } from '@millrace/base';
import { RecordCursor, setCrc } from '@millrace/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaultyFiles } from '../storage/faulty-files.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { openTestLog, readRecords, TEST_START_MS, testBatch, testServices } from '../testing/test-log.ts';
import type { PartitionLog } from './partition-log.ts';

/** More than a batch of a small topic may unpack to; zeros make little of it. */
const BOMB_BYTES = 17 * 1024 * 1024;

/** Where a batch says how many records it has. */
const LAST_OFFSET_DELTA_AT = 23;
const RECORD_COUNT_AT = 57;

// The faults of the broker's surface document that a log must stand, by their numbers.

const FOLDER = '/data/orders-0';
const FIRST_LOG = `${FOLDER}/00000000000000000000.log`;
const CONFIG = { segmentBytes: 700, indexIntervalBytes: 150 };

/** Batches of three producers, one of which aborts and commits transactions, over several segments. */
async function fill(log: PartitionLog, end = 30, start = 0): Promise<void> {
  for (let index = start; index < end; index++) {
    const producer = { producerId: index % 3, producerEpoch: 0, baseSequence: Math.floor(index / 3) * 2 };
    const records = [`v${index}`, `w${index}`].map((value) => ({ value, timestamp: TEST_START_MS + index }));
    log.append(testBatch(records, { ...producer, isTransactional: index % 3 === 2 }), 'transaction');
    if (index % 6 === 5) {
      log.endTransaction({
        kind: index % 12 === 5 ? 'abort' : 'commit',
        producerId: 2,
        producerEpoch: 0,
        coordinatorEpoch: 0,
      });
    }
    await log.durable();
  }
}

/** All that clients can ask of a log. */
function answers(log: PartitionLog) {
  const times = Array.from({ length: 31 }, (_, index) => log.offsetForTimestamp(TEST_START_MS + index));
  return {
    records: readRecords(log),
    times,
    newest: log.offsetOfMaxTimestamp(),
    aborted: log.abortedTransactions(0, log.highWatermark),
    stable: log.lastStableOffset,
    producers: log.activeProducers(),
  };
}

async function filledFiles(): Promise<MemoryFiles> {
  const files = new MemoryFiles();
  const log = openTestLog(testServices(files), CONFIG);
  await fill(log);
  await log.close();
  return files;
}

test('fault 2: a log that is cut at any byte ends with its last whole batch, and goes on from there', async () => {
  const whole = new MemoryFiles();
  const log = openTestLog(testServices(whole));
  await fill(log, 12);
  const bytes = whole.readWhole(FIRST_LOG)!;
  const batchEnds = [0];
  const cursor = new RecordCursor(bytes, { includeControl: true });
  while (cursor.next()) {
    const end = cursor.batch.position + cursor.batch.sizeInBytes;
    if (end !== batchEnds.at(-1)) batchEnds.push(end);
  }
  const records = readRecords(log);
  for (let cut = 0; cut <= bytes.byteLength; cut++) {
    const files = whole.clone();
    files.open(FIRST_LOG).truncate(cut);
    const after = openTestLog(testServices(files));
    expect(after.sizeBytes).toBe(batchEnds.findLast((end) => end <= cut));
    expect(readRecords(after)).toEqual(records.filter(({ offset }) => offset < after.highWatermark));
    const { baseOffset } = after.append(testBatch(['after']));
    await after.durable();
    expect(readRecords(after).at(-1)).toEqual({ offset: baseOffset, value: 'after' });
  }
});

test('fault 3: a flipped bit in an old segment is an error for its readers, never other records, never a gap', async () => {
  const whole = await filledFiles();
  const good = openTestLog(testServices(whole.clone()), CONFIG, { isClean: true });
  const beyond = good.segments[1]!.baseOffset;
  const expected = readUntilDamage(good, 0, beyond);
  const rest = readRecords(good, beyond);
  const bytes = whole.readWhole(FIRST_LOG)!;
  for (let at = 0; at < bytes.byteLength; at++) {
    const files = whole.clone();
    files.open(FIRST_LOG).write([Buffer.from([bytes[at]! ^ (1 << (at % 8))])], at);
    const log = openTestLog(testServices(files), CONFIG, { isClean: true });
    for (const from of [0, 5]) {
      const read = readUntilDamage(log, from, beyond);
      expect(read).toEqual(expected.slice(from, from + read.length));
    }
    // The rest of the log is as before.
    expect(readRecords(log, beyond)).toEqual(rest);
  }
});

/** What a consumer gets that checks checksums, up to where the broker or the checksum tells it of damage. */
function readUntilDamage(log: PartitionLog, from: number, end: number): { offset: number; value: string }[] {
  const records: { offset: number; value: string }[] = [];
  let offset = from;
  try {
    while (offset < end) {
      const cursor = new RecordCursor(log.read(offset, 300), {
        fromOffset: offset,
        checkCrcs: true,
        includeControl: true,
      });
      while (cursor.next()) {
        offset = cursor.offset + 1;
        if (cursor.batch.isControl) records.push({ offset: cursor.offset, value: 'marker' });
        else records.push({ offset: cursor.offset, value: Buffer.from(cursor.value()!).toString() });
      }
    }
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
  }
  return records.filter(({ offset: at }) => at < end);
}

test('fault 3: damage in the end of a log that was stopped cleanly keeps it closed, and nothing is cut', async () => {
  const files = await filledFiles();
  const last = files
    .list(FOLDER)
    .filter((name) => name.endsWith('.log'))
    .at(-1)!;
  const before = files.readWhole(`${FOLDER}/${last}`)!;
  files.open(`${FOLDER}/${last}`).write([Buffer.from([9])], before.byteLength - 60);
  files.open(`${FOLDER}/${last}`).truncate(before.byteLength - 3);
  expect(() => openTestLog(testServices(files), CONFIG, { isClean: true })).toThrow(
    expect.objectContaining({ code: 'KAFKA_STORAGE_ERROR' }),
  );
  expect(files.readWhole(`${FOLDER}/${last}`)!.byteLength).toBe(before.byteLength - 3);
});

test('a file that is shorter than what was written to it is damage, not an endless search', async () => {
  const files = await filledFiles();
  const log = openTestLog(testServices(files), CONFIG, { isClean: true });
  files.open(FIRST_LOG).truncate(30);
  expect(() => log.read(0, 1000)).toThrow(expect.objectContaining({ code: 'KAFKA_STORAGE_ERROR' }));
});

describe.each(['index', 'timeindex', 'txnindex', 'snapshot'])('fault 4 and 5: a .%s file', (extension) => {
  const damages: Record<string, (bytes: Buffer) => Buffer | null> = {
    missing: () => null,
    empty: () => Buffer.alloc(0),
    'cut in the middle of an entry': (bytes) => bytes.subarray(0, bytes.byteLength - 5),
    'with half of its entries': (bytes) => bytes.subarray(0, bytes.byteLength >> 1),
    'of zeros': (bytes) => Buffer.alloc(bytes.byteLength),
    'of garbage': (bytes) => Buffer.alloc(bytes.byteLength, 0x5a),
  };
  for (const [what, damage] of Object.entries(damages)) {
    test.each([true, false])(`that is ${what} changes no answer, after a clean stop: %s`, async (isClean) => {
      const files = await filledFiles();
      const recoveryPoint = isClean ? 0 : 40;
      const expected = answers(openTestLog(testServices(files.clone()), CONFIG, { isClean, recoveryPoint }));
      for (const name of files.list(FOLDER)) {
        if (!name.endsWith(`.${extension}`)) continue;
        const damaged = damage(Buffer.from(files.readWhole(`${FOLDER}/${name}`)!));
        if (damaged === null) files.remove(`${FOLDER}/${name}`);
        else files.replace(`${FOLDER}/${name}`, damaged);
      }
      const log = openTestLog(testServices(files), CONFIG, { isClean, recoveryPoint });
      expect(answers(log)).toEqual(expected);
      await log.close();
      expect(answers(openTestLog(testServices(files), CONFIG, { isClean: true }))).toEqual(expected);
    });
  }
});

test('fault 4: whatever bits of an index are flipped, the answers are the same', async () => {
  const whole = await filledFiles();
  const expected = answers(openTestLog(testServices(whole.clone()), CONFIG, { isClean: true }));
  const names = whole.list(FOLDER).filter((name) => /(\.index|timeindex|txnindex)$/.test(name));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 4 }), (flips) => {
      const files = whole.clone();
      for (const [name, at, bit] of flips) {
        const file = `${FOLDER}/${names[name % names.length]!}`;
        const bytes = files.readWhole(file)!;
        if (bytes.byteLength === 0) continue;
        bytes[at % bytes.byteLength] = bytes[at % bytes.byteLength]! ^ (1 << bit);
        files.replace(file, bytes);
      }
      expect(answers(openTestLog(testServices(files), CONFIG, { isClean: true }))).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test('fault 6: a disk that is full anywhere refuses the write, serves nothing of it, and takes the retry later', async () => {
  for (let bytesLeft = 0; bytesLeft < 1500; bytesLeft += 13) {
    const files = new FaultyFiles(new MemoryFiles());
    const log = openTestLog(testServices(files), CONFIG);
    files.faults.bytesLeft = 1000 + bytesLeft;
    let refused = 0;
    for (let sequence = 0; sequence < 30; sequence++) {
      const send = async () => {
        log.append(testBatch([`v${sequence}`], { producerId: 1, producerEpoch: 0, baseSequence: sequence }));
        await log.durable();
      };
      await send().catch(async (error) => {
        refused += 1;
        expect(['KAFKA_STORAGE_ERROR', 'ENOSPC']).toContain(error.code);
        expect(readRecords(log).map(({ value }) => value)).toEqual(
          Array.from({ length: sequence }, (_, at) => `v${at}`),
        );
        files.faults.bytesLeft = 1_000_000;
        await send();
      });
    }
    expect(refused).toBeLessThanOrEqual(1);
    expect(readRecords(log)).toHaveLength(30);
    log.abandon();
    expect(readRecords(openTestLog(testServices(files), CONFIG))).toHaveLength(30);
  }
});

test('fault 8: without syncs a power cut takes a suffix and leaves no hole; readers are told of it', async () => {
  for (let synced = 0; synced < 30; synced += 4) {
    const files = new FaultyFiles(new MemoryFiles());
    const log = openTestLog(testServices(files), CONFIG, { leaderEpoch: 1 });
    await fill(log, synced);
    await log.flush();
    const { recoveryPoint } = log;
    // Segments that are closed from here on are not synced, while the active one happens to be written back.
    files.faults.slowSync = new Promise(() => {});
    await fill(log, 30, synced);
    const end = log.highWatermark;
    const active = `${FOLDER}/${String(log.segments.at(-1)!.baseOffset).padStart(20, '0')}.log`;
    const survivor = files.readWhole(active)!;
    log.abandon();
    files.losePower();
    files.replace(active, survivor);
    const after = openTestLog(testServices(files), CONFIG, { leaderEpoch: 2, recoveryPoint });
    expect(after.highWatermark).toBeGreaterThanOrEqual(recoveryPoint);
    const offsets = readRecords(after).map(({ offset }) => offset);
    expect(offsets.at(-1) ?? -1).toBeLessThan(after.highWatermark);
    if (after.highWatermark < end) {
      expect(after.endOfEpoch(1)!.endOffset).toBe(after.highWatermark);
      after.append(testBatch(['x', 'y', 'z']));
      await after.durable();
      expect(after.endOfEpoch(1)!.endOffset).toBe(after.highWatermark - 3);
    }
  }
});

test('fault 8: what a killed broker had not synced is on the device before the next one shows it', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  files.faults.slowSync = new Promise(() => {});
  const killed = openTestLog(testServices(files, { flush: 'always' }), CONFIG);
  const batch = () => testBatch(['a'], { producerId: 1, producerEpoch: 0, baseSequence: 0 });
  killed.append(batch());
  await new Promise((resolve) => setImmediate(resolve));
  const next = openTestLog(testServices(files, { flush: 'always' }), CONFIG);
  expect(readRecords(next).map(({ value }) => value)).toEqual(['a']);
  expect(next.append(batch()).isDuplicate).toBe(true);
  files.losePower();
  expect(readRecords(openTestLog(testServices(files), CONFIG)).map(({ value }) => value)).toEqual(['a']);
});

// Snappy makes a twentieth of a text at best: no bomb fits into it.
test.each(['gzip', 'lz4', 'zstd'] as const)(
  'fault 14: a batch that unpacks to much more than a batch may hold is refused, and nothing of it is stored (%s)',
  (compression) => {
    const bomb = testBatch(['\0'.repeat(BOMB_BYTES)], { compression });
    const small = openTestLog(testServices(new MemoryFiles()), { maxMessageBytes: bomb.byteLength });
    expect(() => small.append(bomb)).toThrow(expect.objectContaining({ code: 'MESSAGE_TOO_LARGE' }));
    expect(small.logEndOffset).toBe(0);
    // The same is a batch like others where one may be so large.
    const large = openTestLog(testServices(new MemoryFiles()), { maxMessageBytes: 2 * BOMB_BYTES });
    large.append(bomb);
    expect(large.logEndOffset).toBe(1);
  },
);

test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
  'fault 14: records that are more or fewer than their compressed batch says are refused (%s)',
  (compression) => {
    for (const count of [1, 3]) {
      const log = openTestLog(testServices(new MemoryFiles()));
      const batch = Buffer.from(testBatch(['a', 'b'], { compression }));
      batch.writeInt32BE(count - 1, LAST_OFFSET_DELTA_AT);
      batch.writeInt32BE(count, RECORD_COUNT_AT);
      setCrc(batch, 0);
      expect(() => log.append(batch)).toThrow(expect.objectContaining({ code: 'INVALID_RECORD' }));
      expect(log.logEndOffset).toBe(0);
    }
  },
);
