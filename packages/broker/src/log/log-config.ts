import type { CompressionType } from '@millrace/protocol';

export type TimestampType = 'CreateTime' | 'LogAppendTime';

/** When an append counts as done: when the operating system has it, or when the device has it. */
export type FlushPolicy = 'os' | 'always';

/** What a log goes by, resolved from the topic's own configs and the broker's. Sizes in bytes, times in milliseconds. */
export type LogConfig = {
  readonly segmentBytes: number;
  readonly segmentMs: number;
  /** How much earlier than {@link segmentMs} a segment may end. */
  readonly segmentJitterMs: number;
  readonly indexIntervalBytes: number;
  /** How many records may be unsynced. */
  readonly flushMessages: number;
  /** How long records may be unsynced. */
  readonly flushMs: number;
  /** Negative: without limit. */
  readonly retentionMs: number;
  /** Negative: without limit. */
  readonly retentionBytes: number;
  readonly maxMessageBytes: number;
  readonly timestampType: TimestampType;
  /** How far a record's time may lie behind and ahead of the broker's. */
  readonly timestampBeforeMaxMs: number;
  readonly timestampAfterMaxMs: number;
  /** The codec that batches are stored in; null as the producer sent them. */
  readonly compression: CompressionType | null;
  readonly isCompacted: boolean;
  /** The share of a log that was not compacted yet from which it is worth it. */
  readonly dirtyRatioMin: number;
  /** How long a record stays uncompacted at least and at most. */
  readonly compactionLagMinMs: number;
  readonly compactionLagMaxMs: number;
  /** How long tombstones stay after the first compaction that met them. */
  readonly deleteRetentionMs: number;
  readonly isDeleted: boolean;
};
