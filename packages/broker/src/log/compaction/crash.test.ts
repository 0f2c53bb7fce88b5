import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FaultyFiles } from '../../storage/faulty-files.ts';
import { MemoryFiles } from '../../storage/memory-files.ts';
import { compactTestLog } from '../../testing/compact-test-log.ts';
import { committedRecords, type KeyedRecord } from '../../testing/keyed-records.ts';
import { openTestLog, TEST_START_MS, testBatch, testServices } from '../../testing/test-log.ts';
import type { PartitionLog } from '../partition-log.ts';

const DAY_MS = 24 * 3_600_000;

/** What happens to a log: batches of a producer inside or outside of a transaction, ends of transactions, compactions. */
type Step =
  | { readonly kind: 'put'; readonly producer: number; readonly keys: readonly number[]; readonly isTombstone: boolean }
  | { readonly kind: 'end'; readonly producer: number; readonly isCommit: boolean }
  | { readonly kind: 'compact'; readonly laterMs: number; readonly passesMax: number };

const producer = fc.integer({ min: 0, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      producer,
      keys: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }),
      isTombstone: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('end' as const), producer, isCommit: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('compact' as const),
      laterMs: fc.constantFrom(0, 1, DAY_MS, 2 * DAY_MS),
      passesMax: fc.integer({ min: 1, max: 3 }),
    }),
  },
);

/** A history that runs against a log; producer 0 has no transactions, the others nothing else. */
class History {
  readonly #sequences = new Map<number, number>();
  #serial = 0;
  #cleanedOffset = 0;
  nowMs = TEST_START_MS;

  async run(log: PartitionLog, steps: readonly Step[]): Promise<void> {
    for (const current of steps) {
      if (current.kind === 'compact') await this.compact(log, current);
      else this.#apply(log, current);
      await log.durable();
    }
  }

  async compact(log: PartitionLog, { laterMs, passesMax }: { laterMs: number; passesMax: number }): Promise<void> {
    this.nowMs += laterMs;
    const before = fold(committedRecords(log));
    this.#cleanedOffset = await compactTestLog(log, {
      nowMs: this.nowMs,
      cleanedOffset: this.#cleanedOffset,
      memoryBytesMax: 100,
      passesMax,
    });
    expect(fold(committedRecords(log))).toEqual(before);
    expectOrder(log);
  }

  #apply(log: PartitionLog, current: Exclude<Step, { kind: 'compact' }>): void {
    const producerId = current.producer;
    if (current.kind === 'end') {
      const kind = current.isCommit ? 'commit' : 'abort';
      log.endTransaction({ kind, producerId, producerEpoch: 0, coordinatorEpoch: 0 });
      return;
    }
    const records = current.keys.map((key) => ({
      key: `key-${key}`,
      value: current.isTombstone ? null : `value-${this.#serial++}`,
    }));
    const baseSequence = this.#sequences.get(producerId) ?? 0;
    this.#sequences.set(producerId, baseSequence + records.length);
    const batch = testBatch(records, { producerId, producerEpoch: 0, baseSequence, isTransactional: producerId > 0 });
    log.append(batch, 'transaction');
  }
}

/** The table that a log stands for. */
function fold(records: readonly KeyedRecord[]): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const { key, value } of records) {
    if (value === null) table.delete(key);
    else table.set(key, value);
  }
  return table;
}

/** No segment holds what belongs to the next one. */
function expectOrder(log: PartitionLog): void {
  log.segments.forEach((segment, index) => {
    let next = segment.baseOffset;
    segment.walk(0, segment.sizeBytes, (header) => {
      expect(header.baseOffset).toBeGreaterThanOrEqual(next);
      next = header.lastOffset + 1;
      return true;
    });
    expect(next).toBeLessThanOrEqual(log.segments[index + 1]?.baseOffset ?? log.logEndOffset);
  });
}

const steps = fc.array(step, { minLength: 10, maxLength: 60 });
const CONFIG = { isCompacted: true, segmentBytes: 400, indexIntervalBytes: 120 };

test('whatever was written and however often it is compacted, the table that a log stands for is the same', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const files = new MemoryFiles();
      const log = openTestLog(testServices(files), CONFIG);
      const world = new History();
      await world.run(log, history);
      await world.compact(log, { laterMs: DAY_MS, passesMax: 100 });
      await world.compact(log, { laterMs: DAY_MS, passesMax: 100 });
      // The files say the same as the log in memory, and the last batch of each producer is known from them alone.
      const expected = committedRecords(log);
      const sequences = log.activeProducers().map(({ producerId, lastSequence }) => [producerId, lastSequence]);
      for (const name of files.list('/data/orders-0')) {
        if (/snapshot|index$/.test(name)) files.remove(`/data/orders-0/${name}`);
      }
      const again = openTestLog(testServices(files), CONFIG, { recoveryPoint: log.recoveryPoint });
      expect(committedRecords(again)).toEqual(expected);
      expect(again.lastStableOffset).toBe(log.lastStableOffset);
      const after = again.activeProducers().map(({ producerId, lastSequence }) => [producerId, lastSequence]);
      expect(new Map(after as [number, number][])).toEqual(new Map(sequences as [number, number][]));
    }),
    { numRuns: 100 },
  );
});

test('a compaction that dies at any step leaves a log that stands for the same table, and goes on', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.boolean(), async (history, isClean) => {
      const before = new MemoryFiles();
      const log = openTestLog(testServices(before), CONFIG);
      const world = new History();
      await world.run(log, history);
      const expected = fold(committedRecords(log));
      const { lastStableOffset } = log;
      await log.close();
      for (let changes = 0; ; changes++) {
        const disk = before.clone();
        const files = new FaultyFiles(disk);
        const dying = openTestLog(testServices(files), CONFIG, { isClean: true });
        files.faults.changesLeft = changes;
        const outcome = await compactTestLog(dying, { nowMs: world.nowMs + DAY_MS }).catch(() => null);
        // Of what a dead process had open nothing is written any more.
        const survivor = openTestLog(testServices(disk.clone()), CONFIG, {
          isClean,
          recoveryPoint: dying.recoveryPoint,
        });
        expect(fold(committedRecords(survivor))).toEqual(expected);
        expect(survivor.lastStableOffset).toBe(lastStableOffset);
        expectOrder(survivor);
        await compactTestLog(survivor, { nowMs: world.nowMs + DAY_MS });
        expect(fold(committedRecords(survivor))).toEqual(expected);
        if (outcome !== null) return;
      }
    }),
    { numRuns: 25 },
  );
});
