import { unreachable } from '@millrace/base';
import type { DeliverySettings } from '../coordinators/group/group-settings.ts';
import type { PartitionLog } from '../log/partition-log.ts';

/** Where a group begins to read a log of which it knows nothing yet. */
export function startOffsetOf(
  log: PartitionLog,
  { offsetReset }: Pick<DeliverySettings, 'offsetReset'>,
  nowMs: number,
): number {
  switch (offsetReset.kind) {
    case 'earliest':
      return log.logStartOffset;
    case 'latest':
      return log.highWatermark;
    case 'by-duration':
      return log.offsetForTimestamp(nowMs - offsetReset.durationMs)?.offset ?? log.highWatermark;
    default:
      return unreachable(offsetReset);
  }
}
