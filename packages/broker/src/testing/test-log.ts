import { silentLogger } from '@millrace/base';
import { FakeClock } from '@millrace/base/testing';
import { type BuildBatchOptions, RecordBatchBuilder, RecordCursor } from '@millrace/protocol';
import { Limiter } from '../lib/limiter.ts';
import { endOffsetOf } from '../log/batch-scan.ts';
import type { LogConfig } from '../log/log-config.ts';
import type { LogServices, PartitionLogOptions } from '../log/log-options.ts';
import { PartitionLog } from '../log/partition-log.ts';
import { WriteTurn } from '../log/write-turn.ts';
import type { Files } from '../storage/files.ts';

/** The time at which tests begin: records of then are neither too old nor too new. */
export const TEST_START_MS = 1_700_000_000_000;

export const TEST_LOG_CONFIG: LogConfig = {
  segmentBytes: 1024 * 1024,
  segmentMs: 7 * 24 * 3_600_000,
  segmentJitterMs: 0,
  indexIntervalBytes: 4096,
  flushMessages: 2 ** 63,
  flushMs: 2 ** 63,
  retentionMs: -1,
  retentionBytes: -1,
  maxMessageBytes: 1_048_588,
  timestampType: 'CreateTime',
  timestampBeforeMaxMs: 2 ** 63,
  timestampAfterMaxMs: 3_600_000,
  compression: null,
  isCompacted: false,
  dirtyRatioMin: 0.5,
  compactionLagMinMs: 0,
  compactionLagMaxMs: 2 ** 63,
  deleteRetentionMs: 24 * 3_600_000,
  isDeleted: true,
};

export function testServices(files: Files, more: Partial<LogServices> = {}): LogServices {
  return {
    files,
    clock: new FakeClock(TEST_START_MS),
    logger: silentLogger,
    flush: 'os',
    turn: new WriteTurn(),
    syncs: new Limiter(3),
    ...more,
  };
}

export function openTestLog(
  services: LogServices,
  config: Partial<LogConfig> = {},
  more: Partial<PartitionLogOptions> = {},
): PartitionLog {
  return PartitionLog.open(services, {
    topic: 'orders',
    partition: 0,
    folder: '/data/orders-0',
    config: { ...TEST_LOG_CONFIG, ...config },
    leaderEpoch: 0,
    recoveryPoint: 0,
    logStartOffset: 0,
    isClean: false,
    ...more,
  });
}

export type TestRecord = {
  readonly key?: string | null;
  /** Null for a tombstone. */
  readonly value: string | null;
  readonly timestamp?: number;
};

export function testBatch(records: readonly (string | TestRecord)[], options: BuildBatchOptions = {}): Uint8Array {
  const builder = new RecordBatchBuilder();
  for (const record of records) {
    const { key = null, value, timestamp = TEST_START_MS } = typeof record === 'string' ? { value: record } : record;
    builder.append(timestamp, bytesOf(key), bytesOf(value));
  }
  return builder.build(options);
}

function bytesOf(text: string | null): Uint8Array | null {
  return text === null ? null : Buffer.from(text);
}

export type ReadRecord = { readonly offset: number; readonly value: string };

/** All records from an offset on, as a consumer would read them. */
export function readRecords(
  log: PartitionLog,
  from: number = log.logStartOffset,
  maxBytes: number = 4096,
): ReadRecord[] {
  const records: ReadRecord[] = [];
  let offset = from;
  while (offset < log.highWatermark) {
    const bytes = log.read(offset, maxBytes);
    if (bytes.byteLength === 0) break;
    const cursor = new RecordCursor(bytes, { fromOffset: offset, checkCrcs: true });
    while (cursor.next()) {
      records.push({ offset: cursor.offset, value: Buffer.from(cursor.value() ?? []).toString() });
    }
    // Compaction leaves batches without records, too.
    offset = endOffsetOf(bytes)!;
  }
  return records;
}
