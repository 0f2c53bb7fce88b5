import type { KsqlConfig } from '../lib/ksql-config.ts';
import type { SqlType } from '../types/sql-type.ts';
import type { ConnectorInfo, ConnectorPlugin, ConnectorStatus } from './connect/connect-client.ts';
import type { QueryError } from './query-errors.ts';

/** What `execute` gives for each statement: ksqlDB's result objects, told apart by `kind` (there: `@type`). */
export type StatementResult =
  | CommandStatusResult
  | StreamsList
  | TablesList
  | QueriesList
  | TopicsList
  | TypesList
  | FunctionsList
  | PropertiesList
  | VariablesList
  | SourceDescription
  | SourceDescriptions
  | FunctionDescription
  | AssertedTopic
  | AssertedSchema
  | QueryDescription
  | QueryDescriptions
  | TerminatedResult
  | WarningResult
  | ErrorResult
  | ConnectorCreated
  | ConnectorDropped
  | ConnectorsList
  | PluginsList
  | ConnectorDescription
  | InsertedResult
  | SessionResult;

type Common = {
  /** The statement that this is the answer to. */
  readonly statementText: string;
};

/** CREATE, DROP, ALTER, INSERT INTO … SELECT, TERMINATE, PAUSE, RESUME: what the command topic took. */
export type CommandStatusResult = Common & {
  readonly kind: 'currentStatus';
  /** ksqlDB's name of the command, e.g. ``stream/`ORDERS`/create``. */
  readonly commandId: string;
  /** The offset of the command in the command topic. */
  readonly commandSequenceNumber: number;
  readonly commandStatus: {
    readonly status: 'SUCCESS';
    readonly message: string;
    /** The persistent query that the statement started. */
    readonly queryId: string | null;
  };
};

export type SourceInfo = {
  readonly name: string;
  readonly topic: string;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly isWindowed: boolean;
};

export type StreamsList = Common & { readonly kind: 'streams'; readonly streams: readonly SourceInfo[] };
export type TablesList = Common & { readonly kind: 'tables'; readonly tables: readonly SourceInfo[] };

/** As ksqlDB names them; of `ERROR` the engine's log has the reason, `UNRESPONSIVE` is on an engine that does not answer. */
export type QueryState = 'RUNNING' | 'PAUSED' | 'ERROR' | 'UNRESPONSIVE';

export type QueryInfo = {
  readonly id: string;
  readonly queryString: string;
  readonly queryType: 'PERSISTENT' | 'PUSH';
  readonly sinks: readonly string[];
  readonly sinkKafkaTopics: readonly string[];
  /** `ERROR` if it is in error on any engine. */
  readonly state: QueryState;
  /** On how many engines of the service it is in which state. */
  readonly statusCount: Readonly<Partial<Record<QueryState, number>>>;
  /** Why it failed, the last times; oldest first. */
  readonly errors: readonly QueryError[];
};

export type QueriesList = Common & { readonly kind: 'queries'; readonly queries: readonly QueryInfo[] };

export type TopicsList = Common & {
  readonly kind: 'kafka_topics';
  readonly topics: readonly TopicInfo[];
  /** SHOW TOPICS EXTENDED: with who reads them. */
  readonly extended: boolean;
};

export type TopicInfo = {
  readonly name: string;
  /** Of each partition, how many replicas it has. */
  readonly replicaInfo: readonly number[];
  /** Zero unless EXTENDED. */
  readonly consumerCount: number;
  readonly consumerGroupCount: number;
};

export type TypesList = Common & {
  readonly kind: 'type_list';
  readonly types: Readonly<Record<string, string>>;
  /** The same types as data. */
  readonly sqlTypes: Readonly<Record<string, SqlType>>;
};

export type FunctionsList = Common & {
  readonly kind: 'function_names';
  readonly functions: readonly {
    readonly name: string;
    readonly type: 'SCALAR' | 'AGGREGATE' | 'TABLE';
    readonly category: string;
  }[];
};

export type PropertiesList = Common & {
  readonly kind: 'properties';
  readonly properties: readonly PropertyInfo[];
};

export type PropertyInfo = {
  /** As ksqlDB lists it: the settings of Kafka Streams and of clients behind `ksql.streams.`. */
  readonly name: string;
  /** Null: not set. Secrets are hidden. */
  readonly value: string | null;
  /** By the session or the request. */
  readonly overwritten: boolean;
  readonly isDefault: boolean;
  /** What may be said of a single query, or of the server only. */
  readonly level: 'QUERY' | 'SERVER';
  readonly editable: boolean;
};

export type VariablesList = Common & {
  readonly kind: 'variables';
  readonly variables: readonly { readonly name: string; readonly value: string }[];
};

export type FieldInfo = {
  readonly name: string;
  /** As SQL prints it, e.g. `ARRAY<STRING>`. */
  readonly type: string;
  /** The same as data: the text does not tell `a` from `A` in a STRUCT. */
  readonly sqlType: SqlType;
  readonly namespace: 'KEY' | 'VALUE' | 'HEADERS';
  /** Of a column that holds one header: its key. */
  readonly headerKey: string | null;
};

export type SourceDescription = Common & {
  readonly kind: 'sourceDescription';
  readonly name: string;
  readonly type: 'STREAM' | 'TABLE';
  readonly topic: string;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly windowType: 'TUMBLING' | 'HOPPING' | 'SESSION' | null;
  readonly fields: readonly FieldInfo[];
  /** The column of event time; empty: the record's own. */
  readonly timestamp: string;
  readonly readQueries: readonly QueryInfo[];
  readonly writeQueries: readonly QueryInfo[];
  /** The statement that made the source. */
  readonly statement: string;
  /** What was made from this source and must be dropped first. */
  readonly sourceConstraints: readonly string[];
  readonly extended: boolean;
  /** Zero where the topic is gone. */
  readonly partitions: number;
  readonly replication: number;
  /** EXTENDED: what the queries of this engine do with the topic, as ksqlDB formats it. */
  readonly statistics: string;
  /** The same of records that they could not read. */
  readonly errorStats: string;
  /** EXTENDED: the figures of all engines of the service. */
  readonly clusterStatistics: readonly HostStat[];
  readonly clusterErrorStats: readonly HostStat[];
  /** EXTENDED: how far the queries are that write the source. */
  readonly queryOffsets: readonly QueryOffsets[];
};

/** What an engine, told by `host:port`, does with a topic: a figure under ksqlDB's name. */
export type HostStat = {
  readonly name: string;
  readonly host: string;
  readonly value: number;
  /** When something last happened, since 1970; 0: never. */
  readonly timestamp: number;
};

/** A task of a query, where it runs now. */
export type TaskInfo = {
  readonly taskId: string;
  readonly topicOffsets: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly endOffset: number;
    readonly committedOffset: number;
  }[];
};

/** A query's group, and what it has read of each of its topics. */
export type QueryOffsets = {
  readonly groupId: string;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly logStartOffset: number;
      readonly logEndOffset: number;
      readonly consumerOffset: number;
    }[];
  }[];
};

/** SHOW STREAMS EXTENDED, DESCRIBE TABLES and the like. */
export type SourceDescriptions = Common & {
  readonly kind: 'source_descriptions';
  readonly sources: readonly SourceDescription[];
};

/** DESCRIBE FUNCTION. */
export type FunctionDescription = Common & {
  readonly kind: 'describe_function';
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly type: 'SCALAR' | 'AGGREGATE' | 'TABLE';
  readonly variations: readonly {
    readonly arguments: readonly { readonly name: string; readonly type: string; readonly isVariadic: boolean }[];
    readonly returnType: string;
  }[];
};

/** ASSERT TOPIC held. */
export type AssertedTopic = Common & {
  readonly kind: 'assert_topic';
  readonly topicName: string;
  readonly exists: boolean;
};

/** ASSERT SCHEMA held. */
export type AssertedSchema = Common & {
  readonly kind: 'assert_schema';
  readonly subject: string | null;
  readonly id: number | null;
  readonly exists: boolean;
};

/** SHOW QUERIES EXTENDED. */
export type QueryDescriptions = Common & {
  readonly kind: 'query_descriptions';
  readonly queries: readonly QueryDescription[];
};

export type QueryDescription = Common & {
  readonly kind: 'queryDescription';
  /** Empty for a statement that does not run. */
  readonly id: string;
  /** The statement that is explained. */
  readonly queryText: string;
  /** Of the table that the query makes. */
  readonly windowType: 'TUMBLING' | 'HOPPING' | 'SESSION' | null;
  /** What was set when the query was made. */
  readonly overrides: KsqlConfig;
  /** The group of a query that runs; empty for others. */
  readonly consumerGroupId: string;
  /** Where it runs, as `host:port`, in which state; of an engine that has no address nothing. */
  readonly hostStates: Readonly<Record<string, QueryState>>;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly fields: readonly FieldInfo[];
  /** The steps of the plan as a tree. */
  readonly executionPlan: string;
  /** As Kafka Streams prints topologies. */
  readonly topology: string;
  readonly state: QueryState | null;
  readonly errors: readonly QueryError[];
  /** Of a query that runs, on all engines that answer. */
  readonly tasks: readonly TaskInfo[];
  readonly queryType: 'PERSISTENT' | 'PUSH';
};

/** TERMINATE of a push query; of others it is a `currentStatus`. */
export type TerminatedResult = Common & {
  readonly kind: 'terminate_query';
  readonly queryId: string;
  readonly wasTerminated: boolean;
};

/** IF NOT EXISTS and IF EXISTS where there was nothing to do. */
export type WarningResult = Common & { readonly kind: 'warning_entity'; readonly message: string };

/** What Kafka Connect refused to tell, as it said it. */
export type ErrorResult = Common & { readonly kind: 'error_entity'; readonly errorMessage: string };

/** CREATE SOURCE CONNECTOR, CREATE SINK CONNECTOR; the values of settings are left out of `statementText`. */
export type ConnectorCreated = Common & { readonly kind: 'connector_info'; readonly info: ConnectorInfo };

export type ConnectorDropped = Common & { readonly kind: 'drop_connector'; readonly connectorName: string };

export type ConnectorEntry = {
  readonly name: string;
  readonly type?: string;
  readonly className?: string;
  /** Of the connector, and how many of its tasks run. */
  readonly state?: string;
};

export type ConnectorsList = Common & {
  readonly kind: 'connector_list';
  readonly connectors: readonly ConnectorEntry[];
  readonly warnings: readonly string[];
};

export type PluginsList = Common & {
  readonly kind: 'connector_plugins_list';
  readonly plugins: readonly ConnectorPlugin[];
};

export type ConnectorDescription = Common & {
  readonly kind: 'connector_description';
  readonly connectorClass: string;
  readonly status: ConnectorStatus;
  /** Those over the connector's topics. */
  readonly sources: readonly SourceDescription[];
  readonly topics: readonly string[];
  readonly warnings: readonly string[];
};

/** INSERT INTO … VALUES: the record is in the topic. */
export type InsertedResult = Common & {
  readonly kind: 'inserted';
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
};

/** SET, UNSET, DEFINE, UNDEFINE: holds for the statements after it in the same text. */
export type SessionResult = Common & { readonly kind: 'session' };
