import type { QueryEntity, SourceDescriptionEntity, TopicOffsets } from '../rest-client/entities.ts';
import { fieldTable, heading, labelled } from './render-fields.ts';
import { table } from './tables.ts';

/** DESCRIBE of a stream or table, EXTENDED or not. */
export function sourceLines(source: SourceDescriptionEntity, width: number): readonly string[] {
  const isTable = source.type.toUpperCase() === 'TABLE';
  const name = labelled('Name', source.name);
  const fields = fieldTable(source, isTable, width);
  if (!source.extended) {
    return [name, ...fields, 'For runtime statistics and query details run: DESCRIBE <Stream,Table> EXTENDED;'];
  }
  return [
    name,
    labelled('Type', source.type),
    ...topicLines(source),
    labelled('Statement', source.statement),
    '',
    ...fields,
    ...constraintLines(source.sourceConstraints ?? []),
    ...queriesOf(source.readQueries, source.type, 'read'),
    ...queriesOf(source.writeQueries, source.type, 'write'),
    ...statisticsLines(source, width),
    `(Statistics of the local KSQL server interaction with the Kafka topic ${source.topic})`,
    ...groupLines(source, width),
  ];
}

function topicLines({ timestamp, keyFormat, valueFormat, topic, partitions, replication }: SourceDescriptionEntity) {
  // Who may not describe the topic is told of no partitions.
  const parts = partitions === 0 ? '' : ` (partitions: ${partitions}, replication: ${replication})`;
  return [
    labelled('Timestamp field', timestamp === '' ? 'Not set - using <ROWTIME>' : timestamp),
    labelled('Key format', keyFormat),
    labelled('Value format', valueFormat),
    ...(topic === '' ? [] : [labelled('Kafka topic', `${topic}${parts}`)]),
  ];
}

function constraintLines(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  return [...heading('Sources that have a DROP constraint on this source', '-'.repeat(50)), ...names];
}

function queriesOf(queries: readonly QueryEntity[], type: string, operation: 'read' | 'write'): readonly string[] {
  if (queries.length === 0) return [];
  const lines = queries.map(({ id, state, queryString }) => {
    return `${id} (${state ?? 'N/A'}) : ${queryString.replaceAll('\n', ' ')}`;
  });
  return [
    ...heading(`Queries that ${operation} from this ${type}`, '-'.repeat(35)),
    ...lines,
    '',
    'For query topology and execution plan please run: EXPLAIN <QueryId>',
  ];
}

function statisticsLines(source: SourceDescriptionEntity, width: number): readonly string[] {
  const stats = [...(source.clusterStatistics ?? []), ...(source.clusterErrorStats ?? [])];
  if (stats.length === 0) {
    return [...heading('Local runtime statistics', '-'.repeat(24)), source.statistics, source.errorStats];
  }
  const rows = stats.map(({ host, name, value, timestamp }) => {
    const where = typeof host === 'string' ? host : `${host.host}:${host.port}`;
    const last = typeof timestamp === 'number' ? new Date(timestamp).toISOString() : (timestamp ?? '');
    return [where, name, value.toFixed(0).padStart(10), last];
  });
  rows.sort((left, right) => (left.slice(0, 2).join('\0') < right.slice(0, 2).join('\0') ? -1 : 1));
  return [
    ...heading('Runtime statistics by host', '-'.repeat(25)),
    ...table(['Host', 'Metric', 'Value', 'Last Message'], rows, width),
  ];
}

function groupLines({ queryOffsetSummaries = [] }: SourceDescriptionEntity, width: number): readonly string[] {
  if (queryOffsetSummaries.length === 0) return [];
  return [
    '',
    'Consumer Groups summary:',
    ...queryOffsetSummaries.flatMap(({ groupId, topicSummaries }) => [
      '',
      labelled('Consumer Group', groupId),
      ...(topicSummaries.length === 0 ? ['<no offsets committed by this group yet>'] : []),
      ...topicSummaries.flatMap((topic) => offsetLines(topic, width)),
    ]),
  ];
}

function offsetLines({ kafkaTopic, offsets }: TopicOffsets, width: number): readonly string[] {
  const rows = offsets.map(({ partition, logStartOffset, logEndOffset, consumerOffset }) => {
    return [partition, logStartOffset, logEndOffset, consumerOffset, logEndOffset - consumerOffset];
  });
  const texts = rows.map((row) => row.map(String));
  return [
    '',
    labelled('Kafka topic', kafkaTopic),
    labelled('Max lag', Math.max(0, ...rows.map((row) => row.at(-1)!))),
    '',
    ...table(['Partition', 'Start Offset', 'End Offset', 'Offset', 'Lag'], texts, width),
  ];
}
