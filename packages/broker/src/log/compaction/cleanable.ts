import type { LogConfig } from '../log-config.ts';
import type { Segment } from '../segment.ts';

/** A log as far as it matters for what of it may be compacted. */
export type CompactedLog = {
  readonly config: LogConfig;
  /** In order; the last one is active. */
  readonly segments: readonly Segment[];
  readonly logStartOffset: number;
  readonly lastStableOffset: number;
  /** Below it everything is on the device. */
  readonly recoveryPoint: number;
};

export type Cleanable = {
  /** Everything before it was compacted. */
  readonly firstDirtyOffset: number;
  /** Segments from here on are left alone. */
  readonly endOffset: number;
  readonly dirtyBytes: number;
  /** The share of what was not compacted yet. */
  readonly dirtyRatio: number;
  /** Whether a record has been waiting for longer than `max.compaction.lag.ms`. */
  readonly isOverdue: boolean;
};

/**
 * What of a log may be compacted: whole segments, none of them active, none with an undecided transaction, and none with
 * a record younger than `min.compaction.lag.ms`.
 */
export function findCleanable(log: CompactedLog, cleanedOffset: number, nowMs: number): Cleanable {
  const { segments, config, logStartOffset } = log;
  // A gap above the recovery point would look like a hole that a power cut left.
  const endOffsetMax = Math.min(log.lastStableOffset, log.recoveryPoint);
  const firstDirtyOffset = Math.max(cleanedOffset, logStartOffset);
  let cleanBytes = 0;
  let dirtyBytes = 0;
  let isOverdue = false;
  let endOffset = segments[0]!.baseOffset;
  for (let index = 0; index + 1 < segments.length; index++) {
    const segment = segments[index]!;
    const nextOffset = segments[index + 1]!.baseOffset;
    const isDirty = nextOffset > firstDirtyOffset;
    if (nextOffset > endOffsetMax || (isDirty && isYoung(segment, config, nowMs))) break;
    endOffset = nextOffset;
    if (!isDirty) {
      cleanBytes += segment.sizeBytes;
      continue;
    }
    dirtyBytes += segment.sizeBytes;
    const { firstTimestamp } = segment;
    if (firstTimestamp >= 0 && nowMs - firstTimestamp > config.compactionLagMaxMs) isOverdue = true;
  }
  const bytes = cleanBytes + dirtyBytes;
  return { firstDirtyOffset, endOffset, dirtyBytes, dirtyRatio: bytes === 0 ? 0 : dirtyBytes / bytes, isOverdue };
}

/** Whether it is worth it. */
export function isWorthCleaning({ dirtyBytes, dirtyRatio, isOverdue }: Cleanable, config: LogConfig): boolean {
  return dirtyBytes > 0 && (isOverdue || dirtyRatio > config.dirtyRatioMin);
}

function isYoung(segment: Segment, { compactionLagMinMs }: LogConfig, nowMs: number): boolean {
  return compactionLagMinMs > 0 && (segment.newest?.timestamp ?? -1) > nowMs - compactionLagMinMs;
}
