import type { RecordHeader } from '@millrace/protocol';
import type { FetcherOptions, OffsetReset } from '../fetcher/fetcher-options.ts';
import type { Assignor } from '../group/assignor.ts';
import type { GroupProtocol } from '../group/group-options.ts';
import type { TopicPartition } from '../lib/topic-partition.ts';

export type ConsumerOptions = Omit<FetcherOptions, 'offsetReset'> & {
  readonly groupId: string;
  readonly topics: string | readonly string[];
  readonly groupInstanceId?: string;
  /** Who assigns: see {@link GroupMemberOptions}. Default: `classic`. */
  readonly groupProtocol?: GroupProtocol;
  readonly serverAssignor?: string;
  /** Where a partition without a committed offset begins. Default: `latest`, as Java's consumer. */
  readonly offsetReset?: OffsetReset;
  /** Commits what was handed out before the last one, every so often; false to commit by hand. Default: 5000. */
  readonly autoCommitIntervalMs?: number | false;
  readonly assignors?: readonly Assignor[];
  readonly sessionTimeoutMs?: number;
  readonly heartbeatIntervalMs?: number;
  readonly maxPollIntervalMs?: number;
  readonly onAssigned?: (partitions: readonly TopicPartition[]) => Promise<void> | void;
  readonly onRevoked?: (partitions: readonly TopicPartition[]) => Promise<void> | void;
};

export type ConsumerRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** A view into the fetched bytes: copy it to keep it. */
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
};

/** What one fetch brought for one partition. */
export type ConsumerBatch = {
  readonly topic: string;
  readonly partition: number;
  /** The offset after the last record that readers may see now. */
  readonly highWatermark: number;
  readonly records: readonly ConsumerRecord[];
};
