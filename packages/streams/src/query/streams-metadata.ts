import type { TopicPartition } from '@millrace/client';
import type { Serde } from '../serdes/serde.ts';
import type { StreamPartitioner } from '../topology/node-specs.ts';

/** What one instance of the application has, as of the last round. (Kafka Streams: StreamsMetadata.) */
export type StreamsMetadata = {
  /** `host:port` under which it answers queries of others (`applicationServer`), or null where it told none. */
  readonly applicationServer: string | null;
  /** Whether it is this instance. */
  readonly isLocal: boolean;
  /** Stores of which it has partitions, global ones included. */
  readonly stateStoreNames: readonly string[];
  /** The partitions that its tasks read. */
  readonly topicPartitions: readonly TopicPartition[];
  /** Stores of which it has copies of partitions, and what the tasks of these read (`numStandbyReplicas`). */
  readonly standbyStateStoreNames: readonly string[];
  readonly standbyTopicPartitions: readonly TopicPartition[];
};

/** Where a key of a store is. (Kafka Streams: KeyQueryMetadata.) */
export type KeyQueryMetadata =
  | {
      readonly kind: 'available';
      /** The `applicationServer` of the instance that runs the key's task, or null where it told none. */
      readonly activeHost: string | null;
      /** The same of the instances that have a copy of the task. */
      readonly standbyHosts: readonly (string | null)[];
      /** −1 for a global store, which every instance has whole. */
      readonly partition: number;
      /** Whether this instance runs the task. */
      readonly isLocal: boolean;
    }
  /** Nobody runs the key's task now: it is being moved. (Kafka Streams: KeyQueryMetadata.NOT_AVAILABLE.) */
  | {
      readonly kind: 'not-available';
      readonly standbyHosts: readonly (string | null)[];
      /** −1 where not even that is known yet. */
      readonly partition: number;
    };

/**
 * How a key becomes a partition: by the hash of what a serde makes of it (default: the store's own), or by the
 * partitioner that the records of the store's topic were written with.
 */
export type KeyPlacing<K> = Serde<K> | StreamPartitioner<K, null>;
