import type { TopicPartition } from '../lib/topic-partition.ts';

/** What a member says when it joins. */
export type MemberSubscription = {
  readonly memberId: string;
  /** The static identity of the member (KIP-345), or null. */
  readonly groupInstanceId: string | null;
  readonly topics: readonly string[];
  readonly ownedPartitions: readonly TopicPartition[];
  /** The generation in which it owned them; −1 when unknown (KIP-792). */
  readonly generation: number;
  readonly rack: string | null;
  readonly userData: Uint8Array | null;
};

export type MemberAssignment = {
  readonly partitions: readonly TopicPartition[];
  readonly userData: Uint8Array | null;
};

export type AssignInput = {
  /** Sorted by member id. */
  readonly members: readonly MemberSubscription[];
  /** The partition counts of all subscribed topics; topics that do not exist are missing. */
  readonly partitionCounts: ReadonlyMap<string, number>;
};

/** Divides partitions among the members of a group; runs on the member that the coordinator made the leader. */
export type Assignor = {
  /** The protocol name that all members must share. */
  readonly name: string;
  /** `eager`: all partitions are given back before joining. `cooperative`: only what moves is (KIP-429). */
  readonly rebalanceProtocol: 'eager' | 'cooperative';
  /** Bytes of this member's own to send with the subscription; asked for at each join. */
  readonly userData?: (joining: {
    readonly topics: readonly string[];
    readonly ownedPartitions: readonly TopicPartition[];
  }) => Uint8Array | null;
  /** May wait, e.g. to create topics first. Members left out get nothing. */
  readonly assign: (
    input: AssignInput,
  ) => ReadonlyMap<string, MemberAssignment> | Promise<ReadonlyMap<string, MemberAssignment>>;
};
