import type { RecordBatchHeader } from '@millrace/protocol';
import type { LogConfig } from './log-config.ts';
import type { Segment } from './segment.ts';

/** Offsets and positions in an index are relative to the segment and take 31 bits. */
const RELATIVE_MAX = 2 ** 31 - 1;

/** Whether a batch must begin a new segment: the active one would grow too large with it, or has become too old. */
export function mustRoll(active: Segment, sizeBytes: number, header: RecordBatchHeader, config: LogConfig): boolean {
  if (sizeBytes === 0) return false;
  if (sizeBytes + header.sizeInBytes > Math.min(config.segmentBytes, RELATIVE_MAX)) return true;
  if (header.lastOffset - active.baseOffset > RELATIVE_MAX) return true;
  const firstMs = active.firstTimestamp;
  return firstMs >= 0 && header.maxTimestamp - firstMs >= config.segmentMs;
}
