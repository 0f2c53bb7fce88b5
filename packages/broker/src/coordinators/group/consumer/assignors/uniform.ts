import { PartitionCollector, type TopicPartitions } from '../partitions.ts';
import type { PartitionCounts, Subscriber } from './assignor.ts';

/** One partition on its way to an owner. */
type Partition = { readonly topicId: string; readonly partition: number };

/** A subscriber and what it gets. */
type Share = { readonly subscriber: Subscriber; readonly partitions: Partition[] };

/**
 * Kafka's `uniform`: all partitions of all topics are shared out evenly, and members keep what they have as far as that
 * allows. Where all want the same topics, their counts differ by one at most; else no member has two more than another
 * one that could take one of its partitions.
 */
export function assignUniform(
  subscribers: readonly Subscriber[],
  partitionCount: PartitionCounts,
): ReadonlyMap<string, TopicPartitions> {
  const shares = subscribers.map((subscriber): Share => ({ subscriber, partitions: [] }));
  const { unassigned, kept } = keepTargets(shares, partitionCount);
  if (wantTheSame(subscribers)) shareEvenly(shares, unassigned, kept);
  else {
    const wanting = sharesByTopic(shares);
    giveToLeast(unassigned, wanting);
    levelOut(wanting);
  }
  return new Map(
    shares.map(({ subscriber, partitions }) => {
      const collector = new PartitionCollector();
      for (const { topicId, partition } of partitions) collector.add(topicId, partition);
      return [subscriber.memberId, collector.collected()];
    }),
  );
}

/** Leaves everyone what it has and still wants; answers what nobody has, and how much is kept. */
function keepTargets(
  shares: readonly Share[],
  partitionCount: PartitionCounts,
): { readonly unassigned: Partition[]; readonly kept: number } {
  const taken = new Map<string, Set<number>>();
  let kept = 0;
  for (const { subscriber } of shares) for (const topicId of subscriber.topicIds) taken.set(topicId, new Set());
  for (const { subscriber, partitions } of shares) {
    for (const [topicId, targets] of subscriber.target) {
      const takenOfTopic = taken.get(topicId);
      if (takenOfTopic === undefined || !subscriber.topicIds.has(topicId)) continue;
      const count = partitionCount(topicId);
      for (const partition of targets) {
        if (partition >= count || takenOfTopic.has(partition)) continue;
        takenOfTopic.add(partition);
        partitions.push({ topicId, partition });
        kept += 1;
      }
    }
  }
  const unassigned: Partition[] = [];
  for (const [topicId, takenOfTopic] of taken) {
    const count = partitionCount(topicId);
    for (let partition = 0; partition < count; partition++) {
      if (!takenOfTopic.has(partition)) unassigned.push({ topicId, partition });
    }
  }
  return { unassigned, kept };
}

function wantTheSame(subscribers: readonly Subscriber[]): boolean {
  const first = subscribers[0]?.topicIds;
  if (first === undefined) return true;
  return subscribers.every(({ topicIds }) => {
    if (topicIds.size !== first.size) return false;
    for (const topicId of topicIds) if (!first.has(topicId)) return false;
    return true;
  });
}

/** Everybody gets the same number, and some get one more: first those who have one more already. */
function shareEvenly(shares: readonly Share[], unassigned: Partition[], kept: number): void {
  const total = kept + unassigned.length;
  const least = Math.floor(total / shares.length);
  let withOneMore = total % shares.length;
  for (const { partitions } of shares) {
    if (partitions.length <= least) continue;
    const quota = withOneMore > 0 ? least + 1 : least;
    if (withOneMore > 0) withOneMore -= 1;
    unassigned.push(...partitions.splice(quota));
  }
  let next = 0;
  for (const { partitions } of shares) while (partitions.length < least) partitions.push(unassigned[next++]!);
  for (const { partitions } of shares) {
    if (next < unassigned.length && partitions.length === least) partitions.push(unassigned[next++]!);
  }
}

function sharesByTopic(shares: readonly Share[]): ReadonlyMap<string, readonly Share[]> {
  const byTopic = new Map<string, Share[]>();
  for (const share of shares) {
    for (const topicId of share.subscriber.topicIds) {
      const known = byTopic.get(topicId);
      if (known === undefined) byTopic.set(topicId, [share]);
      else known.push(share);
    }
  }
  return byTopic;
}

/** Topics that few want are given away first: their subscribers have no choice. */
function giveToLeast(unassigned: readonly Partition[], wanting: ReadonlyMap<string, readonly Share[]>): void {
  const subscribersOf = ({ topicId }: Partition): readonly Share[] => wanting.get(topicId)!;
  const order = [...unassigned].sort((left, right) => subscribersOf(left).length - subscribersOf(right).length);
  for (const partition of order) least(subscribersOf(partition)).partitions.push(partition);
}

/** Moves partitions to who has two less, until nobody has. Each move brings two counts nearer, so that ends. */
function levelOut(wanting: ReadonlyMap<string, readonly Share[]>): void {
  for (let moved = true; moved; ) {
    moved = false;
    for (const [topicId, subscribers] of wanting) {
      for (const owner of subscribers) {
        for (let index = owner.partitions.length - 1; index >= 0; index--) {
          if (owner.partitions[index]!.topicId !== topicId) continue;
          const other = least(subscribers);
          if (owner.partitions.length - other.partitions.length < 2) break;
          other.partitions.push(...owner.partitions.splice(index, 1));
          moved = true;
        }
      }
    }
  }
}

function least(shares: readonly Share[]): Share {
  return shares.reduce((left, right) => (right.partitions.length < left.partitions.length ? right : left));
}
