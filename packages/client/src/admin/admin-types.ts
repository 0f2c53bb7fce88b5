import type { TopicPartition } from '../lib/topic-partition.ts';

export type AdminOptions = {
  /** The most time for one call, retries included. Default: the client's `retryTimeoutMs`. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
};

export type NewTopic = {
  readonly name: string;
  /** −1: the broker's default. Default: −1. */
  readonly partitionCount?: number;
  /** −1: the broker's default. Default: −1. */
  readonly replicationFactor?: number;
  /** Kafka's names, e.g. `cleanup.policy`. */
  readonly configs?: Readonly<Record<string, string>>;
};

export type CreateTopicsOptions = AdminOptions & {
  readonly validateOnly?: boolean;
  /** Topics that exist already are fine. Default: false. */
  readonly ignoreExisting?: boolean;
};

export type AlterOptions = AdminOptions & {
  /** Checks, and changes nothing. Default: false. */
  readonly validateOnly?: boolean;
};

/** `timestamp`: the first record at or after it. */
export type OffsetSpec = 'earliest' | 'latest' | 'maxTimestamp' | { readonly timestamp: number };

export type DeleteBefore = TopicPartition & {
  /** The first offset that stays; −1 stands for the end of the partition. */
  readonly offset: number;
};

/** A partition after DeleteRecords: no replica has anything below. */
export type LowWatermark = TopicPartition & { readonly lowWatermark: number };

export type ClusterDescription = {
  readonly clusterId: string | null;
  readonly controllerId: number;
  readonly nodes: readonly {
    readonly nodeId: number;
    readonly host: string;
    readonly port: number;
    readonly rack: string | null;
  }[];
};

/** A version range that brokers could run, and the level that the cluster runs now; null where none was set. */
export type FeatureDescription = {
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly finalizedLevel: number | null;
};

export type FeatureUpdate = {
  readonly name: string;
  /** 0 turns the feature off. */
  readonly level: number;
  readonly upgradeType?: 'upgrade' | 'safe-downgrade' | 'unsafe-downgrade';
};

export type LogDirDescription = {
  readonly nodeId: number;
  readonly path: string;
  /** Kafka's name of what is wrong with the folder; null where it works. */
  readonly error: string | null;
  /** −1 where the broker does not tell. */
  readonly totalBytes: number;
  readonly usableBytes: number;
  readonly partitions: readonly LogDirPartition[];
};

export type LogDirPartition = TopicPartition & {
  readonly sizeBytes: number;
  readonly offsetLag: number;
  readonly isFuture: boolean;
};
