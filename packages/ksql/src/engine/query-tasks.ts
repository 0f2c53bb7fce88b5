import type { EngineParts } from './engine-parts.ts';
import { queryOffsets } from './query-offsets.ts';
import type { TaskInfo } from './results.ts';

/** The tasks of a query that run on this engine, with how far they are in their partitions. */
export async function queryTasks(
  id: string,
  { running, client }: Pick<EngineParts, 'running' | 'client'>,
  signal?: AbortSignal,
): Promise<readonly TaskInfo[]> {
  const run = running.run(id);
  if (run === undefined) return [];
  const { topics } = await queryOffsets(client, run.applicationId, signal);
  const committed = new Map(
    topics.flatMap(({ topic, partitions }) => {
      return partitions.map(({ partition, consumerOffset }) => [`${topic}:${partition}`, consumerOffset] as const);
    }),
  );
  const ends = (await run.streams.metrics()).filter(({ name }) => name === 'end-offset');
  return [...Map.groupBy(ends, ({ tags }) => tags['task-id']!)].map(([taskId, figures]) => ({
    taskId,
    topicOffsets: figures.map(({ tags, value }) => {
      const [topic, partition] = [tags['topic-name']!, Number(tags.partition)];
      return {
        topic,
        partition,
        endOffset: Number(value),
        committedOffset: committed.get(`${topic}:${partition}`) ?? 0,
      };
    }),
  }));
}
