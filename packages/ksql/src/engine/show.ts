import { unreachable } from '@millrace/base';
import type { Catalog } from '../catalog/catalog.ts';
import { type DataSource, isWindowed } from '../catalog/data-source.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { List } from '../syntax/ast.ts';
import { printType, quoteNone } from '../types/sql-type.ts';
import { FUNCTION_TYPES } from './describe-function.ts';
import type { EngineState } from './engine-state.ts';
import { type QueriesElsewhere, withQueriesElsewhere } from './peers/queries-elsewhere.ts';
import type { topicStatsOfAll } from './peers/topic-stats-elsewhere.ts';
import { propertiesOf } from './properties/list-properties.ts';
import type { QueryError } from './query-errors.ts';
import { isHiddenTopic } from './reserved-topics.ts';
import type { QueryInfo, QueryOffsets, QueryState, SourceInfo, StatementResult } from './results.ts';
import type { TopicReaders, Topics } from './topics.ts';
import type { Variables } from './variables.ts';

type PushQuery = { readonly queryId: string; readonly statement: string };

export type ShowContext = {
  readonly state: EngineState;
  readonly functions: FunctionRegistry;
  readonly topics: Topics;
  /** The settings of the engine, and what the session has on top of them. */
  readonly config: KsqlConfig;
  readonly overrides: KsqlConfig;
  readonly variables: Variables;
  readonly queryState: (id: string) => QueryState;
  readonly queryErrors: (id: string) => readonly QueryError[];
  readonly queryOffsets: (id: string) => Promise<QueryOffsets>;
  readonly queriesElsewhere: () => Promise<QueriesElsewhere>;
  /** What the engines of the service do with some topics. */
  readonly topicStats: (topics: readonly string[]) => ReturnType<typeof topicStatsOfAll>;
  readonly pushQueries: readonly PushQuery[];
  /** `host:port` of this engine; empty where it has no address. */
  readonly own: string;
  readonly signal: AbortSignal | undefined;
};

/** SHOW and LIST. @throws KsqlException for what Millrace does not have */
export async function show(statement: List, statementText: string, context: ShowContext): Promise<StatementResult> {
  const { catalog } = context.state;
  switch (statement.subject) {
    case 'STREAMS':
      return { kind: 'streams', statementText, streams: sourcesOf(catalog, 'STREAM') };
    case 'TABLES':
      return { kind: 'tables', statementText, tables: sourcesOf(catalog, 'TABLE') };
    case 'QUERIES': {
      const queries = withQueriesElsewhere(queryInfos(context), await context.queriesElsewhere());
      return { kind: 'queries', statementText, queries };
    }
    case 'TYPES': {
      const types = [...catalog.customTypes].map(([name, type]) => [name, printType(type, quoteNone)] as const);
      const sqlTypes = Object.fromEntries(catalog.customTypes);
      return { kind: 'type_list', statementText, types: Object.fromEntries(types), sqlTypes };
    }
    case 'FUNCTIONS':
      return { kind: 'function_names', statementText, functions: functionNames(context.functions) };
    case 'PROPERTIES':
      return { kind: 'properties', statementText, properties: propertiesOf(context.config, context.overrides) };
    case 'VARIABLES': {
      const variables = Object.entries(context.variables).map(([name, value]) => ({ name, value }));
      return { kind: 'variables', statementText, variables };
    }
    case 'TOPICS':
    case 'ALL TOPICS': {
      const all = await context.topics.list({ signal: context.signal });
      const shown = [...all].filter(
        ([name]) => statement.subject === 'ALL TOPICS' || !isHiddenTopic(name, context.config),
      );
      const { extended } = statement;
      const readers = extended ? await context.topics.readers({ signal: context.signal }) : NO_READERS;
      const topics = shown.map(([name, replicaInfo]) => {
        return { name, replicaInfo, ...(readers.get(name) ?? { consumerCount: 0, consumerGroupCount: 0 }) };
      });
      return { kind: 'kafka_topics', statementText, topics: topics.sort(byName), extended };
    }
    case 'CONNECTORS':
    case 'SOURCE CONNECTORS':
    case 'SINK CONNECTORS':
    case 'CONNECTOR PLUGINS':
      throw new KsqlException('Connectors are listed by Kafka Connect.');
    default:
      return unreachable(statement.subject);
  }
}

/** All queries of this engine. */
export function queryInfos(
  context: Pick<ShowContext, 'state' | 'queryState' | 'queryErrors' | 'pushQueries'>,
): readonly QueryInfo[] {
  return [...persistentQueryInfos(context), ...context.pushQueries.map(pushQueryInfo)];
}

/** The queries that run, by id, as SHOW QUERIES and DESCRIBE tell of them. */
export function persistentQueryInfos({
  state,
  queryState,
  queryErrors,
}: Pick<ShowContext, 'state' | 'queryState' | 'queryErrors'>): readonly QueryInfo[] {
  return [...state.queries.values()].map(({ id, statement, plan: { sink } }) => ({
    id,
    queryString: statement,
    queryType: 'PERSISTENT',
    sinks: sink === null ? [] : [sink],
    sinkKafkaTopics: sink === null ? [] : [state.catalog.sources.get(sink)?.topic ?? sink],
    state: queryState(id),
    statusCount: { [queryState(id)]: 1 },
    errors: queryErrors(id),
  }));
}

function pushQueryInfo({ queryId, statement }: PushQuery): QueryInfo {
  const nowhere = { sinks: [], sinkKafkaTopics: [] };
  const running = { state: 'RUNNING', statusCount: { RUNNING: 1 }, errors: [] } as const;
  return { id: queryId, queryString: statement, queryType: 'PUSH', ...nowhere, ...running };
}

export function sourceInfo(source: DataSource): SourceInfo {
  const { name, topic, keyFormat, valueFormat } = source;
  return {
    name,
    topic,
    keyFormat: keyFormat.format,
    valueFormat: valueFormat.format,
    isWindowed: isWindowed(source),
  };
}

function sourcesOf(catalog: Catalog, kind: DataSource['kind']): readonly SourceInfo[] {
  const sources = [...catalog.sources.values()].filter((source) => source.kind === kind);
  return sources.map(sourceInfo).sort(byName);
}

function functionNames(functions: FunctionRegistry) {
  return functions.list().map(({ name, kind, category }) => ({
    name: name.toUpperCase(),
    type: FUNCTION_TYPES[kind],
    category,
  }));
}

const NO_READERS: ReadonlyMap<string, TopicReaders> = new Map();

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}
