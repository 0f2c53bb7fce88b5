import type { ActiveTask } from '../tasks/active-task.ts';
import type { TaskManager } from '../tasks/task-manager.ts';
import type { Committer } from './committer.ts';
import { type Metric, metricsOf } from './metrics.ts';
import type { TopicCounts } from './topic-counts.ts';

/** What is read when somebody asks; the parts only count. */
export type MeteredThread = {
  readonly name: string;
  readonly tasks: TaskManager;
  readonly committer: Committer;
  readonly restoredCount: number;
  readonly topics: TopicCounts;
};

export function threadMetrics({ name, tasks, committer, restoredCount, topics }: MeteredThread): readonly Metric[] {
  const tags = { 'thread-id': name };
  const { count, totalMs, maxMs } = committer.commits;
  const all = [...tasks.tasks.values()];
  const sum = (figure: (task: ActiveTask) => number): number => all.reduce((total, task) => total + figure(task), 0);
  const ofThread = metricsOf('stream-thread-metrics', tags, {
    'process-total': tasks.endedProcessedCount + sum((task) => task.processedCount),
    'commit-total': count,
    'commit-latency-avg': count === 0 ? 0 : totalMs / count,
    'commit-latency-max': maxMs,
    'task-created-total': tasks.createdCount,
    'task-closed-total': tasks.createdCount - all.length,
    'restore-records-total': restoredCount,
  });
  const ofTasks = all.flatMap((task) =>
    metricsOf(
      'stream-task-metrics',
      { ...tags, 'task-id': task.id },
      {
        'process-total': task.processedCount,
        'dropped-records-total': task.records.droppedCount,
        'active-buffer-count': task.bufferedCount,
        'uncommitted-bytes': task.stores.uncommittedBytes,
        state: task.state,
      },
    ),
  );
  const ofPartitions = all.flatMap((task) =>
    task.inputs.flatMap(({ topic, partition, fetchedOffset, endOffset }) =>
      metricsOf(
        'stream-task-metrics',
        { ...tags, 'task-id': task.id, 'topic-name': topic, partition: String(partition) },
        { 'fetched-offset': fetchedOffset, 'end-offset': endOffset },
      ),
    ),
  );
  return [...ofThread, ...ofTasks, ...ofPartitions, ...topics.metrics(tags)];
}
