import type { MemberAssignment, MemberFacts } from './member.ts';
import type { TopicPartitions } from './partitions.ts';
import type { ResolvedRegex } from './resolved-regex.ts';

/** What may happen to a consumer group: each is one record of `__consumer_offsets`; null values are tombstones. */
export type GroupChange =
  | { readonly kind: 'epoch'; readonly value: { readonly epoch: number; readonly metadataHash: number } | null }
  | { readonly kind: 'facts'; readonly memberId: string; readonly value: MemberFacts | null }
  | { readonly kind: 'target-epoch'; readonly value: { readonly epoch: number; readonly timestampMs: number } | null }
  | { readonly kind: 'target'; readonly memberId: string; readonly value: TopicPartitions | null }
  | { readonly kind: 'assignment'; readonly memberId: string; readonly value: MemberAssignment | null }
  | { readonly kind: 'regex'; readonly regex: string; readonly value: ResolvedRegex | null };

/** Everything of a member is gone; in the order in which Kafka wants to read it. */
export function memberRemoved(memberId: string): GroupChange[] {
  return [
    { kind: 'assignment', memberId, value: null },
    { kind: 'target', memberId, value: null },
    { kind: 'facts', memberId, value: null },
  ];
}
