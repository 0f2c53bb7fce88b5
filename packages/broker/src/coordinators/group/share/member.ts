import { sameTopics } from '../consumer/member.ts';
import { NO_PARTITIONS, type TopicPartitions } from '../consumer/partitions.ts';

/** What a member says of itself. */
export type ShareMemberFacts = {
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** Sorted, each once. */
  readonly subscribedTopics: readonly string[];
};

/** What a member may read from. It gives nothing away: others may read the same. */
export type ShareMemberAssignment = {
  readonly epoch: number;
  /** The epoch before: a member whose last answer was lost comes with it. */
  readonly previousEpoch: number;
  readonly partitions: TopicPartitions;
};

export type ShareMember = { readonly id: string } & ShareMemberFacts & ShareMemberAssignment;

export function freshShareMember(id: string): ShareMember {
  return {
    id,
    rackId: null,
    clientId: '',
    clientHost: '',
    subscribedTopics: [],
    epoch: 0,
    previousEpoch: 0,
    partitions: NO_PARTITIONS,
  };
}

export function sameShareFacts(left: ShareMemberFacts, right: ShareMemberFacts): boolean {
  return (
    left.rackId === right.rackId &&
    left.clientId === right.clientId &&
    left.clientHost === right.clientHost &&
    sameTopics(left.subscribedTopics, right.subscribedTopics)
  );
}
