import type { OffsetCommitKey } from '@millrace/protocol';
import type { Group } from './group-shard.ts';
import type { CommittedOffset, GroupOffsets } from './offsets.ts';

/**
 * The committed offsets of a group that nobody needs any more, by Kafka's rules (KIP-211): while members are in a group, the
 * offsets of topics that none of them wants, after their retention; when nobody is in it, all, after the retention since
 * the last one left; of someone who is in no group, after the retention since the commit. What a transaction may still
 * change stays.
 */
export function expiredOffsets(
  group: Group,
  offsets: GroupOffsets,
  { nowMs, retentionMs }: { readonly nowMs: number; readonly retentionMs: number },
): OffsetCommitKey[] {
  const since = group.offsetsUnusedSince();
  if (since === null) return [];
  const wanted = group.subscribedTopics();
  const expired: OffsetCommitKey[] = [];
  for (const topic of offsets.topics()) {
    if (wanted.has(topic)) continue;
    for (const partition of offsets.partitions(topic)) {
      const { commitTimestamp }: CommittedOffset = offsets.get(topic, partition)!;
      const sinceMs = since === 'commit' ? commitTimestamp : since;
      if (nowMs - sinceMs < retentionMs || offsets.isUnstable(topic, partition)) continue;
      expired.push({ group: group.id, topic, partition });
    }
  }
  return expired;
}
