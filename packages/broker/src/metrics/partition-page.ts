import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Exposition, labelText } from '@millrace/base';
import type { Services } from '../apis/api.ts';
import type { PartitionLog } from '../log/partition-log.ts';

/** Partitions with samples of their own; a page of more would cost the broker and its reader too much. */
const PARTITIONS_MAX = 2_000;

/** Partitions, their logs, and what of them is not in order. */
export async function writePartitionPage(
  page: Exposition,
  services: Services,
  logs: readonly PartitionLog[],
): Promise<void> {
  await writeLogs(page, logs.slice(0, PARTITIONS_MAX));
  writeReplicas(page, services, logs);
  writeController(page, services, logs);
  writeTopics(page, services);
  page
    .gauge('millrace_metrics_partitions_left_out', 'Partitions that have no samples of their own on this page.')
    .add(Math.max(logs.length - PARTITIONS_MAX, 0));
}

type Gauge = readonly [name: string, help: string, value: (log: PartitionLog) => number];

const LOG_GAUGES: readonly Gauge[] = [
  ['kafka_log_log_size', 'Bytes of the log.', (log) => log.sizeBytes],
  ['kafka_log_log_logendoffset', 'The offset that the next record gets.', (log) => log.logEndOffset],
  ['kafka_log_log_logstartoffset', 'The first offset that can be read.', (log) => log.logStartOffset],
  // The same two as the exporter of the consumer groups' lags names them.
  ['kafka_topic_partition_current_offset', 'The offset that the next record gets.', (log) => log.highWatermark],
  ['kafka_topic_partition_oldest_offset', 'The first offset that can be read.', (log) => log.logStartOffset],
  ['kafka_log_log_numlogsegments', 'Segments of the log.', (log) => log.segments.length],
  [
    'kafka_cluster_partition_laststableoffsetlag',
    'Records that readers of committed records wait for.',
    (log) => Math.max(log.highWatermark - log.lastStableOffset, 0),
  ],
];

/** One family in a turn of the loop: thousands of partitions must not hold up the clients. */
async function writeLogs(page: Exposition, logs: readonly PartitionLog[]): Promise<void> {
  const labels = logs.map(({ topic, partition }) => labelText({ topic, partition }));
  for (const [name, help, value] of LOG_GAUGES) {
    await nextTurn();
    const family = page.gauge(name, help);
    for (const [index, log] of logs.entries()) if (log.isOnline) family.addLabelled(value(log), labels[index]!);
  }
}

function writeReplicas(page: Exposition, services: Services, logs: readonly PartitionLog[]): void {
  const partitions = partitionCount(services);
  const offline = offlinePartitions(services, logs).length;
  const gauge = (name: string, help: string, value: number) =>
    page.gauge(`kafka_server_replicamanager_${name}`, help).add(value);
  gauge('partitioncount', 'Partitions of this broker.', partitions);
  gauge('leadercount', 'Partitions that this broker leads.', partitions - offline);
  gauge('offlinereplicacount', 'Partitions that can not be used now.', offline);
  gauge('underreplicatedpartitions', 'One broker has no replicas that could lag behind.', 0);
  gauge('underminisrpartitioncount', 'Partitions with fewer replicas in sync than min.insync.replicas.', 0);
}

function writeController(page: Exposition, services: Services, logs: readonly PartitionLog[]): void {
  const gauge = (name: string, help: string, value: number) =>
    page.gauge(`kafka_controller_kafkacontroller_${name}`, help).add(value);
  gauge('activecontrollercount', 'One broker is its own controller.', 1);
  gauge('activebrokercount', 'Brokers of the cluster.', 1);
  gauge('globaltopiccount', 'Topics.', services.cluster.image.topics.size);
  gauge('globalpartitioncount', 'Partitions.', partitionCount(services));
  gauge('offlinepartitionscount', 'Partitions that can not be used now.', offlinePartitions(services, logs).length);
}

function writeTopics(page: Exposition, { cluster }: Services): void {
  page.gauge('kafka_brokers', 'Brokers of the cluster.').add(1);
  const partitions = page.gauge('kafka_topic_partitions', 'Partitions of a topic.');
  for (const { name, partitionCount: count } of [...cluster.image.topics.values()].slice(0, PARTITIONS_MAX)) {
    partitions.add(count, { topic: name });
  }
}

function partitionCount({ cluster }: Services): number {
  let count = 0;
  for (const topic of cluster.image.topics.values()) count += topic.partitionCount;
  return count;
}

/** Names of partitions that failed, or could not be opened. */
export function offlinePartitions({ logs }: Services, opened: readonly PartitionLog[]): readonly string[] {
  return [...opened.filter((log) => !log.isOnline).map((log) => log.name), ...logs.damaged].sort();
}
