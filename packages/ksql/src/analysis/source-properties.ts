import { MillraceError } from '@millrace/base';
import type { WindowInfo, WindowType } from '../catalog/data-source.ts';
import { parsePattern } from '../functions/support/date-pattern.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Property } from '../syntax/ast.ts';
import { durationOf } from './duration.ts';
import { PropertyValues } from './property-values.ts';

/** The WITH clause, read and checked. Null: not given. */
export type SourceProperties = {
  readonly topic: string | null;
  readonly partitions: number | null;
  readonly replicas: number | null;
  readonly retentionMs: number | null;
  readonly cleanupPolicy: string | null;
  readonly keyFormat: string | null;
  readonly valueFormat: string | null;
  readonly keyDelimiter: string | null;
  readonly valueDelimiter: string | null;
  readonly keySchemaId: number | null;
  readonly valueSchemaId: number | null;
  readonly keySchemaFullName: string | null;
  readonly valueSchemaFullName: string | null;
  readonly keyNullableRepresentation: string | null;
  readonly valueNullableRepresentation: string | null;
  readonly timestampColumn: string | null;
  readonly timestampFormat: string | null;
  readonly wrapSingleValue: boolean | null;
  readonly window: WindowInfo | null;
  readonly queryId: string | null;
};

const COMMON = [
  ...['KAFKA_TOPIC', 'PARTITIONS', 'REPLICAS', 'RETENTION_MS', 'CLEANUP_POLICY', 'FORMAT', 'KEY_FORMAT'],
  ...['VALUE_FORMAT', 'KEY_DELIMITER', 'VALUE_DELIMITER', 'KEY_SCHEMA_ID', 'VALUE_SCHEMA_ID'],
  ...['KEY_SCHEMA_FULL_NAME', 'VALUE_SCHEMA_FULL_NAME', 'VALUE_AVRO_SCHEMA_FULL_NAME'],
  ...['KEY_PROTOBUF_NULLABLE_REPRESENTATION', 'VALUE_PROTOBUF_NULLABLE_REPRESENTATION'],
  ...['TIMESTAMP', 'TIMESTAMP_FORMAT', 'WRAP_SINGLE_VALUE'],
];

const ALLOWED: Readonly<Record<Clause, readonly string[]>> = {
  create: [...COMMON, 'WINDOW_TYPE', 'WINDOW_SIZE', 'SOURCED_BY_CONNECTOR'],
  'create-as': COMMON,
  'insert-into': ['QUERY_ID'],
};

export type Clause = 'create' | 'create-as' | 'insert-into';

/**
 * Reads a WITH clause: each value first, then what values mean together.
 * @throws KsqlException for names and values that no source can have
 */
export function readProperties(properties: readonly Property[], clause: Clause): SourceProperties {
  const values = new PropertyValues(properties);
  const formats = {
    both: values.text('FORMAT'),
    key: values.text('KEY_FORMAT'),
    value: values.text('VALUE_FORMAT'),
  };
  const windowType = values.word('WINDOW_TYPE', WINDOW_TYPES);
  const windowSizeMs = values.parsed('WINDOW_SIZE', durationOf);
  const read: SourceProperties = {
    topic: topicName(values, clause),
    partitions: values.whole('PARTITIONS', 'INT'),
    replicas: values.whole('REPLICAS', 'SHORT'),
    retentionMs: values.whole('RETENTION_MS', 'LONG'),
    cleanupPolicy: values.text('CLEANUP_POLICY'),
    keyFormat: (formats.key ?? formats.both)?.toUpperCase() ?? null,
    valueFormat: (formats.value ?? formats.both)?.toUpperCase() ?? null,
    timestampColumn: columnName(values.text('TIMESTAMP')),
    timestampFormat: values.text('TIMESTAMP_FORMAT'),
    wrapSingleValue: values.truth('WRAP_SINGLE_VALUE'),
    keyNullableRepresentation: values.word('KEY_PROTOBUF_NULLABLE_REPRESENTATION', NULLABLE_REPRESENTATIONS),
    valueNullableRepresentation: values.word('VALUE_PROTOBUF_NULLABLE_REPRESENTATION', NULLABLE_REPRESENTATIONS),
    valueSchemaFullName: values.text('VALUE_AVRO_SCHEMA_FULL_NAME') ?? values.text('VALUE_SCHEMA_FULL_NAME'),
    keySchemaFullName: values.text('KEY_SCHEMA_FULL_NAME'),
    keyDelimiter: values.parsed('KEY_DELIMITER', delimiterOf),
    valueDelimiter: values.parsed('VALUE_DELIMITER', delimiterOf),
    keySchemaId: values.whole('KEY_SCHEMA_ID', 'INT'),
    valueSchemaId: values.whole('VALUE_SCHEMA_ID', 'INT'),
    queryId: values.text('QUERY_ID'),
    window: null,
  };
  const unknown = properties.filter((each) => !ALLOWED[clause].includes(each.name)).map((each) => each.name);
  if (unknown.length > 0) {
    throw new KsqlException(`Invalid config variable(s) in the WITH clause: ${unknown.join(',')}`);
  }
  refuseContradictions(values);
  checkTimestampFormat(read.timestampFormat);
  return { ...read, window: windowInfo(windowType, windowSizeMs) };
}

function topicName(values: PropertyValues, clause: Clause): string | null {
  const topic = values.text('KAFKA_TOPIC');
  if (topic === null && clause === 'create') {
    throw new KsqlException('Missing required property "KAFKA_TOPIC" which has no default value.');
  }
  if (topic === '') throw new KsqlException('Invalid value  for property KAFKA_TOPIC: String must be non-empty');
  return topic;
}

function refuseContradictions(values: PropertyValues): void {
  for (const name of ['KEY_FORMAT', 'VALUE_FORMAT']) {
    if (values.has('FORMAT') && values.has(name)) {
      throw new KsqlException(
        `Cannot supply both '${name}' and 'FORMAT' properties, as 'FORMAT' sets both key and value formats. ` +
          "Either use just 'FORMAT', or use 'KEY_FORMAT' and 'VALUE_FORMAT'.",
      );
    }
  }
  if (values.has('VALUE_AVRO_SCHEMA_FULL_NAME') && values.has('VALUE_SCHEMA_FULL_NAME')) {
    throw new KsqlException(
      "Cannot supply both 'VALUE_AVRO_SCHEMA_FULL_NAME' and 'VALUE_SCHEMA_FULL_NAME' properties. " +
        "Please only set 'VALUE_SCHEMA_FULL_NAME'.",
    );
  }
}

function checkTimestampFormat(format: string | null): void {
  if (format === null) return;
  try {
    parsePattern(format);
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown;
    throw new KsqlException(`Invalid datetime format for config:TIMESTAMP_FORMAT, reason:${thrown.message}`);
  }
}

/** A column's name inside a string folds like one outside it: `'ts'` is TS, `` '`ts`' `` is ts. */
function columnName(text: string | null): string | null {
  if (text === null) return null;
  const quoted = /^`(.*)`$/.exec(text);
  return quoted === null ? text.toUpperCase() : quoted[1]!;
}

/** One character; blanks only by their names. */
function delimiterOf(text: string): string {
  if (text === 'TAB' || text === 'SPACE') return text;
  if (text === '') {
    throw new KsqlException(
      'Delimiter cannot be empty, if you meant to have a tab or space for delimiter, please use the special values ' +
        "'TAB' or 'SPACE'\nExample valid value: ';'",
    );
  }
  if (text.length !== 1) {
    throw new KsqlException(
      `Invalid delimiter value: '${text}'. Delimiter must be a single character or TAB,SPACE\nExample valid value: ';'`,
    );
  }
  return text;
}

const WINDOW_TYPES: readonly string[] = ['SESSION', 'HOPPING', 'TUMBLING'] satisfies WindowType[];
const NULLABLE_REPRESENTATIONS: readonly string[] = ['OPTIONAL', 'WRAPPER'];

function windowInfo(type: string | null, sizeMs: number | null): WindowInfo | null {
  const isSized = type !== null && type !== 'SESSION';
  if (isSized && sizeMs === null) {
    throw new KsqlException(
      `${type} windows require 'WINDOW_SIZE' to be provided in the WITH clause. For example: 'WINDOW_SIZE'='10 SECONDS'`,
    );
  }
  if (!isSized && sizeMs !== null) {
    throw new KsqlException("'WINDOW_SIZE' should not be set for SESSION windows.");
  }
  return type === null ? null : { type: type as WindowType, sizeMs };
}
