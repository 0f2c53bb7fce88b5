import { murmur2, type RecordBatchHeader, toPositive } from '@millrace/protocol';
import type { LogConfig } from './log-config.ts';
import type { Segment } from './segment.ts';

/** Offsets and positions in an index are relative to the segment and take 31 bits. */
const RELATIVE_MAX = 2 ** 31 - 1;

export type RollView = {
  /** The name of the partition. */
  readonly name: string;
  readonly active: Segment;
  /** Of the active segment, with what is still to be written. */
  readonly sizeBytes: number;
  readonly config: LogConfig;
};

/** Whether a batch must begin a new segment: the active one would grow too large with it, or has become too old. */
export function mustRoll({ name, active, sizeBytes, config }: RollView, header: RecordBatchHeader): boolean {
  if (sizeBytes === 0) return false;
  if (sizeBytes + header.sizeInBytes > Math.min(config.segmentBytes, RELATIVE_MAX)) return true;
  if (header.lastOffset - active.baseOffset > RELATIVE_MAX) return true;
  const firstMs = active.firstTimestamp;
  if (firstMs < 0) return false;
  // What must be compacted soon must leave the active segment soon, since that is never compacted.
  const segmentMs = config.isCompacted ? Math.min(config.segmentMs, config.compactionLagMaxMs) : config.segmentMs;
  return header.maxTimestamp - firstMs >= segmentMs - jitterMs(name, active.baseOffset, config, segmentMs);
}

/** Logs that began together are not to end their segments together: how much earlier this segment of this log ends. */
function jitterMs(name: string, baseOffset: number, { segmentJitterMs }: LogConfig, segmentMs: number): number {
  const spreadMs = Math.min(segmentJitterMs, segmentMs);
  if (spreadMs <= 0) return 0;
  return Math.floor((toPositive(murmur2(Buffer.from(`${name}/${baseOffset}`))) / 2 ** 31) * spreadMs);
}
