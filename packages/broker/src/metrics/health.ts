import type { Services } from '../apis/api.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { offlinePartitions } from './partition-page.ts';

/** Below this the disk counts as full: a segment of the metadata or of offsets may not fit any more. */
const USABLE_BYTES_MIN = 64 * 1024 * 1024;

/** Where a broker is in its life. */
export type LifeState = 'starting' | 'recovering' | 'ready' | 'stopping';

/** Logs that are recovered after an unclean stop. */
export type RecoveryProgress = { readonly done: number; readonly total: number };

export type Health = {
  readonly state: LifeState;
  /** Null unless logs are recovered now. */
  readonly recovery: RecoveryProgress | null;
  /** Partitions that failed or could not be opened: the others go on. */
  readonly offlinePartitions: readonly string[];
  readonly disk: { readonly usableBytes: number; readonly isFull: boolean } | null;
  /** Whether clients are served, and can write. */
  readonly isReady: boolean;
};

/** Before the parts are there, nothing more is known than the state. */
export function healthBefore(state: LifeState, recovery: RecoveryProgress | null): Health {
  return { state, recovery, offlinePartitions: [], disk: null, isReady: false };
}

export function healthOf(state: LifeState, services: Services, opened: readonly PartitionLog[]): Health {
  const { usableBytes } = services.logs.volume();
  const isFull = usableBytes >= 0 && usableBytes < USABLE_BYTES_MIN;
  return {
    state,
    recovery: null,
    offlinePartitions: offlinePartitions(services, opened),
    disk: { usableBytes, isFull },
    isReady: state === 'ready' && !isFull,
  };
}
