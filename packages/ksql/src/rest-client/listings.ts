import type { EntityField, QueryEntity, SourceDescriptionEntity, SourceEntity, TopicEntity } from './entities.ts';
import { fieldType } from './field-type.ts';

/** A stream or table in a list. */
export type SourceSummary = {
  readonly name: string;
  readonly topic: string;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly isWindowed: boolean;
};

export function sourceSummary({ name, topic, keyFormat, valueFormat, isWindowed }: SourceEntity): SourceSummary {
  return { name, topic, keyFormat, valueFormat, isWindowed };
}

export type TopicSummary = {
  readonly name: string;
  readonly partitionCount: number;
  /** Of each partition. */
  readonly replicas: readonly number[];
};

export function topicSummary({ name, replicaInfo }: TopicEntity): TopicSummary {
  return { name, partitionCount: replicaInfo.length, replicas: replicaInfo };
}

export type ConnectorSummary = {
  readonly name: string;
  /** SOURCE, SINK or UNKNOWN. */
  readonly type: string;
  readonly className: string | null;
  readonly state: string | null;
};

export type SourceField = {
  readonly name: string;
  /** As SQL writes it: `DECIMAL(4, 2)`. */
  readonly type: string;
  readonly isKey: boolean;
};

/** A stream or table with its columns. */
export type SourceDetails = {
  readonly name: string;
  readonly type: 'STREAM' | 'TABLE';
  readonly fields: readonly SourceField[];
  readonly topic: string;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly readQueries: readonly QueryEntity[];
  readonly writeQueries: readonly QueryEntity[];
  /** The column that times are taken from; null where that is the record's own time. */
  readonly timestampColumn: string | null;
  readonly windowType: string | null;
  readonly statement: string;
};

export function describedSource(source: SourceDescriptionEntity): SourceDetails {
  const { name, topic, keyFormat, valueFormat, readQueries, writeQueries, statement } = source;
  return {
    name,
    type: source.type === 'TABLE' ? 'TABLE' : 'STREAM',
    fields: source.fields.map(describedField),
    topic,
    keyFormat,
    valueFormat,
    readQueries,
    writeQueries,
    timestampColumn: source.timestamp === '' ? null : source.timestamp,
    windowType: source.windowType ?? null,
    statement,
  };
}

function describedField({ name, schema, type }: EntityField): SourceField {
  return { name, type: fieldType(schema), isKey: type === 'KEY' };
}
