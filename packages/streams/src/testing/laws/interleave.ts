import type { InputRecord } from './history.ts';
import type { TopologyModel } from './model.ts';
import { TopicLogs } from './topic-logs.ts';

/** The same records in another order that could have been: that of each partition stays, that between them is free. */
export function interleave(
  model: TopologyModel,
  records: readonly InputRecord[],
  partitions: number,
): readonly InputRecord[] {
  const logs = new TopicLogs(partitions);
  const serdes = new Map(model.sources.map(({ topic, keySerde }) => [topic, keySerde]));
  const queues = new Map<string, InputRecord[]>();
  for (const record of records) {
    const bytes = record.key === null ? null : serdes.get(record.topic)!.serialize(record.key, record.topic);
    const name = `${record.topic}:${logs.partitionOf(bytes)}`;
    const queue = queues.get(name);
    if (queue === undefined) queues.set(name, [record]);
    else queue.push(record);
  }
  const waiting = [...queues.values()];
  const result: InputRecord[] = [];
  while (result.length < records.length) {
    const open = waiting.filter((queue) => queue.length > 0);
    const next = open.reduce((a, b) => (priorityOf(b) < priorityOf(a) ? b : a));
    result.push(next.shift()!);
  }
  return result;
}

function priorityOf(queue: readonly InputRecord[]): number {
  return queue[0]?.priority ?? 0;
}
