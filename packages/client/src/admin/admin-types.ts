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

export type ConfigResource = { readonly type: 'topic' | 'broker' | 'group'; readonly name: string };

export type ConfigEntry = {
  readonly name: string;
  readonly value: string | null;
  readonly isDefault: boolean;
  readonly isReadOnly: boolean;
  readonly isSensitive: boolean;
  /** Kafka's numbers: 1 topic, 2 broker, 3 all brokers, 4 file, 5 default, 8 group. */
  readonly source: number;
};

export type ConfigChange = {
  readonly name: string;
  readonly operation: 'set' | 'delete' | 'append' | 'subtract';
  readonly value?: string;
};

/** `timestamp`: the first record at or after it. */
export type OffsetSpec = 'earliest' | 'latest' | 'maxTimestamp' | { readonly timestamp: number };

export type GroupListing = {
  readonly groupId: string;
  readonly protocolType: string;
  readonly state: string;
  readonly groupType: string;
};

export type GroupMemberDescription = {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly assignment: readonly TopicPartition[];
};

export type GroupDescription = {
  readonly groupId: string;
  readonly state: string;
  readonly protocolType: string;
  readonly protocolName: string;
  readonly members: readonly GroupMemberDescription[];
};

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
