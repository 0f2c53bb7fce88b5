import type { TopicPartitions } from '../consumer/partitions.ts';
import type { ShareMemberAssignment, ShareMemberFacts } from './member.ts';

/** A topic of which a group has a state of delivery, of these partitions. */
export type ClaimedTopic = { readonly topicName: string; readonly partitions: readonly number[] };

/** By topic id. */
export type Claims = ReadonlyMap<string, ClaimedTopic>;

/** What may happen to a share group: each is one record of `__consumer_offsets`; null values are tombstones. */
export type ShareGroupChange =
  | { readonly kind: 'epoch'; readonly value: { readonly epoch: number; readonly metadataHash: number } | null }
  | { readonly kind: 'facts'; readonly memberId: string; readonly value: ShareMemberFacts | null }
  | { readonly kind: 'target-epoch'; readonly value: { readonly epoch: number; readonly timestampMs: number } | null }
  | { readonly kind: 'target'; readonly memberId: string; readonly value: TopicPartitions | null }
  | { readonly kind: 'assignment'; readonly memberId: string; readonly value: ShareMemberAssignment | null }
  | { readonly kind: 'claims'; readonly value: Claims | null };

/** Everything of a member is gone. */
export function shareMemberRemoved(memberId: string): ShareGroupChange[] {
  return [
    { kind: 'assignment', memberId, value: null },
    { kind: 'target', memberId, value: null },
    { kind: 'facts', memberId, value: null },
  ];
}
