import type { LogConfig } from './log-config.ts';
import type { Segment } from './segment.ts';

export type RetentionView = {
  readonly config: LogConfig;
  readonly nowMs: number;
  readonly logStartOffset: number;
  /** Records from here on are not durable yet and stay. */
  readonly durableOffset: number;
};

/**
 * How many segments, from the oldest on, are to go: those that lie below the log start offset, those whose newest record
 * is older than `retention.ms`, and those without which the log still holds `retention.bytes`. All of them may be
 * expired, the active one included.
 */
export function expiredSegments(segments: readonly Segment[], view: RetentionView): number {
  const { config, nowMs, logStartOffset, durableOffset } = view;
  let excessBytes = segments.reduce((sum, segment) => sum + segment.sizeBytes, 0) - config.retentionBytes;
  let count = 0;
  for (const segment of segments) {
    const next = segments[count + 1];
    if (segment.sizeBytes === 0 && next === undefined) break;
    if ((next?.baseOffset ?? durableOffset) > durableOffset) break;
    // Compaction may leave nothing of a segment; it stays to say where the log begins, unless that may move.
    const isEmpty = config.isDeleted && segment.sizeBytes === 0;
    const isBelowStart = next !== undefined && next.baseOffset <= logStartOffset;
    const isTooOld =
      config.isDeleted && config.retentionMs >= 0 && nowMs - (segment.newest?.timestamp ?? nowMs) > config.retentionMs;
    const isTooMuch =
      config.isDeleted && config.retentionBytes >= 0 && next !== undefined && excessBytes >= segment.sizeBytes;
    if (!isEmpty && !isBelowStart && !isTooOld && !isTooMuch) break;
    excessBytes -= segment.sizeBytes;
    count += 1;
  }
  return count;
}
