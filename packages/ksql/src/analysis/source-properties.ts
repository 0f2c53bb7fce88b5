import type { WindowInfo, WindowType } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Literal, Property } from '../syntax/ast.ts';
import { printLiteral } from '../syntax/print-ast.ts';
import { durationOf } from './duration.ts';

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
 * Reads a WITH clause.
 * @throws KsqlException for names and values that no source can have
 */
export function readProperties(properties: readonly Property[], clause: Clause): SourceProperties {
  const unknown = properties.filter((each) => !ALLOWED[clause].includes(each.name)).map((each) => each.name);
  if (unknown.length > 0) {
    throw new KsqlException(`Invalid config variable(s) in the WITH clause: ${unknown.join(',')}`);
  }
  const values = new PropertyValues(properties);
  const format = values.text('FORMAT');
  for (const name of ['KEY_FORMAT', 'VALUE_FORMAT']) {
    if (format !== null && values.has(name)) {
      throw new KsqlException(
        `Cannot supply both '${name}' and 'FORMAT' properties, as 'FORMAT' sets both key and value formats. ` +
          "Either use just 'FORMAT', or use 'KEY_FORMAT' and 'VALUE_FORMAT'.",
      );
    }
  }
  return {
    topic: values.text('KAFKA_TOPIC'),
    partitions: values.whole('PARTITIONS'),
    replicas: values.whole('REPLICAS'),
    retentionMs: values.whole('RETENTION_MS'),
    cleanupPolicy: values.text('CLEANUP_POLICY'),
    keyFormat: (values.text('KEY_FORMAT') ?? format)?.toUpperCase() ?? null,
    valueFormat: (values.text('VALUE_FORMAT') ?? format)?.toUpperCase() ?? null,
    keyDelimiter: values.delimiter('KEY_DELIMITER'),
    valueDelimiter: values.delimiter('VALUE_DELIMITER'),
    keySchemaId: values.whole('KEY_SCHEMA_ID'),
    valueSchemaId: values.whole('VALUE_SCHEMA_ID'),
    keySchemaFullName: values.text('KEY_SCHEMA_FULL_NAME'),
    valueSchemaFullName: values.text('VALUE_SCHEMA_FULL_NAME') ?? values.text('VALUE_AVRO_SCHEMA_FULL_NAME'),
    keyNullableRepresentation: nullableRepresentation(values, 'KEY'),
    valueNullableRepresentation: nullableRepresentation(values, 'VALUE'),
    timestampColumn: columnName(values.text('TIMESTAMP')),
    timestampFormat: values.text('TIMESTAMP_FORMAT'),
    wrapSingleValue: values.truth('WRAP_SINGLE_VALUE'),
    window: windowInfo(values),
    queryId: values.text('QUERY_ID'),
  };
}

function nullableRepresentation(values: PropertyValues, side: 'KEY' | 'VALUE'): string | null {
  const name = `${side}_PROTOBUF_NULLABLE_REPRESENTATION`;
  const representation = values.text(name);
  const format = (values.text(`${side}_FORMAT`) ?? values.text('FORMAT'))?.toUpperCase();
  // Without a format of its own a sink has that of its source.
  const isOther = format !== undefined && format !== 'PROTOBUF' && format !== 'PROTOBUF_NOSR';
  if (representation !== null && isOther) {
    throw new KsqlException(`Property ${name} can only be enabled with protobuf format`);
  }
  return representation;
}

/** A column's name inside a string folds like one outside it: `'ts'` is TS, `` '`ts`' `` is ts. */
function columnName(text: string | null): string | null {
  if (text === null) return null;
  const quoted = /^`(.*)`$/.exec(text);
  return quoted === null ? text.toUpperCase() : quoted[1]!;
}

class PropertyValues {
  readonly #values: ReadonlyMap<string, Literal>;

  constructor(properties: readonly Property[]) {
    this.#values = new Map(properties.map((each) => [each.name, each.value]));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string | null {
    const literal = this.#values.get(name);
    if (literal === undefined || literal.kind === 'null') return null;
    return literal.kind === 'string' ? literal.value : printLiteral(literal);
  }

  whole(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    if (!/^[+-]?\d+$/.test(text.trim())) {
      throw new KsqlException(`Invalid value '${text}' for configuration '${name}': Not a number of type INT`);
    }
    return Number(text);
  }

  truth(name: string): boolean | null {
    const text = this.text(name);
    if (text === null) return null;
    const lower = text.trim().toLowerCase();
    if (lower !== 'true' && lower !== 'false') {
      throw new KsqlException(
        `Invalid value '${text}' for configuration '${name}': Expected value to be either true or false`,
      );
    }
    return lower === 'true';
  }

  /** One character; blanks only by their names. */
  delimiter(name: string): string | null {
    const text = this.text(name);
    if (text === null || text === 'TAB' || text === 'SPACE') return text;
    if (text.trim() === '') {
      throw new KsqlException(
        `Configuration ${name} is invalid: Delimiter cannot be empty, if you meant to have a tab or space ` +
          "for delimiter, please use the special values 'TAB' or 'SPACE'\nExample valid value: ';'",
      );
    }
    if (text.length !== 1) {
      throw new KsqlException(
        `Configuration ${name} is invalid: Invalid delimiter value: '${text}'. Delimiter must be a single character or ` +
          "TAB,SPACE\nExample valid value: ';'",
      );
    }
    return text;
  }
}

const WINDOW_TYPES: readonly string[] = ['SESSION', 'HOPPING', 'TUMBLING'];

function windowInfo(values: PropertyValues): WindowInfo | null {
  const type = values.text('WINDOW_TYPE')?.toUpperCase() ?? null;
  const size = values.text('WINDOW_SIZE');
  if (type === null) {
    if (size === null) return null;
    throw new KsqlException("'WINDOW_SIZE' should not be set for SESSION windows.");
  }
  if (!WINDOW_TYPES.includes(type)) {
    throw new KsqlException(
      `Invalid value ${type} for configuration WINDOW_TYPE: String must be one of: ${WINDOW_TYPES.join(', ')}, null`,
    );
  }
  if (type === 'SESSION') {
    if (size !== null) throw new KsqlException("'WINDOW_SIZE' should not be set for SESSION windows.");
    return { type, sizeMs: null };
  }
  if (size === null) {
    throw new KsqlException(
      `${type} windows require 'WINDOW_SIZE' to be provided in the WITH clause. For example: 'WINDOW_SIZE'='10 SECONDS'`,
    );
  }
  return { type: type as WindowType, sizeMs: windowSize(size) };
}

function windowSize(text: string): number {
  try {
    return durationOf(text);
  } catch (thrown) {
    if (!(thrown instanceof KsqlException)) throw thrown;
    throw new KsqlException(
      `Configuration WINDOW_SIZE is invalid: ${thrown.message}. Example valid value: '10 SECONDS'`,
    );
  }
}
