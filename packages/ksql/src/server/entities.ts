import { unreachable } from '@millrace/base';
import type { QueryError } from '../engine/query-errors.ts';
import type {
  FieldInfo,
  QueryDescription,
  QueryInfo,
  SourceDescription,
  SourceInfo,
  StatementResult,
} from '../engine/results.ts';
import { sqlTypeInfo } from './type-info.ts';

/**
 * The engine's results as the objects that ksqlDB's `/ksql` answers with: the one place that knows their names. INSERT
 * VALUES and what changes the session answer nothing.
 */
export function entitiesOf(results: readonly StatementResult[]): readonly object[] {
  return results.flatMap((result) => {
    const { statementText } = result;
    const body = bodyOf(result);
    return body === null ? [] : [{ '@type': result.kind, statementText, ...body, warnings: [] }];
  });
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
      return { topics: result.topics };
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
    case 'queryDescription':
      return { queryDescription: queryDescription(result) };
    case 'terminate_query':
      return { queryId: result.queryId, wasTerminated: result.wasTerminated };
    case 'warning_entity':
      return { message: result.message };
    case 'inserted':
    case 'session':
      return null;
    default:
      return unreachable(result);
  }
}

function sourceEntry(type: 'STREAM' | 'TABLE', { name, topic, keyFormat, valueFormat, isWindowed }: SourceInfo) {
  return { type, name, topic, keyFormat, valueFormat, isWindowed };
}

function queryEntry({ id, queryString, queryType, sinks, sinkKafkaTopics, state }: QueryInfo) {
  return { queryString, sinks, sinkKafkaTopics, id, statusCount: { [state]: 1 }, queryType, state };
}

function propertiesBody(properties: readonly { name: string; value: string; overwritten: boolean }[]): object {
  return {
    properties: properties.map(({ name, value }) => ({
      name,
      scope: name.startsWith('ksql.') ? 'KSQL' : 'KAFKA STREAMS',
      value,
      editable: true,
      level: 'SERVER',
    })),
    overwrittenProperties: properties.filter(({ overwritten }) => overwritten).map(({ name }) => name),
    defaultProperties: [],
  };
}

function field({ name, sqlType, namespace }: FieldInfo): object {
  return { name, schema: sqlTypeInfo(sqlType), ...(namespace === 'KEY' ? { type: 'KEY' } : {}) };
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
    statistics: '',
    errorStats: '',
    extended: source.partitions > 0,
    keyFormat,
    valueFormat,
    topic,
    partitions: source.partitions,
    replication: source.replication,
    statement: source.statement,
    queryOffsetSummaries: [],
    sourceConstraints: source.sourceConstraints,
    clusterStatistics: [],
    clusterErrorStats: [],
  };
}

function queryDescription(query: QueryDescription): object {
  const { id, statementText, sources, sinks, topology, executionPlan, state } = query;
  return {
    id,
    statementText,
    windowType: null,
    fields: query.fields.map(field),
    sources,
    sinks,
    topology,
    executionPlan,
    overriddenProperties: {},
    ksqlHostQueryStatus: {},
    queryType: query.queryType,
    queryErrors: query.errors.map(errorEntry),
    tasksMetadata: [],
    state,
  };
}

function errorEntry({ timestampMs, errorMessage, type }: QueryError): object {
  return { timestamp: timestampMs, errorMessage, type };
}

function mapValues<T, U>(entries: Readonly<Record<string, T>>, change: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]));
}
