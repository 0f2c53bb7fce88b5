import { MillraceError } from '@millrace/base';
import type { Admin, TopicPartition } from '@millrace/client';

/** `orders`, or `orders:0,2` for some of its partitions; null stands for all. */
export type PartitionsOf = { readonly topic: string; readonly partitions: readonly number[] | null };

/** @throws MillraceError `USAGE`. */
export function parsePartitions(text: string): PartitionsOf {
  const match = /^([^:]+)(?::(\d+(?:,\d+)*))?$/.exec(text);
  if (match === null) {
    throw new MillraceError('USAGE', `'${text}' is not TOPIC or TOPIC:PARTITION,PARTITION,…`);
  }
  return { topic: match[1]!, partitions: match[2] === undefined ? null : match[2].split(',').map(Number) };
}

/**
 * Every partition that is meant, in order.
 *
 * @throws MillraceError `UNKNOWN_TOPIC_OR_PARTITION` for what does not exist.
 */
export async function expandPartitions(
  admin: Admin,
  given: readonly PartitionsOf[],
): Promise<readonly TopicPartition[]> {
  const topics = await admin.describeTopics([...new Set(given.map(({ topic }) => topic))]);
  const counts = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
  return given.flatMap(({ topic, partitions }) => {
    const count = counts.get(topic)!;
    const wanted = partitions ?? Array.from({ length: count }, (_, index) => index);
    for (const partition of wanted) if (partition >= count) throw noPartition(topic, partition, count);
    return wanted.map((partition) => ({ topic, partition }));
  });
}

function noPartition(topic: string, partition: number, count: number): MillraceError {
  const range = count === 1 ? 'only partition 0' : `partitions 0 to ${count - 1}`;
  return new MillraceError('UNKNOWN_TOPIC_OR_PARTITION', `there is no ${topic}-${partition}: the topic has ${range}`);
}
