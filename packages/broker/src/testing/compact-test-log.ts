import { findCleanable, isWorthCleaning } from '../log/compaction/cleanable.ts';
import { compactLog } from '../log/compaction/compact-log.ts';
import type { PartitionLog } from '../log/partition-log.ts';

/** Memory that is enough for the keys of any test. */
const MEMORY_BYTES = 1024 * 1024;

export type CompactTestLogOptions = {
  readonly nowMs: number;
  readonly cleanedOffset?: number;
  readonly memoryBytesMax?: number;
  /** Passes after which to stop, clean or not. */
  readonly passesMax?: number;
  /** Called between slices. */
  readonly between?: () => void;
};

/** Compacts what of a log may be compacted, in as many passes as it takes. Answers up to where it is clean then. */
export async function compactTestLog(log: PartitionLog, options: CompactTestLogOptions): Promise<number> {
  // The closed segments are synced in the background; only what is on the device is compacted.
  while (log.recoveryPoint < log.segments.at(-1)!.baseOffset) await new Promise((resolve) => setImmediate(resolve));
  const { nowMs, memoryBytesMax = MEMORY_BYTES, passesMax = Number.POSITIVE_INFINITY, between } = options;
  let cleanedOffset = options.cleanedOffset ?? 0;
  for (let pass = 0; pass < passesMax; pass++) {
    const cleanable = findCleanable(log, cleanedOffset, nowMs);
    if (!isWorthCleaning(cleanable, { ...log.config, dirtyRatioMin: -1 })) break;
    const breathe = async () => between?.();
    cleanedOffset = await compactLog(log, cleanable, { nowMs, memoryBytesMax, seed: 1, breathe });
  }
  return cleanedOffset;
}
