import { PartitionCollector, type TopicPartitions } from '../partitions.ts';
import type { PartitionCounts, Subscriber } from './assignor.ts';

/**
 * Kafka's `range`: of each topic every subscriber gets a run of neighbouring partitions. Topics with as many partitions
 * and the same subscribers are cut alike, so that the same keys of several topics meet in one member. Static members
 * come first, by their instance ids, so that their runs do not depend on the ids they get at a start.
 */
export function assignRange(
  subscribers: readonly Subscriber[],
  partitionCount: PartitionCounts,
): ReadonlyMap<string, TopicPartitions> {
  const byTopic = new Map<string, Subscriber[]>();
  for (const subscriber of [...subscribers].sort(staticFirst)) {
    for (const topicId of subscriber.topicIds) {
      const known = byTopic.get(topicId);
      if (known === undefined) byTopic.set(topicId, [subscriber]);
      else known.push(subscriber);
    }
  }
  const collectors = new Map(subscribers.map(({ memberId }) => [memberId, new PartitionCollector()]));
  for (const [topicId, wanting] of byTopic) {
    const count = partitionCount(topicId);
    const least = Math.floor(count / wanting.length);
    const withOneMore = count % wanting.length;
    let next = 0;
    wanting.forEach(({ memberId }, index) => {
      const end = next + least + (index < withOneMore ? 1 : 0);
      for (; next < end; next++) collectors.get(memberId)!.add(topicId, next);
    });
  }
  return new Map([...collectors].map(([memberId, collector]) => [memberId, collector.collected()]));
}

function staticFirst(left: Subscriber, right: Subscriber): number {
  if ((left.instanceId === null) !== (right.instanceId === null)) return left.instanceId === null ? 1 : -1;
  return compare(left.instanceId ?? left.memberId, right.instanceId ?? right.memberId);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
