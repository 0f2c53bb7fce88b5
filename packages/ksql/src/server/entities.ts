import { unreachable } from '@millrace/base';
import type { QueryError } from '../engine/query-errors.ts';
import type {
  FieldInfo,
  FunctionDescription,
  HostStat,
  PropertyInfo,
  QueryDescription,
  QueryInfo,
  QueryOffsets,
  SourceDescription,
  SourceInfo,
  StatementResult,
  TaskInfo,
  TopicInfo,
} from '../engine/results.ts';
import type { SqlType } from '../types/sql-type.ts';
import { sqlTypeInfo } from './type-info.ts';

/**
 * The engine's results as the objects that ksqlDB's `/ksql` answers with: the one place that knows their names. INSERT
 * VALUES and what changes the session answer nothing. `extra`: warnings that all of them carry.
 */
export function entitiesOf(results: readonly StatementResult[], extra: readonly string[] = []): readonly object[] {
  return results.flatMap((result) => {
    const { statementText } = result;
    const body = bodyOf(result);
    const warnings = [...('warnings' in result ? result.warnings : []), ...extra].map((message) => ({ message }));
    return body === null ? [] : [{ '@type': typeNameOf(result), statementText, ...body, warnings }];
  });
}

function typeNameOf(result: StatementResult): string {
  return result.kind === 'kafka_topics' && result.extended ? 'kafka_topics_extended' : result.kind;
}

function bodyOf(result: StatementResult): object | null {
  switch (result.kind) {
    case 'currentStatus': {
      const { commandId, commandStatus, commandSequenceNumber } = result;
      return { commandId, commandStatus, commandSequenceNumber };
    }
    case 'streams':
      return { streams: result.streams.map((source) => sourceEntry('STREAM', source)) };
    case 'tables':
      return { tables: result.tables.map((source) => sourceEntry('TABLE', source)) };
    case 'queries':
      return { queries: result.queries.map(queryEntry) };
    case 'kafka_topics':
      return { topics: result.extended ? result.topics : result.topics.map(plainTopic) };
    case 'type_list':
      return { types: mapValues(result.sqlTypes, sqlTypeInfo) };
    case 'function_names':
      return { functions: result.functions };
    case 'properties':
      return propertiesBody(result.properties);
    case 'variables':
      return { variables: result.variables };
    case 'sourceDescription':
      return { sourceDescription: sourceDescription(result) };
    case 'source_descriptions':
      return { sourceDescriptions: result.sources.map(sourceDescription) };
    case 'queryDescription':
      return { queryDescription: queryDescription(result) };
    case 'query_descriptions':
      return { queryDescriptions: result.queries.map(queryDescription) };
    case 'describe_function':
      return functionBody(result);
    case 'assert_topic':
      return { topicName: result.topicName, exists: result.exists };
    case 'assert_schema':
      return { subject: result.subject, id: result.id, exists: result.exists };
    case 'terminate_query':
      return { queryId: result.queryId, wasTerminated: result.wasTerminated };
    case 'error_entity':
      return { errorMessage: result.errorMessage };
    case 'connector_info':
      return { info: result.info };
    case 'drop_connector':
      return { connectorName: result.connectorName };
    case 'connector_list':
      return { connectors: result.connectors };
    case 'connector_plugins_list':
      return {
        connectorsPlugins: result.plugins.map(({ class: className, type, version }) => ({ className, type, version })),
      };
    case 'connector_description': {
      const { connectorClass, status, topics } = result;
      return { connectorClass, status, sources: result.sources.map(sourceDescription), topics };
    }
    case 'warning_entity':
      return { message: result.message };
    case 'inserted':
    case 'session':
      return null;
    default:
      return unreachable(result);
  }
}

function plainTopic({ name, replicaInfo }: TopicInfo): object {
  return { name, replicaInfo };
}

function functionBody({ name, description, type, variations }: FunctionDescription): object {
  return {
    name,
    description,
    author: '',
    version: '',
    path: 'internal',
    type,
    functions: variations.map((each) => ({
      arguments: each.arguments.map((argument) => ({ ...argument, description: '' })),
      returnType: each.returnType,
      description,
    })),
  };
}

function sourceEntry(type: 'STREAM' | 'TABLE', { name, topic, keyFormat, valueFormat, isWindowed }: SourceInfo) {
  return { type, name, topic, keyFormat, valueFormat, isWindowed };
}

function queryEntry({ id, queryString, queryType, sinks, sinkKafkaTopics, state, statusCount }: QueryInfo) {
  return { queryString, sinks, sinkKafkaTopics, id, statusCount, queryType, state };
}

function propertiesBody(properties: readonly PropertyInfo[]): object {
  const names = (having: (each: PropertyInfo) => boolean) => properties.filter(having).map(({ name }) => name);
  return {
    properties: properties.map(({ name, value, editable, level }) => ({ name, scope: 'KSQL', value, editable, level })),
    overwrittenProperties: names(({ overwritten }) => overwritten),
    defaultProperties: names(({ isDefault }) => isDefault),
  };
}

const FIELD_TYPES = { KEY: { type: 'KEY' }, HEADERS: { type: 'HEADER' }, VALUE: {} } as const;

/** The columns of a query's rows, which have no keys apart. */
export function fieldEntries(columns: readonly { readonly name: string; readonly type: SqlType }[]): readonly object[] {
  return columns.map(({ name, type }) => ({ name, schema: sqlTypeInfo(type) }));
}

function field({ name, sqlType, namespace, headerKey }: FieldInfo): object {
  const ofHeader = headerKey === null ? {} : { headerKey };
  return { name, schema: sqlTypeInfo(sqlType), ...FIELD_TYPES[namespace], ...ofHeader };
}

function sourceDescription(source: SourceDescription): object {
  const { name, windowType, type, timestamp, keyFormat, valueFormat, topic } = source;
  return {
    name,
    windowType,
    readQueries: source.readQueries.map(queryEntry),
    writeQueries: source.writeQueries.map(queryEntry),
    fields: source.fields.map(field),
    type,
    timestamp,
    statistics: source.statistics,
    errorStats: source.errorStats,
    extended: source.extended,
    keyFormat,
    valueFormat,
    topic,
    partitions: source.partitions,
    replication: source.replication,
    statement: source.statement,
    queryOffsetSummaries: source.queryOffsets.map(offsetSummary),
    sourceConstraints: source.sourceConstraints,
    clusterStatistics: source.clusterStatistics.map(hostStat),
    clusterErrorStats: source.clusterErrorStats.map(hostStat),
  };
}

function offsetSummary({ groupId, topics }: QueryOffsets): object {
  const topicSummaries = topics.map(({ topic, partitions }) => ({ kafkaTopic: topic, offsets: partitions }));
  return { groupId, topicSummaries };
}

function queryDescription(query: QueryDescription): object {
  const { id, queryText, windowType, sources, sinks, topology, executionPlan, state } = query;
  return {
    id,
    statementText: queryText,
    windowType,
    fields: query.fields.map(field),
    sources,
    sinks,
    topology,
    executionPlan,
    overriddenProperties: query.overrides,
    ksqlHostQueryStatus: query.hostStates,
    queryType: query.queryType,
    queryErrors: query.errors.map(errorEntry),
    tasksMetadata: query.tasks.map(taskEntry),
    consumerGroupId: query.consumerGroupId,
    state,
  };
}

function hostStat({ name, host, value, timestamp }: HostStat): object {
  return { name, host, value, timestamp };
}

function taskEntry({ taskId, topicOffsets }: TaskInfo): object {
  const offsets = topicOffsets.map(({ topic, partition, endOffset, committedOffset }) => {
    return { topicPartitionEntity: { topic, partition }, endOffset, committedOffset };
  });
  return { taskId, topicOffsets: offsets, timeCurrentIdlingStarted: null };
}

function errorEntry({ timestampMs, errorMessage, type }: QueryError): object {
  return { timestamp: timestampMs, errorMessage, type };
}

function mapValues<T, U>(entries: Readonly<Record<string, T>>, change: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]));
}
