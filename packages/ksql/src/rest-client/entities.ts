/**
 * The objects that `/ksql` answers with, as data: ksqlDB's names, and the fields that its versions have had since 0.24.
 * What a server says besides is there, too, but has no type.
 */

export type FieldSchema = {
  readonly type: string;
  /** The fields of a STRUCT. */
  readonly fields?: readonly EntityField[] | null;
  /** Of the elements of an ARRAY and of the values of a MAP. */
  readonly memberSchema?: FieldSchema | null;
  /** Precision and scale of a DECIMAL. */
  readonly parameters?: Readonly<Record<string, unknown>>;
};

export type EntityField = {
  readonly name: string;
  readonly schema: FieldSchema;
  /** Absent for a column of the value. */
  readonly type?: 'KEY' | 'HEADER' | 'SYSTEM' | null;
  /** Of `HEADER('key')`. */
  readonly headerKey?: string | null;
};

export type SourceEntity = {
  readonly type: string;
  readonly name: string;
  readonly topic: string;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly isWindowed: boolean;
};

export type QueryEntity = {
  readonly id: string;
  readonly queryString: string;
  readonly queryType?: string;
  readonly sinks: readonly string[];
  readonly sinkKafkaTopics: readonly string[];
  readonly state?: string | null;
  /** How many servers have it in which state. */
  readonly statusCount?: Readonly<Record<string, number>>;
};

export type TopicEntity = {
  readonly name: string;
  /** Replicas of each partition. */
  readonly replicaInfo: readonly number[];
  readonly consumerCount?: number;
  readonly consumerGroupCount?: number;
};

type HostStat = {
  readonly host: { readonly host: string; readonly port: number } | string;
  readonly name: string;
  readonly value: number;
  readonly timestamp?: string | number;
};

export type TopicOffsets = {
  readonly kafkaTopic: string;
  readonly offsets: readonly {
    readonly partition: number;
    readonly logStartOffset: number;
    readonly logEndOffset: number;
    readonly consumerOffset: number;
  }[];
};

export type SourceDescriptionEntity = {
  readonly name: string;
  readonly type: string;
  readonly windowType?: string | null;
  readonly fields: readonly EntityField[];
  readonly readQueries: readonly QueryEntity[];
  readonly writeQueries: readonly QueryEntity[];
  readonly timestamp: string;
  readonly statistics: string;
  readonly errorStats: string;
  readonly clusterStatistics?: readonly HostStat[];
  readonly clusterErrorStats?: readonly HostStat[];
  /** Whether EXTENDED was asked for. */
  readonly extended: boolean;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  readonly statement: string;
  readonly sourceConstraints?: readonly string[];
  readonly queryOffsetSummaries?: readonly {
    readonly groupId: string;
    readonly topicSummaries: readonly TopicOffsets[];
  }[];
};

export type QueryDescriptionEntity = {
  readonly id: string;
  readonly statementText: string;
  readonly windowType?: string | null;
  readonly fields: readonly EntityField[];
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly topology: string;
  readonly executionPlan: string;
  readonly overriddenProperties: Readonly<Record<string, unknown>>;
  readonly ksqlHostQueryStatus: Readonly<Record<string, string>>;
  readonly queryType: string;
  readonly queryErrors: readonly {
    readonly timestamp: number;
    readonly errorMessage: string;
    readonly type: string;
  }[];
  readonly state?: string | null;
};

export type FunctionDescriptionEntity = {
  readonly name: string;
  readonly type: string;
  readonly author: string;
  readonly version: string;
  readonly path: string;
  readonly description: string;
  readonly functions: readonly {
    readonly arguments: readonly {
      readonly name: string;
      readonly type: string;
      readonly description: string;
      readonly isVariadic: boolean;
    }[];
    readonly returnType: string;
    readonly description: string;
  }[];
};

export type PropertiesEntity = {
  readonly properties: readonly { readonly name: string; readonly scope: string; readonly value: string | null }[];
  readonly overwrittenProperties: readonly string[];
  readonly defaultProperties: readonly string[];
};

type ConnectorState = {
  readonly state: string;
  readonly worker_id: string;
  readonly trace?: string | null;
};

export type ConnectorDescriptionEntity = {
  readonly connectorClass: string;
  readonly status: {
    readonly name: string;
    readonly type: string;
    readonly connector: ConnectorState;
    readonly tasks: readonly (ConnectorState & { readonly id: number })[];
  };
  readonly sources: readonly SourceEntity[];
  readonly topics: readonly string[];
};

type Named = { readonly name: string };

/** What each kind of answer holds, by its `@type`. */
export type EntityBodies = {
  readonly currentStatus: {
    readonly commandId: string;
    readonly commandStatus: {
      readonly status: 'QUEUED' | 'PARSING' | 'EXECUTING' | 'RUNNING' | 'TERMINATED' | 'SUCCESS' | 'ERROR';
      readonly message: string;
      readonly queryId?: string | null;
    };
    readonly commandSequenceNumber: number | null;
  };
  readonly streams: { readonly streams: readonly SourceEntity[] };
  readonly tables: { readonly tables: readonly SourceEntity[] };
  readonly kafka_topics: { readonly topics: readonly TopicEntity[] };
  readonly kafka_topics_extended: { readonly topics: readonly TopicEntity[] };
  readonly queries: { readonly queries: readonly QueryEntity[] };
  readonly sourceDescription: { readonly sourceDescription: SourceDescriptionEntity };
  readonly source_descriptions: { readonly sourceDescriptions: readonly SourceDescriptionEntity[] };
  readonly queryDescription: { readonly queryDescription: QueryDescriptionEntity };
  readonly query_descriptions: { readonly queryDescriptions: readonly QueryDescriptionEntity[] };
  readonly function_names: {
    readonly functions: readonly (Named & { readonly type: string; readonly category: string })[];
  };
  readonly describe_function: FunctionDescriptionEntity;
  readonly properties: PropertiesEntity;
  readonly type_list: { readonly types: Readonly<Record<string, FieldSchema>> };
  readonly variables: { readonly variables: readonly (Named & { readonly value: string })[] };
  readonly connector_info: { readonly info: Named & { readonly config: Readonly<Record<string, string>> } };
  readonly connector_list: {
    readonly connectors: readonly (Named & {
      readonly type?: string | null;
      readonly className?: string | null;
      readonly state?: string | null;
    })[];
  };
  readonly connector_plugins_list: {
    readonly connectorsPlugins: readonly {
      readonly className: string;
      readonly type?: string | null;
      readonly version?: string | null;
    }[];
  };
  readonly connector_description: ConnectorDescriptionEntity;
  readonly drop_connector: { readonly connectorName: string };
  readonly terminate_query: { readonly queryId: string; readonly wasTerminated: boolean };
  readonly assert_topic: { readonly topicName: string; readonly exists: boolean };
  readonly assert_schema: {
    readonly subject?: string | null;
    readonly id?: number | null;
    readonly exists: boolean;
  };
  readonly warning_entity: { readonly message: string };
  /** Kafka Connect said no; what it said. */
  readonly error_entity: { readonly errorMessage: string };
};

type EntityOf<T extends keyof EntityBodies> = EntityBodies[T] & {
  readonly '@type': T;
  readonly statementText: string;
  readonly warnings?: readonly { readonly message: string }[];
};

/** One answer of `/ksql`, to be told apart by its `@type`. */
export type KsqlEntity = { [T in keyof EntityBodies]: EntityOf<T> }[keyof EntityBodies];
