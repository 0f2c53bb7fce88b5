import { FakeClock } from '@millrace/base/testing';
import { expect, test } from 'vitest';
import { Limiter } from '../lib/limiter.ts';
import { FaultyFiles } from '../storage/faulty-files.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { openTestLog, readRecords, testBatch, testServices } from '../testing/test-log.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('a sync covers what was written when it began, not what was accepted meanwhile', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const syncs = new Limiter(1);
  const log = openTestLog(testServices(files, { flush: 'always', syncs }));
  const busy = Promise.withResolvers<void>();
  void syncs.run(() => busy.promise);
  log.append(testBatch(['a']));
  const first = log.durable();
  await turn();
  // Accepted, but its turn has not come: the sync that is let in now must not speak for it.
  busy.resolve();
  log.append(testBatch(['b']));
  await first;
  expect(log.highWatermark).toBe(1);
  expect(log.recoveryPoint).toBe(1);
  await log.durable();
  expect(log.highWatermark).toBe(2);
});

test('who asks while a sync runs waits for it: a retry is not acknowledged before what it repeats is safe', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const log = openTestLog(testServices(files, { flush: 'always' }));
  const slow = Promise.withResolvers<void>();
  files.faults.slowSync = slow.promise;
  log.append(testBatch(['a'], { producerId: 1, producerEpoch: 0, baseSequence: 0 }));
  await turn();
  log.append(testBatch(['a'], { producerId: 1, producerEpoch: 0, baseSequence: 0 }));
  let isAcknowledged = false;
  const retry = log.durable().then(() => {
    isAcknowledged = true;
  });
  await turn();
  expect(isAcknowledged).toBe(false);
  slow.resolve();
  await retry;
  expect(log.highWatermark).toBe(1);
});

test('what came in while a sync ran shares the next one', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const log = openTestLog(testServices(files, { flush: 'always' }));
  const slow = Promise.withResolvers<void>();
  files.faults.slowSync = slow.promise;
  const waiting: Promise<void>[] = [];
  for (let index = 0; index < 20; index++) {
    log.append(testBatch([`v${index}`]));
    waiting.push(log.durable());
    await turn();
  }
  expect([files.syncCount, log.highWatermark]).toEqual([1, 0]);
  slow.resolve();
  await Promise.all(waiting);
  expect(files.syncCount).toBe(2);
  expect(readRecords(log)).toHaveLength(20);
});

test('flush.messages puts that many records on the device before any of them is acknowledged, and no more often', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const log = openTestLog(testServices(files), { flushMessages: 3 });
  const slow = Promise.withResolvers<void>();
  files.faults.slowSync = slow.promise;
  log.append(testBatch(['a', 'b']));
  await log.durable();
  expect([files.syncCount, log.highWatermark]).toEqual([0, 2]);
  log.append(testBatch(['c']));
  const third = log.durable();
  await turn();
  expect([files.syncCount, log.highWatermark]).toEqual([1, 2]);
  slow.resolve();
  await third;
  expect([log.recoveryPoint, log.highWatermark]).toEqual([3, 3]);
  log.append(testBatch(['d']));
  await log.durable();
  expect(files.syncCount).toBe(1);
});

test('flush.ms puts records on the device some time after they were written', async () => {
  const clock = new FakeClock();
  const files = new FaultyFiles(new MemoryFiles());
  const log = openTestLog(testServices(files, { clock }), { flushMs: 100, timestampAfterMaxMs: 2 ** 62 });
  log.append(testBatch(['a']));
  await log.durable();
  clock.advance(99);
  await turn();
  expect(log.recoveryPoint).toBe(0);
  clock.advance(1);
  await turn();
  expect(log.recoveryPoint).toBe(1);
  clock.advance(1000);
  expect(files.syncCount).toBe(1);
});
