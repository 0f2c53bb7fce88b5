import { expect, test } from 'vitest';
import { FaultyFiles } from '../storage/faulty-files.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { openTestLog, readRecords, testBatch, testServices } from '../testing/test-log.ts';
import type { PartitionLog } from './partition-log.ts';

/** Appends a batch of a transaction; one value, one record. */
function write(log: PartitionLog, producerId: number, baseSequence: number, value: string, producerEpoch = 0): void {
  log.append(testBatch([value], { producerId, producerEpoch, baseSequence, isTransactional: true }), 'transaction');
}

function end(log: PartitionLog, producerId: number, kind: 'commit' | 'abort', producerEpoch = 0): void {
  log.endTransaction({ kind, producerId, producerEpoch, coordinatorEpoch: 0 });
}

/** The values that a reader of committed records sees. */
function committed(log: PartitionLog): string[] {
  const aborted = log.abortedTransactions(log.logStartOffset, log.lastStableOffset);
  return readRecords(log)
    .filter(({ offset }) => offset < log.lastStableOffset)
    .filter(({ offset, value }) => {
      const producerId = Number(value[1]);
      return !aborted.some(
        (other) => other.producerId === producerId && other.firstOffset <= offset && offset < other.lastOffset,
      );
    })
    .map(({ value }) => value);
}

/** Two producers that interleave: 1 aborts its first transaction and commits its second, 2 commits one, 3 stays open. */
async function interleave(log: PartitionLog): Promise<void> {
  write(log, 1, 0, 'p1-aborted');
  write(log, 2, 0, 'p2-committed');
  write(log, 1, 1, 'p1-aborted');
  await log.durable();
  end(log, 1, 'abort');
  write(log, 1, 2, 'p1-committed');
  write(log, 2, 1, 'p2-committed');
  await log.durable();
  end(log, 1, 'commit');
  end(log, 2, 'commit');
  write(log, 3, 0, 'p3-open');
  await log.durable();
}

const COMMITTED = ['p2-committed', 'p1-committed', 'p2-committed'];

test('an open transaction holds back the last stable offset until its marker is there', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  log.append(testBatch(['before']));
  write(log, 1, 0, 'a');
  log.append(testBatch(['after']));
  await log.durable();
  expect([log.lastStableOffset, log.highWatermark]).toEqual([1, 3]);
  end(log, 1, 'commit');
  await log.durable();
  expect([log.lastStableOffset, log.highWatermark]).toEqual([4, 4]);
});

test('a marker that is not durable decides nothing yet', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  write(log, 1, 0, 'a');
  await log.durable();
  end(log, 1, 'abort');
  expect(log.lastStableOffset).toBe(0);
  await log.durable();
  expect(log.lastStableOffset).toBe(2);
});

test('readers of committed records get whole batches before the last stable offset', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  log.append(testBatch(['before']));
  write(log, 1, 0, 'a');
  await log.durable();
  const bytes = log.read(0, 4096, 'committed');
  expect(bytes.byteLength).toBeGreaterThan(0);
  expect(bytes.byteLength).toBeLessThan(log.read(0, 4096).byteLength);
  expect(log.read(1, 4096, 'committed').byteLength).toBe(0);
});

test('the end of a transaction that is not open here writes nothing', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  write(log, 1, 0, 'a');
  end(log, 1, 'commit', 1);
  end(log, 1, 'commit', 1);
  end(log, 2, 'abort');
  await log.durable();
  expect(log.highWatermark).toBe(2);
});

test('an end of an older epoch or of an older coordinator is refused', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  write(log, 1, 0, 'a', 4);
  expect(() => end(log, 1, 'commit', 3)).toThrow(expect.objectContaining({ code: 'INVALID_PRODUCER_EPOCH' }));
  log.endTransaction({ kind: 'commit', producerId: 1, producerEpoch: 4, coordinatorEpoch: 7 });
  write(log, 1, 1, 'b', 4);
  expect(() => end(log, 1, 'commit', 4)).toThrow(expect.objectContaining({ code: 'TRANSACTION_COORDINATOR_FENCED' }));
});

test('after a marker with a new epoch the sequence begins at 0, and the old epoch is fenced', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  write(log, 1, 0, 'a', 0);
  end(log, 1, 'commit', 1);
  expect(() => write(log, 1, 1, 'b', 0)).toThrow(expect.objectContaining({ code: 'INVALID_PRODUCER_EPOCH' }));
  expect(() => write(log, 1, 1, 'b', 1)).toThrow(expect.objectContaining({ code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }));
  write(log, 1, 0, 'b', 1);
});

test('a producer with an open transaction writes nothing outside of it', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  write(log, 1, 0, 'a');
  const outside = testBatch(['b'], { producerId: 1, producerEpoch: 0, baseSequence: 1 });
  expect(() => log.append(outside)).toThrow(expect.objectContaining({ code: 'INVALID_TXN_STATE' }));
});

test('a batch of a transaction without its coordinator behind it is refused', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  const batch = testBatch(['a'], { producerId: 1, producerEpoch: 0, baseSequence: 0, isTransactional: true });
  expect(() => log.append(batch)).toThrow(expect.objectContaining({ code: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED' }));
});

test('transactions outlast a clean stop and a crash, over the borders of segments', async () => {
  for (const segmentBytes of [250, 1024 * 1024]) {
    for (const isClean of [true, false]) {
      const files = new MemoryFiles();
      const log = openTestLog(testServices(files), { segmentBytes });
      await interleave(log);
      expect(committed(log)).toEqual(COMMITTED);
      if (isClean) await log.close();
      const after = openTestLog(testServices(files), { segmentBytes }, { isClean });
      expect(after.lastStableOffset).toBe(log.lastStableOffset);
      expect(committed(after)).toEqual(COMMITTED);
      expect(after.isInTransaction(3, 0)).toBe(true);
      end(after, 3, 'abort');
      await after.durable();
      expect(committed(after)).toEqual(COMMITTED);
      expect(after.lastStableOffset).toBe(after.highWatermark);
    }
  }
});

test('a crash after a clean stop loses no aborted transaction, also without its index file', async () => {
  const files = new MemoryFiles();
  const before = openTestLog(testServices(files));
  await interleave(before);
  await before.close();
  const between = openTestLog(testServices(files), {}, { isClean: true });
  end(between, 3, 'abort');
  await between.durable();
  files.remove('/data/orders-0/00000000000000000000.txnindex');
  const after = openTestLog(testServices(files));
  expect(after.abortedTransactions(0, 100).map(({ producerId }) => producerId)).toEqual([1, 3]);
  expect(committed(after)).toEqual(COMMITTED);
});

test('a write that failed takes nothing out of an open transaction and ends none', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const log = openTestLog(testServices(files));
  write(log, 1, 0, 'p1-aborted');
  await log.durable();
  files.faults.bytesLeft = 10;
  end(log, 1, 'abort');
  await expect(log.durable()).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
  expect(log.isInTransaction(1, 0)).toBe(true);
  expect(log.abortedTransactions(0, 100)).toEqual([]);
  files.faults.bytesLeft = 10_000;
  end(log, 1, 'abort');
  await log.durable();
  expect(log.abortedTransactions(0, 100)).toMatchObject([{ producerId: 1, firstOffset: 0, lastOffset: 1 }]);
});

test('a producer with an open transaction is not forgotten, however long it is silent', async () => {
  const log = openTestLog(testServices(new MemoryFiles()));
  write(log, 1, 0, 'a');
  log.append(testBatch(['b'], { producerId: 2, producerEpoch: 0, baseSequence: 0 }));
  log.expireProducers(Number.POSITIVE_INFINITY);
  expect(log.activeProducers()).toMatchObject([{ producerId: 1, currentTxnStartOffset: 0 }]);
});
