import type { TopicPartition } from '../lib/topic-partition.ts';

export type GroupListing = {
  readonly groupId: string;
  readonly protocolType: string;
  readonly state: string;
  /** `classic`, `consumer`, `share`, …; empty from brokers that know only one. */
  readonly groupType: string;
};

export type ListGroupsOptions = {
  /** Only groups in these states, such as `Stable` and `Empty`. */
  readonly states?: readonly string[];
  /** Only groups of these types, such as `classic`, `consumer` and `share`. */
  readonly types?: readonly string[];
};

export type GroupMemberDescription = {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly assignment: readonly TopicPartition[];
  /** What a member of the newer protocol is to have next; null under the classic one. */
  readonly targetAssignment: readonly TopicPartition[] | null;
  /** Null under the classic protocol. */
  readonly memberEpoch: number | null;
};

export type GroupDescription = {
  readonly groupId: string;
  readonly state: string;
  readonly groupType: 'classic' | 'consumer' | 'share';
  readonly protocolType: string;
  /** The assignor that the group uses. */
  readonly protocolName: string;
  /** The node id of the coordinator. */
  readonly coordinator: number;
  /** The generation by which the newer protocol counts changes; null under the classic one. */
  readonly groupEpoch: number | null;
  readonly members: readonly GroupMemberDescription[];
};

/** How far a share group (KIP-932) has come in one partition. */
export type ShareGroupOffset = TopicPartition & {
  /** The first offset that the group is not done with; null before it began to read. */
  readonly startOffset: number | null;
  /** Records that it is not done with; null where the broker does not tell. */
  readonly lag: number | null;
};
