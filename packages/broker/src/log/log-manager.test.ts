import { seededRandom } from '@millrace/base';
import { FakeClock } from '@millrace/base/testing';
import { afterEach, expect, test } from 'vitest';
import { FaultyFiles } from '../storage/faulty-files.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { readRecords, TEST_LOG_CONFIG, TEST_START_MS, testBatch, testServices } from '../testing/test-log.ts';
import type { LogConfig } from './log-config.ts';
import { type KnownPartition, LogManager } from './log-manager.ts';
import type { LogServices } from './log-options.ts';
import type { PartitionLog } from './partition-log.ts';

const HOUR_MS = 3_600_000;
const RETENTION_CHECK_MS = 300_000;
const TOPIC_ID = 'aaaaaaaaaaaaaaaaaaaaaa';

const open: LogManager[] = [];
afterEach(() => Promise.all(open.splice(0).map((manager) => manager.close())));

type World = { readonly manager: LogManager; readonly clock: FakeClock; log(partition?: number): PartitionLog };

async function start(
  files: MemoryFiles | FaultyFiles,
  config: Partial<LogConfig> = {},
  more: Partial<LogServices> = {},
): Promise<World> {
  const clock = new FakeClock(TEST_START_MS);
  const known = (partition: number): KnownPartition => ({
    topic: 'orders',
    partition,
    topicId: TOPIC_ID,
    config: { ...TEST_LOG_CONFIG, ...config },
  });
  const manager = new LogManager(
    {
      services: testServices(files, { clock, ...more }),
      folder: '/data',
      leaderEpoch: 0,
      retentionCheckIntervalMs: RETENTION_CHECK_MS,
      checkpointIntervalMs: 60_000,
      producerIdExpirationMs: 24 * HOUR_MS,
      cleaner: () => ({ isEnabled: true, backoffMs: 1000, memoryBytesMax: 1_000_000, bytesPerSecondMax: Infinity }),
      random: seededRandom(1),
    },
    { find: (_topic, partition) => known(partition), all: () => [known(0), known(1)] },
  );
  open.push(manager);
  await manager.start();
  return { manager, clock, log: (partition = 0) => manager.get('orders', partition)! };
}

const turns = async (count = 20) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

async function append(log: PartitionLog, values: readonly string[]): Promise<void> {
  for (const value of values) {
    log.append(testBatch([{ key: value[0]!, value }]));
    await log.durable();
  }
}

const logFiles = (files: MemoryFiles | FaultyFiles) =>
  files.list('/data/orders-0').filter((name) => name.endsWith('.log'));

/** What kill −9 leaves. */
function killed(files: MemoryFiles): MemoryFiles {
  return files.clone();
}

test('deleted records stay deleted, whatever dies right after the answer', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const { manager, log } = await start(files);
  await append(log(), ['a', 'b', 'c']);
  await log().flush();
  manager.deleteRecordsBefore(log(), 2);
  files.losePower();
  const after = await start(files);
  expect(after.log().logStartOffset).toBe(2);
  expect(readRecords(after.log()).map(({ value }) => value)).toEqual(['c']);
});

test('fault 7: a folder with a log whose sync failed is never called clean', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const { manager, log } = await start(files, {}, { flush: 'always' });
  await append(log(1), ['a']);
  files.faults.failSync = true;
  log().append(testBatch(['b']));
  await expect(log().durable()).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
  files.faults.failSync = false;
  // The other partition goes on.
  await append(log(1), ['b']);
  await manager.close();
  expect(LogManager.wasStoppedCleanly({ files }, '/data')).toBe(false);
});

test('fault 3: a partition that is damaged after a clean stop stays closed and as it is; the others go on', async () => {
  const files = new MemoryFiles();
  const first = await start(files);
  await append(first.log(), ['a', 'b']);
  await append(first.log(1), ['c']);
  await first.manager.close();
  const file = files.open('/data/orders-0/00000000000000000000.log');
  file.truncate(file.size() - 1);
  const sizeBytes = file.size();
  for (let round = 0; round < 2; round++) {
    const { manager, clock, log } = await start(files);
    expect(() => log()).toThrow(expect.objectContaining({ code: 'KAFKA_STORAGE_ERROR' }));
    clock.advance(RETENTION_CHECK_MS);
    await turns();
    expect(() => log()).toThrow(expect.objectContaining({ code: 'KAFKA_STORAGE_ERROR' }));
    expect(readRecords(log(1)).map(({ value }) => value)).toEqual(['c']);
    await manager.close();
    expect(file.size()).toBe(sizeBytes);
  }
});

test('fault 9: a jump of the clock removes no segment; the time that passes does', async () => {
  const files = new MemoryFiles();
  const { clock, log } = await start(files, { retentionMs: HOUR_MS, segmentBytes: 200, timestampAfterMaxMs: 2 ** 62 });
  await append(log(), ['a', 'b', 'c', 'd', 'e']);
  clock.jumpWallClock(2 * HOUR_MS);
  clock.advance(RETENTION_CHECK_MS);
  await turns();
  expect(log().logStartOffset).toBe(0);
  clock.jumpWallClock(-2 * HOUR_MS);
  clock.advance(RETENTION_CHECK_MS);
  await turns();
  expect(log().logStartOffset).toBe(0);
  clock.advance(HOUR_MS);
  await turns();
  expect(log().logStartOffset).toBe(5);
});

test('recovery after kill −9 begins at the segment that was not synced', async () => {
  const files = new MemoryFiles();
  const { clock, log } = await start(files, { segmentBytes: 200 });
  await append(log(), ['a', 'b', 'c', 'd', 'e', 'f']);
  await turns();
  clock.advance(1000);
  const left = killed(files);
  // A wrong checksum that recovery would stumble over, if it looked at it.
  left.open('/data/orders-0/00000000000000000000.log').write([Buffer.from([0xff])], 65);
  const after = await start(left, { segmentBytes: 200 });
  expect(after.log().highWatermark).toBe(6);
});

test('retention looks at logs that nobody uses, and lets go of them again', async () => {
  const files = new MemoryFiles();
  const first = await start(files, { segmentBytes: 200 });
  await append(first.log(), ['a', 'b', 'c', 'd', 'e']);
  await first.manager.close();
  const { manager, clock } = await start(files, { segmentBytes: 200, retentionMs: HOUR_MS });
  clock.advance(2 * HOUR_MS);
  await turns();
  expect(logFiles(files)).toEqual(['00000000000000000005.log']);
  expect([...manager.allOpened()]).toEqual([]);
  expect(manager.get('orders', 0)!.logStartOffset).toBe(5);
});

test('compacted logs are compacted when they are dirty enough, and the next broker knows how far', async () => {
  const files = new MemoryFiles();
  const config = { isCompacted: true, isDeleted: false, segmentBytes: 200 };
  const { manager, clock, log } = await start(files, config);
  await append(log(), ['a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'a4', 'b4', 'a5']);
  await turns();
  clock.advance(1000);
  await turns();
  const { length } = readRecords(log());
  expect(length).toBeLessThan(6);
  expect(new Map(readRecords(log()).map(({ value }) => [value[0], value]))).toEqual(
    new Map([
      ['a', 'a5'],
      ['b', 'b4'],
    ]),
  );
  await manager.close();
  const checkpoint = Buffer.from(files.readWhole('/data/cleaner-offset-checkpoint')!).toString();
  expect(checkpoint).toMatch(/^0\n1\norders 0 \d+\n$/);
  const after = await start(files, config);
  after.clock.advance(1000);
  await turns();
  expect(readRecords(after.log())).toHaveLength(length);
});

test('what a killed broker had written is compacted by the next one, although nobody writes any more', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const config = { isCompacted: true, isDeleted: false, segmentBytes: 200 };
  const first = await start(files, config);
  const slow = Promise.withResolvers<void>();
  files.faults.slowSync = slow.promise;
  await append(first.log(), ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
  for (const log of first.manager.allOpened()) log.abandon();
  files.faults.slowSync = null;
  const { clock, log } = await start(files, config);
  expect(readRecords(log())).toHaveLength(6);
  clock.advance(1000);
  await turns();
  expect(readRecords(log()).length).toBeLessThan(4);
  slow.resolve();
});

test('fault 25: checkpoints of a newer version are refused, not read as nothing', async () => {
  const files = new MemoryFiles();
  const { manager, log } = await start(files);
  await append(log(), ['a']);
  manager.deleteRecordsBefore(log(), 1);
  await manager.close();
  files.replace('/data/log-start-offset-checkpoint', Buffer.from('1\n1\norders 0 1 extra\n'));
  await expect(start(files)).rejects.toMatchObject({ code: 'DATA_FORMAT_TOO_NEW' });
});
