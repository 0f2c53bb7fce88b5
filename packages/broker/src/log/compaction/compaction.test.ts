import { RecordCursor, readBatchHeader, recordBatches } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { FaultyFiles } from '../../storage/faulty-files.ts';
import { MemoryFiles } from '../../storage/memory-files.ts';
import { compactTestLog } from '../../testing/compact-test-log.ts';
import { openTestLog, TEST_START_MS, testBatch, testServices } from '../../testing/test-log.ts';
import type { PartitionLog } from '../partition-log.ts';
import { TailCache } from '../tail-cache.ts';

const COMPACTED = { isCompacted: true, isDeleted: false, segmentBytes: 400, indexIntervalBytes: 100 };
const RETENTION_MS = 24 * 3_600_000;
const nowMs = TEST_START_MS;
const NO_TAIL = { tails: new TailCache(0) };

type Seen = { readonly offset: number; readonly key: string; readonly value: string | null };

/** What a consumer sees that begins at an offset, markers left out. */
function read(log: PartitionLog, from = log.logStartOffset): Seen[] {
  const seen: Seen[] = [];
  for (let offset = from; offset < log.highWatermark; ) {
    const bytes = log.read(offset, 1000);
    const cursor = new RecordCursor(bytes, { fromOffset: offset, checkCrcs: true });
    while (cursor.next()) {
      const value = cursor.value();
      const key = Buffer.from(cursor.key()!).toString();
      seen.push({ offset: cursor.offset, key, value: value === null ? null : Buffer.from(value).toString() });
    }
    for (const header of recordBatches(bytes)) offset = header.lastOffset + 1;
  }
  return seen;
}

function headers(log: PartitionLog) {
  const found = [];
  for (let offset = log.logStartOffset; offset < log.highWatermark; ) {
    const header = readBatchHeader(log.read(offset, 1));
    found.push(header);
    offset = header.lastOffset + 1;
  }
  return found;
}

async function put(log: PartitionLog, key: string, value: string | null, more = {}): Promise<void> {
  log.append(testBatch([{ key, value: value as string }], more), 'transaction');
  await log.durable();
}

/** Ends the active segment, which is never compacted. */
async function roll(log: PartitionLog): Promise<void> {
  const { length } = log.segments;
  while (log.segments.length === length) await put(log, 'filler', 'x'.repeat(50));
}

test('the last record of each key stays, at its offset, and older ones go', async () => {
  const log = openTestLog(testServices(new MemoryFiles()), COMPACTED);
  for (let round = 0; round < 5; round++) {
    for (const key of ['a', 'b', 'c']) await put(log, key, `${key}${round}`);
  }
  await roll(log);
  const before = read(log);
  await compactTestLog(log, { nowMs });
  const after = read(log);
  expect(after.length).toBeLessThan(before.length);
  for (const seen of after) expect(before).toContainEqual(seen);
  const last = (key: string) => before.findLast((seen) => seen.key === key);
  for (const key of ['a', 'b', 'c']) {
    expect(after.filter((seen) => seen.key === key)).toEqual([last(key)]);
  }
  // A consumer that asks for an offset in a gap goes on with what comes next.
  for (const { offset } of before) expect(read(log, offset)).toEqual(after.filter((seen) => seen.offset >= offset));
});
